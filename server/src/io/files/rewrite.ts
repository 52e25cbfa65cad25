// Writes files completely or not at all, also when a signal ends the process.
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fchownSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileState } from './read-text';
import type { FileState } from './read-text';
import { endings, endUnlessHeard } from '../processes/endings';

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
  throughBeside(target, text, mode & 0o7777, {
    finish: (descriptor) => {
      giveTo(descriptor, uid, gid);
    },
    // The umask narrows the mode given to open.
    place: (temporary) => {
      chmodSync(temporary, mode & 0o7777);
      check();
      renameSync(temporary, target);
    },
  });
}

/**
 * Writes a file that the user has named, over one that may be there: all of it or nothing. A symbolic link stays one, and
 * what is not a regular file, such as a pipe or `/dev/stdout`, gets the text as it is.
 * @throws when it cannot be written; an old file is untouched then
 */
export function writeWhole(path: string, text: string): void {
  const there = statSync(path, { throwIfNoEntry: false });
  // A link that leads nowhere is followed as ever.
  if (there ? !there.isFile() : lstatSync(path, { throwIfNoEntry: false })) writeFileSync(path, text);
  else if (there) {
    try {
      rewriteFile(path, text, fileState(realpathSync(path)) ?? '');
    } catch (error) {
      if (!['EACCES', 'EPERM'].includes(codeOf(error))) throw error;
      // The file may be writable where its folder is not.
      writeFileSync(path, text);
    }
  } else
    throughBeside(path, text, 0o666, {
      place: (temporary) => {
        renameSync(temporary, path);
      },
    });
}

/**
 * Writes a file that must not be there yet, all of it or nothing.
 * @param mode before the umask
 * @throws when something is there, with the code EEXIST, or when it cannot be written
 */
export function writeNew(path: string, text: string, mode = 0o666): void {
  throughBeside(path, text, mode, {
    place: (temporary) => {
      try {
        // Unlike renaming, linking never replaces a file.
        linkSync(temporary, path);
      } catch (error) {
        if (!['EPERM', 'ENOSYS', 'EOPNOTSUPP', 'ENOTSUP', 'EMLINK'].includes(codeOf(error))) throw error;
        // A file system without links.
        writeFileSync(path, text, { flag: 'wx', mode });
      }
      rmSync(temporary, { force: true });
    },
  });
}

interface Placing {
  /** What else the new file needs while it is open. */
  readonly finish?: (descriptor: number) => void;
  /** Puts the new file, which has all its text, where it belongs. */
  readonly place: (temporary: string) => void;
}

/** Writes a new file beside a path, and removes it when it cannot be put in its place. */
function throughBeside(path: string, text: string, mode: number, { finish, place }: Placing): void {
  endBetweenWrites();
  // A name that no search for Dockerfiles finds.
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const descriptor = openSync(temporary, 'wx', mode);
    try {
      const bytes = Buffer.from(text, 'utf8');
      for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done);
      finish?.(descriptor);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    place(temporary);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

let isGuarded = false;

/**
 * From now on such a signal ends the process only when its code has come to a stop, so never within a write: Node tells
 * listeners of signals between two turns of its loop. Without listeners it would end at once and leave a temporary file.
 */
function endBetweenWrites(): void {
  if (isGuarded) return;
  isGuarded = true;
  for (const signal of endings) process.on(signal, end);
}

function end(signal: NodeJS.Signals): void {
  for (const one of endings) process.off(one, end);
  isGuarded = false;
  endUnlessHeard(signal);
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}

/** Only root may give files away. For others the file is theirs already, or becomes theirs as in any editor. */
function giveTo(descriptor: number, uid: number, gid: number): void {
  try {
    fchownSync(descriptor, uid, gid);
  } catch (error) {
    if (!['EPERM', 'EINVAL', 'ENOSYS'].includes(codeOf(error))) throw error;
  }
}
