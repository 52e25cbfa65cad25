// Reads and checks the settings of the editor.
import { configOptions, ruleLevels } from '../core/lint/config';
import { readConfig } from '../core/lint/read-config';
import type { Config } from '../core/lint/config';
import { readOptions } from '../core/lint/option';
import { listed } from '../core/text/listed';
import type { OptionValues } from '../core/lint/option';
import { isRecord } from '../core/text/record';
import type { JsonObject } from '../core/text/record';
import { namedRules } from '../linter';
import { sourceName } from '../protocol/names';
import type { LanguageFeatures } from '../protocol/settings';
import {
  editorSettings,
  findingSettings,
  packageSettings,
  patternSettings,
  registrySettings,
} from '../settings';
import { buildSettings, engineSettings, scanSettings, toolSettings } from '../workflow/settings';

export interface ServerSettings {
  readonly enable: boolean;
  readonly config: Config;
  readonly languageFeatures: LanguageFeatures;
  /** Whether to show above instructions how many steps run again when files change. */
  readonly rebuildLens: boolean;
  /** Unchecked, as the client sent it: the registry module reads it on first use. */
  readonly registry: unknown;
  /** When package indexes may be read, and from where. */
  readonly packages: OptionValues<typeof packageSettings>;
  /** Absolute paths of tools, by their ids. */
  readonly toolPaths: Readonly<Partial<Record<string, string>>>;
  /** Absolute folders with patterns of the user's own. */
  readonly patternFolders: readonly string[];
  /** What is wrong: whole sentences that name the setting. */
  readonly problems: readonly string[];
}

/** Settings that have the same name and meaning in a configuration file. */
const configKeys = ['rules', ...Object.keys(configOptions)];

/** @param raw section `drydock` as the client answered; null from a client without settings */
export function readSettings(raw: unknown): ServerSettings {
  const settings: JsonObject = isRecord(raw) ? raw : {};
  const given = configKeys.filter((key) => settings[key] !== undefined && settings[key] !== null);
  const base = readConfig(
    Object.fromEntries(given.map((key) => [key, settings[key]])),
    namedRules,
    undefined,
    `${sourceName}.`,
  );
  const options = readConfig(
    { rules: settings['ruleOptions'] ?? null },
    namedRules,
    base.config,
    `${sourceName}.`,
  );
  const problems = [
    ...base.problems,
    // The file format has options and levels in one place, the settings in two.
    ...options.problems.map((problem) =>
      problem
        .replace(
          `${sourceName}.rules must map rule names to ${listed(ruleLevels)}`,
          `${sourceName}.rules must map rule names to their options`,
        )
        .replace(`${sourceName}.rules`, `${sourceName}.ruleOptions`),
    ),
  ];
  const ours = readOptions({ enable: findingSettings.enable, ...editorSettings }, settings, `${sourceName}.`);
  const patterns = readOptions(patternSettings, settings['patterns'], `${sourceName}.patterns.`);
  const packages = readOptions(packageSettings, settings['packages'], `${sourceName}.packages.`);
  const tools = readOptions(toolSettings, settings['tools'], `${sourceName}.tools.`);
  // Others read these when they need them; here we only report what is wrong.
  const others = [
    readOptions(registrySettings, settings['registry'], `${sourceName}.registry.`),
    readOptions(buildSettings, settings['build'], `${sourceName}.build.`),
    readOptions(engineSettings, settings['engine'], `${sourceName}.engine.`),
    readOptions(scanSettings, settings['scan'], `${sourceName}.scan.`),
    tools,
  ];
  return {
    ...ours.values,
    config: options.config,
    registry: settings['registry'],
    packages: packages.values,
    toolPaths: tools.values.paths,
    patternFolders: patterns.values.folders,
    problems: [
      ...problems,
      ...ours.problems,
      ...patterns.problems,
      ...packages.problems,
      ...others.flatMap((one) => one.problems),
    ],
  };
}

/**
 * The editor's proxy, as the registry module takes it.
 * @param raw section `http` of the settings; null from a client without
 */
export function readProxySettings(raw: unknown): {
  readonly url: unknown;
  readonly noProxy: unknown;
  readonly strictTls: unknown;
} {
  const http = isRecord(raw) ? raw : {};
  return { url: http['proxy'], noProxy: http['noProxy'], strictTls: http['proxyStrictSSL'] };
}
