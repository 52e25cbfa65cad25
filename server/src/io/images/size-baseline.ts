// Reads the size baseline that a project has committed.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BaselineFile } from '../../workflow/cycle/cycle-plan';
import { largestBaseline, readBaseline } from '../../workflow/image/size-budget';
import type { SizeBaseline } from '../../workflow/image/size-budget';
import { inWords } from '../files/file-errors';
import { readRegular } from '../files/read-text';

/** For a cycle. @param path absolute */
export function baselineAt(path: string): BaselineFile {
  return { name: path, read: existsSync(path) ? readBaselineFile(path) : undefined };
}

/** @returns a sentence without a full stop if it is not one; empty if it may be an image: an archive, or a folder of one */
export function readBaselineFile(path: string): SizeBaseline | string {
  try {
    const read = readRegular(path, largestBaseline);
    const baseline = read && readBaseline(read.bytes.toString('utf8'));
    if (baseline) return baseline;
    const isText = read?.bytes.subarray(0, 100).toString('latin1').trimStart().startsWith('{') ?? false;
    return isText ? `${path} is not a baseline of drydock size. Write it again with --write-baseline` : '';
  } catch (error) {
    // A folder may be an OCI layout.
    return existsSync(join(path, 'index.json')) ? '' : `cannot read ${path}: ${inWords(error)}`;
  }
}
