// Reads files of other people safely: a link may lead to a device or a pipe that never ends.
import { closeSync, constants, existsSync, fstatSync, openSync, readSync } from 'node:fs';

/** In bytes. Project files that people write are smaller. */
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
  // Without O_NONBLOCK, opening a pipe that nobody writes to would wait forever. Windows has neither.
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    if (!fstatSync(descriptor).isFile()) throw new Error('it is not a regular file');
    const chunks: Buffer[] = [];
    // Count what was read, because the reported size of a file can be wrong.
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
