// The configuration of a lint run: its keys and their defaults, and what collects it from a file or from settings.
import { once } from '../text/memo';
import type { JsonObject } from '../text/record';
import type { Severity } from './finding';
import { flag, isShared, oneOf, sentence, sharedOptions } from './option';
import type { Options, OptionValues } from './option';
import type { OwnRule } from './own-rules/own-rule';
import type { Rule } from './rule';

/** `off` turns a rule off, `on` turns it on with its own severity. */
export type RuleLevel = 'off' | 'on' | Severity;

export const ruleLevels: readonly RuleLevel[] = ['off', 'on', 'error', 'warning', 'info', 'hint'];

/** The weakest finding that fails a run of the command line. */
export type FailOn = Severity | 'never';

/** The keys of the configuration besides `rules`. */
export const configOptions = {
  allRules: flag(
    'Turn on every rule, including those that are off by default. A rule set to `off` stays off.',
  ),
  ...sharedOptions,
  ignoreComments: flag('Let comments in a file hide findings.', true),
  shellcheck: oneOf('Whether ShellCheck checks the shell scripts in a file.', {
    auto: 'Where it is installed. An untrusted workspace never starts it.',
    off: 'Never.',
  }),
};

/** Sections of the file that commands read for themselves. Editor settings have none. */
export const commandSections = ['scan', 'cycle', 'packages'] as const;

/** Values a rule can have, besides a mapping of its options. */
export const ownOptionsOf = (rule: Rule): Options =>
  Object.fromEntries(Object.entries(rule.options ?? {}).filter(([key, option]) => !isShared(key, option)));

export interface Config extends OptionValues<typeof configOptions> {
  readonly rules: ReadonlyMap<string, RuleLevel>;
  /** Values of the rules' own options, by rule id. An option that is not set has its default. */
  readonly ruleOptions: ReadonlyMap<string, JsonObject>;
  /** Rules that the project has written. */
  readonly ownRules: readonly OwnRule[];
  /** Stages that something outside builds. */
  readonly targets: readonly string[];
  /** What holds for some files alone, the last of them above the others. */
  readonly overrides: readonly Override[];
}

/** A part of a configuration for files that a pattern names. */
export interface Override {
  /** Patterns as in an ignore file, relative to the folder of the configuration. */
  readonly files: readonly string[];
  /** As in the file, without `files`: read on top of the rest. */
  readonly raw: JsonObject;
}

export const defaultConfig: Config = {
  ...defaultsOf(configOptions),
  rules: new Map(),
  ruleOptions: new Map(),
  ownRules: [],
  targets: [],
  overrides: [],
};

export interface ReadConfig {
  readonly config: Config;
  /** What is wrong: whole sentences that name the key. Bounded in number and length. */
  readonly problems: readonly string[];
  /** Where each of the problems is: the keys that lead there, from the outside in. */
  readonly places: readonly KeyPath[];
  /** Left out if the file does not say it. */
  readonly failOn?: FailOn;
  readonly output?: Output;
}

/** How a command prints what it finds, as a file of hadolint wants it. */
export interface Output {
  /** hadolint's word for it, such as `gitlab_codeclimate`. */
  readonly format?: string;
  readonly color?: false;
}

/** Keys from the outside in: `rules`, `run-sudo`, `level`. Empty for the whole configuration. */
export type KeyPath = readonly string[];

/** More problems are only counted: a file of another kind may have thousands. */
const mostProblems = 20;

/** @returns the default of each option */
function defaultsOf<O extends Options>(options: O): OptionValues<O> {
  const entries = Object.entries(options).map(([key, option]) => [key, option.default] as const);
  return Object.fromEntries(entries) as OptionValues<O>;
}

/** @returns the values of a rule's options in a run */
export function optionsOf(rule: Rule, config: Config): JsonObject {
  if (!rule.options) return noOptions;
  const known = optionsByRule(config);
  let values = known.get(rule);
  if (!values) {
    const own = config.ruleOptions.get(rule.id);
    const shared: JsonObject = { ...config };
    values = Object.fromEntries(
      Object.entries(rule.options).map(([key, option]) => [
        key,
        isShared(key, option) ? shared[key] : (own?.[key] ?? option.default),
      ]),
    );
    known.set(rule, values);
  }
  return values;
}

/** A configuration holds for many runs. */
const optionsByRule = once((_: Config) => new Map<Rule, JsonObject>());

const noOptions: JsonObject = {};

/**
 * Rules by name: one of their ids, another tool's (`DL3015`), or one with its tool (`hadolint:DL3015`).
 * The ids of different tools do not collide. A rule of ShellCheck and one of ours that stands in for it share their names.
 */
export const rulesByName = once((rules: readonly Rule[]): ReadonlyMap<string, readonly Rule[]> => {
  const byName = new Map<string, Rule[]>();
  for (const rule of rules) {
    for (const alias of rule.alsoKnownAs) {
      for (const name of namesFor(alias)) {
        const known = byName.get(name);
        if (!known) byName.set(name, [rule]);
        else if (!known.includes(rule)) known.push(rule);
      }
    }
  }
  const isTwin = (rule: Rule, other: Rule): boolean =>
    rule.foreign ? rule !== other : other.foreign !== undefined;
  for (const rule of rules) {
    const twins = (byName.get(rule.id) ?? []).filter((other) => isTwin(rule, other));
    byName.set(rule.id, [rule, ...twins]);
  }
  return byName;
});

/** @param alias `tool:id` */
function namesFor(alias: string): readonly string[] {
  const id = alias.slice(alias.indexOf(':') + 1);
  // Trivy printed its ids with this in front for years.
  return alias.startsWith('trivy:') ? [alias, id, `AVD-${id}`] : [alias, id];
}

/** Collects values on top of another configuration, and the problems with them. */
export class ConfigReader {
  readonly #rules: Map<string, RuleLevel>;
  readonly #ruleOptions: Map<string, JsonObject>;
  readonly #values: Record<string, unknown> = {};
  readonly #base: Config;
  readonly #section: string;
  readonly #problems: string[] = [];
  readonly #places: KeyPath[] = [];
  #unlisted = 0;

  /** @param section stands before every key in messages: `drydock.` */
  constructor(base: Config, section = '') {
    this.#base = base;
    this.#section = section;
    this.#rules = new Map(base.rules);
    this.#ruleOptions = new Map(base.ruleOptions);
  }

  result(): ReadConfig {
    return {
      config: { ...this.#base, ...this.#values, rules: this.#rules, ruleOptions: this.#ruleOptions },
      problems: [
        ...this.#problems,
        ...(this.#unlisted > 0 ? [`${this.#unlisted} more problems are not listed.`] : []),
      ],
      places: [...this.#places, ...(this.#unlisted > 0 ? [[]] : [])],
    };
  }

  /** Reports a problem that begins with the key. @param text `must be …` */
  blame(place: KeyPath, text: string): void {
    this.say(place, () => `${this.#section}${place.join('.')} ${text}`);
  }

  /** @param message makes a sentence, with or without its full stop; called only if it is listed */
  say(place: KeyPath, message: () => string): void {
    if (this.#problems.length === mostProblems) {
      this.#unlisted += 1;
      return;
    }
    this.#problems.push(sentence(message()));
    this.#places.push(place);
  }

  set(key: keyof typeof configOptions | 'ownRules' | 'targets' | 'overrides', value: unknown): void {
    this.#values[key] = value;
  }

  setLevel(rule: Rule, level: RuleLevel): void {
    this.#rules.set(rule.id, level);
  }

  setOption(rule: Rule, option: string, value: unknown): void {
    this.#ruleOptions.set(rule.id, { ...this.#ruleOptions.get(rule.id), [option]: value });
  }
}
