// The editor's settings, checked where they enter.
import { isRecord, readConfig } from '../core/lint/config';
import type { Config, ConfigProblem } from '../core/lint/config';
import { rules } from '../linter';
import type { LanguageFeatures } from '../protocol';

export interface ServerSettings {
  readonly enable: boolean;
  readonly config: Config;
  readonly languageFeatures: LanguageFeatures;
  /** As the client gave it: the registry module checks it when it is first used. */
  readonly registry: unknown;
  readonly problems: readonly ConfigProblem[];
}

/** Settings that have the same name and meaning in a configuration file. */
const shared = ['rules', 'allRules', 'packageCache'] as const;

/** @param raw section `drydock` as the client answered; null from a client without settings */
export function readSettings(raw: unknown): ServerSettings {
  const settings = isRecord(raw) ? raw : {};
  const given: Record<string, unknown> = {};
  for (const key of shared)
    if (settings[key] !== undefined && settings[key] !== null) given[key] = settings[key];
  const { config, problems } = readConfig(given, rules);
  const features = settings['languageFeatures'];
  return {
    enable: settings['enable'] !== false,
    config,
    languageFeatures: features === 'on' || features === 'off' ? features : 'auto',
    registry: settings['registry'],
    problems,
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
