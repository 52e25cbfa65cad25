// The common form of every scanner's report.
import { list, object, text } from '../foreign-json';
import type { Json } from '../foreign-json';
import { ecosystems } from './ecosystems';
import type { Ecosystem } from './ecosystems';

/** Worst first. */
export const scanSeverities = ['critical', 'high', 'medium', 'low', 'negligible', 'unknown'] as const;
export type ScanSeverity = (typeof scanSeverities)[number];

export interface Vulnerability {
  /** `CVE-2024-1234`, `GHSA-…`, … */
  readonly id: string;
  readonly severity: ScanSeverity;
  readonly name: string;
  readonly version: string;
  /** The version that fixes it; absent while there is none. */
  readonly fixedIn?: string;
  readonly ecosystem: Ecosystem;
  /** Web page that describes it; absent if none is known. */
  readonly link?: string;
  /** Index into `layers`; absent when the scanner does not say. */
  readonly layer?: number;
}

export interface Layer {
  /** The step that made the layer, as the image's history has it; empty when that is not known. */
  readonly createdBy: string;
}

export interface ScanReport {
  readonly vulnerabilities: readonly Vulnerability[];
  /** From the bottom up; empty when the report tells nothing of layers. */
  readonly layers: readonly Layer[];
}

/** @param name package type in the scanner's own words, or the type of a package URL */
export function ecosystem(name: string): Ecosystem {
  const known = name.toLowerCase();
  return (Object.hasOwn(ecosystems, known) ? ecosystems[known] : undefined) ?? 'other';
}

export function severity(name: string): ScanSeverity {
  const lower = name.toLowerCase();
  return scanSeverities.find((one) => one === lower) ?? 'unknown';
}

/** @param page as the report names it @returns a property for the page, if there is one */
export function linkTo(id: string, page: string): Pick<Vulnerability, 'link'> {
  if (/^https:\/\/[\w.-]+(?:[/?#]\S*)?$/.test(page)) return { link: page };
  if (/^CVE-[\d-]+$/.test(id)) return { link: `https://nvd.nist.gov/vuln/detail/${id}` };
  return /^GHSA(?:-\w+)+$/.test(id) ? { link: `https://github.com/advisories/${id}` } : {};
}

/** One entry per vulnerability and package version: scanners repeat one that they found by two ways. */
function unique(vulnerabilities: readonly Vulnerability[]): Vulnerability[] {
  const seen = new Map<string, Vulnerability>();
  for (const one of vulnerabilities) {
    const key = `${one.id}\n${one.name}\n${one.version}\n${one.layer ?? ''}`;
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()];
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
  // From the end: a base image that was put together by another tool may lack a part of its history.
  const missing = diffIds.length - steps.length;
  return diffIds.map((_, at) => ({ createdBy: text(steps[at - missing]?.['created_by']) }));
}

/** A vulnerability as its entry in a report tells it, before the whole report is known. */
export interface Draft extends Omit<Vulnerability, 'layer' | 'ecosystem'> {
  /** Kind of the package in the scanner's own words; absent if the part of the report around it says it. */
  readonly kind?: string;
  /** Of the layer; empty when the entry does not say it. */
  readonly layerId: string;
  /** Positions in the lists on the way to the entry, from the outside in. */
  readonly at: readonly number[];
}

/** @param diffIds layers from the bottom up @param kindOf the kind of a package whose entry does not say it */
export function finished(
  drafts: readonly Draft[],
  diffIds: readonly string[],
  kindOf: (draft: Draft) => string = () => '',
): Vulnerability[] {
  const places = new Map(diffIds.map((id, at) => [id, at]));
  const all = drafts.map((draft): Vulnerability => {
    const { kind, layerId, at: _, ...told } = draft;
    const layer = places.get(layerId);
    return {
      ...told,
      ecosystem: ecosystem(kind ?? kindOf(draft)),
      ...(layer === undefined ? {} : { layer }),
    };
  });
  return unique(all);
}
