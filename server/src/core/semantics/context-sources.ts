// What COPY and ADD take from the build context, and what should not come along.
import type { Command } from '../shell/types';
import type { Instruction } from '../syntax/nodes';
import { once } from '../text/memo';
import type { Span } from '../text/span';
import { IgnoreFile } from './ignore-file';
import type { Model } from './model';

/** What the build context around the Dockerfile holds; every field is undefined while unknown. */
export interface ContextFacts {
  /** Names of the entries at the root of the build context; folders end in `/`. */
  readonly entries: readonly string[];
  /** The ignore file in force: its path relative to the context, its text. Undefined when there is none. */
  readonly ignoreFile: { readonly path: string; readonly text: string } | undefined;
  /** Path of the Dockerfile relative to the context. */
  readonly dockerfile: string;
  /** Text of a file at the root of the context, by its name; undefined where there is none, or nobody may look. */
  readonly textOf?: (name: string) => string | undefined;
}

export interface ContextCopy {
  readonly instruction: Instruction;
  readonly sources: readonly { readonly value: string; readonly span: Span }[];
  readonly destination: { readonly value: string; readonly span: Span };
}

/**
 * COPY and ADD that read the build context, in file order; those from stages, images, URLs and heredocs left out,
 * and those under ONBUILD, which read the context of another build.
 */
export const contextCopies = once((model: Model): readonly ContextCopy[] => {
  return model.instructions.flatMap((instruction) => {
    if (instruction.onbuild || !/^(?:COPY|ADD)$/.test(instruction.keyword)) return [];
    if (instruction.flags.some(({ name }) => name === 'from')) return [];
    const heredocs = new Set(instruction.heredocs.map(({ operator }) => operator.span.start));
    const words = instruction.json ?? instruction.words.filter(({ span }) => !heredocs.has(span.start));
    const destination = words.at(-1);
    const sources = words.slice(0, -1).filter(({ value }) => !/^(?:[a-z]+:\/\/|git@)/i.test(value));
    return destination && sources.length > 0 ? [{ instruction, sources, destination }] : [];
  });
});

/** Whether a source stands for the whole build context. */
export function isEverything(source: string): boolean {
  return /^(?:\.?\/|\.|\*|\.\/\*|\/\*|\.\/\.)$/.test(source);
}

interface Kind {
  readonly name: RegExp;
  /** For the ignore file; the entry itself without one. */
  readonly line?: string;
  /** Only beside such an entry. */
  readonly beside?: RegExp;
  /** Only where a command of the build makes its own: else the one of the context is what is wanted. */
  readonly madeBy?: RegExp;
  /** Not where one of these programs runs, which may read it; `always` where the finished program does. */
  readonly readBy?: RegExp | 'always';
}

/** Names of samples: no settings, and often looked at by tests or by who starts the image. */
const sample = String.raw`(?:example|sample|te?mpl(?:ate)?|tpl|dist|default|test|ci|schema|vault|dummy)`;
const webConfig =
  /^(?:next|nuxt|vite|vue|svelte|astro|gatsby|remix|rsbuild|quasar|craco)[.-]config\.\w+$|^angular\.json$/;
const scripts = /^(?:npm|npx|yarn|pnpm|pnpx|bun|bunx|corepack|lerna|nx|turbo)$/;

/** What hardly ever belongs into an image, as names of entries at the root of the context; folders end in a slash. */
const unwanted: readonly Kind[] = [
  { name: /^\.git\/$/, readBy: /^(?:git.*|g?make|cmake|hugo|mkdocs|goreleaser)$/ },
  { name: /^\.(?:svn|hg)\/$/ },
  // Symfony's has the defaults and is read at every start; builds of web pages put theirs into the pages.
  { name: /^\.env$/, beside: /^symfony\.lock$/, readBy: 'always' },
  { name: /^\.env$/, beside: webConfig, readBy: scripts },
  { name: /^\.(?:env|envrc)$/ },
  { name: /^\.env(?:\.\w+)?\.local$/, line: '.env*.local' },
  // Builds of web pages read the one of their mode, and examples are no settings.
  { name: new RegExp(String.raw`^\.env\.(?!${sample}|local\b)\w+$`), readBy: scripts },
  { name: new RegExp(String.raw`^(?!.*\b_?${sample}s?_?\b)[^.].*\.env$`) },
  {
    name: /^node_modules\/$/,
    madeBy:
      /^(?!.* (?:-g|--global|global|--prefix|-C)\b)(?:(?:npm|pnpm|bun) (?:.* )?(?:i|ci|install|clean-install)\b|yarn(?: install\b| -(?!-version)|$))/,
  },
  { name: /^__pycache__\/$/, line: '**/__pycache__' },
  { name: /^\.?venv\/$/ },
  { name: /^\.(?:tox|nox|pytest_cache|mypy_cache|ruff_cache|gradle|terraform)\/$/ },
  { name: /^target\/$/, beside: /^Cargo\.toml$/, madeBy: /^cargo\b/ },
  { name: /^target\/$/, beside: /^pom\.xml$/, madeBy: /^mvnw?\b/ },
  { name: /^(?:bin|obj)\/$/, beside: /\.\w+proj$/, madeBy: /^dotnet (?:build|publish|restore)\b/ },
];

export interface Unwanted {
  /** As in the context: `.git/`, `.env.local`. */
  readonly entry: string;
  /** The line for the ignore file. */
  readonly line: string;
}

/** Where the whole context is copied; undefined when it is nowhere. */
export function everythingCopied(model: Model): { readonly at: Span } | undefined {
  const found = contextCopies(model).flatMap(({ sources }) => sources);
  const source = found.find(({ value }) => isEverything(value));
  return source && { at: source.span };
}

/**
 * Unwanted entries of the context that a copy of everything takes along: that the ignore file lets through without
 * naming them, no COPY or mount asks for by name, and no command mentions.
 */
export function unwantedEntries(model: Model, { entries, ignoreFile }: ContextFacts): readonly Unwanted[] {
  const candidates = entries.flatMap((entry) => {
    const kind = unwanted.find(
      (one) => one.name.test(entry) && (!one.beside || entries.some((other) => one.beside?.test(other))),
    );
    return kind ? [{ entry, kind }] : [];
  });
  if (candidates.length === 0) return [];
  const copies = contextCopies(model);
  const ignore = new IgnoreFile(ignoreFile?.text ?? '');
  const ignores = [
    ignore,
    ...copies.flatMap(({ instruction, sources }) =>
      sources.some(({ value }) => isEverything(value)) ? [excludedBy(instruction)] : [],
    ),
  ];
  const wanted = new Set(
    [...copies.flatMap(({ sources }) => sources.map(({ value }) => value)), ...mountedSources(model)].map(
      (path) => clean(path).split('/')[0],
    ),
  );
  const programs = [...new Set(model.commands.map(({ program }) => program))];
  const runs = model.commands.filter(({ instruction }) => instruction.keyword === 'RUN').map(written);
  return candidates.flatMap(({ entry, kind }) => {
    const name = entry.replace(/\/$/, '');
    const { madeBy, readBy } = kind;
    if (wanted.has(name) || ignores.some((one) => isLeftOut(one, entry))) return [];
    // Who writes `!.env`, or leaves out a part of the history, has thought about it.
    if (ignore.allows(name) || (name === '.git' && ignore.thins(name))) return [];
    if (madeBy && !runs.some((run) => madeBy.test(run))) return [];
    if (readBy === 'always' || (readBy && programs.some((program) => readBy.test(program)))) return [];
    return isMentioned(model, name) ? [] : [{ entry, line: kind.line ?? name }];
  });
}

/** What a copy of everything takes from the root of the context: what neither the ignore file nor --exclude leaves out. */
export function visibleEntries(copy: ContextCopy, { entries, ignoreFile }: ContextFacts): readonly string[] {
  const ignores = [new IgnoreFile(ignoreFile?.text ?? ''), excludedBy(copy.instruction)];
  return entries.filter((entry) => !ignores.some((ignore) => isLeftOut(ignore, entry)));
}

/** Whether all that is not named stays out: then a copy of everything is one of what the ignore file names. */
export function isNamedByIgnoreFile({ ignoreFile }: ContextFacts): boolean {
  return new IgnoreFile(ignoreFile?.text ?? '').isAllowList;
}

/** Whether it is open what of the folders at the root a copy takes: exceptions reach into some that are left out. */
export function isPartlyVisible(copy: ContextCopy, { entries, ignoreFile }: ContextFacts): boolean {
  return [new IgnoreFile(ignoreFile?.text ?? ''), excludedBy(copy.instruction)].some((ignore) =>
    entries.some(
      (entry) => entry.endsWith('/') && isLeftOut(ignore, entry) && ignore.mayKeepIn(entry.slice(0, -1)),
    ),
  );
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

/** The patterns of `COPY --exclude`. */
function excludedBy({ flags }: Instruction): IgnoreFile {
  const patterns = flags.filter(({ name }) => name === 'exclude').map(({ value }) => value?.value ?? '');
  return new IgnoreFile(patterns.join('\n'));
}

/** Of a folder that is left out itself, `!src/**` brings everything back; with `.git/*` nothing of it is left. */
function isLeftOut(ignore: IgnoreFile, entry: string): boolean {
  return ignore.ignores(entry.endsWith('/') ? `${entry}x` : entry);
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

function clean(path: string): string {
  return path.replace(/^(?:\.?\/)+/, '');
}
