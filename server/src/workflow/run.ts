// A command as data: what to run, how to read its output, who may run it, and how it can end. Nothing here starts a
// program; a runner does, and only trust hands one out.
import { isRecord } from '../core/text/record';
import type { FilePath } from './checked-arguments';

export type Stream = 'stdout' | 'stderr';

/** A program that was found, under the id of its tool. */
export interface Program {
  readonly id: string;
  /** Absolute path. */
  readonly program: string;
}

/**
 * One command of a tool.
 * `T`: what its answer is read into. `E`: what its reader tells while it runs.
 */
export interface Run<T, E = never> {
  readonly tool: Program;
  /** Reach the program as they are: no shell reads them, so nothing in them is quoted. */
  readonly args: readonly string[];
  /** Added to the environment of this process. */
  readonly env: Readonly<Record<string, string>>;
  /** Where the answer is. The text of a file replaces the standard output. */
  readonly answer: 'output' | { readonly file: FilePath };
  readonly limit: Limit;
  reader(): Reader<T, E>;
}

export interface Limit {
  /** Milliseconds; Infinity if only the user can tell when to stop. */
  readonly ms: number;
  /** Characters of the answer and of the errors together. */
  readonly characters: number;
}

/** Reads one answer. Neither method throws. */
export interface Reader<T, E = never> {
  /** @param text any part of what the program prints; characters are whole, lines may be cut */
  push(text: string, stream: Stream): readonly E[];
  /** @param exit exit status; undefined when a signal ended the program */
  end(exit: number | undefined): Reading<T>;
}

export type Reading<T> =
  | { readonly value: T }
  /** `said`: the reason that the program gave, if its last complaint is not it. */
  | { readonly unreadable: string; readonly said?: string };

/** How a run ended. Unreadable is not empty, and each way has its own text for the user. */
export type Outcome<T> = { readonly kind: 'done'; readonly value: T } | Trouble;

export type Trouble =
  /** It said no: an exit status other than 0 and no answer. `said`: why, on one line. */
  | { readonly kind: 'failed'; readonly exit: number | undefined; readonly said: string }
  /** It said yes, and the answer is not what it documents. */
  | { readonly kind: 'unreadable'; readonly why: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'timedOut'; readonly ms: number }
  | { readonly kind: 'tooMuch'; readonly characters: number }
  /** The program is not there. */
  | { readonly kind: 'missing'; readonly program: string };

/** The part of an AbortSignal that a runner needs. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

export interface RunOptions<E> {
  /** Absolute path of the folder in which it runs. */
  readonly folder: string;
  readonly onEvent?: (event: E) => void;
  readonly signal?: CancelSignal;
}

/** Carries a run out. Whoever holds one may start programs. */
export interface Runner {
  /** @returns never rejects */
  run<T, E>(run: Run<T, E>, options: RunOptions<E>): Promise<Outcome<T>>;
}

/** What a program printed, for people to see while it runs. */
export interface Printed {
  readonly kind: 'printed';
  readonly text: string;
  readonly stream: Stream;
}

export function isPrinted(event: unknown): event is Printed {
  return isRecord(event) && event['kind'] === 'printed';
}

/** A reader that never throws: a bug in it makes the answer unreadable instead. */
export function guarded<T, E>(reader: Reader<T, E>): Reader<T, E> {
  let broken: string | undefined;
  const attempt = <R>(action: () => R, otherwise: (why: string) => R): R => {
    if (broken !== undefined) return otherwise(broken);
    try {
      return action();
    } catch (error) {
      broken = String(error);
      return otherwise(broken);
    }
  };
  return {
    push: (text, stream) =>
      attempt<readonly E[]>(
        () => reader.push(text, stream),
        () => [],
      ),
    end: (exit) =>
      attempt<Reading<T>>(
        () => reader.end(exit),
        (unreadable) => ({ unreadable }),
      ),
  };
}

/**
 * What the end of a program means. An answer counts whatever the exit status: a scanner may end with an error
 * because its own configuration asks it to.
 * @param stderr the end of what it printed there
 */
export function judge<T>(reading: Reading<T>, exit: number | undefined, stderr: string): Outcome<T> {
  if ('value' in reading) return { kind: 'done', value: reading.value };
  if (exit === 0) return { kind: 'unreadable', why: reading.unreadable };
  return { kind: 'failed', exit, said: lastError(reading.said ?? stderr) };
}

/** The last line that complains, or the last at all: advice may follow the reason. */
function lastError(text: string): string {
  const lines = text.replace(/\u001b\[[0-9;]*m/g, '').split('\n');
  const said = lines.map((line) => line.trim()).filter((line) => line !== '');
  const line = [...said].reverse().find((one) => complaint.test(one)) ?? said.at(-1) ?? '';
  return withoutPrefix(line.slice(0, 1000)).slice(0, 500);
}

const complaint =
  /\b(?:error|fatal|fail(?:ed|ure)?|cannot|could not|can't|unable|denied|unauthorized|forbidden|refused|no such|not found|not known|unknown|does not exist|timeout)\b/i;

/** What programs write in front of an error: time, place and level. */
function withoutPrefix(line: string): string {
  const logged = /\bmsg="(.*)"$/.exec(line)?.[1]?.replaceAll('\\"', '"') ?? line;
  const text = logged
    .replace(/^(?:\[\d+\]|\d{4}-\d\d-\d\dT\S+|[*-])\s+/, '')
    .replace(/^(?:(?:FATAL|ERROR)[:\s]\s*|(?:Fatal error|fatal|Error|error)[:\t]\s*)+/, '')
    .trim();
  return text === '' ? line : text;
}
