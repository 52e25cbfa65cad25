// One program as several images, from everything in one stage to nothing but the program: which patterns make them.
import { knowImage } from '../core/knowledge/images/images';
import type { OpenQuestion } from './answers';
import { choosePatterns, suitsProject } from './choose-patterns';
import type { Draft } from './draft';
import { groupTitle } from './groups';
import type { Pattern } from './pattern';
import type { Project } from './project/project';

/** The names of variants in the order of a table, those with most in them first; others come last. */
const order = ['naive', 'slim', 'distroless', 'scratch'];

/** Those that a person expects to see, so that one which is not there needs a reason. */
const expected = ['naive', 'distroless', 'scratch'] as const;

/** Groups whose programs are started by a runtime, which links the C library: they cannot stand on an empty image. */
const withRuntime: ReadonlySet<string> = new Set(['python', 'node', 'java', 'dotnet', 'ruby', 'php']);

/** Of those, the groups for whose runtime there is no image without a shell (https://github.com/GoogleContainerTools/distroless). */
const withoutDistroless: ReadonlySet<string> = new Set(['ruby', 'php']);

/** The word that asks a pattern for its naive variant. */
export const dietExtra = 'diet';

export interface DietVariant {
  /** `naive`: one stage. `slim`: a base with a shell. `distroless`: one without. `scratch`: no base. */
  readonly name: string;
  /** Id of the pattern that it comes from. */
  readonly pattern: string;
  /** Where the pattern has it, relative to the project. */
  readonly path: string;
  readonly text: string;
  /** It is what the project has at that path. */
  readonly isOwn: boolean;
}

/** An image that cannot be compared. */
export interface MissingVariant {
  readonly name: string;
  /**
   * `runtime`: its programs are started by a runtime, which needs more than an empty image. `base`: nobody makes a base
   * without a shell that has the runtime. `pattern`: there could be one, and no pattern makes it.
   */
  readonly why: 'runtime' | 'base' | 'pattern';
}

export interface Diet {
  /** From fat to lean; empty while a question is open. */
  readonly variants: readonly DietVariant[];
  /** Those that a person expects and that are not among the variants; empty without a variant. */
  readonly missing: readonly MissingVariant[];
  /** What the project is written in, as a heading: `Node.js`; undefined where nothing says so. */
  readonly language: string | undefined;
  readonly open: readonly OpenQuestion[];
  /** Names of values that no pattern asks for. */
  readonly unknown: readonly string[];
}

/** What a person said, and what it makes of a pattern. */
export interface DietInput {
  readonly patterns: readonly Pattern[];
  readonly project: Project;
  /** Values by the name of the parameter. */
  readonly given: ReadonlyMap<string, string>;
  draft(pattern: Pattern, given: ReadonlyMap<string, string>, extras: ReadonlySet<string>): Draft;
}

/**
 * The variants for a project: the files `diet/Dockerfile.NAME` of patterns for it, then of each kind that is left the
 * Dockerfile that suits best.
 */
export function planDiet({ patterns, project, given, draft }: DietInput): Diet {
  const compared = patterns.filter(
    (one) => one.as === 'files' && dietNames(one).length > 0 && suitsProject(one, project),
  );
  const suited = choosePatterns(patterns, project);
  const group = suited[0]?.group;
  const whole = suited.filter((one) => one.group === group);
  const variants = new Map<string, DietVariant>();
  const open = new Map<string, OpenQuestion>();
  const asked = new Set<string>();
  for (const pattern of [...compared, ...whole]) {
    const names = new Set(pattern.parameters.map(({ name }) => name));
    for (const name of names) asked.add(name);
    // What others bring already is not asked for.
    if (bringsOf(pattern).every((name) => variants.has(name))) continue;
    const extras = new Set(pattern.files.some(({ extra }) => extra === dietExtra) ? [dietExtra] : []);
    const drafted = draft(pattern, new Map([...given].filter(([name]) => names.has(name))), extras);
    for (const one of drafted.open) if (!open.has(one.parameter.name)) open.set(one.parameter.name, one);
    for (const { path, text, present } of drafted.files) {
      const compares = dietName(path);
      const name = compares ?? (path === 'Dockerfile' ? kindOf(text) : undefined);
      if (name === undefined || variants.has(name)) continue;
      const isOwn = compares !== undefined && present !== undefined && present.trim() !== '';
      variants.set(name, { name, pattern: pattern.id, path, text: isOwn ? present : text, isOwn });
    }
  }
  const unknown = [...given.keys()].filter((name) => !asked.has(name));
  const language = group === undefined ? undefined : groupTitle(group);
  const nothing = { variants: [], missing: [], language };
  if (open.size > 0 || unknown.length > 0) return { ...nothing, open: [...open.values()], unknown };
  const found = [...variants.values()].sort((a, b) => rank(a) - rank(b));
  return { variants: found, missing: missingOf(variants, group, project), language, open: [], unknown: [] };
}

/** The names of the variants that a pattern could give. */
function bringsOf(pattern: Pattern): readonly string[] {
  const names = dietNames(pattern);
  return pattern.as === 'files' ? names : [kindOf(pattern.files[0]?.text ?? ''), ...names];
}

function missingOf(
  variants: ReadonlyMap<string, DietVariant>,
  group: string | undefined,
  { facts }: Project,
): readonly MissingVariant[] {
  if (variants.size === 0 || group === undefined) return [];
  const hasRuntime = withRuntime.has(group) && !facts.has('java.native');
  return expected
    .filter((name) => !variants.has(name))
    .map((name) => {
      if (name === 'scratch' && hasRuntime) return { name, why: 'runtime' };
      return { name, why: name === 'distroless' && withoutDistroless.has(group) ? 'base' : 'pattern' };
    });
}

function rank({ name }: DietVariant): number {
  const at = order.indexOf(name);
  return at < 0 ? order.length : at;
}

function dietNames({ files }: Pattern): readonly string[] {
  return files.flatMap(({ path }) => dietName(path) ?? []);
}

/** `diet/Dockerfile.naive` → `naive` */
function dietName(path: string): string | undefined {
  return /^diet\/Dockerfile\.([a-z0-9]+)$/.exec(path)?.[1];
}

/** What the last stage of a Dockerfile of ours stands on, through the stages that it continues. */
function kindOf(text: string): string {
  const stages = [...text.matchAll(/^FROM (?:--\S+ )*(\S+)(?: AS (\S+))?$/gm)];
  const named = new Map(stages.map(([, base = '', name = '']) => [name, base]));
  let base = stages.at(-1)?.[1] ?? '';
  for (let steps = stages.length; steps > 0; steps -= 1) base = named.get(base) ?? base;
  if (base === 'scratch') return 'scratch';
  return knowImage(base).shell === 'none' ? 'distroless' : 'slim';
}
