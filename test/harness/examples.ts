// The examples in a rule's comment: they are its documentation and its tests.
import { readFileSync } from 'node:fs';
import type { ContextFacts } from '../../server/src/core/lint/facts';
import type { Answers } from '../../server/src/core/lint/questions';

export interface Example {
  readonly kind: 'bad' | 'good';
  /** With its marks. */
  readonly source: string;
  /** What the offered fixes make of it; undefined when none may be offered. */
  readonly fixed: string | undefined;
  /** What an alternative makes of it, by its title. */
  readonly alternatives: readonly { readonly title: string; readonly fixed: string }[];
  /** Other files a fix writes, by path. */
  readonly files: ReadonlyMap<string, string>;
  readonly context: ContextFacts | undefined;
  /** What registries answer, by the key of the question; undefined where nobody asks. */
  readonly answers: Answers | undefined;
  /** Of its findings, in the order of their marks, where they differ from the rule's. */
  readonly severities: readonly string[] | undefined;
  /** Line of the rule's file, for messages. */
  readonly line: number;
}

export interface RuleExamples {
  readonly examples: readonly Example[];
  /** Transforms the rule opts out of, with the reason. */
  readonly skips: ReadonlyMap<string, string>;
}

const fence = /^```(\w*)\s*(.*)$/;

/** Reads the documentation comment of a rule's file. @throws when a block is malformed */
export function readExamples(path: string): RuleExamples {
  const source = readFileSync(path, 'utf8');
  const start = source.indexOf('/**');
  const end = source.indexOf('*/\nexport default', start);
  if (start < 0 || end < 0) throw new Error(`${path}: no documentation comment above the default export`);
  const first = source.slice(0, start).split('\n').length;
  const lines = source
    .slice(start, end)
    .split('\n')
    .map((line) => line.replace(/^\s*\/?\*+ ?/, '').replaceAll('*\\/', '*/'));
  const examples: Example[] = [];
  const skips = new Map<string, string>();
  for (let i = 0; i < lines.length; i += 1) {
    const skip = /^@skip (\S+) (.+)$/.exec(lines[i] ?? '');
    if (skip) skips.set(skip[1] ?? '', skip[2] ?? '');
    const open = fence.exec(lines[i] ?? '');
    if (!open) continue;
    const line = first + i;
    const close = lines.findIndex((text, at) => at > i && text.trim() === '```');
    if (close < 0) throw new Error(`${path}:${line}: the block is not closed`);
    const text = lines.slice(i + 1, close).join('\n') + '\n';
    addBlock(examples, open[1] ?? '', open[2] ?? '', text, `${path}:${line}`, line);
    i = close;
  }
  return { examples, skips };
}

function addBlock(
  examples: Example[],
  language: string,
  info: string,
  text: string,
  place: string,
  line: number,
): void {
  const kind = /^\w*/.exec(info)?.[0] ?? '';
  const attributes = new Map<string, string>();
  for (const match of info.matchAll(/(\w+)="([^"]*)"/g)) attributes.set(match[1] ?? '', match[2] ?? '');
  if (kind === 'bad' || kind === 'good') {
    if (language !== 'dockerfile') throw new Error(`${place}: ${kind} blocks are dockerfile blocks`);
    if (kind === 'bad' && !text.includes('«')) throw new Error(`${place}: a bad example needs a «mark»`);
    examples.push({
      kind,
      source: text,
      fixed: undefined,
      alternatives: [],
      files: new Map(),
      context: contextFrom(attributes),
      answers: answersFrom(attributes.get('answers')),
      severities: attributes.get('severity')?.split(' '),
      line,
    });
    return;
  }
  if (kind !== 'fixed') {
    if (language === 'dockerfile') throw new Error(`${place}: a dockerfile block is bad, good or fixed`);
    return;
  }
  const last = examples.at(-1);
  if (last?.kind !== 'bad') throw new Error(`${place}: a fixed block follows its bad one`);
  const title = attributes.get('alternative');
  const file = attributes.get('file');
  examples[examples.length - 1] = title
    ? { ...last, alternatives: [...last.alternatives, { title, fixed: text }] }
    : file
      ? { ...last, files: new Map([...last.files, [file, text]]) }
      : { ...last, fixed: text };
}

/** `files="a b/"` names the entries of the build context, `b/c` one in a folder, `ignore="x,y"` the lines of its .dockerignore. */
function contextFrom(attributes: ReadonlyMap<string, string>): ContextFacts | undefined {
  const files = attributes.get('files');
  if (files === undefined) return undefined;
  const ignore = attributes.get('ignore');
  const paths = files.split(' ').filter(Boolean);
  const inFolder = paths.map((path) => /^([^/]+)\/(.+)$/.exec(path));
  return {
    entries: [...new Set(paths.map((path) => path.replace(/\/.*$/, '/')))],
    entriesOf: (folder) => inFolder.flatMap((match) => (match?.[1] === folder ? (match[2] ?? []) : [])),
    ignoreFile:
      ignore === undefined ? undefined : { path: '.dockerignore', text: ignore.split(',').join('\n') + '\n' },
    dockerfile: 'Dockerfile',
  };
}

/** `answers="version node = 22.11.0, digest alpine:3.20 = sha256:…"`: what a registry says when it is asked. */
function answersFrom(text: string | undefined): Answers | undefined {
  if (text === undefined) return undefined;
  return new Map(
    text.split(', ').map((one) => {
      const at = one.indexOf(' = ');
      if (at < 0) throw new Error(`an answer has no question: ${one}`);
      return [one.slice(0, at), one.slice(at + 3)];
    }),
  );
}
