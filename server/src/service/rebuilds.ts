// What a build runs again after a change of files, as plain data: for `--format json`, the editor and agents. Pure: the
// text, the ignore file and the paths in, data out.
import { IgnoreFile } from '../core/analysis/context/ignore-file';
import { rebuiltBy, rebuiltByInstruction } from '../core/analysis/rebuild/rebuilt';
import type { Rebuild } from '../core/analysis/rebuild/rebuilt';
import { reasonText } from '../core/analysis/rebuild/reason';
import { targetNamed } from '../core/analysis/rebuild/steps';
import type { Step } from '../core/analysis/rebuild/steps';
import type { Place } from '../core/analysis/rebuild/taken';
import { buildModel } from '../core/model/model';
import type { Model, Stage } from '../core/model/model';
import { parse } from '../core/syntax/parse';
import { TextFile } from '../core/text/document';

/** Files that changed, by their paths in the build context. */
export interface RebuildQuestion {
  /** Of the Dockerfile. */
  readonly text: string;
  /** The ignore file in force: its path in the context, and its text. */
  readonly ignoreFile: { readonly path: string; readonly text: string } | undefined;
  /** The Dockerfile's path in the context; undefined if it lies elsewhere. */
  readonly dockerfile: string | undefined;
  /** `exact: false` for a folder: something in it changed. */
  readonly changed: readonly Place[];
  /** As for `--target`; undefined: the last stage. */
  readonly target: string | undefined;
}

export interface RebuildStep {
  /** Counted from 0. */
  readonly line: number;
  /** The instruction on one line, cut where it is long. */
  readonly instruction: string;
  /** The name of its stage, or its number. */
  readonly stage: string;
  /** `maybe`: that depends on what an earlier step gives, or on a value that only the build knows. */
  readonly runs: 'yes' | 'maybe';
  /** A clause: `follows line 4`. */
  readonly why: string;
}

export interface RebuildAnswer {
  /** Those that run again or may, in the order of the file. */
  readonly steps: readonly RebuildStep[];
  /** How many steps a build of the target has: RUN, COPY, ADD and WORKDIR. */
  readonly total: number;
  /** What else is worth knowing; sentences without full stop. */
  readonly notes: readonly string[];
}

/** @returns the stages that there are if there is no such target */
export function whatRebuilds(
  question: RebuildQuestion,
): RebuildAnswer | { readonly targets: readonly string[] } {
  const { text, ignoreFile, changed, target } = question;
  const model = buildModel(parse(text), new TextFile(text));
  const stage = target === undefined ? model.finalStage : targetNamed(model, target);
  if (!stage)
    return target === undefined
      ? { steps: [], total: 0, notes: ['The file has no instructions'] }
      : { targets: model.stages.map(nameOf) };
  const ignore = ignoreFile && new IgnoreFile(ignoreFile.text);
  const isIgnoreFile = changed.some(({ path }) => path === ignoreFile?.path);
  const change = { kind: 'places', places: changed, ignoreFile: isIgnoreFile } as const;
  const rebuild = rebuiltBy(model, change, stage, ignore);
  return answerOf(model, rebuild, notesOf(question, ignore, rebuild.rerun.length === 0));
}

/**
 * What runs again if something changes that an instruction takes from the build context.
 * @param line of the instruction, counted from 0
 * @returns undefined if no instruction begins there, or it takes nothing
 */
export function whatRebuildsWith(model: Model, line: number): RebuildAnswer | undefined {
  const { document, instructions } = model;
  const instruction = instructions.find(({ span }) => document.lineAt(span.start) === line);
  const rebuild = instruction && rebuiltByInstruction(model, instruction);
  return rebuild && answerOf(model, rebuild, []);
}

function answerOf(model: Model, { steps, rerun }: Rebuild, notes: readonly string[]): RebuildAnswer {
  return {
    total: steps.length,
    steps: rerun
      .map((one): RebuildStep => ({
        line: model.document.lineAt(one.step.instruction.span.start),
        instruction: onOneLine(model, one.step),
        stage: nameOf(one.step.stage),
        runs: one.certain ? 'yes' : 'maybe',
        why: reasonText(model, one),
      }))
      .sort((a, b) => a.line - b.line),
    notes,
  };
}

function notesOf(
  { changed, dockerfile, ignoreFile }: RebuildQuestion,
  ignore: IgnoreFile | undefined,
  nothing: boolean,
): string[] {
  const notes: string[] = [];
  const left = changed.filter(
    ({ path, exact }) => ignore?.ignores(path) === true && (exact || !ignore.mayKeepIn(path)),
  );
  const [first] = left;
  if (first && ignoreFile)
    notes.push(
      left.length === 1
        ? `${ignoreFile.path} keeps ${first.path} out of the build`
        : `${ignoreFile.path} keeps ${left.length} of the files out of the build`,
    );
  else if (nothing)
    notes.push(changed.length === 1 ? 'No step takes this file' : 'No step takes these files');
  if (changed.some(({ path }) => path === dockerfile))
    notes.push('An instruction that you edit in the Dockerfile runs again too, and so does what follows it');
  return notes;
}

function nameOf(stage: Stage): string {
  return stage.name?.value ?? String(stage.index);
}

const longest = 100;

function onOneLine({ document }: Model, { instruction: { span, line, onbuild } }: Step): string {
  const text = line.text.trim().replaceAll(/\s+/g, ' ');
  const whole = onbuild && !/^onbuild\b/i.test(text) ? `ONBUILD ${text}` : text;
  if (whole === '') return document.slice(span).slice(0, longest);
  return whole.length > longest ? `${whole.slice(0, longest - 1)}…` : whole;
}
