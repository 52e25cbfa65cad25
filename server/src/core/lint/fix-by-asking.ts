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
import type { Answer, Answers, Question } from './questions';
import type { ResolvedFix, RuleFailure } from './run';

export interface FixedByAsking {
  /** Sorted, without overlap. Empty if nothing was answered. */
  readonly edits: readonly Edit[];
  /** The wanted fixes with edits, each with the question that was answered for it. */
  readonly fixed: readonly { readonly question: Question; readonly fix: ResolvedFix }[];
  /** How many of the wanted fixes asked something. None means that they no longer exist. */
  readonly asked: number;
  /** Questions without an answer, each with one sentence that says what to do. */
  readonly failures: readonly { readonly question: Question; readonly message: string }[];
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
  const failures: { question: Question; message: string }[] = [];
  const notes: string[] = [];
  for (const { key, question, reply } of replies) {
    if (reply.kind === 'failed') failures.push({ question, message: reply.message });
    if (reply.kind !== 'answer') continue;
    answers.set(key, reply.text);
    if (reply.note !== undefined) notes.push(reply.note);
  }
  const cancelled = replies.some(({ reply }) => reply.kind === 'cancelled');
  const nothingNew = cancelled || failures.length === replies.length;
  const fixed = nothingNew ? [] : takeAnswered(asking, look({ ...facts, answers }));
  return {
    edits: editsOf(fixed),
    fixed,
    asked: asking.length,
    failures,
    notes,
    cancelled,
    answers,
    unanswerable: before.unanswerable,
    ruleFailures: before.failures,
  };
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
