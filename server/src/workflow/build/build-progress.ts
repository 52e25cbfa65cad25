// Follows a build by what it prints: the step that runs, and how long each took. Knows the same families of builders as
// `output-parser.ts`. BuildKit prints times itself; of the others the caller's clock is taken.
import { isRecord } from '../../core/text/record';
import type { Stream } from '../run';

/** A step of a build, as long as it runs. */
export interface RunningStep {
  /** As the builder names it: `RUN npm ci`. */
  readonly text: string;
  /** `build 3/7`, or `3/7` without a name of the stage. */
  readonly place: string;
  /** By the caller's clock, in milliseconds. */
  readonly since: number;
}

/** The builder of buildx that a build runs on. */
export interface BuilderInUse {
  readonly name: string;
  /** `docker`, `docker-container`, `kubernetes`, `remote`. */
  readonly driver: string;
}

/** How long an instruction took. */
export interface StepTime {
  /** The instruction as the builder prints it: values of variables may stand in it. */
  readonly text: string;
  readonly seconds: number;
  /** The builder had its result already. */
  readonly cached: boolean;
}

interface Known extends RunningStep {
  /** What tells steps that run side by side apart. */
  readonly key: string;
}

/** Longer texts are cut. */
const textLimit = 2000;
/** No build has as many steps: the rest is not followed. */
const most = 2000;

export class BuildProgress {
  readonly #partial: Record<Stream, string> = { stdout: '', stderr: '' };
  readonly #running = new Map<string, Known>();
  readonly #times: StepTime[] = [];
  #cached = false;
  #builder: BuilderInUse | undefined;

  /**
   * @param text any part of the output, cut anywhere
   * @param now milliseconds of any clock, never less than before
   */
  push(text: string, stream: Stream, now: number): void {
    const lines = (this.#partial[stream] + text).split('\n');
    this.#partial[stream] = (lines.pop() ?? '').slice(0, textLimit);
    for (const line of lines) this.#take(line.slice(0, textLimit).trimEnd(), now);
  }

  /** The step that has run longest; undefined between steps. */
  get running(): RunningStep | undefined {
    const [first] = this.#running.values();
    return first;
  }

  /** The steps that have ended so far, in the order of their ends. */
  get times(): readonly StepTime[] {
    return this.#times;
  }

  /** Undefined if the tool has no builders, or does not say it. */
  get builder(): BuilderInUse | undefined {
    return this.#builder;
  }

  /** The build has ended well: what still runs has ended, too. */
  end(now: number): void {
    for (const key of [...this.#running.keys()]) this.#endStep(key, now);
  }

  #take(line: string, now: number): void {
    const vertex = /^#(\d+) (.*)$/.exec(line);
    if (vertex) {
      this.#takeBuildkit(vertex[1] ?? '', vertex[2] ?? '', now);
      return;
    }
    const step =
      /^(?:\[(?<stage>\d+)\/\d+\] )?STEP (?<number>\d+)(?:\/(?<of>\d+))?: (?<text>.*)$/.exec(line) ??
      /^Step (?<number>\d+)\/(?<of>\d+) : (?<text>.*)$/.exec(line);
    if (step?.groups) {
      const { stage = '', number = '', of, text = '' } = step.groups;
      // buildah builds stages side by side if it is told to; each has one step at a time.
      this.#endStep(stage, now);
      this.#cached = false;
      this.#start({ key: stage, text, place: of === undefined ? number : `${number}/${of}`, since: now });
    } else if (/^ ?-+> Using cache\b/.test(line)) this.#cached = true;
  }

  #takeBuildkit(key: string, text: string, now: number): void {
    const [, builder, driver] = /^building with "([\w.-]+)" instance using ([\w-]+) driver/.exec(text) ?? [];
    if (builder !== undefined && driver !== undefined) this.#builder ??= { name: builder, driver };
    const [, stage, at, name] =
      /^\[(?:\w+\/[\w./]+(?:->\S+)? )?(?:(\S+) +)?(\d+\/\d+)\] (.*)$/.exec(text) ?? [];
    if (at !== undefined) {
      const place = stage === undefined || /^stage-\d+$/.test(stage) ? at : `${stage} ${at}`;
      if (!this.#running.has(key)) this.#start({ key, text: name ?? '', place, since: now });
      return;
    }
    const ended = /^(?:DONE (\d+(?:\.\d+)?)s|(CACHED)|ERROR: |CANCELED)/.exec(text);
    if (!ended) return;
    const [, seconds, cached] = ended;
    if (seconds === undefined && cached === undefined) this.#running.delete(key);
    else this.#endStep(key, now, { seconds: Number(seconds ?? 0), cached: cached !== undefined });
  }

  #start(step: Known): void {
    if (this.#times.length + this.#running.size < most) this.#running.set(step.key, step);
  }

  #endStep(key: string, now: number, said?: Pick<StepTime, 'seconds' | 'cached'>): void {
    const step = this.#running.get(key);
    if (!step) return;
    this.#running.delete(key);
    const { text, since } = step;
    this.#times.push({ text, ...(said ?? { seconds: (now - since) / 1000, cached: this.#cached }) });
  }
}

/** One line for a status: `build 3/7 RUN npm ci · 12 s`. */
export function progressText({ text, place, since }: RunningStep, now: number): string {
  const seconds = Math.max(0, Math.floor((now - since) / 1000));
  const time = seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return `${place} ${line.length > 60 ? `${line.slice(0, 59)}…` : line} · ${time}`;
}

/** The times of a build, where a step from the cache keeps the time that it took before. */
export function mergeTimes(before: readonly StepTime[], now: readonly StepTime[]): readonly StepTime[] {
  const known = new Map(before.map((one) => [one.text, one.seconds]));
  return now.map((one) => (one.cached ? { ...one, seconds: known.get(one.text) ?? one.seconds } : one));
}

/** Times as they were stored, with all that is not such a time left out. */
export function readTimes(stored: unknown): readonly StepTime[] {
  if (!Array.isArray(stored)) return [];
  return stored.filter(
    (one: unknown): one is StepTime =>
      isRecord(one) &&
      typeof one['text'] === 'string' &&
      typeof one['seconds'] === 'number' &&
      typeof one['cached'] === 'boolean',
  );
}
