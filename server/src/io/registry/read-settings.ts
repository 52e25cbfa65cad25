// The user's settings, checked where they enter. A value of the wrong shape counts as absent: the defaults are the
// careful choice.
import { isAbsolute } from 'node:path';
import { defaultRegistrySettings as defaults } from './settings';
import type { RegistrySettings } from './settings';

/**
 * @param raw section `drydock.registry`; beside the settings documented there it may hold `proxy`
 *   (`url`, `noProxy`, `strictTls`), which the editor's own proxy settings are passed on as
 */
export function readRegistrySettings(raw: unknown): RegistrySettings {
  const given = record(raw);
  const proxy = record(given['proxy']);
  const url = proxy['url'];
  return {
    mode: oneOf(given['mode'], ['off', 'onDemand']) ?? defaults.mode,
    insecureHosts: hosts(given['insecureHosts']),
    mirrors: Object.fromEntries(
      Object.entries(record(given['mirrors'])).flatMap(([host, mirror]) =>
        isHost(host) && typeof mirror === 'string' && mirror !== '' ? [[host.toLowerCase(), mirror]] : [],
      ),
    ),
    authHosts: Object.fromEntries(
      Object.entries(record(given['authHosts'])).flatMap(([host, value]) => {
        const servers = hosts(typeof value === 'string' ? [value] : value);
        return isHost(host) && servers.length > 0 ? [[host.toLowerCase(), servers]] : [];
      }),
    ),
    credentials: oneOf(given['credentials'], ['off', 'onDemand']) ?? defaults.credentials,
    proxy: {
      url: typeof url === 'string' && url !== '' ? url : undefined,
      noProxy: strings(proxy['noProxy']),
      strictTls: proxy['strictTls'] !== false,
    },
    caFiles: strings(given['caFiles']).filter((path) => isAbsolute(path)),
  };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function strings(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter((item: unknown): item is string => typeof item === 'string' && item !== '')
    : [];
}

function hosts(value: unknown): string[] {
  return strings(value).filter(isHost);
}

function isHost(text: string): boolean {
  return /^(?:[A-Za-z0-9._-]+|\[[A-Fa-f0-9:.]+\])(?::[0-9]{1,5})?$/.test(text);
}

function oneOf<const T extends string>(value: unknown, choices: readonly T[]): T | undefined {
  return choices.find((choice) => choice === value);
}
