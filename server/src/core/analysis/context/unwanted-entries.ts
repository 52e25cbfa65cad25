// What hardly ever belongs into an image, but comes along with a copy of the build context or of a folder of it.
import { scriptRunners } from '../../knowledge/programs/programs';
import type { Command } from '../../shell/types';
import { once } from '../../text/memo';
import { normalizePath } from '../../text/paths';
import type { Span } from '../../text/span';
import { contextCopies, excludedBy, isEverything, isLeftOut } from './context-sources';
import type { ContextCopy, ContextFacts } from './context-sources';
import { IgnoreFile } from './ignore-file';
import type { Model } from '../../model/model';

interface Kind {
  readonly name: RegExp;
  /** For the ignore file; the entry itself without one. */
  readonly line?: string;
  /** Only beside such an entry. */
  readonly beside?: RegExp;
  /** Only where a command of the build makes its own: else the one of the context is what is wanted. */
  readonly madeBy?: RegExp;
  /** Also in the folders at the root of the context. */
  readonly anywhere?: true;
  /** Not where one of these programs runs, which may read it; `always` where the finished program does. */
  readonly readBy?: RegExp | 'always';
}

/** Names of samples: no settings, and often looked at by tests or by who starts the image. */
const sample = String.raw`(?:example|sample|te?mpl(?:ate)?|tpl|dist|default|test|ci|schema|vault|dummy)`;
const webConfig =
  /^(?:next|nuxt|vite|vue|svelte|astro|gatsby|remix|rsbuild|quasar|craco)[.-]config\.\w+$|^angular\.json$/;

/** What hardly ever belongs into an image, as names of entries at the root of the context; folders end in a slash. */
const unwanted: readonly Kind[] = [
  { name: /^\.git\/$/, readBy: /^(?:git.*|g?make|cmake|hugo|mkdocs|goreleaser)$/ },
  { name: /^\.(?:svn|hg)\/$/ },
  // Symfony's has the defaults and is read at every start; builds of web pages put theirs into the pages.
  { name: /^\.env$/, beside: /^symfony\.lock$/, readBy: 'always', anywhere: true },
  { name: /^\.env$/, beside: webConfig, readBy: scriptRunners, anywhere: true },
  { name: /^\.env$/, anywhere: true },
  { name: /^\.envrc$/ },
  { name: /^\.env(?:\.\w+)?\.local$/, line: '.env*.local', anywhere: true },
  // Builds of web pages read the one of their mode, and examples are no settings.
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
  /** The folder at the root of the context that it lies in; undefined when it lies there itself. */
  readonly folder: string | undefined;
  readonly kind: Kind;
}

/** Folders that are looked into: what dependencies and samples have in them is another matter. */
const ownFolder =
  /^(?!(?:node_modules|bower_components|vendor|third_party|target|dist|build|out|venv)\/$)(?!.*(?:test|spec|fixture|example|sample|demo|template|doc|mock|e2e))\w[\w.@+-]*\/$/i;

/** Entries of the context that are unwanted by their names, of the root first. */
const candidatesIn = once(({ entries, entriesOf, ignoreFile }: ContextFacts): readonly Candidate[] => {
  const ignore = new IgnoreFile(ignoreFile?.text ?? '');
  const folders = entries.filter((entry) => ownFolder.test(entry) && !isLeftOut(ignore, entry));
  return [
    ...candidatesOf(entries, undefined),
    ...folders.flatMap((entry) => {
      const folder = entry.slice(0, -1);
      return candidatesOf(entriesOf?.(folder) ?? [], folder);
    }),
  ];
});

function candidatesOf(names: readonly string[], folder: string | undefined): readonly Candidate[] {
  return names.flatMap((name) => {
    const kind = unwanted.find(
      (one) => one.name.test(name) && (!one.beside || names.some((other) => one.beside?.test(other))),
    );
    return kind && (folder === undefined || kind.anywhere) ? [{ name, folder, kind }] : [];
  });
}

/**
 * Unwanted entries of the context, and of the folders at its root, that a copy of everything, or of such a folder,
 * takes along: that the ignore file lets through without naming them, no COPY or mount asks for by name, and no
 * command mentions.
 */
export function unwantedEntries(model: Model, context: ContextFacts): readonly Unwanted[] {
  const copies = contextCopies(model);
  const sources = copies.flatMap((copy) => copy.sources);
  const everything = sources.find(({ value }) => isEverything(value));
  const folders = foldersCopied(copies);
  if (!everything && folders.size === 0) return [];
  const candidates = candidatesIn(context);
  if (candidates.length === 0) return [];
  const ignore = new IgnoreFile(context.ignoreFile?.text ?? '');
  const excluded = copies.flatMap((copy) =>
    copy.sources.some(({ value }) => isEverything(value)) ? [excludedBy(copy)] : [],
  );
  const asked = [...sources.map(({ value }) => value), ...mountedSources(model)].map(clean);
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
    // Who writes `!.env`, or leaves out a part of the history, has thought about it.
    if (ignore.allows(path) || ignore.allows(`**/${name}`) || (name === '.git' && ignore.thins(name)))
      return [];
    // Where the ignore file has the name for the root, it is meant for all of them; a project is built with the others.
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

/** Folders at the root of the context that are copied by name and whole, with the source that names them. */
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

/** Whether a source, or the part of it in front of a glob, names something in a folder that may be the path. */
function asksFor(source: string, folder: string, path: string): boolean {
  const literal = source.replace(/[*?[\\$].*$/, '').replace(/\/$/, '');
  if (literal === folder || !literal.startsWith(`${folder}/`)) return false;
  return source.length > literal.length + 1
    ? path.startsWith(literal)
    : literal === path || literal.startsWith(`${path}/`);
}

/** Options that tell the folder to work in. */
const elsewhere = / (?:--(?:prefix|cwd|dir)|-C)[ =]\S+/;

/** Whether a command runs in a folder of this name, or is told to work there. */
function runsIn(model: Model, command: Command, folder: string): boolean {
  const isIt = (path: string | undefined): boolean =>
    path !== undefined && (path === folder || path.replace(/\/$/, '').endsWith(`/${folder}`));
  if (isIt(model.environmentAt(command.instruction).workdir)) return true;
  if (command.args.some(({ value }) => isIt(value?.replace(/^--[\w-]+=/, '')))) return true;
  return model
    .commandsOf(command.instruction)
    .some(({ program, args }) => /^(?:cd|pushd)$/.test(program) && isIt(args[0]?.value));
}

/** What RUN takes from the context by `--mount=type=bind`. */
function mountedSources({ instructions }: Model): readonly string[] {
  return instructions.flatMap(({ flags }) =>
    flags.flatMap(({ name, options }) =>
      name !== 'mount' || options.some(({ key }) => key === 'from')
        ? []
        : options.flatMap(({ key, value }) => (key === 'source' || key === 'src' ? (value ?? []) : [])),
    ),
  );
}

/** A command with its arguments, for patterns. */
function written({ program, args }: Command): string {
  return [program, ...args.map(({ text }) => text)].join(' ');
}

/** `cp .env.production .env`: who names a settings file wants it. */
function isMentioned(model: Model, name: string): boolean {
  if (!name.includes('.env')) return false;
  return model.commands.some(({ args, redirects }) =>
    [...args.map(({ text }) => text), ...redirects.map(({ target }) => target?.text ?? '')].some((text) =>
      text.split(/[\s"'=/]/).includes(name),
    ),
  );
}

/** From the root of the context, without slashes around it. */
function clean(path: string): string {
  return normalizePath(`/${path}`).slice(1);
}
