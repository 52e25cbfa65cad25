// Running things in tests: a question to a program, runners whose answers are written down, and a machine with
// only the programs that a test puts there.
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { machineAt } from '../../server/src/io/processes/machine';
import { SpawnRunner } from '../../server/src/io/processes/spawn-runner';
import { wholeAnswer } from '../../server/src/workflow/readers';
import type { Answer } from '../../server/src/workflow/readers';
import { guarded, judge } from '../../server/src/workflow/run';
import type { Outcome, Run, Runner, RunOptions } from '../../server/src/workflow/run';
import type { Machine } from '../../server/src/workflow/tool';
import { makeFolder } from './workspace';

export interface Question {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A run whose answer is all that the program says. */
export function question(
  { program, args, env = {} }: Question,
  limit = { ms: 20_000, characters: 10_000_000 },
): Run<Answer> {
  const reader = (): ReturnType<typeof wholeAnswer<Answer>> => wholeAnswer((value) => ({ value }));
  return { tool: { id: 'test', program }, args, env, answer: 'output', limit, reader };
}

/** Asks a program. Without an answer the exit status is undefined and the reason stands among the errors. */
export async function ask(asked: Question, folder = '/', ms = 20_000): Promise<Answer> {
  const outcome = await new SpawnRunner().run(question(asked, { ms, characters: 10_000_000 }), { folder });
  return outcome.kind === 'done'
    ? outcome.value
    : { exit: undefined, stdout: '', stderr: JSON.stringify(outcome) };
}

/** The real machine, with further variables for every run. */
export function machineWithEnvironment(more: Readonly<Record<string, string>>): Machine {
  const runner = new SpawnRunner();
  return {
    ...machineAt({ env: { ...process.env, ...more }, platform: process.platform }),
    runner: { run: (run, options) => runner.run({ ...run, env: { ...run.env, ...more } }, options) },
  };
}

/** What a program would have said. */
export type Said = Partial<Answer> | Exclude<Outcome<never>, { readonly kind: 'done' }>;

/**
 * Answers without starting anything.
 * @param answer what the program says to these arguments
 * @param asked is given the arguments of each run
 */
export function scripted(answer: (run: Run<unknown, unknown>) => Said, asked: string[][] = []): Runner {
  return {
    run: <T, E>(run: Run<T, E>, { onEvent }: RunOptions<E>): Promise<Outcome<T>> => {
      asked.push([...run.args]);
      const said = answer(run);
      if ('kind' in said) return Promise.resolve(said);
      const { exit = 0, stdout = '', stderr = '' } = said;
      const reader = guarded(run.reader());
      const events = [...reader.push(stdout, 'stdout'), ...reader.push(stderr, 'stderr')];
      for (const event of events) onEvent?.(event);
      return Promise.resolve(judge(reader.end(exit), exit, stderr));
    },
  };
}

/** A folder with these programs and nothing else on its PATH: those of the real machine are not found. */
export function machineWith(
  t: TestContext,
  programs: Readonly<Record<string, string>>,
  more: { readonly env?: Readonly<Record<string, string>>; readonly platform?: string } = {},
): { readonly machine: Machine; readonly folder: string } {
  const folder = makeFolder(t);
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(folder, name), script);
    chmodSync(join(folder, name), 0o755);
  }
  const env = { PATH: folder, ...more.env };
  return { folder, machine: machineAt({ env, platform: more.platform ?? 'linux', usual: [] }) };
}
