// Reads Drydock's own form of the configuration. Files and editor settings both arrive here as plain data. The edges know
// where they come from.
import { isRecord } from '../text/record';
import type { JsonObject } from '../text/record';
import {
  commandSections,
  ConfigReader,
  configOptions,
  defaultConfig,
  ownOptionsOf,
  ruleLevels,
  rulesByName,
} from './config';
import type { Config, KeyPath, Override, ReadConfig } from './config';
import { listed } from '../text/listed';
import { didYouMean } from '../text/nearest';
import { listOf, text } from './option';
import { readOwnRules } from './own-rules/own-rule';
import { ruleOf } from './own-rules/own-rule-check';
import { failedExamples } from './own-rules/own-rule-examples';
import type { Rule } from './rule';

/**
 * Reads Drydock's own configuration (`.drydock.yaml`, or the editor's settings) on top of another one.
 * @param raw the content of the file or setting; wrong parts are reported and skipped, the rest counts
 * @param section stands before every key in messages: `drydock.`
 */
export function readConfig(
  raw: unknown,
  rules: readonly Rule[],
  base: Config = defaultConfig,
  section = '',
): ReadConfig {
  const reader = new ConfigReader(base, section);
  if (raw === null || raw === undefined) return reader.result();
  if (!isRecord(raw)) {
    reader.say([], () => 'The configuration must be a mapping of keys to values');
    return reader.result();
  }
  // Settings of an editor hold for every project, so they have no rules of one.
  const isFile = section === '';
  const all = isFile ? readProjectParts(reader, raw, rules, base) : rules;
  for (const [key, value] of Object.entries(raw)) {
    if (key === 'rules') readRules(reader, value, all, section);
    else if (isFile && (projectKeys.includes(key) || commandSections.some((name) => name === key))) continue;
    else if (isConfigKey(key)) {
      const { value: read, problem } = configOptions[key].read(value);
      if (read !== undefined) reader.set(key, read);
      if (problem !== undefined) reader.blame([key], problem);
    } else {
      const known = [
        'rules',
        ...Object.keys(configOptions),
        ...(isFile ? [...projectKeys, ...commandSections] : []),
      ];
      reader.say([key], () => {
        const hint = didYouMean(key, known) || `. The keys are ${listed(known, 'and')}`;
        return `Unknown key ${section}${key}${hint}`;
      });
    }
  }
  return reader.result();
}

/** The keys that only a file in a project has. */
const projectKeys: readonly string[] = ['ownRules', 'targets', 'overrides'];

/** @returns all rules that the file may name */
function readProjectParts(
  reader: ConfigReader,
  raw: JsonObject,
  rules: readonly Rule[],
  base: Config,
): readonly Rule[] {
  const byName = rulesByName(rules);
  const own = readOwnRules(
    raw['ownRules'],
    (id) => byName.has(id),
    (place, text) => reader.blame(['ownRules', ...place], text),
  );
  for (const [index, rule] of own.entries())
    for (const { key, problem } of failedExamples(rule))
      reader.blame(['ownRules', String(index), ...key], problem);
  const ownRules = [...base.ownRules, ...own];
  if (own.length > 0) reader.set('ownRules', ownRules);
  const all = ownRules.length === 0 ? rules : [...rules, ...ownRules.map(ruleOf)];
  const { value: targets, problem } = targetNames.read(raw['targets'] ?? []);
  if (targets && targets.length > 0) reader.set('targets', targets);
  if (problem !== undefined) reader.blame(['targets'], problem);
  const overrides = readOverrides(reader, raw['overrides'], all);
  if (overrides.length > 0) reader.set('overrides', overrides);
  return all;
}

export const targetNames = listOf(
  'Stages that something outside this project builds (`docker build --target`): they count as used.',
  'a list of stages',
  text(),
);

/** What holds for some files alone. What is wrong is reported now, and left out when they are read. */
function readOverrides(reader: ConfigReader, raw: unknown, rules: readonly Rule[]): readonly Override[] {
  if (raw === undefined || raw === null) return [];
  if (!Array.isArray(raw)) {
    reader.blame(['overrides'], 'must be a list of mappings with files');
    return [];
  }
  return (raw as readonly unknown[]).flatMap((one, index): Override[] => {
    const place = ['overrides', String(index)];
    if (!isRecord(one)) {
      reader.blame(place, 'must be a mapping with files');
      return [];
    }
    const { files: named, ...rest } = one;
    const { value: files, problem } = filePatterns.read(named);
    if (problem !== undefined || !files || files.length === 0) {
      reader.blame([...place, 'files'], problem ?? 'must be a list of patterns');
      return [];
    }
    const inner = ['ownRules', 'overrides'].filter((key) => key in rest);
    for (const key of inner) reader.blame([...place, key], 'must stand at the top level');
    const { problems, places } = readConfig(rest, rules);
    for (const [at, message] of problems.entries())
      reader.say([...place, ...(places[at] ?? [])], () => message);
    return inner.length > 0 ? [] : [{ files, raw: rest }];
  });
}

const filePatterns = listOf('Files.', 'a list of patterns', text());

function isConfigKey(key: string): key is keyof typeof configOptions {
  return Object.hasOwn(configOptions, key);
}

function readRules(reader: ConfigReader, raw: unknown, rules: readonly Rule[], section: string): void {
  if (raw === null) return;
  if (!isRecord(raw)) {
    reader.blame(['rules'], `must map rule names to ${listed(ruleLevels)}`);
    return;
  }
  const byName = rulesByName(rules);
  for (const [name, value] of Object.entries(raw)) {
    const named = byName.get(name);
    const key = ['rules', name];
    if (!named)
      reader.say(key, () => `Unknown rule ${name} in ${section}rules${didYouMean(name, byName.keys())}`);
    else if (isRecord(value)) readRuleOptions(reader, key, value, named);
    else readLevel(reader, key, value, named);
  }
}

function readLevel(reader: ConfigReader, key: KeyPath, value: unknown, named: readonly Rule[]): void {
  // YAML 1.1 readers turn a bare off or on into a boolean.
  const said = value === false ? 'off' : value === true ? 'on' : value;
  const level = ruleLevels.find((one) => one === said);
  if (level) for (const rule of named) reader.setLevel(rule, level);
  else reader.blame(key, `must be ${listed(ruleLevels)}${didYouMean(said, ruleLevels)}`);
}

/** `{ level: …, option: … }`. An id of another tool may stand for several rules: each takes the options it has. */
function readRuleOptions(reader: ConfigReader, key: KeyPath, raw: JsonObject, named: readonly Rule[]): void {
  const known = ['level', ...new Set(named.flatMap((rule) => Object.keys(ownOptionsOf(rule))))];
  for (const [name, value] of Object.entries(raw)) {
    if (name === 'level') readLevel(reader, [...key, 'level'], value, named);
    else if (!known.includes(name)) {
      const elsewhere = named.some(({ options }) => options && Object.hasOwn(options, name));
      reader.say([...key, name], () => {
        const hint = elsewhere
          ? `. Move ${name} out of rules, to the top level`
          : didYouMean(name, known) || `. The options are ${listed(known, 'and')}`;
        return `Unknown option ${name} for ${key.slice(1).join('.')}${hint}`;
      });
    }
    for (const rule of named) {
      const option = ownOptionsOf(rule)[name];
      const { value: read, problem } = option?.read(value) ?? {};
      if (read !== undefined) reader.setOption(rule, name, read);
      if (problem !== undefined) reader.blame([...key, name], problem);
    }
  }
}
