import { defineRule } from '../core/lint/rule';
import type { Finding, Model, Stage } from '../core/lint/rule';
import {
  cacheFolder,
  cacheMountsOf,
  isMountedOver,
  overlaps,
  toolUses,
  isOffline,
} from '../core/analysis/packages/tool-caches';
import type { CacheMount, ToolUse } from '../core/analysis/packages/tool-caches';
import { addMounts } from '../core/fixes/add-mounts';

/**
 * What a step fetches into a cache mount is not part of the layer. A later step that needs it has to mount the same
 * cache, or it fetches everything again.
 *
 * ```dockerfile bad
 * FROM golang:1.23-alpine AS build
 * WORKDIR /src
 * COPY go.mod go.sum ./
 * RUN --mount=type=cache,target=/root/.cache/go-build \
 *     --mount=type=cache,target=/go/pkg/mod \
 *     go mod download
 * COPY . .
 * RUN --mount=type=cache,target=/root/.cache/go-build \
 *     # the server
 *     CGO_ENABLED=0 go «build» -trimpath -o /out/app ./cmd/app
 * FROM build
 * RUN go «test» ./...
 * ```
 * > go fetches everything again, because only line 6 mounts the cache at /go/pkg/mod
 * ```dockerfile fixed
 * FROM golang:1.23-alpine AS build
 * WORKDIR /src
 * COPY go.mod go.sum ./
 * RUN --mount=type=cache,target=/root/.cache/go-build \
 *     --mount=type=cache,target=/go/pkg/mod \
 *     go mod download
 * COPY . .
 * RUN --mount=type=cache,target=/root/.cache/go-build \
 *     --mount=type=cache,target=/go/pkg/mod \
 *     # the server
 *     CGO_ENABLED=0 go build -trimpath -o /out/app ./cmd/app
 * FROM build
 * RUN --mount=type=cache,target=/go/pkg/mod \
 *     go test ./...
 * ```
 * ```dockerfile bad
 * FROM rust:1.82
 * RUN --mount=type=cache,id=crates,target=/usr/local/cargo/registry cargo fetch --locked
 * RUN ["cargo", "«build»", "--locked"]
 * ```
 * > cargo fetches everything again, because only line 2 mounts the cache at /usr/local/cargo/registry
 * ```dockerfile fixed
 * FROM rust:1.82
 * RUN --mount=type=cache,id=crates,target=/usr/local/cargo/registry cargo fetch --locked
 * RUN --mount=type=cache,id=crates,target=/usr/local/cargo/registry ["cargo", "build", "--locked"]
 * ```
 * The rule accepts a fetch into the layer, another tool, and what the step does not need:
 * ```dockerfile good
 * FROM golang:1.23
 * RUN --mount=type=cache,target=/go/pkg/mod go mod download
 * RUN --mount=type=cache,target=/go/pkg/mod,ro go build -o /app .
 * RUN go install example.com/tool@v1.2.3 && go build -mod=vendor . && cargo build
 * FROM debian:12
 * RUN true
 * FROM golang:1.23
 * RUN go mod download
 * RUN --mount=type=cache,target=/go/pkg/mod go mod download
 * RUN go build -o /app .
 * FROM rust:1.82
 * RUN --mount=type=cache,target=/cache cargo fetch
 * RUN cargo build
 * FROM acme/tools
 * RUN --mount=type=cache,target=/go/pkg/mod go mod download
 * RUN go build -o /app .
 * ```
 * ```dockerfile good
 * FROM python:3.13-slim
 * RUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt
 * RUN pip install flask==3.1.0
 * ```
 * Without the network, the step has nothing to work with. In the image of Gradle, the folder of root is a link to that of its
 * user:
 * ```dockerfile bad
 * FROM rust:1.82
 * RUN --mount=type=cache,target=/usr/local/cargo/registry cargo fetch
 * RUN cargo «build» --offline
 * FROM gradle:8
 * RUN --mount=type=cache,target=/home/gradle/.gradle/caches gradle dependencies
 * RUN gradle «build»
 * ```
 * > cargo finds nothing to work with, because only line 2 mounts the cache at /usr/local/cargo/registry
 * > gradle fetches everything again, because only line 5 mounts the cache at /home/gradle/.gradle/caches
 * ```dockerfile fixed
 * FROM rust:1.82
 * RUN --mount=type=cache,target=/usr/local/cargo/registry cargo fetch
 * RUN --mount=type=cache,target=/usr/local/cargo/registry \
 *     cargo build --offline
 * FROM gradle:8
 * RUN --mount=type=cache,target=/home/gradle/.gradle/caches gradle dependencies
 * RUN --mount=type=cache,target=/home/gradle/.gradle/caches \
 *     gradle build
 * ```
 *
 * @skip onbuild the trigger runs in another build
 */
export default defineRule({
  id: 'cache-mount-not-repeated',
  summary: 'A step fetches again what is in a cache mount of an earlier one',
  category: 'package',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['mount'],

  *check({ model }) {
    const uses = new Map<Stage, ToolUse[]>();
    for (const use of toolUses(model)) {
      const stage = model.stageOf(use.command.instruction);
      if (!stage || !use.tool.fetches || use.command.instruction.onbuild) continue;
      const own = uses.get(stage);
      if (own) own.push(use);
      else uses.set(stage, [use]);
    }
    if (uses.size === 0) return;
    const fetched = new Map<Stage, Map<string, Fetch>>();
    for (const stage of model.stages) {
      const inherited = (stage.parent && fetched.get(stage.parent)) ?? new Map<string, Fetch>();
      const own = uses.get(stage);
      const known = own ? new Map(inherited) : inherited;
      fetched.set(stage, known);
      for (const use of own ?? []) yield* repeated(model, use, known);
    }
  },
});

/** @param known what the stage and its parents have fetched so far, by tool */
function* repeated(model: Model, use: ToolUse, known: Map<string, Fetch>): Generator<Finding> {
  const { command, tool, verb } = use;
  const [downloads] = tool.folders;
  const folder = downloads && !isApart(use) ? cacheFolder(model, use, downloads) : undefined;
  if (folder === undefined) return;
  const earlier = known.get(tool.name);
  if (use.fetches) {
    // What lies in the layer is there for all.
    if (!earlier || earlier.mount) known.set(tool.name, { use, mount: mountOver(model, use, folder) });
    return;
  }
  if (!earlier?.mount || isMountedOver(model, command.instruction, folder)) return;
  const { flag } = earlier.mount;
  const line = model.document.lineAt(earlier.use.command.span.start) + 1;
  const effect = isOffline(use) ? 'finds nothing to work with' : 'fetches everything again';
  yield {
    at: verb.span,
    message: `${command.program} ${effect}, because only line ${line} mounts the cache at ${folder}`,
    related: [{ at: flag.span, message: 'This mount is missing here' }],
    fix: {
      title: 'Mount the same cache',
      edits: [addMounts(model, command.instruction, [model.document.slice(flag.span)])],
    },
  };
}

interface Fetch {
  readonly use: ToolUse;
  /** Undefined if what it fetches is in the layer. */
  readonly mount: CacheMount | undefined;
}

/** Whether a command needs nothing of what the project fetches. */
function isApart(use: ToolUse): boolean {
  const { command, mayBeElsewhere } = use;
  return (
    (mayBeElsewhere && !isOffline(use)) || command.args.some(({ text }) => /@v?\d|@latest|@\$/.test(text))
  );
}

function mountOver(model: Model, { command }: ToolUse, folder: string): CacheMount | undefined {
  return cacheMountsOf(model, command.instruction).find(
    ({ target }) => target !== undefined && overlaps(target, folder),
  );
}
