// What the creation of files from a pattern needs of the disk.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inWords } from '../files/file-errors';
import { readText } from '../files/read-text';
import type { ContextFacts } from '../../core/lint/facts';
import { describeFolder, listFolder } from './context-facts';

/** A page with its parameters is shorter. */
const maximumBytes = 200_000;

/** The facts about a folder that is to get a Dockerfile; undefined if it has an ignore file, or cannot be listed. */
export function contextWithoutIgnoreFile(folder: string): ContextFacts | undefined {
  const listing = listFolder(folder, new Map());
  const unwatched = { onList: (): void => undefined, onRead: (): void => undefined };
  const facts = listing && describeFolder(folder, join(folder, 'Dockerfile'), folder, listing, unwatched);
  return facts?.ignoreFile === undefined ? facts : undefined;
}

export interface PatternText {
  /** Name of the file without its ending. */
  readonly id: string;
  readonly path: string;
  readonly text: string;
}

/** The pages of patterns in a folder of the user's own. @returns `problem`: why it cannot be read */
export function readPatternTexts(folder: string): readonly PatternText[] | { readonly problem: string } {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.md'))
      .sort()
      .map((name) => {
        const path = join(folder, name);
        return { id: name.slice(0, -'.md'.length), path, text: readText(path, maximumBytes) ?? '' };
      });
  } catch (error) {
    return { problem: `${folder}: ${inWords(error)}` };
  }
}
