// Checks what a client sent: plain data in, typed data or nothing out.
import { isRecord } from '../core/text/record';
import type { Span } from '../core/text/span';

/** Gives the value where it is one, else undefined. */
export type Shape<T> = (value: unknown) => T | undefined;

export const text: Shape<string> = (value) => (typeof value === 'string' ? value : undefined);

/** Offsets of a document; whether they lie in it is for the reader to say. */
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

/** An object with these fields; others that it has are left out. */
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
