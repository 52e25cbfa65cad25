import { keywordLike } from '../core/analysis/text/keyword-case';
import { isKeyword } from '../core/knowledge/syntax/instructions';
import { insertBehind } from '../core/fixes/insert-lines';
import { defineRule, replace } from '../core/lint/rule';
import type { Fix, Instruction, Model } from '../core/lint/rule';

/**
 * Only `ARG` may stand above the first `FROM`. The builder stops at any other instruction there.
 *
 * ```dockerfile bad
 * ARG VERSION=12
 * «ENV» MODE=production
 * # Who to ask
 * «LABEL» team=web
 * FROM debian:${VERSION}
 * RUN make
 * ```
 * > Only ARG may stand above the first FROM, so the build stops at this ENV
 * > Only ARG may stand above the first FROM, so the build stops at this LABEL
 * ```dockerfile fixed
 * ARG VERSION=12
 * # Who to ask
 * FROM debian:${VERSION}
 * ENV MODE=production
 * LABEL team=web
 * RUN make
 * ```
 * `FROM` sees arguments, and no environment:
 * ```dockerfile bad
 * «ENV» VERSION=12
 * FROM debian:${VERSION}
 * ```
 * > Only ARG may stand above the first FROM, so the build stops at this ENV
 * ```dockerfile fixed
 * ARG VERSION=12
 * FROM debian:${VERSION}
 * ```
 * A comment below must not become a directive, which it would be at the top:
 * ```dockerfile bad
 * # syntax=docker/dockerfile:1
 * «ENV» MODE=production
 * # escape=`
 * FROM debian:12
 * ```
 * > Only ARG may stand above the first FROM, so the build stops at this ENV
 * ```dockerfile good
 * # syntax=docker/dockerfile:1
 * # A comment
 * ARG VERSION=12
 * FROM debian:${VERSION}
 * ```
 * Without a `FROM`, one finding at the top says so:
 * ```dockerfile good
 * something else
 * ```
 *
 * @skip onbuild what moves is not below FROM yet
 */
export default defineRule({
  id: 'instruction-before-from',
  summary: 'An instruction other than ARG stands above the first FROM',
  category: 'syntax',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3061', 'dockerfile-utils:NO_SOURCE_IMAGE'],
  explains: ['no-stage'],

  *check({ model }) {
    const found = model.preamble.filter(({ keyword }) => keyword !== 'ARG' && isKeyword(keyword));
    if (found.length === 0) return;
    const read = new Set(
      model.stages.flatMap(({ from }) => from?.words[0]?.variables.map(({ name }) => name) ?? []),
    );
    const isForFrom = ({ keyword, pairs }: Instruction): boolean =>
      keyword === 'ENV' && pairs.every(({ key, value, legacy }) => value && !legacy && read.has(key.value));
    const move = moveBelow(
      model,
      found.filter((one) => !isForFrom(one)),
    );
    for (const instruction of found)
      yield {
        at: instruction.keywordSpan,
        message: `Only ARG may stand above the first FROM, so the build stops at this ${instruction.keyword}`,
        fix: isForFrom(instruction) ? useArg(model, instruction) : move,
      };
  },

  *hadolint({ model: { file } }) {
    const from = file.instructions.findIndex(({ keyword }) => keyword === 'FROM');
    for (const { keyword, keywordSpan } of file.instructions.slice(0, from < 0 ? undefined : from)) {
      if (keyword !== 'ARG')
        yield { at: keywordSpan, message: `This ${keyword} stands above the first FROM` };
    }
  },
});

function useArg({ file }: Model, { keywordSpan }: Instruction): Fix {
  return { title: 'Change ENV to ARG', edits: [replace(keywordSpan, keywordLike(file, 'ARG'))] };
}

/** Above this number, each finding would carry the edits of all. */
const mostMoved = 20;

/** All of them move together, so that they keep their order. */
function moveBelow(model: Model, moved: readonly Instruction[]): Fix | undefined {
  const { document, stages, file } = model;
  const from = stages[0]?.from;
  if (!from || moved.length > mostMoved || from.span.end === file.text.length) return undefined;
  const start = moved[0]?.span.start ?? from.span.start;
  const rises = file.comments.some(
    ({ span, text }) => span.start > start && span.end < from.span.start && /^\s*\w+\s*=/.test(text),
  );
  const texts = moved.map(({ span }) => document.slice(span));
  const added = rises ? undefined : insertBehind(model, from, texts);
  if (!added) return undefined;
  return {
    title: moved.length > 1 ? 'Move these instructions below FROM' : 'Move the instruction below FROM',
    edits: [...moved.map(({ span }) => document.removeLines(span)), added],
  };
}
