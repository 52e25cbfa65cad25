// Parses shell scripts, within limits that keep the editor fast, and remembers the latest trees.
import type { ShellTree } from './tree';
import { readTree } from './unbash-adapter';

/** Longer scripts are not read: people do not write them by hand, and the editor must not wait for them. */
const longestScript = 1 << 20;

/**
 * Scripts with more `<<` are not read. For each here-document the parser visits all here-documents whose bodies have
 * not begun, which takes quadratic time if one line has many.
 */
const mostHeredocs = 1000;

/** Nor are those with more of these: for each one that nothing closes, the parser reads to the end of the script. */
const mostArithmetic = 1000;
const mostSubstitutions = 5000;

/** Number of script characters whose trees are remembered: some thousand lines. */
const mostRemembered = 200_000;

/**
 * The grammar of a script. Never throws.
 * @param text the text that the shell reads, with `\n` as end of line
 */
export function parseShell(text: string): ShellTree {
  if (
    text.length > longestScript ||
    holdsMore(text, '<<', mostHeredocs) ||
    holdsMore(text, '$((', mostArithmetic) ||
    holdsMore(text, '$(', mostSubstitutions)
  )
    return { statements: [], error: undefined, isUnread: true };
  const known = recent.get(text);
  if (known) return known;
  const tree = read(text);
  recent.set(text, tree);
  return tree;
}

function holdsMore(text: string, sign: string, most: number): boolean {
  let found = 0;
  for (let at = text.indexOf(sign); at >= 0 && found <= most; at = text.indexOf(sign, at + sign.length))
    found += 1;
  return found > most;
}

function read(text: string): ShellTree {
  try {
    return readTree(text);
  } catch {
    // A bug of the parser (or too little stack) is not an error of the file, so rules judge nothing in the script.
    return { statements: [], error: 0, isUnread: true };
  }
}

/**
 * The trees of the latest scripts. A tree depends only on the text, and while the user types in one script of a file,
 * the others stay the same.
 */
class RecentTrees {
  readonly #trees = new Map<string, ShellTree>();
  #size = 0;

  get(text: string): ShellTree | undefined {
    return this.#trees.get(text);
  }

  set(text: string, tree: ShellTree): void {
    if (text.length > mostRemembered / 8) return;
    if (this.#size + text.length > mostRemembered) {
      this.#trees.clear();
      this.#size = 0;
    }
    this.#trees.set(text, tree);
    this.#size += text.length;
  }
}

const recent = new RecentTrees();
