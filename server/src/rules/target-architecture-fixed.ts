import { defineRule } from '../core/lint/rule';
import type { Model, Stage } from '../core/lint/rule';
import { shippedStage } from '../core/analysis/runtime/shipped-stage';
import { whatRuns } from '../core/analysis/runtime/what-runs';
import type { Command } from '../core/shell/types';
import type { Span } from '../core/text/span';

/**
 * A build takes the images of the machine's own processor, but a compiler that is told another one makes a program for that
 * one. On an Arm machine the linker is missing, or the image is for Arm and holds a program for x86: "exec format error".
 *
 * ```dockerfile bad
 * FROM golang:1.27-trixie AS build
 * WORKDIR /src
 * COPY . .
 * RUN CGO_ENABLED=0 GOOS=linux «GOARCH=amd64» go build -trimpath -o /out/app .
 * FROM gcr.io/distroless/static-debian13:nonroot
 * COPY --from=build /out/app /app
 * ENTRYPOINT ["/app"]
 * ```
 * > The program is for amd64, whatever the processor of the image: on another one it does not start
 * ```dockerfile bad
 * FROM rust:1.98-alpine3.24 AS build
 * WORKDIR /src
 * COPY . .
 * RUN cargo build --release --target «x86_64-unknown-linux-musl»
 * FROM scratch
 * COPY --from=build /src/target/x86_64-unknown-linux-musl/release/app /app
 * USER 65532
 * ENTRYPOINT ["/app"]
 * ```
 * > The program is for x86_64, whatever the processor of the image: on another one it does not start
 * ```dockerfile bad
 * FROM golang:1.27-trixie AS build
 * ENV CGO_ENABLED=0 «GOARCH=arm64»
 * RUN go build -trimpath -o /out/app .
 * FROM gcr.io/distroless/static-debian13:nonroot
 * COPY --from=build /out/app /app
 * ENTRYPOINT ["/app"]
 * ```
 * > The program is for arm64, whatever the processor of the image: on another one it does not start
 * ```dockerfile bad
 * FROM rust:1.98-alpine3.24 AS build
 * RUN cargo build --release «--target=aarch64-unknown-linux-musl»
 * FROM scratch
 * COPY --from=build /src/target/aarch64-unknown-linux-musl/release/app /app
 * USER 65532
 * ENTRYPOINT ["/app"]
 * ```
 * > The program is for aarch64, whatever the processor of the image: on another one it does not start
 * The rule accepts a platform that the file fixes, several targets, and a target that the build gives:
 * ```dockerfile good
 * FROM --platform=linux/amd64 golang:1.27-trixie AS build
 * RUN CGO_ENABLED=0 GOARCH=amd64 go build -trimpath -o /out/app .
 * FROM --platform=linux/amd64 gcr.io/distroless/static-debian13:nonroot
 * COPY --from=build /out/app /app
 * ENTRYPOINT ["/app"]
 * ```
 * ```dockerfile good
 * FROM golang:1.27-trixie AS build
 * ARG TARGETARCH
 * RUN CGO_ENABLED=0 GOARCH=$TARGETARCH go build -trimpath -o /out/app .
 * FROM gcr.io/distroless/static-debian13:nonroot
 * COPY --from=build /out/app /app
 * ENTRYPOINT ["/app"]
 * ```
 * ```dockerfile good
 * FROM golang:1.27-trixie AS build
 * RUN GOARCH=amd64 go build -trimpath -o /out/app . && GOARCH=arm64 go build -trimpath -o /out/app-arm .
 * FROM gcr.io/distroless/static-debian13:nonroot
 * COPY --from=build /out/ /app/
 * ENTRYPOINT ["/app/app"]
 * ```
 * ```dockerfile good
 * FROM golang:1.27-trixie AS build
 * RUN GOARCH=$ARCH go build -trimpath -o /out/app .
 * RUN go vet ./... && go build -trimpath -o /out/tool ./tool
 * RUN GOARCH=wasm GOOS=js go build -trimpath -o /out/page.wasm .
 * FROM rust:1.98 AS page
 * RUN cargo build --release --target wasm32-unknown-unknown
 * RUN cargo build --release --target $TRIPLE
 * FROM gcr.io/distroless/static-debian13:nonroot
 * COPY --from=build /out/app /app
 * ENTRYPOINT ["/app"]
 * ```
 * ```dockerfile good
 * FROM amd64/golang:1.27-trixie
 * RUN GOARCH=amd64 go build -trimpath -o /out/app .
 * USER 10001
 * CMD ["/out/app"]
 * ```
 * ```dockerfile good
 * FROM golang:1.27-trixie AS build
 * RUN GOARCH=arm64 go build -trimpath -o /out/app .
 * FROM balenalib/aarch64-debian:bookworm
 * COPY --from=build /out/app /app
 * ENTRYPOINT ["/app"]
 * ```
 * ```dockerfile good
 * FROM golang:1.27-trixie AS build
 * RUN GOARCH=amd64 go build -trimpath -o /out/app .
 * FROM scratch
 * COPY --from=build /out/app /app
 * ```
 *
 * @skip onbuild the copy is then made in another build
 */
export default defineRule({
  id: 'target-architecture-fixed',
  summary: 'A program is compiled for one processor, whatever the image is for',
  category: 'build',
  severity: 'info',
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['goarch', 'target'],

  *check({ model }) {
    // A file that names the target anywhere cares for it in a way of its own.
    if (/TARGETARCH|TARGETPLATFORM|BUILDPLATFORM|--platform/.test(model.document.text)) return;
    const stage = shippedStage(model);
    if (!stage || stage.base.platform?.architecture !== undefined || namesProcessor(stage)) return;
    const targets = [...fixedTargets(model)];
    const [first] = targets;
    // Several programs, each for another processor, are a choice.
    if (!first || new Set(targets.map(({ processor }) => processor)).size > 1) return;
    if (whatRuns(model, stage).kind !== 'program') return;
    yield {
      at: first.at,
      message: `The program is for ${first.processor}, whatever the processor of the image: on another one it does not start`,
    };
  },
});

/** Whether the name of the base says for which processor it is: `balenalib/aarch64-debian`. */
function namesProcessor({ chain }: Stage): boolean {
  const [image] = chain.at(-1)?.from?.words ?? [];
  return /amd64|arm|aarch64|x86|rpi|raspberry/.test(image?.value ?? '');
}

interface FixedTarget {
  /** As the compiler calls it. */
  readonly processor: string;
  readonly at: Span;
}

function* fixedTargets(model: Model): Generator<FixedTarget> {
  for (const command of model.commandsNamed('go', 'cargo').slice(0, most)) {
    const [verb] = command.args;
    if (command.instruction.keyword !== 'RUN' || !/^(?:build|install)$/.test(verb?.value ?? '')) continue;
    const target = command.program === 'go' ? goTarget(model, command) : cargoTarget(command);
    if (target && usual.test(target.processor)) yield target;
  }
}

/** More commands than this are not looked at. */
const most = 50;

/** Processors of machines that build and run containers. */
const usual = /^(?:amd64|arm64|x86_64|aarch64)$/;

function goTarget(model: Model, { assignments, instruction }: Command): FixedTarget | undefined {
  const own = assignments.find(({ name }) => name === 'GOARCH');
  if (own) {
    const processor = own.value?.value;
    return processor === undefined ? undefined : { processor, at: own.span };
  }
  const set = model.environmentAt(instruction);
  const processor = set.env.get('GOARCH');
  // What the command line can replace is no fixed target.
  if (processor === undefined || set.args.has('GOARCH')) return undefined;
  const pair = model
    .instructionsOf('ENV')
    .flatMap(({ pairs }) => pairs)
    .find(({ key }) => key.value === 'GOARCH');
  return pair && { processor, at: pair.span };
}

function cargoTarget({ args }: Command): FixedTarget | undefined {
  const at = args.findIndex(({ value }) => /^--target(?:=|$)/.test(value ?? ''));
  const option = args[at];
  const word = option?.value === '--target' ? args[at + 1] : option;
  const [, processor] = /^(?:--target=)?(\w+)-\w+-linux-/.exec(word?.value ?? '') ?? [];
  return word && processor !== undefined ? { processor, at: word.span } : undefined;
}
