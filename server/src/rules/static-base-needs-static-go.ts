import { defineRule } from '../core/lint/rule';
import type { Model } from '../core/lint/rule';
import { goOutputs, staticBaseName, staticBuilds } from '../core/analysis/runtime/static-bases';
import { hasCompiler } from '../core/analysis/images/built-programs';
import type { Command } from '../core/shell/types';

/**
 * With a C compiler at hand, Go links programs that use the network or look up users against the C library. An image
 * without one cannot start such a program: "no such file or directory".
 *
 * ```dockerfile bad
 * FROM golang:1.23 AS build
 * WORKDIR /src
 * COPY . .
 * RUN GOOS=linux go «build» -o /out/app ./cmd/app && \
 *     # a tool
 *     go «install» ./cmd/tool
 * FROM gcr.io/distroless/static-debian12:nonroot
 * COPY --from=build /out/app /go/bin/tool /
 * ENTRYPOINT ["/app"]
 * ```
 * > The program may need the C library, which gcr.io/distroless/static-debian12 does not have
 * ```dockerfile fixed
 * FROM golang:1.23 AS build
 * WORKDIR /src
 * COPY . .
 * RUN GOOS=linux CGO_ENABLED=0 go build -o /out/app ./cmd/app && \
 *     # a tool
 *     CGO_ENABLED=0 go install ./cmd/tool
 * FROM gcr.io/distroless/static-debian12:nonroot
 * COPY --from=build /out/app /go/bin/tool /
 * ENTRYPOINT ["/app"]
 * ```
 * Go before 1.20 needs no compiler for that, so its Alpine images do the same:
 * ```dockerfile bad
 * FROM golang:1.19-alpine AS build
 * WORKDIR /src
 * COPY . .
 * RUN go «build» . && mv app /usr/local/bin/server
 * FROM scratch
 * COPY --from=build /usr/local/bin/server /server
 * CMD ["/server"]
 * ```
 * > The program may need the C library, which scratch does not have
 * ```dockerfile fixed
 * FROM golang:1.19-alpine AS build
 * WORKDIR /src
 * COPY . .
 * RUN CGO_ENABLED=0 go build . && mv app /usr/local/bin/server
 * FROM scratch
 * COPY --from=build /usr/local/bin/server /server
 * CMD ["/server"]
 * ```
 * `go install` writes to `GOBIN`, if that is set:
 * ```dockerfile bad
 * FROM golang:1.23 AS build
 * ENV GOBIN=/out
 * RUN go «install» ./cmd/app
 * FROM scratch
 * COPY --from=build /out/app /app
 * CMD ["/app"]
 * ```
 * > The program may need the C library, which scratch does not have
 * ```dockerfile fixed
 * FROM golang:1.23 AS build
 * ENV GOBIN=/out
 * RUN CGO_ENABLED=0 go install ./cmd/app
 * FROM scratch
 * COPY --from=build /out/app /app
 * CMD ["/app"]
 * ```
 * A program that says it needs C has to be linked statically, or needs another base:
 * ```dockerfile bad
 * FROM golang:1.23-alpine AS build
 * RUN apk add --no-cache build-base=0.5-r3
 * RUN go «build» -o /app .
 * FROM scratch
 * COPY --from=build /app /app
 * CMD ["/app"]
 * ```
 * > The program may need the C library, which scratch does not have
 * ```dockerfile fixed
 * FROM golang:1.23-alpine AS build
 * RUN apk add --no-cache build-base=0.5-r3
 * RUN CGO_ENABLED=0 go build -o /app .
 * FROM scratch
 * COPY --from=build /app /app
 * CMD ["/app"]
 * ```
 * ```dockerfile bad
 * FROM golang:1.23-alpine AS build
 * ENV CGO_ENABLED=1
 * RUN apk add --no-cache gcc=13.2.1_git20231014-r0 musl-dev=1.2.4_git20230717-r4
 * RUN ["go", "«build»", "-o", "/app", "."]
 * FROM scratch
 * COPY --from=build /app /app
 * CMD ["/app"]
 * ```
 * > The program may need the C library, which scratch does not have
 * The rule accepts cgo switched off, static linking, and images with a C library:
 * ```dockerfile good
 * FROM golang:1.23 AS off
 * RUN CGO_ENABLED=0 go build -o /a . && export CGO_ENABLED=0 && go build -o /b .
 * RUN go build -ldflags '-linkmode external -extldflags "-static"' -o /c . && go build -tags netgo,osusergo -o /d .
 * RUN go build $FLAGS -o /e . && go build -o "$OUT" .
 * ENV CGO_ENABLED=0
 * RUN go build -o /f .
 * FROM golang:1.23 AS flags
 * ENV GOFLAGS=-mod=vendor
 * RUN go vet && go build -o /h .
 * FROM example.com/golang:1.23 AS unknown
 * RUN go build -o /i .
 * FROM golang:1.23-alpine AS alpine
 * RUN go build -o /g .
 * FROM golang:1.23 AS build
 * WORKDIR /src
 * RUN go build -o /app . && go build -o /plugin.so . && make tool
 * FROM scratch
 * COPY --from=off /a /b /c /d /e /f /
 * COPY --from=alpine /g /
 * COPY --from=flags /h /
 * COPY --from=unknown /i /
 * COPY --from=build /etc/ssl/certs/ca-certificates.crt /src/x$Y /etc/
 * CMD ["/a"]
 * FROM scratch
 * COPY --from=build /lib /lib
 * COPY --from=build /app /app
 * CMD ["/app"]
 * FROM scratch AS export
 * COPY --from=build /app /app
 * FROM gcr.io/distroless/base-debian12
 * COPY --from=build /app /app
 * CMD ["/app"]
 * ```
 *
 * @skip onbuild the copy is then made in another build
 */
export default defineRule({
  id: 'static-base-needs-static-go',
  summary: 'A Go program may need the C library that its image lacks',
  category: 'image',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['go'],

  *check({ model }) {
    const builds = model.commandsNamed('go').filter((command) => mayLinkC(model, command));
    const outputsOf = (command: Command): readonly string[] => goOutputs(model, command);
    for (const { command: build, stage, source } of staticBuilds(model, builds, outputsOf)) {
      const at = build.span.start;
      const wanted = cgoAt(model, build) === '1' || !build.script || !build.editable;
      const [verb] = build.args;
      // The command has one: see mayLinkC.
      if (verb)
        yield {
          at: verb.span,
          message: `The program may need the C library, which ${staticBaseName(stage)} does not have`,
          related: [{ at: source.span, message: 'Copied into an image without a C library' }],
          fix: wanted
            ? undefined
            : { title: 'Build it without C', edits: [{ start: at, end: at, text: 'CGO_ENABLED=0 ' }] },
        };
    }
  },
});

/** Whether a command builds a program that Go links against the C library if it can. */
function mayLinkC(model: Model, command: Command): boolean {
  const { instruction, args, script } = command;
  const [verb] = args;
  if (instruction.keyword !== 'RUN' || (verb?.value !== 'build' && verb?.value !== 'install')) return false;
  const isStatic = args.some(
    ({ text, splits, prefix }) =>
      /-static\b|netgo|osusergo|-buildmode/.test(text) ||
      (splits && prefix === '') ||
      /flags.*[$`]/i.test(text),
  );
  if (isStatic || /export\s+(?:\w+=\S*\s+)*CGO_ENABLED=["']?0|GOFLAGS|CGO_LDFLAGS/.test(script?.text ?? ''))
    return false;
  const cgo = cgoAt(model, command);
  if (cgo !== undefined) return cgo === '1';
  const { variables } = model.environmentAt(instruction);
  if (variables.has('GOFLAGS')) return false;
  const base = model.stageOf(instruction)?.base;
  if (base?.name !== 'golang') return false;
  return base.libc === 'glibc' || isBefore120(model, command) || hasCompiler(model, instruction);
}

/** Undefined if nothing sets it, `''` if its value is not known. */
function cgoAt(model: Model, { instruction, assignments }: Command): string | undefined {
  const own = assignments.find(({ name }) => name === 'CGO_ENABLED');
  if (own) return own.value?.value ?? '';
  const set = model.environmentAt(instruction).variables.get('CGO_ENABLED');
  return set && (set.value ?? '');
}

function isBefore120(model: Model, { instruction }: Command): boolean {
  const tag = model.stageOf(instruction)?.chain.at(-1)?.image?.tag?.text ?? '';
  return /^1\.1?\d(?!\d)/.test(tag);
}
