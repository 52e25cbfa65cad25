// The tools by purpose, in the order of preference. The rows are in tools/.
import type {
  Cataloguer,
  ClusterTool,
  Engine,
  OtherBuilder,
  Patcher,
  RegistryTool,
  Scanner,
  ScriptLinter,
  Signer,
  Tool,
} from './tool';
import { tools as unordered } from './tools/index.generated';

/** In the order in which a build goes through them. */
const kinds: readonly Tool['kind'][] = [
  'engine',
  'scanner',
  'linter',
  'registry',
  'cataloguer',
  'signer',
  'patcher',
  'viewer',
  'builder',
  'cluster',
];

export const tools: readonly Tool[] = [...unordered].sort(
  (a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || a.rank - b.rank,
);

export const engines: readonly Engine[] = tools.filter((tool) => tool.kind === 'engine');
export const scanners: readonly Scanner[] = tools.filter((tool) => tool.kind === 'scanner');
export const scriptLinters: readonly ScriptLinter[] = tools.filter((tool) => tool.kind === 'linter');
export const registryTools: readonly RegistryTool[] = tools.filter((tool) => tool.kind === 'registry');
export const cataloguers: readonly Cataloguer[] = tools.filter((tool) => tool.kind === 'cataloguer');
const otherBuilders: readonly OtherBuilder[] = tools.filter((tool) => tool.kind === 'builder');
export const clusterTools: readonly ClusterTool[] = tools.filter((tool) => tool.kind === 'cluster');
export const patchers: readonly Patcher[] = tools.filter((tool) => tool.kind === 'patcher');
export const signers: readonly Signer[] = tools.filter((tool) => tool.kind === 'signer');

/**
 * The tools that a setting selects.
 * @param id of one tool, or anything else (`auto`) for all of them
 */
export function chosen<T extends Tool>(all: readonly T[], id: unknown): readonly T[] {
  const one = all.find((tool) => tool.id === id);
  return one ? [one] : all;
}

/** The engines in the order of a preference: `rootless`, `daemon`, or anything else for the usual one. */
export function preferred(all: readonly Engine[], prefer: unknown): readonly Engine[] {
  const first = prefer === 'rootless' ? ['buildah', 'podman'] : prefer === 'daemon' ? ['docker'] : [];
  const rank = ({ id }: Engine): number => (first.includes(id) ? first.indexOf(id) : first.length);
  return [...all].sort((a, b) => rank(a) - rank(b));
}

/** @param id as in the settings, and as an earlier version remembered it */
export function engineNamed(id: string): Engine | undefined {
  return engines.find((engine) => engine.id === id);
}

/** The tool whose files have this name. @param name without folders */
export function builderOf(name: string): OtherBuilder | undefined {
  return otherBuilders.find(({ commands }) => commands.files.includes(name));
}

export function scannerNamed(id: string): Scanner | undefined {
  return scanners.find((scanner) => scanner.id === id);
}
