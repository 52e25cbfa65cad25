// The files of the build context that the Dockerfile copies and then starts: in a step, or in a container.
import { entryPointOf } from '../../knowledge/images/entry-points';
import { inits } from '../../knowledge/programs/programs';
import { posixShells } from '../../knowledge/programs/shells';
import type { Model, Stage } from '../../model/model';
import type { Command, ShellWord } from '../../shell/types';
import { once } from '../../text/memo';
import { baseName, resolvePath } from '../../text/paths';
import { folderOf } from '../commands/folder';
import { isConditional } from '../commands/guard';
import { contextCopiesByStage } from '../context/context-sources';
import type { ContextCopy, ContextFacts, ContextFile } from '../context/context-sources';
import { copiedFile } from '../context/copied-files';
import type { CopiedFile } from '../context/copied-files';
import { finalInstruction } from './what-runs';

export interface StartedFile extends CopiedFile {
  readonly file: ContextFile;
  readonly context: ContextFacts;
  readonly stage: Stage;
  /** What starts it, first. */
  readonly command: Command;
  /** The word of the command that names it. */
  readonly word: ShellWord;
  /** The shell that reads it, as in `sh run.sh`; undefined if the system starts the file itself. */
  readonly reader: string | undefined;
  /** Absolute, in the image. */
  readonly path: string;
}

/** What is asked for the context, only where the file starts something that it may have copied. */
export interface AsksContext {
  readonly context: ContextFacts | undefined;
}

/** More starts than this are not looked up. */
const most = 100;

/** The files that a Dockerfile copies and starts, as far as the context is known; each at its first start. */
export function startedFiles(model: Model, facts: AsksContext): readonly StartedFile[] {
  const starts = startsOfCopies(model);
  const { context } = starts.length > 0 ? facts : nothing;
  return context?.fileAt ? filesIn(model, context) : none;
}

const nothing: AsksContext = { context: undefined };
const none: readonly StartedFile[] = [];

const filesOf = once((_model: Model) => new WeakMap<ContextFacts, readonly StartedFile[]>());

function filesIn(model: Model, context: ContextFacts): readonly StartedFile[] {
  const known = filesOf(model).get(context);
  if (known) return known;
  const found = new Map<string, StartedFile>();
  const handing = new Set<Stage>();
  for (const { viaEntrypoint, viaNode, ...start } of startsOfCopies(model)) {
    if (viaEntrypoint && !handing.has(start.stage)) continue;
    const started = lookUp(model, context, start);
    if (!started || (viaNode && !isOfShell.test(started.file.text))) continue;
    if (start.command.instruction.keyword === 'ENTRYPOINT' && handsOver.test(started.file.text))
      handing.add(start.stage);
    const key = `${start.stage.index} ${started.path}`;
    if (!found.has(key)) found.set(key, started);
  }
  const files = [...found.values()];
  filesOf(model).set(context, files);
  return files;
}

/** The first line of a script for a shell. */
const isOfShell = /^#![^\n]*\b(?:ba|da|z|k)?sh\b/;

/** `exec "$@"`, `exec gosu app $@`. */
const handsOver = /^\s*(?:exec\s[^#\n]*)?"?\$@"?/m;

function lookUp(
  model: Model,
  context: ContextFacts,
  start: Omit<Start, 'viaEntrypoint' | 'viaNode'>,
): StartedFile | undefined {
  const before = start.command.instruction.keyword === 'RUN' ? start.command.instruction.index : Infinity;
  for (const path of start.paths) {
    const copied = copiedFile(model, context, start.stage, path, before);
    const file = copied && context.fileAt?.(copied.place);
    if (file && (context.isCertain === true || isEvident(context, copied)))
      return { ...copied, ...start, file, context, path };
  }
  return undefined;
}

/** In a folder that is a mere guess: a file of the whole folder that lies where it is started, and in no other folder. */
function isEvident(context: ContextFacts, { source, place }: CopiedFile): boolean {
  return source.path === '' && context.liesElsewhere?.(place) !== true;
}

interface Start {
  readonly stage: Stage;
  readonly command: Command;
  readonly word: ShellWord;
  readonly reader: string | undefined;
  /** Where the file may lie. */
  readonly paths: readonly string[];
  /** Whether it only starts if the entry point runs its arguments. */
  readonly viaEntrypoint: boolean;
  /** Whether the entry point of the image node gets it, which reads by itself what may not be executed. */
  readonly viaNode: boolean;
}

/** What starts a path that a copy from the context may have filled. In file order, for each stage steps first. */
const startsOfCopies = once((model: Model): readonly Start[] => {
  const found: Start[] = [];
  const byStage = contextCopiesByStage(model);
  if (byStage.size === 0) return found;
  const held = new Map<Stage, (path: string) => boolean>();
  for (const stage of model.stages) {
    if (stage.base.distribution === 'windows') continue;
    // Stages without copies of their own have those of the one above them: many may begin with the same.
    const copying = nearest(stage).find((one) => byStage.has(one));
    if (!copying) continue;
    const mayBeCopied =
      held.get(copying) ?? heldBy(nearest(copying).flatMap((one) => byStage.get(one) ?? []));
    held.set(copying, mayBeCopied);
    for (const { command, viaEntrypoint, viaNode } of commandsOf(model, stage)) {
      const start = found.length < most ? startOf(model, command) : undefined;
      const paths = start?.paths.filter(mayBeCopied) ?? [];
      if (start && paths.length > 0) found.push({ command, stage, viaEntrypoint, viaNode, ...start, paths });
    }
  }
  return found;
});

/** More stages than this above one are not looked at. */
const mostAbove = 64;

/** A stage and those it begins with, from the nearest: not the whole chain, as each stage of a long one asks. */
function nearest(stage: Stage): readonly Stage[] {
  const found: Stage[] = [];
  for (let one: Stage | undefined = stage; one && found.length < mostAbove; one = one.parent) found.push(one);
  return found;
}

/** The commands of the steps of a stage, and of its containers if people start those. */
function* commandsOf(
  model: Model,
  stage: Stage,
): Generator<Pick<Start, 'command' | 'viaEntrypoint' | 'viaNode'>> {
  for (const instruction of stage.instructions) {
    if (instruction.keyword !== 'RUN') continue;
    for (const command of model.commandsOf(instruction))
      if (!isConditional(command)) yield { command, viaEntrypoint: false, viaNode: false };
  }
  yield* containerCommands(model, stage);
}

/** The commands that containers of a stage start, if people start any: those of its entry point and of CMD. */
export function* containerCommands(
  model: Model,
  stage: Stage,
): Generator<Pick<Start, 'command' | 'viaEntrypoint' | 'viaNode'>> {
  if (stage.usedBy.length > 0) return;
  const entrypoint = finalInstruction(stage, 'ENTRYPOINT');
  const cmd = finalInstruction(stage, 'CMD');
  const first = entrypoint ? model.commandsOf(entrypoint) : [];
  for (const command of first)
    if (!isConditional(command)) yield { command, viaEntrypoint: false, viaNode: false };
  const isNode = !entrypoint && stage.base.name === 'node';
  if (!cmd || (entrypoint ? !entrypoint.json : !isNode && !startsCommand(stage))) return;
  const viaEntrypoint = first.some(({ program }) => !inits.has(program));
  for (const command of model.commandsOf(cmd))
    if (!isConditional(command)) yield { command, viaEntrypoint, viaNode: isNode };
}

/**
 * Whether the entry point of a base image, if it has one, starts CMD as a command. That of node gives a file that may not
 * be executed to node.
 */
function startsCommand({ base: { name } }: Stage): boolean {
  if (name === undefined || name === 'node') return false;
  // Those of distroless have none, but for a few that are interpreters.
  return !name.includes('/') || (name.startsWith('gcr.io/distroless/') && entryPointOf(name) === undefined);
}

/** Where a program without a path is looked for. */
const searchPath = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** The file that a command starts, if it is named by a path or looks like a script. */
export function startOf(
  model: Model,
  command: Command,
): Pick<Start, 'word' | 'reader' | 'paths'> | undefined {
  const { name, args, program } = command;
  const isShell = posixShells.has(program);
  const word = isShell ? args[0] : name;
  const value = word?.value;
  if (!word || value === undefined || value.startsWith('-')) return undefined;
  if (value.includes('/') || isShell) {
    const path = resolvePath(folderOf(model, command), value);
    return path === undefined ? undefined : { word, reader: isShell ? program : undefined, paths: [path] };
  }
  if (!/\.\w+$|entry-?point/.test(value)) return undefined;
  return { word, reader: undefined, paths: searchPath.map((folder) => `${folder}/${value}`) };
}

/** More folders than this above a file are not looked at. */
const mostFolders = 64;

/** Whether some of the copies may write a path: asked for each start, so the copies are looked at once. */
function heldBy(copies: readonly ContextCopy[]): (path: string) => boolean {
  const files = new Set<string>();
  /** Folders that get what the file does not name, and folders with the base name of a file that they get. */
  const open = new Set<string>();
  const named = new Set<string>();
  for (const { destination, sources } of copies) {
    const folder = destination.path;
    if (folder === undefined) continue;
    files.add(folder);
    for (const { path: from, glob, target } of sources) {
      if (target !== undefined) files.add(target);
      if (glob || from === '' || from === undefined || !/\.\w+$/.test(from)) open.add(folder);
      else named.add(`${folder} ${baseName(from)}`);
    }
  }
  return (path) => {
    if (files.has(path)) return true;
    const name = baseName(path);
    let folder = path;
    for (let count = 0; count < mostFolders && folder !== '/'; count += 1) {
      folder = folder.slice(0, Math.max(folder.lastIndexOf('/'), 0)) || '/';
      if (open.has(folder) || named.has(`${folder} ${name}`)) return true;
    }
    return false;
  };
}
