// Which installations bring in packages that are merely recommended: those of apt without an option or a setting
// that says no.
import { givesOption } from '../core/analysis/packages/package-commands';
import type { Install } from '../core/model/installs';
import type { Model, Stage } from '../core/model/model';
import type { Instruction } from '../core/syntax/nodes';
import {
  buildpackImages,
  recommendNothing,
  recommendNothingOnBuildpack,
  listedName,
} from '../core/knowledge/packages/apt-recommends';
import { managerOfProgram, packageName } from '../core/knowledge/packages/package-managers';

/** Installations by apt, in stages that reach the image, that take along what packages recommend. */
export function installsWithRecommended(model: Model): readonly Install[] {
  const configured = configuredFrom(model);
  const present = new Map<Stage | undefined, Set<string>>();
  const triggered = new Map<Stage | undefined, Set<string>>();
  return model.installs.filter((install) => {
    const { instruction } = install.command;
    if (install.manager.family !== 'apt' || instruction.keyword !== 'RUN') return false;
    const stage = model.stageOf(instruction);
    const before = stage ? nearest(stage) : [undefined];
    const isPresent = (name: string): boolean =>
      before.some((one) => present.get(one)?.has(name)) ||
      (instruction.onbuild && triggered.get(stage)?.has(name) === true);
    const settled = saysWhat(model, install, isPresent);
    // What one branch installs may not be there for the next command; a trigger runs behind the whole file.
    const { nesting, before: joint } = install.command;
    if (nesting.length === 0 && joint !== '||') {
      const place = instruction.onbuild ? triggered : present;
      const names = place.get(stage) ?? new Set();
      place.set(stage, names);
      for (const { value } of install.packages) if (value !== undefined) names.add(value);
    }
    if (settled) return false;
    if (!model.reachesImage(instruction)) return false;
    return (
      configured.size === 0 ||
      !(stage ?? { chain: [undefined] }).chain.some(
        (one) => (configured.get(one) ?? Infinity) <= instruction.index,
      )
    );
  });
}

/** Whether the command itself settles it: by an option, or because there is nothing that could be recommended. */
function saysWhat(model: Model, install: Install, isPresent: (name: string) => boolean): boolean {
  const { manager, given, mayHoldOptions, packages } = install;
  if (mayHoldOptions || givesOption(install, ...settling)) return true;
  if (given.some(({ value }) => /^APT::Install-Recommends=["']?(?:0|false|no|off)["']?$/i.test(value ?? '')))
    return true;
  if (packages.length === 0) return !givesOption(install, '-f', '--fix-broken');
  const tools = hasBuildTools(model, model.stageOf(install.command.instruction));
  return packages.every(({ value }) => {
    const name = listedName(packageName(manager, value ?? ''));
    // That of Debian recommends its documentation, that of NodeSource nothing.
    const bare = name === 'nodejs' && model.document.text.includes('nodesource.com');
    return (
      bare ||
      recommendNothing.has(name) ||
      isPresent(value ?? '') ||
      (tools && recommendNothingOnBuildpack.has(name)) ||
      value?.endsWith('.deb') === true
    );
  });
}

/** A stage and those below it, some only: the whole row for each of many stages would be long. */
function nearest(stage: Stage): readonly Stage[] {
  const row = [stage];
  for (let one = stage.parent; one && row.length < 8; one = one.parent) row.push(one);
  return row;
}

/** Whether a stage stands on a full image of a language: compilers, headers and tools are there. */
function hasBuildTools(model: Model, stage: Stage | undefined): boolean {
  const root = stage && nearest(stage).at(-1);
  const from = root?.parent ? undefined : root?.from;
  if (!stage || !from) return false;
  const { name = '', distribution } = stage.base;
  // The others have tags of Debian and Alpine only; on anything but Debian they hold less.
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
] as const;

/** The first instruction of each stage that may have written such a setting: by a command, or as a file of apt's. */
function configuredFrom(model: Model): ReadonlyMap<Stage | undefined, number> {
  const first = new Map<Stage | undefined, number>();
  const note = (instruction: Instruction): void => {
    const stage = model.stageOf(instruction);
    if (!first.has(stage)) first.set(stage, instruction.index);
  };
  for (const instruction of model.instructions) {
    const text = model.document.slice(instruction.span);
    if (/^(?:COPY|ADD)$/.test(instruction.keyword)) {
      // Unknown is not wrong: the file may say so.
      if (/\/etc\/apt(?:\/(?:apt\.conf|\s|$)|\s|$)/.test(text)) note(instruction);
    } else if (instruction.keyword === 'RUN' && /Install-Recommends/.test(text)) {
      const commands = model.commandsOf(instruction);
      if (
        commands.some(
          (one) =>
            managerOfProgram(one.program)?.family !== 'apt' &&
            /Install-Recommends/.test(model.document.slice(one.fullSpan)),
        )
      )
        note(instruction);
    }
  }
  return first;
}
