// Reads TOML of other people. The library, smol-toml, has no dependencies and is what Cargo's and Python's files need.
import { parse } from 'smol-toml';
import { isRecord } from '../../core/text/record';
import type { JsonObject } from '../../core/text/record';

/** A table of TOML; empty where the text is none. */
export function readToml(text: string | undefined): JsonObject {
  if (text === undefined) return {};
  try {
    return parse(text);
  } catch {
    // Half-written: nothing is known from it.
    return {};
  }
}

/** Whether a text is there and is no TOML. */
export function isBrokenToml(text: string | undefined): boolean {
  try {
    parse(text ?? '');
    return false;
  } catch {
    return true;
  }
}

/** The table below a path of keys; empty where there is none. */
export function tableAt(table: JsonObject, ...keys: readonly string[]): JsonObject {
  let at: unknown = table;
  for (const key of keys) at = isRecord(at) ? at[key] : undefined;
  return isRecord(at) ? at : {};
}

export function textAt(table: JsonObject, key: string): string | undefined {
  const value = table[key];
  return typeof value === 'string' ? value : undefined;
}
