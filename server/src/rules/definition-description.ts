import { defineRule, insertAfter } from '../core/lint/rule';
import type { Instruction } from '../core/lint/rule';
import { asksForCheck, commentsAbove } from '../core/analysis/text/check-comments';
import { commentLines } from '../core/analysis/text/comment-lines';
import type { Word } from '../core/syntax/nodes';

/**
 * `docker build --call=outline` shows the comment above an argument or a stage as its description, if it begins with the
 * name. Another comment directly above is easily taken for one, and BuildKit warns about it.
 *
 * ```dockerfile bad
 * # The version to build
 * ARG «VERSION»=1
 * # Compiles the server
 * FROM golang:1.23 AS «build»
 * ```
 * > The comment above does not begin with VERSION, so it describes nothing
 * > The comment above does not begin with build, so it describes nothing
 * ```dockerfile fixed
 * # The version to build
 * #
 * ARG VERSION=1
 * # Compiles the server
 * #
 * FROM golang:1.23 AS build
 * ```
 * A blank line does not set them apart:
 * ```dockerfile bad
 * # The version to build
 *
 * ARG «VERSION»=1
 * FROM debian:12
 * ```
 * > The comment above does not begin with VERSION, so it describes nothing
 * ```dockerfile fixed
 * # The version to build
 * #
 *
 * ARG VERSION=1
 * FROM debian:12
 * ```
 * ```dockerfile good
 * # VERSION is what to build
 * ARG VERSION=1
 * # B and A are numbers
 * ARG A=1 B=2
 * # build compiles the server
 * FROM golang:1.23 AS Build
 * # Any text
 * FROM debian:12
 *
 * ARG LATER
 * # A remark
 * #
 * ARG LAST
 * RUN true
 * ```
 */
export default defineRule({
  id: 'definition-description',
  summary: 'The comment above an ARG or a stage does not begin with its name',
  category: 'style',
  severity: 'hint',
  enabled: false,
  fix: 'safe',
  effect: 'identical',
  since: 'next',
  alsoKnownAs: ['buildkit:InvalidDefinitionDescription'],
  mentions: ['arg', 'as'],

  *check({ model }) {
    const { document } = model;
    for (const instruction of model.instructionsOf('ARG', 'FROM')) {
      const named = namedBy(instruction);
      const [first] = named;
      let above = document.lineAt(instruction.keywordSpan.start) - 1;
      // Only a lone # sets a comment apart, not a blank line.
      while (above > 0 && document.slice(document.line(above)).trim() === '') above -= 1;
      if (!first || instruction.onbuild || !commentLines(model).has(above)) continue;
      const comment = document.line(above);
      const text = document.slice(comment).replace(/^\s*#\s*/, '');
      const names = namesIn(instruction, named);
      if (text === '' || names.some((name) => text.startsWith(`${name} `))) continue;
      yield {
        at: first.span,
        message: `The comment above does not begin with ${names.join(' or ')}, so it describes nothing`,
        fix: {
          title: 'Set the comment apart with an empty one',
          edits: [insertAfter(comment, `${document.eol}#`)],
        },
      };
    }
  },

  // An experimental check, which a directive or a comment has to ask for. For BuildKit blank lines between a comment
  // and the instruction do not matter.
  *buildkit({ model }) {
    for (const instruction of model.instructionsOf('ARG', 'FROM')) {
      const named = namedBy(instruction);
      const [first] = named;
      if (!first || instruction.onbuild) continue;
      const comments = commentsAbove(model, instruction);
      if (!asksForCheck(model, comments, 'InvalidDefinitionDescription')) continue;
      const names = namesIn(instruction, named);
      const word = comments.at(-1)?.split(' ')[0];
      if (word === undefined || names.includes(word)) continue;
      const message = `The comment above does not begin with ${names.join(' or ')}, so it describes nothing`;
      yield { at: first.span, message };
    }
  },
});

/** The words whose names a comment above may describe. */
function namedBy(instruction: Instruction): readonly Word[] {
  return instruction.keyword === 'ARG'
    ? instruction.pairs.map(({ key }) => key)
    : instruction.words.slice(2, 3);
}

function namesIn({ keyword }: Instruction, named: readonly Word[]): readonly string[] {
  return named.map(({ value }) => (keyword === 'FROM' ? value.toLowerCase() : value));
}
