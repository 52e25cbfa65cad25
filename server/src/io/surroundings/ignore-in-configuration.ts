// Turns a rule off in the configuration file of the project, and keeps everything else in it.
import { join } from 'node:path';
import { isMap } from 'yaml';
import { parseYaml } from './bounded-yaml';
import { hadolintConfiguration, ownConfiguration } from '../../protocol/names';
import { nearest } from './configuration-files';
import { readForChange } from '../files/read-text';
import { addYamlEntry } from './yaml-entry';

export interface ConfigurationChange {
  readonly path: string;
  /** Text now; undefined for a new file. */
  readonly before: string | undefined;
  readonly after: string;
}

/**
 * The change that turns a rule off for the project: in its `.drydock.yaml`; else, for a rule that hadolint has too, in
 * its `.hadolint.yaml`; else in a new `.drydock.yaml` at the root.
 * @param folder absolute folder of the Dockerfile
 * @param root absolute folder of the workspace
 * @param hadolintId hadolint's id of the finding, if it has one
 * @returns a sentence for the user if the existing file cannot be changed
 */
export function ignoreInConfiguration(
  folder: string,
  root: string,
  ruleId: string,
  hadolintId: string | undefined,
): ConfigurationChange | { readonly problem: string } {
  const own = nearest(folder, root, ownConfiguration);
  const hadolint = hadolintId === undefined ? undefined : nearest(folder, root, hadolintConfiguration);
  const path = own ?? hadolint ?? join(root, ownConfiguration[0] ?? '.drydock.yaml');
  const read = readForChange(path);
  if ('problem' in read) return read;
  const before = read.text;
  const parsed = parseYaml(before ?? '');
  if (parsed.problem !== undefined) return { problem: `${path} cannot be changed. ${parsed.problem}.` };
  const { document } = parsed;
  if (document.contents !== null && !isMap(document.contents))
    return { problem: `${path} is not a mapping of keys to values. Fix it first.` };
  const entry =
    own === undefined && hadolint !== undefined
      ? { key: 'ignored', name: hadolintId ?? '', value: undefined }
      : { key: 'rules', name: ruleId, value: 'off', within: 'level' };
  const after = addYamlEntry(before ?? '', entry);
  if (after === undefined)
    return {
      problem: `Drydock cannot add to "${entry.key}" in ${path}. Add ${entry.name} there by hand.`,
    };
  return { path, before, after };
}
