// Programs that some tests need and that a developer's machine may not have.
import type { TestContext } from 'node:test';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * @returns the absolute path of the program. Without it the test is skipped, loudly, and undefined comes back:
 * the test has to return. Where CI is set nothing is skipped: there a missing program is a failure.
 */
export function requireTool(t: TestContext, name: string): string | undefined {
  // Daemons are in folders that a user's PATH leaves out.
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  for (const folder of folders) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  const message = `${name} is not on the PATH`;
  if (process.env['CI']) throw new Error(message);
  console.warn(`SKIPPED ${t.name}: ${message}`);
  t.skip(message);
  return undefined;
}
