// Which patterns suit a project.
import { groupOrder } from './groups';
import type { Pattern } from './pattern';
import type { Project } from './project/project';

/**
 * The Dockerfiles for a project, the most fitting first: those that ask for more of what it has stand before those that
 * would do as well.
 */
export function choosePatterns(patterns: readonly Pattern[], project: Project): readonly Pattern[] {
  return patterns
    .filter((pattern) => pattern.as === 'dockerfile' && suitsProject(pattern, project))
    .filter((pattern) => isAboutProgram(pattern, project))
    .sort((a, b) => wishes(b) - wishes(a) || groupOrder(a.group) - groupOrder(b.group) || a.rank - b.rank);
}

/** The language that a pattern asks for first: `go`, `node`; empty where it asks for nothing. */
function languageOf({ suits }: Pattern): string {
  return /^\w+/.exec(suits[0] ?? '')?.[0] ?? '';
}

/** Frameworks whose program uses package.json for the styles and scripts of its pages alone. */
const withAssets = ['ruby.framework=rails', 'php.framework=laravel', 'python.framework=django'];

/** C beside another language is a part of it, and package.json beside a framework for pages is not the program. */
function isAboutProgram(pattern: Pattern, project: Project): boolean {
  const language = languageOf(pattern);
  if (language === 'node') return !withAssets.some((one) => holds(one, project));
  const others = ['go', 'rust', 'python', 'node', 'java', 'ruby', 'php', 'dotnet'];
  return language !== 'c' || !others.some((one) => holds(one, project));
}

/**
 * The best pattern for each language of a project that has several, so that a person has to choose; empty otherwise.
 * @param suited as choosePatterns gives them
 */
export function rivalsOf(suited: readonly Pattern[]): readonly Pattern[] {
  const best = suited.filter(
    (one, at) => suited.findIndex((other) => languageOf(other) === languageOf(one)) === at,
  );
  return best.length > 1 ? best : [];
}

/**
 * The ways to build a project: the Dockerfile that suits best, then other builders, those made for such a project first.
 */
export function chooseBuilders(patterns: readonly Pattern[], project: Project): readonly Pattern[] {
  const builders = patterns.filter(({ group }) => group === 'builders');
  const general = builders.filter(({ suits }) => suits.length === 0);
  return [
    ...choosePatterns(patterns, project).slice(0, 1),
    ...builders.filter((one) => suitsProject(one, project)).sort((a, b) => a.rank - b.rank),
    ...general.sort((a, b) => a.rank - b.rank),
  ];
}

/** Whether all that a pattern asks of a project holds; false for one that asks nothing, as it is made for none. */
export function suitsProject({ suits }: Pattern, project: Project): boolean {
  return suits.length > 0 && suits.every((one) => holds(one, project));
}

/** The files for other programs that a word means: an id, or a part of one, as `workflow` in `workflow-build-sign`. */
export function companionNamed(patterns: readonly Pattern[], word: string): Pattern | undefined {
  const others = patterns.filter(({ as }) => as === 'files');
  const parts = others.filter(({ id }) => id.split('-').includes(word));
  return others.find(({ id }) => id === word) ?? parts.sort((a, b) => a.rank - b.rank)[0];
}

/** A condition: `go`, `python.manager=uv`, or `!go.cgo`. */
function holds(condition: string, { facts }: Project): boolean {
  const isNegated = condition.startsWith('!');
  const [name = '', value] = condition.slice(isNegated ? 1 : 0).split('=', 2);
  const fact = facts.get(name);
  return (fact !== undefined && (value === undefined || fact.value === value)) !== isNegated;
}

function wishes({ suits }: Pattern): number {
  return suits.filter((one) => !one.startsWith('!')).length;
}

/**
 * The pattern that a word means: its id, or the id with its parts in another order (`go-distroless`).
 */
export function patternNamed(patterns: readonly Pattern[], word: string): Pattern | undefined {
  const key = (id: string): string => id.split('-').sort().join('-');
  return patterns.find(({ id }) => id === word) ?? patterns.find(({ id }) => key(id) === key(word));
}
