// What COPY and ADD take from the build context, and what should not come along.
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
  /** Only where the build makes its own, by one of these programs: else the one of the context is what is wanted. */
  readonly madeBy?: RegExp;
  /** Not where one of these programs runs, which may read it. */
  readonly readBy?: RegExp;
}

const scripts = /^(?:npm|npx|yarn|pnpm|pnpx|bun|bunx|corepack|lerna|nx|turbo)$/;

/** What hardly ever belongs into an image, as names of entries at the root of the context; folders end in a slash. */
const unwanted: readonly Kind[] = [
  { name: /^\.git\/$/, readBy: /^git/ },
  { name: /^\.(?:svn|hg)\/$/ },
  { name: /^\.(?:env|envrc)$/ },
  { name: /^\.env(?:\.\w+)?\.local$/, line: '.env*.local' },
  // Builds of web pages read the one of their mode, and examples are no settings.
  { name: /^\.env\.(?!(?:example|sample|template|dist|defaults?|test|local)\b)\w+$/, readBy: scripts },
  { name: /^[^.].*\.env$/, line: '*.env' },
  { name: /^node_modules\/$/, madeBy: scripts },
  { name: /^__pycache__\/$/, line: '**/__pycache__' },
  { name: /^\.?venv\/$/ },
  { name: /^\.(?:tox|nox|pytest_cache|mypy_cache|ruff_cache|gradle|terraform)\/$/ },
  { name: /^target\/$/, beside: /^Cargo\.toml$/, madeBy: /^cargo$/ },
  { name: /^target\/$/, beside: /^pom\.xml$/, madeBy: /^mvnw?$/ },
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
 * Unwanted entries of the context that a copy of everything takes along: that the ignore file lets through, no
 * COPY asks for by name, and no command mentions.
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
  const ignores = [
    new IgnoreFile(ignoreFile?.text ?? ''),
    ...copies.flatMap(({ instruction, sources }) =>
      sources.some(({ value }) => isEverything(value)) ? [excludedBy(instruction)] : [],
    ),
  ];
  const wanted = new Set(
    copies.flatMap(({ sources }) => sources.map(({ value }) => clean(value).split('/')[0])),
  );
  const programs = [...new Set(model.commands.map(({ program }) => program))];
  return candidates.flatMap(({ entry, kind }) => {
    const name = entry.replace(/\/$/, '');
    const { madeBy, readBy } = kind;
    if (wanted.has(name) || ignores.some((ignore) => isLeftOut(ignore, entry))) return [];
    if (madeBy && !programs.some((program) => madeBy.test(program))) return [];
    if (readBy && programs.some((program) => readBy.test(program))) return [];
    return isMentioned(model, name) ? [] : [{ entry, line: kind.line ?? name }];
  });
}

/** What a copy of everything takes from the root of the context: what neither the ignore file nor --exclude leaves out. */
export function visibleEntries(copy: ContextCopy, { entries, ignoreFile }: ContextFacts): readonly string[] {
  const ignores = [new IgnoreFile(ignoreFile?.text ?? ''), excludedBy(copy.instruction)];
  return entries.filter((entry) => !ignores.some((ignore) => isLeftOut(ignore, entry)));
}

/** The patterns of `COPY --exclude`. */
function excludedBy({ flags }: Instruction): IgnoreFile {
  const patterns = flags.filter(({ name }) => name === 'exclude').map(({ value }) => value?.value ?? '');
  return new IgnoreFile(patterns.join('\n'));
}

/** With `.git/*` as well nothing of a folder is left. */
function isLeftOut(ignore: IgnoreFile, entry: string): boolean {
  const name = entry.replace(/\/$/, '');
  return ignore.ignores(name) || (entry.endsWith('/') && ignore.ignores(`${name}/x`));
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
