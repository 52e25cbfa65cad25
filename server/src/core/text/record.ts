// What came out of a file or another program, looked at before use.

/** A mapping of names to anything, as JSON and YAML have them. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is a mapping: neither a list nor null. */
export function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
