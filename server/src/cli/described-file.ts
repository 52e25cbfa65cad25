// Reads a Dockerfile that a command was given beside an image, as builders see it.
import { inWords } from '../io/files/file-errors';
import { readRegular } from '../io/files/read-text';
import { defaultConfig } from '../core/lint/config';
import { nothingAround } from '../io/surroundings/surroundings';
import { describeBuild } from '../service/build-description';
import { lintFile } from '../service/lint-file';
import type { BuildDescription } from '../protocol';
import { maximumDockerfile } from './check-file';

export interface DescribedFile {
  readonly text: string;
  readonly description: BuildDescription;
}

/** @returns `problem`: why it cannot be read, without a full stop */
export function describeFile(path: string): DescribedFile | { readonly problem: string } {
  let text: string | undefined;
  try {
    text = readRegular(path, maximumDockerfile)?.bytes.toString('utf8');
  } catch (error) {
    return { problem: `cannot read ${path}: ${inWords(error)}` };
  }
  if (text === undefined) return { problem: `cannot read ${path}: it is larger than 2 MB` };
  const { model } = lintFile(text, nothingAround(defaultConfig)).result;
  const place = (offset: number): { line: number; character: number } => {
    const line = model.document.lineAt(offset);
    return { line, character: offset - model.document.lineStart(line) };
  };
  return {
    text,
    description: describeBuild({
      model,
      version: 1,
      builds: [],
      toRange: ({ start, end }) => ({ start: place(start), end: place(end) }),
    }),
  };
}
