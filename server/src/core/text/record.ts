// Checks values that were read from a file or another program before they are used.

/** A mapping from names to any values, as in JSON and YAML. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is a mapping, so neither a list nor null. */
export function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
