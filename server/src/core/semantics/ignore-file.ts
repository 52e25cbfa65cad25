// .dockerignore, evaluated as the builder does: patterns in order, the last that matches decides, `!` brings
// back, and what lies in an excluded folder is excluded.

interface Pattern {
  readonly expression: RegExp;
  readonly exclusion: boolean;
}

export class IgnoreFile {
  readonly #patterns: readonly Pattern[];

  constructor(text: string) {
    this.#patterns = text
      .replace(/^\uFEFF/, '')
      .split('\n')
      .flatMap((line) => readPattern(line));
  }

  /** Whether a path is kept out of the build context. @param path relative to its root, with forward slashes, no slash at the end */
  ignores(path: string): boolean {
    const parts = path.split('/');
    let ignored = false;
    for (const { expression, exclusion } of this.#patterns) {
      if (exclusion !== ignored) continue;
      for (let depth = 1; depth <= parts.length; depth += 1) {
        if (!expression.test(parts.slice(0, depth).join('/'))) continue;
        ignored = !exclusion;
        break;
      }
    }
    return ignored;
  }
}

/** Comments begin in the first column; blanks around a pattern and a slash in front of it mean nothing. */
function readPattern(line: string): Pattern[] {
  if (line.startsWith('#')) return [];
  let text = line.trim();
  const exclusion = text.startsWith('!');
  if (exclusion) text = text.slice(1).trim();
  const parts: string[] = [];
  for (const part of text.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  if (parts.length === 0) return [];
  const expression = toExpression(parts.join('/'));
  return expression ? [{ expression, exclusion }] : [];
}

/** `**` stands for any number of folders, `*` and `?` stop at a slash, a backslash takes the next character literally. */
function toExpression(pattern: string): RegExp | undefined {
  let source = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at] ?? '';
    if (char === '*' && pattern[at + 1] === '*') {
      at += 1;
      if (pattern[at + 1] === '/') {
        at += 1;
        source += '(?:.*/)?';
      } else source += '.*';
    } else if (char === '*') source += '[^/]*';
    else if (char === '?') source += '[^/]';
    else if (char === '[') {
      const end = pattern.indexOf(']', at + 2);
      if (end < 0) return undefined;
      source += `[${pattern.slice(at + 1, end).replaceAll(/[\\[\]]/g, '\\$&')}]`;
      at = end;
    } else if (char === '\\' && at + 1 < pattern.length) {
      at += 1;
      source += escapeCharacter(pattern[at] ?? '');
    } else source += escapeCharacter(char);
  }
  try {
    return new RegExp(`^${source}$`);
  } catch {
    // A range such as [z-a]: the builder refuses the pattern too.
    return undefined;
  }
}

function escapeCharacter(char: string): string {
  return /[\\^$.|?*+()[\]{}/]/.test(char) ? `\\${char}` : char;
}
