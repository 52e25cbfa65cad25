// The only way to a fix that asks: answer its question, lint the text again with the answer among the facts, and take
// the same rule's fix at the same place, which now has edits. The light bulb, commands for a whole file and the
// command line all use it. They choose the fixes and who answers.
import type { Edit } from '../text/edit';
import type { Span } from '../text/span';
import { editsOf, reachOf, takeApart } from './fix';
import type { Facts } from './facts';
import { offerKey } from './offers';
import type { OfferedFix, Offers, Unanswerable } from './offers';
import { questionKey } from './questions';
import type { Answer, Answers, PinNews, Question } from './questions';
import type { ResolvedFix, RuleFailure } from './run';

export interface FixedByAsking {
  /** Sorted, without overlap. Empty if nothing was answered. */
  readonly edits: readonly Edit[];
  /** The wanted fixes with edits, each with the question that was answered for it. */
  readonly fixed: readonly { readonly question: Question; readonly fix: ResolvedFix }[];
  /** How many of the wanted fixes asked something. None means that they no longer exist. */
  readonly asked: number;
  /** The same, but a place that several fixes are for counts once. */
  readonly placesAsked: number;
  /** Questions without an answer, each with one sentence that says what to do, and the places that ask it. */
  readonly failures: readonly {
    readonly question: Question;
    readonly message: string;
    readonly places: readonly Span[];
  }[];
  /** What the answers say about digests in the file, with the places that ask. */
  readonly news: readonly (PinNews & { readonly question: Question; readonly places: readonly Span[] })[];
  /** Sentences for the user even though everything worked. */
  readonly notes: readonly string[];
  /** Somebody canceled: make no edits, and show nothing. */
  readonly cancelled: boolean;
  /** The given facts and the new ones. With them, fix-all also takes these fixes. */
  readonly answers: Answers;
  readonly unanswerable: readonly Unanswerable[];
  /** Rules that threw: bugs of ours. */
  readonly ruleFailures: readonly RuleFailure[];
}

/**
 * Answers what the wanted fixes of a text ask, and gives their edits.
 * @param look the choices for the text, under these facts
 * @param wanted which of the fixes that ask something are meant
 * @param answer asks outside, each question once
 */
export async function fixByAsking(
  look: (facts: Facts) => Offers,
  facts: Facts,
  wanted: (offered: OfferedFix) => boolean,
  answer: Answer,
): Promise<FixedByAsking> {
  const before = look(facts);
  const asking = before.fixes.filter((offered) => offered.fix.asks !== undefined && wanted(offered));
  const questions = new Map<string, Question>();
  for (const { fix } of asking) if (fix.asks) questions.set(questionKey(fix.asks), fix.asks);
  const replies = await Promise.all(
    [...questions].map(async ([key, question]) => ({ key, question, reply: await answer(question) })),
  );
  const answers = new Map(facts.answers);
  const failures: FixedByAsking['failures'][number][] = [];
  const news: FixedByAsking['news'][number][] = [];
  const notes: string[] = [];
  const places = placesOf(asking);
  for (const { key, question, reply } of replies) {
    const asked = { question, places: places.get(key) ?? [] };
    if (reply.kind === 'failed') failures.push({ ...asked, message: reply.message });
    if (reply.kind !== 'answer') continue;
    answers.set(key, reply.text);
    if (reply.note !== undefined) notes.push(reply.note);
    if (reply.news !== undefined) news.push({ ...asked, ...reply.news });
  }
  const cancelled = replies.some(({ reply }) => reply.kind === 'cancelled');
  const nothingNew = cancelled || failures.length === replies.length;
  const fixed = nothingNew ? [] : takeAnswered(asking, look({ ...facts, answers }));
  return {
    edits: editsOf(fixed),
    fixed,
    asked: asking.length,
    placesAsked: [...places.values()].reduce((sum, { length }) => sum + length, 0),
    failures,
    news,
    notes: [...new Set(notes)],
    cancelled,
    answers,
    unanswerable: before.unanswerable,
    ruleFailures: before.failures,
  };
}

/** By the key of the question, the places that ask it. */
function placesOf(asking: readonly OfferedFix[]): ReadonlyMap<string, readonly Span[]> {
  const byStart = new Map<string, Map<number, Span>>();
  for (const { at, fix } of asking) {
    const key = fix.asks ? questionKey(fix.asks) : '';
    const known = byStart.get(key);
    if (known) known.set(at.start, at);
    else byStart.set(key, new Map([[at.start, at]]));
  }
  return new Map([...byStart].map(([key, places]) => [key, [...places.values()]]));
}

/** The same fixes among the current choices. Of two at one place (an ARG behind two images) the first. */
function takeAnswered(
  asking: readonly OfferedFix[],
  now: Offers,
): { question: Question; fix: ResolvedFix; reach: Span }[] {
  const keyOf = ({ rule, at, fix }: OfferedFix): string => offerKey(rule.id, at, fix.title);
  const byKey = new Map(now.fixes.map((offered) => [keyOf(offered), offered.fix]));
  return takeApart(
    asking.flatMap((offered) => {
      const fix = byKey.get(keyOf(offered));
      const question = offered.fix.asks;
      const reach = fix && reachOf(fix);
      return fix && question && reach && fix.edits.length > 0 ? [{ question, fix, reach }] : [];
    }),
  );
}
