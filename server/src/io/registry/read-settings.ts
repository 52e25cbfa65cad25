// Reads and checks the user's settings. A wrong value counts as absent, because the defaults are the careful choice; the
// server has already reported it.
import { isAbsolute } from 'node:path';
import { readOptions } from '../../core/lint/option';
import { isRecord } from '../../core/text/record';
import { registrySettings } from '../../settings';
import { defaultRegistrySettings as defaults } from './settings';
import type { RegistrySettings } from './settings';

/**
 * @param raw section `drydock.registry`; beside the settings documented there it may hold `proxy`
 *   (`url`, `noProxy`, `strictTls`), which the editor's own proxy settings are passed on as
 */
export function readRegistrySettings(raw: unknown): RegistrySettings {
  const { values } = readOptions(registrySettings, raw, '');
  const proxy = isRecord(raw) && isRecord(raw['proxy']) ? raw['proxy'] : {};
  const { url, noProxy } = proxy;
  return {
    ...defaults,
    ...values,
    mirrors: byLowerCase(values.mirrors),
    authHosts: byLowerCase(values.authHosts),
    proxy: {
      url: typeof url === 'string' && url !== '' ? url : undefined,
      noProxy: Array.isArray(noProxy)
        ? noProxy.filter((one: unknown): one is string => typeof one === 'string' && one !== '')
        : [],
      strictTls: proxy['strictTls'] !== false,
    },
    caFiles: values.caFiles.filter((path) => isAbsolute(path)),
  };
}

/** Names of hosts are compared in lower case. */
function byLowerCase<T>(byHost: Readonly<Partial<Record<string, T>>>): Readonly<Record<string, T>> {
  return Object.fromEntries(
    Object.entries(byHost).flatMap(([host, value]) =>
      value === undefined ? [] : [[host.toLowerCase(), value]],
    ),
  );
}
