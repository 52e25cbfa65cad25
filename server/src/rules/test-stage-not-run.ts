import { idleStages, isTestStage } from '../core/analysis/images/idle-stages';
import { defineRule } from '../core/lint/rule';

/**
 * BuildKit only builds the stages that the last one needs. A stage with tests that nothing needs is skipped in a plain
 * build, so a test that fails does not stop it. Build that stage too (`--target`), or let a stage that ships copy a file
 * from it.
 *
 * Where no build of the project is known, the recommended profile stays silent.
 *
 * ```dockerfile bad targets="build"
 * FROM golang:1.25 AS build
 * COPY . .
 * RUN go build -o /app .
 * FROM build AS «unit-test»
 * RUN go test ./...
 * FROM debian:12
 * COPY --from=build /app /app
 * ```
 * > A plain build skips unit-test, which no other stage needs, so a failing test does not stop it
 * Where nobody has looked for other builds, it is a hint:
 * ```dockerfile bad severity="hint"
 * FROM golang:1.25 AS «check»
 * RUN go vet ./...
 * FROM golang:1.25 AS tools
 * RUN go install ./tool
 * FROM debian:12
 * ```
 * > A plain build skips check, which no other stage needs, so a failing test does not stop it
 * The rule accepts a stage that another one copies from, one that a build of the repository names, and one whose tests run
 * in a container:
 * ```dockerfile good targets="lint"
 * FROM golang:1.25 AS build
 * FROM build AS lint
 * RUN go vet ./...
 * FROM build AS test
 * RUN go test ./... && touch /tested
 * FROM build AS e2e
 * RUN go install ./e2e
 * CMD ["e2e"]
 * FROM debian:12
 * COPY --from=test /tested /tested
 * ```
 * ```dockerfile good
 * FROM golang:1.25 AS test
 * RUN go test ./...
 * ```
 *
 * @skip onbuild the stages stay the same
 */
export default defineRule({
  id: 'test-stage-not-run',
  summary: 'A plain build skips the stage with the tests',
  category: 'stage',
  severity: 'info',
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['as'],

  *check({ model, facts }) {
    if (model.stages.every(({ reachable }) => reachable)) return;
    for (const stage of idleStages(model, facts.buildTargets)) {
      if (!stage.name || !isTestStage(stage)) continue;
      yield {
        at: stage.name.span,
        severity: facts.buildTargets ? undefined : 'hint',
        quiet: facts.buildTargets === undefined,
        message: `A plain build skips ${stage.name.value}, which no other stage needs, so a failing test does not stop it`,
      };
    }
  },
});
