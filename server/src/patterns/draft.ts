// From a folder and what a person said to files that could be written: what the command line and the editor share.
import { answer } from './answers';
import type { Answer, OpenQuestion } from './answers';
import { choosePatterns, companionNamed, patternNamed } from './choose-patterns';
import type { Pattern } from './pattern';
import { extrasOf, plan, planned } from './plan';
import type { PlannedFile } from './plan';
import type { Project, ProjectFiles } from './project/project';

export interface DraftInput {
  readonly patterns: readonly Pattern[];
  readonly files: ProjectFiles;
  /** What is known about it. */
  readonly project: Project;
  /** The pattern that a person asked for. Absent: the one that suits best. */
  readonly wanted?: string | undefined;
  /** Values by the name of the parameter. */
  readonly given: ReadonlyMap<string, string>;
  /** Words that ask for further files. */
  readonly extras: ReadonlySet<string>;
  /** The text of the ignore file that the folder should have for a Dockerfile; undefined where it has one. */
  ignoreFile(dockerfile: string): string | undefined;
}

export interface Draft {
  /** The patterns that suit, best first. */
  readonly suited: readonly Pattern[];
  readonly pattern?: Pattern | undefined;
  /** It and those of further files. */
  readonly used: readonly Pattern[];
  readonly answers: readonly Answer[];
  readonly open: readonly OpenQuestion[];
  /** Empty while a question is open. */
  readonly files: readonly PlannedFile[];
  /** What a person said and the pattern does not know. */
  readonly unknown: readonly string[];
}

/** Never throws, and writes nothing. */
export function draft(input: DraftInput): Draft {
  const { patterns, files, project, wanted, given } = input;
  const suited = choosePatterns(patterns, project);
  const pattern = wanted === undefined ? suited[0] : patternNamed(patterns, wanted);
  const nothing = { suited, used: [], answers: [], open: [], files: [], unknown: [] };
  if (!pattern) return nothing;
  const own = new Set(extrasOf(pattern.files));
  const words = [...input.extras].filter((word) => !own.has(word));
  const companions = words.flatMap((word) => companionNamed(patterns, word) ?? []);
  const used = [pattern, ...companions];
  const { answers, open } = answerAll(used, project, given);
  const asked = new Set(used.flatMap(({ parameters }) => parameters.map(({ name }) => name)));
  const unknown = [
    ...[...given.keys()].filter((name) => !asked.has(name)),
    ...words.filter((word) => !companionNamed(patterns, word)),
  ];
  if (open.length > 0 || unknown.length > 0) return { ...nothing, pattern, used, answers, open, unknown };
  const present = (path: string): string | undefined =>
    files.paths.includes(path) ? (files.text(path) ?? '') : undefined;
  const all = used.flatMap((one) => plan(one, answers, input.extras, present));
  return {
    suited,
    pattern,
    used,
    answers,
    open,
    files: [...all, ...ignoreFileOf(all, input.ignoreFile)],
    unknown,
  };
}

/** The answers of several patterns: a name that two of them ask for is answered once, by the first. */
function answerAll(
  patterns: readonly Pattern[],
  project: Project,
  given: ReadonlyMap<string, string>,
): Pick<Draft, 'answers' | 'open'> {
  const answers = new Map<string, Answer>();
  const open = new Map<string, OpenQuestion>();
  for (const pattern of patterns) {
    const known = new Map([
      ...[...answers].map(([name, { value }]): [string, string] => [name, value]),
      ...given,
    ]);
    const result = answer(pattern, project, known);
    for (const one of result.answers)
      if (!answers.has(one.parameter.name)) answers.set(one.parameter.name, one);
    for (const one of result.open) if (!open.has(one.parameter.name)) open.set(one.parameter.name, one);
  }
  return { answers: [...answers.values()], open: [...open.values()] };
}

function ignoreFileOf(
  files: readonly PlannedFile[],
  ignoreFile: DraftInput['ignoreFile'],
): readonly PlannedFile[] {
  const dockerfile = files.find(({ path }) => path === 'Dockerfile');
  const text = dockerfile && ignoreFile(dockerfile.text);
  return text === undefined ? [] : [planned('.dockerignore', text, () => undefined)];
}
