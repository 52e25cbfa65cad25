// Comments of other linters and scanners that hide findings, each read as its own tool reads it.
import type { Comment } from '../../syntax/nodes';
import { every, ownerOf } from './suppression';
import type { CommentReader, Suppression, SuppressionForm, Surroundings } from './suppression';

/** How one form reads a comment: what it hides, and how far. */
interface Reading {
  readonly scope: 'file' | 'instruction' | 'stage';
  readonly ids: readonly string[];
  /** The list of ids in the comment's text; undefined if it has none. */
  readonly list?: { readonly start: number; readonly end: number };
}

interface Form {
  readonly form: SuppressionForm;
  /**
   * Where the comment stands: on the line right above the instruction (`adjoining`), there with other comments of its
   * own kind in between (`stacked`), there or between the lines of the instruction (`around`), or anywhere between it and
   * the instruction before (`above`).
   */
  readonly place: 'adjoining' | 'stacked' | 'around' | 'above';
  /** @param text everything after the `#` */
  read(text: string): Reading | undefined;
}

/** `all`, where a comment names no rule. */
const everything: readonly string[] = [every];

// A rule after another blank, or one more word, makes tally read none.
const tally = /^[ \t]*tally[ \t]+(global[ \t]+)?ignore=([\w/*-]+(?:,[\w/*-]+)*)(?:;.*)?[ \t]*$/i;
const trivy = /(?:trivy|tfsec):ignore:([^\s:[]+)/g;
// Checkov looks for it anywhere in a comment, and skips the check in the whole file.
const checkov = /(?:checkov|bridgecrew):skip= *([A-Z_\d]+)/;
const kics =
  /^[ \t]*kics-scan[ \t]+(?:(ignore|ignore-line|ignore-block)|disable=([\w-]+(?:,[ \t]*[\w-]+)*))[ \t]*$/;
// Words behind the list are other directives. A range of numbers is left to ShellCheck, which reads it in a heredoc.
const shellcheck = /^[ \t]*shellcheck[ \t]+(?:[\w-]+=\S+[ \t]+)*disable=(all|SC\d+(?:,SC\d+)*)(?=$|[ \t])/;
const semgrep = /\bnosem(?:grep)?(?::[ \t]*([\w.-]+(?:,[ \t]*[\w.-]+)*))?/;

function listIn(text: string, list: string): { readonly start: number; readonly end: number } {
  const start = text.lastIndexOf(list);
  return { start, end: start + list.length };
}

function idsIn(list: string): string[] {
  return list.split(',').map((id) => id.trim());
}

const forms: readonly Form[] = [
  {
    form: 'tally',
    place: 'above',
    read: (text) => {
      const [, global, list] = tally.exec(text) ?? [];
      if (list === undefined) return undefined;
      const scope = global === undefined ? 'instruction' : 'file';
      return { scope, ids: idsIn(list), list: listIn(text.replace(/;.*/, ''), list) };
    },
  },
  {
    form: 'trivy',
    place: 'stacked',
    read: (text) => {
      const ids = [...text.matchAll(trivy)].map(([, id = '']) => id);
      return ids.length === 0 ? undefined : { scope: 'instruction', ids };
    },
  },
  {
    form: 'checkov',
    place: 'above',
    read: (text) => {
      const id = checkov.exec(text)?.[1];
      return id === undefined ? undefined : { scope: 'file', ids: [id] };
    },
  },
  {
    form: 'kics',
    place: 'above',
    read: (text) => {
      const [, command, list] = kics.exec(text) ?? [];
      if (list !== undefined) return { scope: 'file', ids: idsIn(list), list: listIn(text, list) };
      if (command === undefined) return undefined;
      const scopes = { ignore: 'file', 'ignore-line': 'instruction', 'ignore-block': 'stage' } as const;
      return { scope: scopes[command as keyof typeof scopes], ids: everything };
    },
  },
  {
    form: 'semgrep',
    place: 'adjoining',
    read: (text) => {
      const found = semgrep.exec(text);
      if (!found) return undefined;
      const list = found[1];
      if (list === undefined) return { scope: 'instruction', ids: everything };
      return { scope: 'instruction', ids: idsIn(list), list: listIn(text, list) };
    },
  },
  {
    form: 'shellcheck',
    place: 'around',
    read: (text) => {
      const list = shellcheck.exec(text)?.[1];
      return list === undefined
        ? undefined
        : { scope: 'instruction', ids: idsIn(list), list: listIn(text, list) };
    },
  },
  {
    form: 'dockerfile-utils',
    place: 'adjoining',
    read: (text) =>
      text.trim() === 'dockerfile-utils: ignore' ? { scope: 'instruction', ids: everything } : undefined,
  },
];

/** Whether a comment may be one of these: most are not, so that they cost nothing. */
export const mayBeForeign =
  /\b(?:tally|trivy:|tfsec:|checkov:|bridgecrew:|kics-scan|nosem|shellcheck|dockerfile-utils:)/i;

/** Reads a comment in each of these forms. */
export function foreignReader(surroundings: Surroundings): CommentReader {
  const above = new Stack(surroundings);
  return (comment) => {
    if (!mayBeForeign.test(comment.text)) return [];
    return forms.flatMap((form) => {
      const reading = form.read(comment.text);
      const scope = reading && scopeOf(surroundings, comment, form, reading, above);
      if (!reading || scope === undefined) return [];
      return [{ form: form.form, ...placed(comment, reading), scope }];
    });
  };
}

function placed(comment: Comment, { ids, list }: Reading): Pick<Suppression, 'ids' | 'span' | 'idsSpan'> {
  const { span } = comment;
  const text = span.start + 1;
  const idsSpan = list
    ? { start: text + list.start, end: text + list.end }
    : { start: span.end, end: span.end };
  return { ids, span, idsSpan };
}

function scopeOf(
  { file }: Surroundings,
  comment: Comment,
  { form, place }: Form,
  { scope }: Reading,
  above: Stack,
): Suppression['scope'] | undefined {
  const target = ownerOf(file, comment.span);
  if (scope === 'file') {
    // KICS reads commands for the whole file above everything alone.
    const isLate = form === 'kics' && (target?.index ?? 1) > 0;
    return isLate ? undefined : 'file';
  }
  if (target && comment.inside && place === 'around') return [target.index, target.index];
  if (!target || comment.inside) return undefined;
  if (scope === 'stage') return target.keyword === 'FROM' ? above.stageFrom(target.index) : undefined;
  return place === 'above' || above.reaches(comment, target.span.start, place !== 'adjoining')
    ? [target.index, target.index]
    : undefined;
}

/** What stands between comments and the instructions below them. */
class Stack {
  readonly #surroundings: Surroundings;
  /** The line below each block of comments, by the lines of the comments. */
  readonly #below = new Map<number, number>();

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
    const { file, document } = surroundings;
    for (const { span } of [...file.comments].reverse()) {
      const line = document.lineAt(span.start);
      this.#below.set(line, this.#below.get(line + 1) ?? line + 1);
    }
  }

  /** Whether nothing, or only comments, stand on the lines between. */
  reaches({ span }: Comment, instruction: number, overComments: boolean): boolean {
    const { document } = this.#surroundings;
    const line = document.lineAt(span.start);
    const below = overComments ? this.#below.get(line) : line + 1;
    return below === document.lineAt(instruction);
  }

  /** From the instruction to the last one before the next FROM. */
  stageFrom(first: number): readonly [number, number] {
    const { instructions } = this.#surroundings.file;
    let last = first;
    while (instructions[last + 1] && instructions[last + 1]?.keyword !== 'FROM') last += 1;
    return [first, last];
  }
}
