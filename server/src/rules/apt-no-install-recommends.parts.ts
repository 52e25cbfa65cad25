// Which installations also bring in recommended packages: those of apt without an option or setting against it.
import { givesOption } from '../core/analysis/packages/package-commands';
import { aptRecommendsNothing, isSetBefore } from '../core/analysis/packages/written-settings';
import type { Install } from '../core/model/installs';
import type { Model, Stage } from '../core/model/model';
import { once } from '../core/text/memo';
import {
  bringsAlong,
  buildpackImages,
  neededRecommends,
  recommendNothing,
  recommendNothingOnBuildpack,
  listedName,
} from '../core/knowledge/packages/apt-recommends';
import { packageName } from '../core/knowledge/packages/package-managers';

interface OpenInstall {
  readonly install: Install;
  /** Whether it brings more packages than it names, to a stage that reaches the image. */
  readonly matters: boolean;
}

/** Installations by apt that neither an option nor a setting keeps from installing recommended packages. */
export function installsWithRecommended(model: Model): readonly OpenInstall[] {
  const present = new Map<Stage | undefined, Set<string>>();
  const triggered = new Map<Stage | undefined, Set<string>>();
  return model.installs.flatMap((install) => {
    const { instruction } = install.command;
    if (install.manager.family !== 'apt' || instruction.keyword !== 'RUN') return [];
    const stage = model.stageOf(instruction);
    const before = nearest(stage);
    const isPresent = (name: string): boolean =>
      before.some((one) => present.get(one)?.has(name)) ||
      (instruction.onbuild && triggered.get(stage)?.has(name) === true);
    const settled = bringsNoMore(model, install, isPresent);
    // What one branch writes may not be there for the next command. A trigger runs after the whole file.
    const { nesting, before: joint } = install.command;
    if (nesting.length === 0 && joint !== '||') {
      const place = instruction.onbuild ? triggered : present;
      const names = place.get(stage) ?? new Set();
      place.set(stage, names);
      for (const { value } of install.packages) if (value !== undefined) names.add(value);
    }
    if (saysSo(install) || isSetBefore(model, aptRecommendsNothing, instruction)) return [];
    return { install, matters: !settled && model.reachesImage(instruction) };
  });
}

/** Whether the command itself decides it by an option, or installs no package. */
function saysSo(install: Install): boolean {
  const { given, mayHoldOptions, packages } = install;
  if (mayHoldOptions || givesOption(install, ...settling)) return true;
  if (given.some(({ value }) => /^APT::Install-Recommends=["']?(?:0|false|no|off)["']?$/i.test(value ?? '')))
    return true;
  // Their names come from a file or from another command.
  const isListed = install.command.wrappers.some(({ program }) => program === 'xargs');
  if (packages.length === 0) return !isListed && !givesOption(install, '-f', '--fix-broken');
  return packages.every(({ value }) => value?.endsWith('.deb') === true);
}

/** Whether its packages recommend nothing, as far as it is known. */
function bringsNoMore(model: Model, install: Install, isPresent: (name: string) => boolean): boolean {
  const { manager, packages } = install;
  const tools = hasBuildTools(model, model.stageOf(install.command.instruction));
  return (
    packages.length > 0 &&
    packages.every(({ value }) => {
      const name = listedName(packageName(manager, value ?? ''));
      // Debian's package recommends its documentation, NodeSource's recommends nothing.
      const bare = name === 'nodejs' && model.document.text.includes('nodesource.com');
      return (
        bare ||
        recommendNothing.has(name) ||
        isPresent(value ?? '') ||
        (tools && recommendNothingOnBuildpack.has(name)) ||
        value?.endsWith('.deb') === true
      );
    })
  );
}

/** What an installation would miss without its recommended packages. */
export interface Missed {
  readonly names: readonly string[];
  /** Whether every use needs them. */
  readonly always: boolean;
}

/** The recommended packages that the packages of an installation need in use, and that nothing else installs. */
export function missedRecommends(model: Model, install: Install): Missed {
  const stage = model.stageOf(install.command.instruction);
  const present = nearest(stage).map((one) => namedPackages(model).get(one));
  const missed = install.packages.flatMap(({ value }) => {
    const { names, always } = neededRecommends(listedName(packageName(install.manager, value ?? '')));
    return names.filter((name) => !present.some((some) => some?.has(name))).map((name) => ({ name, always }));
  });
  return {
    names: [...new Set(missed.map(({ name }) => name))],
    always: missed.every(({ always }) => always),
  };
}

/** The packages that the commands of each stage name, with what those bring along. */
const namedPackages = once((model: Model): ReadonlyMap<Stage | undefined, ReadonlySet<string>> => {
  const byStage = new Map<Stage | undefined, Set<string>>();
  for (const { command, manager, packages } of model.installs) {
    const stage = model.stageOf(command.instruction);
    const names = byStage.get(stage) ?? new Set();
    byStage.set(stage, names);
    for (const { value } of packages) {
      const name = listedName(packageName(manager, value ?? ''));
      for (const one of [name, ...(bringsAlong.get(name) ?? [])]) names.add(one);
    }
  }
  return byStage;
});

/** A stage and those below it, for some stages only: the whole chain of each of many stages would be long. */
function nearest(stage: Stage | undefined): readonly (Stage | undefined)[] {
  const row = [stage];
  for (let one = stage?.parent; one && row.length < 8; one = one.parent) row.push(one);
  return row;
}

/** Whether a stage is based on the full image of a language, which has compilers, headers and tools. */
function hasBuildTools(model: Model, stage: Stage | undefined): boolean {
  const root = nearest(stage).at(-1);
  const from = root?.parent ? undefined : root?.from;
  if (!stage || !from) return false;
  const { name = '', distribution } = stage.base;
  // The others only have tags for Debian and Alpine. On anything but Debian they contain less.
  if (distribution !== 'debian' && (distribution !== 'ubuntu' || name !== 'buildpack-deps')) return false;
  if (!buildpackImages.has(name)) return false;
  return !/slim|-curl|-scm|\$/.test(model.document.slice(from.span));
}

const settling = [
  '--no-install-recommends',
  '--without-recommends',
  '-R',
  '--install-recommends',
  '--only-upgrade',
  '--download-only',
  '-d',
  '--simulate',
  '--dry-run',
  '-s',
] as const;
