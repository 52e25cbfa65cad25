// Proves what the safe fixes of each rule change, by what the builder would build before and after.
import type { Config } from '../../src/core/lint/config';
import { noFacts } from '../../src/core/lint/facts';
import { fixAll } from '../../src/core/lint/fix';
import { lint } from '../../src/core/lint/run';
import type { Rule } from '../../src/core/lint/rule';
import { diff } from '../../src/core/text/diff';
import { parse } from '../../src/core/syntax/parse';
import { readExamples } from '../../../test/harness/examples';
import { parseMarked } from '../../../test/harness/marked';
import { runOf } from '../../../test/harness/rule-check';
import type { CollectedFile } from './collection';
import { askOracle } from './oracle';
import type { Answer } from './oracle';
import { fixDiff, table } from './show';

type Effect = NonNullable<Rule['effect']>;

interface Fixed {
  readonly file: CollectedFile;
  readonly after: string;
}

interface Proof {
  readonly markdown: string;
  /** No fix changes more than its rule declares. */
  readonly ok: boolean;
}

/** Each effect allows what those before it do. */
const order: readonly Effect[] = ['identical', 'config', 'declared'];

/** @param oracle as `askOracle` takes it; it has to print `targets` */
export function proveEffects(
  files: readonly CollectedFile[],
  rules: readonly Rule[],
  config: Config,
  oracle: readonly string[],
): Proof {
  const rows: (string | number)[][] = [];
  const wrong: string[] = [];
  for (const rule of rules) {
    if (rule.fix !== 'safe') continue;
    const fixed = fixedBy(rule, files, config);
    const answers = askOracle(
      oracle,
      fixed.flatMap(({ file, after }) => [file.text, after]),
    );
    const seen = { repaired: 0, identical: 0, config: 0, declared: 0, more: 0 };
    fixed.forEach((one, index) => {
      const [before, after] = [answers[2 * index], answers[2 * index + 1]];
      if (!before || !after) return;
      const effect = effectOf(one, before, after);
      seen[effect] += 1;
      const allowed =
        effect === 'repaired' ||
        (effect !== 'more' && order.indexOf(effect) <= order.indexOf(rule.effect ?? 'identical'));
      if (!allowed)
        wrong.push(
          `\n### ${rule.id} in ${one.file.name} ${one.file.number}: ${effect}, declared ${rule.effect ?? 'nothing'}\n\n\`\`\`diff\n${fixDiff(one.file.text, { edits: diff(one.file.text, one.after) })}\n\`\`\``,
        );
    });
    rows.push([rule.id, rule.effect ?? '–', fixed.length, ...Object.values(seen)]);
  }
  const head = ['Rule', 'Declared', 'Files', 'Refused before', 'Identical', 'Configuration', 'Steps', 'More'];
  return {
    markdown: [`## Effects of safe fixes\n`, table(head, rows), ...wrong].join('\n') + '\n',
    ok: wrong.length === 0,
  };
}

/** In the collection and in the rule's own examples, which have what real files rarely have. */
function fixedBy(rule: Rule, files: readonly CollectedFile[], config: Config): readonly Fixed[] {
  const { examples } = readExamples(`server/src/rules/${rule.id}.ts`);
  const own = examples.flatMap((example) => {
    if (example.kind === 'good') return [];
    const { text } = parseMarked(example.source);
    return [{ file: { number: example.block.line, name: rule.id, text }, run: runOf(rule, example) }];
  });
  const theirs = files.map((file) => ({ file, run: (now: string) => lint(now, [rule], config, noFacts) }));
  return [...own, ...theirs].flatMap(({ file, run }) => {
    const { text } = fixAll(file.text, run, { safety: 'safe' });
    return text === file.text ? [] : [{ file, after: text }];
  });
}

/** `more`: the builder refuses the result, or steps differ that the edit did not touch. */
function effectOf({ file, after: text }: Fixed, before: Answer, after: Answer): Effect | 'repaired' | 'more' {
  if (before.error !== undefined) return 'repaired';
  if (after.error !== undefined || after.targets.length !== before.targets.length) return 'more';
  const pairs = before.targets.map((target, index) => [target, after.targets[index] ?? target] as const);
  const sameConfig = pairs.every(([one, other]) => one.config === other.config);
  if (pairs.every(([one, other]) => one.graph === other.graph)) return sameConfig ? 'identical' : 'config';
  const { gone, come } = touched(file.text, text);
  const limited = pairs.every(
    ([one, other]) => without(one.steps, other.steps) <= gone && without(other.steps, one.steps) <= come,
  );
  return limited ? 'declared' : 'more';
}

/** How many instructions of each text the other one does not have. */
function touched(before: string, after: string): { readonly gone: number; readonly come: number } {
  const [old, now] = [before, after].map((text) =>
    parse(text).instructions.map(({ span }) => text.slice(span.start, span.end)),
  );
  return { gone: without(old ?? [], now ?? []), come: without(now ?? [], old ?? []) };
}

/** The number of items that a list has more often than another one. */
function without(items: readonly string[], others: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const item of others) counts.set(item, (counts.get(item) ?? 0) + 1);
  let left = 0;
  for (const item of items) {
    const count = counts.get(item) ?? 0;
    if (count === 0) left += 1;
    else counts.set(item, count - 1);
  }
  return left;
}
