// Every example of every rule, in every spelling and cut off anywhere; and every branch of every rule by its
// examples. Three things are written by the tests themselves on request: the messages below the examples
// (`npm test -- RULE --update-messages`), and the list of branches that wait for an example (`--update-unreached`).
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { defaultConfig } from '../server/src/core/lint/config';
import { noFacts } from '../server/src/core/lint/facts';
import type { Rule } from '../server/src/core/lint/rule';
import { lint } from '../server/src/core/lint/run';
import { rules } from '../server/src/rules/index.generated';
import { readExamples, withMessages } from './harness/examples';
import type { Example, RulePage } from './harness/examples';
import { parseMarked } from './harness/marked';
import { broughtByFixes, checkBad, checkGood, cutPlaces, runOf, shownMessages } from './harness/rule-check';
import { countBranches } from './harness/rule-coverage';
import { compareUnreached, readUnreached, writeUnreached } from './harness/unreached';
import { transforms } from './harness/transforms';
import { buildkitVerdicts } from './rules/buildkit-verdicts/checks';
import { aboutEdges } from './rules/hadolint-verdicts/edges';
import { aboutInstructions } from './rules/hadolint-verdicts/instructions';
import { aboutPackages } from './rules/hadolint-verdicts/packages';
import { aboutTheRest } from './rules/hadolint-verdicts/rest';

const hadolintVerdicts = [aboutInstructions, aboutPackages, aboutTheRest, aboutEdges];

/** Ids of the rules to test, as `npm test -- ID` names them; unset: all. */
const chosen = process.env['DRYDOCK_TEST_RULES']?.split(',');
/** `2/4`: this process tests the second of four parts of the rules. */
const [part = 1, parts = 1] = (process.env['DRYDOCK_TEST_PART'] ?? '1/1').split('/').map(Number);
const own = rules
  .filter(({ id }) => chosen?.includes(id) ?? true)
  .filter((_, index) => index % parts === part - 1);

// First: what has run before it is not counted.
const endCounting = countBranches();

const pathOf = ({ id }: Rule): string => `server/src/rules/${id}.ts`;

if (process.env['DRYDOCK_UPDATE_MESSAGES']) for (const rule of own) updateMessages(rule);

function updateMessages(rule: Rule): void {
  const path = pathOf(rule);
  const source = readFileSync(path, 'utf8');
  const page = readExamples(path);
  const shown = page.examples
    .filter(({ kind }) => kind === 'bad')
    .map((example) => [example.block.line, shownMessages(rule, example)] as const);
  const updated = withMessages(source, page, new Map(shown));
  if (updated !== source) writeFileSync(path, updated);
}

/** Runs a check; its failure names the example. */
function at(path: string, { block }: Example, name: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    // The report shows the stack, whose first lines are the message as it was at first.
    if (error instanceof Error)
      error.stack = `${path}:${block.line} (${name}): ${error.stack ?? error.message}`;
    throw error;
  }
}

/** What other tools answer is tested elsewhere; the texts reach the branches of a rule's own verdicts for them. */
function runVerdicts(rule: Rule): void {
  for (const id of rule.alsoKnownAs) {
    const [tool, name = ''] = id.split(':');
    const verdicts = tool === 'hadolint' ? hadolintVerdicts : [buildkitVerdicts];
    const profile = tool === 'hadolint' ? 'hadolint' : 'buildkit';
    for (const [text] of verdicts.flatMap((one) => one[name] ?? []))
      lint(text, [rule], { ...defaultConfig, profile }, noFacts);
  }
}

function checkExamples(rule: Rule, { examples, skips }: RulePage): void {
  for (const example of examples) {
    const spellings = [
      { name: 'as written', apply: (text: string) => text as string | undefined },
      ...transforms,
    ];
    for (const { name, apply } of spellings) {
      const source = skips.has(name) ? undefined : apply(example.source);
      if (source === undefined) continue;
      at(pathOf(rule), example, name, () => {
        if (example.kind === 'bad') checkBad(rule, example, source, apply);
        else checkGood(rule, example, source);
      });
    }
    if (example.kind === 'bad') {
      at(pathOf(rule), example, 'messages', () => {
        assert.deepEqual(
          shownMessages(rule, example),
          example.messages,
          `npm test -- ${rule.id} --update-messages writes them below the example`,
        );
      });
    }
  }
}

const passed: Rule[] = [];

for (const rule of own) {
  test(rule.id, () => {
    const page = readExamples(pathOf(rule));
    const kinds = page.examples.map(({ kind }) => kind);
    assert.ok(kinds.includes('bad'), 'a rule shows what it finds');
    assert.ok(kinds.includes('good'), 'a rule shows what it leaves alone');
    assert.equal(
      rule.effect !== undefined,
      rule.fix === 'safe',
      'a rule with safe fixes says what they change',
    );
    assert.ok(rule.enabled === false || !rule.profiles, 'a rule that is on needs no profile');
    for (const name of page.skips.keys())
      assert.ok(
        transforms.some((transform) => transform.name === name),
        `there is no transform ${name}`,
      );
    checkExamples(rule, page);
    runVerdicts(rule);
    passed.push(rule);
  });
}

test(`an example reaches every branch (part ${part} of ${parts})`, () => {
  const found = endCounting();
  // The lines of the files are not those of the bundle any more.
  if (process.env['DRYDOCK_UPDATE_MESSAGES']) return;
  // What an example that fails does not reach says nothing.
  const files = passed
    .flatMap((rule) => [pathOf(rule), pathOf(rule).replace(/\.ts$/, '.parts.ts')])
    .filter((path) => existsSync(path));
  const unreached = found.filter(({ path }) => files.includes(path));
  if (process.env['DRYDOCK_UPDATE_UNREACHED']) writeUnreached(files, unreached);
  const problems = compareUnreached(files, unreached, readUnreached());
  if (problems.length > 0) assert.fail(problems.join('\n'));
});

// After counting: all rules run here.
test(`the fixes bring no findings of other rules (part ${part} of ${parts})`, () => {
  const problems = own.flatMap((rule) =>
    readExamples(pathOf(rule)).examples.flatMap((example) =>
      broughtByFixes(rule, example).map(
        (brought) => `${pathOf(rule)}:${example.block.line}: a fix brings ${brought}`,
      ),
    ),
  );
  if (problems.length > 0) assert.fail(problems.join('\n'));
});

test(`no rule fails on a text that is cut off (part ${part} of ${parts})`, () => {
  for (const rule of own) {
    const tried = new Set<string>();
    const known = new Set<string>();
    for (const example of readExamples(pathOf(rule)).examples) {
      const run = runOf(rule, example);
      const { text } = parseMarked(example.source);
      for (const end of cutPlaces(text, known)) {
        const start = text.slice(0, end);
        // Examples begin alike; one with files is asked about them as well.
        if (!example.context && tried.has(start)) continue;
        tried.add(start);
        at(pathOf(rule), example, `the first ${end} characters`, () => run(start));
      }
    }
  }
});
