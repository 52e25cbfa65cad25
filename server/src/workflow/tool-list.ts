// The tools by purpose, in the order of preference. The rows are in tools/.
import type { Engine, RegistryTool, Scanner, Tool } from './tool';
import { tools as unordered } from './tools/index.generated';

/** In the order in which a build goes through them. */
const kinds: readonly Tool['kind'][] = [
  'engine',
  'scanner',
  'registry',
  'cataloguer',
  'signer',
  'patcher',
  'viewer',
  'builder',
];

export const tools: readonly Tool[] = [...unordered].sort(
  (a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || a.rank - b.rank,
);

export const engines: readonly Engine[] = tools.filter((tool) => tool.kind === 'engine');
export const scanners: readonly Scanner[] = tools.filter((tool) => tool.kind === 'scanner');
export const registryTools: readonly RegistryTool[] = tools.filter((tool) => tool.kind === 'registry');

/**
 * The tools that a setting selects.
 * @param id of one tool, or anything else (`auto`) for all of them
 */
export function chosen<T extends Tool>(all: readonly T[], id: unknown): readonly T[] {
  const one = all.find((tool) => tool.id === id);
  return one ? [one] : all;
}

/** @param id as in the settings, and as an earlier version remembered it */
export function engineNamed(id: string): Engine | undefined {
  return engines.find((engine) => engine.id === id);
}

export function scannerNamed(id: string): Scanner | undefined {
  return scanners.find((scanner) => scanner.id === id);
}
