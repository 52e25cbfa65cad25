// Makes foreign text harmless for a terminal and for the log of a CI system: names and messages come from files of other
// people. What moves the cursor, changes the direction of writing or is not seen is shown as an escape; what a CI system
// would take for a command of ours is broken up.

/** Controls, ends of line, marks of direction, and characters without a width that hide text. */
const unseen =
  /[\p{Cc}\u2028\u2029\p{Bidi_Control}\u200B\u2060-\u2064\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu;

/** `##vso[` (Azure), `##teamcity[` and `##[` (GitHub) count anywhere in a line. */
const command = /##(?=\w*\[)/g;

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** One line, as it may be printed. A name that begins like a command of GitHub (`::`) needs `safePath` too. */
export function visible(text: string): string {
  return text.replace(unseen, escaped).replace(command, '#\\x23');
}

/** The same for text of several lines, whose ends stay, as do tabs. */
export function visibleLines(text: string): string {
  const lines = text.split('\n').map((line) =>
    line
      .split('\t')
      .map(visible)
      .join('\t')
      // GitHub reads a command from the beginning of a line, also behind blanks.
      .replace(/^(\s*):(?=:)/, '$1\\x3a'),
  );
  return lines.join('\n');
}

/** What a program printed, line by line: its colours, which only a terminal of its own would show, are left out. */
export function programLines(text: string): string {
  return visibleLines(text.replace(/\u001b\[[\d;:]*m/g, ''));
}

/** A path as the first word of a line: still the same file, but not the beginning of a command. */
export function safePath(path: string): string {
  return visible(/^\s*::/.test(path) ? `./${path}` : path);
}

/** A value as readable JSON that ends with a line break, and in which nothing is hidden. */
export function jsonText(value: unknown): string {
  return visibleJson(`${JSON.stringify(value, undefined, 2)}\n`);
}

/** JSON that says the same, without any of it as such. */
export function visibleJson(json: string): string {
  return json
    .replace(unseen, (character) => (character === '\n' ? character : unitsOf(character)))
    .replace(command, '#\\u0023');
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return short[character] ?? (code < 0x100 ? `\\x${hex(code, 2)}` : `\\u{${hex(code, 4)}}`);
}

function unitsOf(character: string): string {
  return Array.from({ length: character.length }, (_, at) => `\\u${hex(character.charCodeAt(at), 4)}`).join(
    '',
  );
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
