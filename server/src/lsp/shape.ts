// Checks what a client sent: any value in, typed data or undefined out.
import { isRecord } from '../core/text/record';
import type { Span } from '../core/text/span';

/** Returns the value if it fits, else undefined. */
export type Shape<T> = (value: unknown) => T | undefined;

export const text: Shape<string> = (value) => (typeof value === 'string' ? value : undefined);

/** Offsets in a document. The reader must check that they lie inside. */
export const span: Shape<Span> = (value) => {
  if (!isRecord(value)) return undefined;
  const { start, end } = value;
  return Number.isInteger(start) && Number.isInteger(end)
    ? { start: start as number, end: end as number }
    : undefined;
};

export function oneOf<const T extends string>(...words: readonly T[]): Shape<T> {
  return (value) => words.find((word) => word === value);
}

/** An object with these fields; drops all others. */
export function shape<T extends object>(fields: { readonly [K in keyof T]: Shape<T[K]> }): Shape<T> {
  const readers = Object.entries<Shape<unknown>>(fields);
  return (value) => {
    if (!isRecord(value)) return undefined;
    const read: Record<string, unknown> = {};
    for (const [name, reader] of readers) {
      const field = reader(value[name]);
      if (field === undefined) return undefined;
      read[name] = field;
    }
    return read as T;
  };
}
