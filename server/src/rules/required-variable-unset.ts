import { requiredReferences } from './required-variable-unset.parts';
import { defineRule } from '../core/lint/rule';

/**
 * `${NAME:?message}` stops the build if nothing gives `NAME` a value, and `${NAME?message}` if nothing sets it. An
 * argument without a default has to come from the command line.
 *
 * ```dockerfile bad
 * ARG TAG
 * ARG BASE=«${BASE:?"which image"}»
 * FROM debian:«${TAG:?}»
 * FROM debian:12
 * ARG USER_NAME
 * ENV OWNER="«${USER_NAME:?who owns the files}»" LOG=«${LEVEL?}»
 * COPY --chown=«${OWNERS:?}» ${DIR:-«${SOURCE:?}»} /srv/
 * ```
 * > Without --build-arg BASE the build stops here: which image
 * > Without --build-arg TAG the build stops here
 * > Without --build-arg USER_NAME the build stops here: who owns the files
 * > Nothing sets LEVEL, so the build stops here
 * > Nothing sets OWNERS, so the build stops here
 * > Nothing sets SOURCE, so the build stops here
 * ```dockerfile good
 * FROM debian:12
 * ARG VERSION=1 EMPTY=
 * ENV A=${VERSION:?} B=${EMPTY?}
 * RUN echo ${NAME:?}
 * FROM registry.example.com/team/base:1
 * ENV C=${SET_BY_BASE:?}
 * ONBUILD ENV D=${SET_LATER:?}
 * ```
 * ```dockerfile good
 * FROM debian:12
 * ENV E=${NAME:-app}
 * ```
 *
 * @skip onbuild the variables of the later build decide
 */
export default defineRule({
  id: 'required-variable-unset',
  summary: 'A variable that has to be set is not',
  category: 'build',
  severity: 'error',
  refused: true,
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],

  *check({ model }) {
    for (const { reference, argument } of requiredReferences(model)) {
      const { name, span, operand = '' } = reference;
      const text = operand.replaceAll(/["']/g, '').trim();
      const why = argument === undefined ? `Nothing sets ${name}, so` : `Without --build-arg ${argument}`;
      yield { at: span, message: `${why} the build stops here${text === '' ? '' : `: ${text}`}` };
    }
  },
});
