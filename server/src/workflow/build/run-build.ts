// Runs a build with an engine: one of a file at a time, with the times of its steps and the image that it left.
import type { FilePath } from '../checked-arguments';
import type { CancelSignal, Outcome, Printed, Run, Runner } from '../run';
import type { Engine, FoundTool, Machine } from '../tool';
import type { Translate } from '../translate';
import { BuildProgress } from './build-progress';
import type { BuilderInUse, StepTime } from './build-progress';
import type { BuildChoice, BuildEnd } from './build-run';
import type { StoredImage } from './stored-image';

/** Everything that a build needs, before it starts. */
export interface PlannedBuild {
  readonly engine: Engine;
  readonly found: FoundTool;
  readonly choice: BuildChoice;
  readonly run: Run<BuildEnd, Printed>;
  /** Sentences to be said before it starts: why it will probably fail. */
  readonly warning?: string;
}

/** How a build ended, with what it took. */
export interface EndedBuild {
  readonly outcome: Outcome<BuildEnd>;
  readonly steps: readonly StepTime[];
  /** Where buildx built it; undefined for other engines. */
  readonly builder: BuilderInUse | undefined;
  /** What the engine has under the name; undefined if the build failed, or if it keeps images elsewhere. */
  readonly image: StoredImage | undefined;
}

export interface BuildOptions {
  /** Gets what the builder prints, as it comes. */
  readonly print: (text: string) => void;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  readonly signal?: CancelSignal | undefined;
  readonly t: Translate;
}

/** Runs a planned build. */
export async function runBuild(
  { engine, found, choice, run, warning }: PlannedBuild,
  machine: Pick<Machine, 'runner' | 'lockBuild'>,
  { print, now, signal, t }: BuildOptions,
): Promise<EndedBuild> {
  const progress = new BuildProgress();
  if (warning !== undefined) print(`${warning}\n`);
  const ended = await oneAtATime(machine, choice.dockerfile, t).run(run, {
    folder: choice.context,
    onEvent: ({ text, stream }) => {
      progress.push(text, stream, now());
      print(text);
    },
    ...(signal && { signal }),
  });
  const outcome = withoutReason(ended) ? signalled : ended;
  const built = outcome.kind === 'done' && outcome.value.kind === 'built';
  if (built) progress.end(now());
  const kept = built && outcome.value.stored && choice.push !== true;
  const looked = kept
    ? await machine.runner.run(engine.commands.inspect(found, choice.tag), { folder: choice.context })
    : undefined;
  const { times: steps, builder } = progress;
  return { outcome, steps, builder, image: looked?.kind === 'done' ? looked.value : undefined };
}

const signalled: Outcome<BuildEnd> = { kind: 'failed', exit: undefined, said: '' };

/** Whether a signal ended the builder before it had a reason of its own: that says nothing of the file. */
function withoutReason(outcome: Outcome<BuildEnd>): boolean {
  if (outcome.kind !== 'done' || outcome.value.kind !== 'stopped') return false;
  const { exit, failure } = outcome.value;
  return exit === undefined && failure.message === '' && failure.exitCode === undefined;
}

/** A runner for the builds of one file: while another process builds it, a run fails and says so. */
export function oneAtATime(
  { runner, lockBuild }: Pick<Machine, 'runner' | 'lockBuild'>,
  dockerfile: FilePath,
  t: Translate,
): Runner {
  return {
    run: async (run, options) => {
      const lock = lockBuild(dockerfile);
      if ('heldBy' in lock) {
        const said = t(
          'process {0} is building {1} at the moment. Wait for it, or end it',
          lock.heldBy,
          dockerfile,
        );
        return { kind: 'failed', exit: undefined, said };
      }
      try {
        return await runner.run(run, options);
      } finally {
        lock.release();
      }
    },
  };
}
