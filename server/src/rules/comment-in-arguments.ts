import { trailingComments } from '../core/analysis/text/trailing-comment';
import type { TrailingComment } from '../core/analysis/text/trailing-comment';
import { defineRule } from '../core/lint/rule';
import type { Finding, Fix, Instruction, Model } from '../core/lint/rule';

/**
 * A comment has a line of its own. Behind an instruction its words become arguments: files to copy, ports, users.
 *
 * ```dockerfile bad uncovers="syntax-directive-missing copy-relative-without-workdir"
 * FROM debian:12 «# the base»
 * COPY . . «# the sources»
 * EXPOSE 80 443 «#web»
 * ENV MODE=production «# don't debug» \
 *     LEVEL=1 «# or 2»
 * LABEL a=b «# label»
 * STOPSIGNAL SIGTERM «# politely»
 * SHELL ["/bin/bash", "-c"] «# bash»
 * HEALTHCHECK NONE «# no check»
 * ```
 * > A comment cannot stand here: FROM takes no more words, so the build stops
 * > A comment cannot stand here: COPY takes its words for files, so the build stops
 * > A comment cannot stand here: EXPOSE takes its words for ports, so the build stops
 * > A comment cannot stand here: ENV takes its words for variables, so the build stops
 * > A comment cannot stand here: ENV takes its words for variables, so the build stops
 * > A comment cannot stand here: LABEL takes its words for labels, so the build stops
 * > A comment cannot stand here: STOPSIGNAL takes it for part of the signal, so the build stops
 * > A comment cannot stand here: SHELL takes nothing behind its array, so the build stops
 * > A comment cannot stand here: HEALTHCHECK takes no words behind NONE, so the build stops
 * ```dockerfile fixed
 * # the base
 * FROM debian:12
 * # the sources
 * COPY . .
 * #web
 * EXPOSE 80 443
 * # don't debug
 * ENV MODE=production \
 *     # or 2
 *     LEVEL=1
 * # label
 * LABEL a=b
 * # politely
 * STOPSIGNAL SIGTERM
 * # bash
 * SHELL ["/bin/bash", "-c"]
 * # no check
 * HEALTHCHECK NONE
 * ```
 * Arguments without a value harm nothing until somebody sets them:
 * ```dockerfile bad severity="warning"
 * FROM debian:12
 * ARG VERSION=1 «# the version»
 * ARG OPTIONS="" «# such as -Dtests=off»
 * ```
 * > A comment cannot stand here: ARG declares each of its words
 * ```dockerfile fixed
 * FROM debian:12
 * # the version
 * ARG VERSION=1
 * # such as -Dtests=off
 * ARG OPTIONS=""
 * ```
 * Some of these build, and the image is not what was meant:
 * ```dockerfile bad uncovers="key-value-legacy-format"
 * FROM debian:12
 * WORKDIR /app «# sources»
 * USER 1000 «# nobody»
 * VOLUME /data «# keep»
 * ARG A=1 «# B=2»
 * ENV A=1 «#B=2»
 * ENV MODE production «# or test»
 * ENTRYPOINT ["/app/run"] «# start»
 * HEALTHCHECK CMD ["/app/check"] «# health»
 * ```
 * > A comment cannot stand here: WORKDIR takes it for part of the folder's name
 * > A comment cannot stand here: USER takes it for part of the user's name
 * > A comment cannot stand here: VOLUME takes its words for folders
 * > A comment cannot stand here: ARG declares each of its words
 * > A comment cannot stand here: ENV sets its words as variables
 * > A comment cannot stand here: ENV takes it for part of the value
 * > A comment cannot stand here: the array in front is not read as JSON, and a shell gets the brackets
 * > A comment cannot stand here: the array in front is not read as JSON, and a shell gets the brackets
 * ```dockerfile fixed
 * FROM debian:12
 * # sources
 * WORKDIR /app
 * # nobody
 * USER 1000
 * # keep
 * VOLUME /data
 * # B=2
 * ARG A=1
 * #B=2
 * ENV A=1
 * # or test
 * ENV MODE production
 * # start
 * ENTRYPOINT ["/app/run"]
 * # health
 * HEALTHCHECK CMD ["/app/check"]
 * ```
 * A shell knows comments, but it gets the lines of an instruction as one line:
 * ```dockerfile bad uncovers="command-not-installed apt-no-install-recommends syntax-directive-missing"
 * FROM debian:12
 * RUN apt-get update «# first» \
 *     && apt-get install -y curl «# then» \
 *     && echo done «# well» && \
 *     rm -rf /var/lib/apt/lists/* # last
 * RUN <<EOF «# all of it»
 * make
 * EOF
 * ```
 * > A comment cannot stand here: the shell takes the lines below for part of it and does not run them
 * > A comment cannot stand here: the shell takes the lines below for part of it and does not run them
 * > A comment cannot stand here: the shell takes the lines below for part of it and does not run them
 * > A comment cannot stand here: the shell gets a line without a command, and the heredoc does not run
 * ```dockerfile fixed
 * FROM debian:12
 * # first
 * RUN apt-get update \
 *     # then
 *     && apt-get install -y curl \
 *     # well
 *     && echo done && \
 *     rm -rf /var/lib/apt/lists/* # last
 * # all of it
 * RUN <<EOF
 * make
 * EOF
 * ```
 * Here the text may belong to a command:
 * ```dockerfile bad
 * FROM debian:12
 * RUN echo «#!/bin/sh > /start» && \
 *     chmod +x /start
 * ```
 * > A comment cannot stand here: the shell takes the lines below for part of it and does not run them
 * A `#` inside a word, in quotes, and in what a shell reads to its end is not a comment, or does no harm:
 * ```dockerfile good
 * FROM debian:12
 * ADD https://github.com/example/app.git#main /app
 * COPY a#b \#c /x/
 * ENV A="# one" B='# two' C=3#4
 * ENV CHANNEL #news
 * LABEL description="see # 5"
 * RUN make # all of it
 * CMD run # it
 * HEALTHCHECK CMD check # it
 * RUN apt-get install -y \
 *     # for downloads
 *     curl \
 *     `# for checks` \
 *     jq && echo "${A# }" $# \
 *     && make
 * ENV \
 *     # the mode
 *     MODE=production
 * ```
 * An instruction that holds nothing else, and a shell that is not known:
 * ```dockerfile good
 * FROM debian:12
 * USER # nobody
 * SHELL ["/usr/bin/fish", "-c"]
 * RUN make # all \
 *     more
 * MAINTAINER Jane # Doe
 * ```
 */
export default defineRule({
  id: 'comment-in-arguments',
  summary: 'A comment stands behind an instruction and becomes part of it',
  category: 'syntax',
  severity: 'error',
  refused: false,
  fix: 'safe',
  effect: 'identical',
  since: 'next',
  alsoKnownAs: [],

  *check({ model }) {
    for (const instruction of model.file.instructions) {
      for (const comment of trailingComments(model, instruction)) yield finding(model, comment, instruction);
    }
  },
});

function finding(model: Model, comment: TrailingComment, whole: Instruction): Finding {
  const { instruction, at, effect } = comment;
  const { does, stops } = consequence(comment);
  const result = instruction.onbuild ? 'builds on this image stop' : 'the build stops';
  // A `#!` line that a command writes lacks its quotes.
  const isText = effect === 'cuts' && model.document.slice(at).startsWith('#!');
  const isAll = model.document.slice({ start: instruction.keywordSpan.end, end: at.start }).trim() === '';
  return {
    at,
    severity: isLitter(comment, model) ? 'warning' : 'error',
    message: `A comment cannot stand here: ${does}${stops ? `, so ${result}` : ''}`,
    hides: effect === 'words' ? [at, instruction.keywordSpan] : [whole.span],
    fix: isText || isAll ? undefined : moveAbove(model, comment, stops),
  };
}

interface Consequence {
  readonly does: string;
  readonly stops: boolean;
}

function consequence({ instruction, logical, effect }: TrailingComment): Consequence {
  const { keyword, line, pairs } = instruction;
  const words = line.text.slice(logical.start, logical.end).split(/\s+/);
  if (effect === 'json')
    return { does: 'the array in front is not read as JSON, and a shell gets the brackets', stops: false };
  if (effect === 'heredoc')
    return { does: 'the shell gets a line without a command, and the heredoc does not run', stops: false };
  if (effect === 'cuts')
    return { does: 'the shell takes the lines below for part of it and does not run them', stops: false };
  if (pairs.some(({ legacy }) => legacy))
    return { does: `${keyword} takes it for part of the value`, stops: false };
  if (keyword === 'ENV' || keyword === 'LABEL') {
    const things = keyword === 'ENV' ? 'variables' : 'labels';
    const stops = words.some((word) => !word.includes('='));
    return {
      does: stops ? `${keyword} takes its words for ${things}` : `${keyword} sets its words as ${things}`,
      stops,
    };
  }
  const { does, stops } = byKeyword[keyword] ?? otherwise;
  return { does: `${keyword} ${does}`, stops };
}

const otherwise: Consequence = { does: 'takes no words behind NONE', stops: true };

const byKeyword: Readonly<Record<string, Consequence>> = {
  // The files # and the words are not there.
  ADD: { does: 'takes its words for files', stops: true },
  ARG: { does: 'declares each of its words', stops: false },
  COPY: { does: 'takes its words for files', stops: true },
  EXPOSE: { does: 'takes its words for ports', stops: true },
  FROM: { does: 'takes no more words', stops: true },
  SHELL: { does: 'takes nothing behind its array', stops: true },
  STOPSIGNAL: { does: 'takes it for part of the signal', stops: true },
  USER: { does: "takes it for part of the user's name", stops: false },
  VOLUME: { does: 'takes its words for folders', stops: false },
  WORKDIR: { does: "takes it for part of the folder's name", stops: false },
};

/** An argument without a value is nothing until somebody sets it, and no step reads one whose name is none: `-Dtests=off`. */
function isLitter({ instruction, at }: TrailingComment, { document }: Model): boolean {
  return instruction.keyword === 'ARG' && !/(?:^|\s)[a-z_]\w*=/i.test(document.slice(at));
}

/** The comment gets the line above its own, also between continued lines. */
function moveAbove(model: Model, trailing: TrailingComment, stops: boolean): Fix {
  const { document } = model;
  const { instruction, at, logical } = trailing;
  const comment = document.slice(at);
  const { text } = instruction.line;
  let blanks = 0;
  while (text.charAt(logical.start - blanks - 1).trim() === '') blanks += 1;
  return {
    title: 'Move the comment to a line above',
    safety: stops || isLitter(trailing, model) ? 'safe' : 'suggested',
    edits: [
      document.insertLinesBefore(at.start, document.indentAt(at.start) + comment),
      { start: at.start - blanks, end: at.end, text: '' },
    ],
  };
}
