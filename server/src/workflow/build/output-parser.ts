// Reads the output of builders, or any log that holds it, and keeps what says where and why a build failed. Knows BuildKit
// with `--progress=plain` (since 0.9 it prints the failing lines, before that only the step), on a terminal, and with
// `rawjson`, docker's old builder, buildah, podman and kaniko. Takes text as it comes; memory stays small however long it is.
import type { Stream } from '../run';
import type { BuildFailure, FailedStep } from './failure';
import { isEnd, mayBeEnd, reason } from './failure-reason';
import { KeptLines } from './kept-lines';
import { LogLines, withoutColours } from './log-lines';
import { RawJson } from './raw-json';

export type { BuildFailure, FailedStep } from './failure';

/** Steps that run side by side; more are not told apart. */
const mostRunning = 2000;

export class BuildOutputParser {
  readonly #lines: Record<Stream, LogLines> = { stdout: new LogLines(), stderr: new LogLines() };
  readonly #json = new RawJson();
  #family: BuildFailure['family'] = 'unknown';
  #output = new KeptLines();
  #step: FailedStep | undefined;
  /** What ends the build, as only builders say it, and as any program may. */
  #end: string | undefined;
  #error: string | undefined;
  /** What comes now is said by those who called the builder. */
  #ended = false;
  /** BuildKit: the block with the failing lines. */
  #source: { first: number; last: number } | undefined;
  #place: 'log' | 'header' | 'source' | 'repeated' = 'log';
  #header: { readonly file: string; readonly line: number } | undefined;
  #file: string | undefined;
  #buildkitError: string | undefined;
  #keptInCache = false;
  /** BuildKit: the last lines of each step that is running, by its number; steps run side by side. */
  readonly #running = new Map<string, KeptLines>();
  /** BuildKit: what each step is. */
  readonly #names = new Map<string, string>();
  /** BuildKit: what it repeats of the failing step's output. */
  #repeated = new KeptLines();

  /** @param text any part of the output, cut anywhere */
  push(text: string, stream: Stream): void {
    for (const line of this.#lines[stream].push(text)) this.#take(line);
  }

  /** BuildKit has said that it stores the result nowhere. */
  get keptInCache(): boolean {
    return this.#keptInCache;
  }

  /** @returns what went wrong, for a build that ended without success */
  failure(): BuildFailure {
    for (const stream of ['stdout', 'stderr'] as const)
      for (const line of this.#lines[stream].end()) this.#take(line);
    const ending = this.#end ?? this.#buildkitError ?? this.#error ?? '';
    const { message, exitCode, command } = reason(ending, this.#step);
    const printed = this.#output.lines();
    const output = printed.length > 0 ? printed : this.#repeated.lines();
    return {
      family: this.#family,
      message,
      // Said by the builder, so not by the step.
      output: this.#end === undefined && output.at(-1) === ending ? output.slice(0, -1) : output,
      ...(exitCode === undefined ? {} : { exitCode }),
      ...(command === undefined ? {} : { command }),
      ...(this.#source ? { lines: this.#source } : {}),
      ...(this.#file === undefined ? {} : { file: this.#file }),
      ...(this.#step ? { step: this.#step } : {}),
    };
  }

  #take(line: string): void {
    const isJson = line.startsWith('{');
    const said = isJson ? this.#json.read(line) : undefined;
    if (said) for (const one of said) this.#takeLog(withoutColours(one));
    else if (isJson) this.#takeLine(withoutColours(line));
    else this.#takeLine(line);
  }

  #takeLine(line: string): void {
    if (this.#place === 'log' || !this.#takeBlock(line)) this.#takeLog(line);
  }

  /** @returns false when the block has ended and the line is to be read as any other */
  #takeBlock(line: string): boolean {
    if (this.#place === 'repeated') {
      if (line === '------') this.#place = 'log';
      else this.#repeated.push(line.replace(/^(?:#\d+ )?\d+\.\d+ /, ''));
      return true;
    }
    if (this.#place === 'header') {
      this.#place = /^-{20}$/.test(line) ? 'source' : 'log';
      if (this.#place === 'log' || !this.#header) return false;
      const { file, line: at } = this.#header;
      this.#source = { first: at, last: at };
      this.#file = file;
      return true;
    }
    const marked = /^ *(\d+) \| >>>/.exec(line);
    if (marked && this.#source) {
      const at = Number(marked[1]) - 1;
      this.#source = { first: Math.min(this.#source.first, at), last: Math.max(this.#source.last, at) };
    }
    if (/^-{20}$/.test(line)) this.#place = 'log';
    return true;
  }

  #takeLog(line: string): void {
    let found: RegExpExecArray | null;
    if ((found = /^#(\d+) (.*)$/.exec(line))) {
      this.#takeBuildkit(found[1] ?? '', found[2] ?? '');
      return;
    }
    if ((found = /^ ?> (\[.*|resolve image config .*|importing .*|exporting .*):$/.exec(line))) {
      // BuildKit repeats the failing step and, since 0.9, the end of its output between dashes.
      this.#isBuildkit();
      this.#step = buildkitStep(found[1] ?? '');
      this.#place = 'repeated';
      this.#repeated = new KeptLines();
      return;
    }
    if (this.#family === 'buildkit' && (found = /^(\S.*):(\d+)$/.exec(line))) {
      this.#header = { file: found[1] ?? '', line: Number(found[2]) - 1 };
      this.#place = 'header';
      return;
    }
    // On a terminal.
    if (/^ ?=> |^\[\+\] Building /.test(line)) {
      this.#isBuildkit();
      return;
    }
    if (this.#takeStep(line)) return;
    if (/^WARNING: No output specified\b/.test(line)) this.#keptInCache = true;
    if (isEnd(line)) {
      // Errors come on another stream, so perhaps too early.
      this.#end = line;
      this.#ended = true;
    } else if (!this.#ended) {
      if (mayBeEnd(line)) this.#error = line;
      if (this.#family !== 'buildkit') this.#output.push(line);
    }
  }

  /** @returns whether the line begins a step */
  #takeStep(line: string): boolean {
    let found: RegExpExecArray | null;
    if ((found = /^Step (\d+)\/\d+ : (.*)$/.exec(line)))
      this.#begin('legacy', { number: Number(found[1]), text: found[2] ?? '' });
    else if ((found = /^(?:\[(\d+)\/\d+\] )?STEP (\d+)(?:\/\d+)?: (.*)$/.exec(line))) {
      const stageNumber = found[1] === undefined ? {} : { stageNumber: Number(found[1]) };
      this.#begin('buildah', { number: Number(found[2]), text: found[3] ?? '', ...stageNumber });
    } else if ((found = /^INFO\[\d+\] ((?:RUN|COPY|ADD|WORKDIR|ENV|ARG|USER|LABEL) .*)$/.exec(line)))
      this.#begin('kaniko', { text: found[1] ?? '' });
    return found !== null;
  }

  /** What came before is not of the step. */
  #isBuildkit(): void {
    if (this.#family !== 'buildkit') this.#output = new KeptLines();
    this.#family = 'buildkit';
  }

  #takeBuildkit(vertex: string, text: string): void {
    this.#isBuildkit();
    const printed = /^\d+\.\d+ (.*)$/.exec(text)?.[1];
    if (printed !== undefined) {
      const lines = this.#running.get(vertex) ?? new KeptLines();
      lines.push(printed);
      if (this.#running.size < mostRunning) this.#running.set(vertex, lines);
    } else if (text.startsWith('ERROR: ')) {
      this.#buildkitError = text.slice('ERROR: '.length);
      this.#output = this.#running.get(vertex) ?? new KeptLines();
      const name = this.#names.get(vertex);
      if (name !== undefined) this.#step = buildkitStep(name);
    } else if (text.startsWith('[') && this.#names.size < mostRunning) {
      this.#names.set(vertex, text);
    } else if (/^(?:DONE|CACHED|CANCELED)/.test(text)) {
      this.#running.delete(vertex);
    }
  }

  #begin(family: BuildFailure['family'], step: FailedStep): void {
    this.#family = family;
    this.#step = step;
    this.#output = new KeptLines();
    this.#ended = false;
    this.#error = undefined;
  }
}

/** `[linux/amd64 build 2/5] RUN make`; bake and Compose put the name of the target before that of the stage. */
function buildkitStep(name: string): FailedStep {
  const found = /^\[(?:\w+\/[\w./]+(?:->\S+)? )?(?:(\S+) +){0,2}(\d+)\/\d+\] (.*)$/.exec(name);
  if (!found) return { text: name.replace(/^\[\S+ internal\] /, '[internal] ') };
  const stageName = found[1] === undefined ? {} : { stageName: found[1] };
  return { text: found[3] ?? '', number: Number(found[2]), ...stageName };
}
