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

/**
 * Compares with what is committed; `npm run test:engines -- --update-measured` writes it instead.
 * @param bytes of all files that the image adds to its base
 * @throws when they are far from each other
 */
export function checkSize(pattern: string, bytes: number, by: string): void {
  const measured = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Measured>;
  if (process.env['DRYDOCK_UPDATE_MEASURED']) {
    measured[pattern] = { bytes, by };
    const rows = Object.entries(measured).sort(([a], [b]) => (a < b ? -1 : 1));
    writeFileSync(path, `${JSON.stringify(Object.fromEntries(rows), null, 2)}\n`);
    return;
  }
  const { bytes: told = 0 } = measured[pattern] ?? {};
  const said = `${pattern} adds ${String(bytes)} bytes by ${by}, and ${path} says ${String(told)}`;
  assert.ok(Math.abs(bytes - told) <= told * tolerance, said);
}
