// What can be looked into while it runs: containers of an engine, and pods of a cluster. Reads what the tools list.
import { containerName, kubernetesName, portName } from '../checked-arguments';
import type { ContainerName, KubernetesName, PortName } from '../checked-arguments';
import { isRecord } from '../../core/text/record';
import { list, object, text } from '../foreign-json';
import { wholeAnswer } from '../readers';
import type { Program, Reading, Run } from '../run';

/** A container of an engine on this machine. */
export interface ContainerTarget {
  readonly kind: 'container';
  /** Id of the engine. */
  readonly engine: string;
  readonly name: ContainerName;
  readonly id: string;
  readonly image: string;
  readonly isRunning: boolean;
  /** For people: `Up 3 minutes`. */
  readonly status: string;
}

/** A container of a pod. */
export interface PodTarget {
  readonly kind: 'pod';
  readonly namespace: KubernetesName;
  readonly pod: KubernetesName;
  readonly container: KubernetesName;
  readonly image: string;
  readonly isRunning: boolean;
  readonly status: string;
  /** Undefined before the pod has a place. */
  readonly node: KubernetesName | undefined;
  readonly ports: readonly PortName[];
}

export type DebugTarget = ContainerTarget | PodTarget;

const limit = { ms: 30_000, characters: 50_000_000 };

/** @param format that makes the engine print JSON, as a list or an object a line */
export function containersRun({ id, program }: Program, format: string): Run<readonly ContainerTarget[]> {
  return {
    tool: { id, program },
    args: ['ps', '--all', '--no-trunc', `--format=${format}`],
    env: {},
    answer: 'output',
    limit,
    reader: () => wholeAnswer(({ exit, stdout }) => readContainers(id, exit, stdout)),
  };
}

/** The number that this machine gives to the first process of a container. */
export function pidRun({ id, program }: Program, container: ContainerName): Run<number> {
  return {
    tool: { id, program },
    args: ['inspect', '--format={{.State.Pid}}', container],
    env: {},
    answer: 'output',
    limit,
    reader: () =>
      wholeAnswer(({ stdout }): Reading<number> => {
        const pid = /^[1-9]\d{0,9}$/.test(stdout.trim()) ? Number(stdout.trim()) : undefined;
        return pid === undefined ? { unreadable: 'it has no process on this machine' } : { value: pid };
      }),
  };
}

/** @param where undefined: the namespace in use @param where `all`: those of all namespaces */
export function podsRun(
  { id, program }: Program,
  where: KubernetesName | 'all' | undefined,
): Run<readonly PodTarget[]> {
  const place = where === 'all' ? ['--all-namespaces'] : where === undefined ? [] : [`--namespace=${where}`];
  return {
    tool: { id, program },
    args: ['get', 'pods', '--output=json', '--request-timeout=20s', ...place],
    env: {},
    answer: 'output',
    limit,
    reader: () => wholeAnswer(({ exit, stdout }) => readPods(exit, stdout)),
  };
}

function readContainers(
  engine: string,
  exit: number | undefined,
  answer: string,
): Reading<readonly ContainerTarget[]> {
  if (exit !== 0) return { unreadable: `exit status ${exit ?? 'unknown'}` };
  const rows = rowsOf(answer);
  return rows ? { value: rows.flatMap((row) => toContainer(engine, row)) } : { unreadable: 'it is not JSON' };
}

/** podman prints a list, docker and nerdctl an object a line. @returns undefined if a part is not JSON */
function rowsOf(answer: string): readonly unknown[] | undefined {
  const parts = answer.trimStart().startsWith('[') ? [answer] : answer.split('\n');
  const rows: unknown[] = [];
  for (const part of parts) {
    if (part.trim() === '') continue;
    try {
      const parsed: unknown = JSON.parse(part);
      if (Array.isArray(parsed)) rows.push(...(parsed as readonly unknown[]));
      else rows.push(parsed);
    } catch {
      return undefined;
    }
  }
  return rows;
}

function toContainer(engine: string, raw: unknown): ContainerTarget[] {
  const row = object(raw);
  const names = Array.isArray(row['Names']) ? row['Names'].map(text) : text(row['Names']).split(',');
  const id = text(row['ID']) || text(row['Id']);
  const name = containerName(names[0] ?? '') ?? containerName(id.slice(0, 12));
  if (name === undefined) return [];
  const status = text(row['Status']);
  // nerdctl says no state, and what runs is `Up`.
  const state = text(row['State']).toLowerCase() || (status.startsWith('Up') ? 'running' : status);
  return [
    {
      kind: 'container',
      engine,
      name,
      id: id.slice(0, 12),
      image: text(row['Image']),
      isRunning: state === 'running',
      status: status || state,
    },
  ];
}

function readPods(exit: number | undefined, answer: string): Reading<readonly PodTarget[]> {
  if (exit !== 0) return { unreadable: `exit status ${exit ?? 'unknown'}` };
  let root: unknown;
  try {
    root = JSON.parse(answer);
  } catch {
    return { unreadable: 'it is not JSON' };
  }
  if (!isRecord(root) || !Array.isArray(root['items'])) return { unreadable: 'it is not a list of pods' };
  return { value: root['items'].flatMap(toPods) };
}

/** One target for each container of a pod. */
function toPods(raw: unknown): PodTarget[] {
  const { metadata, spec, status } = object(raw);
  const pod = kubernetesName(text(object(metadata)['name']));
  const namespace = kubernetesName(text(object(metadata)['namespace']));
  if (pod === undefined || namespace === undefined) return [];
  const phase = text(object(status)['phase']);
  const node = kubernetesName(text(object(spec)['nodeName']));
  return list(object(spec)['containers']).flatMap((one): PodTarget[] => {
    const { name, image, ports } = object(one);
    const container = kubernetesName(text(name));
    if (container === undefined) return [];
    const known = list(object(status)['containerStatuses']).find((each) => object(each)['name'] === name);
    const state = object(object(known)['state']);
    const waits = text(object(state['waiting'])['reason']) || text(object(state['terminated'])['reason']);
    return [
      {
        kind: 'pod',
        namespace,
        pod,
        container,
        image: text(image),
        isRunning: phase === 'Running' && waits === '',
        status: waits || phase,
        node,
        ports: list(ports)
          .map((port) => portName(String(object(port)['containerPort'])))
          .filter((port) => port !== undefined),
      },
    ];
  });
}

/** How people name a target: `web`, or `shop/web-0` with its container if it has several. */
export function targetName(target: DebugTarget): string {
  return target.kind === 'container' ? target.name : `${target.namespace}/${target.pod}`;
}
