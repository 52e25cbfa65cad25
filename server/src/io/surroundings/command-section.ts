// Finds the section of `.drydock.yaml` that a command reads for itself. What stands in it is checked by whoever asks.
import type { commandSections } from '../../core/lint/config';
import { isRecord } from '../../core/text/record';
import { inWords } from '../files/file-errors';
import { readText } from '../files/read-text';
import { maximumYamlBytes, parseYaml, yamlValue } from './bounded-yaml';
import { ownConfiguration } from '../../protocol/names';
import { nearest } from './configuration-files';

export interface CommandSection {
  /** Absolute path of the file. */
  readonly path: string;
  /** Undefined if the file has no such section. */
  readonly value: unknown;
}

/** @param path of a YAML file @returns its content, or why it cannot be read, without a full stop */
export function readYamlFile(path: string): { readonly value: unknown } | { readonly problem: string } {
  try {
    const text = readText(path, maximumYamlBytes);
    if (text === undefined)
      return { problem: 'the file is larger than 64 KiB, too large for a configuration' };
    const parsed = parseYaml(text);
    return parsed.problem === undefined ? { value: yamlValue(parsed.document) } : { problem: parsed.problem };
  } catch (error) {
    return { problem: `it cannot be read: ${inWords(error)}` };
  }
}

/**
 * The section of the nearest file, looked for from a folder up to the top of its repository.
 * @param named the file that the user chose instead
 * @returns undefined if there is no file
 */
export function findSection(
  name: (typeof commandSections)[number],
  folder: string,
  named?: string,
): CommandSection | { readonly path: string; readonly problem: string } | undefined {
  const path = named ?? nearest(folder, undefined, ownConfiguration);
  if (path === undefined) return undefined;
  const read = readYamlFile(path);
  if ('problem' in read) return { path, problem: read.problem };
  const { value } = read;
  if (value === null || value === undefined) return { path, value: undefined };
  if (!isRecord(value)) return { path, problem: 'the configuration must be a mapping of keys to values' };
  return { path, value: Object.hasOwn(value, name) ? value[name] : undefined };
}
