// Pins all images of a file, or updates the digests that it has. As `source` actions for every editor; the commands of the
// server and the requests of our own client do the same.
import type { OfferedFix } from '../../core/lint/offers';
import type { Question } from '../../core/lint/questions';
import type { Edit } from '../../core/text/edit';
import { pinImagesKind, updateDigestsKind } from '../../protocol/names';
import type { LineMessage } from '../../protocol/messages';
import type { Analysis } from '../session';
import { actionKind } from './action';
import type { ActionKind, Made, World } from './action';
import { shape } from '../shape';

/** `pin`: images without a digest. `update`: images with one. */
export type DigestTask = 'pin' | 'update';

export interface RenewedDigests {
  readonly edits: readonly Edit[];
  /** As in the protocol's `DigestsResult`. */
  readonly summary: string;
  readonly news: readonly LineMessage[];
  readonly failures: readonly LineMessage[];
  readonly notes: readonly string[];
  /** How many images there are to pin or to update. */
  readonly images: number;
}

/** @returns undefined if the user cancelled it */
export async function renewDigests(
  task: DigestTask,
  analysis: Analysis,
  world: World,
): Promise<RenewedDigests | undefined> {
  const mine = (question: Question | undefined): boolean =>
    question?.kind === 'digest' && (question.pinned !== undefined) === (task === 'update');
  const asked = await world.fixByAsking(analysis, ({ fix }: OfferedFix) => mine(fix.asks), true);
  if (asked.cancelled) return undefined;
  const { document } = analysis.result.model;
  const lineOf = ({ start }: { readonly start: number }): number => document.lineAt(start);
  const unanswerable = asked.unanswerable.filter(({ question }) => mine(question));
  const failures = [
    ...asked.failures.flatMap(({ places, message }) =>
      places.map((at) => ({ line: lineOf(at), message: withoutStop(message) })),
    ),
    ...unanswerable.map(({ at, question, reason }) => ({
      line: lineOf(at),
      message: `${nameOf(question)} cannot be ${task === 'pin' ? 'pinned' : 'updated'}: ${reason}`,
    })),
  ].sort(byLine);
  const news = asked.news
    .filter(({ state }) => state !== 'current')
    .flatMap(({ places, text }) => places.map((at) => ({ line: lineOf(at), message: text })))
    .sort(byLine);
  const images = asked.placesAsked + unanswerable.length;
  const failed = failures.length;
  const kept = countPlaces(asked.news, ({ state }) => state === 'current' || state === 'republished');
  const done = images - failed - kept;
  return {
    edits: asked.edits,
    summary: task === 'pin' ? pinned(done, images) : updated(done, images, kept),
    news,
    failures,
    notes: asked.notes,
    images,
  };
}

function countPlaces<T extends { readonly places: readonly unknown[] }>(
  all: readonly T[],
  counts: (one: T) => boolean,
): number {
  return all.filter(counts).reduce((sum, { places }) => sum + places.length, 0);
}

function nameOf(question: Question): string {
  if (question.kind === 'digest') return question.reference;
  return question.kind === 'version' ? question.image : question.name;
}

function byLine(a: LineMessage, b: LineMessage): number {
  return a.line - b.line;
}

function withoutStop(message: string): string {
  return message.replace(/\.$/, '');
}

function pinned(done: number, images: number): string {
  if (images === 0) return 'Every image in this file has a digest';
  return `Pinned ${done} of ${images} ${images === 1 ? 'image' : 'images'}`;
}

function updated(done: number, images: number, kept: number): string {
  if (images === 0) return 'No image in this file has a digest';
  const current = kept > 0 ? `; ${kept} ${kept === 1 ? 'is' : 'are'} current` : '';
  return `Updated ${done} of ${images} ${images === 1 ? 'digest' : 'digests'}${current}`;
}

function sourceKind(name: string, lsp: string, title: string, task: DigestTask): ActionKind {
  return actionKind({
    name,
    lsp,
    needs: 'registry',
    onlyWhenAsked: true,
    data: shape({}),

    *offer() {
      yield { title, data: {} };
    },

    make: async (_, analysis, world) => toMade(await renewDigests(task, analysis, world)),
  });
}

function toMade(done: RenewedDigests | undefined): Made {
  if (!done) return undefined;
  const { edits, summary, news, failures, notes, images } = done;
  const said = (messages: readonly LineMessage[]): string[] =>
    messages.map(({ line, message }) => `Line ${line + 1}: ${message}`);
  if (images === 0) return { edits, nothing: summary };
  if (edits.length === 0 && failures.length === 0) return { edits, nothing: summary, news: said(news) };
  return { edits, notes: [...said(failures), ...notes], news: [summary, ...said(news)] };
}

export const pinImages = sourceKind(
  'pinImages',
  pinImagesKind,
  'Pin all images in this file to their digests',
  'pin',
);

export const updateDigests = sourceKind(
  'updateDigests',
  updateDigestsKind,
  'Update all digests in this file',
  'update',
);
