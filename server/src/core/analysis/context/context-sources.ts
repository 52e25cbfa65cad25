// What COPY and ADD take from the build context.
import { mountOption, mountTypeOf, mountValue, mountsOf } from '../text/mount-options';
import type { Copy, Model, Stage } from '../../model/model';
import type { Dockerfile, Instruction } from '../../syntax/nodes';
import { groupedBy } from '../../text/groups';
import { once } from '../../text/memo';
import { normalizePath } from '../../text/paths';
import type { Span } from '../../text/span';
import { IgnoreFile, ignoreFileOf } from './ignore-file';

/** The content of the build context around the Dockerfile. */
export interface ContextFacts {
  /** Names of the entries at the root of the build context; folders end in `/`. */
  readonly entries: readonly string[];
  /** The ignore file in force: its path relative to the context, and its text. Undefined if there is none. */
  readonly ignoreFile: { readonly path: string; readonly text: string } | undefined;
  /** Path of the Dockerfile relative to the context. */
  readonly dockerfile: string;
  /** Text of a file at the root of the context, by its name; undefined if it is missing or must not be read. */
  readonly textOf?: (name: string) => string | undefined;
  /**
   * A file by its path, for the few that the Dockerfile copies and starts. Undefined if it is missing, a link or no
   * regular file, if too many were asked for, or if reading is not allowed.
   */
  readonly fileAt?: (path: string) => ContextFile | undefined;
  /**
   * Names of the entries of a folder, by its path without a slash at the end; folders end in `/`. Undefined if it is
   * missing or a link, if there are too many, or if reading is not allowed.
   */
  readonly entriesOf?: (folder: string) => readonly string[] | undefined;
  /** Whether a build file names this folder, or sources of the Dockerfile lie in it, so that it is no mere guess. */
  readonly isCertain?: boolean;
  /** Whether something lies at this path in another folder that may be the context just as well. */
  readonly liesElsewhere?: (path: string) => boolean;
  /** Whether a script or pipeline around contains a word: it may make a file of that name. */
  readonly mentions?: (word: string) => boolean;
  /** The .gitignore files of the context and above it. */
  readonly gitIgnores?: readonly GitFile[];
  /** The .gitattributes files of the context and above it. */
  readonly gitAttributes?: readonly GitFile[];
}

export interface GitFile {
  /** The path of the context from the folder of the file; empty for the context itself. */
  readonly below: string;
  readonly text: string;
}

export interface ContextFile {
  /** At most its first 64 kB. */
  readonly text: string;
  /** Whether it has an execute bit; undefined where the file system has none. */
  readonly executable: boolean | undefined;
}

/**
 * Whether the Dockerfile lies in the folder where editors look for development containers.
 * @param path of the Dockerfile, which tells where the context is unknown
 */
export function isDevcontainer(context: ContextFacts | undefined, path?: string): boolean {
  return [context?.dockerfile, path].some((one) => one !== undefined && /(?:^|\/)\.devcontainer\//.test(one));
}

/** The size of an image for one person to develop in, and fixed versions in it, matter less: a hint by default. */
export function quietInDevcontainer({ context, path }: Located): 'hint' | undefined {
  return isDevcontainer(context, path) ? 'hint' : undefined;
}

/** What is known of where a Dockerfile lies: facts of a rule. */
export interface Located {
  readonly context: ContextFacts | undefined;
  readonly path?: string | undefined;
}

/** A file for development or tests, by its name or a folder of the context in which it lies, gets a hint by default. */
export function quietForTests(facts: Located): 'hint' | undefined {
  return isForTests(facts) ? 'hint' : undefined;
}

function isForTests({ context, path }: Located): boolean {
  const name = /[^/]*$/.exec(path ?? context?.dockerfile ?? '')?.[0] ?? '';
  return (
    forTests.name.test(name) ||
    forTests.folder.test(context?.dockerfile ?? '') ||
    (name === 'Dockerfile' && context !== undefined && hasProductionBeside(context))
  );
}

/** Whether another Dockerfile in the folder is for production: then the one without a suffix is for development. */
function hasProductionBeside({ entries, entriesOf, dockerfile }: ContextFacts): boolean {
  const folder = dockerfile.replace(/\/?[^/]*$/, '');
  const names = folder === '' ? entries : (entriesOf?.(folder) ?? []);
  return names.some((one) => /^Dockerfile[._-]prod(?:uction)?$|^prod(?:uction)?\.Dockerfile$/i.test(one));
}

const forTests = {
  name: /(?:^|[._-])(?:dev|devel|development|local|tests?|testing|e2e|ci|debug|lint)(?:[._-]|$)/i,
  folder:
    /(?:^|\/)(?:dev|devel|development|local|tests?|e2e|ci|\.github|\.circleci|\.gitlab|playwright|cypress)\//i,
};

/** A copy with only those of its sources that are in the build context. */
export type ContextCopy = Copy;

/**
 * COPY and ADD that read the build context, in file order. Without copies from stages, images, URLs and heredocs, and
 * without those under ONBUILD, which read the context of another build.
 */
export const contextCopies = once((model: Model): readonly ContextCopy[] =>
  model.copies.flatMap((copy) => {
    const sources = copy.onbuild ? [] : copy.sources.filter(({ kind }) => kind === 'context');
    if (sources.length === 0) return [];
    return sources.length === copy.sources.length ? [copy] : [{ ...copy, sources }];
  }),
);

/** The same by the stage that makes them. */
export const contextCopiesByStage = once((model: Model): ReadonlyMap<Stage, readonly ContextCopy[]> =>
  groupedBy(contextCopies(model), ({ stage }) => stage),
);

/** A file or folder of the build context that a RUN mounts. */
export interface BindSource {
  readonly instruction: Instruction;
  /** Relative to the root of the context, without a leading slash, normalized; empty for everything. */
  readonly path: string;
  readonly span: Span;
  /** Where it appears, as written; undefined without one. */
  readonly target: string | undefined;
}

/** What RUN mounts from the build context with `--mount=type=bind`, by paths without a variable. */
export const bindSources = once((model: Model): readonly BindSource[] => bindSourcesOf(model.file));

/** The same by the RUN that mounts it. */
export const bindSourcesByRun = once((model: Model): ReadonlyMap<Instruction, readonly BindSource[]> =>
  groupedBy(bindSources(model), ({ instruction }) => instruction),
);

/** The same for a file without a model. Not under ONBUILD, which mounts the context of another build. */
export function bindSourcesOf({ instructions }: Dockerfile): readonly BindSource[] {
  return instructions.flatMap((instruction) =>
    mountsOf(instruction).flatMap((mount) => {
      if (instruction.keyword !== 'RUN') return [];
      if (mountTypeOf(mount) !== 'bind' || mountOption(mount, 'from')) return [];
      const { value, valueSpan } = mountOption(mount, 'source') ?? {};
      if (value === undefined || !valueSpan || value.includes('$')) return [];
      const target = mountValue(mount, 'target');
      return [{ instruction, path: normalizePath(`/${value}`).slice(1), span: valueSpan, target }];
    }),
  );
}

/** Whether a source stands for the whole build context: `.`, `/`, `./*`. @param source as written */
export function isEverything(source: string): boolean {
  const path = normalizePath(`/${source}`);
  return path === '/' || path === '/*';
}

/** The entries at the root of the context that a copy of everything takes: neither ignored nor in --exclude. */
export function visibleEntries(copy: ContextCopy, context: ContextFacts): readonly string[] {
  const sent = sentEntries(context);
  if (copy.excludes.length === 0) return sent;
  const excluded = excludedBy(copy);
  return sent.filter((entry) => !isLeftOut(excluded, entry));
}

const sentEntries = once((context: ContextFacts): readonly string[] =>
  context.entries.filter((entry) => !isLeftOut(ignoreFileOf(context), entry)),
);

/** Whether the ignore file excludes everything that it does not name: then a copy of everything copies named files. */
export function isNamedByIgnoreFile(context: ContextFacts): boolean {
  return ignoreFileOf(context).isAllowList;
}

/** Whether it is unknown which entries of root folders a copy takes: exceptions apply inside excluded folders. */
export function isPartlyVisible(copy: ContextCopy, context: ContextFacts): boolean {
  return [ignoreFileOf(context), excludedBy(copy)].some((ignore) =>
    context.entries.some(
      (entry) => entry.endsWith('/') && isLeftOut(ignore, entry) && ignore.mayKeepIn(entry.slice(0, -1)),
    ),
  );
}

/** More patterns of --exclude than anyone writes count as one that excludes everything. */
const mostExcludes = 100;

/** The patterns of `COPY --exclude`. */
export const excludedBy = once(
  ({ excludes }: Copy): IgnoreFile =>
    new IgnoreFile(excludes.length > mostExcludes ? '**' : excludes.join('\n')),
);

/** Whether an entry is excluded. `!src/**` includes all of an excluded folder again; `.git/*` leaves nothing of one. */
export function isLeftOut(ignore: IgnoreFile, entry: string): boolean {
  return ignore.ignores(entry.endsWith('/') ? `${entry}x` : entry);
}
