import { optionValue } from '../core/analysis/commands/options';
import { defineRule } from '../core/lint/rule';
import type { Model, Stage } from '../core/lint/rule';
import type { Command } from '../core/shell/types';
import { isBelow, resolvePath } from '../core/text/paths';

/**
 * A stage with `--platform=$BUILDPLATFORM` runs on the processor of the builder, and its compiler makes programs for
 * that one. An image for another processor gets a program that stops with "exec format error".
 *
 * ```dockerfile bad
 * FROM --platform=$BUILDPLATFORM golang:1.27-trixie AS build
 * WORKDIR /src
 * COPY . .
 * RUN CGO_ENABLED=0 «go build» -o /out/app ./cmd/app
 * FROM gcr.io/distroless/static-debian13:nonroot
 * COPY --from=build /out/app /app
 * ```
 * > go compiles for the builder's processor here, and the image may be for another one. Set GOOS=$TARGETOS GOARCH=$TARGETARCH
 * ```dockerfile good
 * FROM --platform=$BUILDPLATFORM golang:1.27-trixie AS build
 * WORKDIR /src
 * COPY . .
 * ARG TARGETOS TARGETARCH
 * RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -o /out/app ./cmd/app
 * FROM gcr.io/distroless/static-debian13:nonroot
 * COPY --from=build /out/app /app
 * ```
 * ```dockerfile bad
 * FROM --platform=$BUILDPLATFORM rust:1.98-slim-trixie AS build
 * WORKDIR /src
 * COPY . .
 * RUN «cargo build» --release --locked
 * FROM gcr.io/distroless/cc-debian13:nonroot
 * COPY --from=build /src/target/release/app /app
 * ```
 * > cargo compiles for the builder's processor here, and the image may be for another one. Give --target for $TARGETARCH
 * What runs in the build alone, and what is for every processor, is fine:
 * ```dockerfile good
 * FROM --platform=$BUILDPLATFORM golang:1.27-trixie AS tools
 * RUN go build -o /out/generate ./cmd/generate && /out/generate > /out/data.json
 * FROM gcr.io/distroless/static-debian13:nonroot
 * COPY --from=tools /out/data.json /data.json
 * ```
 * ```dockerfile good
 * FROM golang:1.27-trixie AS build
 * RUN go build -o /out/app .
 * FROM gcr.io/distroless/static-debian13:nonroot
 * COPY --from=build /out/app /app
 * ```
 * ```dockerfile good
 * FROM --platform=$BUILDPLATFORM golang:1.27-trixie AS build
 * RUN go build -o /out/app .
 * FROM --platform=$BUILDPLATFORM debian:13-slim
 * COPY --from=build /out/app /app
 * ```
 * ```dockerfile good
 * FROM --platform=$BUILDPLATFORM golang:1.27-trixie AS build
 * RUN go vet ./... && go build ./... && cargo build --release --target x86_64-unknown-linux-musl
 * ARG FOLDER
 * WORKDIR $FOLDER
 * RUN go build -o app .
 * FROM gcr.io/distroless/static-debian13:nonroot
 * COPY --from=build /go/target/app /app
 * ```
 *
 * @skip onbuild what a later build copies is not known
 */
export default defineRule({
  id: 'cross-build-for-builder',
  summary: "A program is compiled for the builder's processor instead of the image's",
  category: 'build',
  severity: 'warning',
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['buildplatform'],

  *check({ model }) {
    // A file that names the target anywhere cares for it in a way of its own.
    if (/GOARCH|TARGETARCH|TARGETPLATFORM|TARGETOS|xx-|CARGO_BUILD_TARGET/.test(model.document.text)) return;
    for (const stage of model.stages) {
      if (!isForBuilder(stage)) continue;
      for (const command of model.commands) {
        if (command.instruction.onbuild || model.stageOf(command.instruction) !== stage) continue;
        const [verb] = command.args;
        const made = verb && madeBy(model, command);
        if (!verb || made === undefined || !isTaken(model, stage, made)) continue;
        const how =
          command.program === 'go'
            ? 'Set GOOS=$TARGETOS GOARCH=$TARGETARCH'
            : 'Give --target for $TARGETARCH';
        yield {
          at: { start: command.name.span.start, end: verb.span.end },
          message: `${command.program} compiles for the builder's processor here, and the image may be for another one. ${how}`,
        };
      }
    }
  },
});

function isForBuilder({ platform }: Stage): boolean {
  return platform?.value?.raw.includes('BUILDPLATFORM') === true;
}

/** Where a compiler puts its program; undefined for other commands, and where nobody says it. */
function madeBy(model: Model, { program, args, instruction }: Command): string | undefined {
  const workdir = model.environmentAt(instruction).workdir;
  if (args[0]?.value !== 'build' || workdir === undefined) return undefined;
  const out = (...names: readonly string[]): string | undefined => optionValue(args, ...names)?.text;
  if (program === 'go') {
    const file = out('-o');
    return file === undefined ? undefined : resolvePath(workdir, file);
  }
  if (program !== 'cargo' || args.some(({ text }) => text.startsWith('--target'))) return undefined;
  return resolvePath(workdir, 'target/release');
}

/** Whether a stage for the image's own platform copies it. */
function isTaken(model: Model, stage: Stage, made: string): boolean {
  return model.copies.some(
    (copy) =>
      copy.stage !== undefined &&
      !isForBuilder(copy.stage) &&
      copy.sources.some(
        (source) =>
          source.kind === 'stage' &&
          source.stage === stage &&
          source.path !== undefined &&
          (isBelow(`/${source.path}`, made) || isBelow(made, `/${source.path}`)),
      ),
  );
}
