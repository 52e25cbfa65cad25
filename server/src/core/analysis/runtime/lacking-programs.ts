// The programs that what an image starts needs, and that neither its base has nor a step brings.
import { bringsOnlyItself, lackingPrograms, mayBringNamed } from '../../knowledge/images/lacking-programs';
import { managerOfProgram, packageName } from '../../knowledge/packages/package-managers';
import type { PackageAction } from '../../knowledge/packages/package-managers';
import { installsNothing, placers } from '../../knowledge/programs/build-steps';
import { appRunners, interactive } from '../../knowledge/programs/programs';
import type { Copy, Model, Stage } from '../../model/model';
import type { Command } from '../../shell/types';
import { once } from '../../text/memo';
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
  const brought = before === Infinity ? mayBring(model, stage) : broughtBefore(model, stage, before);
  return lackedAtStart(model, stage, brought).has(program) && !brought.names(program);
}

/**
 * Whether the base image does not have a program and no step names it: a package that is installed, or a script, may have
 * brought it all the same.
 */
export function probablyLacks(model: Model, stage: Stage, program: string): boolean {
  const { base, chain } = stage;
  if (base.name === undefined) return false;
  if (!lackingPrograms(base, baseTag(model, stage, base.name) ?? '').has(program)) return false;
  return chain
    .flatMap(({ instructions }) => instructions)
    .every(
      ({ trigger, keyword, span }) =>
        !trigger && (!bringing.has(keyword) || !mayBringNamed(model.document.slice(span), program)),
    );
}

const bringing: ReadonlySet<string> = new Set(['RUN', 'COPY', 'ADD']);

/** Whether the steps of a stage and its parents certainly add no packages but libraries and small tools to the system. */
export function addsOnlySmallTools(model: Model, stage: Stage): boolean {
  return !mayBring(model, stage).anything;
}

/** What the base image lacks, as long as no step may have brought anything. */
function lackedAtStart(model: Model, stage: Stage, { anything }: Brought): ReadonlySet<string> {
  const { base } = stage;
  if (base.name === undefined || anything) return none;
  // A virtual environment, or another folder with programs of its own.
  if (model.environmentAfter(stage).env.has('PATH')) return none;
  return lackingPrograms(base, baseTag(model, stage, base.name) ?? '');
}

const none: ReadonlySet<string> = new Set();

interface Brought {
  readonly anything: boolean;
  names(this: void, program: string): boolean;
}

/** What the steps of a stage and its parents may bring. */
function mayBring(model: Model, stage: Stage): Brought {
  return broughtByStage(model)(stage);
}

const broughtByStage = once((model: Model) =>
  once((stage: Stage): Brought => broughtBefore(model, stage, Infinity)),
);

function broughtBefore(model: Model, stage: Stage, end: number): Brought {
  let packages: string[] = [];
  let anything = false;
  for (const instruction of stage.chain.flatMap(({ instructions }) => instructions)) {
    if (instruction.span.start >= end) continue;
    const copy = instruction.trigger ? undefined : model.copyOf(instruction);
    if (copy && mayBringPrograms(copy)) anything = true;
    if (instruction.keyword !== 'RUN') continue;
    const commands = model.commandsOf(instruction);
    // What another shell or interpreter reads is not known.
    if (commands.length === 0) anything = true;
    for (const command of commands) {
      if (command.span.start >= end) continue;
      const added = packagesOf(model, command);
      const use = packageCommandOf(model, command);
      if (use?.action === 'remove' && !isConditional(command))
        packages = packages.filter((name) => !use.packages.some(({ value }) => value === name));
      for (const name of added ?? []) packages.push(name);
      if (!added) anything = true;
    }
  }
  return { anything, names: (program) => packages.some((one) => one.includes(program)) };
}

/** Packages of the distribution that a command installs; undefined if it may bring anything. */
function packagesOf(model: Model, command: Command): readonly string[] | undefined {
  const use = packageCommandOf(model, command);
  if (!use) return placesNothing(command) || buildsOnly(command) ? [] : undefined;
  if (addsNothing.has(use.action)) return [];
  // A package of a language may bring a program of its name: nodejs-bin has node.
  if (use.manager.scope === 'language') return use.packages.flatMap(({ value }) => value ?? []);
  if (use.action !== 'install') return undefined;
  const names = use.packages.map(({ value }) => (value === undefined ? '' : packageName(use.manager, value)));
  // Any other package may need the program that is asked for.
  return names.every(bringsOnlyItself) ? names : undefined;
}

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
