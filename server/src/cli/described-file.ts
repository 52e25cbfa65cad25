// Reads a Dockerfile that a command was given beside an image, as builders see it.
import { inWords } from '../io/files/file-errors';
import { readRegular } from '../io/files/read-text';
import { describeText } from '../service/build-description';
import type { BuildDescription } from '../workflow/build-description';
import { maximumDockerfile } from './checked-file';

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
  return { text, description: describeText(text) };
}
