// What real tools were asked and what they said: the form of the files in this folder, the runner that answers
// from them, and the runner that makes them.
import { readFileSync } from 'node:fs';
import { guarded, judge } from '../../server/src/workflow/run';
import type { Outcome, Run, Runner, RunOptions, Stream } from '../../server/src/workflow/run';

/** One file: all that a tool was asked in one scenario. */
export interface Recording {
  /** `tool`: by `npm run record`. `sample`: put together from an answer that the tool gave elsewhere, or documents. */
  readonly from: 'tool' | 'sample';
  /** As the tool says it; empty when it does not. */
  readonly version: string;
  readonly runs: readonly RecordedRun[];
  /** Of an image of `layers` in scenarios.ts. */
  readonly history?: readonly HistoryStep[];
}

/** As in the configuration of an image. */
export interface HistoryStep {
  readonly created_by: string;
  readonly empty_layer?: true;
}

export interface RecordedRun {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Undefined in the program, null in the file: a signal ended it. */
  readonly exit: number | null;
  /** In the order in which it came; the text of an answer file stands as `stdout` at the end. */
  readonly said: readonly (readonly [Stream, string])[];
}

/** Folders have other names on every machine: a sign that stands for each. */
export type Places = Readonly<Record<string, string>>;

export function readRecording(tool: string, scenario: string): Recording {
  return JSON.parse(readFileSync(`test/recordings/${tool}/${scenario}.json`, 'utf8')) as Recording;
}

/**
 * Answers from a recording. What was not asked when it was made finds no answer.
 * @param places what the signs in the recording stand for
 */
export function replaying(recording: Recording, places: Places): Runner {
  return {
    run: <T, E>(run: Run<T, E>, { onEvent }: RunOptions<E>): Promise<Outcome<T>> => {
      const asked = key(
        run.args.map((text) => hide(text, places)),
        run.env,
      );
      const recorded = recording.runs.find(({ args, env }) => key(args, env) === asked);
      if (!recorded) {
        const known = recording.runs.map(({ args, env }) => key(args, env)).join('\n');
        throw new Error(`no recording of\n${asked}\namong\n${known}\nRun npm run record.`);
      }
      const reader = guarded(run.reader());
      let errors = '';
      for (const [stream, hidden] of recorded.said) {
        const text = show(hidden, places);
        if (stream === 'stderr') errors += text;
        for (const event of reader.push(text, stream)) onEvent?.(event);
      }
      const exit = recorded.exit ?? undefined;
      return Promise.resolve(judge(reader.end(exit), exit, errors));
    },
  };
}

/** Lets another runner work and notes all of it. */
export function recording(
  runner: Runner,
  places: Places,
): { readonly runner: Runner; readonly runs: RecordedRun[] } {
  const runs: RecordedRun[] = [];
  const watched: Runner = {
    run: (run, options) => {
      const said: [Stream, string][] = [];
      return runner.run(
        {
          ...run,
          reader: () => {
            const reader = run.reader();
            return {
              push: (text, stream) => {
                const last = said.at(-1);
                if (last?.[0] === stream) last[1] += text;
                else said.push([stream, text]);
                return reader.push(text, stream);
              },
              end: (exit) => {
                runs.push({
                  args: run.args.map((text) => hide(text, places)),
                  env: run.env,
                  exit: exit ?? null,
                  said: said.map(([stream, text]) => [stream, hide(text, places)]),
                });
                return reader.end(exit);
              },
            };
          },
        },
        options,
      );
    },
  };
  return { runner: watched, runs };
}

function key(args: readonly string[], env: Readonly<Record<string, string>>): string {
  return [...Object.entries(env).map(([name, value]) => `${name}=${value}`), ...args].join(' ');
}

/** What is of one machine alone goes: its folders, and its kernel. */
function hide(text: string, places: Places): string {
  return Object.entries(places).reduce((result, [sign, path]) => result.replaceAll(path, `‹${sign}›`), text);
}

function show(text: string, places: Places): string {
  return Object.entries(places).reduce((result, [sign, path]) => result.replaceAll(`‹${sign}›`, path), text);
}
