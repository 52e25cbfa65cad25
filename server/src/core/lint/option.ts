// What people may choose, for a rule or for Drydock as a whole. One declaration gives the type, the default, the
// reader with its messages, the JSON schema and the text on the rule's page. This file does not know rules and files.
import { listed } from '../text/listed';
import { didYouMean } from '../text/nearest';
import { isRecord } from '../text/record';
import type { JsonObject } from '../text/record';

/** What a reader makes of a value from outside. */
export interface ReadValue<T> {
  /** The usable part. Undefined if there is none. */
  readonly value?: T | undefined;
  /** What is wrong. For an option, the end of a sentence that begins with its name: `must be true or false`. */
  readonly problem?: string;
}

/** A sort of value: true or false, one of several words, a list of hosts. */
export interface Kind<T> {
  read(value: unknown): ReadValue<T>;
  readonly schema: JsonObject;
}

export interface Option<T> extends Kind<T> {
  /** One or more sentences in Markdown. */
  readonly description: string;
  readonly default: T;
  /** As in "must be …": `true or false`, `a list of hosts`. */
  readonly called: string;
  /**
   * All values with what they do, with an empty text for a value that says it itself. Absent if there are endless
   * ones.
   */
  readonly choices?: ReadonlyMap<string | boolean, string>;
  /** The key of a `.hadolint.yaml` that says the same. */
  readonly hadolint?: string;
}

export type Options = Readonly<Record<string, Option<unknown>>>;

/** The values of declared options in a run. */
export type OptionValues<O extends Options> = {
  readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never;
};

interface More {
  readonly hadolint?: string;
}

interface MoreWords extends More {
  /** Former values, each with a hint about it. */
  readonly former?: Readonly<Record<string, string>>;
}

/**
 * One of several words; the first is the default.
 * @param values names that need no explanation, or names with what they do
 */
export function oneOf<const T extends string>(
  description: string,
  values: readonly [T, ...T[]],
  more?: MoreWords,
): Option<T>;
export function oneOf<const T extends string>(
  description: string,
  values: Readonly<Record<T, string>>,
  more?: MoreWords,
): Option<T>;
export function oneOf(
  description: string,
  values: readonly string[] | Readonly<Record<string, string>>,
  { former = {}, ...more }: MoreWords = {},
): Option<string> {
  const choices = new Map(isList(values) ? values.map((value) => [value, '']) : Object.entries(values));
  const words = [...choices.keys()];
  return {
    description,
    default: words[0] ?? '',
    called: listed(words),
    choices,
    schema: { type: 'string', enum: words },
    read(value) {
      if (typeof value === 'string' && choices.has(value)) return { value };
      const gone = typeof value === 'string' && Object.hasOwn(former, value) ? former[value] : undefined;
      return {
        problem: `must be ${listed(words)}${gone === undefined ? didYouMean(value, words) : `: ${gone}`}`,
      };
    },
    ...more,
  };
}

/** True or false. */
export function flag(description: string, byDefault = false, more: More = {}): Option<boolean> {
  return {
    description,
    default: byDefault,
    called: 'true or false',
    choices: new Map([byDefault, !byDefault].map((value) => [value, ''])),
    schema: { type: 'boolean' },
    read: (value) => (typeof value === 'boolean' ? { value } : { problem: 'must be true or false' }),
    ...more,
  };
}

/** Wrong items of a list that a message names. */
const mostShown = 5;

/** A text that is not empty. @param pattern has to match the whole text */
export function text(pattern?: RegExp): Kind<string> {
  return {
    schema: { type: 'string', ...(pattern && { pattern: pattern.source }) },
    read: (value) =>
      typeof value === 'string' && value !== '' && (!pattern || pattern.test(value))
        ? { value }
        : { problem: shown(value) },
  };
}

/** A list, or a single item instead of one. */
export function oneOrMore<T>(item: Kind<T>): Kind<readonly T[]> {
  return {
    schema: { anyOf: [item.schema, { type: 'array', items: item.schema }] },
    read(value) {
      const given: readonly unknown[] = Array.isArray(value) ? value : [value];
      const fit = given.flatMap((one) => item.read(one).value ?? []);
      const wrong = given.filter((one) => item.read(one).value === undefined);
      const problem = wrong.length > 0 ? { problem: wrong.slice(0, mostShown).map(shown).join(', ') } : {};
      return fit.length > 0 || given.length === 0 ? { value: fit, ...problem } : problem;
    },
  };
}

/** A list, empty by default. Items that do not fit are left out. @param called as in "must be …": `a list of hosts` */
export function listOf<T>(
  description: string,
  called: string,
  item: Kind<T>,
  more: More = {},
): Option<readonly T[]> {
  const items = oneOrMore(item);
  return {
    description,
    default: [],
    called,
    schema: { type: 'array', items: item.schema },
    read: (value) => blame(items.read(value), called),
    ...more,
  };
}

/**
 * A mapping, empty by default. Entries that do not fit are left out.
 * @param called as in "must be …": `a mapping of hosts to addresses`
 * @param keys the possible names, or a pattern for every name
 */
export function mapOf<const K extends string, V>(
  description: string,
  called: string,
  keys: readonly K[] | Kind<K>,
  values: Kind<V>,
  more: More = {},
): Option<Readonly<Partial<Record<K, V>>>> {
  const isKey = (key: string): key is K =>
    isList(keys) ? (keys as readonly string[]).includes(key) : keys.read(key).value !== undefined;
  return {
    description,
    default: {} as Readonly<Partial<Record<K, V>>>,
    called,
    schema: isList(keys)
      ? {
          type: 'object',
          additionalProperties: false,
          properties: Object.fromEntries(keys.map((key) => [key, values.schema])),
        }
      : { type: 'object', additionalProperties: values.schema },
    read(value) {
      if (!isRecord(value)) return blame({ problem: shown(value) }, called);
      const read = Object.entries(value).map(([key, one]) => [key, values.read(one)] as const);
      const fit = read.flatMap(([key, { value: one }]) =>
        isKey(key) && one !== undefined ? ([[key, one]] as const) : [],
      );
      const wrong = read.filter(([key, one]) => !isKey(key) || one.problem !== undefined);
      const problem = wrong
        .slice(0, mostShown)
        .map(([key]) => key)
        .join(', ');
      return blame(
        { value: Object.fromEntries(fit) as Partial<Record<K, V>>, ...(problem && { problem }) },
        called,
      );
    },
    ...more,
  };
}

/** Options that several rules read: top-level keys of the configuration. A rule names those it reads. */
export const sharedOptions = {
  profile: oneOf('Which rules run, and how much they ask for.', {
    recommended: 'What stops a build, or is worth a change in most projects.',
    strict: 'Everything that a lean, non-root, reproducible image needs.',
    reproducible: 'The recommended rules, and what makes two builds differ.',
    hadolint: 'The rules of hadolint, with its verdicts: to move over, or to compare.',
    buildkit: 'The checks of `docker build --check`.',
  }),
  archives: oneOf('Where packages and downloads come from.', {
    public: 'From the public servers. The rules know which of these are gone.',
    own: 'From mirrors of your own, which may still hold what the public servers have dropped. The rules stay silent.',
  }),
  packageCache: oneOf(
    'How to keep package manager caches out of the image.',
    {
      either: 'Remove them in the same `RUN`, or use a cache mount. Both are fine.',
      mount: 'Use a cache mount: `RUN --mount=type=cache`. The rules do not ask you to remove caches.',
    },
    { former: { cleanup: 'either replaces cleanup, which did the same' } },
  ),
  labelSchema: mapOf(
    'The labels that each image needs, and the type of each: `text`, `url`, `rfc3339`, `spdx`, `hash`, `semver` or `email`.',
    'a mapping of labels to types',
    text(),
    oneOf('', ['text', 'url', 'rfc3339', 'spdx', 'hash', 'semver', 'email']),
    { hadolint: 'label-schema' },
  ),
  strictLabels: flag('Report labels that `labelSchema` does not name.', false, { hadolint: 'strict-labels' }),
};

/** Whether a rule's option is one of those. */
export function isShared(key: string, option: Option<unknown>): boolean {
  return Object.entries(sharedOptions).some(([name, shared]) => name === key && shared === option);
}

/**
 * The part of a rule's page about its options, in Markdown.
 * @returns lines from a second-level heading on; none for a rule without options
 */
export function describeOptions(rule: {
  readonly id: string;
  readonly options?: Options;
}): readonly string[] {
  const options = Object.entries(rule.options ?? {});
  return options.length === 0
    ? []
    : ['## Options', '', ...options.flatMap(([key, option]) => describeOption(rule.id, key, option))];
}

function describeOption(ruleId: string, key: string, option: Option<unknown>): readonly string[] {
  const choices = [...(option.choices ?? [])];
  const sample = choices.find(([value]) => value !== option.default)?.[0] ?? option.default;
  const value = typeof sample === 'string' ? sample : JSON.stringify(sample);
  const shared = isShared(key, option);
  return [
    `### ${key}`,
    '',
    `${option.description} Default: ${code(option.default)}.`,
    '',
    ...(choices.some(([, meaning]) => meaning !== '')
      ? [
          '| Value | Meaning |',
          '| --- | --- |',
          ...choices.map(([one, meaning]) => `| ${code(one)} | ${meaning} |`),
          '',
        ]
      : []),
    `In \`.drydock.yaml\`${shared ? ', for every rule that reads it' : ''}:`,
    '',
    '```yaml',
    ...(shared ? [`${key}: ${value}`] : ['rules:', `  ${ruleId}: { ${key}: ${value} }`]),
    '```',
    '',
    ...(option.hadolint === undefined
      ? []
      : [`Drydock also reads \`${option.hadolint}\` in \`.hadolint.yaml\`.`, '']),
  ];
}

/**
 * Reads a mapping of options.
 * @param raw the value from outside; keys that are not options are ignored silently
 * @param section stands before every key in messages: `drydock.registry.`
 * @returns every option's value, or its default if the value is unusable; whole sentences about what is wrong
 */
export function readOptions<O extends Options>(
  options: O,
  raw: unknown,
  section: string,
): { readonly values: OptionValues<O>; readonly problems: readonly string[] } {
  const given = isRecord(raw) ? raw : {};
  const problems: string[] = [];
  const values = Object.entries(options).map(([key, option]) => {
    const said = Object.hasOwn(given, key) ? given[key] : undefined;
    if (said === undefined || said === null) return [key, option.default] as const;
    const { value, problem } = option.read(said);
    if (problem !== undefined) problems.push(sentence(`${section}${key} ${problem}`));
    return [key, value ?? option.default] as const;
  });
  return { values: Object.fromEntries(values) as OptionValues<O>, problems };
}

/** In UTF-16 units: names in a message come from outside. */
const longestMessage = 300;

/** @param message a sentence, with or without its full stop; shortened if nobody would read it all */
export function sentence(message: string): string {
  if (message.length > longestMessage)
    return `${message.slice(0, longestMessage).replace(/[\uD800-\uDBFF]$/, '')}…`;
  return /[.?]$/.test(message) ? message : `${message}.`;
}

/** A value as a word of code. */
export function code(value: unknown): string {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

/** Puts what does not fit after what was expected. */
function blame<T>({ value, problem }: ReadValue<T>, called: string): ReadValue<T> {
  if (problem === undefined) return { value };
  return { value, problem: `must be ${called}, but this does not fit: ${problem}` };
}

/** A wrong value for a message, on one line and shortened. */
function shown(value: unknown): string {
  const written = JSON.stringify(value) ?? String(value);
  return written.length > 40 ? `${written.slice(0, 40)}…` : written;
}

function isList<T>(value: readonly T[] | object): value is readonly T[] {
  return Array.isArray(value);
}
