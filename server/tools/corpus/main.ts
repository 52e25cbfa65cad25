// `npm run corpus`: runs the rules on a collection of real files, and shows what a change did.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { defaultConfig } from '../../src/core/lint/config';
import type { Reported } from '../../src/core/lint/run';
import { lint, rules } from '../../src/linter';
import { compareWithBaseline, saveBaseline } from './baseline';
import type { LintedFile } from './baseline';
import { buildKit } from './buildkit';
import { readCollection } from './collection';
import { fixCollection } from './fixing';
import { proveEffects } from './prove';
import { reportOf } from './report';
import { sample, seededRandom } from '../../../test/harness/random';
import { section, table } from './show';

const usage = `Usage: npm run corpus -- [PATH] [options]

PATH is a folder of Dockerfiles, or JSON lines with a "text" each (.jsonl, .jsonl.gz); without it
DRYDOCK_CORPUS names it. All rules run, opt-in ones too. Prints Markdown: findings per rule, findings per
file in the default profile, and what is new, gone or different since the last --save.

  --save                     keep the findings for later runs to compare with
  --samples N                samples per rule and kind of change (default 10)
  --rule ID [--sample N] [--seed N]
                             print N random findings of one rule (default 20), with lines and fix
  --fix safe|suggested       fix everything, and say whether that settles and what it harms
  --report                   write the table of findings, read ones and wrong ones to server/docs
  --prove                    compare what the builder would build before and after the safe fixes of each rule,
                             in its examples and in PATH
  --builder                  with --fix: ask BuildKit whether it still accepts each file; needs Go, as --prove does
  --oracle COMMAND           with --fix or --prove: ask another program: it takes paths on standard input and prints a
                             JSON object a line, with "path", for a file that the builder refuses an "error", and for
                             --prove the "targets" that server/tools/buildkit/main.go describes
  --help
`;

/** @returns the exit status: 1 if a rule failed or a fix did harm, 2 if there is no collection */
export function main(argv: readonly string[]): number {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      save: { type: 'boolean', default: false },
      samples: { type: 'string', default: '10' },
      rule: { type: 'string' },
      sample: { type: 'string', default: '20' },
      seed: { type: 'string', default: '1' },
      fix: { type: 'string' },
      report: { type: 'boolean', default: false },
      prove: { type: 'boolean', default: false },
      builder: { type: 'boolean', default: false },
      oracle: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const path = positionals[0] ?? process.env['DRYDOCK_CORPUS'];
  const { rule, fix } = values;
  if (values.help || (path === undefined && !values.prove)) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  if (rule !== undefined && !rules.some(({ id }) => id === rule)) {
    console.error(`Unknown rule ${rule}.`);
    return 2;
  }
  const files = path === undefined ? [] : readCollection(path);
  const config = { ...defaultConfig, allRules: true };
  if (fix !== undefined) {
    if (fix !== 'safe' && fix !== 'suggested') {
      console.error('--fix must be safe or suggested.');
      return 2;
    }
    const oracle = values.oracle !== undefined || values.builder ? oracleOf(values.oracle) : undefined;
    const report = fixCollection(files, config, fix, oracle);
    console.log(report.markdown);
    return report.ok ? 0 : 1;
  }
  if (values.prove) {
    const wanted = rules.filter(({ id }) => rule === undefined || id === rule);
    const proof = proveEffects(files, wanted, config, oracleOf(values.oracle));
    console.log(proof.markdown);
    return proof.ok ? 0 : 1;
  }
  const started = process.cpuUsage();
  const linted = files.map((file): LintedFile => ({ file, result: lint(file.text, config) }));
  const { user, system } = process.cpuUsage(started);
  let failures = 0;
  for (const { file, result } of linted) {
    for (const { ruleId, error } of result.failures) {
      failures += 1;
      console.error(
        `The rule ${ruleId} failed on file ${file.number}: ${error instanceof Error ? error.stack : String(error)}`,
      );
    }
  }
  if (values.report) {
    const path = 'server/docs/RULES-ON-CORPUS.md';
    writeFileSync(path, reportOf(linted, rules, 'test/rules-read.json'));
    console.log(`Written to ${path}.`);
  } else if (rule !== undefined) printSample(linted, rule, Number(values.sample), Number(values.seed));
  else {
    console.log(
      `# ${files.length} files, ${((user + system) / 1e6).toFixed(1)} s of CPU, ${failures} failures of rules\n`,
    );
    console.log(perRule(linted));
    console.log(perFile(linted));
    const changes = compareWithBaseline(linted, Number(values.samples));
    if (changes !== undefined) console.log(changes);
    if (values.save) console.log(`Saved to ${saveBaseline(linted)}.`);
  }
  return failures > 0 ? 1 : 0;
}

/** @param command the one that was named; else our own @throws when that cannot be had */
function oracleOf(command: string | undefined): readonly string[] {
  if (command !== undefined) return command.split(' ');
  const own = buildKit();
  if (own.kind === 'missing') throw new Error(`${own.why}. Name another program with --oracle.`);
  return [own.program];
}

function printSample(linted: readonly LintedFile[], rule: string, count: number, seed: number): void {
  const all = linted.flatMap(({ file, result }) =>
    result.findings.filter((finding) => finding.rule.id === rule).map((finding) => ({ file, finding })),
  );
  console.log(`# ${rule}: ${Math.min(count, all.length)} of ${all.length} findings, seed ${seed}\n`);
  for (const { file, finding } of sample(all, count, seededRandom(seed))) console.log(section(file, finding));
}

function perRule(linted: readonly LintedFile[]): string {
  const rows = rules.map(({ id, enabled }) => {
    const perSeverity = { error: 0, warning: 0, info: 0, hint: 0 };
    let filesWithIt = 0;
    let fixable = 0;
    for (const { result } of linted) {
      const findings = result.findings.filter(({ rule }) => rule.id === id);
      if (findings.length > 0) filesWithIt += 1;
      for (const { severity, fix } of findings) {
        perSeverity[severity] += 1;
        if (fix) fixable += 1;
      }
    }
    const { error, warning, info, hint } = perSeverity;
    return [id + (enabled === false ? ' (off)' : ''), error, warning, info, hint, filesWithIt, fixable];
  });
  return table(['Rule', 'Errors', 'Warnings', 'Infos', 'Hints', 'Files', 'With a fix'], rows);
}

/** How many findings above hint a file shows without configuration. */
function perFile(linted: readonly LintedFile[]): string {
  const shows = ({ rule, severity }: Reported): boolean => rule.enabled !== false && severity !== 'hint';
  const counts = linted.map(({ result }) => result.findings.filter(shows).length).sort((a, b) => a - b);
  const at = (part: number): number =>
    counts[Math.min(counts.length - 1, Math.floor(part * counts.length))] ?? 0;
  const mean = counts.reduce((sum, count) => sum + count, 0) / Math.max(1, counts.length);
  return (
    'Findings above hint per file, default profile:\n\n' +
    table(
      ['None', 'Median', 'Mean', 'p90', 'Most'],
      [[`${counts.filter((count) => count === 0).length} files`, at(0.5), mean.toFixed(2), at(0.9), at(1)]],
    )
  );
}
