// What a scan found, put together for people and for other programs: by the instruction that brought it, judged by the
// project's policy, and compared with another scan where there is one.
import type { BuildDescription } from '../build-description';
import { attribute, attributeToBase } from './attribution';
import type { Blame } from './attribution';
import { failing, judge } from './policy';
import type { Judged, ScanPolicy } from './policy';
import type { ScanReport, Vulnerability } from './report';
import { compareSurfaces } from './surface-change';
import type { SurfaceChange } from './surface-change';

/** Where packages came from. `layer`: no file is known, only the step of the image's history. `unknown`: not even that. */
export interface Source {
  readonly origin: Blame['origin'] | 'layer' | 'unknown';
  /** Counted from 1; absent if no file is known. */
  readonly line?: number;
  /** The instruction as the file has it, or the step as the history has it. */
  readonly step: string;
}

export interface Group {
  readonly source: Source;
  readonly vulnerabilities: readonly Vulnerability[];
}

export interface ScanFindings {
  /** What was scanned, as the user calls it. */
  readonly subject: string;
  /** Title of the scanner; absent when a report was read. */
  readonly scanner?: string;
  /** The Dockerfile that the lines are of, as the user calls it. */
  readonly file?: string;
  readonly judged: Judged;
  /** What is shown, in the order of the file. */
  readonly groups: readonly Group[];
  readonly change?: SurfaceChange & { readonly before: string };
  readonly policy: ScanPolicy;
  /** What fails the gate: with a comparison only what is new. */
  readonly failing: readonly Vulnerability[];
}

/** What the file says about the image. */
export interface KnownFile {
  readonly name: string;
  readonly description: BuildDescription;
  /** `image`: it was built from the file. `base`: the file is based on it. */
  readonly relation:
    { readonly kind: 'image'; readonly target?: string } | { readonly kind: 'base'; readonly stage: number };
}

export interface Scanned {
  readonly subject: string;
  readonly scanner?: string;
  readonly report: ScanReport;
}

/** @param today as `2026-12-31` */
export function findingsOf(
  { subject, scanner, report }: Scanned,
  policy: ScanPolicy,
  today: string,
  known: { readonly file?: KnownFile; readonly before?: Scanned } = {},
): ScanFindings {
  const { file, before } = known;
  const judged = judge(report.vulnerabilities, policy, today);
  const earlier = before && judge(before.report.vulnerabilities, policy, today);
  const change = before &&
    earlier && { ...compareSurfaces(earlier.counted, judged.counted), before: before.subject };
  const shown = new Set(judged.shown);
  const groups = file ? byInstruction(report, file) : byLayer(report);
  return {
    subject,
    ...(scanner === undefined ? {} : { scanner }),
    ...(file === undefined ? {} : { file: file.name }),
    judged,
    groups: groups.flatMap(({ source, vulnerabilities }) => {
      const left = new Set(vulnerabilities.filter((one) => shown.has(one)));
      return left.size === 0
        ? []
        : [{ source, vulnerabilities: judged.shown.filter((one) => left.has(one)) }];
    }),
    ...(change === undefined ? {} : { change }),
    policy,
    failing: failing(change?.added ?? judged.counted, policy.failOn),
  };
}

function byInstruction(report: ScanReport, { description, relation }: KnownFile): Group[] {
  const blames =
    relation.kind === 'image'
      ? attribute(report, description, relation.target)
      : attributeToBase(report, description, relation.stage);
  // A file without FROM blames nobody, and nothing may be lost.
  if (blames.length === 0) return byLayer(report);
  return blames.map(({ instruction, origin, vulnerabilities }) => {
    const at = description.instructions[instruction];
    const line = at === undefined ? {} : { line: at.mark.start.line + 1 };
    return { source: { origin, step: at?.text ?? '', ...line }, vulnerabilities };
  });
}

function byLayer({ layers, vulnerabilities }: ScanReport): Group[] {
  const groups = new Map<number, Vulnerability[]>();
  for (const one of vulnerabilities) {
    const layer = one.layer ?? -1;
    const there = groups.get(layer);
    if (there) there.push(one);
    else groups.set(layer, [one]);
  }
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([layer, all]) => {
      const step = layers[layer]?.createdBy ?? '';
      return { source: { origin: step === '' ? 'unknown' : 'layer', step }, vulnerabilities: all };
    });
}
