// Reads JSON of other programs, and checks every field first.
import { isRecord } from '../core/text/record';
import type { JsonObject } from '../core/text/record';

export type Json = JsonObject;

export function object(value: unknown): Json {
  return isRecord(value) ? value : {};
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
