// Reads the part of HCL that Bake files use for plain data: blocks, attributes, strings, lists and objects. Calls,
// conditions and operators are not computed: their value is not known.
// https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md

/** Undefined: not known. Strings keep their `${…}`, and a name alone is `${name}`. */
export type HclValue = string | readonly HclValue[] | ReadonlyMap<string, HclValue> | undefined;

export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  readonly attributes: ReadonlyMap<string, HclValue>;
}

/** Deeper lists and objects are not known, so that no text can exhaust the stack. */
const deepest = 20;

/** The blocks at the top of a text; reading goes on after what it does not know. Blocks inside blocks are left out. */
export function readHcl(text: string): readonly HclBlock[] {
  return new Reader(text).blocks();
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  blocks(): readonly HclBlock[] {
    const found: HclBlock[] = [];
    for (this.#blanks(true); this.#at < this.#text.length; this.#blanks(true)) {
      const type = this.#name();
      if (type === undefined) {
        this.#skipExpression();
        if (this.#at < this.#text.length) this.#at += 1;
        continue;
      }
      const labels: string[] = [];
      this.#blanks(false);
      for (let label = this.#label(); label !== undefined; label = this.#label()) {
        labels.push(label);
        this.#blanks(false);
      }
      if (this.#takes('{')) found.push({ type, labels, attributes: this.#body(0) });
      else this.#skipExpression();
    }
    return found;
  }

  /** Up to the closing brace, which it takes. */
  #body(depth: number): ReadonlyMap<string, HclValue> {
    const attributes = new Map<string, HclValue>();
    for (this.#blanks(true); this.#at < this.#text.length && !this.#takes('}'); this.#blanks(true)) {
      const name = this.#label();
      this.#blanks(false);
      if (name !== undefined && (this.#takes('=') || this.#takes(':'))) {
        attributes.set(name, this.#value(depth + 1));
        this.#blanks(true);
        this.#takes(',');
      } else {
        const before = this.#at;
        this.#skipExpression();
        // Whatever it is, it must not stop here.
        if (this.#at === before && !/[}]/.test(this.#text[this.#at] ?? '')) this.#at += 1;
      }
    }
    return attributes;
  }

  #value(depth: number): HclValue {
    this.#blanks(false);
    const start = this.#at;
    const value = this.#primary(depth);
    this.#blanks(false);
    // What follows makes it part of an expression.
    if (value !== undefined && /[\n\r,\]}#]|^$/.test(this.#text[this.#at] ?? '')) return value;
    if (value !== undefined && /^\/[/*]/.test(this.#text.slice(this.#at, this.#at + 2))) return value;
    this.#at = start;
    this.#skipExpression();
    return undefined;
  }

  #primary(depth: number): HclValue {
    if (depth > deepest) return undefined;
    if (this.#text[this.#at] === '"') return this.#string();
    if (this.#takes('[')) return this.#list(depth);
    if (this.#takes('{')) return this.#body(depth);
    const number = this.#match(/-?\d[\w.]*/y);
    if (number !== undefined) return number;
    const name = this.#name();
    if (name === undefined) return undefined;
    return name === 'true' || name === 'false' ? name : name === 'null' ? undefined : `\${${name}}`;
  }

  /** Up to the closing bracket, which it takes. */
  #list(depth: number): HclValue {
    const values: HclValue[] = [];
    for (this.#blanks(true); this.#at < this.#text.length && !this.#takes(']'); this.#blanks(true)) {
      const before = this.#at;
      values.push(this.#value(depth + 1));
      this.#blanks(true);
      if (!this.#takes(',') && this.#at === before) this.#at += 1;
    }
    return values;
  }

  /** @returns undefined for one that does not end on its line */
  #string(): string | undefined {
    const found = this.#match(/"(?:[^"\\\n]|\\.)*"/y);
    return found
      ?.slice(1, -1)
      .replaceAll(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character));
  }

  #label(): string | undefined {
    return this.#text[this.#at] === '"' ? this.#string() : this.#name();
  }

  #name(): string | undefined {
    return this.#match(/[A-Za-z_][\w-]*/y);
  }

  /** To the end of the line, of the list or of the body, over brackets that open and close. */
  #skipExpression(): void {
    let depth = 0;
    for (; this.#at < this.#text.length; this.#at += 1) {
      const character = this.#text[this.#at] ?? '';
      if (character === '"') {
        if (this.#string() === undefined) this.#at = this.#lineEnd();
        this.#at -= 1;
      } else if (/[([{]/.test(character)) depth += 1;
      else if (depth > 0) depth -= /[)\]}]/.test(character) ? 1 : 0;
      else if (/[\n,)\]}]/.test(character)) return;
    }
  }

  /** Skips blanks and comments. @param lines whether ends of lines and comments up to them too */
  #blanks(lines: boolean): void {
    for (;;) {
      this.#match(lines ? /\s+/y : /[ \t]+/y);
      const two = this.#text.slice(this.#at, this.#at + 2);
      if (two === '/*') {
        const end = this.#text.indexOf('*/', this.#at + 2);
        this.#at = end < 0 ? this.#text.length : end + 2;
      } else if (lines && (two.startsWith('#') || two === '//')) this.#at = this.#lineEnd();
      else return;
    }
  }

  #lineEnd(): number {
    const end = this.#text.indexOf('\n', this.#at);
    return end < 0 ? this.#text.length : end;
  }

  #takes(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }
}
