import { defineRule } from '../core/lint/rule';
import { ignoredComments } from '../core/families/ignored-comments';
import { withoutNames } from '../core/fixes/ignore-comments';

/**
 * A comment that hides nothing misleads the next reader, and will hide a finding that nobody has seen yet.
 *
 * ```dockerfile bad
 * FROM debian:12.5
 * «# drydock ignore=run-sudo,apt-get-yess as it was»
 * RUN sudo true
 * «# drydock ignore=run-sudo»
 * RUN true
 * «# drydock ignore=run-sudo because the image needs it»
 * RUN true
 * ```
 * > This comment names apt-get-yess, and Drydock has no such rule
 * > This comment hides nothing with run-sudo, and would hide what comes later
 * > This comment hides nothing with run-sudo, and would hide what comes later
 * ```dockerfile fixed
 * FROM debian:12.5
 * # drydock ignore=run-sudo as it was
 * RUN sudo true
 * RUN true
 * # because the image needs it
 * RUN true
 * ```
 * Comments for other tools are judged as those tools judge, as far as Drydock knows:
 * ```dockerfile bad
 * «# check=skip=StageNameCasing;error=true»
 * FROM debian:12.5
 * «# hadolint ignore=DL3004,DL3020»
 * ADD a /a
 * «# check=skip=WorkdirRelativePath»
 * WORKDIR /srv
 * # hadolint ignore=SC2086,DL9999
 * RUN true
 * # check=skip=all
 * WORKDIR /srv
 * RUN sudo true
 * «# check=skip=MaintainerDeprecate»
 * EXPOSE 80
 * # check=skip=CheckOfNextYear
 * EXPOSE 81
 * ```
 * > This comment hides nothing with StageNameCasing, and would hide what comes later
 * > This comment hides nothing with DL3004, and would hide what comes later
 * > This comment hides nothing with WorkdirRelativePath, and would hide what comes later
 * > This comment names MaintainerDeprecate, and BuildKit has no such check
 * ```dockerfile fixed
 * # check=error=true
 * FROM debian:12.5
 * # hadolint ignore=DL3020
 * ADD a /a
 * WORKDIR /srv
 * # hadolint ignore=SC2086,DL9999
 * RUN true
 * # check=skip=all
 * WORKDIR /srv
 * RUN sudo true
 * EXPOSE 80
 * # check=skip=CheckOfNextYear
 * EXPOSE 81
 * ```
 * One word makes prose of a whole comment, and each tool reads comments in certain places alone:
 * ```dockerfile bad
 * FROM debian:12.5
 * «# hadolint ignore=nonsense,dl3004»
 * RUN sudo true
 * «# hadolint ignore=DL3004 as it was»
 * RUN sudo true
 * «# hadolint ignore=DL3004»
 * # It needs root.
 * RUN sudo true
 * «# hadolint ignore=DL3004 # needed»
 * # hadolint ignore=DL4006
 * RUN sudo true | cat
 * RUN true && \
 *   «# hadolint ignore=DL3004»
 *   sudo true
 * «# hadolint ignore=nonsense»
 * «# drydock ignore=run-sudo»
 *
 * RUN sudo true
 * «# hadolint stage ignore=DL3004»
 * RUN true
 * «# hadolint ignore=DL3004»
 * ```
 * > hadolint has no rule nonsense, and takes the whole comment for prose that hides nothing
 * > hadolint takes this comment for prose and hides nothing, because words follow without a # in front
 * > hadolint reads this comment only directly above an instruction, so here it hides nothing
 * > hadolint reads this comment only directly above an instruction, so here it hides nothing
 * > hadolint skips comments inside an instruction, so this one hides nothing
 * > hadolint has no rule nonsense, and takes the whole comment for prose that hides nothing
 * > Drydock reads this comment only directly above an instruction, so here it hides nothing
 * > hadolint reads a stage comment only directly above FROM, so here it hides nothing
 * > hadolint hides findings below a comment, and nothing follows this one
 * ```dockerfile fixed
 * FROM debian:12.5
 * # hadolint ignore=DL3004
 * RUN sudo true
 * # hadolint ignore=DL3004 # as it was
 * RUN sudo true
 * # It needs root.
 * # hadolint ignore=DL3004
 * RUN sudo true
 * # needed
 * # hadolint ignore=DL4006,DL3004
 * RUN sudo true | cat
 * # hadolint ignore=DL3004
 * RUN true && \
 *   sudo true
 * # hadolint ignore=nonsense
 *
 * # drydock ignore=run-sudo
 * RUN sudo true
 * # hadolint stage ignore=DL3004
 * RUN true
 * ```
 * ```dockerfile bad
 * FROM debian:12.5
 * «# tally ignore=hadolint/DL3004 as it was»
 * RUN sudo true && \
 *   «# tally ignore=DL3059»
 *   true
 * ```
 * > tally takes this comment for prose and hides nothing, because words follow without a ;reason= in front
 * > tally skips comments inside an instruction, so this one hides nothing
 * ```dockerfile fixed
 * FROM debian:12.5
 * # tally ignore=hadolint/DL3004,DL3059;reason=as it was
 * RUN sudo true && \
 *   true
 * ```
 * A stage comment covers what stands below its `FROM`:
 * ```dockerfile bad
 * «# hadolint stage ignore=DL3004»
 * FROM debian:12.5
 * # hadolint stage ignore=DL3004
 * FROM debian:12.5
 * RUN sudo true
 * ```
 * > hadolint hides findings below the FROM of a stage comment, and nothing follows this one
 * ```dockerfile fixed
 * FROM debian:12.5
 * # hadolint stage ignore=DL3004
 * FROM debian:12.5
 * RUN sudo true
 * ```
 * Drydock needs a blank in front of words:
 * ```dockerfile bad
 * FROM debian:12.5
 * «# drydock ignore=run-sudo: it needs root»
 * RUN sudo true
 * ```
 * > Drydock takes this comment for prose and hides nothing, because words follow without a blank in front
 * ```dockerfile fixed
 * FROM debian:12.5
 * # drydock ignore=run-sudo it needs root
 * RUN sudo true
 * ```
 * ```dockerfile good
 * # drydock global ignore=run-sudo
 * FROM debian:12.5
 * # hadolint ignore=DL3004
 * RUN sudo true
 * # hadolint explains how to ignore findings
 * # drydock ignore=copy-source-missing
 * COPY a /a
 * ```
 *
 * @skip onbuild many rules are silent about what a later build runs
 */
export default defineRule({
  id: 'suppression-unused',
  summary: 'A comment that hides findings hides none',
  category: 'style',
  severity: 'hint',
  fix: 'safe',
  effect: 'identical',
  since: 'next',
  alsoKnownAs: [],

  *check({ model }) {
    yield* ignoredComments(model);
  },

  *after({ model, unused: found }) {
    for (const { suppression, unused, unknown } of found) {
      const edit = withoutNames(model, suppression, unused);
      const names = unused.join(', ');
      yield {
        at: suppression.span,
        message:
          unknown.length === unused.length
            ? `This comment names ${names}, and ${suppression.form === 'buildkit' ? 'BuildKit has no such check' : 'Drydock has no such rule'}`
            : `This comment hides nothing with ${names}, and would hide what comes later`,
        fix: edit && { title: `Remove ${names} from the comment`, edits: [edit] },
        tag: 'unnecessary',
      };
    }
  },
});
