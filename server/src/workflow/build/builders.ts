// The builders of buildx: docker's own, containers, other machines, clusters. Lists them and chooses one.
import { isRecord } from '../../core/text/record';
import { builderName } from '../checked-arguments';
import type { BuilderName } from '../checked-arguments';
import { list, object, text } from '../foreign-json';
import { successAlone, wholeAnswer } from '../readers';
import type { Outcome, Printed, Program, Reading, Run, RunOptions, Runner } from '../run';
import type { Translate } from '../translate';

export interface BuilderNode {
  readonly name: string;
  /** The machine, the context of docker, or the cluster that it is on. */
  readonly endpoint: string;
  /** `running`, `inactive`, `stopped`, `error`; empty if it does not say it. */
  readonly status: string;
  /** Of BuildKit; empty if it does not run. */
  readonly version: string;
  /** Empty if it does not run. A shortened list of an older buildx may end with `(+3)`. */
  readonly platforms: readonly string[];
  /** Why it cannot be asked; empty if it can. */
  readonly problem: string;
}

export interface Builder {
  readonly name: BuilderName;
  /** `docker`, `docker-container`, `kubernetes`, `remote`, `cloud`; empty if it cannot be loaded. */
  readonly driver: string;
  /** A build without another choice takes it. */
  readonly isCurrent: boolean;
  readonly nodes: readonly BuilderNode[];
  /** Why it cannot be loaded; empty if it can. */
  readonly problem: string;
}

/** buildx asks every node, also those on other machines, and gives up after 20 seconds. */
const limit = { ms: 60_000, characters: 10_000_000 };

function listRun({ id, program }: Program, more: readonly string[]): Run<readonly Builder[]> {
  return {
    tool: { id, program },
    args: ['buildx', 'ls', ...more],
    env: {},
    answer: 'output',
    limit,
    reader: () => wholeAnswer(({ exit, stdout }) => readBuilders(exit, stdout)),
  };
}

/** Asks for the builders: as JSON, which a buildx before 0.13 does not print, else as the table of that. */
export async function listBuilders(
  program: Program,
  runner: Runner,
  options: RunOptions<never>,
): Promise<Outcome<readonly Builder[]>> {
  const asked = await runner.run(listRun(program, ['--format=json']), options);
  const isOld = asked.kind === 'failed' && /unknown flag/.test(asked.said);
  return isOld ? runner.run(listRun(program, []), options) : asked;
}

/** Makes a builder the one that builds take without another choice. */
export function useBuilderRun({ id, program }: Program, name: BuilderName): Run<undefined, Printed> {
  return {
    tool: { id, program },
    args: ['buildx', 'use', name],
    env: {},
    answer: 'output',
    limit,
    reader: successAlone,
  };
}

function readBuilders(exit: number | undefined, answer: string): Reading<readonly Builder[]> {
  if (exit !== 0) return { unreadable: `exit status ${exit ?? 'unknown'}` };
  const builders = answer.trimStart().startsWith('{') ? readLines(answer) : readTable(answer);
  return builders && builders.length > 0 ? { value: builders } : { unreadable: 'it lists no builders' };
}

/** One object a line. @returns undefined if one is not JSON */
function readLines(answer: string): readonly Builder[] | undefined {
  const builders: Builder[] = [];
  for (const line of answer.split('\n')) {
    if (line.trim() === '') continue;
    let root: unknown;
    try {
      root = JSON.parse(line);
    } catch {
      return undefined;
    }
    const name = isRecord(root) ? builderName(text(root['Name'])) : undefined;
    if (!isRecord(root) || name === undefined) continue;
    builders.push({
      name,
      driver: text(root['Driver']),
      isCurrent: root['Current'] === true,
      // One that cannot be loaded has a node without a name.
      nodes: list(root['Nodes'])
        .map(readNode)
        .filter(({ name: node }) => node !== ''),
      problem: oneLine(text(root['Err'])),
    });
  }
  return builders;
}

/** Options and files of a node are left alone: they may hold keys. */
function readNode(raw: unknown): BuilderNode {
  const node = object(raw);
  return {
    name: text(node['Name']),
    endpoint: text(node['Endpoint']),
    status: text(node['Status']),
    version: text(node['Version']),
    platforms: list(node['Platforms']).map(text),
    problem: oneLine(text(node['Err'])),
  };
}

/**
 * Columns for name, driver or endpoint, status, BuildKit and platforms. A node stands below its builder, behind two blanks
 * or `\_`. The `*` of the builder in use stands behind its name, with a blank before it in older versions; one behind a
 * platform says that the node was made for it.
 */
function readTable(answer: string): readonly Builder[] | undefined {
  const [head = '', ...lines] = answer.split('\n');
  const columns = ['NAME/NODE', 'DRIVER/ENDPOINT', 'STATUS', 'BUILDKIT', 'PLATFORMS'].map((title) =>
    head.indexOf(title),
  );
  if (columns.slice(0, 3).some((at) => at < 0)) return undefined;
  const builders: (Builder & { readonly nodes: BuilderNode[] })[] = [];
  for (const line of lines) {
    const cell = (at: number): string => {
      const from = columns[at] ?? -1;
      const next = columns.slice(at + 1).find((one) => one >= 0);
      return from < 0 ? '' : line.slice(from, next).trim().replace(/^\\_ /, '');
    };
    const name = cell(0);
    if (name === '') continue;
    if (/^\s/.test(line)) {
      const platforms = cell(4)
        .split(',')
        .map((one) => one.trim().replace(/\*/, ''))
        .filter((one) => one !== '');
      const node = { name, endpoint: cell(1), status: cell(2), version: cell(3), platforms, problem: '' };
      builders.at(-1)?.nodes.push(node);
      continue;
    }
    const plain = builderName(name.replace(/ ?\*$/, ''));
    if (plain === undefined) continue;
    const problem = cell(2) === 'error' ? 'it cannot be loaded' : '';
    builders.push({ name: plain, driver: cell(1), isCurrent: name.endsWith('*'), nodes: [], problem });
  }
  return builders;
}

function oneLine(said: string): string {
  return said.replace(/\s+/g, ' ').trim().slice(0, 300);
}

/** Whether some node of it runs: `ready`. `asleep`: it starts with the next build. `broken`: it cannot be asked. */
export function stateOf({ nodes, problem }: Builder): 'ready' | 'asleep' | 'broken' {
  if (nodes.some(({ status }) => status === 'running')) return 'ready';
  const isBroken = problem !== '' || nodes.some((node) => node.status === 'error' || node.problem !== '');
  return isBroken ? 'broken' : 'asleep';
}

export function stateText(builder: Builder, t: Translate): string {
  switch (stateOf(builder)) {
    case 'ready':
      return t('running');
    case 'asleep':
      return t('starts with the next build');
    case 'broken': {
      const why = builder.problem || builder.nodes.find(({ problem }) => problem !== '')?.problem;
      return why === undefined ? t('cannot be asked') : t('cannot be asked: {0}', why);
    }
  }
}

/** Those of all its nodes, each once. */
export function platformsOf({ nodes }: Builder): readonly string[] {
  return [...new Set(nodes.flatMap(({ platforms }) => platforms))];
}

/** What a driver means for people. */
export function driverText({ driver }: Builder, t: Translate): string {
  const words: Readonly<Record<string, string>> = {
    docker: t('inside the docker service'),
    'docker-container': t('in a container'),
    kubernetes: t('in a Kubernetes cluster'),
    remote: t('on another BuildKit'),
    cloud: t('in Docker Build Cloud'),
  };
  return words[driver] ?? driver;
}
