import { stagesByName } from '../core/fixes/rename-stage';
import { defineRule, insertAfter, replace } from '../core/lint/rule';
import type { Edit, Stage } from '../core/lint/rule';
import { keywordLike } from '../core/analysis/text/keyword-case';

/**
 * A number names a stage only as long as nobody adds a stage above it. A name stays right.
 *
 * ```dockerfile bad
 * FROM golang:1.23
 * RUN go build -o /app .
 * FROM alpine:3.20
 * COPY --from=«0» /app /app
 * COPY --from=«0» /etc/ssl/certs /etc/ssl/certs
 * ```
 * > --from=0 means another stage as soon as one is added above
 * ```dockerfile fixed
 * FROM golang:1.23 AS stage-0
 * RUN go build -o /app .
 * FROM alpine:3.20
 * COPY --from=stage-0 /app /app
 * COPY --from=stage-0 /etc/ssl/certs /etc/ssl/certs
 * ```
 * ```dockerfile bad
 * FROM golang:1.23 AS build
 * FROM alpine:3.20
 * COPY --from=«"0"» /app /app
 * ```
 * > --from=0 means another stage as soon as one is added above
 * ```dockerfile fixed
 * FROM golang:1.23 AS build
 * FROM alpine:3.20
 * COPY --from=build /app /app
 * ```
 * A name that another stage has too would mean that stage:
 * ```dockerfile bad
 * FROM golang:1.23 AS build
 * FROM node:22 AS build
 * FROM alpine:3.20
 * COPY --from=«0» /app /app
 * ```
 * > --from=0 means another stage as soon as one is added above
 * ```dockerfile good
 * FROM golang:1.23 AS build
 * FROM alpine:3.20
 * COPY --from=build /app /app
 * COPY --from=7 /app /app
 * COPY --from=alpine:3.20 /etc/os-release /
 * ```
 *
 * @skip onbuild a trigger's --from names a stage of the later build
 */
export default defineRule({
  id: 'copy-from-index',
  summary: 'COPY --from names a stage by its number',
  category: 'stage',
  severity: 'info',
  fix: 'safe',
  effect: 'identical',
  since: 'next',
  alsoKnownAs: ['kics:using_unnamed_build_stages'],

  *check({ model }) {
    for (const stage of model.stages) {
      const uses = stage.usedBy.filter(
        ({ via, at }) => via === 'copy' && quotedNumber.test(model.document.slice(at)),
      );
      if (uses.length === 0) continue;
      const name = stage.name?.value ?? `stage-${stage.index}`;
      const isFree = stagesByName(model).get(name.toLowerCase()) === (stage.name ? 1 : undefined);
      const as = ` ${keywordLike(model.file, 'AS')} ${name}`;
      for (const { at } of uses) {
        yield {
          at,
          message: `--from=${model.document.slice(at).replace(/["']/g, '')} means another stage as soon as one is added above`,
          ...(isFree && {
            fix: {
              title: `Use the name ${name}`,
              // The stage may stand below.
              edits: [...nameEdits(stage, as), replace(at, name)].sort((a, b) => a.start - b.start),
            },
          }),
        };
      }
    }
  },
});

function nameEdits({ name, from }: Stage, as: string): readonly Edit[] {
  const image = from?.words.at(-1);
  return name || !image ? [] : [insertAfter(image.span, as)];
}

const quotedNumber = /^(["']?)\d+\1$/;
