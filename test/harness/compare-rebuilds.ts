// Compares what Drydock says of an edit with what a builder then takes from its cache.
import { appendFileSync, chmodSync, copyFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { IgnoreFile } from '../../server/src/core/analysis/context/ignore-file';
import { rebuiltBy } from '../../server/src/core/analysis/rebuild/rebuilt';
import { targetNamed } from '../../server/src/core/analysis/rebuild/steps';
import { buildModel } from '../../server/src/core/model/model';
import type { Model } from '../../server/src/core/model/model';
import { parse } from '../../server/src/core/syntax/parse';
import { TextFile } from '../../server/src/core/text/document';
import type { Builder, Steps } from './build-cache';
import type { Edit, Project } from './rebuild-cases';
import { makeFolder } from './workspace';

export interface Tally {
  /** Pairs of a Dockerfile and an edited file. */
  pairs: number;
  /** Pairs of which something is not known. */
  unknown: number;
  /** Steps of all pairs, and those that are not known. */
  steps: number;
  unknownSteps: number;
  /** Steps that ran. */
  ran: number;
  /** Projects and edits that do not build. */
  failed: number;
  /** Where both differ, with all that is needed to see why. */
  readonly wrong: string[];
}

export function newTally(): Tally {
  return { pairs: 0, unknown: 0, steps: 0, unknownSteps: 0, ran: 0, failed: 0, wrong: [] };
}

/** Builds a project, and again after each edit, which is undone then. @param busybox path of a static one */
export async function comparePairs(
  t: Pick<TestContext, 'after'>,
  project: Project,
  build: Builder,
  busybox: string,
  tally: Tally,
): Promise<void> {
  const { dockerfile, ignore, files, target, edits } = project;
  const all = { ...files, Dockerfile: dockerfile, ...(ignore && { [ignore.path]: ignore.text }) };
  const folder = makeFolder(t, all);
  copyFileSync(busybox, join(folder, 'busybox'));
  const first = await build(folder, target);
  if ('failed' in first) {
    tally.failed += 1;
    return;
  }
  const model = buildModel(parse(dockerfile), new TextFile(dockerfile));
  for (const edit of edits) {
    make(folder, edit, tally.pairs);
    const built = await build(folder, target);
    if ('failed' in built) tally.failed += 1;
    else count(tally, project, edit, foretold(model, project, edit), built);
    undo(folder, edit, files[edit.path]);
  }
  rmSync(folder, { recursive: true, force: true });
}

function make(folder: string, { path, kind }: Edit, number: number): void {
  const at = join(folder, path);
  if (kind === 'remove') rmSync(at);
  else if (kind === 'mode') chmodSync(at, 0o755);
  else if (kind === 'touch') utimesSync(at, 1_000_000, 1_000_000);
  else appendFileSync(at, `edit ${String(number)} of ${path}\n`);
}

function undo(folder: string, { path, kind }: Edit, text: string | undefined): void {
  const at = join(folder, path);
  if (text === undefined) rmSync(at);
  else if (kind === 'mode') chmodSync(at, 0o644);
  else writeFileSync(at, text);
}

type Level = 'stays' | 'may run' | 'runs';

/** By the names that the builder has for the steps. */
function foretold(model: Model, { ignore, target }: Project, { path, kind }: Edit): Map<string, Level> {
  const stage = targetNamed(model, target);
  if (!stage) throw new Error(`no stage ${target}`);
  const rules = ignore && new IgnoreFile(ignore.text);
  const change = { kind: 'places', places: [{ path, exact: true }], ignoreFile: false } as const;
  const { steps, rerun } = rebuiltBy(model, change, stage, rules);
  const levels = new Map(rerun.map(({ step, certain }) => [step, certain ? 'runs' : 'may run'] as const));
  const numbers = new Map<string, number>();
  return new Map(
    steps.map((step) => {
      const name = step.stage.name?.value ?? '';
      const number = (numbers.get(name) ?? 0) + 1;
      numbers.set(name, number);
      return [`${name} ${String(number)}`, kind === 'touch' ? 'stays' : (levels.get(step) ?? 'stays')];
    }),
  );
}

function count(tally: Tally, project: Project, edit: Edit, said: Map<string, Level>, built: Steps): void {
  tally.pairs += 1;
  let unknown = 0;
  for (const [step, level] of said) {
    const done = built.get(step);
    if (done === undefined) continue;
    tally.steps += 1;
    if (done === 'ran') tally.ran += 1;
    if (level === 'may run') unknown += 1;
    else if ((level === 'runs') !== (done === 'ran'))
      tally.wrong.push(
        `${edit.kind} ${edit.path}, target ${project.target}: ${step} ${done}, but Drydock says it ${level}\n` +
          `${project.dockerfile}${project.ignore ? `${project.ignore.path}:\n${project.ignore.text}` : ''}`,
      );
  }
  for (const step of built.keys())
    if (!said.has(step)) tally.wrong.push(`${step} is not known\n${project.dockerfile}`);
  tally.unknownSteps += unknown;
  if (unknown > 0) tally.unknown += 1;
}
