// What may stand in the place of a parameter. Values come from people and from files of a project, and land in
// instructions, shell commands and JSON: nothing passes that one of them could read as more than a word.
interface Kind {
  readonly pattern: RegExp;
  /** As in "must be …". */
  readonly called: string;
}

const longest = 200;

/** Each pattern is anchored and without nested repetitions. */
const kinds = {
  name: {
    pattern: /^[A-Za-z0-9_][\w.-]*$/,
    called: 'a name of letters, digits, dots, dashes and underscores',
  },
  path: { pattern: /^[\w.@+/-]+$/, called: 'a path without blanks' },
  files: { pattern: /^[\w.@+*/-]+$/, called: 'a path without blanks, in which * stands for anything' },
  module: {
    pattern: /^[A-Za-z_][\w./-]*(?::[A-Za-z_][\w.]*)?$/,
    called: 'the name of a module, such as shop.app',
  },
  modules: {
    pattern: /^[\w@*][\w.@+*/-]*(?:,[\w@*][\w.@+*/-]*)*$/,
    called: 'hosts or paths of modules with commas between them, such as git.example.com',
  },
  version: { pattern: /^\d[\w.+-]*$/, called: 'a version, such as 1.27' },
  duration: { pattern: /^\d{1,6}(?:ms|s|m|h)$/, called: 'a duration, such as 30s' },
  number: { pattern: /^\d{1,9}$/, called: 'a number' },
  image: { pattern: /^[a-z0-9][\w./:@-]*$/, called: 'the name of an image' },
  packages: {
    pattern: /^[\w@][\w.+@:/=~-]*(?: [\w@][\w.+@:/=~-]*)*$/,
    called: 'names of packages with blanks between them',
  },
  url: { pattern: /^https?:\/\/[\w.:/@~%-]+$/, called: 'an http or https address' },
  words: { pattern: /^[\w.,:;/@+= -]*$/, called: 'words without quotes, backslashes and dollar signs' },
} satisfies Readonly<Record<string, Kind>>;

export type ValueKind = keyof typeof kinds;

export const valueKinds = Object.keys(kinds) as readonly ValueKind[];

export function isValueKind(word: unknown): word is ValueKind {
  return typeof word === 'string' && Object.hasOwn(kinds, word);
}

/** What is wrong with a value: the end of a sentence that begins with its name. Undefined where nothing is. */
export function problemOfValue(value: string, kind: ValueKind): string | undefined {
  const { pattern, called } = kinds[kind];
  if (value.length > longest) return `must not be longer than ${longest} characters`;
  if (!pattern.test(value)) return `must be ${called}`;
  if ((kind === 'path' || kind === 'files') && value.split('/').includes('..'))
    return 'must not lead out of the folder';
  if (kind === 'number' && value.length > 1 && value.startsWith('0')) return 'must not begin with 0';
  return undefined;
}
