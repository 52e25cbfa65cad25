// What the images of patterns add to their bases, as the page of patterns says it.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';

const path = 'test/patterns-measured.json';

interface Measured {
  readonly bytes: number;
  /** The compiler, as it names itself. */
  readonly by: string;
}

/** Newer compilers make programs of other sizes; a pattern that begins to ship its compiler is far from it. */
const tolerance = 0.25;

function read(): Readonly<Record<string, Measured>> {
  return JSON.parse(readFileSync(path, 'utf8')) as ReturnType<typeof read>;
}

/**
 * Compares what an image adds to its base with what is committed.
 * @param bytes of all files
 * @throws when they are far from each other
 */
export function compareSize(pattern: string, bytes: number, by: string): void {
  const { bytes: told = 0 } = read()[pattern] ?? {};
  const said = `${pattern} adds ${String(bytes)} bytes by ${by}, and ${path} says ${String(told)}`;
  assert.ok(Math.abs(bytes - told) <= told * tolerance, said);
}

/** The same; `npm run test:engines -- --update-measured` writes it instead. */
export function checkSize(pattern: string, bytes: number, by: string): void {
  if (!process.env['DRYDOCK_UPDATE_MEASURED']) {
    compareSize(pattern, bytes, by);
    return;
  }
  const rows = Object.entries({ ...read(), [pattern]: { bytes, by } }).sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(path, `${JSON.stringify(Object.fromEntries(rows), null, 2)}\n`);
}
