import { defineRule, replace } from '../core/lint/rule';
import type { Fix, Model } from '../core/lint/rule';
import { lostFiles } from '../core/analysis/layers/lost-files';
import type { LostFile } from '../core/analysis/layers/lost-files';
import { appendToScript } from '../core/shell/edits';
import { baseName } from '../core/text/paths';

/**
 * A cache mount is not part of the layer. What a step writes there is gone for `COPY --from` and for the next steps, so
 * the build fails: "not found".
 *
 * ```dockerfile bad
 * FROM rust:1.82 AS build
 * WORKDIR /src
 * COPY src src
 * RUN --mount=type=cache,target=/usr/local/cargo/registry \
 *     --mount=type=cache,target=/src/target \
 *     # the whole workspace
 *     cargo build --locked --release
 * FROM debian:12
 * COPY --from=build «/src/target/release/app» /app
 * ```
 * > /src/target/release/app is only in the cache mount of line 4, so nothing is found here
 * ```dockerfile fixed
 * FROM rust:1.82 AS build
 * WORKDIR /src
 * COPY src src
 * RUN --mount=type=cache,target=/usr/local/cargo/registry \
 *     --mount=type=cache,target=/src/target \
 *     # the whole workspace
 *     cargo build --locked --release && install -D /src/target/release/app /out/app
 * FROM debian:12
 * COPY --from=build /out/app /app
 * ```
 * A later step of the same stage finds nothing either:
 * ```dockerfile bad
 * FROM rust:1.82
 * WORKDIR /src
 * COPY src src
 * RUN --mount=type=cache,target=target cargo build --locked --release
 * RUN cp «target/release/app» /usr/local/bin/ && «./target/release/app» --version
 * ```
 * > /src/target/release/app is only in the cache mount of line 4, so nothing is found here
 * ```dockerfile good
 * FROM rust:1.82 AS build
 * WORKDIR /src
 * COPY src src
 * ARG DIR
 * RUN --mount=type=cache,target=/src/target cargo build --locked --release && cp target/release/app /app
 * RUN --mount=type=cache,target=/src/target cp target/release/tool /tool && ls /src/target
 * RUN --mount=type=cache,target=$DIR cargo build --locked --release
 * FROM rust:1.82 AS twice
 * WORKDIR /src
 * RUN --mount=type=cache,target=/src/target cargo build --locked --release
 * RUN cargo build --locked
 * FROM rust:1.82 AS made
 * WORKDIR /src
 * RUN --mount=type=cache,target=/src/target cargo build --locked --release
 * COPY prebuilt /src/target
 * FROM debian:12
 * COPY --from=build /app /tool /
 * COPY --from=twice /src/target/debug/app /app
 * COPY --from=made /src/target/release/app /app
 * COPY --from=build $DIR/x /x
 * ```
 *
 * @skip onbuild the copy is then made in another build
 */
export default defineRule({
  id: 'artifact-in-cache-mount',
  summary: 'A file is taken from a cache mount, which is not part of the layer',
  category: 'build',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['mount'],

  *check({ model }) {
    for (const lost of lostFiles(model)) {
      const { span, path, run, mount } = lost;
      const line = model.document.lineAt(run.span.start) + 1;
      yield {
        at: span,
        message: `${path} is only in the cache mount of line ${line}, so nothing is found here`,
        related: [{ at: mount.flag.span, message: 'What is below this target is not part of the layer' }],
        fix: copiedOut(model, lost),
      };
    }
  },
});

/** Lets the step that writes the file copy it into the layer, and takes it from there. */
function copiedOut(model: Model, { run, reader, span, path }: LostFile): Fix | undefined {
  const copy = model.copyOf(reader);
  const script = model.scriptsOf(run).at(-1);
  const source = copy?.sources.find((one) => one.span === span);
  const name = baseName(path);
  // A step that names the file already does something with it.
  if (
    !script ||
    !source ||
    source.glob ||
    !isPlain(path) ||
    script.text.includes(name) ||
    model.environmentAt(run).isRoot === false
  )
    return undefined;
  const added = appendToScript(model, script, `install -D ${path} /out/${name}`);
  return added && { title: 'Copy it into the layer', edits: [added, replace(span, `/out/${name}`)] };
}

function isPlain(path: string): boolean {
  return /^[\w./+-]+$/.test(path);
}
