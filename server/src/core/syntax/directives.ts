// Parser directives: `# syntax=`, `# escape=` and `# check=` on the first lines of a file. The builder reads them
// twice, with slightly different rules: its parser looks for escape=, and an earlier pass looks for syntax= and
// check=. Only the earlier pass skips a `#!` line and accepts other comment signs.
import { blank, equalsSign, returnValue, tab, skipSpaces } from './characters';
import { readJsonString } from './json-form';
import type { Directive, SyntaxProblem } from './nodes';

const known: ReadonlySet<string> = new Set(['syntax', 'escape', 'check']);

/** Reads the lines of a file from the top, as long as they belong to the directive block. */
export class DirectiveBlock {
  readonly directives: Directive[] = [];
  escape: '\\' | '`' = '\\';
  readonly #text: string;
  readonly #problems: SyntaxProblem[];
  #sign: '#' | '//' | undefined;
  readonly #seen = new Set<string>();
  #open = true;
  #shebang = false;
  /** Whether the earlier pass for syntax= and check= has reached this line: it stops at an indented line. */
  #ahead = true;

  constructor(text: string, problems: SyntaxProblem[]) {
    this.#text = text;
    this.#problems = problems;
  }

  /**
   * Offers the next line of the file.
   * @param lineStart after a byte order mark
   * @param first first character that is not a blank; `end` for a blank line
   * @returns whether the line is a directive, so neither a comment nor an instruction
   */
  take(lineStart: number, first: number, end: number): boolean {
    if (!this.#open) return false;
    const text = this.#text;
    if (this.#sign === undefined && !this.#shebang && text.startsWith('#!', lineStart)) {
      this.#shebang = true;
      return false;
    }
    const sign = text.startsWith('//', lineStart) ? '//' : '#';
    this.#sign ??= sign;
    const directive =
      sign === this.#sign && text.startsWith(sign, first) ? this.#read(first, end) : undefined;
    if (!directive || (sign === '//' && directive.name !== 'syntax')) {
      this.#open = false;
      return false;
    }
    if (first !== lineStart) this.#ahead = false;
    return this.#accept(directive);
  }

  #accept(directive: Directive): boolean {
    const { name, value } = directive;
    const repeated = this.#seen.has(name);
    this.#seen.add(name);
    // After `#!` the main parser no longer reads directives: escape= is an ordinary comment there, and a repeated
    // directive only ends the block.
    if (this.#shebang && repeated) this.#open = false;
    const idle = name === 'escape' ? this.#shebang : !this.#ahead;
    if (idle || (this.#shebang && repeated)) return false;
    this.directives.push(directive);
    if (repeated) {
      this.#problems.push({
        at: directive.nameSpan,
        kind: 'repeated-directive',
        message: `The ${name} directive is given more than once`,
      });
    } else if (name === 'escape') {
      if (value === '`' || value === '\\') {
        this.escape = value;
      } else {
        this.#problems.push({
          at: directive.valueSpan,
          kind: 'unknown-escape',
          message: 'The escape character can only be a backslash or a backtick',
        });
      }
    } else if (name === 'check') {
      const wrong = wrongCheckOption(value);
      if (wrong !== undefined)
        this.#problems.push({
          at: directive.valueSpan,
          kind: 'directive-check-invalid',
          message: `A check directive takes skip=, experimental= and error=true or false, not “${wrong}”`,
        });
    }
    return true;
  }

  /** `name = value` after the comment sign at `first`; undefined for any other line. */
  #read(first: number, end: number): Directive | undefined {
    const text = this.#text;
    const sign = this.#sign ?? '#';
    const nameStart = skipSpaces(text, first + sign.length, end);
    let nameEnd = nameStart;
    while (nameEnd < end && isNameCharacter(text.charCodeAt(nameEnd), nameEnd > nameStart)) nameEnd += 1;
    // No known name is longer. The check avoids lower-casing a very long line.
    if (nameEnd === nameStart || nameEnd - nameStart > 6) return undefined;
    const name = text.slice(nameStart, nameEnd).toLowerCase();
    const equals = skipBlanks(text, nameEnd, end);
    if (!known.has(name) || text.charCodeAt(equals) !== equalsSign || equals >= end) return undefined;
    // A line that ends right after the `=` is a comment. If only blanks follow, the value is empty.
    if (equals + 1 === end) return undefined;
    const valueStart = skipBlanks(text, equals + 1, end);
    let valueEnd = end;
    while (valueEnd > valueStart && isBlank(text.charCodeAt(valueEnd - 1))) valueEnd -= 1;
    return {
      span: { start: first, end },
      name,
      nameSpan: { start: nameStart, end: nameEnd },
      value: text.slice(valueStart, valueEnd),
      valueSpan: { start: valueStart, end: valueEnd },
      form: sign === '#' ? 'hash' : 'slashes',
    };
  }
}

/**
 * The syntax directive of a file that is one JSON object with a string under `syntax`. Such a file is input for
 * another frontend and not a Dockerfile.
 * @param start after a byte order mark and a `#!` line
 */
export function jsonDirective(text: string, start: number): Directive | undefined {
  let at = skipBlanks(text, start, text.length, true);
  if (text[at] !== '{') return undefined;
  try {
    const whole: unknown = JSON.parse(text.slice(start));
    if (typeof (whole as { syntax?: unknown }).syntax !== 'string') return undefined;
  } catch {
    // The text is not JSON: that is the answer.
    return undefined;
  }
  // The JSON is valid, so only nesting and strings must be recognised. The last of several equal keys counts.
  let depth = 0;
  let key: { start: number; end: number; value: string } | undefined;
  let found: Directive | undefined;
  while (at < text.length) {
    const character = text[at];
    if (character === '"') {
      const string = readJsonString(text, at, text.length);
      if (!string) return undefined;
      if (key?.value === 'syntax') {
        found = {
          span: { start: key.start, end: string.end },
          name: 'syntax',
          nameSpan: { start: key.start + 1, end: key.end - 1 },
          value: string.value,
          valueSpan: { start: at + 1, end: string.end - 1 },
          form: 'json',
        };
        key = undefined;
      } else if (depth === 1) {
        key = { start: at, end: string.end, value: string.value };
      }
      at = string.end;
      continue;
    }
    if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (character === ',' || depth > 1) key = undefined;
    at += 1;
  }
  return found;
}

function isNameCharacter(code: number, digits: boolean): boolean {
  const lower = code | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || (digits && code >= 0x30 && code <= 0x39);
}

/** Whether Go's `\s` matches. */
function isBlank(code: number): boolean {
  return code === blank || code === tab || code === 0x0a || code === 0x0c || code === returnValue;
}

function skipBlanks(text: string, start: number, end: number, feeds = false): number {
  let at = start;
  while (at < end && isBlank(text.charCodeAt(at)) && (feeds || text.charCodeAt(at) !== 0x0a)) at += 1;
  return at;
}

/** The part of the value of `# check=` that BuildKit reads: everything up to the first blank. */
export function checkOptions(value: string): string {
  return value.replace(/\s.*$/s, '');
}

/** What a value of `# check=` asks for besides hiding findings. */
export interface CheckOptions {
  /** The checks that only run on request; `all` stands for each of them. */
  readonly experimental: readonly string[];
  /** Whether a warning stops the build. Only the directive at the top of a file can ask for that. */
  readonly error: boolean;
}

/** @returns undefined for a value that BuildKit refuses */
export function readCheckOptions(value: string): CheckOptions | undefined {
  if (wrongCheckOption(value) !== undefined) return undefined;
  const values = new Map(
    partsOfCheck(value).map((part) => {
      const equals = part.indexOf('=');
      return [part.slice(0, equals), part.slice(equals + 1)];
    }),
  );
  return {
    experimental: values.get('experimental')?.split(',') ?? [],
    error: /^(?:1|t)/i.test(values.get('error') ?? ''),
  };
}

/** The first option of `# check=` that BuildKit refuses. It reads booleans as Go does. */
function wrongCheckOption(value: string): string | undefined {
  return partsOfCheck(value).find(
    (part) =>
      !/^(?:skip|experimental)=/.test(part) &&
      !/^error=(?:1|0|t|f|T|F|true|false|True|False|TRUE|FALSE)$/.test(part),
  );
}

/** The options as BuildKit splits them: at most three, so the third may contain the rest. */
function partsOfCheck(value: string): readonly string[] {
  const [first = '', second, ...more] = checkOptions(value).split(';');
  return [first, ...(second === undefined ? [] : [second]), ...(more.length > 0 ? [more.join(';')] : [])];
}
