// The programs that the commands of a stage compile, and what they are linked against.
import { packageName } from '../../knowledge/packages/package-managers';
import { linkingTools } from '../../knowledge/programs/linking-tools';
import type { LinkingTool } from '../../knowledge/programs/linking-tools';
import type { Command } from '../../shell/types';
import type { Instruction } from '../../syntax/nodes';
import type { Model, Stage } from '../../model/model';
import { once } from '../../text/memo';
import { baseName, isBelow, resolvePath } from '../../text/paths';
import { folderOf } from '../commands/folder';
import { optionValue } from '../commands/options';

export interface BuiltProgram {
  readonly command: Command;
  readonly language: 'go' | 'rust' | 'c' | LinkingTool['language'];
  /** Absolute path of the program, or of the folder with it. */
  readonly path: string;
}

const none: readonly BuiltProgram[] = [];

/** The programs that a stage links against the C library of its own image. Static ones are left out. */
export function linkedPrograms(model: Model, stage: Stage): readonly BuiltProgram[] {
  return linkedByStage(model).get(stage) ?? none;
}

const linkedByStage = once((model: Model): ReadonlyMap<Stage, readonly BuiltProgram[]> => {
  const found = new Map<Stage, BuiltProgram[]>();
  const mayBeStatic = new Map<Stage, boolean>();
  for (const command of model.commandsNamed(
    'go',
    'cargo',
    'gcc',
    'g++',
    'cc',
    'clang',
    ...linkingTools.keys(),
  )) {
    const stage = model.stageOf(command.instruction);
    const built = command.instruction.keyword === 'RUN' ? builtBy(model, command) : undefined;
    if (!stage || !built || isUnlinked(model, stage, built)) continue;
    let isStatic = built.language === 'native' ? isWithoutLibrary(model, stage) : mayBeStatic.get(stage);
    if (isStatic === undefined) mayBeStatic.set(stage, (isStatic = asksForStatic(model, stage)));
    if (isStatic) continue;
    const before = found.get(stage);
    if (before) before.push(built);
    else found.set(stage, [built]);
  }
  if (found.size > 0) addMoved(model, found);
  return found;
});

/** Adds the places to which later commands of a stage copy its programs: `cp target/release/app /app`. */
function addMoved(model: Model, found: ReadonlyMap<Stage, BuiltProgram[]>): void {
  for (const command of model.commandsNamed('cp', 'mv', 'install')) {
    const { instruction, args, span } = command;
    const stage = model.stageOf(instruction);
    const programs = stage && found.get(stage);
    if (!programs || programs.length > mostPrograms || instruction.keyword !== 'RUN') continue;
    const folder = folderOf(model, command);
    const words = args.filter(({ prefix }) => !prefix.startsWith('-'));
    const last = words.at(-1)?.value;
    const target = last === undefined ? undefined : resolvePath(folder, last);
    if (last === undefined || target === undefined) continue;
    for (const { value } of words.slice(0, -1)) {
      const source = value === undefined ? undefined : resolvePath(folder, value);
      const built = programs.find(
        (one) => one.command.span.start < span.start && isBelow(source ?? '', one.path),
      );
      if (!built || source === undefined) continue;
      const isFolder = /(?:\/|^\.|\bbin)$/.test(last) || words.length > 2;
      programs.push({
        ...built,
        path: isFolder ? `${target.replace(/\/$/, '')}/${baseName(source)}` : target,
      });
    }
  }
}

/** Programs of a stage that are looked at: others may be as many as the commands. */
const mostPrograms = 50;

/** Whether a path of the stage is a program or lies in a folder that the command fills. */
export function isBuiltAt({ path }: BuiltProgram, source: string): boolean {
  return source === path || isBelow(source, path) || isBelow(path, source);
}

function builtBy(model: Model, command: Command): BuiltProgram | undefined {
  const { program, args } = command;
  const words = args.map(({ value }) => value);
  const folder = folderOf(model, command);
  if (program === 'cargo') {
    if (!words.includes('build')) return undefined;
    const path = resolvePath(folder, 'target');
    return path === undefined ? undefined : { command, language: 'rust', path };
  }
  const tool = linkingTools.get(program);
  if (tool) return madeBy(model, command, tool);
  if (program === 'go' && words[0] === 'install') return { command, language: 'go', path: '/go/bin' };
  if (program === 'go' && words[0] !== 'build') return undefined;
  const at = words.indexOf('-o');
  const path = at < 0 ? undefined : resolvePath(folder, words[at + 1] ?? '');
  return path === undefined || path === folder
    ? undefined
    : { command, language: program === 'go' ? 'go' : 'c', path };
}

/** What another tool makes for the C library of its image. */
function madeBy(model: Model, command: Command, tool: LinkingTool): BuiltProgram | undefined {
  const { language, verb, options, place } = tool;
  if (verb && !command.args.some(({ value }) => verb.test(value ?? ''))) return undefined;
  const written = optionValue(command.args, ...options)?.text ?? place;
  const path = written === undefined ? undefined : resolvePath(folderOf(model, command), written);
  return path === undefined || path === '/' ? undefined : { command, language, path };
}

/** Whether anything in the stage asks GraalVM for a program without a C library: `--static`, not `--static-nolibc`. */
function isWithoutLibrary(model: Model, { chain }: Stage): boolean {
  return chain.some(({ span }) => /--static(?![\w-])|musl/.test(model.document.slice(span)));
}

/** Words that ask for a program without a C library, or for another one. */
const staticWords =
  /(?<!-crt-)static|musl(?!-dev\b)|netgo|CGO_ENABLED(?![ =]+["']?1)|zig\b|zigbuild|GOOS=(?:windows|darwin|js)|-shared/;

/** Whether a program needs no C library, or a variable may ask for that. */
function isUnlinked(model: Model, { base }: Stage, { command, language }: BuiltProgram): boolean {
  // Nix has a C library of its own, whatever the image.
  if (language === 'nix') return false;
  // Without a C compiler, as on Alpine, Go links nothing; and Rust on Alpine links all into the program.
  if (base.libc === undefined) return true;
  if (base.libc === 'musl' && language === 'rust' && !asksForDynamic(model, command)) return true;
  if (base.libc === 'musl' && language === 'go' && !asksForC(model, command)) return true;
  return command.args.some(({ value, text }) => value === undefined && /^\$\{?\w+\}?$/.test(text));
}

/** Whether anything in the stage, or above the first, may ask for a program without a C library. */
function asksForStatic(model: Model, { chain }: Stage): boolean {
  return [...chain, ...model.preamble].some(({ span }) => staticWords.test(model.document.slice(span)));
}

/** Whether the step, or the image that it runs in, asks Rust for a program that loads the C library. */
function asksForDynamic(model: Model, { instruction }: Command): boolean {
  const flags = model.environmentAt(instruction).variables.get('RUSTFLAGS')?.value ?? '';
  return /-crt-static/.test(model.document.slice(instruction.span) + flags);
}

/**
 * Whether the step, or the image that it runs in, asks Go for C: by its variable, or as an earlier step installed a
 * compiler for it.
 */
function asksForC(model: Model, { instruction, assignments, script }: Command): boolean {
  const own = assignments.find(({ name }) => name === 'CGO_ENABLED')?.value?.value;
  if (own !== undefined) return own === '1';
  if (/\bexport\s+(?:\w+=\S*\s+)*CGO_ENABLED=["']?1/.test(script?.text ?? '')) return true;
  const given = model.environmentAt(instruction).variables.get('CGO_ENABLED');
  return given ? given.value === '1' : hasCompiler(model, instruction);
}

/** Whether a step of the stage or its parents, this one or one above, installs a compiler of C. */
export function hasCompiler(model: Model, instruction: Instruction): boolean {
  const chain = model.stageOf(instruction)?.chain ?? [];
  return chain.some((one) => (firstCompiler(model).get(one) ?? Infinity) <= instruction.index);
}

/** By stage, the first instruction that installs one. */
const firstCompiler = once((model: Model): ReadonlyMap<Stage, number> => {
  const first = new Map<Stage, number>();
  for (const { command, manager, packages } of model.installs) {
    const stage = model.stageOf(command.instruction);
    const brings = packages.some(({ value }) =>
      /^(?:gcc|build-base|clang)$/.test(packageName(manager, value ?? '')),
    );
    if (stage && brings && !first.has(stage)) first.set(stage, command.instruction.index);
  }
  return first;
});
