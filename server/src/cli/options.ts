// The options of a command as rows. Both the reader and the help come from them.
import { parseArgs } from 'node:util';
import { didYouMean } from '../core/text/nearest';
import { listed } from '../core/text/listed';
import { table } from './help-text';

export interface OptionRow {
  readonly type: 'string' | 'boolean';
  /** As the help shows it: `--format text|json`. */
  readonly form: string;
  /** What it does, broken into lines for the help. */
  readonly does: string;
  /** The only values there are. */
  readonly values?: readonly string[];
  /** The value when the option is missing. */
  readonly default?: string;
  /** Whether it may be given several times. */
  readonly multiple?: true;
  /** The value when the option stands alone. */
  readonly bare?: string;
}

/** `--format` of the commands that print a table, or the same as data. */
export const textOrJson = {
  type: 'string',
  form: '--format text|json',
  does: 'what to print (default: text)',
  values: ['text', 'json'],
  default: 'text',
} as const;

/** By name, without the dashes. */
export type OptionRows = Readonly<Record<string, OptionRow>>;

type Value<Row extends OptionRow> = Row extends { readonly type: 'boolean' }
  ? boolean
  : Row extends { readonly multiple: true }
    ? readonly string[]
    : | (Row extends { readonly values: readonly (infer One)[] } ? One : string)
      | (Row extends { readonly default: string } ? never : undefined);

export interface Given<Rows extends OptionRows> {
  readonly values: { readonly [Name in keyof Rows]: Value<Rows[Name]> };
  /** What is neither an option nor the value of one. */
  readonly words: readonly string[];
}

/** @returns `wrong`: why the arguments cannot be understood, without a full stop */
export function readOptions<const Rows extends OptionRows>(
  argv: readonly string[],
  rows: Rows,
): Given<Rows> | { readonly wrong: string } {
  // parseArgs has no optional values: an option that stands alone gets its value here.
  const bare = new Map(Object.entries(rows).map(([name, row]) => [`--${name}`, row.bare]));
  const last = argv.includes('--') ? argv.indexOf('--') : argv.length;
  const args = argv.map((word, at) =>
    at > last || bare.get(word) === undefined ? word : `${word}=${bare.get(word)}`,
  );
  const options = Object.fromEntries(
    Object.entries(rows).map(([name, { type, multiple = false }]) => [name, { type, multiple }]),
  );
  let parsed;
  try {
    parsed = parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    return { wrong: explain(error instanceof Error ? error.message : String(error), rows) };
  }
  const values: Record<string, unknown> = {};
  for (const [name, row] of Object.entries(rows)) {
    const value = parsed.values[name] ?? missing(row);
    if (typeof value === 'string' && row.values?.includes(value) === false)
      return { wrong: `--${name} must be ${listed(row.values)}${didYouMean(value, row.values)}` };
    // A path that is not there would be the current folder, or nothing that a message could show.
    if (value === '' && namesPath.test(row.form)) return { wrong: `--${name} needs a value` };
    values[name] = value;
  }
  // What stands behind `--` is for another program.
  const own = parsed.positionals.length - Math.max(argv.length - last - 1, 0);
  if (parsed.positionals.slice(0, own).some((word) => word.trim() === ''))
    return { wrong: 'an argument is empty, as a variable in quotes that is not set makes it' };
  return { values: values as Given<Rows>['values'], words: parsed.positionals };
}

/** Whether an option takes the name of a file or folder, as its help says. */
const namesPath = / (?:FILE(?:\.md)?|FOLDER|DOCKERFILE)$/;

function missing({ type, multiple, default: value }: OptionRow): unknown {
  if (multiple) return [];
  return type === 'boolean' ? false : value;
}

/** What Node.js says of wrong options, in fewer words and with a guess. */
function explain(message: string, rows: OptionRows): string {
  const unknown = /^Unknown option '(-[^']*)'/.exec(message)?.[1];
  if (unknown !== undefined) {
    const known = [...Object.keys(rows), 'help', 'version'].map((name) => `--${name}`);
    return `unknown option ${unknown}${didYouMean(unknown, known)}`;
  }
  const [, option, ending = ''] = /^Option '(?:-\w, )?(-[\w-]+)(?: <value>)?' (.*)/.exec(message) ?? [];
  if (option === undefined) return message.split('. ')[0] ?? message;
  return `${option} ${ending.includes('does not take') ? 'takes no value' : 'needs a value'}`;
}

/** The lines of a help page about options. */
export function describeOptions(rows: OptionRows): string {
  return table(Object.values(rows).map(({ form, does }) => [form, does]));
}

/** The two parts of `NAME=VALUE`. The name is empty if there is none. */
export function nameAndValue(pair: string): readonly [name: string, value: string] {
  const at = pair.indexOf('=');
  return [pair.slice(0, Math.max(0, at)), pair.slice(at + 1)];
}
