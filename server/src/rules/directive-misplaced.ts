import { defineRule } from '../core/lint/rule';
import type { Finding, Fix, Model } from '../core/lint/rule';
import type { Comment } from '../core/syntax/nodes';

/**
 * Directives stand on the first lines of a file. Below a blank line, another comment or an instruction, such a line is a
 * comment and does nothing.
 *
 * ```dockerfile bad
 * # The image of the service.
 * «# syntax=docker/dockerfile:1»
 * FROM debian:12
 * ```
 * > The # syntax= line only counts at the top, before blank lines and other comments
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * # The image of the service.
 * FROM debian:12
 * ```
 * ```dockerfile bad uncovers="suppression-unused"
 * # syntax=docker/dockerfile:1
 *
 * «# escape=`»
 * «# check=skip=StageNameCasing;error=true»
 * FROM mcr.microsoft.com/windows/nanoserver:ltsc2022
 * ```
 * > The # escape= line only counts at the top, before blank lines and other comments
 * > The # check= line only counts at the top, before blank lines and other comments
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * # escape=`
 * # check=skip=StageNameCasing;error=true
 *
 * FROM mcr.microsoft.com/windows/nanoserver:ltsc2022
 * ```
 * ```dockerfile bad
 * #!/usr/bin/env docker
 *
 * «# syntax=docker/dockerfile:1»
 * FROM debian:12
 * ```
 * > The # syntax= line only counts at the top, before blank lines and other comments
 * ```dockerfile fixed
 * #!/usr/bin/env docker
 * # syntax=docker/dockerfile:1
 *
 * FROM debian:12
 * ```
 * A comment above an instruction may turn checks off for it, and a directive counts once:
 * ```dockerfile good
 * # syntax=docker/dockerfile:1
 *
 * # syntax=docker/dockerfile:1.7
 * # syntax = the dialect of this file
 * # check=skip=FromPlatformFlagConstDisallowed
 * FROM --platform=linux/amd64 debian:12
 * RUN make && \
 *     # escape=`
 *     make install
 * ```
 * An instruction ends the first lines as well:
 * ```dockerfile bad
 * ARG BASE=debian:12
 * «# syntax=docker/dockerfile:1»
 * FROM $BASE
 * «# check=error=true»
 * RUN make
 * ```
 * > The # syntax= line only counts at the top, before blank lines and other comments
 * > The # check= line only counts at the top, before blank lines and other comments
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * # check=error=true
 * ARG BASE=debian:12
 * FROM $BASE
 * RUN make
 * ```
 * ```dockerfile good
 * # A comment
 * # syntax=ours
 * # escape=none
 * FROM debian:12
 * ```
 * ```dockerfile bad
 * # A comment
 * «# escape=\»
 * FROM debian:12
 * ```
 * > The # escape= line only counts at the top, before blank lines and other comments
 * ```dockerfile fixed
 * # escape=\
 * # A comment
 * FROM debian:12
 * ```
 *
 * @skip backtick the example would get another directive
 */
export default defineRule({
  id: 'directive-misplaced',
  summary: 'A directive stands too low to count',
  category: 'syntax',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['check', 'escape', 'syntax'],

  *check({ model }) {
    const { file, document } = model;
    const seen = new Set(file.directives.map(({ name }) => name));
    const inside = new Set(file.instructions.flatMap(({ comments }) => comments));
    for (const comment of file.comments) {
      // Inside an instruction it is a remark, and its line is part of the instruction.
      if (inside.has(comment)) continue;
      const name = directiveIn(comment);
      if (name === undefined || seen.has(name)) continue;
      seen.add(name);
      yield finding(model, comment, name, document.slice(comment.span));
    }
  },
});

/** The name of the directive that a comment would be. */
function directiveIn({ text }: Comment): string | undefined {
  const [, name = '', value = ''] = /^[ \t]*(syntax|escape|check)[ \t]*=[ \t]*(\S+)[ \t]*$/i.exec(text) ?? [];
  switch (name.toLowerCase()) {
    case 'syntax':
      return /[/:]/.test(value) ? 'syntax' : undefined;
    case 'escape':
      return value === '`' || value === '\\' ? 'escape' : undefined;
    case 'check':
      return /(?:^|;)error=/i.test(value) ? 'check' : undefined;
    default:
      return undefined;
  }
}

function finding(model: Model, { span }: Comment, name: string, text: string): Finding {
  const { document, file } = model;
  const last = file.directives.at(-1);
  const line = last ? document.lineAt(last.span.start) + 1 : /^\uFEFF?#!/.test(file.text) ? 1 : 0;
  const fix: Fix = {
    title: `Move the # ${name}= line to the top`,
    edits: [document.insertLinesBefore(document.lineStart(line), text), document.removeLines(span)],
    // Another escape character may change what every line below means.
    ...(name === 'escape' && { safety: 'manual' }),
  };
  return {
    at: span,
    message: `The # ${name}= line only counts at the top, before blank lines and other comments`,
    fix,
  };
}
