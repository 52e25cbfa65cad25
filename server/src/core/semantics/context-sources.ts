// What COPY and ADD take from the build context, and what should not come along.
import type { Instruction } from '../syntax/nodes';
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
export function contextCopies(model: Model): readonly ContextCopy[] {
  return model.instructions.flatMap((instruction) => {
    if (instruction.onbuild || !/^(?:COPY|ADD)$/.test(instruction.keyword)) return [];
    if (instruction.flags.some(({ name }) => name === 'from')) return [];
    const heredocs = new Set(instruction.heredocs.map(({ operator }) => operator.span.start));
    const words = instruction.json ?? instruction.words.filter(({ span }) => !heredocs.has(span.start));
    const destination = words.at(-1);
    const sources = words.slice(0, -1).filter(({ value }) => !/^(?:[a-z]+:\/\/|git@)/i.test(value));
    return destination && sources.length > 0 ? [{ instruction, sources, destination }] : [];
  });
}

/** Whether a source stands for the whole build context. */
export function isEverything(source: string): boolean {
  return /^(?:\.?\/|\.|\*|\.\/\*|\/\*|\.\/\.)$/.test(source);
}

/** What hardly ever belongs into an image, as names of entries at the root of the context; folders end in a slash. */
const unwanted: readonly { readonly name: RegExp; readonly line: string; readonly beside?: RegExp }[] = [
  { name: /^\.git\/$/, line: '.git' },
  { name: /^\.svn\/$/, line: '.svn' },
  { name: /^\.hg\/$/, line: '.hg' },
  { name: /^(?:\.env|\.env\.(?!(?:example|sample|template|dist|test)\b).+)$/, line: '.env*' },
  { name: /^.+\.env$/, line: '*.env' },
  { name: /^node_modules\/$/, line: 'node_modules' },
  { name: /^__pycache__\/$/, line: '**/__pycache__' },
  { name: /^\.venv\/$/, line: '.venv' },
  { name: /^venv\/$/, line: 'venv' },
  { name: /^\.tox\/$/, line: '.tox' },
  { name: /^\.pytest_cache\/$/, line: '.pytest_cache' },
  { name: /^\.mypy_cache\/$/, line: '.mypy_cache' },
  { name: /^target\/$/, line: 'target', beside: /^(?:Cargo\.toml|pom\.xml)$/ },
  { name: /^\.gradle\/$/, line: '.gradle' },
  { name: /^\.terraform\/$/, line: '.terraform' },
  { name: /^\.DS_Store$/, line: '.DS_Store' },
];

export interface Unwanted {
  /** As in the context: `.git/`, `.env.local`. */
  readonly entry: string;
  /** The line for the ignore file. */
  readonly line: string;
}

/** Unwanted entries of the context that the ignore file lets through and that no COPY asks for by name. */
export function unwantedEntries(model: Model, { entries, ignoreFile }: ContextFacts): readonly Unwanted[] {
  const ignore = new IgnoreFile(ignoreFile?.text ?? '');
  const wanted = new Set(
    contextCopies(model).flatMap(({ sources }) => sources.map(({ value }) => clean(value).split('/')[0])),
  );
  return entries.flatMap((entry) => {
    const name = entry.replace(/\/$/, '');
    const known = unwanted.find(
      (one) => one.name.test(entry) && (!one.beside || entries.some((other) => one.beside?.test(other))),
    );
    return known && !ignore.ignores(name) && !wanted.has(name) ? [{ entry, line: known.line }] : [];
  });
}

function clean(path: string): string {
  return path.replace(/^(?:\.?\/)+/, '');
}
