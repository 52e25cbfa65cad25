// What kind of file a path names, told by its first bytes, and its text bit by bit.
import { createReadStream } from 'node:fs';
import { readStart } from './read-text';

/** `archive`: a tar file, perhaps packed. `missing`: there is no regular file. */
export type FileKind = 'archive' | 'json' | 'xml' | 'spdx' | 'other' | 'missing';

/** In bytes: a header of a tar file. */
const headLength = 512;

export function kindOfFile(path: string): FileKind {
  let text: string;
  try {
    ({ text } = readStart(path, headLength));
  } catch {
    // Not there, a folder, or not readable: the caller tells these apart when it matters.
    return 'missing';
  }
  // A tar file says so behind the name of its first member. What is packed begins with bytes that are not text.
  if (
    text.slice(257, 262) === 'ustar' ||
    text.startsWith('\u001f\ufffd') ||
    text.startsWith('(\ufffd/\ufffd')
  )
    return 'archive';
  const start = text.replace(/^\ufeff/, '').trimStart();
  if (start.startsWith('{') || start.startsWith('[')) return 'json';
  if (start.startsWith('<')) return 'xml';
  return start.startsWith('SPDXVersion:') ? 'spdx' : 'other';
}

/** @throws when the file cannot be read */
export async function eachPart(path: string, take: (text: string) => void): Promise<void> {
  for await (const part of createReadStream(path, 'utf8')) take(String(part));
}
