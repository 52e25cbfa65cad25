import { defineRule, insertAfter, replace } from '../core/lint/rule';
import type { Fix, Instruction, Model } from '../core/lint/rule';
import { isBrokenContinuation } from '../core/analysis/text/broken-continuation';
import { instructions, isKeyword } from '../core/knowledge/syntax/instructions';
import { addsProblems } from '../core/analysis/text/syntax-problems';
import { editDistance, nearest } from '../core/text/nearest';

/**
 * The builder stops at a word it does not know. Usually it is a slip of the pen:
 *
 * ```dockerfile bad
 * FROM debian:12
 * «CPOY» package.json ./
 * ```
 * > CPOY is no instruction, and the build stops here
 * ```dockerfile fixed
 * FROM debian:12
 * COPY package.json ./
 * ```
 * Or the line above was meant to go on and lacks its backslash:
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get update &&
 *     «apt-get» install -y curl
 * ```
 * > apt-get is no instruction, and the line above breaks off
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && \
 *     apt-get install -y curl
 * ```
 * Fixes of other rules are not applied in bulk to lines that may have been cut off in this way, nor to the line above:
 * ```dockerfile bad
 * FROM debian:12
 * «compile» the thing
 * ```
 * > compile is no instruction, and the build stops here
 * ```dockerfile good
 * FROM debian:12
 * run echo fine
 * ```
 * A trigger stops the builds on this image, and a line that is only further in may have been meant to go on:
 * ```dockerfile bad
 * FROM debian:12
 * ONBUILD «CPOY» package.json ./
 * ```
 * > CPOY is no instruction, and builds on this image stop here
 * ```dockerfile fixed
 * FROM debian:12
 * ONBUILD COPY package.json ./
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * RUN make
 *     «install» everything
 * ```
 * > install is no instruction, and the line above may have been meant to go on
 * ```dockerfile fixed
 * FROM debian:12
 * RUN make \
 *     install everything
 * ```
 * A heredoc ends where it says, and a comment stands between two instructions:
 * ```dockerfile bad
 * FROM debian:12
 * RUN <<SCRIPT
 * make
 * SCRIPT
 *     «install» everything
 * ```
 * > install is no instruction, and the build stops here
 * ```dockerfile bad
 * FROM debian:12
 * RUN make
 * # then
 *     «install» everything
 * ```
 * > install is no instruction, and the build stops here
 * Where what stands behind it is not what such an instruction takes, the word may mean something else:
 * ```dockerfile bad
 * FROM debian:12
 * «EVN» MODE
 * ```
 * > EVN is no instruction, and the build stops here
 * ```dockerfile fixed
 * FROM debian:12
 * ENV MODE
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * «BUILD» make
 * ```
 * > BUILD is no instruction, and the build stops here
 *
 * @skip onbuild the words behind ONBUILD would be found in its place
 * @skip backtick the example gets its first continuation from the fix
 */
export default defineRule({
  id: 'instruction-unknown',
  summary: 'A line begins with a word that is no instruction',
  category: 'syntax',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],

  *check({ model }) {
    let above: Instruction | undefined;
    for (const instruction of model.file.instructions) {
      const unknown = [instruction, instruction.trigger].find((part) => part && !isKeyword(part.keyword));
      // A continuation that breaks off in the line above explains it better; it is reported there.
      if (unknown && !(above && isBrokenContinuation(model, above))) {
        const written = model.document.slice(unknown.keywordSpan);
        const join = above && unknown === instruction ? joinFix(model, above, instruction) : undefined;
        yield {
          at: unknown.keywordSpan,
          message: join
            ? `${written} is no instruction, and the line above ${join.safety === 'manual' ? 'may have been meant to go on' : 'breaks off'}`
            : `${written} is no instruction, and ${unknown === instruction ? 'the build stops' : 'builds on this image stop'} here`,
          fix: join ?? spellingFix(model, instruction, unknown, written),
        };
      }
      above = instruction;
    }
  },
});

/**
 * The line above ends in an operator, so that it cannot have been meant to end there; or it does not look as if it
 * were, as this one is indented like more of it.
 */
function joinFix({ file, document }: Model, above: Instruction, instruction: Instruction): Fix | undefined {
  const end = above.span.end;
  const last = document.slice(document.line(document.lineAt(end - 1)));
  const between = file.text.slice(end, instruction.span.start);
  if (between.trim() !== '' || above.heredocs.length > 0) return undefined;
  const breaksOff = /(?:&&|\|\||\|)\s*$/.test(last);
  const deeper =
    document.indentAt(instruction.span.start).length > document.indentAt(above.span.start).length;
  if (!breaksOff && (!deeper || nearestKeyword(instruction.keyword) !== undefined)) return undefined;
  return {
    title: 'Join it with the line above',
    edits: [insertAfter({ start: end, end }, ` ${file.escape}`)],
    ...(!breaksOff && { safety: 'manual' }),
  };
}

function spellingFix(
  { file }: Model,
  whole: Instruction,
  { keywordSpan }: Instruction,
  written: string,
): Fix | undefined {
  const keyword = nearestKeyword(written.toUpperCase());
  if (keyword === undefined) return undefined;
  const text = written === written.toLowerCase() ? keyword.toLowerCase() : keyword;
  const head = file.text.slice(whole.span.start, keywordSpan.start);
  const tail = file.text.slice(keywordSpan.end, whole.span.end);
  return {
    title: `Write ${text}`,
    edits: [replace(keywordSpan, text)],
    // What stands behind it may not be what such an instruction takes: then a human should look.
    ...(addsProblems(file, head + written + tail, head + text + tail) && { safety: 'manual' }),
  };
}

/** The keyword a word is most likely a slip for. @param upper the word in capitals */
function nearestKeyword(upper: string): string | undefined {
  // A word that lacks ON is rather a command than an ONBUILD.
  const isFar = (keyword: string): boolean => keyword === 'ONBUILD' && editDistance(upper, keyword, 2) > 1;
  return nearest(
    upper,
    [...instructions.keys()].filter((keyword) => !isFar(keyword)),
  );
}
