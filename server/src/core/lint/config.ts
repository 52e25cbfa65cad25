// The configuration of a lint run: its schema, its defaults and its validation in one place. Files and
// editor settings both end up here as plain data; where they come from is the edges' business.
import type { Severity } from './finding';
import type { Rule } from './rule';
import { RuleIndex } from './rule-index';

/** `off` switches a rule off; `on` switches it on with its own severity. */
export type RuleLevel = 'off' | 'on' | Severity;

export interface Config {
  readonly rules: ReadonlyMap<string, RuleLevel>;
  /** Run every rule, opt-in ones included; a level of `off` in `rules` still wins. */
  readonly allRules: boolean;
  /** Which way of keeping package caches out of the image is wanted. */
  readonly packageCache: 'either' | 'cleanup' | 'mount';
  /** Whether comments in the file may hide findings. */
  readonly ignoreComments: boolean;
}

export const defaultConfig: Config = {
  rules: new Map(),
  allRules: false,
  packageCache: 'either',
  ignoreComments: true,
};

export interface ConfigProblem {
  /** The key it is about, as `rules.apt-get-yes`. */
  readonly key: string;
  readonly message: string;
}

export interface ReadConfig {
  readonly config: Config;
  readonly problems: readonly ConfigProblem[];
}

const levels: readonly string[] = ['off', 'on', 'error', 'warning', 'info', 'hint'];

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads our own configuration (`.drydock.yaml`, or the editor's settings) on top of another one.
 * @param raw whatever the file or the editor said; wrong parts are reported and left out, the rest holds
 */
export function readConfig(raw: unknown, rules: readonly Rule[], base: Config = defaultConfig): ReadConfig {
  const problems: ConfigProblem[] = [];
  if (raw === null || raw === undefined) return { config: base, problems };
  if (!isRecord(raw)) {
    return {
      config: base,
      problems: [{ key: '', message: 'the configuration must be a mapping of keys to values' }],
    };
  }
  const merged = new Map(base.rules);
  let { allRules, packageCache, ignoreComments } = base;
  const index = new RuleIndex(rules);
  for (const [key, value] of Object.entries(raw)) {
    if (key === 'rules') {
      if (isRecord(value)) readLevels(value, index, merged, problems);
      else if (value !== null)
        problems.push({ key, message: 'must map rule ids to off, on, error, warning, info or hint' });
    } else if (key === 'allRules') {
      if (typeof value === 'boolean') allRules = value;
      else problems.push({ key, message: 'must be true or false' });
    } else if (key === 'packageCache') {
      if (value === 'either' || value === 'cleanup' || value === 'mount') packageCache = value;
      else problems.push({ key, message: 'must be either, cleanup or mount' });
    } else if (key === 'ignoreComments') {
      if (typeof value === 'boolean') ignoreComments = value;
      else problems.push({ key, message: 'must be true or false' });
    } else {
      problems.push({
        key,
        message: 'is no key of the configuration; known are rules, allRules, packageCache, ignoreComments',
      });
    }
  }
  return { config: { rules: merged, allRules, packageCache, ignoreComments }, problems };
}

function readLevels(
  raw: Readonly<Record<string, unknown>>,
  index: RuleIndex,
  levelsById: Map<string, RuleLevel>,
  problems: ConfigProblem[],
): void {
  for (const [id, value] of Object.entries(raw)) {
    const ids = index.idsFor(id);
    // YAML 1.1 readers turn a bare off or on into a boolean.
    const level = value === false ? 'off' : value === true ? 'on' : value;
    if (ids.length === 0) problems.push({ key: `rules.${id}`, message: `there is no rule called ${id}` });
    else if (typeof level !== 'string' || !levels.includes(level)) {
      problems.push({ key: `rules.${id}`, message: 'must be off, on, error, warning, info or hint' });
    } else for (const one of ids) levelsById.set(one, level as RuleLevel);
  }
}

/** hadolint's four levels in ours. */
const hadolintLevels: Readonly<Record<string, Severity>> = {
  error: 'error',
  warning: 'warning',
  info: 'info',
  style: 'hint',
};

/** Keys of `.hadolint.yaml` that concern its own output or features that come with rules not built yet. */
const hadolintOther: ReadonlySet<string> = new Set([
  'trustedRegistries',
  'label-schema',
  'strict-labels',
  'failure-threshold',
  'no-fail',
  'no-color',
  'verbose',
  'format',
  'formats',
]);

/** Those that say which findings are wanted. */
const hadolintOwn: ReadonlySet<string> = new Set(['override', 'ignored', 'disable-ignore-pragma']);

/** Whether a configuration of hadolint may have the key. */
export function isHadolintKey(key: string): boolean {
  return hadolintOwn.has(key) || hadolintOther.has(key);
}

/**
 * Reads a `.hadolint.yaml` on top of another configuration: `ignored`, `override` and
 * `disable-ignore-pragma`. Ids that name no rule of ours are left alone without a word: the file serves
 * another tool as well.
 */
export function readHadolintConfig(
  raw: unknown,
  rules: readonly Rule[],
  base: Config = defaultConfig,
): ReadConfig {
  const problems: ConfigProblem[] = [];
  if (raw === null || raw === undefined) return { config: base, problems };
  if (!isRecord(raw)) {
    return {
      config: base,
      problems: [{ key: '', message: 'the configuration must be a mapping of keys to values' }],
    };
  }
  const merged = new Map(base.rules);
  let { ignoreComments } = base;
  const index = new RuleIndex(rules);
  const override = raw['override'];
  if (isRecord(override)) {
    // An id in several lists takes the strongest: weakest first, so that the last to write wins.
    for (const name of ['style', 'info', 'warning', 'error']) {
      const ids = override[name];
      if (ids === undefined || ids === null) continue;
      if (!Array.isArray(ids)) problems.push({ key: `override.${name}`, message: 'must be a list of ids' });
      else
        for (const id of ids)
          for (const one of index.idsFor(String(id))) merged.set(one, hadolintLevels[name] ?? 'on');
    }
  } else if (override !== undefined && override !== null) {
    problems.push({ key: 'override', message: 'must map error, warning, info or style to lists of ids' });
  }
  const ignored = raw['ignored'];
  if (Array.isArray(ignored)) {
    for (const id of ignored) for (const one of index.idsFor(String(id))) merged.set(one, 'off');
  } else if (ignored !== undefined && ignored !== null) {
    problems.push({ key: 'ignored', message: 'must be a list of ids' });
  }
  const pragma = raw['disable-ignore-pragma'];
  if (typeof pragma === 'boolean') ignoreComments = !pragma;
  else if (pragma !== undefined)
    problems.push({ key: 'disable-ignore-pragma', message: 'must be true or false' });
  for (const key of Object.keys(raw)) {
    if (!isHadolintKey(key)) {
      problems.push({ key, message: 'is no key of a hadolint configuration' });
    }
  }
  return { config: { ...base, rules: merged, ignoreComments }, problems };
}
