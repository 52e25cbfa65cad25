// Reads the rules of a Makefile, as far as they can be known without make: no patterns, no functions, no included files.

export interface MakeRule {
  readonly targets: readonly string[];
  readonly prerequisites: readonly string[];
  /** Each line as the shell of make gets it. A variable that is not known stands as one of the shell. */
  readonly recipe: readonly string[];
}

/** Rules and lines of a recipe; a longer file is not read to its end. */
const mostLines = 5000;

/** The rules of a Makefile in its order. Of two with one target each has its own entry. */
export function readMakefile(text: string): readonly MakeRule[] {
  const lines = joined(text.split(/\r?\n/).slice(0, mostLines));
  const variables = variablesIn(lines);
  const expanded = (words: string): readonly string[] =>
    expand(words, variables).split(/\s+/).filter(Boolean);
  const rules: { targets: readonly string[]; prerequisites: readonly string[]; recipe: string[] }[] = [];
  let open: string[] | undefined;
  let isDefinition = false;
  for (const line of lines) {
    if (/^\s*(?:define|endef)\b/.test(line)) {
      isDefinition = line.includes('define');
      continue;
    }
    if (isDefinition) continue;
    if (line.startsWith('\t')) {
      open?.push(recipeLine(line, variables));
      continue;
    }
    const rule = ruleLine.exec(line);
    if (!rule) {
      // Conditions and comments stand between the lines of a recipe; a variable ends it.
      if (assignment.test(line)) open = undefined;
      continue;
    }
    const [, targets = '', needs = '', inline] = rule;
    open = inline === undefined ? [] : [recipeLine(inline, variables)];
    rules.push({
      targets: expanded(targets),
      prerequisites: expanded(needs.replace('|', ' ')),
      recipe: open,
    });
  }
  return rules;
}

const assignment = /^ *(?:export +|override +)*([\w.-]+)[ \t]*([:?+!]{0,3})=(.*)$/;
/** `target: needed ; command`, but no variable of a target. */
const ruleLine = /^([^\s#:=][^#:=]*)::?(?![:=])([^=;#]*)(?:;(.*)|#.*)?$/;

/** The rule of what make makes without words. */
export function firstRule(rules: readonly MakeRule[]): MakeRule | undefined {
  return rules.find(({ targets: [name = ''] }) => /^[^.%][^%]*$/.test(name));
}

/** Lines that end in a backslash with the next one: within a recipe the shell joins them. */
function joined(lines: readonly string[]): readonly string[] {
  const all: string[] = [];
  let before: string | undefined;
  for (const line of lines) {
    const whole =
      before === undefined
        ? line
        : before + (before.startsWith('\t') ? `\n${line.replace(/^\t/, '')}` : line.trimStart());
    if (line.endsWith('\\')) before = whole.startsWith('\t') ? whole : whole.slice(0, -1);
    else {
      all.push(whole);
      before = undefined;
    }
  }
  return before === undefined ? all : [...all, before];
}

/** Variables with one value that no function and no condition gives. `MAKE` is known. */
function variablesIn(lines: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map([['MAKE', 'make']]);
  const many = new Set<string>();
  for (const line of lines) {
    const [, name, sign, text = ''] = assignment.exec(line) ?? [];
    if (name === undefined) continue;
    const [value = ''] = text.split('#', 1);
    if (sign === '+' || (found.has(name) && found.get(name) !== value.trim())) many.add(name);
    found.set(name, value.trim());
  }
  for (const name of many) found.delete(name);
  return found;
}

/** Longer ones stay as they are, so that values within values stay within bounds. */
const longestValue = 200;
const longestLine = 4000;

/** Twice, as in `BINARY = bin/$(NAME)`: more is not looked for. */
function expand(text: string, variables: ReadonlyMap<string, string>): string {
  const once = (words: string): string =>
    words.length > longestLine
      ? words
      : words.replaceAll(/\$[({](\w+)[)}]/g, (all, name: string) => {
          const value = variables.get(name);
          return value === undefined || value.length > longestValue ? all : value;
        });
  return once(once(text));
}

/** Without the signs of make, and its variables as the shell would write them. */
function recipeLine(line: string, variables: ReadonlyMap<string, string>): string {
  const known = expand(line.replace(/^\t/, '').replace(/^\s*[-@+]+\s*/, ''), variables);
  return known.replaceAll(/\$(?:\$|[({](\w+)[)}]|\([^()]*\)|[@<^?*%+|])/g, (all, name?: string) => {
    if (all === '$$') return '$';
    return name === undefined ? '${_}' : `\${${name}}`;
  });
}
