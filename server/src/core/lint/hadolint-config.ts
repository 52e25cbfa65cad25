// Reads what a `.hadolint.yaml` says about findings that both tools have. The file serves hadolint first: ids without
// a Drydock rule, and keys that Drydock does not use, are ignored silently; what hadolint itself does not know is reported.
import { isRecord } from '../text/record';
import type { JsonObject } from '../text/record';
import { ConfigReader, configOptions, defaultConfig, ownOptionsOf, rulesByName } from './config';
import type { Config, FailOn, KeyPath, Output, ReadConfig } from './config';
import type { Severity } from './finding';
import { listed } from '../text/listed';
import { didYouMean } from '../text/nearest';
import type { Option } from './option';
import type { Rule } from './rule';

/** hadolint's four levels as severities, the weakest first. */
const levels: Readonly<Record<string, Severity>> = {
  style: 'hint',
  info: 'info',
  warning: 'warning',
  error: 'error',
};

/** What `failure-threshold` can be. hadolint's last two mean that every finding counts. */
const thresholds: ReadonlyMap<string, Severity> = new Map([
  ...Object.entries(levels).reverse(),
  ['ignore', 'hint'],
  ['none', 'hint'],
]);

/** What `format` can be, and each of `formats`. */
const outputs: readonly string[] =
  'tty json checkstyle codeclimate gitlab_codeclimate gnu codacy sonarqube sarif junit'.split(' ');

/** All keys. An option declares with `hadolint` that it reads one. */
const keys: readonly string[] = [
  'override',
  'ignored',
  'disable-ignore-pragma',
  'trustedRegistries',
  'label-schema',
  'strict-labels',
  'failure-threshold',
  'no-fail',
  'no-color',
  'verbose',
  'format',
  'formats',
];

/** Whether a configuration of hadolint may have the key. */
export function isHadolintKey(key: string): boolean {
  return keys.includes(key);
}

/** Reads a `.hadolint.yaml` on top of another configuration. @param raw its content */
export function readHadolintConfig(
  raw: unknown,
  rules: readonly Rule[],
  base: Config = defaultConfig,
): ReadConfig {
  const reader = new ConfigReader(base);
  if (raw === null || raw === undefined) return reader.result();
  if (!isRecord(raw)) {
    reader.say([], () => 'The configuration must be a mapping of keys to values');
    return reader.result();
  }
  readOverride(reader, raw['override'], rules);
  for (const rule of named(reader, ['ignored'], raw['ignored'], rules)) reader.setLevel(rule, 'off');
  const pragma = raw['disable-ignore-pragma'];
  if (typeof pragma === 'boolean') reader.set('ignoreComments', !pragma);
  else if (pragma !== undefined) reader.blame(['disable-ignore-pragma'], 'must be true or false');
  readOptions(reader, raw, rules);
  const failOn = readFailOn(reader, raw);
  for (const key of Object.keys(raw)) {
    if (!isHadolintKey(key))
      reader.say([key], () => `Unknown key ${key}: hadolint does not have it${didYouMean(key, keys)}`);
  }
  const output = readOutput(reader, raw);
  return { ...reader.result(), ...(failOn !== undefined && { failOn }), ...(output && { output }) };
}

/** hadolint prints in each format that it is told; Drydock in the first. */
function readOutput(reader: ConfigReader, raw: JsonObject): Output | undefined {
  const known = (key: string, word: unknown): string | undefined => {
    if (typeof word === 'string' && outputs.includes(word)) return word;
    reader.blame([key], `must be ${listed(outputs)}${didYouMean(word, outputs)}`);
    return undefined;
  };
  const one = raw['format'] ?? undefined;
  const several = Array.isArray(raw['formats']) ? (raw['formats'] as unknown[]) : [];
  const words = [
    ...(one === undefined ? [] : [known('format', one)]),
    ...several.map((word) => known('formats', word)),
  ];
  const format = words.find((word) => word !== undefined);
  for (const key of ['no-color', 'verbose'])
    if (![undefined, null, true, false].includes(raw[key] as boolean))
      reader.blame([key], 'must be true or false');
  const plain = raw['no-color'] === true;
  if (format === undefined && !plain) return undefined;
  return { ...(format !== undefined && { format }), ...(plain && { color: false }) };
}

/** `no-fail` wins over `failure-threshold`. */
function readFailOn(reader: ConfigReader, raw: JsonObject): FailOn | undefined {
  const threshold = raw['failure-threshold'] ?? undefined;
  const failOn = typeof threshold === 'string' ? thresholds.get(threshold) : undefined;
  if (threshold !== undefined && failOn === undefined) {
    const known = [...thresholds.keys()];
    reader.blame(['failure-threshold'], `must be ${listed(known)}${didYouMean(threshold, known)}`);
  }
  const noFail = raw['no-fail'] ?? undefined;
  if (noFail !== undefined && typeof noFail !== 'boolean') reader.blame(['no-fail'], 'must be true or false');
  return noFail === true ? 'never' : failOn;
}

function readOverride(reader: ConfigReader, raw: unknown, rules: readonly Rule[]): void {
  if (raw === undefined || raw === null) return;
  if (!isRecord(raw)) {
    reader.blame(['override'], 'must map error, warning, info or style to lists of ids');
    return;
  }
  // An id in several lists gets the strongest level: weakest first, so that the last one wins.
  for (const [name, level] of Object.entries(levels))
    for (const rule of named(reader, ['override', name], raw[name], rules)) reader.setLevel(rule, level);
}

/** Drydock's rules for the ids in a list. */
function named(reader: ConfigReader, key: KeyPath, ids: unknown, rules: readonly Rule[]): readonly Rule[] {
  if (ids === undefined || ids === null) return [];
  if (Array.isArray(ids))
    return ids.flatMap((id) => {
      const name = String(id);
      if (!isHadolintId(name))
        reader.say(
          key,
          () => `Unknown rule ${name}: hadolint does not have it${didYouMean(name, hadolintIds(rules))}`,
        );
      return rulesByName(rules).get(name) ?? [];
    });
  reader.blame(key, 'must be a list of ids');
  return [];
}

/** hadolint's own rules of the next years pass, and those of ShellCheck. */
function isHadolintId(name: string): boolean {
  return /^(?:DL|SC)\d{4}$/.test(name);
}

function hadolintIds(rules: readonly Rule[]): string[] {
  return [...rulesByName(rules).keys()].filter(isHadolintId);
}

/** Options with a hadolint key: those of Drydock and those of the rules. */
function readOptions(reader: ConfigReader, raw: JsonObject, rules: readonly Rule[]): void {
  const read = (option: Option<unknown>, take: (value: unknown) => void): void => {
    const key = option.hadolint;
    if (key === undefined || raw[key] === undefined || raw[key] === null) return;
    const { value, problem } = option.read(raw[key]);
    if (value !== undefined) take(value);
    if (problem !== undefined) reader.blame([key], problem);
  };
  for (const [name, option] of Object.entries(configOptions))
    read(option, (value) => reader.set(name as keyof typeof configOptions, value));
  for (const rule of rules)
    for (const [name, option] of Object.entries(ownOptionsOf(rule)))
      read(option, (value) => reader.setOption(rule, name, value));
}
