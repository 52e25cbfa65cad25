// What every scanner's report is turned into.

/** Worst first. */
export const SCAN_SEVERITIES = ['critical', 'high', 'medium', 'low', 'negligible', 'unknown'] as const;
export type ScanSeverity = (typeof SCAN_SEVERITIES)[number];

/** Kinds of packages by the tools that install them. */
export type Ecosystem = 'deb' | 'apk' | 'rpm' | 'npm' | 'python' | 'gem' | 'go' | 'java' | 'rust' | 'other';

export interface Vulnerability {
  /** `CVE-2024-1234`, `GHSA-…`, … */
  readonly id: string;
  readonly severity: ScanSeverity;
  readonly name: string;
  readonly version: string;
  /** The version that mends it; absent while there is none. */
  readonly fixedIn?: string;
  readonly ecosystem: Ecosystem;
  /** Index into `layers`; absent when the scanner does not say. */
  readonly layer?: number;
}

export interface Layer {
  /** The step that made the layer, as the image's history has it; empty when that is not known. */
  readonly createdBy: string;
}

export interface ScanResult {
  readonly vulnerabilities: readonly Vulnerability[];
  /** From the bottom up; empty when the report tells nothing of layers. */
  readonly layers: readonly Layer[];
}

/** A report that is not what its scanner documents. */
export class UnreadableReport extends Error {}

const ECOSYSTEMS: Readonly<Record<string, Ecosystem>> = {
  deb: 'deb',
  debian: 'deb',
  ubuntu: 'deb',
  apk: 'apk',
  alpine: 'apk',
  wolfi: 'apk',
  chainguard: 'apk',
  rpm: 'rpm',
  redhat: 'rpm',
  centos: 'rpm',
  rocky: 'rpm',
  alma: 'rpm',
  almalinux: 'rpm',
  amazon: 'rpm',
  fedora: 'rpm',
  oracle: 'rpm',
  photon: 'rpm',
  azurelinux: 'rpm',
  'cbl-mariner': 'rpm',
  'suse linux enterprise server': 'rpm',
  'opensuse.leap': 'rpm',
  'opensuse-leap': 'rpm',
  'opensuse.tumbleweed': 'rpm',
  npm: 'npm',
  'node-pkg': 'npm',
  yarn: 'npm',
  pnpm: 'npm',
  python: 'python',
  'python-pkg': 'python',
  pypi: 'python',
  'conda-pkg': 'python',
  conda: 'python',
  poetry: 'python',
  pip: 'python',
  gem: 'gem',
  gemspec: 'gem',
  bundler: 'gem',
  'go-module': 'go',
  gobinary: 'go',
  golang: 'go',
  gomod: 'go',
  'java-archive': 'java',
  jar: 'java',
  maven: 'java',
  pom: 'java',
  'rust-crate': 'rust',
  rustbinary: 'rust',
  cargo: 'rust',
};

/** @param name package type in the scanner's own words, or the type of a package URL */
export function ecosystem(name: string): Ecosystem {
  return ECOSYSTEMS[name.toLowerCase()] ?? 'other';
}

export function severity(name: string): ScanSeverity {
  const lower = name.toLowerCase();
  return SCAN_SEVERITIES.find((one) => one === lower) ?? 'unknown';
}

/** One entry per vulnerability and package version: scanners repeat one that they found by two ways. */
export function unique(vulnerabilities: readonly Vulnerability[]): Vulnerability[] {
  const seen = new Map<string, Vulnerability>();
  for (const one of vulnerabilities) {
    const key = `${one.id}\n${one.name}\n${one.version}\n${one.layer ?? ''}`;
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()];
}

// ── Reading foreign JSON: every field is looked at before it is believed ───────────────────────────────────

export type Json = { readonly [key: string]: unknown };

export function object(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** @throws UnreadableReport */
export function parseReport(report: string): Json {
  try {
    return object(JSON.parse(report));
  } catch (error) {
    throw new UnreadableReport(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Layers with the steps of the history that made them.
 * @param diffIds layers from the bottom up
 * @param config the image's configuration
 */
export function layersOf(diffIds: readonly string[], config: Json): Layer[] {
  const steps = list(config['history'])
    .map(object)
    .filter((step) => step['empty_layer'] !== true);
  // A history of another length says nothing reliable.
  const usable = steps.length === diffIds.length;
  return diffIds.map((_, at) => ({ createdBy: usable ? text(steps[at]?.['created_by']) : '' }));
}
