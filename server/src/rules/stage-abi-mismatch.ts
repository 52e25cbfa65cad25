import {
  interpreterMismatch,
  libraryMismatch,
  nativeMismatch,
  pythonMismatch,
} from './stage-abi-mismatch.parts';
import { defineRule, sharedOptions } from '../core/lint/rule';

/**
 * A program needs the C library that it was linked against, and an interpreter finds only the packages of its own version.
 * Otherwise it does not start: "not found", "GLIBC_2.38 not found", "No module named …".
 *
 * ```dockerfile bad severity="info info warning warning info"
 * FROM golang:1.25 AS build
 * WORKDIR /src
 * RUN go build -o /out/app . && go install ./cmd/tool
 * FROM rust:1.90 AS server
 * WORKDIR /src
 * RUN cargo build --release
 * FROM alpine:3.22 AS helper
 * RUN gcc -o /helper main.c
 * FROM alpine:3.22
 * COPY --from=build «/out/app» «/go/bin/tool» /
 * COPY --from=server «/src/target/release/server» /
 * FROM debian:12
 * COPY --from=helper «/helper» /
 * FROM scratch
 * COPY --from=build «/go/bin/» /bin/
 * ```
 * > go links this program against glibc as soon as it uses net or cgo, but alpine:3.22 has musl
 * > go links this program against glibc as soon as it uses net or cgo, but alpine:3.22 has musl
 * > cargo links this program against glibc, but alpine:3.22 has musl, so it does not start
 * > gcc links this program against musl, but debian:12 has glibc, so it does not start
 * > go links this program against glibc as soon as it uses net or cgo, but scratch has no C library
 * A newer release builds programs that do not start on an older one, and Python packages lie in a folder for their version:
 * ```dockerfile bad
 * FROM rust:1.90-bookworm AS build
 * RUN cargo build --release
 * FROM python:3.12-slim AS deps
 * RUN python setup.py build
 * RUN pip install --prefix=/install flask && python -m venv /venv && pip install --user x
 * FROM debian:trixie-slim
 * RUN python3 -m venv /venv
 * COPY --from=build /target/release/app /app
 * FROM debian:bullseye-slim
 * COPY --from=build «/target/release/app» /app
 * FROM python:3.13-slim
 * COPY --from=deps «/usr/local/lib/python3.12/site-packages» /usr/local/lib/python3.12/site-packages
 * COPY --from=deps «/venv» /venv
 * COPY --from=deps «/install» /usr/local
 * COPY --from=deps /etc/hosts /app/hosts
 * COPY --from=deps «/root/.local» /root/.local
 * FROM gcr.io/distroless/python3-debian12
 * COPY --from=deps «/venv» /venv
 * FROM buildpack-deps:trixie AS tool
 * RUN gcc -o /tool main.c
 * FROM debian:bookworm
 * COPY --from=tool «/tool» /
 * FROM rust:1.90-trixie AS newest
 * RUN cargo build --release
 * FROM gcr.io/distroless/cc-debian12
 * COPY --from=newest «/target/release/app» /app
 * ```
 * > cargo links this program against the glibc of bookworm, which is newer than that of bullseye, so it may not start
 * > Python 3.12 installed this, but the image has Python 3.13, which does not look there
 * > Python 3.12 installed this, but the image has Python 3.13, which does not look there
 * > Python 3.12 installed this, but the image has Python 3.13, which does not look there
 * > Python 3.12 installed this, but the image has Python 3.13, which does not look there
 * > Python 3.12 installed this, but the image has Python 3.11, which does not look there
 * > gcc links this program against the glibc of trixie, which is newer than that of bookworm, so it may not start
 * > cargo links this program against the glibc of trixie, which is newer than that of debian12, so it may not start
 * Packages of Node.js and Python may hold parts that are compiled. The profile `strict` gives a hint:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM node:22-alpine AS deps
 * WORKDIR /app
 * RUN npm ci
 * FROM python:3.13-alpine AS venv
 * RUN python -m venv /venv
 * FROM node:22-slim
 * COPY --from=deps «/app/node_modules» /app/node_modules
 * COPY --from=deps «/app» /srv
 * FROM python:3.13-slim
 * COPY --from=venv «/venv» /venv
 * COPY --from=venv /etc/hosts /app/hosts
 * FROM alpine:3.22
 * COPY --from=venv /venv /venv
 * ```
 * > Compiled parts of these packages need musl, but node:22-slim has glibc
 * > Compiled parts of these packages need musl, but node:22-slim has glibc
 * > Compiled parts of these packages need musl, but python:3.13-slim has glibc
 * Go on Alpine uses C only if it is asked to:
 * ```dockerfile bad severity="info"
 * FROM golang:1.25-alpine AS build
 * RUN apk add --no-cache gcc musl-dev
 * ENV CGO_ENABLED=1
 * RUN go build -o /app .
 * FROM golang:1.25-alpine AS other
 * RUN CGO_ENABLED=1 GOOS=linux go build -o /other ./cmd/other
 * FROM golang:1.25-alpine AS third
 * RUN export CGO_ENABLED=1 && go build -o /third .
 * FROM debian:12-slim
 * COPY --from=build «/app» /app
 * COPY --from=other «/other» /other
 * COPY --from=third «/third» /third
 * FROM golang:1.25 AS glibc
 * RUN CGO_ENABLED=1 go build -o /app .
 * FROM alpine:3.22
 * COPY --from=glibc «/app» /app
 * ```
 * > go links this program against musl as soon as it uses net or cgo, but debian:12-slim has glibc
 * > go links this program against musl as soon as it uses net or cgo, but debian:12-slim has glibc
 * > go links this program against musl as soon as it uses net or cgo, but debian:12-slim has glibc
 * > go links this program against glibc as soon as it uses net or cgo, but alpine:3.22 has musl
 * It does so by itself once a compiler is there. Rust there links everything into the program, unless a flag says otherwise:
 * ```dockerfile bad severity="info warning"
 * FROM golang:1.25-alpine AS tools
 * RUN apk add --no-cache gcc musl-dev
 * FROM tools AS build
 * RUN go build -o /app .
 * FROM rust:1.90-alpine AS other
 * WORKDIR /src
 * RUN RUSTFLAGS="-C target-feature=-crt-static" cargo build --release
 * FROM scratch AS programs
 * COPY --from=build /app /app
 * FROM debian:12-slim
 * COPY --from=build «/app» /app
 * COPY --from=other «/src/target/release/other» /other
 * COPY --from=programs /app /app2
 * ```
 * > go links this program against musl as soon as it uses net or cgo, but debian:12-slim has glibc
 * > cargo links this program against musl, but debian:12-slim has glibc, so it does not start
 * Other tools make programs for the C library of their image too:
 * ```dockerfile bad severity="info warning info warning"
 * FROM debian:13-slim AS cpp
 * RUN cmake -S /src -B /build && cmake --build /build
 * FROM denoland/deno:debian-2.9.6 AS deno
 * RUN deno compile --output=/out/app main.ts
 * FROM eclipse-temurin:21-jdk-noble AS java
 * RUN jlink --add-modules java.base --output /out/jre && deno cache main.ts
 * FROM ghcr.io/graalvm/native-image-community:25-ol9 AS native
 * WORKDIR /src
 * ENV NATIVE_IMAGE_OPTIONS="--static-nolibc"
 * RUN ./mvnw -Pnative native:compile
 * FROM gcr.io/distroless/static-debian13
 * COPY --from=cpp «/build/app» /app
 * COPY --from=deno «/out/app» /deno
 * COPY --from=native «/src/target/app» /native
 * FROM alpine:3.22
 * COPY --from=java «/out/jre» /opt/java
 * ```
 * > cmake links this program against glibc unless CMakeLists.txt asks for a static one, but gcr.io/distroless/static-debian13 has no C library
 * > deno links this program against glibc, but gcr.io/distroless/static-debian13 has no C library, so it does not start
 * > mvnw links this program against glibc unless its settings ask for a static one, but gcr.io/distroless/static-debian13 has no C library
 * > jlink links this program against glibc, but alpine:3.22 has musl, so it does not start
 * ```dockerfile bad severity="info"
 * FROM nixos/nix:2.35.2 AS build
 * WORKDIR /src
 * RUN nix build --out-link /result path:/src && nix build && nix-build -o /other && nix flake check
 * FROM scratch
 * COPY --from=build «/result/bin/app» /app
 * COPY --from=build «/src/result/bin/app» «/other/bin/app» /bin/
 * ENTRYPOINT ["/app"]
 * ```
 * > A program of Nix needs its loader and its libraries in /nix/store, which scratch does not have
 * ```dockerfile bad severity="info"
 * FROM ghcr.io/graalvm/native-image-community:25-ol9 AS build
 * WORKDIR /src
 * RUN ./mvnw -Pnative native:compile && ./gradlew nativeCompile && native-image -o /src/tool -jar tool.jar
 * RUN ./mvnw package && ./gradlew build
 * FROM gcr.io/distroless/base-debian13
 * COPY --from=build «/src/target/app» «/src/build/native/nativeCompile/app» «/src/tool» /
 * ENTRYPOINT ["/app"]
 * ```
 * > A native image of GraalVM needs libz unless its settings say --static-nolibc, and gcr.io/distroless/base-debian13 lacks it
 * ```dockerfile good
 * FROM ghcr.io/graalvm/native-image-community:25-ol9 AS build
 * WORKDIR /src
 * RUN ./mvnw -Pnative native:compile -DbuildArgs=--static-nolibc
 * FROM ghcr.io/graalvm/native-image-community:25-muslib AS static
 * WORKDIR /src
 * RUN native-image --static --libc=musl -o /src/tool -jar tool.jar
 * FROM nixos/nix:2.35.2 AS nix
 * RUN nix build --out-link /result path:/src
 * FROM gcr.io/distroless/base-debian13
 * COPY --from=build /src/target/app /
 * FROM scratch
 * COPY --from=nix /tmp/nix-store-closure /nix/store
 * COPY --from=nix /result/bin/app /app
 * FROM scratch
 * COPY --from=static /src/tool /app
 * FROM debian:13
 * COPY --from=build /src/target/app /
 * ```
 * The image `python` has its Python below /usr/local. An environment links to it, and other images have none there:
 * ```dockerfile bad
 * FROM python:3.13-slim-trixie AS build
 * WORKDIR /app
 * RUN uv sync --locked --no-dev --no-install-project
 * FROM gcr.io/distroless/python3-debian13:nonroot
 * WORKDIR /app
 * COPY --from=build «/app/.venv» .venv
 * ENTRYPOINT ["/app/.venv/bin/python", "-m", "app"]
 * ```
 * > /app/.venv/bin/python leads to the Python in /usr/local/bin, which gcr.io/distroless/python3-debian13:nonroot does not have
 * ```dockerfile good
 * FROM python:3.13-slim-trixie AS build
 * WORKDIR /app
 * RUN uv sync --locked --no-dev --no-install-project
 * FROM gcr.io/distroless/python3-debian13:nonroot
 * COPY --from=build /app/.venv/lib/python3.13/site-packages /packages
 * COPY --from=build /app/.venv /app/.venv
 * ENTRYPOINT ["/usr/bin/python3", "-m", "app"]
 * FROM gcr.io/distroless/cc-debian13:nonroot
 * COPY --from=build /usr/local /usr/local
 * COPY --from=build /app/.venv /app/.venv
 * ENTRYPOINT ["/app/.venv/bin/python", "-m", "app"]
 * FROM debian:13-slim
 * COPY --from=build /app/main.py /app/
 * ENTRYPOINT ["/app/.venv/bin/python", "-m", "app"]
 * ```
 * Packages of `--target` lie in no folder of a version, but those with compiled parts do not load either:
 * ```dockerfile bad severity="info info warning"
 * FROM python:3.12-slim AS deps
 * WORKDIR /app
 * RUN pip install --target=/packages flask && pip install -t /more/ numpy && pip install -t here x
 * RUN uv sync --locked --no-dev
 * FROM gcr.io/distroless/python3-debian13
 * COPY --from=deps «/packages» /packages
 * COPY --from=deps «/more» /more
 * COPY --from=deps «/app/.venv» /app/.venv
 * ```
 * > Python 3.12 installed this, but the image has Python 3.13: packages with compiled parts do not load
 * > Python 3.12 installed this, but the image has Python 3.13: packages with compiled parts do not load
 * > Python 3.12 installed this, but the image has Python 3.13, which does not look there
 * ```dockerfile good
 * FROM python:3.12-slim AS deps
 * ENV UV_PROJECT_ENVIRONMENT=/venv
 * WORKDIR /app
 * RUN uv sync --locked && pip install --target=/packages flask
 * FROM python:3.12-slim
 * COPY --from=deps /packages /packages
 * FROM python:3.13-slim
 * COPY --from=deps /app/.venv /app/src /app/
 * FROM python:3.12-slim AS unknown
 * WORKDIR $FOLDER
 * RUN uv sync
 * FROM python:3.13-slim
 * COPY --from=unknown /app/.venv /app/.venv
 * ```
 * ```dockerfile good
 * FROM golang:1.25 AS static
 * ENV CGO_ENABLED=0
 * RUN go build -o /app .
 * FROM golang:1.25-alpine AS small
 * RUN go build -o /app . && go vet
 * FROM golang:1.25 AS other
 * ARG FLAGS
 * RUN go build $FLAGS -o /app . && go build . && cargo test
 * FROM golang:1.25 AS used
 * RUN go build -o /app .
 * FROM python:3.13-slim AS deps
 * RUN python -m venv /venv
 * FROM rust:1.90-trixie AS newer
 * RUN cargo build --release
 * FROM ubuntu:24.10
 * COPY --from=newer /target/release/app /app
 * FROM rust:1.90
 * COPY --from=newer /target/release/app /app
 * FROM alpine:3.22
 * RUN apk add --no-cache gcompat
 * COPY --from=used /app /app
 * FROM python:3.13-slim
 * COPY --from=deps /venv /venv
 * FROM example.com/base:1
 * COPY --from=used /app /app
 * FROM alpine:3.22
 * COPY --from=static /app /static
 * COPY --from=small /app /small
 * COPY --from=other /app /other
 * COPY --from=used /etc/passwd /etc/passwd
 * COPY go.mod /
 * ONBUILD COPY --from=used /app /app
 * ```
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM ruby:3.4-alpine AS build
 * COPY Gemfile Gemfile.lock ./
 * RUN bundle install
 * FROM ruby:3.4-slim
 * COPY --from=build «/usr/local/bundle» /usr/local/bundle
 * CMD ["ruby", "/app.rb"]
 * ```
 * > Compiled parts of these packages need musl, but ruby:3.4-slim has glibc
 * A program counts where a later command puts it, unless the stage collects its libraries too:
 * ```dockerfile bad
 * FROM rust:1.82 AS build
 * WORKDIR /src
 * COPY . .
 * RUN cargo build --release && cp target/release/app /app && install target/release/tool /usr/local/bin/
 * FROM alpine:3.20
 * COPY --from=build «/app» «/usr/local/bin/tool» /bin/
 * CMD ["/bin/app"]
 * ```
 * > cargo links this program against glibc, but alpine:3.20 has musl, so it does not start
 * ```dockerfile good
 * FROM rust:1.82 AS build
 * WORKDIR /src
 * COPY . .
 * RUN cargo build --release && cp target/release/app /app && cp a b $TO && cp /etc/hosts /hosts && mv c /d
 * RUN mkdir -p /deps && ldd /app | grep '^/' | xargs -I % cp % /deps
 * FROM alpine:3.20
 * COPY --from=build /app /app
 * COPY --from=build /deps /lib
 * CMD ["/app"]
 * ```
 * Another stage may give the image a C library:
 * ```dockerfile good
 * FROM debian:13 AS build
 * RUN cmake -S /src -B /build && cmake --build /build
 * FROM debian:13 AS slices
 * RUN mkdir /rootfs
 * FROM scratch AS a
 * COPY --from=slices /rootfs /
 * COPY --from=build /build/app /app
 * FROM scratch
 * COPY --from=slices /usr/lib/ /usr/lib/
 * COPY --from=build /build/app /app
 * ```
 *
 * @skip onbuild a trigger copies from stages of the later build
 */
export default defineRule({
  id: 'stage-abi-mismatch',
  summary: 'A copied program does not fit the C library or interpreter of the image',
  category: 'stage',
  severity: 'warning',
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],
  options: { profile: sharedOptions.profile },

  *check({ model, options: { profile } }) {
    for (const { stage, sources, onbuild } of model.copies) {
      if (!stage || onbuild) continue;
      for (const source of sources) {
        if (source.kind !== 'stage' || source.path === undefined || source.stage === stage) continue;
        const path = `/${source.path}`;
        const message =
          libraryMismatch(model, source.stage, path, stage) ??
          pythonMismatch(model, source.stage, path, stage) ??
          interpreterMismatch(model, source.stage, path, stage) ??
          (profile === 'strict' ? nativeMismatch(model, source.stage, path, stage) : undefined);
        if (message) yield { at: source.span, ...message };
      }
    }
  },
});
