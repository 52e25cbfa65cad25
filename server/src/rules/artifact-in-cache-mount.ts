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
 * The folder itself is empty in the layer too:
 * ```dockerfile bad
 * FROM node:22 AS build
 * WORKDIR /app
 * COPY package.json package-lock.json ./
 * RUN --mount=type=cache,target=node_modules npm ci
 * FROM maven:3.9-eclipse-temurin-21 AS jar
 * WORKDIR /app
 * COPY . .
 * RUN --mount=type=cache,target=/root/.m2 --mount=type=cache,target=/app/target mvn package
 * FROM node:22
 * COPY --from=build «/app/node_modules» /app/node_modules
 * COPY --from=jar «/app/target/*.jar» /srv/
 * ```
 * > /app/node_modules is only in the cache mount of line 4, so nothing is found here
 * > /app/target is only in the cache mount of line 8, so nothing is found here
 * ```dockerfile fixed
 * FROM node:22 AS build
 * WORKDIR /app
 * COPY package.json package-lock.json ./
 * RUN --mount=type=cache,target=node_modules npm ci && mkdir -p /out && cp -r /app/node_modules /out/
 * FROM maven:3.9-eclipse-temurin-21 AS jar
 * WORKDIR /app
 * COPY . .
 * RUN --mount=type=cache,target=/root/.m2 --mount=type=cache,target=/app/target mvn package
 * FROM node:22
 * COPY --from=build /out/node_modules /app/node_modules
 * COPY --from=jar /app/target/*.jar /srv/
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
 * Other steps may look for it, too:
 * ```dockerfile bad
 * FROM rust:1.82 AS build
 * WORKDIR /src
 * COPY src src
 * RUN --mount=type=cache,target=/src/target cargo build --release
 * RUN strip «target/release/app»
 * ```
 * > /src/target/release/app is only in the cache mount of line 4, so nothing is found here
 * ```dockerfile bad
 * FROM rust:1.82 AS build
 * WORKDIR /src
 * COPY src src
 * RUN --mount=type=cache,target=/src/target cargo build --release
 * FROM debian:12
 * RUN --mount=type=bind,from=build,«source=/src/target/release»,target=/mnt cp /mnt/app /app
 * ```
 * > /src/target/release is only in the cache mount of line 4, so nothing is found here
 * Where another step may have written the file into the layer, too, the profile `strict` has a hint:
 * ```dockerfile bad severity="hint"
 * FROM rust:1.82
 * WORKDIR /app
 * RUN ./prepare app
 * RUN --mount=type=cache,target=/app/target cargo build --locked --release
 * RUN mv «target/release/app» /usr/local/bin/app
 * ```
 * > /app/target/release/app is only in the cache mount of line 4, so nothing is found here
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
        ...(!lost.isCertain && { severity: 'hint', quiet: true }),
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
  // `install` takes no folder.
  const copying = isFile.test(path)
    ? `install -D ${path} /out/${name}`
    : `mkdir -p /out && cp -r ${path} /out/`;
  const added = appendToScript(model, script, copying);
  return added && { title: 'Copy it into the layer', edits: [added, replace(span, `/out/${name}`)] };
}

/** A program that cargo builds, or a name with an ending. */
const isFile = /\/(?:release|debug)\/[^/]+$|[^/]\.[a-z]\w*$/;

function isPlain(path: string): boolean {
  return /^[\w./+-]+$/.test(path);
}
