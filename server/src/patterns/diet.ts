// One program as several images, from everything in one stage to nothing but the program: which patterns make them.
import { knowImage } from '../core/knowledge/images/images';
import type { OpenQuestion } from './answers';
import { choosePatterns, suitsProject } from './choose-patterns';
import type { Draft } from './draft';
import type { Pattern } from './pattern';
import type { Project } from './project/project';

/** The names of variants in the order of a table, those with most in them first; others come last. */
const order = ['naive', 'slim', 'distroless', 'scratch'];

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

export interface Diet {
  /** From fat to lean; empty while a question is open. */
  readonly variants: readonly DietVariant[];
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
  draft(pattern: Pattern, given: ReadonlyMap<string, string>): Draft;
}

/**
 * The variants for a project: the files `diet/Dockerfile.NAME` of patterns for it, then of each kind that is left the
 * Dockerfile that suits best.
 */
export function planDiet({ patterns, project, given, draft }: DietInput): Diet {
  const compared = patterns.filter(
    (one) => one.as === 'files' && dietFiles(one).length > 0 && suitsProject(one, project),
  );
  const suited = choosePatterns(patterns, project);
  const whole = suited.filter(({ group }) => group === suited[0]?.group);
  const variants = new Map<string, DietVariant>();
  const open = new Map<string, OpenQuestion>();
  const asked = new Set<string>();
  for (const pattern of [...compared, ...whole]) {
    const names = new Set(pattern.parameters.map(({ name }) => name));
    for (const name of names) asked.add(name);
    const isCompared = pattern.as === 'files';
    // What another one brings already is not asked for.
    if (!isCompared && variants.has(kindOf(pattern.files[0]?.text ?? ''))) continue;
    const drafted = draft(pattern, new Map([...given].filter(([name]) => names.has(name))));
    for (const one of drafted.open) if (!open.has(one.parameter.name)) open.set(one.parameter.name, one);
    for (const { path, text, present } of drafted.files) {
      const name = isCompared ? dietName(path) : path === 'Dockerfile' ? kindOf(text) : undefined;
      if (name === undefined || variants.has(name)) continue;
      const isOwn = isCompared && present !== undefined && present.trim() !== '';
      variants.set(name, { name, pattern: pattern.id, path, text: isOwn ? present : text, isOwn });
    }
  }
  const unknown = [...given.keys()].filter((name) => !asked.has(name));
  if (open.size > 0 || unknown.length > 0) return { variants: [], open: [...open.values()], unknown };
  return { variants: [...variants.values()].sort((a, b) => rank(a) - rank(b)), open: [], unknown: [] };
}

function rank({ name }: DietVariant): number {
  const at = order.indexOf(name);
  return at < 0 ? order.length : at;
}

function dietFiles({ files }: Pattern): readonly string[] {
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
