// What a RUN leaves in its layer: mounts keep files out of it, and its commands may remove files again.
import { mountTypeOf, mountValue, mountsOf } from '../text/mount-options';
import { nameListers, removers } from '../../knowledge/programs/build-steps';
import type { Model } from '../../model/model';
import { argumentsOf, findOption, parseArguments } from '../../shell/options';
import { matchesGlob, spellWord } from '../../shell/spelling';
import type { Reading } from '../../shell/spelling';
import type { Command, ShellWord } from '../../shell/types';
import type { Instruction } from '../../syntax/nodes';
import { once } from '../../text/memo';
import { baseName, fromHome, isBelow, resolvePath, withoutEndSlash } from '../../text/paths';
import { folderOf } from '../commands/folder';
import { shellOf } from '../commands/shell';
import { valueFor } from '../commands/values';

/**
 * Targets of the cache and tmpfs mounts of a RUN: files below them are not part of the layer. If a target contains a
 * variable, `/`, which is above everything.
 */
export function mountedAway(run: Instruction): readonly string[] {
  const targets: string[] = [];
  for (const mount of mountsOf(run)) {
    const type = mountTypeOf(mount);
    const target = mountValue(mount, 'target');
    if ((type === 'cache' || type === 'tmpfs') && target !== undefined)
      targets.push(target.includes('$') ? '/' : withoutEndSlash(target));
  }
  return targets;
}

export interface Deletion {
  /** Absolute, or below `~`, the home directory. A pattern of the shell; see SpelledWord. */
  readonly pattern: string;
  /**
   * The same as a path: without a glob at its end that stands for the content of a folder. Undefined for other
   * patterns.
   */
  readonly path: string | undefined;
  /** Whether only files with certain names go: `find . -name '*.pyc' -delete`. */
  readonly isPart: boolean;
  /** The names of those, as a pattern, where one test alone says it. */
  readonly only?: string | undefined;
}

export interface Deletions {
  readonly known: readonly Deletion[];
  /** Whether the command may delete other files too: the text does not tell which. */
  readonly more: boolean;
}

const nothing: Deletions = { known: [], more: false };

const deletionsIn = once((_model: Model) => new Map<Command, Deletions>());

/** What a command deletes: rm, unlink, `shred -u`, find, `apt-get distclean`. */
export function deletionsOf(model: Model, command: Command): Deletions {
  const how = deleters.get(command.program);
  if (!how) return nothing;
  let found = deletionsIn(model).get(command);
  if (!found) {
    found = how(model, command);
    deletionsIn(model).set(command, found);
  }
  return found;
}

const deleters: ReadonlyMap<string, (model: Model, command: Command) => Deletions> = new Map([
  ['rm', byRm],
  ['unlink', byRm],
  ['shred', byShred],
  ['find', byFind],
  ['apt-get', (_model: Model, command: Command) => byApt(command)],
  ['apt', (_model: Model, command: Command) => byApt(command)],
]);

/** It overwrites files, and deletes them only if it is told to. */
function byShred(model: Model, command: Command): Deletions {
  return findOption(command, '-u', '--remove') ? byRm(model, command) : nothing;
}

function byRm(model: Model, command: Command): Deletions {
  const { operands } = argumentsOf(command);
  if (command.wrappers.at(-1)?.program !== 'xargs')
    return placesOf(
      model,
      command,
      operands.filter(({ text }) => !/(?:^|\/)\.{1,2}\/*$/.test(text)),
    );
  // The names come from the command before, as in `find /tmp -type f | xargs rm`.
  const before = command.script?.commands[command.index - 1];
  if (!before || before.chain !== command.chain || before.position !== command.position)
    return { known: [], more: true };
  if (before.program === 'find') return foundBy(model, before);
  return nameListers.has(before.program)
    ? placesOf(model, before, argumentsOf(before).operands)
    : { known: [], more: true };
}

function byFind(model: Model, command: Command): Deletions {
  const deletes = command.args.some(({ value = '' }) => value === '-delete' || removers.has(baseName(value)));
  return deletes ? foundBy(model, command) : nothing;
}

/** The places where find looks, or the paths that it looks for. */
function foundBy(model: Model, command: Command): Deletions {
  const { args } = command;
  const first = args.findIndex(({ text }) => /^[-!(\\]/.test(text));
  const test = args.findIndex(({ value }) => /^-(?:i?name|i?path|i?wholename|i?regex)$/.test(value ?? ''));
  const path = /^-(?:path|wholename)$/.test(args[test]?.value ?? '') ? args[test + 1]?.value : undefined;
  if (path?.startsWith('/')) return { known: [deletion(model, command, path, true)], more: false };
  const places = placesOf(model, command, args.slice(0, Math.max(first, 0)));
  if (test < 0) return places;
  const only = args[test]?.value === '-name' ? args[test + 1]?.value : undefined;
  const isOnly = !args.some(
    ({ text }, at) => at !== test && /^(?:-o|-or|!|-not|-i?name|-i?path|-prune)$/.test(text),
  );
  return {
    ...places,
    known: places.known.map((one) => ({ ...one, isPart: true, only: isOnly ? only : undefined })),
  };
}

/** apt-get(8): distclean removes the lists and everything that clean removes. */
function byApt({ args }: Command): Deletions {
  const cleans = parseArguments(args).operands.some(({ value }) => /^dist-?clean$/.test(value ?? ''));
  return cleans ? aptLists : nothing;
}

const aptLists: Deletions = {
  known: [{ pattern: '/var/lib/apt/lists', path: '/var/lib/apt/lists', isPart: false }],
  more: false,
};

/** What words name, as absolute paths. @param shell how they are read */
export function placesOf(
  model: Model,
  command: Command,
  words: readonly ShellWord[],
  shell: Reading = shellOf(model, command),
): Deletions {
  // Where the shell is not known, it may expand braces.
  const reading = { ...shell, expandsBraces: shell.expandsBraces ?? true };
  const known: Deletion[] = [];
  let more = false;
  for (const word of words) {
    const spelled = spellWord(word, reading, (name) => valueFor(model, command, name));
    more ||= spelled === undefined;
    for (const one of spelled ?? []) {
      const pattern = absolute(model, command, one.pattern);
      if (pattern === undefined) more = true;
      else known.push(deletion(model, command, pattern, one.isGlob));
    }
  }
  return { known, more };
}

/** @param pattern absolute, of the word */
function deletion(model: Model, { instruction }: Command, pattern: string, isGlob: boolean): Deletion {
  const home = model.environmentAt(instruction).variables.get('HOME')?.value;
  const from = withoutEndSlash(
    home?.startsWith('/') && home !== '/' && isBelow(pattern, home)
      ? `~${pattern.slice(home.length)}`
      : fromHome(pattern),
  );
  const folder = isGlob
    ? from.replace(/\/(?:\.?\*|\.\?\*|\.\[!\.\]\*|\.\.\?\*)$/, '').replace(/(?<=[^/\\])\*$/, '')
    : from;
  const isPath = folder !== '' && (!isGlob || !/[*?[]/.test(folder.replace(/\\./gs, '')));
  return {
    pattern: isGlob ? from : literal(from),
    path: isPath ? folder.replace(/\\(.)/gs, '$1') : undefined,
    isPart: false,
  };
}

/** A pattern in which nothing stands for other characters, in a shell that expands no globs. */
function literal(pattern: string): string {
  return pattern.replace(/\\.|[*?[\]]/gs, (one) => (one.startsWith('\\') ? one : `\\${one}`));
}

/** Absolute or below `~`; undefined if the folder of the command is not known. */
function absolute(model: Model, command: Command, pattern: string): string | undefined {
  if (pattern.startsWith('~')) return pattern.replace(/^~[^/]*/, '~');
  // Only a relative path needs the folder.
  return resolvePath(pattern.startsWith('/') ? undefined : folderOf(model, command), pattern);
}

/** Whether the pattern of a deletion fits the last part of a path. */
export function fitsName(pattern: string, name: string): boolean {
  return matchesGlob(pattern, name);
}

/** Whether a folder is gone or empty after a deletion, as far as its text tells. @param folder absolute, or below `~` */
export function deletes({ pattern, path, isPart }: Deletion, folder: string): boolean {
  if (isPart) return path === folder;
  if (path !== undefined && path === pattern) return isBelow(folder, path);
  // Whole names before the first special character have to be the same; most patterns end here.
  const plain = pattern.slice(0, pattern.search(/[*?[\\]|$/));
  const above = plain.slice(0, plain.lastIndexOf('/') + 1);
  if (!`${folder}/`.startsWith(above)) return false;
  const patterns = pattern.split('/');
  const names = folder.split('/');
  if (patterns.length > names.length + 1) return false;
  // The content of the folder, or most of it.
  const last = patterns.length > names.length ? patterns.pop() : undefined;
  if (last !== undefined && !last.replace(/\\./gs, '').includes('*')) return false;
  return patterns.every((one, at) => matchesGlob(one, names[at] ?? ''));
}

/** Whether one of `commands` empties `folder` or a folder above it. */
export function empties(model: Model, commands: readonly Command[], folder: string): boolean {
  const wanted = fromHome(folder);
  return commands.some((command) => deletionsOf(model, command).known.some((one) => deletes(one, wanted)));
}
