// `drydock scan`: looks for known vulnerabilities in an image, a base image, an archive or an SBOM, says which instruction
// brought each, and is a gate for CI.
import { dirname, resolve } from 'node:path';
import { thisMachine } from '../../io/processes/machine';
import type { KnownFile } from '../../workflow/scan/findings';
import { findingsOf } from '../../workflow/scan/findings';
import type { ScanFindings } from '../../workflow/scan/findings';
import type { ScanPolicy } from '../../workflow/scan/policy';
import { scanSeverities } from '../../workflow/scan/report';
import { knownBases } from '../../workflow/scan/scan-image';
import type { Machine } from '../../workflow/tool';
import { scanners } from '../../workflow/tool-list';
import type { Ending } from '../command';
import { describeFile } from '../described-file';
import { describeOptions, readOptions } from '../options';
import { findingFormats, writeFindings } from '../scan/output';
import { checkedFile, policyFor, readSeverities, scannerFile } from '../scan/policy-words';
import { scanSubject } from '../scan/scanning';
import type { ScanWish } from '../scan/scanning';
import { subjectOf } from '../scan/subject';
import type { ScanSubject } from '../scan/subject';
import type { Terminal } from '../terminal';

const options = {
  base: {
    type: 'boolean',
    form: '--base',
    does: 'scan the image that the last stage of the Dockerfile\nis based on',
  },
  file: {
    type: 'string',
    form: '--file DOCKERFILE',
    does: 'the file that the image was built from: what is found\nis told by its instructions',
  },
  severity: {
    type: 'string',
    form: '--severity high,critical',
    does: 'show only these: critical, high, medium, low,\nnegligible, unknown',
  },
  'fail-on': {
    type: 'string',
    form: '--fail-on high',
    does: 'exit with 1 on one of this severity or worse; with\n--compare only on a new one',
    values: ['never', ...scanSeverities],
  },
  'ignore-unfixed': {
    type: 'boolean',
    form: '--ignore-unfixed',
    does: 'leave out what no version fixes yet',
  },
  'ignore-file': {
    type: 'string',
    form: '--ignore-file FILE',
    does: "what to ignore: in our own form, or in the scanner's\n(.trivyignore, .grype.yaml), which it reads itself",
  },
  vex: { type: 'string', form: '--vex FILE', does: 'a VEX document, which the scanner reads' },
  scanner: {
    type: 'string',
    form: '--scanner NAME',
    does: 'the scanner to use (default: the first one here)',
    values: scanners.map(({ id }) => id),
  },
  compare: {
    type: 'string',
    form: '--compare OTHER',
    does: 'what is new, gone and kept since another image,\narchive, SBOM or report',
  },
  config: { type: 'string', form: '--config FILE', does: 'use the section scan of this file' },
  format: {
    type: 'string',
    form: `--format ${findingFormats.join('|')}`,
    does: 'what to print (default: text)',
    values: findingFormats,
    default: 'text',
  },
  output: { type: 'string', form: '--output FILE', does: 'write that into a file' },
} as const;

const usage = `Usage: drydock scan [IMAGE|ARCHIVE|SBOM|REPORT|DOCKERFILE] [options]

Looks for known vulnerabilities with Trivy, Grype or Docker Scout, whichever is there, and says
which instruction brought each, with what an update fixes first. An image is looked for in docker,
in podman and in its registry. Of a Dockerfile the base image is scanned; mistakes in the file
itself are what drydock check finds. A report of a scanner, or of --format json, is read instead of
a scan.

The section scan of .drydock.yaml has the keys severities, ignoreUnfixed, failOn and ignore.

Options
${describeOptions(options)}
Exit status: 0 scanned, and the gate passed or there is none;
             1 the gate failed;
             2 it could not be scanned, or an option could not be followed.
`;

type Given = Extract<ReturnType<typeof read>, { values: object }>;

function read(words: readonly string[]): ReturnType<typeof readOptions<typeof options>> {
  return readOptions(words, options);
}

/** What is to be scanned, and the file it belongs to. */
interface Plan {
  readonly subject: Exclude<ScanSubject, { kind: 'dockerfile' }>;
  readonly file?: KnownFile;
  readonly notes: readonly string[];
}

/** @param today as `2026-12-31` */
export async function run(
  words: readonly string[],
  terminal: Terminal,
  machine: Machine = thisMachine(),
  today = new Date().toISOString().slice(0, 10),
): Promise<Ending> {
  const given = read(words);
  if ('wrong' in given) return given;
  if (given.words.length > 1) return { wrong: 'scan takes one image or file' };
  const severities = readSeverities(given.values.severity);
  if ('wrong' in severities) return severities;
  const scanned = await scanAll(given, severities.severities, machine, today, terminal);
  if ('problem' in scanned) {
    terminal.complain(scanned.problem);
    return 'undone';
  }
  const { findings, notes } = scanned;
  const problem = writeFindings(findings, notes, given.values, terminal);
  if (problem !== undefined) {
    terminal.complain(problem);
    return 'undone';
  }
  return findings.failing.length > 0 ? 'gateFailed' : 'clean';
}

async function scanAll(
  { values, words }: Given,
  severities: ScanPolicy['severities'] | undefined,
  machine: Machine,
  today: string,
  terminal: Terminal,
): Promise<
  { readonly findings: ScanFindings; readonly notes: readonly string[] } | { readonly problem: string }
> {
  const plan = await planFor(words[0], values);
  if ('problem' in plan) return plan;
  const folder = plan.file === undefined ? process.cwd() : dirname(resolve(plan.file.name));
  const policy = policyFor(values, severities, folder);
  if ('problem' in policy) return policy;
  const wish = wishOf(values);
  if ('problem' in wish) return wish;
  const end = await scanSubject(plan.subject, wish, machine, terminal);
  if ('problem' in end) return end;
  const before =
    values.compare === undefined ? undefined : await scanOther(values.compare, wish, machine, terminal);
  if (before && 'problem' in before) return before;
  const known = { ...(plan.file ? { file: plan.file } : {}), ...(before ? { before: before.scanned } : {}) };
  return { findings: findingsOf(end.scanned, policy.policy, today, known), notes: plan.notes };
}

function wishOf(values: Given['values']): ScanWish | { readonly problem: string } {
  const ignoreFile = scannerFile(values['ignore-file']);
  const vex = values.vex === undefined ? undefined : checkedFile(values.vex);
  for (const one of [ignoreFile, vex]) if (typeof one === 'object') return one;
  return {
    scanner: values.scanner,
    ignoreFile: typeof ignoreFile === 'object' ? undefined : ignoreFile,
    vex: typeof vex === 'object' ? undefined : vex,
  };
}

async function scanOther(
  name: string,
  wish: ScanWish,
  machine: Machine,
  terminal: Terminal,
): ReturnType<typeof scanSubject> {
  const other = await subjectOf(name);
  if ('problem' in other) return other;
  if (other.kind === 'dockerfile')
    return { problem: `--compare takes an image, an archive, an SBOM or a report, not ${name}` };
  return scanSubject(other, wish, machine, terminal);
}

async function planFor(
  word: string | undefined,
  { base, file }: Pick<Given['values'], 'base' | 'file'>,
): Promise<Plan | { readonly problem: string }> {
  if (base) {
    if (word !== undefined && file !== undefined)
      return { problem: 'with --base give one Dockerfile, not two' };
    return basePlan(file ?? word ?? 'Dockerfile', []);
  }
  const subject = await subjectOf(word ?? file ?? 'Dockerfile');
  if ('problem' in subject) return subject;
  if (subject.kind === 'dockerfile') {
    const { name } = subject;
    return basePlan(name, [
      `Mistakes in ${name} itself are what drydock check ${name} finds; its base image was scanned`,
    ]);
  }
  if (file === undefined) return { subject, notes: [] };
  const described = describeFile(file);
  if ('problem' in described) return described;
  const { description } = described;
  return { subject, file: { name: file, description, relation: { kind: 'image' } }, notes: [] };
}

function basePlan(file: string, notes: readonly string[]): Plan | { readonly problem: string } {
  const described = describeFile(file);
  if ('problem' in described) return described;
  const { description } = described;
  const last = knownBases(description).at(-1);
  if (!last)
    return {
      problem: `no base image in ${file} can be scanned by name. Build the image, and scan that with --file ${file}`,
    };
  const { image, stage } = last;
  return {
    subject: { kind: 'image', name: image, image },
    file: { name: file, description, relation: { kind: 'base', stage: stage.index } },
    notes,
  };
}

export const scan = {
  usage,
  options,
  run,
};
