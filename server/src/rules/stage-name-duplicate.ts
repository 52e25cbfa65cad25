import { defineRule } from '../core/lint/rule';
import { renameStage } from '../core/fixes/rename-stage';

/**
 * Two stages of one name: `COPY --from` always takes the last one, and `FROM` the last one above it. Which of the two
 * is meant depends on where the name stands.
 *
 * ```dockerfile bad
 * FROM golang:1.23 AS build
 * RUN go build -o /server ./cmd/server
 * FROM node:22 AS «Build»
 * RUN npm run build
 * FROM alpine:3.20
 * COPY --from=build /server /server
 * ```
 * > Line 1 also names a stage build, and COPY --from=build takes the last of them
 * ```dockerfile fixed
 * FROM golang:1.23 AS build
 * RUN go build -o /server ./cmd/server
 * FROM node:22 AS build-2
 * RUN npm run build
 * FROM alpine:3.20
 * COPY --from=build-2 /server /server
 * ```
 * Each further stage gets its own number:
 * ```dockerfile bad
 * FROM golang:1.23 AS build
 * FROM node:22 AS «build»
 * FROM alpine:3.20 AS «build»
 * ```
 * > Line 1 also names a stage build, and COPY --from=build takes the last of them
 * ```dockerfile fixed
 * FROM golang:1.23 AS build
 * FROM node:22 AS build-2
 * FROM alpine:3.20 AS build-3
 * ```
 * ```dockerfile good
 * FROM golang:1.23 AS build
 * FROM build AS test
 * ```
 *
 * @skip onbuild a trigger's --from names a stage of the later build
 */
export default defineRule({
  id: 'stage-name-duplicate',
  summary: 'Two stages have the same name',
  category: 'stage',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [
    'hadolint:DL3024',
    'buildkit:DuplicateStageName',
    'trivy:DS-0012',
    'checkov:CKV_DOCKER_11',
    'dockerfile-utils:DUPLICATE_BUILD_STAGE_NAME',
    'kics:same_alias_in_different_froms',
  ],
  mentions: ['as'],

  *check({ model }) {
    const known = new Map<string, { readonly line: number; stages: number }>();
    for (const stage of model.stages) {
      if (!stage.name) continue;
      const name = stage.name.value.toLowerCase();
      const first = known.get(name);
      if (!first) {
        known.set(name, { line: model.document.lineAt(stage.name.span.start) + 1, stages: 1 });
        continue;
      }
      first.stages += 1;
      yield {
        at: stage.name.span,
        message: `Line ${first.line} also names a stage ${name}, and COPY --from=${name} takes the last of them`,
        fix: renameStage(model, stage, `${name}-${first.stages}`),
      };
    }
  },

  *hadolint({ model }) {
    const known = new Set<string>();
    for (const { name } of model.stages) {
      if (name && known.has(name.raw))
        yield { at: name.span, message: `Another stage is named ${name.value}` };
      if (name) known.add(name.raw);
    }
  },
});
