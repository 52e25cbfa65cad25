// Finds files that an image almost never needs, but that a copy of the build context or a folder takes along.
import { scriptRunners } from '../../knowledge/programs/programs';
import type { Command } from '../../shell/types';
import { once, onceInside } from '../../text/memo';
import { normalizePath } from '../../text/paths';
import type { Span } from '../../text/span';
import { folderOf } from '../commands/folder';
import { bindSources, contextCopies, excludedBy, isEverything, isLeftOut } from './context-sources';
import type { ContextCopy, ContextFacts } from './context-sources';
import { ignoreFileOf } from './ignore-file';
import type { Model } from '../../model/model';

interface Kind {
  readonly name: RegExp;
  /** The line for the ignore file; if missing, the entry itself. */
  readonly line?: string;
  /** Only if such an entry exists next to it. */
  readonly beside?: RegExp;
  /** Only if the text of the package.json next to it has this. */
  readonly project?: RegExp;
  /** Only if a command of the build creates its own one: otherwise the entry of the context is wanted. */
  readonly madeBy?: RegExp;
  /** Also in the folders at the root of the context. */
  readonly anywhere?: true;
  /** Not if one of these programs runs, which may read it; `always` if the finished program reads it. */
  readonly readBy?: RegExp | 'always';
}

/** Names of sample files: these hold no real settings, and tests or users of the image often read them. */
const sample = String.raw`(?:example|sample|te?mpl(?:ate)?|tpl|dist|default|test|ci|schema|vault|dummy)`;
const webConfig =
  /^(?:next|nuxt|vite|vue|svelte|astro|gatsby|remix|rsbuild|quasar|craco|metro)[.-]config\.\w+$|^angular\.json$/;

/** Names of entries at the root of the context that an image almost never needs; folders end in a slash. */
const unwanted: readonly Kind[] = [
  { name: /^\.git\/$/, readBy: /^(?:git.*|g?make|cmake|hugo|mkdocs|goreleaser)$/ },
  { name: /^\.(?:svn|hg)\/$/ },
  // Symfony's file has the defaults and is read at every start; front-end builds put its values into the pages.
  { name: /^\.env(?:\.(?:dev|test|prod))?$/, beside: /^symfony\.lock$/, readBy: 'always', anywhere: true },
  { name: /^\.env$/, beside: webConfig, readBy: scriptRunners, anywhere: true },
  {
    name: /^\.env$/,
    project: /"(?:react-scripts|react-app-rewired|vite|parcel)"/,
    readBy: scriptRunners,
    anywhere: true,
  },
  { name: /^\.env$/, anywhere: true },
  { name: /^\.envrc$/ },
  { name: /^\.env(?:\.\w+)?\.local$/, line: '.env*.local', anywhere: true },
  // Front-end builds read the file of their mode, and examples are not settings.
  { name: new RegExp(String.raw`^\.env\.(?!${sample}|local\b)\w+$`), readBy: scriptRunners },
  { name: new RegExp(String.raw`^(?!.*\b_?${sample}s?_?\b)[^.].*\.env$`) },
  {
    name: /^node_modules\/$/,
    anywhere: true,
    madeBy:
      /^(?!.* (?:-g|--global|global|--prefix|-C)\b)(?:(?:npm|pnpm|bun) (?:.* )?(?:i|ci|install|clean-install)\b|yarn(?: install\b| -(?!-version)|$))/,
  },
  { name: /^__pycache__\/$/, line: '**/__pycache__' },
  { name: /^\.?venv\/$/, anywhere: true },
  { name: /^\.(?:tox|nox|pytest_cache|mypy_cache|ruff_cache|gradle|terraform)\/$/ },
  { name: /^target\/$/, beside: /^Cargo\.toml$/, madeBy: /^cargo\b/ },
  { name: /^target\/$/, beside: /^pom\.xml$/, madeBy: /^mvnw?\b/ },
  {
    name: /^(?:bin|obj)\/$/,
    beside: /\.\w+proj$/,
    madeBy: /^dotnet (?:build|publish|restore)\b/,
    anywhere: true,
  },
];

export interface Unwanted {
  /** As in the context: `.git/`, `.env.local`, `web/node_modules/`. */
  readonly entry: string;
  /** The line for the ignore file. */
  readonly line: string;
  /** The source of the COPY or ADD that takes it along. */
  readonly at: Span;
}

interface Candidate {
  readonly name: string;
  /** The folder of the context that contains it; undefined if it is at the root itself. */
  readonly folder: string | undefined;
  readonly kind: Kind;
}

/** How many folders to search. */
const mostFolders = 50;

/** Folders that are searched. Folders with dependencies or samples are not. */
const ownFolder =
  /^(?!(?:node_modules|bower_components|vendor|third_party|target|dist|build|out|venv)\/$)(?!.*(?:test|spec|fixture|example|sample|demo|template|doc|mock|e2e))\w[\w.@+-]*\/$/i;

/** Entries of the context with unwanted names; those at the root come first. */
const candidatesIn = once((context: ContextFacts): readonly Candidate[] => {
  const { entries, entriesOf } = context;
  const ignore = ignoreFileOf(context);
  const folders = entries
    .filter((entry) => ownFolder.test(entry) && !isLeftOut(ignore, entry))
    .slice(0, mostFolders);
  return [
    ...candidatesOf(context, entries, undefined),
    ...folders.flatMap((entry) => {
      const folder = entry.slice(0, -1);
      return candidatesOf(context, entriesOf?.(folder) ?? [], folder);
    }),
  ];
});

function candidatesOf(
  { fileAt }: ContextFacts,
  names: readonly string[],
  folder: string | undefined,
): readonly Candidate[] {
  const project = (): string =>
    fileAt?.(folder === undefined ? 'package.json' : `${folder}/package.json`)?.text ?? '';
  return names.flatMap((name) => {
    const kind = unwanted.find(
      (one) =>
        one.name.test(name) &&
        (!one.beside || names.some((other) => one.beside?.test(other))) &&
        (!one.project || (names.includes('package.json') && one.project.test(project()))),
    );
    return kind && (folder === undefined || kind.anywhere) ? [{ name, folder, kind }] : [];
  });
}

/**
 * Unwanted entries of the context and of the folders at its root that a copy of everything, or of such a folder, takes
 * along. Not those that the ignore file excludes or names, that a COPY or mount names, or that a command mentions.
 */
export function unwantedEntries(model: Model, context: ContextFacts): readonly Unwanted[] {
  return unwantedIn(model)(context);
}

const unwantedIn = once((model: Model) =>
  onceInside((context: ContextFacts) => findUnwanted(model, context)),
);

function findUnwanted(model: Model, context: ContextFacts): readonly Unwanted[] {
  const copies = contextCopies(model);
  const sources = copies.flatMap((copy) => copy.sources);
  const everything = sources.find(({ value }) => isEverything(value));
  const folders = foldersCopied(copies);
  if (!everything && folders.size === 0) return [];
  const candidates = candidatesIn(context);
  if (candidates.length === 0) return [];
  const ignore = ignoreFileOf(context);
  const excluded = copies.flatMap((copy) =>
    copy.sources.some(({ value }) => isEverything(value)) ? [excludedBy(copy)] : [],
  );
  const asked = [...sources.map(({ value }) => clean(value)), ...bindSources(model).map(({ path }) => path)];
  const wanted = new Set(asked.map((path) => path.split('/')[0]));
  const programs = [...new Set(model.commands.map(({ program }) => program))];
  const runs = model.commands.filter(({ instruction }) => instruction.keyword === 'RUN');
  return candidates.flatMap(({ name: found, folder, kind }) => {
    const entry = folder === undefined ? found : `${folder}/${found}`;
    const path = entry.replace(/\/$/, '');
    const name = found.replace(/\/$/, '');
    const { madeBy, readBy } = kind;
    const isTaken = everything && !excluded.some((one) => isLeftOut(one, entry));
    const at = isTaken ? everything.span : folder === undefined ? undefined : folders.get(folder);
    if (!at || isLeftOut(ignore, entry)) return [];
    const isAsked = folder === undefined ? wanted.has(name) : asked.some((one) => asksFor(one, folder, path));
    if (isAsked) return [];
    // The author of `!.env`, or of a pattern for part of .git, has decided this on purpose.
    if (ignore.allows(path) || ignore.allows(`**/${name}`) || (name === '.git' && ignore.thins(name)))
      return [];
    // A name excluded at the root is meant for all folders, and `beside` shows that a project is built there.
    const isMeant = kind.beside !== undefined || ignore.ignores(name);
    const makes = (run: Command): boolean =>
      folder === undefined
        ? madeBy?.test(written(run)) === true
        : madeBy?.test(written(run).replace(elsewhere, '')) === true &&
          (isMeant || runsIn(model, run, folder));
    if (madeBy && !runs.some(makes)) return [];
    if (readBy === 'always' || (readBy && programs.some((program) => readBy.test(program)))) return [];
    if (isMentioned(model, name)) return [];
    const line = kind.line ?? name;
    return [{ entry, line: folder === undefined ? line : `${folder}/${line}`, at }];
  });
}

/** Folders at the root of the context that are copied as a whole by name, with the source that names them. */
function foldersCopied(copies: readonly ContextCopy[]): ReadonlyMap<string, Span> {
  const found = new Map<string, Span>();
  for (const { excludes, sources } of copies) {
    if (excludes.length > 0) continue;
    for (const { value, span } of sources) {
      const folder = /^[^/*?[\]\\$]+(?=\/?$)/.exec(clean(value))?.[0];
      if (folder !== undefined && !found.has(folder)) found.set(folder, span);
    }
  }
  return found;
}

/** Whether a source (up to its first glob) names an entry of a folder that may be the path. */
function asksFor(source: string, folder: string, path: string): boolean {
  const literal = source.replace(/[*?[\\$].*$/, '').replace(/\/$/, '');
  if (literal === folder || !literal.startsWith(`${folder}/`)) return false;
  return source.length > literal.length + 1
    ? path.startsWith(literal)
    : literal === path || literal.startsWith(`${path}/`);
}

/** Options that set the working folder. */
const elsewhere = / (?:--(?:prefix|cwd|dir)|-C)[ =]\S+/;

/** Whether a command runs in a folder of this name, or has an option to work there. */
function runsIn(model: Model, command: Command, folder: string): boolean {
  const isIt = (path: string | undefined): boolean =>
    path !== undefined && (path === folder || path.replace(/\/$/, '').endsWith(`/${folder}`));
  return (
    isIt(folderOf(model, command)) || command.args.some(({ value }) => isIt(value?.replace(/^--[\w-]+=/, '')))
  );
}

/** A command with its arguments as one text, for patterns. */
function written({ program, args }: Command): string {
  return [program, ...args.map(({ text }) => text)].join(' ');
}

/**
 * Whether a command names the file, as in `cp .env.production .env`, a variable, as in `SETTINGS=.env.local make`, or another
 * stage that takes it: then it is wanted.
 */
function isMentioned(model: Model, name: string): boolean {
  if (!name.includes('.env')) return false;
  const names = (text: string | undefined): boolean => text?.split(/[\s"'=/]/).includes(name) === true;
  return (
    model.commands.some(
      ({ args, redirects, assignments }) =>
        args.some(({ text }) => names(text)) ||
        redirects.some(({ target }) => names(target?.text)) ||
        assignments.some(({ value }) => names(value?.text)),
    ) ||
    // What another stage takes of this one by its name is there on purpose.
    model.copies.some(({ sources }) => sources.some(({ kind, path }) => kind === 'stage' && names(path))) ||
    model.instructionsOf('ENV', 'ARG').some(({ line }) => names(line.text))
  );
}

/** The path from the root of the context, without slashes around it. */
function clean(path: string): string {
  return normalizePath(`/${path}`).slice(1);
}
