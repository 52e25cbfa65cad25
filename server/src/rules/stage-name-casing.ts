import { defineRule, replace } from '../core/lint/rule';

/**
 * Builders compare stage names without regard to case and print them in lower case. Written in lower case,
 * a name looks the same everywhere.
 *
 * ```dockerfile bad
 * FROM golang:1.23 AS «Build»
 * RUN go build -o /app .
 * FROM build AS «TEST»
 * FROM scratch
 * COPY --from=Build /app /app
 * RUN --mount=type=bind,from=test,target=/t ["/app"]
 * ```
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
  summary: 'A stage name has capital letters',
  category: 'style',
  severity: 'hint',
  fix: 'safe',
  since: 'next',
  alsoKnownAs: ['buildkit:StageNameCasing'],

  *check({ model }) {
    for (const { name, usedBy } of model.stages) {
      if (!name || name.variables.length > 0) continue;
      const right = name.value.toLowerCase();
      if (right === name.value || !/^[a-z][a-z0-9-_.]*$/.test(right)) continue;
      const uses = usedBy
        .map(({ at }) => at)
        .filter((at) => model.document.slice(at).toLowerCase() === right);
      const places = [name.span, ...uses].sort((a, b) => a.start - b.start);
      yield {
        at: name.span,
        message: `The builder calls this stage ${right}`,
        // A name that runs over continued lines may have a comment in the middle.
        ...(places.every((at) => !model.document.slice(at).includes('\n')) && {
          fix: {
            title: `Write ${right}`,
            edits: places.filter((at) => model.document.slice(at) !== right).map((at) => replace(at, right)),
          },
        }),
      };
    }
  },
});
