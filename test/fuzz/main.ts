// npm run fuzz: texts nobody would write, until the time is over.
import { parseArgs } from 'node:util';
import { seededRandom } from '../harness/random';
import { checkFrozen, checkText } from './check';
import { tooSlow } from './linearity';
import { mutate } from './mutate';
import { seedTexts } from './seeds';
import { shrink } from './shrink';

const usage = `Usage: npm run fuzz -- [MINUTES] [--seed N]

Changes the examples of all rules at random and checks what has to hold for any text: nothing throws, every
edit fits, fix-all settles and adds no syntax problem, safe fixes keep every comment, no rule changes the model,
and ten times the text takes about ten times as long. Prints the least text for every mistake it finds.

  MINUTES     how long (default 5)
  --seed N    repeat a run (default: another one each time)
`;

/** What makes two mistakes the same: the first line of what was said, without numbers. */
function kindOf(error: unknown): string {
  const text =
    error instanceof Error
      ? `${error.message}\n${/at .*/.exec(error.stack ?? '')?.[0] ?? ''}`
      : String(error);
  return text.replaceAll(/\d+/g, 'N');
}

function mistakeIn(text: string): { readonly kind: string; readonly error: unknown } | undefined {
  try {
    checkText(text);
    checkFrozen(text);
    return undefined;
  } catch (error) {
    return { kind: kindOf(error), error };
  }
}

/** @returns the exit status: 1 when a mistake was found */
export function main(argv: readonly string[]): number {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { seed: { type: 'string' }, help: { type: 'boolean', default: false } },
  });
  const minutes = Number(positionals[0] ?? 5);
  if (values.help || !(minutes > 0)) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  console.log(`seed ${seed}, ${minutes} minutes`);
  const random = seededRandom(seed);
  const texts = seedTexts();
  const known = new Set<string>();
  const end = Date.now() + minutes * 60_000;
  let said = Date.now();
  let rounds = 0;
  for (; Date.now() < end; rounds += 1) {
    const text = mutate(texts[Math.floor(random() * texts.length)] ?? '', texts, random);
    const mistake = mistakeIn(text);
    if (mistake && !known.has(mistake.kind)) {
      known.add(mistake.kind);
      report(
        `round ${rounds}`,
        shrink(text, (candidate) => mistakeIn(candidate)?.kind === mistake.kind),
        mistake.error,
      );
    }
    if (rounds % 500 === 0) {
      const ratio = tooSlow(text);
      if (ratio !== undefined) {
        known.add(`slow ${rounds}`);
        report(`round ${rounds}`, text, `ten times this text takes ${ratio.toFixed(0)} times as long`);
      }
    }
    if (Date.now() - said > 30_000) {
      said = Date.now();
      console.log(`${rounds} texts, ${known.size} mistakes`);
    }
  }
  console.log(`${rounds} texts, ${known.size} mistakes, seed ${seed}`);
  return known.size > 0 ? 1 : 0;
}

function report(where: string, text: string, error: unknown): void {
  console.log(`\n── ${where} ──\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  console.log(`in ${JSON.stringify(text)}\n${text}\n`);
}
