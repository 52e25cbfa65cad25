// Replaces the text of a file completely or not at all.
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fchownSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileState } from './read-text';
import type { FileState } from './read-text';

/**
 * Writes a new file beside the old one and renames it over it, so that neither a full disk nor a crash leaves
 * half a file. Keeps permissions, and the owner as far as the system lets us; a symbolic link stays one.
 * @param read state of the file whose text was read; if another file lies there by now, or it has changed, nothing is written
 * @throws when it cannot be done; the old file is untouched then
 */
export function rewriteFile(path: string, text: string, read: FileState): void {
  const target = realpathSync(path);
  const check = (): void => {
    if (realpathSync(path) !== target || fileState(target) !== read)
      throw new Error('it has changed since Drydock read it');
  };
  check();
  const { mode, uid, gid } = statSync(target);
  // A name that no search for Dockerfiles finds.
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const descriptor = openSync(temporary, 'wx', mode & 0o7777);
    try {
      const bytes = Buffer.from(text, 'utf8');
      for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done);
      giveTo(descriptor, uid, gid);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    // The umask narrows the mode given to open.
    chmodSync(temporary, mode & 0o7777);
    check();
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Only root may give files away. For others the file is theirs already, or becomes theirs as in any editor. */
function giveTo(descriptor: number, uid: number, gid: number): void {
  try {
    fchownSync(descriptor, uid, gid);
  } catch (error) {
    if (!['EPERM', 'EINVAL', 'ENOSYS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
