import { runtimeStage } from './final-stage-sdk-image.parts';
import { defineRule, sharedOptions } from '../core/lint/rule';
import type { Model, Stage } from '../core/lint/rule';
import { startedCommands, whatRuns } from '../core/analysis/runtime/what-runs';
import {
  buildsScripts,
  compiles,
  compilesJava,
  sdkRunners,
  tells,
} from '../core/knowledge/programs/subcommands';
import { quietForTests } from '../core/analysis/context/context-sources';

/**
 * A compiler image contains hundreds of megabytes that only the build needs, and many tools that help an attacker. A
 * second stage that only gets the program leaves all of that behind.
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
 * > The image ships all of golang, which only the build needs
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
 * A program that needs a C library gets a base image with one:
 * ```dockerfile bad
 * FROM «rust:1.82»
 * WORKDIR /src
 * COPY . .
 * RUN cargo build --release
 * CMD ["./target/release/server", "--port", "80"]
 * ```
 * > The image ships all of rust, which only the build needs
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
 * Copy the other files that the program reads at run time yourself. There is no fix if it is unclear what the build
 * produces:
 * ```dockerfile bad
 * FROM «maven:3.9-eclipse-temurin-21»
 * COPY . .
 * RUN mvn package
 * CMD ["java", "-jar", "target/app.jar"]
 * ```
 * > The image ships all of maven, which only the build needs
 * The same goes for a stage with a name, which may be built on its own, and for a start that needs a shell:
 * ```dockerfile bad
 * FROM «golang:1.23» AS app
 * WORKDIR /src
 * COPY . .
 * RUN CGO_ENABLED=0 go build -o /app .
 * CMD ["/app"]
 * ```
 * > The image ships all of golang, which only the build needs
 * ```dockerfile bad
 * FROM «golang:1.23»
 * WORKDIR /src
 * COPY . .
 * RUN CGO_ENABLED=0 go build -o /app .
 * CMD /app --port $PORT
 * ```
 * > The image ships all of golang, which only the build needs
 * ```dockerfile bad
 * FROM «golang:1.23» AS base
 * COPY . .
 * FROM base
 * RUN CGO_ENABLED=0 go build -o /app .
 * CMD ["/app"]
 * ```
 * > The image ships all of golang, which only the build needs
 * The same goes for a stage that installs packages the program may need:
 * ```dockerfile bad
 * FROM «golang:1.23»
 * RUN apt-get update && apt-get install -y --no-install-recommends ffmpeg git && rm -rf /var/lib/apt/lists/*
 * WORKDIR /src
 * COPY . .
 * RUN CGO_ENABLED=0 go build -o /app
 * CMD ["/app"]
 * ```
 * > The image ships all of golang, which only the build needs
 * The rule accepts a build stage that is copied from, an image made for building, and an interpreter:
 * ```dockerfile good
 * FROM golang:1.23 AS tools
 * RUN go install example.com/gen@v1.2.3
 * FROM tools
 * CMD ["gen", "--check"]
 * ```
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
 * An interpreter image is reported if it runs what a compiler produced:
 * ```dockerfile bad
 * FROM «node:22»
 * COPY . .
 * RUN npm ci && npm run build
 * CMD ["node", "dist/main.js"]
 * ```
 * > The image ships the compilers of node, but what they build also runs on a slim variant
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
 * The rule accepts an image that starts its program with the tool that built it, and an image made to work in:
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
 * The base image depends on what the program is linked against. Instructions that say how it runs move along:
 * ```dockerfile bad
 * FROM «golang:1.23»
 * WORKDIR /src
 * EXPOSE 8080
 * COPY . .
 * RUN go build -o /app .
 * CMD ["/app"]
 * ```
 * > The image ships all of golang, which only the build needs
 * ```dockerfile fixed
 * FROM golang:1.23 AS build
 * WORKDIR /src
 * COPY . .
 * RUN go build -o /app .
 *
 * FROM gcr.io/distroless/base-debian13:nonroot
 * COPY --from=build /app /app
 * EXPOSE 8080
 * CMD ["/app"]
 * ```
 * ```dockerfile bad
 * FROM «golang:1.23-alpine»
 * WORKDIR /src
 * COPY . .
 * ENV CGO_ENABLED=0
 * RUN go build -o bin/ ./cmd/server
 * CMD ["/src/bin/server"]
 * ```
 * > The image ships all of golang, which only the build needs
 * ```dockerfile fixed
 * FROM golang:1.23-alpine AS build
 * WORKDIR /src
 * COPY . .
 * ENV CGO_ENABLED=0
 * RUN go build -o bin/ ./cmd/server
 *
 * FROM gcr.io/distroless/static-debian13:nonroot
 * COPY --from=build /src/bin/server /src/bin/server
 * CMD ["/src/bin/server"]
 * ```
 * ```dockerfile bad
 * FROM «rust:1.90»
 * WORKDIR /src
 * COPY . .
 * RUN cargo build --release
 * CMD ["./target/release/server"]
 * ```
 * > The image ships all of rust, which only the build needs
 * ```dockerfile fixed
 * FROM rust:1.90 AS build
 * WORKDIR /src
 * COPY . .
 * RUN cargo build --release
 *
 * FROM gcr.io/distroless/cc-debian13:nonroot
 * WORKDIR /src
 * COPY --from=build /src/target/release/server /src/target/release/server
 * CMD ["./target/release/server"]
 * ```
 * ```dockerfile bad
 * FROM «rust:1.90-alpine»
 * WORKDIR /src
 * COPY . .
 * RUN cargo build --release --target=x86_64-unknown-linux-musl
 * CMD ["/src/target/x86_64-unknown-linux-musl/release/server"]
 * ```
 * > The image ships all of rust, which only the build needs
 * ```dockerfile fixed
 * FROM rust:1.90-alpine AS build
 * WORKDIR /src
 * COPY . .
 * RUN cargo build --release --target=x86_64-unknown-linux-musl
 *
 * FROM gcr.io/distroless/static-debian13:nonroot
 * COPY --from=build /src/target/x86_64-unknown-linux-musl/release/server /src/target/x86_64-unknown-linux-musl/release/server
 * CMD ["/src/target/x86_64-unknown-linux-musl/release/server"]
 * ```
 * There is no fix if the program, the libraries it is linked against, or its needs at run time are unclear:
 * ```dockerfile bad
 * FROM «golang:1.23-alpine»
 * WORKDIR /src
 * COPY . .
 * RUN go build -o /app .
 * CMD ["/app"]
 * ```
 * > The image ships all of golang, which only the build needs
 * ```dockerfile bad
 * FROM «golang:1.23»
 * COPY . /src
 * RUN cd /src && CGO_ENABLED=0 go build -o /app .
 * CMD ["/app"]
 * ```
 * > The image ships all of golang, which only the build needs
 * ```dockerfile bad
 * FROM «golang:1.23»
 * WORKDIR /app
 * COPY . .
 * RUN CGO_ENABLED=0 go build
 * CMD ["./app"]
 * ```
 * > The image ships all of golang, which only the build needs
 * ```dockerfile bad
 * FROM «golang:1.23»
 * RUN apt-get update && apt-get install -y ffmpeg
 * COPY . .
 * RUN export CGO_ENABLED=0 && go build -o /app .
 * CMD ["/app"]
 * ```
 * > The image ships all of golang, which only the build needs
 * ```dockerfile bad
 * FROM «golang:1.23»
 * COPY . .
 * RUN export CGO_ENABLED=0 && go build -o /app .
 * HEALTHCHECK CMD ["curl", "-f", "http://localhost:8080/"]
 * CMD ["/app"]
 * ```
 * > The image ships all of golang, which only the build needs
 * ```dockerfile bad
 * FROM «golang:1.23»
 * ENV MODE=production
 * COPY . .
 * RUN CGO_ENABLED=0 go build -o /app .
 * CMD ["/app"]
 * ```
 * > The image ships all of golang, which only the build needs
 * The tools of other languages are reported too:
 * ```dockerfile bad
 * FROM «gradle:8-jdk21»
 * WORKDIR /src
 * COPY . .
 * RUN gradle bootJar
 * CMD ["java", "-jar", "/src/build/libs/app.jar"]
 * ```
 * > The image ships all of gradle, which only the build needs
 * ```dockerfile bad
 * FROM «mcr.microsoft.com/dotnet/sdk:9.0»
 * WORKDIR /src
 * COPY . .
 * RUN mkdir /app && dotnet publish -o /app
 * ENTRYPOINT ["dotnet", "/app/server.dll"]
 * ```
 * > The image ships all of mcr.microsoft.com/dotnet/sdk, which only the build needs
 * ```dockerfile bad
 * FROM «gcc:14»
 * COPY main.c /src/
 * RUN gcc -o /app /src/main.c
 * CMD ["/app"]
 * ```
 * > The image ships all of gcc, which only the build needs
 * ```dockerfile bad
 * FROM «swift:6.0»
 * WORKDIR /src
 * COPY . .
 * RUN swift build -c release
 * CMD ["/src/.build/release/server"]
 * ```
 * > The image ships all of swift, which only the build needs
 * ```dockerfile bad
 * FROM «node:22»
 * WORKDIR /src
 * COPY . .
 * RUN npm ci && npx tsc
 * CMD ["node", "dist/main.js"]
 * ```
 * > The image ships the compilers of node, but what they build also runs on a slim variant
 * ```dockerfile bad
 * FROM «node:22»
 * WORKDIR /src
 * COPY . .
 * RUN npm install -g typescript && mkdir dist && tsc
 * CMD ["node", "dist/main.js"]
 * ```
 * > The image ships the compilers of node, but what they build also runs on a slim variant
 * Other subcommands of a tool build nothing, and the image may need what other tools install:
 * ```dockerfile bad
 * FROM «golang:1.23»
 * WORKDIR /src
 * COPY . .
 * RUN go mod download
 * RUN CGO_ENABLED=0 go build -o app .
 * CMD ["./app"]
 * ```
 * > The image ships all of golang, which only the build needs
 * ```dockerfile fixed
 * FROM golang:1.23 AS build
 * WORKDIR /src
 * COPY . .
 * RUN go mod download
 * RUN CGO_ENABLED=0 go build -o app .
 *
 * FROM gcr.io/distroless/static-debian13:nonroot
 * WORKDIR /src
 * COPY --from=build /src/app /src/app
 * CMD ["./app"]
 * ```
 * ```dockerfile bad
 * FROM «rust:1.90»
 * WORKDIR /src
 * COPY . .
 * RUN cargo fetch && pip install awscli
 * RUN --mount=type=cache,target=/src/target cargo build --release && cp target/release/server /server
 * CMD ["/server"]
 * ```
 * > The image ships all of rust, which only the build needs
 * ```dockerfile bad
 * FROM «rust:1.90»
 * WORKDIR /src
 * COPY . .
 * RUN --mount=type=cache,target=/src/target cargo build --release
 * CMD ["/src/target/release/server"]
 * ```
 * > The image ships all of rust, which only the build needs
 * ```dockerfile bad
 * FROM «mcr.microsoft.com/dotnet/sdk:9.0»
 * WORKDIR /src
 * COPY . .
 * RUN dotnet restore && dotnet build -o /app
 * ENTRYPOINT ["dotnet", "/app/server.dll"]
 * ```
 * > The image ships all of mcr.microsoft.com/dotnet/sdk, which only the build needs
 * ```dockerfile bad
 * FROM «rust:1.90-alpine»
 * WORKDIR /src
 * COPY . .
 * RUN cargo build --release
 * CMD ["/src/target/release/server"]
 * ```
 * > The image ships all of rust, which only the build needs
 * ```dockerfile bad
 * FROM «golang:1.23»
 * WORKDIR /src
 * COPY . .
 * CMD ["/app"]
 * RUN CGO_ENABLED=0 go build -o /app .
 * ```
 * > The image ships all of golang, which only the build needs
 * The image may need what another package manager installs, and it may start another program:
 * ```dockerfile bad
 * FROM «golang:1.23»
 * WORKDIR /src
 * COPY . .
 * RUN pip install awscli && CGO_ENABLED=0 go build -o /app .
 * CMD ["/app"]
 * ```
 * > The image ships all of golang, which only the build needs
 * ```dockerfile bad
 * FROM «golang:1.23»
 * WORKDIR /src
 * COPY . .
 * RUN go install ./cmd/server
 * CMD ["/go/bin/server"]
 * ```
 * > The image ships all of golang, which only the build needs
 * ```dockerfile bad
 * FROM «golang:1.23»
 * COPY . .
 * RUN go build -o app .
 * CMD ["./app"]
 * ```
 * > The image ships all of golang, which only the build needs
 * ```dockerfile fixed
 * FROM golang:1.23 AS build
 * COPY . .
 * RUN go build -o app .
 *
 * FROM gcr.io/distroless/base-debian13:nonroot
 * WORKDIR /go
 * COPY --from=build /go/app /go/app
 * CMD ["./app"]
 * ```
 * Where it is not clear that the output runs alone, the profile `strict` reports it as a hint:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM «node:24»
 * WORKDIR /app
 * COPY . .
 * RUN npm ci && npm run build
 * CMD ["npm", "start"]
 * ```
 * > The image ships the compilers of node, but what they build also runs on a slim variant
 * A JDK is for javac, which the build tools use; to run needs a JRE alone:
 * ```dockerfile bad
 * FROM «eclipse-temurin:21-jdk»
 * WORKDIR /app
 * COPY . .
 * RUN ./mvnw package
 * CMD ["java", "-jar", "target/app.jar"]
 * ```
 * > The image ships all of eclipse-temurin, which only the build needs
 * ```dockerfile good
 * FROM eclipse-temurin:21-jdk
 * COPY . /app
 * RUN make -C /app
 * CMD ["java", "-jar", "/app/app.jar"]
 * ```
 *
 * @skip onbuild what a later build makes is not known
 */
export default defineRule({
  id: 'final-stage-sdk-image',
  summary: 'The image ships the compiler it was built with',
  category: 'stage',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  options: { profile: sharedOptions.profile },

  *check({ model, facts, options: { profile } }) {
    const stage = model.finalStage;
    const image = stage?.chain.at(-1)?.image;
    if (!stage || !image || stage.base.sdk === undefined) return;
    // Without a program to start, the image is made to build in.
    const { kind } = whatRuns(model, stage);
    if (kind === 'nothing' || kind === 'unknown' || startsWithSdk(model, stage)) return;
    // A tool may be made with what a stage below it has built.
    const made = kind === 'program' ? stage.chain : [stage];
    const builds =
      stage.base.sdk === 'node' ? buildsScripts : stage.base.sdk === 'java' ? compilesJava : compiles;
    const build = model.commands.find(
      ({ program, args, instruction }) =>
        instruction.keyword === 'RUN' &&
        made.some(({ instructions }) => instructions.includes(instruction)) &&
        builds(
          program,
          args.map(({ value }) => value ?? ''),
        ),
    );
    const isOpen = stage.base.sdk === 'node' && !startsOutput(model, stage);
    if (!build || (isOpen && profile !== 'strict')) return;
    yield {
      at: image.span,
      message:
        stage.base.sdk === 'node'
          ? 'The image ships the compilers of node, but what they build also runs on a slim variant'
          : `The image ships all of ${stage.base.name ?? ''}, which only the build needs`,
      severity: isOpen ? 'hint' : undefined,
      quiet: quietForTests(facts),
      related: [{ at: build.span, message: 'The program is built here' }],
      fix: runtimeStage(model, stage),
    };
  },
});

/** `go run`, `mvn spring-boot:run`: then the image needs the tool. */
function startsWithSdk(model: Model, stage: Stage): boolean {
  return startedCommands(model, stage).some(({ program, args }) =>
    tells(
      sdkRunners,
      program,
      args.map(({ value }) => value),
    ),
  );
}

/** `node dist/main.js`: only then it is clear that the build output runs, and not the build tools. */
function startsOutput(model: Model, stage: Stage): boolean {
  return startedCommands(model, stage).some(
    ({ program, args }) =>
      program === 'node' &&
      args.some(({ value }) =>
        /^(?:[\w./-]*\/)?(?:dist|build|out|lib|\.output|\.next)\/[\w./-]+$/.test(value ?? ''),
      ),
  );
}
