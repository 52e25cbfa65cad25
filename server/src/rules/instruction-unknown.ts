import { defineRule, insertAfter, replace } from '../core/lint/rule';
import type { Finding, Fix, Instruction, Model } from '../core/lint/rule';
import { isBrokenContinuation } from '../core/analysis/text/broken-continuation';
import { instructions, isKeyword } from '../core/knowledge/syntax/instructions';
import { missingArgument } from '../core/analysis/text/missing-argument';
import { parsePiece } from '../core/analysis/text/syntax-problems';
import { editDistance, nearest } from '../core/text/nearest';

/**
 * The builder stops at a word it does not know. Usually it is a typo:
 *
 * ```dockerfile bad
 * FROM debian:12
 * «CPOY» package.json ./
 * ```
 * > Unknown instruction CPOY. Did you mean COPY?
 * ```dockerfile fixed
 * FROM debian:12
 * COPY package.json ./
 * ```
 * Or the line above was meant to continue and lacks its backslash:
 * ```dockerfile bad uncovers="apt-no-install-recommends apt-lists-cleanup"
 * FROM debian:12
 * RUN apt-get update &&
 *     «apt-get» install -y curl
 * ```
 * > Unknown instruction apt-get, because the line above ends without its \
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && \
 *     apt-get install -y curl
 * ```
 * Bulk fixes of other rules skip lines that may belong together like this, and the line above them:
 * ```dockerfile bad
 * FROM debian:12
 * «compile» the thing
 * ```
 * > Unknown instruction compile, so the build stops here
 * Lines of prose, or the output of a program, are told once, at the first:
 * ```dockerfile bad
 * FROM debian:12
 * «These» lines say what
 * the image is for.
 * «CPOY» package.json ./
 * «Then» it runs.
 * WORKDIR /srv
 * «Thanks» for reading!
 * ```
 * > Unknown instruction These, so the build stops here
 * > Unknown instruction CPOY. Did you mean COPY?
 * > Unknown instruction Then, so the build stops here
 * > Unknown instruction Thanks, so the build stops here
 * ```dockerfile fixed
 * FROM debian:12
 * These lines say what
 * the image is for.
 * COPY package.json ./
 * Then it runs.
 * WORKDIR /srv
 * Thanks for reading!
 * ```
 * ```dockerfile good
 * FROM debian:12
 * run echo fine
 * ```
 * A wrong trigger stops the builds on this image. A line that is only indented may be a continuation:
 * ```dockerfile bad
 * FROM debian:12
 * ONBUILD «CPOY» package.json ./
 * ```
 * > Unknown instruction CPOY. Did you mean COPY?
 * ```dockerfile fixed
 * FROM debian:12
 * ONBUILD COPY package.json ./
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * RUN make
 *     «install» everything
 * ```
 * > Unknown instruction install. Is a \ missing at the end of the line above?
 * ```dockerfile fixed
 * FROM debian:12
 * RUN make \
 *     install everything
 * ```
 * A heredoc ends at its terminator, and comments may stand between two instructions:
 * ```dockerfile bad
 * FROM debian:12
 * RUN <<SCRIPT
 * make
 * SCRIPT
 *     «install» everything
 * ```
 * > Unknown instruction install, so the build stops here
 * ```dockerfile bad
 * FROM debian:12
 * RUN make
 * # then
 *     «install» everything
 * ```
 * > Unknown instruction install, so the build stops here
 * If the arguments do not fit the suggested keyword, changing the word alone does not help:
 * ```dockerfile bad
 * FROM debian:12
 * «EVN» MODE
 * ```
 * > Unknown instruction EVN. Did you mean ENV?
 * ```dockerfile fixed
 * FROM debian:12
 * ENV MODE=
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * «CPOY» a
 * «EVN» MODE=1 LEVEL
 * «EVN» MODE='1
 * «HEALTHCEK»
 * ```
 * > Unknown instruction CPOY. Did you mean COPY?
 * > Unknown instruction EVN. Did you mean ENV?
 * > Unknown instruction EVN. Did you mean ENV?
 * > Unknown instruction HEALTHCEK. Did you mean HEALTHCHECK?
 * ```dockerfile bad
 * FROM debian:12
 * «BUILD» make
 * ```
 * > Unknown instruction BUILD, so the build stops here
 *
 * @skip onbuild the words behind ONBUILD would be found in its place
 * @skip backtick the example gets its first continuation from the fix
 */
export default defineRule({
  id: 'instruction-unknown',
  summary: 'A line begins with an unknown instruction',
  category: 'syntax',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL1000', 'dockerfile-utils:UNKNOWN_INSTRUCTION'],
  explains: ['dockerfile-refused'],

  *check({ model }) {
    let above: Instruction | undefined;
    let wasProse = false;
    for (const instruction of model.file.instructions) {
      const line = unknownLine(model, above, instruction);
      const isProse = line !== undefined && !line.fix && line.meant === undefined;
      if (line && !(isProse && wasProse)) yield line;
      wasProse = isProse;
      above = instruction;
    }
  },
});

/** What is said of a line with an unknown instruction, and the keyword it may be a typo of; undefined for others. */
function unknownLine(
  model: Model,
  above: Instruction | undefined,
  instruction: Instruction,
): (Finding & { readonly meant: string | undefined }) | undefined {
  const unknown = [instruction, instruction.trigger].find((part) => part && !isKeyword(part.keyword));
  // A broken continuation in the line above explains it better and is reported there.
  if (!unknown || (above && isBrokenContinuation(model, above))) return undefined;
  const written = model.document.slice(unknown.keywordSpan);
  const join = above && unknown === instruction ? joinFix(model, above, instruction) : undefined;
  const meant = nearestSpelling(written);
  const effect = unknown === instruction ? 'the build stops' : 'builds on this image stop';
  const hint = join
    ? whyJoin(model, join)
    : meant === undefined
      ? `, so ${effect} here`
      : `. Did you mean ${meant}?`;
  return {
    at: unknown.keywordSpan,
    message: `Unknown instruction ${written}${hint}`,
    fix: join ?? (meant === undefined ? undefined : spellingFix(model, instruction, unknown, meant)),
    meant,
  };
}

/**
 * The line above ends in an operator and has to continue; or this line is indented like more of it and probably
 * belongs to it.
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
    title: 'Join this line with the line above',
    edits: [insertAfter({ start: end, end }, ` ${file.escape}`)],
    ...(!breaksOff && { safety: 'manual' }),
  };
}

/** The end of the message where the line may belong to the one above. */
function whyJoin({ file }: Model, { safety }: Fix): string {
  return safety === 'manual'
    ? `. Is a ${file.escape} missing at the end of the line above?`
    : `, because the line above ends without its ${file.escape}`;
}

/** Undefined if the arguments do not fit the new keyword either. */
function spellingFix(
  { file }: Model,
  whole: Instruction,
  { keywordSpan, argumentsSpan }: Instruction,
  text: string,
): Fix | undefined {
  const written = file.text.slice(keywordSpan.start, keywordSpan.end);
  const head = file.text.slice(whole.span.start, keywordSpan.start);
  const tail = file.text.slice(keywordSpan.end, whole.span.end);
  const title = `Change ${written} to ${text}`;
  const edit = replace(keywordSpan, text);
  const read = parsePiece(file, head + text + tail);
  const [first] = read.instructions;
  const spelt = first?.trigger ?? first;
  if (!spelt || read.problems.length > 0) return undefined;
  const [pair, ...more] = spelt.pairs;
  // A name alone: its value is to be filled in.
  if (spelt.keyword !== 'ARG' && pair && [pair, ...more].some(({ value }) => !value))
    return more.length === 0
      ? { title, safety: 'manual', edits: [edit, insertAfter(argumentsSpan, '=')] }
      : undefined;
  return missingArgument(spelt) === undefined ? { title, edits: [edit] } : undefined;
}

/** The keyword a word is most likely a typo of, in its case. */
function nearestSpelling(written: string): string | undefined {
  const keyword = nearestKeyword(written.toUpperCase());
  return written === written.toLowerCase() ? keyword?.toLowerCase() : keyword;
}

/** The keyword a word is most likely a typo of. @param upper the word in capitals */
function nearestKeyword(upper: string): string | undefined {
  // A word that lacks ON is more likely a command than an ONBUILD.
  const isFar = (keyword: string): boolean => keyword === 'ONBUILD' && editDistance(upper, keyword, 2) > 1;
  return nearest(
    upper,
    [...instructions.keys()].filter((keyword) => !isFar(keyword)),
  );
}
