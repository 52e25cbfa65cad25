// From a folder and what a person said to files that could be written: what the command line and the editor share.
import { answer } from './answers';
import type { Answer, OpenQuestion } from './answers';
import { choosePatterns, companionNamed, patternNamed } from './choose-patterns';
import type { Pattern } from './pattern';
import { extrasOf, plan, planned as plannedFile } from './plan';
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
  /** What a person has to do before the first build. Whole sentences. */
  readonly first: readonly string[];
}

/** Never throws, and writes nothing. */
export function draft(input: DraftInput): Draft {
  const { patterns, files, project, wanted, given } = input;
  const suited = choosePatterns(patterns, project);
  const pattern = wanted === undefined ? suited[0] : patternNamed(patterns, wanted);
  const nothing = { suited, used: [], answers: [], open: [], files: [], unknown: [], first: [] };
  if (!pattern) return nothing;
  const own = new Set(extrasOf(pattern.files));
  const words = [...input.extras].filter((word) => !own.has(word));
  const companions = words.flatMap((word) => companionNamed(patterns, word) ?? []);
  const used = [pattern, ...companions];
  const all = answerAll(used, project, given);
  const { answers, open } = withMissing(all, input);
  const first = Object.entries(pattern.needs ?? {}).flatMap(([fact, what]) =>
    project.facts.has(fact) ? [] : [what],
  );
  const asked = new Set(used.flatMap(({ parameters }) => parameters.map(({ name }) => name)));
  const unknown = [
    ...[...given.keys()].filter((name) => !asked.has(name)),
    ...words.filter((word) => !companionNamed(patterns, word)),
  ];
  if (open.length > 0 || unknown.length > 0) return { ...nothing, pattern, used, answers, open, unknown };
  const present = (path: string): string | undefined =>
    files.paths.includes(path) ? (files.text(path) ?? '') : undefined;
  const planned = used.flatMap((one) => plan(one, answers, input.extras, present));
  return {
    suited,
    pattern,
    used,
    answers,
    open,
    files: [...planned, ...ignoreFileOf(planned, input.ignoreFile)],
    unknown,
    first,
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

/** Answers of the pattern alone that name what the project lacks become questions. */
function withMissing(
  { answers, open }: Pick<Draft, 'answers' | 'open'>,
  { files: { paths }, project }: DraftInput,
): Pick<Draft, 'answers' | 'open'> {
  // An empty folder is to get its project later.
  if (project.facts.size === 0) return { answers, open };
  const isThere = (path: string): boolean => paths.some((one) => one === path || one.startsWith(`${path}/`));
  const missing = answers.filter(
    ({ parameter: { exists }, value, source }) => exists === true && source === 'pattern' && !isThere(value),
  );
  const questions = missing.map(({ parameter, value }): OpenQuestion => ({
    parameter,
    reason: `The project does not say the ${parameter.ask}, and there is no ${value}`,
    candidates: [],
  }));
  return { answers: answers.filter((one) => !missing.includes(one)), open: [...open, ...questions] };
}

function ignoreFileOf(
  files: readonly PlannedFile[],
  ignoreFile: DraftInput['ignoreFile'],
): readonly PlannedFile[] {
  const dockerfile = files.find(({ path }) => path === 'Dockerfile');
  const text = dockerfile && ignoreFile(dockerfile.text);
  return text === undefined ? [] : [plannedFile('.dockerignore', text, () => undefined)];
}
