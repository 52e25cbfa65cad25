// Which steps need the package lists that an earlier one has fetched: those that install and do not fetch them.
import type { Command } from '../../shell/types';
import type { Instruction } from '../../syntax/nodes';
import type { PackageCommand } from '../../model/installs';
import type { Model, Stage } from '../../model/model';
import { firstNotBefore } from '../../text/search';

export interface ListUsers {
  /** Of each later RUN that works from the lists, what it tells the managers of the family, beginning with that. */
  readonly needs: readonly (readonly [PackageCommand, ...PackageCommand[]])[];
  /** A later step runs something that may need them too. */
  readonly unknown: boolean;
  /** Something of that kind is run before the first that surely needs them. */
  readonly unknownFirst: boolean;
}

const uses: ReadonlySet<string> = new Set([
  'install',
  'upgrade',
  'distribution-upgrade',
  'build-dependencies',
  'download',
]);

/** Whether a package command works from the lists. */
export function usesLists({ action }: PackageCommand): boolean {
  return uses.has(action);
}

const tables = new WeakMap<Model, ReadonlyMap<Command, PackageCommand>>();

/** What a command tells a package manager; undefined for one that is none. */
export function packageCommandOf(model: Model, command: Command): PackageCommand | undefined {
  let table = tables.get(model);
  if (!table) tables.set(model, (table = new Map(model.packageCommands.map((use) => [use.command, use]))));
  return table.get(command);
}

/** Who needs the lists of a package family that `run` leaves behind: later steps of its stage and of its heirs. */
export function listUsers(model: Model, run: Instruction, family: string): ListUsers {
  const needs: [PackageCommand, ...PackageCommand[]][] = [];
  let unknown = false;
  let unknownFirst = false;
  /** @returns whether the lists are fetched anew on the way */
  const walk = (instructions: readonly Instruction[]): boolean => {
    for (
      let i = firstNotBefore(instructions, ({ index }) => index <= run.index);
      i < instructions.length;
      i += 1
    ) {
      const instruction = instructions[i]?.trigger ?? instructions[i];
      if (instruction?.keyword !== 'RUN') continue;
      if (run.onbuild && !instruction.onbuild) continue;
      let need: [PackageCommand, ...PackageCommand[]] | undefined;
      for (const command of model.commandsOf(instruction)) {
        const use = packageCommandOf(model, command);
        if (use?.manager.family !== family) unknown ||= mayInstall(command);
        else if (need) need.push(use);
        else if (use.action === 'update') return true;
        else if (usesLists(use)) {
          if (needs.length === 0) unknownFirst = unknown;
          needs.push((need = [use]));
        }
      }
    }
    return false;
  };
  const stage = model.stageOf(run);
  const open: Stage[] = stage ? [stage] : [];
  for (let heir = open.shift(); heir; heir = open.shift()) {
    if (walk(heir.instructions)) continue;
    open.push(
      ...heir.usedBy.flatMap((use) => (use.via === 'from' && use.stage.parent === heir ? [use.stage] : [])),
    );
    open.sort((a, b) => a.index - b.index);
  }
  return { needs, unknown, unknownFirst };
}

const installers: ReadonlySet<string> = new Set(
  'sh bash dash ash zsh . source eval npx playwright rosdep gdebi mk-build-deps tasksel make ansible-playbook chef-client puppet'.split(
    ' ',
  ),
);

/** What is not known may install: a script, a downloaded installer, what a variable holds. */
export function mayInstall({ program, name, args }: Command): boolean {
  const path = name.value;
  if (path === undefined || installers.has(program) || program.endsWith('.sh')) return true;
  if (path.includes('/') && !/^\/(?:usr\/(?:local\/)?)?s?bin\//.test(path)) return true;
  return (
    /^(?:python|node|perl|ruby)/.test(program) &&
    args.some(({ value }) => value === undefined || /playwright|\.(?:sh|py|pl|rb)$/.test(value))
  );
}

/** Programs that install nothing. What is not known may: a script, a downloaded installer, another manager's helper. */
const plain: ReadonlySet<string> = new Set(
  'rm mkdir cp mv ln echo printf cat chmod chown touch true : cd set export test [ sed grep tee ls locale-gen update-ca-certificates useradd groupadd adduser addgroup'.split(
    ' ',
  ),
);

interface RunUses {
  /** Places of package commands among the commands of the RUN. */
  readonly places: ReadonlyMap<Command, number>;
  /** The last place where the lists of a family are used; under '' where something runs that may use any. */
  readonly last: ReadonlyMap<string, number>;
}

const usesByRun = new WeakMap<Instruction, RunUses>();

function usesOf(model: Model, run: Instruction): RunUses {
  const known = usesByRun.get(run);
  if (known) return known;
  const places = new Map<Command, number>();
  const last = new Map<string, number>();
  for (const [place, command] of model.commandsOf(run).entries()) {
    const use = packageCommandOf(model, command);
    if (use) places.set(command, place);
    if (use && usesLists(use)) last.set(use.manager.family, place);
    // So may a verb that is not known, or a question: `apk search`.
    const isKnown = use?.manager.scope === 'system' || plain.has(command.program);
    if (!isKnown || command.name.value === undefined) last.set('', place);
  }
  const uses = { places, last };
  usesByRun.set(run, uses);
  return uses;
}

/** Whether something behind an update of lists in the same RUN works from them, or may. */
export function usesListsBehind(model: Model, { command, manager }: PackageCommand): boolean {
  const { places, last } = usesOf(model, command.instruction);
  const place = places.get(command) ?? 0;
  return ['', manager.family].some((key) => (last.get(key) ?? -1) > place);
}
