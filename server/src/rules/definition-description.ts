import { defineRule, insertAfter } from '../core/lint/rule';
import { commentLines } from '../core/analysis/text/comment-lines';

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

  *check({ model }) {
    const { document } = model;
    for (const { keyword, keywordSpan, pairs, words, onbuild } of model.instructions) {
      const named =
        keyword === 'ARG' ? pairs.map(({ key }) => key) : keyword === 'FROM' ? words.slice(2, 3) : [];
      const [first] = named;
      const above = document.lineAt(keywordSpan.start) - 1;
      if (!first || onbuild || !commentLines(model).has(above)) continue;
      const comment = document.line(above);
      const text = document.slice(comment).replace(/^\s*#\s*/, '');
      const names = named.map(({ value }) => (keyword === 'FROM' ? value.toLowerCase() : value));
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
});
