// Reads files that somebody else has put there: a link may lead to a device or a pipe, which never ends.
import { closeSync, constants, existsSync, fstatSync, openSync, readSync } from 'node:fs';

/** A file of the project that people write is not larger, in bytes. */
const maximumWritten = 1_000_000;

/**
 * The text of a file that is to be changed.
 * @returns undefined when there is no file, and a sentence when the file cannot be changed
 */
export function readForChange(
  path: string,
): { readonly text: string | undefined } | { readonly problem: string } {
  if (!existsSync(path)) return { text: undefined };
  try {
    const text = readText(path, maximumWritten);
    return text === undefined ? { problem: `${path} is too large to change. Edit it by hand.` } : { text };
  } catch (error) {
    return {
      problem: `${path} cannot be changed: ${error instanceof Error ? error.message : String(error)}.`,
    };
  }
}

/**
 * The text of a regular file.
 * @param maximum bytes
 * @returns undefined when it has more
 * @throws when it is not a regular file or cannot be read
 */
export function readText(path: string, maximum: number): string | undefined {
  // Without O_NONBLOCK a pipe nobody writes to would be waited for. Windows has no such flag, and no such files.
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    if (!fstatSync(descriptor).isFile()) throw new Error('it is not a regular file');
    const chunks: Buffer[] = [];
    // Counted here: the size that a file says it has need not be true.
    for (let length = 0; length <= maximum;) {
      const chunk = Buffer.alloc(64_000);
      const read = readSync(descriptor, chunk, 0, chunk.length, null);
      if (read === 0) return Buffer.concat(chunks).toString('utf8');
      chunks.push(chunk.subarray(0, read));
      length += read;
    }
    return undefined;
  } finally {
    closeSync(descriptor);
  }
}
