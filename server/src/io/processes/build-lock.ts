// One build of a file at a time, also across processes: a file in the temporary folder names the process that builds.
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FilePath } from '../../workflow/checked-arguments';
import type { BuildLock } from '../../workflow/tool';

/**
 * @param dockerfile absolute path of the file to build
 * @returns how to give it back, or the process that has it
 */
export function lockBuild(dockerfile: FilePath): BuildLock {
  const name = createHash('sha256').update(dockerfile).digest('hex').slice(0, 24);
  const path = join(tmpdir(), `drydock-build-${name}`);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      // Exclusive: it neither replaces a file nor follows a link.
      writeFileSync(path, String(process.pid), { flag: 'wx', mode: 0o600 });
      return { release: () => rmSync(path, { force: true }) };
    } catch (error) {
      // A temporary folder that cannot be written must not stop a build.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return { release: () => undefined };
    }
    const holder = holderOf(path);
    if (holder !== undefined && isAlive(holder)) return { heldBy: holder };
    rmSync(path, { force: true });
  }
  return { release: () => undefined };
}

function holderOf(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    // It has been given back in the meantime.
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: there is such a process, of another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
