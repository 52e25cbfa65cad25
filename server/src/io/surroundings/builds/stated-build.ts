// What a build file (Compose, Bake, a workflow, …) states about one build, before its paths are resolved.

export interface StatedBuild {
  /** The service, target or step; for people. */
  readonly name: string;
  /** Folder of the context as written; undefined if it is remote, or if it or the Dockerfile is not known. */
  readonly context: string | undefined;
  /** Path of the Dockerfile as written; undefined for the default one in the context. */
  readonly dockerfile: string | undefined;
  /** Where a relative path of the Dockerfile starts: in the context, or where the context's own path starts. */
  readonly dockerfileFrom: 'context' | 'base';
  readonly target: string | undefined;
  /** Only arguments with a known value. */
  readonly args: ReadonlyMap<string, string>;
  /** All arguments, by where their value stands. */
  readonly argNames: ReadonlyMap<string, ArgumentSource>;
  /** References as written; what is known is expanded, and the rest keeps its `$`. */
  readonly tags: readonly string[];
}

/** `environment`: the file names it alone, so that the builder takes the variable of that name from its environment. */
export type ArgumentSource = 'file' | 'environment';

/** The value of a variable; undefined if it is not known. */
export type Lookup = (name: string) => string | undefined;

const nothing: Lookup = () => undefined;

/** Longer values are not known: `A=$A$A` doubles with every line. */
const longestValue = 200;

/**
 * Expands `$X`, `${X}`, `${X:-default}` and `${X-default}`; `$$` is a dollar. What is not known stays as written.
 * @param lookup the values that the file itself gives
 */
export function expand(text: string, lookup: Lookup = nothing): string {
  return text.replaceAll(
    /\$(?:(\$)|(\w+)|\{(\w+)(?::?-([^{}]*))?\})/g,
    (found, dollar?: string, plain?: string, braced?: string, otherwise?: string) => {
      if (dollar !== undefined) return found;
      const value = lookup(plain ?? braced ?? '') ?? otherwise ?? found;
      return value.length > longestValue ? found : value;
    },
  );
}

/** The expanded text if all of it is known. */
export function known(text: string | undefined): string | undefined {
  return text === undefined || text.includes('$') ? undefined : text;
}

/** The string of a value from a file: numbers and truth values count, nothing else does. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** The strings of a list, or a single one. */
export function textsOf(value: unknown): readonly string[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.flatMap((one) => textOf(one) ?? []);
}

/** A value that is not known, for `readPairs`. */
export const unknownValue = '$';

/** Arguments out of `NAME=value` pairs. */
export function readPairs(pairs: Iterable<string>): Pick<StatedBuild, 'args' | 'argNames'> {
  const args = new Map<string, string>();
  const argNames = new Map<string, ArgumentSource>();
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    const name = (equals < 0 ? pair : pair.slice(0, equals)).trim();
    if (name === '') continue;
    argNames.set(name, equals < 0 ? 'environment' : 'file');
    const value = equals < 0 ? undefined : known(pair.slice(equals + 1));
    if (value !== undefined) args.set(name, value);
  }
  return { args, argNames };
}

/** Whether a context is fetched: a URL, a repository, or standard input. */
export function isRemote(context: string): boolean {
  return context === '-' || /^[\w+.-]+:\/\/|^git@|^github\.com\//i.test(context);
}
