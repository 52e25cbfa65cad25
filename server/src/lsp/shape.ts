// Checks what a client sent: any value in, typed data or undefined out.
import { isRecord } from '../core/text/record';
import type { Span } from '../core/text/span';
import type { Position, Range } from '../workflow/build-description';

/** Returns the value if it fits, else undefined. */
export type Shape<T> = (value: unknown) => T | undefined;

export const text: Shape<string> = (value) => (typeof value === 'string' ? value : undefined);

/** A number of something, or a place counted from 0. */
export const count: Shape<number> = (value) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;

/** Offsets in a document. The reader must check that they lie inside. */
export const span: Shape<Span> = (value) => {
  if (!isRecord(value)) return undefined;
  const { start, end } = value;
  return Number.isInteger(start) && Number.isInteger(end)
    ? { start: start as number, end: end as number }
    : undefined;
};

const position: Shape<Position> = (value) => {
  if (!isRecord(value)) return undefined;
  const line = count(value['line']);
  const character = count(value['character']);
  return line === undefined || character === undefined ? undefined : { line, character };
};

const range: Shape<Range> = shape({ start: position, end: position });

/** Kinds of code actions that a client asks for; any other context has none. */
function isListOfKinds(only: unknown): boolean {
  return (
    only === undefined ||
    only === null ||
    (Array.isArray(only) && only.every((one) => typeof one === 'string'))
  );
}

/** The parts of a request's parameters, by the names that the protocol gives them. */
const parts = {
  textDocument: shape({ uri: text }),
  position,
  range,
  newName: text,
  ch: text,
  options: (value: unknown) => (isRecord(value) ? value : undefined),
  context: (value: unknown) => (isRecord(value) && isListOfKinds(value['only']) ? value : undefined),
} satisfies Readonly<Record<string, Shape<unknown>>>;

export type ParameterName = keyof typeof parts;

/**
 * Whether a client sent what a request needs. Places beyond the end of a document are fine: they stand for its end.
 * @param names the parameters that the handler reads
 */
export function hasParameters(raw: unknown, names: readonly ParameterName[]): boolean {
  return isRecord(raw) && names.every((name) => parts[name](raw[name]) !== undefined);
}

/** A mapping of names to texts. */
export const texts: Shape<Readonly<Record<string, string>>> = (value) => {
  if (!isRecord(value)) return undefined;
  const entries = Object.entries(value);
  return entries.every((entry): entry is [string, string] => typeof entry[1] === 'string')
    ? Object.fromEntries(entries)
    : undefined;
};

export function oneOf<const T extends string>(...words: readonly T[]): Shape<T> {
  return (value) => words.find((word) => word === value);
}

/** A list of such values, or nothing. */
export function listOf<T>(read: Shape<T>): Shape<readonly T[]> {
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    const items = value.map((item: unknown) => read(item));
    return items.every((item): item is NonNullable<typeof item> => item !== undefined) ? items : undefined;
  };
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
