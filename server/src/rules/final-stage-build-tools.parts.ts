// Which build tools a stage keeps, and how to remove them where the last step that needs them is known.
import { textsOf } from '../core/analysis/packages/unpinned-packages';
import { packageName } from '../core/knowledge/packages/package-managers';
import { isCompiler, isHeader, isHeaderOfTools } from '../core/knowledge/packages/build-packages';
import { compiles } from '../core/knowledge/programs/subcommands';
import type { Fix } from '../core/lint/finding';
import type { Install, PackageCommand } from '../core/model/installs';
import type { Model, Stage } from '../core/model/model';
import { appendToScript } from '../core/shell/edits';
import type { Command, ShellWord } from '../core/shell/types';
import { groupedBy } from '../core/text/groups';
import { once } from '../core/text/memo';

export interface KeptTools {
  readonly install: Install;
  /** The first word that names one. */
  readonly word: ShellWord;
  /** At least one. */
  readonly names: readonly string[];
}

/** Whether a removal takes one of these packages away, or a group or a variable that may hold them. */
function mayRemove(
  { packages, phrase }: PackageCommand,
  { given }: PackageCommand,
  named: readonly { readonly name: string }[],
): boolean {
  const groups = given.flatMap(({ name, value }) =>
    name === '-t' || name === '--virtual' ? (value ?? []) : [],
  );
  return (
    packages.length === 0 ||
    /auto/.test(phrase) ||
    packages.some(
      ({ value }) =>
        value === undefined ||
        /^[.@]|[*?]/.test(value) ||
        groups.includes(value) ||
        named.some(({ name }) => name === value),
    )
  );
}

/**
 * The compilers and headers that a stage installs and never removes.
 * @param sameStep whether only a removal in the step of the installation counts: a later one saves nothing
 */
export function keptTools(model: Model, stage: Stage, sameStep: boolean): readonly KeptTools[] {
  const own = packageCommandsIn(model, stage);
  const removing = own.filter(({ action, manager }) => action === 'remove' && manager.scope === 'system');
  if (!sameStep && removing.length > 0) return [];
  const removals = groupedBy(removing, ({ command }) => command.instruction);
  return own.flatMap((one) => {
    if (one.action !== 'install' || one.manager.scope !== 'system') return [];
    const named = one.packages.flatMap((word) =>
      (textsOf(model, one, word) ?? []).flatMap((text) => {
        const name = packageName(one.manager, text);
        return isCompiler(name) || isHeader(name) ? [{ word, name }] : [];
      }),
    );
    const [first] = named;
    if (removals.get(one.command.instruction)?.some((removal) => mayRemove(removal, one, named))) return [];
    return first ? { install: one as Install, word: first.word, names: named.map(({ name }) => name) } : [];
  });
}

function packageCommandsIn(model: Model, stage: Stage): readonly PackageCommand[] {
  const stages = new Set(stage.chain);
  return model.packageCommands.filter(({ command: { instruction } }) => {
    const own = model.stageOf(instruction);
    return instruction.keyword === 'RUN' && own !== undefined && stages.has(own);
  });
}

/** The last command that may need compilers: one that compiles, or installs packages of a language. */
const lastBuildStep = once((model: Model): { readonly step: Command | undefined } => {
  const steps = model.installs.flatMap(({ manager, command }) =>
    manager.scope === 'language' && command.instruction.keyword === 'RUN' ? command : [],
  );
  for (const command of model.commands) {
    const words = command.args.map(({ value }) => value ?? '');
    if (command.instruction.keyword === 'RUN' && compiles(command.program, words)) steps.push(command);
  }
  const [first, ...others] = steps;
  return { step: first && others.reduce((last, one) => (isAfter(one, last) ? one : last), first) };
});

/** Whether a step after the installation builds something. */
export function isForBuild(model: Model, { install }: KeptTools): boolean {
  const { step } = lastBuildStep(model);
  return step !== undefined && isAfter(step, install.command);
}

function isAfter(step: Command, { instruction, index }: Command): boolean {
  return (
    step.instruction.index > instruction.index || (step.instruction === instruction && step.index > index)
  );
}

/** Removes the tools at the end of the RUN that installs them, if all steps that build are in it. */
export function removeTools(model: Model, kept: KeptTools): Fix | undefined {
  const { install, names } = kept;
  const { command, manager, packages } = install;
  const removal = removals.get(manager.family);
  if (
    removal === undefined ||
    command.wrappers.length > 0 ||
    command.nesting.length > 0 ||
    !command.script ||
    // The library may only be there because its headers need it.
    !names.every((name) => isCompiler(name) || isHeaderOfTools(name)) ||
    packages.some(({ value }) => value === undefined) ||
    !isForBuild(model, kept) ||
    lastBuildStep(model).step?.instruction !== command.instruction
  )
    return undefined;
  const edit = appendToScript(model, command.script, `${removal} ${names.join(' ')}`);
  return edit && { title: `Remove ${names.join(', ')} in the same RUN`, edits: [edit] };
}

const removals: ReadonlyMap<string, string> = new Map([
  ['apk', 'apk del'],
  ['apt', 'apt-get purge -y --auto-remove'],
]);
