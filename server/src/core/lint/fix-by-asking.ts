// The only way to apply a fix that asks: answer its question, lint the text again with the answer among the facts,
// and take the same rule's fix at the same place, which now has edits. The light bulb, commands for a whole file and
// the command line all use it; they decide which fixes are meant and who answers.
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
  /** Sorted, without overlap; empty if nothing was answered. */
  readonly edits: readonly Edit[];
  /** The wanted fixes that gave these edits, each with its answered question. */
  readonly fixed: readonly { readonly question: Question; readonly fix: ResolvedFix }[];
  /** Number of wanted fixes that asked a question; 0 means that they do not exist (any more). */
  readonly asked: number;
  /** Questions without an answer, each with one sentence that says what to do. */
  readonly failures: readonly { readonly question: Question; readonly message: string }[];
  /** Sentences to show to the user even after success. */
  readonly notes: readonly string[];
  /** Whether the user stopped it: then nothing is edited and nothing is shown. */
  readonly cancelled: boolean;
  /** The answers from the facts and the new ones: with these, fix-all also takes these fixes. */
  readonly answers: Answers;
  readonly unanswerable: readonly Unanswerable[];
  /** Rules that threw, which is a bug of Drydock. */
  readonly ruleFailures: readonly RuleFailure[];
}

/**
 * Answers the questions of the wanted fixes of a text, and returns their edits.
 * @param look finds the available fixes for the text with the given facts
 * @param wanted which of the asking fixes are meant
 * @param answer gets an answer from outside; called once per question
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

/** The same fixes among those available now; the first one of two at the same place (an ARG used by two images). */
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
