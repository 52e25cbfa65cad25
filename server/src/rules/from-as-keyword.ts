import { keywordLike } from '../core/analysis/text/keyword-case';
import { defineRule, insertAfter, replace } from '../core/lint/rule';
import type { Fix, Instruction, Model } from '../core/lint/rule';

/**
 * Behind the image of `FROM` stands nothing, or `AS` and the name of the stage. The builder stops at anything else.
 *
 * ```dockerfile bad
 * FROM golang:1.23 «build»
 * FROM node:22 «is» assets
 * FROM postgres: «debian:12»
 * FROM alpine:3.20 «and debian:12»
 * FROM alpine:3.20 «or maybe debian:12»
 * ```
 * > Only AS and the name of the stage may stand behind the image, so the build stops here
 * ```dockerfile fixed
 * FROM golang:1.23 AS build
 * FROM node:22 AS assets
 * FROM postgres: debian:12
 * FROM alpine:3.20 and debian:12
 * FROM alpine:3.20 or maybe debian:12
 * ```
 * ```dockerfile good
 * FROM golang:1.23 AS build
 * FROM debian:12
 * ```
 */
export default defineRule({
  id: 'from-as-keyword',
  summary: 'FROM has words behind the image, but no AS',
  category: 'syntax',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL1000', 'dockerfile-utils:INVALID_AS'],
  explains: ['dockerfile-refused'],

  *check({ model }) {
    for (const from of model.instructionsOf('FROM')) {
      const [, as, name, ...more] = from.words;
      if (from.onbuild || !as || as.raw.toUpperCase() === 'AS') continue;
      const isOne = name !== undefined && more.length === 0 && isName(name.raw);
      const last = isOne ? as : (more.at(-1) ?? name ?? as);
      yield {
        at: { start: as.span.start, end: last.span.end },
        message: 'Only AS and the name of the stage may stand behind the image, so the build stops here',
        fix: repair(model, from),
      };
    }
  },
});

function isName(text: string): boolean {
  return /^[a-z][a-z0-9-_.]*$/i.test(text);
}

function repair({ file }: Model, { words }: Instruction): Fix | undefined {
  const [image, as, name, more] = words;
  if (!image || !as || more) return undefined;
  const keyword = keywordLike(file, 'AS');
  if (!name)
    return isName(as.raw)
      ? { title: `Add ${keyword}`, edits: [insertAfter(image.span, ` ${keyword}`)] }
      : undefined;
  return isName(name.raw)
    ? { title: `Change ${as.raw} to ${keyword}`, edits: [replace(as.span, keyword)] }
    : undefined;
}
