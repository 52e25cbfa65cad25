// The comment of a rule's file: it is the rule's page, and its examples are the rule's tests.
import { readFileSync } from 'node:fs';
import { parse as parseYaml } from 'yaml';
import type { ContextFacts, GitFile } from '../../server/src/core/lint/facts';
import { archiveKey } from '../../server/src/core/package-index/archive';
import type { Archive } from '../../server/src/core/package-index/archive';
import { encodePackage, indexOf } from '../../server/src/core/package-index/package-index';
import type { PackageIndexes } from '../../server/src/core/package-index/package-index';
import type { Answers } from '../../server/src/core/lint/questions';
import { readFences } from '../../server/src/patterns/fences';
import type { Block, Part } from '../../server/src/patterns/fences';

export interface Example {
  readonly kind: 'bad' | 'good';
  /** With its marks. */
  readonly source: string;
  /** Of its findings, in the order of their marks; one for all where they are equal. */
  readonly messages: readonly string[];
  /** What the offered fixes make of it; undefined when none may be offered. */
  readonly fixed: string | undefined;
  /** What an alternative makes of it, by its title. */
  readonly alternatives: readonly { readonly title: string; readonly fixed: string }[];
  /** Other files a fix writes, by path. */
  readonly files: ReadonlyMap<string, string>;
  readonly context: ContextFacts | undefined;
  /** Name of the file: `name="Dockerfile.j2"`. */
  readonly path: string | undefined;
  /** What the rule's options are set to: `options="wanted: upper"`. */
  readonly options: Readonly<Record<string, unknown>>;
  /** What registries answer, by the key of the question; undefined where nobody asks. */
  readonly answers: Answers | undefined;
  readonly packages: PackageIndexes | undefined;
  /** What the repository calls the images that it builds: `built="acme/app acme/web:1"`. */
  readonly builtImages: readonly string[] | undefined;
  /** The targets that builds of the repository name: `targets="test debug"`. */
  readonly buildTargets: readonly string[] | undefined;
  /** Of its findings, in the order of their marks, where they differ from the rule's. */
  readonly severities: readonly string[] | undefined;
  /** Rules with findings in the fixed text that the mistake hid: `uncovers="user-missing"`. */
  readonly uncovers: ReadonlySet<string>;
  /** The block in the rule's file, for messages about it. */
  readonly block: Block;
}

export interface RulePage {
  /** Prose and blocks in order, without `@skip` lines. */
  readonly parts: readonly Part[];
  readonly examples: readonly Example[];
  /** Transforms the rule opts out of, with the reason. */
  readonly skips: ReadonlyMap<string, string>;
}

/** Reads the page out of a rule's file. @throws when there is none or a block is malformed */
export function readExamples(path: string): RulePage {
  return readRulePage(readFileSync(path, 'utf8'), path);
}

/**
 * Reads the page out of the source of a rule.
 * @param path for messages
 * @throws when there is none or a block is malformed
 */
export function readRulePage(source: string, path: string): RulePage {
  const start = source.indexOf('/**');
  const end = source.indexOf('*/\nexport default', start);
  if (start < 0 || end < 0) throw new Error(`${path}: no documentation comment above the default export`);
  const skips = new Map<string, string>();
  const markdown = source
    .slice(start, end)
    .split('\n')
    .map((line) => line.replace(/^\s*\/?\*+ ?/, '').replaceAll('*\\/', '*/'))
    .map((line) => {
      const skip = /^@skip (\S+) (.+)$/.exec(line);
      if (skip) skips.set(skip[1] ?? '', skip[2] ?? '');
      return skip ? '' : line;
    })
    .join('\n');
  const examples: Example[] = [];
  const fail = (block: Block, problem: string): never => {
    throw new Error(`${path}:${block.line}: ${problem}`);
  };
  const { parts, unclosed } = readFences(markdown, source.slice(0, start).split('\n').length);
  if (unclosed !== undefined) throw new Error(`${path}:${unclosed}: the block is not closed`);
  for (const part of parts) if (part.kind === 'block') addBlock(examples, part, fail);
  return { parts, examples, skips };
}

function addBlock(examples: Example[], block: Block, fail: (block: Block, problem: string) => never): void {
  const { role, language, attributes, quotes } = block;
  // Characters that nobody sees are written as `\\u{200b}`.
  const text = block.text.replace(/\\u\{([0-9a-f]+)\}/g, (_, code: string) =>
    String.fromCodePoint(parseInt(code, 16)),
  );
  if (role !== 'bad' && quotes.length > 0) fail(block, 'messages (> …) stand below bad examples alone');
  if (role === 'bad' || role === 'good') {
    if (language !== 'dockerfile') fail(block, `${role} blocks are dockerfile blocks`);
    if (role === 'bad' && !text.includes('«')) fail(block, 'a bad example needs a «mark»');
    if (role === 'good' && text.includes('«')) fail(block, 'a good example has no «mark»');
    examples.push({
      kind: role,
      source: text,
      messages: quotes,
      fixed: undefined,
      alternatives: [],
      files: new Map(),
      context: contextFrom(attributes),
      path: attributes.get('name'),
      options: parseYaml(`{ ${attributes.get('options') ?? ''} }`) as Readonly<Record<string, unknown>>,
      answers: answersFrom(attributes.get('answers')),
      packages: packagesFrom(attributes.get('packages')),
      uncovers: new Set(attributes.get('uncovers')?.split(' ')),
      builtImages: attributes.get('built')?.split(' '),
      buildTargets: attributes.get('targets')?.split(' '),
      severities: attributes.get('severity')?.split(' '),
      block,
    });
    return;
  }
  if (role !== 'fixed') {
    if (language === 'dockerfile') fail(block, 'a dockerfile block is bad, good or fixed');
    return;
  }
  const last = examples.at(-1);
  if (last?.kind !== 'bad') return fail(block, 'a fixed block follows its bad one');
  const title = attributes.get('alternative');
  const file = attributes.get('file');
  examples[examples.length - 1] = title
    ? { ...last, alternatives: [...last.alternatives, { title, fixed: text }] }
    : file
      ? { ...last, files: new Map([...last.files, [file, text]]) }
      : { ...last, fixed: text };
}

/**
 * `files="a b/"` names the entries of the build context, `b/c` one in a folder; `ignore="x,y"` the lines of its
 * .dockerignore, `gitignore` those of its .gitignore, `mentions="x y"` words in scripts. `guessed="yes"`: nothing shows
 * that this is the context. `texts="a: x | b: y"`: what files hold. `executable="a b"`: the files that may be executed,
 * where the system tells; `gitattributes="x,y"` the lines of that file; `dockerfile="docker/Dockerfile"`: where the example
 * itself lies.
 */
export function contextFrom(attributes: ReadonlyMap<string, string>): ContextFacts | undefined {
  const files = attributes.get('files');
  if (files === undefined) return undefined;
  const linesOf = (name: string): string | undefined =>
    attributes.has(name) ? `${attributes.get(name)?.split(',').join('\n') ?? ''}\n` : undefined;
  const paths = files.split(' ').filter(Boolean);
  const entriesIn = (folder: string): readonly string[] => {
    const below = paths.flatMap((path) => (path.startsWith(folder) ? path.slice(folder.length) || [] : []));
    return [...new Set(below.map((path) => path.replace(/\/.*$/, '/')))];
  };
  const ignore = linesOf('ignore');
  const gitFile = (name: string): readonly GitFile[] => {
    const text = linesOf(name);
    return text === undefined ? [] : [{ below: '', text }];
  };
  const executable = attributes.get('executable')?.split(' ');
  const words = attributes.get('mentions')?.split(' ') ?? [];
  const texts = new Map(
    attributes
      .get('texts')
      ?.split(' | ')
      .map((one) => {
        const at = one.indexOf(': ');
        return [
          one.slice(0, at),
          one
            .slice(at + 2)
            .replaceAll('\\n', '\n')
            .replaceAll('\\r', '\r')
            .replaceAll('\\t', '\t'),
        ];
      }),
  );
  return {
    entries: entriesIn(''),
    entriesOf: (folder) => entriesIn(`${folder}/`),
    textOf: (name) => texts.get(name),
    fileAt: (path) =>
      paths.includes(path)
        ? { text: texts.get(path) ?? '', executable: executable?.includes(path) }
        : undefined,
    ignoreFile: ignore === undefined ? undefined : { path: '.dockerignore', text: ignore },
    dockerfile: attributes.get('dockerfile') ?? 'Dockerfile',
    isCertain: !attributes.has('guessed'),
    gitIgnores: gitFile('gitignore'),
    gitAttributes: gitFile('gitattributes'),
    mentions: (word) => words.includes(word),
  };
}

/** Messages as they stand below an example: one a line, one for all where they are equal. */
export function messagesToShow(messages: readonly string[]): readonly string[] {
  return new Set(messages).size === 1 ? messages.slice(0, 1) : messages;
}

/**
 * The source of a rule with the messages below its bad examples replaced.
 * @param shown for each bad example, by the line of its block
 */
export function withMessages(
  source: string,
  page: RulePage,
  shown: ReadonlyMap<number, readonly string[]>,
): string {
  const lines = source.split('\n');
  // From the end, so that the lines above keep their numbers.
  for (const { block } of [...page.examples].reverse()) {
    const messages = shown.get(block.line);
    if (!messages) continue;
    const quoted = messages.map((message) => ` * > ${message.replaceAll('*/', '*\\/')}`);
    lines.splice(block.lineBelow - 1, block.quotes.length, ...quoted);
  }
  return lines.join('\n');
}

/**
 * `packages="debian bookworm: curl=7.88.1-10 exim4=4.96>mail-transport-agent; alpine 3.20: jq=1.7.1-r0"`: the indexes that were
 * read. Behind `>` stands what a package provides. `debian bookworm!`: a part of it could not be read.
 */
function packagesFrom(text: string | undefined): PackageIndexes | undefined {
  if (text === undefined) return undefined;
  const indexes = new Map(
    text.split('; ').map((one) => {
      const [head = '', list = ''] = one.split(': ');
      const [family = '', release = ''] = head.replace('!', '').split(' ');
      const archive = { family: family as Archive['family'], release, architecture: undefined };
      const lines = list.split(' ').map((word) => {
        const [, name = '', version = '', provides = ''] = /^([^=]+)=([^>]+)(?:>(.*))?$/.exec(word) ?? [];
        return encodePackage({ name, version, provides: provides.replaceAll(',', ', ') });
      });
      const missing = head.includes('!') ? ['updates'] : [];
      return [
        archiveKey(archive),
        indexOf({ archive, parts: [{ name: 'main', lines: lines.join('') }], missing }),
      ];
    }),
  );
  return { of: (archive) => indexes.get(archiveKey(archive)) };
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
