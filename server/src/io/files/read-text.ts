// Reads files of other people safely: a link may lead to a device or a pipe that never ends.
import { closeSync, constants, existsSync, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { inWords } from './file-errors';

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
      problem: `${path} cannot be changed: ${inWords(error)}.`,
    };
  }
}

/** Which file was read, and in which state: as long as it is the same, nobody has replaced or changed the file. */
export type FileState = string;

export interface ReadFile {
  readonly bytes: Buffer;
  readonly state: FileState;
}

/**
 * The text of a regular file.
 * @param maximum bytes
 * @returns undefined when it has more
 * @throws when it is not a regular file or cannot be read
 */
export function readText(path: string, maximum: number): string | undefined {
  return readRegular(path, maximum)?.bytes.toString('utf8');
}

/** The bytes of a regular file and its state. Parameters and errors as those of `readText`. */
export function readRegular(path: string, maximum: number): ReadFile | undefined {
  return withRegular(path, (descriptor, stat) => {
    const bytes = readAtMost(descriptor, maximum);
    return bytes && { bytes, state: stateOf(stat) };
  });
}

export interface FileStart {
  readonly text: string;
  readonly mode: number;
}

/** The first bytes of a regular file as text, and its mode. @throws as `readText` */
export function readStart(path: string, maximum: number): FileStart {
  return withRegular(path, (descriptor, { mode }) => {
    const chunk = maximum > room.length ? Buffer.alloc(maximum) : room;
    const length = readSync(descriptor, chunk, 0, maximum, 0);
    return { text: chunk.toString('utf8', 0, length), mode: Number(mode) };
  });
}

function withRegular<T>(path: string, read: (descriptor: number, stat: BigIntStats) => T): T {
  // Without O_NONBLOCK, opening a pipe that nobody writes to would wait forever. Windows has neither.
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = fstatSync(descriptor, { bigint: true });
    if (!stat.isFile()) throw new Error('it is not a regular file');
    return read(descriptor, stat);
  } finally {
    closeSync(descriptor);
  }
}

/** The state of the file at a path. @returns undefined if there is none, or a link or a device in its place */
export function fileState(path: string): FileState | undefined {
  const stat = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  return stat?.isFile() ? stateOf(stat) : undefined;
}

function stateOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): FileState {
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
}

/** For one part of a file at a time: most files are small, and there may be many. */
const room = Buffer.alloc(64_000);

/**
 * All that an open file or a pipe holds.
 * @param maximum bytes
 * @returns undefined when it has more
 */
export function readAtMost(descriptor: number, maximum: number): Buffer | undefined {
  const chunks: Buffer[] = [];
  // Count what was read, because the reported size of a file can be wrong.
  for (let length = 0; length <= maximum;) {
    const read = readSync(descriptor, room, 0, room.length, null);
    if (read === 0) return Buffer.concat(chunks);
    chunks.push(Buffer.from(room.subarray(0, read)));
    length += read;
  }
  return undefined;
}
