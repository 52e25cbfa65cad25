// The digests of the images in a Dockerfile, for programs that pin whole files. Pure: whoever calls it asks the registries.
import type { DigestQuestion, Question, Reply } from '../core/lint/questions';
import { questionKey } from '../core/lint/questions';
import { applyEdits } from '../core/text/edit';
import { lastNotAfter } from '../core/text/search';
import type { Span } from '../core/text/span';
import { findOffers, fixByAsking } from '../linter';
import { lintFile } from './lint-file';
import type { Surroundings } from './surroundings';

export interface PinPlace {
  readonly at: Span;
  /** The image as written. */
  readonly text: string;
  /** What to ask a registry, or one sentence without full stop why nobody is asked. */
  readonly question: DigestQuestion | { readonly reason: string };
}

/** The images of a text, in file order, each place once. */
export function findPins(text: string, { config, facts }: Surroundings): readonly PinPlace[] {
  const { result } = lintFile(text, { config, facts, problems: [] });
  const { fixes, unanswerable } = findOffers(result, facts);
  const places = new Map<number, PinPlace>();
  const images = result.model.images.map(({ image: { span } }) => span).sort((a, b) => a.start - b.start);
  const add = (place: Span, question: PinPlace['question']): void => {
    // A finding about the digest alone is about the same image.
    const image = images[lastNotAfter(images, ({ start }) => start <= place.start)];
    const at = image && place.end <= image.end ? image : place;
    if (!places.has(at.start)) places.set(at.start, { at, text: text.slice(at.start, at.end), question });
  };
  for (const { image, via, resolved } of result.model.images) {
    // A name without tag and path may be a build context that the command line gives.
    if ((via === 'copy' || via === 'mount') && !/[/:@$]/.test(resolved ?? '$'))
      add(image.span, { reason: 'it may name a build context. Write a tag if it is an image' });
  }
  for (const { at, fix } of fixes) if (fix.asks?.kind === 'digest') add(at, fix.asks);
  for (const { at, question, reason } of unanswerable) if (question.kind === 'digest') add(at, { reason });
  return [...places.values()].sort((a, b) => a.at.start - b.at.start);
}

/** The text with the digests that were answered. @param replies by the key of their question */
export async function pinText(
  text: string,
  { config, facts }: Surroundings,
  replies: ReadonlyMap<string, Reply>,
): Promise<string> {
  const known = (question: Question): Reply | undefined => replies.get(questionKey(question));
  const { edits } = await fixByAsking(
    text,
    config,
    facts,
    ({ fix }) => fix.asks !== undefined && known(fix.asks) !== undefined,
    (question) => Promise.resolve(known(question) ?? { kind: 'cancelled' }),
  );
  return applyEdits(text, edits);
}
