import { runtimeStage } from './final-stage-sdk-image.parts';
import { defineRule } from '../core/lint/rule';
import type { Model, Stage } from '../core/lint/rule';
import { startedCommands, whatRuns } from '../core/analysis/runtime/what-runs';
import { buildsScripts, compiles, sdkRunners, tells } from '../core/knowledge/programs/subcommands';

/**
 * A compiler image holds hundreds of megabytes that only the build needs, and everything an attacker could
 * wish for. A second stage that gets just the program leaves all of it behind.
 *
 * ```dockerfile bad
 * FROM «golang:1.23»
 * WORKDIR /src
 * COPY . .
 * RUN CGO_ENABLED=0 go build -o /app ./cmd/app
 * ENV LOG_LEVEL=info
 * EXPOSE 8080
 * # the program alone
 * ENTRYPOINT ["/app"]
 * ```
 * > The image ships with all of golang, which only the build needs
 * ```dockerfile fixed
 * FROM golang:1.23 AS build
 * WORKDIR /src
 * COPY . .
 * RUN CGO_ENABLED=0 go build -o /app ./cmd/app
 *
 * FROM gcr.io/distroless/static-debian13:nonroot
 * COPY --from=build /app /app
 * ENV LOG_LEVEL=info
 * EXPOSE 8080
 * # the program alone
 * ENTRYPOINT ["/app"]
 * ```
 * A program that needs a C library gets a base that has one:
 * ```dockerfile bad
 * FROM «rust:1.82»
 * WORKDIR /src
 * COPY . .
 * RUN cargo build --release
 * CMD ["./target/release/server", "--port", "80"]
 * ```
 * > The image ships with all of rust, which only the build needs
 * ```dockerfile fixed
 * FROM rust:1.82 AS build
 * WORKDIR /src
 * COPY . .
 * RUN cargo build --release
 *
 * FROM gcr.io/distroless/cc-debian13:nonroot
 * WORKDIR /src
 * COPY --from=build /src/target/release/server /src/target/release/server
 * CMD ["./target/release/server", "--port", "80"]
 * ```
 * What else the program reads at run time has to be copied as well. Where it cannot be told what the build
 * makes, there is no fix:
 * ```dockerfile bad
 * FROM «maven:3.9-eclipse-temurin-21»
 * COPY . .
 * RUN mvn package
 * CMD ["java", "-jar", "target/app.jar"]
 * ```
 * > The image ships with all of maven, which only the build needs
 * The same goes for a stage that installs what the program may need:
 * ```dockerfile bad
 * FROM «golang:1.23»
 * RUN apt-get update && apt-get install -y --no-install-recommends ffmpeg git && rm -rf /var/lib/apt/lists/*
 * WORKDIR /src
 * COPY . .
 * RUN CGO_ENABLED=0 go build -o /app
 * CMD ["/app"]
 * ```
 * > The image ships with all of golang, which only the build needs
 * A stage that builds and is copied from, an image that is for building, and an interpreter are fine:
 * ```dockerfile good
 * FROM golang:1.23 AS build
 * RUN go build -o /app .
 * FROM scratch
 * COPY --from=build /app /app
 * ENTRYPOINT ["/app"]
 * ```
 * ```dockerfile good
 * FROM golang:1.23
 * RUN go install example.com/tool@v1.2.3
 * ```
 * ```dockerfile good
 * FROM node:22
 * COPY server.js ./
 * CMD ["node", "server.js"]
 * ```
 * Unless the interpreter runs what a compiler made of something else:
 * ```dockerfile bad
 * FROM «node:22»
 * COPY . .
 * RUN npm ci && npm run build
 * CMD ["node", "dist/main.js"]
 * ```
 * > The image ships with the compilers of node and all that the build installs; what it makes runs on a slim variant
 * ```dockerfile good
 * FROM node:22-slim
 * COPY . .
 * RUN npm ci && npm run build
 * CMD ["node", "dist/main.js"]
 * ```
 * ```dockerfile good
 * FROM node:22
 * COPY . .
 * RUN npm ci && npm run build
 * CMD ["npm", "start"]
 * ```
 * So is an image that starts what it built by the tool that built it, or that is made to work in:
 * ```dockerfile good
 * FROM haskell:9.10
 * COPY . .
 * RUN stack build
 * CMD stack exec server
 * ```
 * ```dockerfile good
 * FROM golang:1.23 AS dev
 * RUN go install github.com/air-verse/air@v1.61.1
 * CMD ["air", "-c", ".air.toml"]
 * ```
 *
 * @skip onbuild what a later build makes is not known
 */
export default defineRule({
  id: 'final-stage-sdk-image',
  summary: 'The image carries the compiler it was built with',
  category: 'stage',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],

  *check({ model }) {
    const stage = model.finalStage;
    const image = stage?.image;
    if (!stage || !image || stage.base.sdk === undefined) return;
    // Without a program to start, the image is one to build in.
    const { kind } = whatRuns(model, stage);
    if (kind === 'nothing' || kind === 'unknown' || startsWithSdk(model, stage)) return;
    const builds = stage.base.sdk === 'node' ? buildsScripts : compiles;
    const build = model.commands.find(
      ({ program, args, instruction }) =>
        instruction.keyword === 'RUN' &&
        stage.instructions.includes(instruction) &&
        builds(
          program,
          args.map(({ value }) => value ?? ''),
        ),
    );
    if (!build || (stage.base.sdk === 'node' && !startsOutput(model, stage))) return;
    yield {
      at: image.span,
      message:
        stage.base.sdk === 'node'
          ? 'The image ships with the compilers of node and all that the build installs; what it makes runs on a slim variant'
          : `The image ships with all of ${stage.base.name ?? image.text}, which only the build needs`,
      related: [{ at: build.span, message: 'Builds the program' }],
      fix: runtimeStage(model, stage),
    };
  },
});

/** `go run`, `mvn spring-boot:run`: then the image needs it. */
function startsWithSdk(model: Model, stage: Stage): boolean {
  return startedCommands(model, stage).some(({ program, args }) =>
    tells(
      sdkRunners,
      program,
      args.map(({ value }) => value),
    ),
  );
}

/** `node dist/main.js`: only then it is plain that what runs is what the build made, and not its tools. */
function startsOutput(model: Model, stage: Stage): boolean {
  return startedCommands(model, stage).some(
    ({ program, args }) =>
      program === 'node' &&
      args.some(({ value }) =>
        /^(?:[\w./-]*\/)?(?:dist|build|out|lib|\.output|\.next)\/[\w./-]+$/.test(value ?? ''),
      ),
  );
}
