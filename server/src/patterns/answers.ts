// The values of a pattern's parameters: what a person says stands above what the project says, and that above the table.
import { compareVersions } from '../core/knowledge/images/releases';
import type { Parameter, Pattern, TagTable } from './pattern';
import type { Fact, Project } from './project/project';
import { isInRange, shortened } from './project/versions';
import { valuesOf } from './template';
import { problemOfValue } from './value-kinds';

export interface Answer {
  readonly parameter: Parameter;
  readonly value: string;
  /** Who says so: a person, a file of the project by its path, or the pattern. */
  readonly source: 'given' | 'pattern' | { readonly file: string };
}

/** What stands in the way of an answer. */
export interface OpenQuestion {
  readonly parameter: Parameter;
  /** One or more sentences without the last full stop. */
  readonly reason: string;
  /** What it could be. */
  readonly candidates: readonly string[];
}

export interface Answers {
  /** In the order of the parameters; those with an open question have none. */
  readonly answers: readonly Answer[];
  readonly open: readonly OpenQuestion[];
}

/**
 * Answers what a pattern asks.
 * @param given values by the name of the parameter, as a person typed them
 */
export function answer(pattern: Pattern, project: Project, given: ReadonlyMap<string, string>): Answers {
  const known = new Map<string, Answer>();
  const open: OpenQuestion[] = [];
  for (const parameter of pattern.parameters) {
    const result = given.has(parameter.name)
      ? ofPerson(parameter, given.get(parameter.name) ?? '')
      : ofProject(parameter, project);
    if (result === undefined) continue;
    if ('reason' in result) open.push(result);
    else known.set(parameter.name, result);
  }
  const values = valuesOf(pattern, new Map([...known].map(([name, { value }]) => [name, value])));
  const waiting = new Set(open.map(({ parameter }) => parameter.name));
  const answers = pattern.parameters.flatMap((parameter): Answer[] => {
    if (waiting.has(parameter.name)) return [];
    const { name } = parameter;
    return [known.get(name) ?? { parameter, value: values.get(name) ?? '', source: 'pattern' }];
  });
  return { answers, open };
}

function ofPerson(parameter: Parameter, value: string): Answer | OpenQuestion {
  const problem = problemOfValue(value, parameter.is);
  if (problem === undefined) return { parameter, value, source: 'given' };
  return { parameter, reason: `${parameter.name} ${problem}`, candidates: parameter.proposals };
}

/** @returns undefined where the pattern's own value will do */
function ofProject(parameter: Parameter, project: Project): Answer | OpenQuestion | undefined {
  const { from, ask, is, required } = parameter;
  const conflict = project.conflicts.find(({ name }) => name === from);
  if (conflict) {
    const all = conflict.facts.map(({ value, source }) => `${value} (${source})`).join(', ');
    return {
      parameter,
      reason: `The project has more than one ${ask}: ${all}`,
      candidates: conflict.facts
        .map(({ value }) => value)
        .filter((value) => problemOfValue(value, is) === undefined),
    };
  }
  const fact = from === undefined ? undefined : project.facts.get(from);
  if (!fact) {
    if (required !== true) return undefined;
    return { parameter, reason: `The project does not say the ${ask}`, candidates: parameter.proposals };
  }
  const source = { file: fact.source };
  if (parameter.table) return ofVersion(parameter, parameter.table, fact);
  const problem = problemOfValue(fact.value, is);
  if (problem !== undefined)
    return { parameter, reason: `The ${ask} in ${fact.source} ${problem}`, candidates: parameter.proposals };
  return { parameter, value: fact.value, source };
}

/** A version that a tag has, and that the project takes. */
function ofVersion(
  parameter: Parameter,
  { ever: known, listed }: TagTable,
  { value, source, isMinimum, isRange }: Fact,
): Answer | OpenQuestion {
  const { proposals, ask } = parameter;
  // The table has what gets updates; a registry tells what there is.
  const missing = listed ? `there is no image for it in ${listed.host}` : 'no image of it is kept up to date';
  const found = (version: string): Answer => ({ parameter, value: version, source: { file: source } });
  const none = (why: string): OpenQuestion => ({ parameter, reason: why, candidates: proposals });
  if (isRange) {
    const fitting =
      proposals.find((one) => isInRange(one, value)) ?? known.find((one) => isInRange(one, value));
    return fitting === undefined
      ? none(`${source} takes the ${ask} ${value}, and ${missing}`)
      : found(fitting);
  }
  const depth = (proposals[0] ?? '').split('.').length;
  // The table has the newest release alone, and all of them were published.
  if (depth >= 3 && listed?.isComplete !== true && problemOfValue(value, 'version') === undefined)
    return found(value);
  const wanted = shortened(value, depth);
  if (known.includes(wanted)) return found(wanted);
  // Newer than the table, which is some months old.
  const [newest = ''] = known;
  if (listed?.isComplete !== true && compareVersions(wanted, newest) > 0) return found(wanted);
  const later = isMinimum ? proposals.find((one) => compareVersions(one, wanted) >= 0) : undefined;
  return later === undefined ? none(`${source} asks for the ${ask} ${value}, and ${missing}`) : found(later);
}

/** Where a value comes from, in words. */
export function sourceOf(one: Answer): string {
  const { source } = one;
  if (source === 'given') return 'as you say';
  if (source !== 'pattern') return `from ${source.file}`;
  const { table } = one.parameter;
  if (table?.listed)
    return `${one.value === table.ever[0] ? 'the newest' : "the pattern's own"} in ${table.listed.host}`;
  if (table?.date !== undefined) return `from the table of ${table.date}`;
  return isAssumed(one) ? 'assumed: the project does not say it' : "the pattern's own";
}

/** Whether a value rests on nothing but the pattern, although a project could know it: worth saying. */
function isAssumed({ parameter, source }: Answer): boolean {
  return source === 'pattern' && parameter.from !== undefined && parameter.table === undefined;
}
