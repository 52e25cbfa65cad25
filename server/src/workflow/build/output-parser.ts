// Reads the output of builders and keeps what says where a build failed. Knows four families:
// BuildKit with `--progress=plain` (since 0.9 it prints the failing lines, before that only the step), docker's
// old builder, and buildah and podman. Takes text as it comes; memory stays small however long the log is.
import type { Stream } from '../run';

export interface FailedStep {
  /** The instruction as the builder prints it. */
  readonly text: string;
  /** Counted by the builder from 1; see `locate-failure.ts` for what each family counts. */
  readonly number?: number;
  /** Name of the stage, or `stage-N`, as BuildKit prints it. */
  readonly stageName?: string;
  /** Number of the stage counted from 1, as buildah prints it. */
  readonly stageNumber?: number;
}

export interface BuildFailure {
  readonly family: 'buildkit' | 'legacy' | 'buildah' | 'unknown';
  /** The builder's own reason, without its prefixes; empty when the reason is the exit code alone. */
  readonly message: string;
  /** Exit code of the command that failed inside the build. */
  readonly exitCode?: number;
  /** Zero-based lines that the builder itself names. */
  readonly lines?: { readonly first: number; readonly last: number };
  readonly step?: FailedStep;
  /** The last lines that the failing step printed. */
  readonly output: readonly string[];
}

/** Longer lines are cut: nothing that matters comes after this many characters. */
const lineLimit = 8192;
const outputLines = 8;

const colours = /\u001b\[[0-9;?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g;

export class BuildOutputParser {
  readonly #partial: Record<Stream, string> = { stdout: '', stderr: '' };
  #family: BuildFailure['family'] = 'unknown';
  #output: string[] = [];
  #step: FailedStep | undefined;
  #error: string | undefined;
  /** BuildKit: the block with the failing lines. */
  #source: { first: number; last: number } | undefined;
  #place: 'log' | 'header' | 'source' | 'repeated' = 'log';
  #headerLine = 0;
  #buildkitError: string | undefined;
  #keptInCache = false;
  /** BuildKit: the last lines of each step that is running, by its number; steps run side by side. */
  readonly #running = new Map<string, string[]>();

  /** @param text any part of the output, cut anywhere */
  push(text: string, stream: Stream): void {
    const lines = (this.#partial[stream] + text).split('\n');
    this.#partial[stream] = (lines.pop() ?? '').slice(0, lineLimit);
    for (const line of lines) this.#take(line);
  }

  /** BuildKit has said that it stores the result nowhere. */
  get keptInCache(): boolean {
    return this.#keptInCache;
  }

  /** @returns what went wrong, for a build that ended without success */
  failure(): BuildFailure {
    for (const stream of ['stdout', 'stderr'] as const) {
      if (this.#partial[stream]) this.#take(this.#partial[stream]);
      this.#partial[stream] = '';
    }
    const { message, exitCode } = reason(this.#error ?? this.#buildkitError ?? '', this.#step);
    return {
      family: this.#family,
      message,
      output: this.#output,
      ...(exitCode === undefined ? {} : { exitCode }),
      ...(this.#source ? { lines: this.#source } : {}),
      ...(this.#step ? { step: this.#step } : {}),
    };
  }

  #take(raw: string): void {
    const line = raw.slice(0, lineLimit).replace(colours, '').trimEnd();
    if (this.#place !== 'log' && this.#takeBlock(line)) return;
    this.#takeLog(line);
  }

  /** @returns false when the block has ended and the line is to be read as any other */
  #takeBlock(line: string): boolean {
    if (this.#place === 'repeated') {
      if (line === '------') this.#place = 'log';
      return true;
    }
    if (this.#place === 'header') {
      this.#place = /^-{20}$/.test(line) ? 'source' : 'log';
      if (this.#place === 'log') return false;
      this.#source = { first: this.#headerLine, last: this.#headerLine };
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
    if ((found = /^ > (\[.*|resolve image config .*|importing .*|exporting .*):$/.exec(line))) {
      // BuildKit repeats the failing step and, since 0.9, the end of its output between dashes.
      this.#family = 'buildkit';
      this.#step = buildkitStep(found[1] ?? '');
      this.#place = 'repeated';
      return;
    }
    if (this.#family === 'buildkit' && (found = /^\S.*:(\d+)$/.exec(line))) {
      this.#headerLine = Number(found[1]) - 1;
      this.#place = 'header';
      return;
    }
    if ((found = /^Step (\d+)\/\d+ : (.*)$/.exec(line))) {
      this.#begin('legacy', { number: Number(found[1]), text: found[2] ?? '' });
      return;
    }
    if ((found = /^(?:\[(\d+)\/\d+\] )?STEP (\d+)(?:\/\d+)?: (.*)$/.exec(line))) {
      const stageNumber = found[1] === undefined ? {} : { stageNumber: Number(found[1]) };
      this.#begin('buildah', { number: Number(found[2]), text: found[3] ?? '', ...stageNumber });
      return;
    }
    if (/^WARNING: No output specified\b/.test(line)) this.#keptInCache = true;
    if (isError(line)) this.#error = line;
    else if (this.#family !== 'buildkit') keep(line, this.#output);
  }

  #takeBuildkit(vertex: string, text: string): void {
    this.#family = 'buildkit';
    const printed = /^\d+\.\d+ (.*)$/.exec(text)?.[1];
    if (printed !== undefined) {
      const lines = this.#running.get(vertex) ?? [];
      keep(printed, lines);
      this.#running.set(vertex, lines);
    } else if (text.startsWith('ERROR: ')) {
      this.#buildkitError = text.slice('ERROR: '.length);
      this.#output = this.#running.get(vertex) ?? [];
    } else if (/^(?:DONE|CACHED|CANCELED)/.test(text)) {
      this.#running.delete(vertex);
    }
  }

  #begin(family: 'legacy' | 'buildah', step: FailedStep): void {
    this.#family = family;
    this.#step = step;
    this.#output = [];
  }
}

function keep(line: string, lines: string[]): void {
  // What the builders themselves say between the lines of a step.
  if (/^\s*$|^ ?-+>|^-+$|^subprocess exited with status|^time="/.test(line)) return;
  lines.push(line.slice(0, 400));
  if (lines.length > outputLines) lines.shift();
}

/** Lines with which the builders end. A command inside may print the same; the last one counts. */
function isError(line: string): boolean {
  return (
    /^(?:ERROR|Error|error):? /.test(line) ||
    /^The command '.*' returned a non-zero code: \d+$/.test(line) ||
    /^(?:COPY|ADD) failed: /.test(line) ||
    /^(?:building at STEP "|failed to solve|executor failed running \[)/.test(line) ||
    /dockerfile parse error/i.test(line) ||
    /^(?:Cannot connect to the Docker daemon|unable to prepare context|pull access denied|Get "https?:)/.test(
      line,
    )
  );
}

/** `[linux/amd64 build 2/5] RUN make` */
function buildkitStep(name: string): FailedStep {
  const found = /^\[(?:\w+\/[\w./]+(?:->\S+)? )?(?:(\S+) +)?(\d+)\/\d+\] (.*)$/.exec(name);
  if (!found) return { text: name };
  const stageName = found[1] === undefined ? {} : { stageName: found[1] };
  return { text: found[3] ?? '', number: Number(found[2]), ...stageName };
}

const prefixes =
  /^(?:(?:ERROR|Error|error):? |failed to build: |failed to solve(?: with frontend \S+)?: |failed to create LLB definition: |failed to compute cache key: |rpc error: code = \w+ desc = |Error response from daemon: |response from daemon: |Build error: |building at STEP )/;

function reason(error: string, step: FailedStep | undefined): { message: string; exitCode?: number } {
  let message = error;
  for (let before = ''; before !== message;) {
    before = message;
    message = message.replace(prefixes, '');
    // buildah and podman quote the instruction, which may hold quotes and colons itself.
    const quoted = step && `"${step.text}": `;
    if (quoted && message.startsWith(quoted)) message = message.slice(quoted.length);
    else if (/^"[A-Z]+ /.test(message))
      message = message.slice(message.lastIndexOf('": ') + 1).replace(/^: /, '');
  }
  const ended =
    /^process ".*" did not complete successfully: exit code: (\d+)$/.exec(message) ??
    /^executor failed running \[.*\]: exit code: (\d+)$/.exec(message) ??
    /^The command '.*' returned a non-zero code: (\d+)$/.exec(message) ??
    /^(?:while running runtime: )?exit status (\d+)$/.exec(message);
  if (ended) return { message: '', exitCode: Number(ended[1]) };
  return { message: message.replace(/ &imagebuilder\.Step\{.*$/, '').slice(0, 1000) };
}
