// Comments that hide findings: those of Drydock and of other tools, each read as its own tool reads it. This folder
// reads comments and matches findings against them. It makes no edits.
import type { Dockerfile } from '../../syntax/nodes';
import type { TextFile } from '../../text/document';
import { buildkitReader, checkDirectives } from './buildkit';
import { foreignReader, mayBeForeign } from './foreign';
import { hadolintReader } from './hadolint';
import { oursReader } from './ours';
import type { Suppression } from './suppression';

export { looseHadolint, looseOurs, looseTally, wordsBeside } from './loose-form';
export { Suppressor } from './suppressor';
export { unusedNames } from './uses';
export { ownerOf, placeOf } from './suppression';
export type { Suppression, SuppressionForm } from './suppression';
export type { UnusedNames } from './uses';

/** One reader for each form. Another tool is another row. */
const forms = [oursReader, hadolintReader, buildkitReader, foreignReader];

/** All suppressions of a file: its directives, then its comments, in file order. */
export function findSuppressions(file: Dockerfile, document: TextFile): readonly Suppression[] {
  const directives = checkDirectives(file);
  // Most files have no such comment, so look before matching.
  const candidates = file.comments.filter(
    ({ text }) => (text.includes('=') && /ignore|check/i.test(text)) || mayBeForeign.test(text),
  );
  if (candidates.length === 0) return directives;
  const readers = forms.map((makeReader) => makeReader({ file, document }));
  return [...directives, ...candidates.flatMap((comment) => readers.flatMap((read) => read(comment)))];
}
