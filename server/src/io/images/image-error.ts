// How the readers of images tell what is wrong with one: thrown inside this folder, handed out as data.
import type { ImageTrouble } from '../../workflow/image/image';
import { inWords } from '../files/file-errors';

export class ImageError extends Error {
  readonly trouble: ImageTrouble;

  constructor(kind: ImageTrouble['kind'], detail = '') {
    super(`${kind} ${detail}`);
    this.trouble = { kind, detail };
  }
}

/** What was thrown, as data: errors of the system in words, those of libraries as damage. */
export function toTrouble(error: unknown): ImageTrouble {
  if (error instanceof ImageError) return error.trouble;
  const { code, message } =
    error instanceof Error ? (error as NodeJS.ErrnoException) : { code: '', message: String(error) };
  if (code === 'ENOENT') return { kind: 'missing', detail: '' };
  if (code === 'Z_BUF_ERROR' || /unexpected end/i.test(message)) return { kind: 'truncated', detail: '' };
  if (code?.startsWith('Z_') || code?.startsWith('ZSTD_') || !/^E[A-Z]+$/.test(code ?? ''))
    return { kind: 'damaged', detail: message };
  return { kind: 'system', detail: inWords(error) };
}
