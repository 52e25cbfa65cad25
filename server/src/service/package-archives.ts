// The archives that a Dockerfile installs from, for a run that reads their indexes before it lints.
import { archivesOf } from '../core/analysis/packages/indexed-installs';
import { buildModel } from '../core/model/model';
import type { Archive } from '../core/package-index/archive';
import { parse } from '../core/syntax/parse';
import { TextFile } from '../core/text/document';

/** @param text of a Dockerfile @returns each archive once */
export function archivesIn(text: string): readonly Archive[] {
  return archivesOf(buildModel(parse(text), new TextFile(text)));
}
