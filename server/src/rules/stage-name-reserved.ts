import { defineRule } from '../core/lint/rule';
import { renameStage } from '../core/fixes/rename-stage';

/**
 * `scratch` and `context` mean something to the builder: the empty image, and the files of the build. A stage of that
 * name is easily taken for them.
 *
 * ```dockerfile bad
 * FROM alpine:3.20 AS «context»
 * FROM alpine:3.20
 * COPY --from=context /etc/os-release /
 * RUN --mount=type=bind,from=context,target=/c true
 * ```
 * > context means the build context, so a stage of that name misleads
 * ```dockerfile fixed
 * FROM alpine:3.20 AS context-stage
 * FROM alpine:3.20
 * COPY --from=context-stage /etc/os-release /
 * RUN --mount=type=bind,from=context-stage,target=/c true
 * ```
 * ```dockerfile bad
 * FROM alpine:3.20 AS «Scratch»
 * ```
 * > scratch means the empty image, so a stage of that name misleads
 * ```dockerfile fixed
 * FROM alpine:3.20 AS scratch-stage
 * ```
 * ```dockerfile good
 * FROM scratch AS files
 * ```
 *
 * @skip onbuild a trigger's --from names a stage of the later build
 */
export default defineRule({
  id: 'stage-name-reserved',
  summary: 'A stage has a name that the builder uses itself',
  category: 'stage',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3063', 'buildkit:ReservedStageName'],
  mentions: ['as'],

  *check({ model }) {
    for (const stage of model.stages) {
      const name = stage.name?.value.toLowerCase();
      if (!stage.name || (name !== 'scratch' && name !== 'context')) continue;
      yield {
        at: stage.name.span,
        message: `${name} means ${name === 'scratch' ? 'the empty image' : 'the build context'}, so a stage of that name misleads`,
        fix: renameStage(model, stage, `${name}-stage`),
      };
    }
  },

  *hadolint({ model }) {
    for (const { name } of model.stages) {
      if (name && /^(?:scratch|context)$/.test(name.value))
        yield { at: name.span, message: `${name.value} misleads as the name of a stage` };
    }
  },
});
