// Finds and reads the configuration files of a Dockerfile, for the command line and the language server, so that both
// report the same.
import { lstatSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { defaultConfig } from '../../core/lint/config';
import { readConfig } from '../../core/lint/read-config';
import type { Config, FailOn, KeyPath, Output, ReadConfig } from '../../core/lint/config';
import { isHadolintKey, readHadolintConfig } from '../../core/lint/hadolint-config';
import { withEnvironment } from '../../core/lint/hadolint-environment';
import type { Rule } from '../../core/lint/rule';
import { isRecord } from '../../core/text/record';
import type { JsonObject } from '../../core/text/record';
import type { Span } from '../../core/text/span';
import { hadolintConfiguration, ownConfiguration } from '../../protocol/names';
import { inWords } from '../files/file-errors';
import { readText } from '../files/read-text';
import { maximumYamlBytes, parseYaml, yamlValue } from './bounded-yaml';
import { userHadolint } from './user-configuration';
import { placeOf } from './yaml-place';

export interface FileProblem {
  readonly path: string;
  /** One or two sentences, without the path. */
  readonly message: string;
  /** Nothing in the file could be read. */
  readonly unreadable: boolean;
  /** The part of the file that is wrong, if there is one. */
  readonly at?: FilePlace;
  /** Where that begins, from 1. */
  readonly line?: number;
}

/** A place in a file that no editor may have opened. */
export interface FilePlace extends Span {
  /** Text of the file when it was read. */
  readonly text: string;
}

/** Files found so far, by folder. */
export interface KnownFiles {
  readonly hadolint: Map<string, string | undefined>;
  readonly own: Map<string, string | undefined>;
  /** What was read, by the paths of both files: many folders have the same. */
  readonly read: Map<string, FoundConfig>;
  /** What files of hadolint say, by their paths. */
  readonly hadolintRead: Map<string, HadolintRead>;
}

/** What a file of hadolint says, with the environment. */
export type HadolintRead = Pick<FoundConfig, 'config' | 'failOn' | 'output' | 'problems'>;

export interface FoundConfig {
  readonly config: Config;
  /** The files that were read, absolute paths. */
  readonly files: readonly string[];
  readonly problems: readonly FileProblem[];
  /** Absolute folder of the project's own file, which patterns in it are relative to. */
  readonly ownFolder?: string;
  /** What a file of hadolint says about it, left out if nothing. */
  readonly failOn?: FailOn;
  /** Likewise. */
  readonly output?: Output;
}

/**
 * The configuration for a Dockerfile: the nearest `.hadolint.yaml` and, on top of it, the nearest
 * `.drydock.yaml`, each looked for from the file's folder up to `root`. Without a `.hadolint.yaml` the user's own counts.
 * @param folder absolute folder of the Dockerfile
 * @param root absolute folder at which the search ends; without one it ends at a folder that holds `.git`,
 *   or at the top of the file system
 * @param base what holds where the files say nothing
 * @param known what was found for other folders of the same root, for a run over many
 * @param userFile finds the user's own configuration of hadolint
 * @param environment what hadolint's environment variables say, below its file
 */
export function findConfig(
  folder: string,
  root: string | undefined,
  rules: readonly Rule[],
  base: Config = defaultConfig,
  known?: KnownFiles,
  userFile: () => string | undefined = userHadolint,
  environment: JsonObject = {},
): FoundConfig {
  const hadolint = nearest(folder, root, hadolintConfiguration, known?.hadolint) ?? userFile();
  const own = nearest(folder, root, ownConfiguration, known?.own);
  const key = `${hadolint ?? ''}\0${own ?? ''}`;
  const before = known?.read.get(key);
  if (before) return before;
  let read = readHadolint(hadolint, rules, base, environment, known?.hadolintRead);
  const problems = [...read.problems];
  if (own) read = { ...read, ...readInto(own, read.config, readConfig, rules, problems) };
  const files = [hadolint, own].filter((path) => path !== undefined);
  const found = { ...read, files, problems, ...(own !== undefined && { ownFolder: dirname(own) }) };
  known?.read.set(key, found);
  return found;
}

/**
 * What one file of hadolint says with the environment, or the environment alone.
 * @param path of the file, if there is one
 * @param known files read before, with the same base and environment; filled as it goes
 */
export function readHadolint(
  path: string | undefined,
  rules: readonly Rule[],
  base: Config,
  environment: JsonObject,
  known = new Map<string, HadolintRead>(),
): HadolintRead {
  if (path === undefined) {
    const said =
      Object.keys(environment).length > 0 ? readHadolintConfig(environment, rules, base) : undefined;
    return { ...(said ?? { config: base }), problems: [] };
  }
  const before = known.get(path);
  if (before) return before;
  const problems: FileProblem[] = [];
  const read = { ...readInto(path, base, hadolintReader(environment), rules, problems), problems };
  known.set(path, read);
  return read;
}

/**
 * Reads a file that the user named: ours, or hadolint's if it has its name or its keys.
 * @param environment what hadolint's environment variables say
 */
export function readConfigFile(
  path: string,
  rules: readonly Rule[],
  base: Config = defaultConfig,
  environment: JsonObject = {},
): FoundConfig {
  return readNamed(path, readYaml(path), rules, base, environment);
}

/**
 * What is wrong in a configuration file that an editor has open, whatever the disk says.
 * @param path decides whose file it is, and is repeated in the problems
 * @param text of the file, saved or not
 */
export function problemsInText(path: string, text: string, rules: readonly Rule[]): readonly FileProblem[] {
  const raw = yamlOf(() => (Buffer.byteLength(text) > maximumYamlBytes ? undefined : text));
  return readNamed(path, raw, rules, defaultConfig, {}).problems;
}

function readNamed(
  path: string,
  raw: ReadYaml,
  rules: readonly Rule[],
  base: Config,
  environment: JsonObject,
): FoundConfig {
  const problems: FileProblem[] = [];
  const isHadolint = /(^|[\\/])\.?hadolint\.ya?ml$/i.test(path) || looksLikeHadolint(raw);
  const reader = isHadolint ? hadolintReader(environment) : readConfig;
  const read = readInto(path, base, reader, rules, problems, raw);
  return { ...read, files: [path], problems, ownFolder: dirname(resolve(path)) };
}

function hadolintReader(environment: JsonObject): typeof readHadolintConfig {
  return (raw, rules, base) => readHadolintConfig(withEnvironment(raw, environment), rules, base);
}

function looksLikeHadolint({ value }: ReadYaml): boolean {
  return isRecord(value) && Object.keys(value).some(isHadolintKey);
}

function readInto(
  path: string,
  base: Config,
  read: (raw: unknown, rules: readonly Rule[], base: Config) => ReadConfig,
  rules: readonly Rule[],
  problems: FileProblem[],
  raw = readYaml(path),
): Pick<FoundConfig, 'config' | 'failOn' | 'output'> {
  if (raw.problem !== undefined) {
    problems.push({ path, message: raw.problem, unreadable: true, ...placed(raw.at) });
    return { config: base };
  }
  const result = read(raw.value, rules, base);
  for (const [index, message] of result.problems.entries()) {
    const at = raw.placeOf?.(result.places[index] ?? []);
    problems.push({ path, message, unreadable: false, ...placed(at) });
  }
  const { config, failOn, output } = result;
  return { config, ...(failOn !== undefined && { failOn }), ...(output && { output }) };
}

function placed(at: FilePlace | undefined): Pick<FileProblem, 'at' | 'line'> {
  return at ? { at, line: at.text.slice(0, at.start).split('\n').length } : {};
}

interface ReadYaml {
  readonly value?: unknown;
  readonly placeOf?: (key: KeyPath) => FilePlace | undefined;
  readonly problem?: string;
  /** Of the problem. */
  readonly at?: FilePlace;
}

function readYaml(path: string): ReadYaml {
  return yamlOf(() => readText(path, maximumYamlBytes));
}

/** @param read gives the text; undefined for one that is too large */
function yamlOf(read: () => string | undefined): ReadYaml {
  try {
    const text = read();
    if (text === undefined)
      return { problem: 'The file is larger than 64 KiB, too large for a configuration.' };
    const parsed = parseYaml(text);
    if (parsed.problem !== undefined)
      return { problem: `${parsed.problem}.`, ...(parsed.at && { at: { ...parsed.at, text } }) };
    return {
      value: yamlValue(parsed.document),
      placeOf: (key) => {
        const place = placeOf(parsed.document, key);
        return place && { ...place, text };
      },
    };
  } catch (error) {
    return { problem: `The file cannot be read: ${inWords(error)}.` };
  }
}

/**
 * The first file of one of these names, from `folder` upwards.
 * @param known answers for folders looked at before, with the same names and root; filled as it goes
 */
export function nearest(
  folder: string,
  root: string | undefined,
  names: readonly string[],
  known = new Map<string, string | undefined>(),
): string | undefined {
  if (known.has(folder)) return known.get(folder);
  const here = names.map((name) => join(folder, name)).find(exists);
  const parent = dirname(folder);
  const isTop = folder === root || parent === folder || (root === undefined && exists(join(folder, '.git')));
  const found = here ?? (isTop ? undefined : nearest(parent, root, names, known));
  known.set(folder, found);
  return found;
}

/** Also true for a broken link or an unreadable file, so that reading it reports the problem. */
function exists(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // A name that is too long, or a folder that is not one or not accessible.
    return false;
  }
}
