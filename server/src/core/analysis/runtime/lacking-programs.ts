// The programs that what an image starts needs, and that neither its base has nor a step brings.
import {
  isBroughtBy,
  lackingPrograms,
  mayBringNamed,
  programsOf,
} from '../../knowledge/images/lacking-programs';
import { managerOfProgram, packageName } from '../../knowledge/packages/package-managers';
import type { PackageAction } from '../../knowledge/packages/package-managers';
import { installsNothing, placers } from '../../knowledge/programs/build-steps';
import { appRunners, interactive } from '../../knowledge/programs/programs';
import type { Copy, Model, Stage } from '../../model/model';
import type { Command } from '../../shell/types';
import { once } from '../../text/memo';
import type { Span } from '../../text/span';
import { baseTag } from '../images/base-version';
import { isConditional } from '../commands/guard';
import { bringsOnlyScripts } from './brought-shells';
import { packageCommandOf } from '../packages/package-commands';

const inSystem = /^(?:\/(?:usr\/)?(?:local\/)?s?bin\/)?([\w-]+)$/;

/** The program that a command starts, if it would be among those of the system. */
export function systemProgram({ name }: Command): string | undefined {
  return inSystem.exec(name.value ?? '')?.[1];
}

/**
 * Whether the image of a stage certainly does not have a program.
 * @param program its name
 * @param before the start of the command that needs it; without one the whole stage counts
 */
export function lacksProgram(model: Model, stage: Stage, program: string, before = Infinity): boolean {
  if (!lackedByBase(model, stage).has(program) || hasOwnPath(model, stage)) return false;
  const brought = before === Infinity ? mayBring(model, stage) : broughtBefore(model, stage, before);
  const { distribution } = stage.base;
  return (
    !brought.anything &&
    !brought.names.some((name) => name.includes(program)) &&
    !brought.others.some((name) => isBroughtBy(program, name, distribution))
  );
}

/**
 * Whether the base image does not have a program and no step names it: a package that is installed, or a script, may have
 * brought it all the same.
 * @param before as of `lacksProgram`
 */
export function probablyLacks(model: Model, stage: Stage, program: string, before = Infinity): boolean {
  if (!lackedByBase(model, stage).has(program) || hasOwnPath(model, stage)) return false;
  return stage.chain
    .flatMap(({ instructions }) => instructions)
    .every(
      ({ trigger, keyword, span: { start, end } }) =>
        start >= before ||
        (!trigger &&
          (!bringing.has(keyword) ||
            !mayBringNamed(model.document.slice({ start, end: Math.min(end, before) }), program))),
    );
}

const longestChain = 64;

/** A program that starts a command and that the image lacks. */
export interface Lack {
  /** The word that names it. */
  readonly at: Span;
  readonly program: string;
}

/**
 * The program that starts a command, if the image lacks it: the shell of `bash -c …`; or else its own.
 * @param lacks `lacksProgram` or `probablyLacks`
 * @param before as of `lacksProgram`
 */
export function lackOf(
  model: Model,
  stage: Stage,
  command: Command,
  lacks: typeof lacksProgram,
  before = Infinity,
): Lack | undefined {
  // The commands of each stage of a long chain would look through all of it.
  if (stage.chain.length > longestChain) return undefined;
  for (const { program, span } of command.wrappers) {
    if (!lacks(model, stage, program, before)) continue;
    const word = /^(?:\/(?:usr\/)?bin\/)?[\w-]+/.exec(model.document.slice(span))?.[0];
    if (word?.endsWith(program)) return { at: { start: span.start, end: span.start + word.length }, program };
  }
  const program = systemProgram(command);
  return program !== undefined && lacks(model, stage, program, before)
    ? { at: command.name.span, program }
    : undefined;
}

/** The base image of a stage as people call it: `debian:12`. @returns undefined if it is not known */
export function nameOfBase(model: Model, stage: Stage): string | undefined {
  const { name } = stage.base;
  if (name === undefined) return undefined;
  const tag = baseTag(model, stage, name);
  return tag === undefined ? name : `${name}:${tag}`;
}

const bringing: ReadonlySet<string> = new Set(['RUN', 'COPY', 'ADD']);

/** Whether the steps of a stage and its parents certainly add no packages but libraries and small tools to the system. */
export function addsOnlySmallTools(model: Model, stage: Stage): boolean {
  const { anything, others } = mayBring(model, stage);
  return !anything && others.length === 0;
}

/** Whether programs are looked for in a virtual environment, or another folder with programs of its own. */
function hasOwnPath(model: Model, stage: Stage): boolean {
  return model.environmentAfter(stage).env.has('PATH');
}

/** The programs that the base image of a stage does not have, as far as known. */
export function lackedByBase(model: Model, stage: Stage): ReadonlySet<string> {
  return lackedByStage(model)(stage);
}

const lackedByStage = once((model: Model) =>
  once((stage: Stage): ReadonlySet<string> => {
    const { base } = stage;
    return base.name === undefined ? none : lackingPrograms(base, baseTag(model, stage, base.name) ?? '');
  }),
);

const none: ReadonlySet<string> = new Set();

interface Brought {
  readonly anything: boolean;
  /** Of packages that bring nothing else, and of their programs. */
  readonly names: readonly string[];
  /** Packages of the distribution that may bring others. */
  readonly others: readonly string[];
}

/** What the steps of a stage and its parents may bring. */
function mayBring(model: Model, stage: Stage): Brought {
  return broughtByStage(model)(stage);
}

const broughtByStage = once((model: Model) =>
  once((stage: Stage): Brought => broughtBefore(model, stage, Infinity)),
);

function broughtBefore(model: Model, stage: Stage, end: number): Brought {
  /** The programs of packages by their names; undefined where they may bring others. */
  const packages = new Map<string, readonly string[] | undefined>();
  let anything = false;
  for (const instruction of stage.chain.flatMap(({ instructions }) => instructions)) {
    if (instruction.span.start >= end) continue;
    const copy = instruction.trigger ? undefined : model.copyOf(instruction);
    if (copy && mayBringPrograms(copy)) anything = true;
    if (instruction.keyword !== 'RUN') continue;
    if (addsSources.test(model.document.slice(instruction.span))) anything = true;
    const commands = model.commandsOf(instruction);
    // What another shell or interpreter reads is not known.
    if (commands.length === 0) anything = true;
    for (const command of commands) {
      if (command.span.start >= end) continue;
      const added = packagesOf(model, command);
      if (!isConditional(command)) for (const name of removedBy(model, command)) packages.delete(name);
      if (!added) anything = true;
      for (const name of added?.names ?? [])
        packages.set(name, added?.isOfLanguage === true ? [name] : programsOf(name));
    }
  }
  return {
    anything,
    names: [...packages.values()].flatMap((programs) => programs ?? []),
    others: [...packages].flatMap(([name, programs]) => (programs ? [] : name)),
  };
}

/** The packages that a command removes. */
function removedBy(model: Model, command: Command): readonly string[] {
  const use = packageCommandOf(model, command);
  return use?.action === 'remove' ? use.packages.flatMap(({ value }) => value ?? []) : [];
}

/** What lets packages of others than the distribution be installed. */
const addsSources =
  /\/etc\/apt\b|sources\.list|add-apt-repository|nodesource|\.deb\b|(?:apk\/repositories|--repository|-X\b)(?!.*alpine)/;

/** Packages that a command installs; undefined if it may bring anything. */
function packagesOf(
  model: Model,
  command: Command,
): { readonly names: readonly string[]; readonly isOfLanguage: boolean } | undefined {
  const use = packageCommandOf(model, command);
  if (!use) return placesNothing(command) || buildsOnly(command) ? nothing : undefined;
  if (addsNothing.has(use.action)) return nothing;
  // A package of a language may bring a program of its name: nodejs-bin has node.
  if (use.manager.scope === 'language')
    return { names: use.packages.flatMap(({ value }) => value ?? []), isOfLanguage: true };
  if (use.action !== 'install') return undefined;
  const names = use.packages.map(({ value }) =>
    value === undefined ? undefined : packageName(use.manager, value),
  );
  return names.every((name) => name !== undefined) ? { names, isOfLanguage: false } : undefined;
}

const nothing = { names: [], isOfLanguage: false };

const addsNothing: ReadonlySet<PackageAction> = new Set<PackageAction>([
  'update',
  'clean',
  'remove',
  'upgrade',
]);

/** Whether a command certainly puts nothing into a folder of programs. */
function placesNothing({ program, args }: Command): boolean {
  if (!installsNothing.has(program)) return false;
  return (
    !placers.has(program) ||
    args.every(({ value }) => value !== undefined && !/(?:^|\/)s?bin(?:\/|$)|^\/(?:usr)?\/?$/.test(value))
  );
}

/** A language's own tools, where they bring nothing to the system. */
function buildsOnly({ program, name }: Command): boolean {
  if (name.value?.includes('/')) return false;
  return (
    managerOfProgram(program)?.scope === 'language' || (appRunners.has(program) && !interactive.has(program))
  );
}

function mayBringPrograms(copy: Copy): boolean {
  const {
    keyword,
    destination: { path },
    sources,
  } = copy;
  if (bringsOnlyScripts(copy)) return false;
  return (
    path === undefined ||
    path === '/' ||
    /^\/(?:usr|s?bin|lib|nix)(?:\/|$)/.test(path) ||
    sources.some(
      ({ kind, value, path: from }) =>
        (kind !== 'context' && (from === undefined || from === '')) ||
        /conda|mamba|nix|rootfs/.test(value) ||
        (keyword === 'ADD' && /\.(?:tar|t[gbx]z|gz|xz|bz2)/.test(value)),
    )
  );
}
