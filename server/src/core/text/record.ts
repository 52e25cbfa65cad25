// Checks values that were read from a file or another program before they are used.

/** A mapping from names to any values, as in JSON and YAML. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is a mapping, so neither a list nor null. */
export function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The mapping that a JSON text holds; undefined if it is something else or no JSON. A byte order mark is skipped. */
export function readJsonObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
