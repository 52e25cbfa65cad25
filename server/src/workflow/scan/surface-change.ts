// Compares what two scans found: what is new, what is gone, what stayed.
import type { Vulnerability } from './report';

export interface SurfaceChange {
  /** Only there now. */
  readonly added: readonly Vulnerability[];
  /** Only there before. */
  readonly gone: readonly Vulnerability[];
  /** As they are now. */
  readonly kept: readonly Vulnerability[];
}

/** A vulnerability counts as the same if it is in the same package, whatever the package's version. */
export function compareSurfaces(
  before: readonly Vulnerability[],
  now: readonly Vulnerability[],
): SurfaceChange {
  const earlier = byKey(before);
  const current = byKey(now);
  return {
    added: [...current].filter(([key]) => !earlier.has(key)).map(([, one]) => one),
    gone: [...earlier].filter(([key]) => !current.has(key)).map(([, one]) => one),
    kept: [...current].filter(([key]) => earlier.has(key)).map(([, one]) => one),
  };
}

function byKey(vulnerabilities: readonly Vulnerability[]): ReadonlyMap<string, Vulnerability> {
  const found = new Map<string, Vulnerability>();
  for (const one of vulnerabilities) {
    const key = `${one.id.toLowerCase()}\n${one.ecosystem}\n${one.name}`;
    if (!found.has(key)) found.set(key, one);
  }
  return found;
}
