// `drydock builders`: where buildx can build (on this machine, on others, in clusters), which builder is in use, and
// choosing another.
import { cwd } from 'node:process';
import { thisMachine } from '../../io/processes/machine';
import {
  driverText,
  listBuilders,
  platformsOf,
  stateOf,
  stateText,
  useBuilderRun,
} from '../../workflow/build/builders';
import type { Builder } from '../../workflow/build/builders';
import { builderName } from '../../workflow/checked-arguments';
import type { BuilderName } from '../../workflow/checked-arguments';
import { findEngines } from '../../workflow/find-tools';
import { sheetText } from '../../workflow/image/sheet';
import { troubleText } from '../../workflow/outcome-text';
import type { FoundTool, Machine } from '../../workflow/tool';
import { engineNamed, engines } from '../../workflow/tool-list';
import { english } from '../../workflow/translate';
import type { Ending } from '../command';
import { didYouMean } from '../../core/text/nearest';
import { describeOptions, readOptions, textOrJson } from '../options';
import type { Terminal } from '../terminal';
import { jsonText } from '../visible';

const options = {
  use: {
    type: 'string',
    form: '--use NAME',
    does: 'make this builder the one that builds take without\nanother choice',
  },
  format: textOrJson,
} as const;

const usage = `Usage: drydock builders [options]

Lists the builders of docker buildx: on this machine, on another one, in a Kubernetes cluster. Shows
which one is in use, whether it runs, its nodes and their platforms. The contexts of docker are
builders as well. drydock build --builder NAME takes one of them for one build.

Options
${describeOptions(options)}
Exit status: 0 listed; 1 there is no builder of that name; 2 there is no buildx, or no answer.
`;

/** @param words the arguments except the name of the command */
export async function run(
  words: readonly string[],
  terminal: Terminal,
  machine: Machine = thisMachine(),
): Promise<Ending> {
  const given = readOptions(words, options);
  if ('wrong' in given) return given;
  if (given.words.length > 0) return { wrong: 'builders takes no names: choose one with --use NAME' };
  const { use, format } = given.values;
  const wanted = use === undefined ? undefined : builderName(use);
  if (use !== undefined && wanted === undefined) return { wrong: `${use} cannot be a builder` };
  const found = await findEngines(engines, {}, machine, cwd());
  const buildx = found.find(({ way }) => way === 'buildx');
  if (!buildx) {
    terminal.complain(missing(found));
    return 'undone';
  }
  const asked = await listBuilders(buildx, machine.runner, { folder: cwd() });
  if (asked.kind !== 'done') {
    terminal.complain(`docker buildx did not list its builders: ${troubleText(asked, english)}`);
    return 'undone';
  }
  if (wanted !== undefined) return choose(wanted, asked.value, buildx, machine, terminal);
  const [first] = found;
  terminal.print(
    format === 'json'
      ? jsonText({ version: 1, engine: first?.id, builders: asked.value.map(toJson) })
      : listText(asked.value, first),
  );
  return 'clean';
}

/** Why there are no builders, and what to do. */
function missing(found: readonly FoundTool[]): string {
  const docker = engineNamed('docker');
  const has = found.find(({ id }) => id === 'docker');
  const [first] = found;
  const only = first ? `. ${engineNamed(first.id)?.title ?? first.id} builds on this machine alone` : '';
  return has
    ? `docker has no plugin buildx here, which has the builders. Get it: ${docker?.getBuildKit ?? ''}${only}`
    : `docker buildx is not here, which has the builders. Get it: ${docker?.get ?? ''}${only}`;
}

async function choose(
  name: BuilderName,
  builders: readonly Builder[],
  buildx: FoundTool,
  { runner }: Machine,
  terminal: Terminal,
): Promise<Ending> {
  const one = builders.find((builder) => builder.name === name);
  if (!one) {
    const names = builders.map((builder) => builder.name);
    const near = didYouMean(name, names) || `. There is ${names.join(', ')}`;
    terminal.complain(`there is no builder ${name}${near}`);
    return 'refused';
  }
  const outcome = await runner.run(useBuilderRun(buildx, name), { folder: cwd() });
  if (outcome.kind !== 'done') {
    terminal.complain(`docker buildx did not take ${name}: ${troubleText(outcome, english)}`);
    return 'undone';
  }
  terminal.print(`${name} is in use now: it builds ${driverText(one, english)}\n`);
  if (stateOf(one) === 'broken') terminal.note(`But it ${stateText(one, english)}\n`);
  return 'clean';
}

function listText(builders: readonly Builder[], first: FoundTool | undefined): string {
  const rows = builders.flatMap((one) => [
    [
      `${one.isCurrent ? '*' : ' '} ${one.name}`,
      driverText(one, english),
      stateText(one, english),
      platformsOf(one).join(', '),
    ],
    ...one.nodes.map(({ name, endpoint, version }) => [`    ${name}`, endpoint, version, '']),
  ]);
  const columns = [{ title: '  builder' }, { title: 'where' }, { title: 'state' }, { title: 'platforms' }];
  const current = builders.find(({ isCurrent }) => isCurrent);
  const engine = first && engineNamed(first.id);
  const takes =
    first?.way === 'buildx'
      ? `In use: ${current?.name ?? 'none of these'} (*)`
      : `drydock build takes ${engine?.title ?? 'another engine'}: give --engine docker for one of these`;
  return sheetText({
    title: 'Builders of docker buildx',
    sections: [{ title: '', lines: [takes], table: { columns, rows } }],
  });
}

function toJson(one: Builder): object {
  const { name, driver, isCurrent, nodes, problem } = one;
  return { name, driver, inUse: isCurrent, state: stateOf(one), platforms: platformsOf(one), nodes, problem };
}

export const builders = {
  usage,
  options,
  run: (words: readonly string[], terminal: Terminal): Promise<Ending> => run(words, terminal),
};
