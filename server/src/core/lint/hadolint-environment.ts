// hadolint's environment variables, as a configuration that lies below its file: what the file says of a single value
// wins, and lists are joined. Source: hadolint 2.15.1, run with each of them.
import { isRecord } from '../text/record';
import type { JsonObject } from '../text/record';

/** What the variables say, with the keys of a `.hadolint.yaml`; empty if none is set. As in hadolint, a value that means
 * nothing is not reported. */
export function hadolintEnvironment(env: Readonly<Record<string, string | undefined>>): JsonObject {
  const value = (name: string): string | undefined => env[`HADOLINT_${name}`]?.trim() || undefined;
  const list = (name: string): string[] | undefined =>
    value(name)
      ?.split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '');
  const flag = (name: string): true | undefined =>
    /^(?:1|true|yes|on|y)$/i.test(value(name) ?? '') || undefined;
  const override = Object.fromEntries(
    ['error', 'warning', 'info', 'style'].flatMap((level) => {
      const ids = list(`OVERRIDE_${level.toUpperCase()}`);
      return ids ? [[level, ids] as const] : [];
    }),
  );
  const labels = list('REQUIRE_LABELS')?.map((label): [string, string] => {
    const colon = label.indexOf(':');
    return colon < 0 ? [label, 'text'] : [label.slice(0, colon), label.slice(colon + 1)];
  });
  const said: Readonly<Record<string, unknown>> = {
    override: Object.keys(override).length > 0 ? override : undefined,
    ignored: list('IGNORE'),
    trustedRegistries: list('TRUSTED_REGISTRIES'),
    'label-schema': labels && Object.fromEntries(labels),
    'strict-labels': flag('STRICT_LABELS'),
    'disable-ignore-pragma': flag('DISABLE_IGNORE_PRAGMA'),
    'failure-threshold': value('FAILURE_THRESHOLD')?.toLowerCase(),
    'no-fail': flag('NOFAIL'),
    format: value('FORMAT'),
  };
  return Object.fromEntries(Object.entries(said).filter(([, one]) => one !== undefined));
}

/** The content of a `.hadolint.yaml` with what the variables add to it. */
export function withEnvironment(raw: unknown, environment: JsonObject): unknown {
  if (raw === null || raw === undefined) return environment;
  if (!isRecord(raw)) return raw;
  const keys = new Set([...Object.keys(raw), ...Object.keys(environment)]);
  return Object.fromEntries([...keys].map((key) => [key, joined(raw[key], environment[key])]));
}

/** @param own wins where both cannot hold */
function joined(own: unknown, added: unknown): unknown {
  if (own === undefined || own === null) return added;
  if (Array.isArray(own) && Array.isArray(added)) return [...(own as unknown[]), ...(added as unknown[])];
  if (!isRecord(own) || !isRecord(added)) return own;
  const keys = new Set([...Object.keys(added), ...Object.keys(own)]);
  return Object.fromEntries([...keys].map((key) => [key, joined(own[key], added[key])]));
}
