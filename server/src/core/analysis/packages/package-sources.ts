// Finds out whether a file adds package sources from other publishers than its distribution.
import { aptSourceAdders } from '../../knowledge/programs/build-steps';
import type { Command } from '../../shell/types';
import { once } from '../../text/memo';
import { isBelow } from '../../text/paths';
import type { Model, Stage } from '../../model/model';
import { mayInstall } from './package-commands';

const firstByStage = once((model: Model): ReadonlyMap<Stage, number> => {
  const first = new Map<Stage, number>();
  for (const command of model.commands) {
    const stage = model.stageOf(command.instruction);
    if (stage && !first.has(stage) && addsAptSource(command)) first.set(stage, command.span.start);
  }
  for (const { instruction, stage, destination } of model.copies) {
    if (!stage || !isBelow(destination.path ?? '', '/etc/apt')) continue;
    first.set(stage, Math.min(instruction.span.start, first.get(stage) ?? Infinity));
  }
  return first;
});

/** Whether an earlier step of the stage may have added apt sources, whose packages have unknown dependencies. */
export function hasForeignAptSources(model: Model, { instruction, span }: Command): boolean {
  const stage = model.stageOf(instruction);
  return stage !== undefined && (firstByStage(model).get(stage) ?? Infinity) < span.start;
}

/** By stage, where the first step begins that may add sources without saying so: a script, a package from a file. */
const firstUnknown = once((model: Model): ReadonlyMap<Stage, number> => {
  const first = new Map<Stage, number>();
  const note = ({ instruction, span }: Command): void => {
    const stage = model.stageOf(instruction);
    if (stage) first.set(stage, Math.min(span.start, first.get(stage) ?? Infinity));
  };
  for (const command of model.commands) if (mayInstall(command)) note(command);
  for (const command of installsOfFiles(model)) note(command);
  return first;
});

const installsOfFiles = once((model: Model): readonly Command[] =>
  model.installs.flatMap(({ command, packages }) =>
    packages.some(({ text }) => text.endsWith('.deb')) ? [command] : [],
  ),
);

/** Whether a step before a command, in its stage or the parents of that, adds sources or may add them. */
export function mayHaveForeignSources(model: Model, stage: Stage, { span }: Command): boolean {
  return stage.chain.some((one) =>
    [firstByStage(model), firstUnknown(model)].some((first) => (first.get(one) ?? Infinity) < span.start),
  );
}

/** Whether one of those steps adds sources, or installs a package from a file, which may hold some. */
export function hasForeignSources(model: Model, stage: Stage, { span }: Command): boolean {
  const isOwn = ({ instruction }: Command): boolean =>
    stage.chain.some((one) => one === model.stageOf(instruction));
  return (
    stage.chain.some((one) => (firstByStage(model).get(one) ?? Infinity) < span.start) ||
    installsOfFiles(model).some((one) => one.span.start < span.start && isOwn(one))
  );
}

/** Whether a command adds a source: by hand, with a tool or package, or with a script piped into a shell. */
function addsAptSource({ program, args, redirects, pipeline }: Command): boolean {
  if (aptSourceAdders.has(program)) return true;
  // More components of the same source.
  if (
    program === 'sed' &&
    args.some(({ text }) => /\b(?:universe|contrib)\b/.test(text) && !/http/.test(text))
  )
    return false;
  if (program === 'dpkg') return args.some(({ value }) => value === '-i' || value === '--install');
  if (/^(?:ba|da)?sh$/.test(program) && (pipeline?.index ?? 0) > 0) return true;
  return [...args, ...redirects.flatMap(({ target }) => target ?? [])].some(({ text }) =>
    text.includes('/etc/apt/sources.list'),
  );
}
