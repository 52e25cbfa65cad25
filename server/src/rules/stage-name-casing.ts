import { placesOfName } from '../core/fixes/rename-stage';
import { defineRule, replace } from '../core/lint/rule';

/**
 * Builders ignore case when they compare stage names, and print the names in lower case. A lower case name looks the
 * same everywhere.
 *
 * It changes nothing in the image, so only the profile `strict` asks for it.
 *
 * ```dockerfile bad
 * FROM golang:1.23 AS «Build»
 * RUN go build -o /app .
 * FROM build AS «TEST»
 * FROM scratch
 * COPY --from=Build /app /app
 * RUN --mount=type=bind,from=test,target=/t ["/app"]
 * ```
 * > The builder calls this stage build, not Build
 * > The builder calls this stage test, not TEST
 * ```dockerfile fixed
 * FROM golang:1.23 AS build
 * RUN go build -o /app .
 * FROM build AS test
 * FROM scratch
 * COPY --from=build /app /app
 * RUN --mount=type=bind,from=test,target=/t ["/app"]
 * ```
 * ```dockerfile good
 * FROM golang:1.23 AS build-2
 * ```
 *
 * @skip onbuild a trigger's --from names a stage of the later build
 */
export default defineRule({
  id: 'stage-name-casing',
  summary: 'A stage name contains upper case letters',
  category: 'style',
  severity: 'hint',
  enabled: false,
  profiles: ['strict'],
  fix: 'safe',
  effect: 'identical',
  since: 'next',
  alsoKnownAs: ['buildkit:StageNameCasing'],
  mentions: ['as'],

  *check({ model }) {
    for (const stage of model.stages) {
      const { name } = stage;
      if (!name || name.variables.length > 0) continue;
      const right = name.value.toLowerCase();
      if (right === name.value || !/^[a-z][a-z0-9-_.]*$/.test(right)) continue;
      const places = placesOfName(model, stage);
      yield {
        at: name.span,
        message: `The builder calls this stage ${right}, not ${name.value}`,
        // A name that runs over continued lines may contain a comment.
        ...(places.every((at) => !model.document.slice(at).includes('\n')) && {
          fix: {
            title: `Change ${name.value} to ${right}`,
            edits: places.filter((at) => model.document.slice(at) !== right).map((at) => replace(at, right)),
          },
        }),
      };
    }
  },
});
