// What must hold of one example of one rule, in one spelling: exact findings and messages, fixes that fix what
// they say and nothing else, silence under an ignore comment.
import assert from 'node:assert/strict';
import { syntaxProblems } from '../../server/src/core/analysis/text/syntax-problems';
import type { Facts } from '../../server/src/core/lint/facts';
import { fixAll } from '../../server/src/core/lint/fix';
import { losesComment } from '../../server/src/core/lint/fix-guards';
import { isAsSafeAs, lint } from '../../server/src/core/lint/run';
import type { LintResult, ResolvedFix } from '../../server/src/core/lint/run';
import { rules } from '../../server/src/rules/index.generated';
import type { Rule } from '../../server/src/core/lint/rule';
import { applyEdits } from '../../server/src/core/text/edit';
import { messagesToShow } from './examples';
import type { Example } from './examples';
import { mark, parseMarked } from './marked';
import { configWith } from './rule-options';

/** A lint run with the findings of one rule alone, under the options and facts of an example. @throws what the rule throws */
export type Run = (text: string) => LintResult;

export function runOf(
  rule: Rule,
  {
    context,
    answers,
    packages,
    builtImages,
    buildTargets,
    options = {},
    path,
  }: Partial<
    Pick<Example, 'context' | 'answers' | 'packages' | 'builtImages' | 'buildTargets' | 'options' | 'path'>
  >,
): Run {
  const config = { ...configWith(rule, options), allRules: true };
  const facts: Facts = { context, answers, packages, builtImages, buildTargets, path };
  // What others have found is known after they have run.
  const among = rule.after ? rules : [rule];
  return (text) => {
    const result = lint(text, among, config, facts);
    for (const { error } of result.failures) throw error;
    return { ...result, findings: result.findings.filter((finding) => finding.rule === rule) };
  };
}

/** The messages of the findings of a bad example, as they stand below it. */
export function shownMessages(rule: Rule, example: Example): readonly string[] {
  const { findings } = runOf(rule, example)(parseMarked(example.source).text);
  return messagesToShow(findings.map(({ message }) => message));
}

/** Spans in the order in which marks are written, so that both sides can be compared as text. */
function marked(text: string, result: LintResult): string {
  return mark(
    text,
    result.findings.map(({ at }) => at),
  );
}

function checkFix(rule: Rule, text: string, before: LintResult, fix: ResolvedFix, run: Run): string {
  assert.ok(fix.title && !fix.title.endsWith('.'), `fix title "${fix.title}"`);
  assert.ok(
    fix.edits.length > 0 || (fix.files?.length ?? 0) > 0 || fix.asks !== undefined,
    'a fix changes something, or asks for what to change',
  );
  assert.ok(rule.fix !== 'none', 'a rule that declares no fix offers none');
  assert.ok(isAsSafeAs(rule.fix, fix.safety), 'no fix is safer than its rule declares');
  const after = applyEdits(text, fix.edits);
  const result = run(after);
  assert.ok(
    syntaxProblems(result.model.file) <= syntaxProblems(before.model.file),
    `the fix adds a syntax problem:\n${after}`,
  );
  if (fix.safety === 'safe')
    assert.ok(!losesComment(before.model.file, result.model.file), `a safe fix loses a comment:\n${after}`);
  if (fix.edits.length > 0) {
    assert.ok(result.findings.length < before.findings.length, `the finding stays after its fix:\n${after}`);
  }
  return after;
}

/** All first fixes, one after another, as a person would choose them. */
function fixEach(rule: Rule, source: string, run: Run): string {
  let text = source;
  for (let step = 0; step < 50; step += 1) {
    const result = run(text);
    const fix = result.findings.find((finding) => finding.fix && finding.fix.edits.length > 0)?.fix;
    if (!fix) return text;
    text = checkFix(rule, text, result, fix, run);
  }
  throw new Error('fixes do not come to an end');
}

/** @param respell the spelling of `source`, for the texts it is compared with */
export function checkBad(
  rule: Rule,
  example: Example,
  source: string,
  respell: (text: string) => string | undefined,
): void {
  const run = runOf(rule, example);
  const { text, spans } = parseMarked(source);
  const result = run(text);
  assert.equal(marked(text, result), mark(text, spans), 'the rule finds («…») what the example marks');
  assert.deepEqual(
    result.findings.map(({ severity }) => severity),
    result.findings.map(
      (_, index) => example.severities?.[index] ?? example.severities?.[0] ?? rule.severity,
    ),
    'severities',
  );
  for (const finding of result.findings) {
    assert.match(finding.message, /^[^\n]+[^.\n]$/, 'a message is one sentence without a full stop');
    for (const fix of [finding.fix, ...finding.alternatives]) if (fix) checkFix(rule, text, result, fix, run);
  }
  checkOffers(rule, example, text, result, respell);
  assert.deepEqual(
    run(withIgnoreComment(rule, text)).findings.map(({ message }) => message),
    [],
    'silent under an ignore comment',
  );
}

/** What the fixes make of the text is what the example shows; where it shows none, none is offered. */
function checkOffers(
  rule: Rule,
  example: Example,
  text: string,
  result: LintResult,
  respell: (text: string) => string | undefined,
): void {
  const run = runOf(rule, example);
  // One that asks has nothing to show yet.
  const offered = result.findings.flatMap(({ fix }) => (fix && !fix.asks ? fix : []));
  if (example.fixed === undefined && example.files.size === 0) {
    assert.deepEqual(
      offered.map(({ title }) => title),
      [],
      'no fix may be offered where the example shows none',
    );
  }
  if (example.fixed !== undefined) {
    assert.equal(fixEach(rule, text, run), respell(example.fixed), 'fixed text');
    if (offered.every(({ safety }) => safety !== 'manual')) {
      const all = fixAll(text, run, { safety: 'suggested' });
      assert.deepEqual(all.rejected, [], 'fix-all settles');
      assert.equal(all.text, respell(example.fixed), 'fix-all');
    }
  }
  for (const [path, expected] of example.files) {
    const ways = [...offered, ...result.findings.flatMap(({ alternatives }) => alternatives)];
    const file = ways.flatMap(({ files }) => files ?? []).find((change) => change.path === path);
    assert.equal(file?.text, expected, `what the fix writes to ${path}`);
  }
  for (const { title, fixed } of example.alternatives) {
    const fix = result.findings
      .flatMap(({ alternatives }) => alternatives)
      .find((alternative) => alternative.title === title);
    assert.ok(fix, `the alternative “${title}” is offered`);
    assert.equal(applyEdits(text, fix.edits), respell(fixed), `alternative “${title}”`);
  }
}

/**
 * The fixes of an example bring no finding of another rule, as the default configuration has them: fixing one thing may
 * not make another to fix. An example that only uncovers what was there names it: `uncovers="user-missing"`.
 * @returns what is brought, as `pipefail (warning)`
 */
export function broughtByFixes(rule: Rule, example: Example): readonly string[] {
  if (example.fixed === undefined) return [];
  const facts: Facts = {
    context: example.context,
    answers: example.answers,
    packages: example.packages,
    path: example.path,
  };
  const others = (text: string): readonly string[] =>
    lint(text, rules, configWith(rule, example.options), facts)
      .findings.filter((finding) => finding.rule.id !== rule.id)
      .map((finding) => `${finding.rule.id} (${finding.severity})`);
  const before = others(parseMarked(example.source).text);
  const left = [...before];
  return others(example.fixed).filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0 && !example.uncovers.has(one.replace(/ .*/, ''));
  });
}

/** Below the directives: a comment above them would end their block. */
function withIgnoreComment(rule: Rule, text: string): string {
  const [directives = ''] = /^\uFEFF?(?:#\s*(?:syntax|check|escape)\s*=.*\r?\n)*/i.exec(text) ?? [];
  return `${directives}# drydock global ignore=${rule.id}\n${text.slice(directives.length)}`;
}

export function checkGood(rule: Rule, example: Example, source: string): void {
  const { text } = parseMarked(source);
  assert.equal(
    marked(text, runOf(rule, example)(text)),
    text,
    'the rule finds («…») nothing in a good example',
  );
}

/**
 * Places to cut a text off at: behind each line, and everywhere in it but in the middle of words and blanks. Examples
 * of a rule repeat lines and words: a line is cut through once, and a word once behind its first letter, since what
 * lies between differs from that in the name alone.
 * @param known lines and words that were cut before; those of the text are added
 */
export function cutPlaces(text: string, known: Set<string>): readonly number[] {
  const places = [0];
  for (const { index: start, 0: line } of text.matchAll(/[^\n]*\n|[^\n]+$/g)) {
    if (!known.has(line)) {
      known.add(line);
      for (const { index, 0: piece } of line.matchAll(/\w+|[ \t]+|[^]/g)) {
        if (/\w\w/.test(piece) && !known.has(piece)) {
          known.add(piece);
          places.push(start + index + 1);
        }
        places.push(start + index + piece.length);
      }
    } else places.push(start + line.length);
  }
  return places;
}
