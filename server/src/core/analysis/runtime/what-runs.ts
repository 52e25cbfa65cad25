// What a container of an image runs: nothing, a tool that ends, or a program that stays; and whose program it is.
import {
  appRunners,
  idle,
  inits,
  interactive,
  isPython,
  servers,
  watchers,
} from '../../knowledge/programs/programs';
import { developmentStarters, serverStarters, tells } from '../../knowledge/programs/subcommands';
import type { Command } from '../../shell/types';
import type { Instruction } from '../../syntax/nodes';
import { once } from '../../text/memo';
import { baseName } from '../../text/paths';
import type { Copy, Model, Stage } from '../../model/model';

/**
 * Whether a command certainly starts a server: a program that is only a server, or the command of a framework that
 * starts one.
 */
export function startsServer({ program, args }: Command): boolean {
  const words = args.map(({ value }) => value ?? '');
  if (words.some((word) => help.test(word))) return false;
  if (servers.has(program) || tells(serverStarters, program, words)) return true;
  return isPython(program) && startsPythonServer(words);
}

/** `python -m uvicorn`, `python manage.py runserver` */
function startsPythonServer(words: readonly string[]): boolean {
  const module = words[words.indexOf('-m') + 1];
  if (words.includes('-m')) return module === 'http.server' || servers.has(module ?? '');
  return words.some((word) => word.endsWith('manage.py')) && words.includes('runserver');
}

/** The instruction of a keyword that is in force in a stage: its own last one, or an inherited one. */
export function finalInstruction(stage: Stage, keyword: string): Instruction | undefined {
  for (const one of stage.chain) {
    const own = lastOfKeywords(one).get(keyword);
    if (own) return own;
  }
  return undefined;
}

const lastOfKeywords = once(
  ({ instructions }: Stage): ReadonlyMap<string, Instruction> =>
    new Map(instructions.map((instruction) => [instruction.keyword, instruction])),
);

/**
 * `program`: a service, or code of the file's own.
 * `tool`: an installed program that does one task and ends, as far as known.
 * `nothing`: a shell or an interpreter for interactive use, or a command that only keeps the container alive.
 * `unknown`: the base image decides, or a script that executes its arguments.
 */
type WhatRuns =
  | { readonly kind: 'program'; readonly at: Instruction | undefined }
  | { readonly kind: 'tool'; readonly at: Instruction }
  | { readonly kind: 'nothing' | 'unknown' };

/** What a container of the stage's image runs by default, and the instruction that says so. */
export function whatRuns(model: Model, stage: Stage): WhatRuns {
  if (isForDevelopment(stage)) return { kind: 'nothing' };
  const entrypoint = finalInstruction(stage, 'ENTRYPOINT');
  const cmd = finalInstruction(stage, 'CMD');
  const at = entrypoint ?? cmd;
  if (!at) {
    const { runsService } = stage.base;
    if (runsService === true) return { kind: 'program', at: undefined };
    return { kind: runsService === false ? 'nothing' : 'unknown' };
  }
  const commands = startedCommands(model, stage);
  if (commands.length === 0 && (at.json ?? at.words).length === 0) return { kind: 'nothing' };
  if (commands.length > 0 && (commands.every(isForPeople) || commands.some(watches)))
    return { kind: 'nothing' };
  if (stage.base.runsService === true || serves(stage)) return { kind: 'program', at };
  if (handsOver(commands[0]) && !bringsProgram(model, stage)) return { kind: 'unknown' };
  const asksForHelp = [entrypoint, cmd].some((one) => one?.json && help.test(one.json.at(-1)?.value ?? ''));
  if (!asksForHelp && commands.some((command) => isApplication(model, command, stage)))
    return { kind: 'program', at };
  return { kind: 'tool', at };
}

/** Commands of ENTRYPOINT, or of CMD if the entry point executes its arguments or there is none. */
export function startedCommands(model: Model, stage: Stage): readonly Command[] {
  const entrypoint = finalInstruction(stage, 'ENTRYPOINT');
  const cmd = finalInstruction(stage, 'CMD');
  const first = entrypoint ? model.commandsOf(entrypoint) : [];
  // In shell form an entry point gets no arguments; other programs get the words of CMD as arguments.
  const passesOn = !entrypoint || (entrypoint.json !== undefined && first.every(handsOver));
  const second = cmd && passesOn ? model.commandsOf(cmd) : [];
  const all = second.length > 0 ? second : first;
  // Leave out the shell of `sh -c '…'` if the commands in the string are known.
  return all.length > 1 ? all.filter((command) => !readsString(command)) : all;
}

function readsString({ program, args }: Command): boolean {
  return interactive.has(program) && args.some(({ value }) => value === '-c');
}

/** Whether the name of a stage says that it is for development, tests or debugging, whatever it starts. */
export function isForDevelopment({ name }: Stage): boolean {
  return forDevelopment.test(name?.value ?? '');
}

/** Names of stages for development. */
const forDevelopment =
  /(?:^|[-_.])(?:dev|devel|develop|development|devcontainer|debug|debugger|debugging|tests?|testing|lint|linter|ci)(?:$|[-_.])/i;

const help = /^(?:-h|-\?|--help(?:-\w+)?|help|-V|--version|version)$/;

/** Whether EXPOSE or HEALTHCHECK shows that the image is a service. */
function serves(stage: Stage): boolean {
  return ['EXPOSE', 'HEALTHCHECK'].some((keyword) => {
    const instruction = finalInstruction(stage, keyword);
    return instruction !== undefined && instruction.words[0]?.value.toUpperCase() !== 'NONE';
  });
}

/** Whether a command is an init, or has a usual name of scripts that end with `exec "$@"`. */
function handsOver(command: Command | undefined): boolean {
  return (
    command !== undefined &&
    (inits.has(command.program) ||
      /entry-?point/i.test(command.program) ||
      (interactive.has(command.program) && /entry-?point/i.test(command.args.at(-1)?.value ?? '')))
  );
}

/** Whether a command is a shell or interpreter without a script, or only keeps the container alive. */
export function isForPeople({ program, args }: Command): boolean {
  return idle.has(program) || (interactive.has(program) && args.every(({ value }) => value?.startsWith('-')));
}

/** Whether a command restarts the program after each change of a file, or debugs it: a tool for development. */
function watches({ program, args }: Command): boolean {
  if (watchers.has(program) || args.some(({ value }) => value === '--reload')) return true;
  return tells(
    developmentStarters,
    program,
    args.map(({ value }) => value),
  );
}

/** Whether the file adds anything from outside the image, apart from start scripts. */
function bringsProgram(model: Model, stage: Stage): boolean {
  return copiesInto(model, stage).some(({ sources }) =>
    sources.some(({ value }) => !/\.sh$|entry-?point/i.test(value)),
  );
}

/** Whether a command is the file's own program, or runs one: a script, a jar, an application server. */
function isApplication(model: Model, { program, name, args, instruction }: Command, stage: Stage): boolean {
  if (servers.has(program) && args.length === 0) return true;
  if (appRunners.has(program))
    return args.some(({ value, prefix }) => value === undefined || !(help.test(prefix) || prefix === '-l'));
  const path = name.value ?? '';
  if (/server$/.test(program) || (path.includes('/') && !systemFolder.test(path))) return true;
  // An entry point that is called by its name and has no arguments expects arguments.
  if (args.length === 0 && !path.includes('/') && instruction.keyword === 'ENTRYPOINT') return false;
  return copiesInto(model, stage).some(({ sources, destination }) =>
    [...sources, destination].some(({ value }) => baseName(value) === program),
  );
}

/** Folders where packages install their programs. */
const systemFolder = /^\/(?:usr\/)?(?:local\/)?s?bin\//;

/** The copies of a stage and its parent stages. */
function copiesInto(model: Model, { chain }: Stage): readonly Copy[] {
  return chain.flatMap(({ instructions }) =>
    instructions.flatMap((one) => (one.trigger ? [] : (model.copyOf(one) ?? []))),
  );
}

/** Whether what a stage's image starts is a file that runs as no user: some tools want an entry point for what they fetch. */
export function onlyCarriesFiles(model: Model, stage: Stage): boolean {
  const commands = startedCommands(model, stage);
  return commands.length > 0 && commands.every(({ program }) => carried.test(program));
}

/** By their endings. A program for WebAssembly has no user. */
const carried = /\.(?:apk|deb|gz|img|ipa|iso|json|rpm|tar|tgz|txt|wasm|zip)$/;
