// Runs ShellCheck on many scripts at once: one process for each dialect and batch. If a batch fails, its scripts are tried
// one by one, so that one bad script costs no other its answer.
import { writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ShellBody } from '../../core/analysis/shellcheck/shell-body';
import type { FolderPath } from '../../workflow/checked-arguments';
import { troubleText } from '../../workflow/outcome-text';
import type { CancelSignal, Outcome, Run, Runner } from '../../workflow/run';
import { scriptName } from '../../workflow/tool';
import type { ScriptComments } from '../../workflow/tool';
import { english } from '../../workflow/translate';
import { withScratchFolder, withScratchFolderNow } from '../files/on-disk';
import { runNow } from '../processes/run-now';
import type { FoundLinter } from './find-shellcheck';
import type { KnownAnswers, ShellAnswer } from './known-answers';

/** Scripts of one run. Their names are short, so that they fit on a command line. */
const mostScripts = 100;
const mostText = 1_000_000;

/** Asks for what is not known yet, and keeps it. Waits; never throws. */
export function askNow(linter: FoundLinter, bodies: Iterable<ShellBody>, known: KnownAnswers): void {
  const run = (batch: Batch): Outcome<ScriptComments> =>
    withScratchFolderNow((folder) => {
      for (const [index, { text }] of batch.entries())
        writeFileSync(join(folder, scriptName(index)), text, { mode: 0o600 });
      return runNow(order(linter, batch), folder);
    });
  for (const batch of batches(known.unknown(bodies))) {
    const outcome = contained(() => run(batch));
    if (keep(batch, outcome, known)) continue;
    for (const body of batch)
      keep(
        [body],
        contained(() => run([body])),
        known,
        true,
      );
  }
}

/** The same for a server. A cancelled run keeps what it has so far. */
export async function askSoon(
  linter: FoundLinter,
  bodies: Iterable<ShellBody>,
  known: KnownAnswers,
  runner: Runner,
  signal: CancelSignal,
): Promise<void> {
  const run = (batch: Batch): Promise<Outcome<ScriptComments>> =>
    withScratchFolder(async (folder: FolderPath) => {
      await Promise.all(
        batch.map(({ text }, index) => writeFile(join(folder, scriptName(index)), text, { mode: 0o600 })),
      );
      return runner.run(order(linter, batch), { folder, signal });
    }).catch(failed);
  for (const batch of batches(known.unknown(bodies))) {
    const outcome = await run(batch);
    if (outcome.kind === 'cancelled') return;
    if (keep(batch, outcome, known)) continue;
    for (const body of batch) {
      const alone = await run([body]);
      if (alone.kind === 'cancelled') return;
      keep([body], alone, known, true);
    }
  }
}

type Batch = readonly ShellBody[];

function order({ tool, found }: FoundLinter, batch: Batch): Run<ScriptComments> {
  return tool.commands.check(found, { dialect: batch[0]?.dialect ?? 'sh', count: batch.length });
}

function batches(bodies: readonly ShellBody[]): readonly Batch[] {
  const all: ShellBody[][] = [];
  const open = new Map<ShellBody['dialect'], { batch: ShellBody[]; characters: number }>();
  for (const body of bodies) {
    let last = open.get(body.dialect);
    if (!last || last.batch.length === mostScripts || last.characters + body.text.length > mostText) {
      last = { batch: [], characters: 0 };
      open.set(body.dialect, last);
      all.push(last.batch);
    }
    last.batch.push(body);
    last.characters += body.text.length;
  }
  return all;
}

/** @param last whether there is nothing left to try @returns whether the answers are known now */
function keep(
  batch: Batch,
  outcome: Outcome<ScriptComments>,
  known: KnownAnswers,
  last = batch.length === 1,
): boolean {
  if (outcome.kind !== 'done' && !last) return false;
  for (const [index, body] of batch.entries()) {
    const answer: ShellAnswer =
      outcome.kind === 'done' ? (outcome.value[index] ?? []) : { problem: troubleText(outcome, english) };
    known.set(body, answer);
  }
  return true;
}

/** The scratch folder may be full. */
function contained(run: () => Outcome<ScriptComments>): Outcome<ScriptComments> {
  try {
    return run();
  } catch (error) {
    return failed(error);
  }
}

function failed(error: unknown): Outcome<never> {
  return { kind: 'failed', exit: undefined, said: error instanceof Error ? error.message : String(error) };
}
