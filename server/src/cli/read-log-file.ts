// Reads a log piece by piece, so that its length costs no memory: a file, or standard input.
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { TextDecoder } from 'node:util';
import { inWords } from '../io/files/file-errors';
import { LogReader } from '../workflow/why/read-log';
import type { ReadLog } from '../workflow/why/read-log';

/** @param path `-`: standard input @returns why it cannot be read */
export function readLogFile(path: string): ReadLog | { readonly problem: string } {
  let descriptor = 0;
  try {
    if (path !== '-') {
      // Without O_NONBLOCK, opening a pipe that nobody writes to would wait forever. Windows has neither.
      descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
      if (!fstatSync(descriptor).isFile()) return { problem: 'it is not a regular file' };
    }
    return readAll(descriptor);
  } catch (error) {
    return { problem: inWords(error) };
  } finally {
    if (descriptor !== 0) closeSync(descriptor);
  }
}

function readAll(descriptor: number): ReadLog {
  const reader = new LogReader();
  const chunk = Buffer.alloc(64_000);
  let decoder: TextDecoder | undefined;
  for (;;) {
    const length = readSync(descriptor, chunk, 0, chunk.length, null);
    if (length === 0) break;
    // PowerShell writes what a command prints as UTF-16.
    decoder ??= new TextDecoder(chunk[0] === 0xff && chunk[1] === 0xfe ? 'utf-16le' : 'utf-8');
    reader.push(decoder.decode(chunk.subarray(0, length), { stream: true }));
  }
  return reader.end();
}
