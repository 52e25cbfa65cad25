// Finds what may be looked into: the containers of the engines here, or the pods of a cluster if somebody asks for them; and
// the programs to do it with.
import type { KubernetesName } from '../checked-arguments';
import { findEngines, locateProgram } from '../find-tools';
import type { ToolPaths } from '../find-tools';
import { troubleText } from '../outcome-text';
import type { CancelSignal, Program, RunOptions } from '../run';
import type { Machine } from '../tool';
import { chosen, clusterTools, engineNamed, engines } from '../tool-list';
import type { Translate } from '../translate';
import { pidRun } from './targets';
import type { ContainerTarget, DebugTarget } from './targets';
import { wayText } from './ways';
import type { DebugInput, DebugPlace, DebugWay } from './ways';

export interface FoundTargets {
  /** Those that run first. */
  readonly targets: readonly DebugTarget[];
  /** Programs by the id of their tool. */
  readonly programs: ReadonlyMap<string, Program>;
  /** Why something was not asked, without full stops. */
  readonly problems: readonly string[];
}

export interface TargetWish {
  readonly place: DebugPlace;
  /** Id of an engine; undefined: all. */
  readonly engine: string | undefined;
  readonly namespace: KubernetesName | 'all' | undefined;
}

/** Where and how the tools are asked. */
export interface Surroundings {
  readonly machine: Machine;
  readonly paths: ToolPaths;
  /** In which they start. */
  readonly folder: string;
  readonly signal?: CancelSignal;
  readonly t: Translate;
}

export async function findTargets(wish: TargetWish, around: Surroundings): Promise<FoundTargets> {
  const found = await (wish.place === 'pod' ? findPods(wish, around) : findContainers(wish, around));
  const targets = [...found.targets].sort((a, b) => Number(b.isRunning) - Number(a.isRunning));
  return { ...found, targets };
}

async function findContainers({ engine }: TargetWish, around: Surroundings): Promise<FoundTargets> {
  const { machine, paths, folder, t } = around;
  const targets: ContainerTarget[] = [];
  const programs = new Map<string, Program>();
  const problems: string[] = [];
  for (const found of await findEngines(chosen(engines, engine), paths, machine, folder)) {
    const one = engineNamed(found.id);
    if (!one?.commands.containers) continue;
    const listed =
      found.trouble ?? (await machine.runner.run(one.commands.containers(found), options(around)));
    if (listed.kind === 'done') {
      programs.set(found.id, found);
      targets.push(...listed.value);
    } else problems.push(t('{0} does not list its containers: {1}', one.title, troubleText(listed, t)));
  }
  if (programs.size === 0 && problems.length === 0)
    problems.push(t('no engine that runs containers was found'));
  return { targets, programs, problems };
}

async function findPods({ namespace }: TargetWish, around: Surroundings): Promise<FoundTargets> {
  const { machine, paths, t } = around;
  const problems: string[] = [];
  for (const tool of clusterTools) {
    const program = await locateProgram(tool, paths, machine);
    if (!program) {
      problems.push(t('{0} was not found. Get it: {1}', tool.title, tool.get));
      continue;
    }
    const programs = new Map([[tool.id, program]]);
    const listed = await machine.runner.run(tool.commands.pods(program, namespace), options(around));
    if (listed.kind === 'done') return { targets: listed.value, programs, problems: [] };
    problems.push(t('{0} does not list pods: {1}', tool.title, troubleText(listed, t)));
    return { targets: [], programs, problems };
  }
  return { targets: [], programs: new Map(), problems };
}

function options({ folder, signal }: Surroundings): RunOptions<never> {
  return signal ? { folder, signal } : { folder };
}

/** The number of its first process on this machine; undefined unless it is a container that runs here. */
export async function findPid(
  target: DebugTarget | undefined,
  { programs }: FoundTargets,
  around: Surroundings,
): Promise<number | undefined> {
  if (target?.kind !== 'container' || !target.isRunning) return undefined;
  const program = programs.get(target.engine);
  const asked = program && (await around.machine.runner.run(pidRun(program, target.name), options(around)));
  return asked?.kind === 'done' ? asked.value : undefined;
}

/** The program that a way starts, or why there is none, without a full stop. */
export async function findStarter(
  way: DebugWay,
  input: DebugInput,
  { programs }: FoundTargets,
  { machine, t }: Surroundings,
): Promise<Program | { readonly problem: string }> {
  const starter = way.starter(input);
  if (typeof starter === 'object') {
    const program = await machine.findProgram(starter.program);
    return program === undefined
      ? { problem: t('{0} is not installed on this machine', starter.program) }
      : { id: starter.program, program };
  }
  const { target } = input;
  const id = target?.kind === 'container' ? target.engine : (clusterTools[0]?.id ?? '');
  return programs.get(id) ?? { problem: t('{0} was not found', id) };
}

/** The command of a way for people. @param quote makes a word safe for a shell */
export function commandOf(
  way: DebugWay,
  input: DebugInput,
  { programs }: FoundTargets,
  quote: (word: string) => string,
): string {
  const starter = way.starter(input);
  const { target } = input;
  const [here = 'docker'] = programs.keys();
  const engine = target?.kind === 'container' ? target.engine : here;
  const program = typeof starter === 'object' ? starter.program : starter === 'cluster' ? 'kubectl' : engine;
  return wayText(program, way.words(input), quote);
}
