// Programs that some tests need and that a developer's machine may not have.
import type { TestContext } from 'node:test';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from '../../server/tools/find-program.mjs';

/** Where `npm run test:engines` puts what it builds, such as buildx, buildkitd and grype. */
export const engineFolder = join(homedir(), '.cache', 'drydock', 'engines', 'bin');

/** @returns the absolute path of the program, or undefined */
export function findTool(name: string): string | undefined {
  return findProgram(name, [engineFolder]);
}

/**
 * @returns the absolute path of the program. Without it the test is skipped, loudly, and undefined comes back:
 * the test has to return. Where CI is set nothing is skipped: there a missing program is a failure.
 */
export function requireTool(t: TestContext, name: string): string | undefined {
  const path = findTool(name);
  if (path !== undefined) return path;
  const message = `${name} is not on the PATH`;
  if (process.env['CI']) throw new Error(message);
  console.warn(`SKIPPED ${t.name}: ${message}`);
  t.skip(message);
  return undefined;
}

/** For programs that cannot be had everywhere: skips also in CI, which accepts reasons that begin this way. */
export function wantTool(t: TestContext, name: string): string | undefined {
  const path = findTool(name);
  if (path === undefined) t.skip(`optional: ${name} is not on the PATH`);
  return path;
}
