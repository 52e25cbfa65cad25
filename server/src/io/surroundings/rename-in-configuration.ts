// Renames a stage among the `targets` of the project's configuration. Other Dockerfiles that the list holds for may have a
// stage of the old name: then the new name is put beside it, as an entry too many does no harm.
import { isDeepStrictEqual } from 'node:util';
import { basename, dirname, resolve } from 'node:path';
import { isMap, isScalar, isSeq } from 'yaml';
import type { Document, Scalar, YAMLSeq } from 'yaml';
import type { OtherFile, OutsideName } from '../../core/analysis/context/outside-names';
import type { Instruction } from '../../core/syntax/nodes';
import { parse } from '../../core/syntax/parse';
import { applyEdits } from '../../core/text/edit';
import type { Edit } from '../../core/text/edit';
import { isRecord } from '../../core/text/record';
import { ownConfiguration } from '../../protocol/names';
import { findDockerfiles } from '../files/find-dockerfiles';
import { readText } from '../files/read-text';
import { maximumYamlBytes, parseYaml, yamlValue } from './bounded-yaml';
import { nearest } from './configuration-files';
import { namesFile } from './overrides';

interface Refusal {
  readonly refused: string;
}

/** With more Dockerfiles than this nobody looks whether one of them has a stage of the old name. */
const mostFiles = 200;
const maximumBytes = 2_000_000;

/**
 * @param path absolute path of the Dockerfile
 * @param root absolute folder at which the search for the configuration ends; undefined as for `nearest`
 * @returns the edits of the configuration, if it names the stage; or why they cannot be made
 */
export function renameInConfiguration(
  path: string,
  root: string | undefined,
  renamed: OutsideName,
): readonly OtherFile[] | Refusal {
  const own = renamed.kind === 'stage' ? nearest(dirname(path), root, ownConfiguration) : undefined;
  const text = own === undefined ? undefined : textOf(own, maximumYamlBytes);
  if (own === undefined || text === undefined) return [];
  const read = listsIn(text);
  if (!read) return [];
  const folder = dirname(own);
  const lists = read.filter(({ files }) => files === undefined || namesFile(files, folder, path));
  const isOld = (name: unknown): boolean => isSame(name, renamed.name);
  if (!lists.some(({ names }) => names.some(isOld))) return [];
  const others = stageElsewhere(folder, path, renamed.name);
  const edits: Edit[] = [];
  const wanted = read.map(({ names }) => names);
  for (const list of lists) {
    const stays = others.some((other) => list.files === undefined || namesFile(list.files, folder, other));
    for (const item of list.node?.items ?? []) {
      if (!isScalar(item) || !isOld(item.value) || !item.range) continue;
      edits.push(
        stays ? besides(text, list.node, item, renamed.newName) : inPlace(text, item, renamed.newName),
      );
    }
    wanted[read.indexOf(list)] = list.names.flatMap((name) => {
      if (!isOld(name)) return [name];
      return stays ? [name, renamed.newName] : [renamed.newName];
    });
  }
  const after = listsIn(applyEdits(text, edits))?.map(({ names }) => names);
  if (isDeepStrictEqual(after, wanted)) return [{ path: own, text, edits }];
  return {
    refused: `${basename(own)} names the stage "${renamed.name}" in targets, and Drydock cannot tell where. Rename it there by hand, then here`,
  };
}

/** A list `targets`. */
interface TargetList {
  /** Patterns of the files that it holds for; undefined for all. */
  readonly files: readonly string[] | undefined;
  readonly names: readonly unknown[];
  /** Undefined for an alias and its like. */
  readonly node: YAMLSeq | undefined;
}

/** @returns undefined when the text is not valid YAML */
function listsIn(text: string): readonly TargetList[] | undefined {
  const { document } = parseYaml(text);
  if (!document) return undefined;
  let value: unknown;
  try {
    value = yamlValue(document);
  } catch {
    // An alias without its anchor.
    return undefined;
  }
  if (!isRecord(value)) return [];
  const overrides: unknown = value['overrides'];
  return [
    ...listAt(document, ['targets'], value, undefined),
    ...(Array.isArray(overrides) ? (overrides as readonly unknown[]) : []).flatMap((one, index) => {
      if (!isRecord(one) || !Array.isArray(one['files'])) return [];
      const files = (one['files'] as readonly unknown[]).filter((name) => typeof name === 'string');
      return listAt(document, ['overrides', index, 'targets'], one, files);
    }),
  ];
}

function listAt(
  document: Document.Parsed,
  path: readonly (string | number)[],
  { targets }: Readonly<Record<string, unknown>>,
  files: readonly string[] | undefined,
): readonly TargetList[] {
  if (!Array.isArray(targets)) return [];
  let node: unknown = document.contents;
  for (const key of path) node = isMap(node) || isSeq(node) ? node.get(key, true) : undefined;
  return [{ files, names: targets as readonly unknown[], node: isSeq(node) ? node : undefined }];
}

/** Other Dockerfiles below a folder that have a stage of a name, and those that nobody looked into; absolute paths. */
function stageElsewhere(folder: string, path: string, name: string): readonly string[] {
  const all = findDockerfiles([folder]).map((one) => resolve(one.path));
  const others = all.filter((one) => one !== path);
  if (others.length > mostFiles) return others;
  return others.filter((one) => {
    const text = textOf(one, maximumBytes);
    return (
      text !== undefined && parse(text).instructions.some((instruction) => namesStage(instruction, name))
    );
  });
}

/** `FROM image AS name` */
function namesStage({ keyword, words }: Instruction, name: string): boolean {
  return keyword === 'FROM' && words.length > 2 && isSame(words.at(-1)?.value, name);
}

function textOf(path: string, maximum: number): string | undefined {
  try {
    return readText(path, maximum);
  } catch {
    // Nobody's, or no file.
    return undefined;
  }
}

/** The names of stages are compared without case. */
function isSame(a: unknown, b: string): boolean {
  return typeof a === 'string' && a.toLowerCase() === b.toLowerCase();
}

function inPlace(text: string, { range }: Scalar, name: string): Edit {
  const [start = 0, end = 0] = range ?? [];
  return { start, end, text: likeText(text.slice(start, end), name) };
}

/** Behind the entry: on its line in brackets, else on a line of its own. */
function besides(text: string, list: YAMLSeq | undefined, { range }: Scalar, name: string): Edit {
  const [start = 0, end = 0] = range ?? [];
  const entry = likeText(text.slice(start, end), name);
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return { start: end, end, text: list?.flow === true ? `, ${entry}` : eol + line + entry };
}

/** With the quotes of a text, and in quotes where YAML takes the name for something else. */
function likeText(before: string, name: string): string {
  const quote = /^["']/.exec(before)?.[0] ?? (/^(?:true|false|null)$/i.test(name) ? "'" : '');
  return quote + name + quote;
}
