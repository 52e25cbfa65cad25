import { defineRule, replace } from '../core/lint/rule';
import type { Fix, Model } from '../core/lint/rule';
import { folderOf } from '../core/analysis/commands/folder';
import { optionValue } from '../core/analysis/commands/options';
import { staticBaseName, staticBuilds } from '../core/analysis/runtime/static-bases';
import type { StaticBuild } from '../core/analysis/runtime/static-bases';
import { argumentsOf } from '../core/shell/options';
import { resolvePath } from '../core/text/paths';
import type { Command } from '../core/shell/types';

/**
 * On Debian, Rust links programs against the C library. An image without one cannot start them: "no such file or
 * directory".
 *
 * ```dockerfile bad
 * FROM rust:1.82 AS build
 * WORKDIR /src
 * COPY . .
 * RUN cargo «build» --locked --release && \
 *     # the tool, too
 *     cargo «install» --locked --path tool
 * FROM gcr.io/distroless/static-debian12:nonroot
 * COPY --from=build /src/target/release/app /usr/local/cargo/bin/tool /
 * ENTRYPOINT ["/app"]
 * ```
 * > The program needs the C library, which gcr.io/distroless/static-debian12 does not have
 * ```dockerfile fixed
 * FROM rust:1.82 AS build
 * WORKDIR /src
 * COPY . .
 * RUN cargo build --locked --release && \
 *     # the tool, too
 *     cargo install --locked --path tool
 * FROM gcr.io/distroless/cc-debian12:nonroot
 * COPY --from=build /src/target/release/app /usr/local/cargo/bin/tool /
 * ENTRYPOINT ["/app"]
 * ```
 * `scratch` has no such neighbour. Build for a musl target, or choose another base:
 * ```dockerfile bad
 * FROM rust:1.82-slim-bookworm AS build
 * WORKDIR /src
 * RUN cargo «build» --release --target x86_64-unknown-linux-gnu && cp target/x86_64-unknown-linux-gnu/release/app /out
 * RUN cargo «build» --target-dir /cargo --release
 * ENV CARGO_HOME=/home
 * RUN cargo «install» tool
 * FROM scratch
 * COPY --from=build /out /cargo/release/tool /home/bin/tool /
 * CMD ["/app"]
 * ```
 * > The program needs the C library, which scratch does not have
 * The rule accepts musl, a static C library, and images with a C library:
 * ```dockerfile good
 * FROM rust:1.82-alpine AS alpine
 * RUN cargo build --release
 * FROM rust:1.82 AS tools
 * WORKDIR /src
 * RUN cargo install --locked cargo-zigbuild
 * RUN cargo zigbuild --release --target x86_64-unknown-linux-musl && \
 *     cp target/x86_64-unknown-linux-musl/release/app /app
 * FROM scratch
 * COPY --from=tools /app /app
 * ENTRYPOINT ["/app"]
 * FROM rust:1.82 AS build
 * WORKDIR /src
 * RUN cargo build --release --target x86_64-unknown-linux-musl
 * RUN cargo build --release --target $TARGET && RUSTFLAGS="-C target-feature=+crt-static" cargo build --release
 * RUN cargo fetch && cargo build --release --target-dir $X
 * RUN cd $X && cargo build --release
 * RUN cargo build --release --target wasm32-wasip1
 * ENV CARGO_BUILD_TARGET=x86_64-unknown-linux-musl
 * RUN cargo build --release
 * FROM rust:1.82 AS home
 * ENV CARGO_HOME=$X
 * RUN cargo install tool
 * FROM scratch
 * COPY --from=home /usr/local/cargo/bin/tool /
 * COPY --from=alpine /target/release/app /
 * COPY --from=build /src/target/release/app /
 * CMD ["/app"]
 * FROM rust:1.82 AS glibc
 * WORKDIR /src
 * RUN cargo build --release
 * FROM gcr.io/distroless/cc-debian12
 * COPY --from=glibc /src/target/release/app /
 * CMD ["/app"]
 * ```
 * ```dockerfile good files="src/ .cargo/ Cargo.toml"
 * FROM rust:1.82 AS build
 * WORKDIR /src
 * COPY . .
 * RUN cargo build --release
 * FROM scratch
 * COPY --from=build /src/target/release/app /
 * CMD ["/app"]
 * ```
 * Flags of the compiler change it only if they name the C library:
 * ```dockerfile bad
 * FROM lukemathwalker/cargo-chef:latest-rust-1.82.0 AS build
 * WORKDIR /src
 * COPY . .
 * ENV RUSTFLAGS="-C link-arg=-s"
 * RUN cargo «build» --release
 * FROM scratch
 * COPY --from=build /src/target/release/app /app
 * CMD ["/app"]
 * ```
 * > The program needs the C library, which scratch does not have
 * ```dockerfile good
 * FROM rust:1.82 AS build
 * WORKDIR /src
 * COPY . .
 * ENV RUSTFLAGS="-C target-feature=+crt-static"
 * RUN cargo build --release
 * FROM scratch
 * COPY --from=build /src/target/release/app /app
 * CMD ["/app"]
 * ```
 *
 * @skip onbuild the copy is then made in another build
 * A program can also be installed into a folder of its own:
 * ```dockerfile bad
 * FROM rust:1.90 AS build
 * RUN cargo «install» --locked --root /out ripgrep@14.1.1
 * FROM scratch
 * COPY --from=build /out/bin/rg /rg
 * ENTRYPOINT ["/rg"]
 * ```
 * > The program needs the C library, which scratch does not have
 * ```dockerfile good
 * FROM rust:1.90 AS build
 * RUN cd "$DIR" && cargo install --locked --root out ripgrep@14.1.1
 * FROM scratch
 * COPY --from=build /out/bin/rg /rg
 * ENTRYPOINT ["/rg"]
 * ```
 */
export default defineRule({
  id: 'static-base-needs-static-rust',
  summary: 'A Rust program needs the C library that its image lacks',
  category: 'image',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['cargo'],

  *check({ model, facts: { context } }) {
    // Its settings may name the target.
    if (context?.entries.includes('.cargo/')) return;
    const builds = model.commandsNamed('cargo').filter((command) => linksC(model, command));
    const outputsOf = (command: Command): readonly string[] => outputs(model, command);
    for (const build of staticBuilds(model, builds, outputsOf)) {
      const verb = argumentsOf(build.command).operands.find(isVerb);
      if (verb)
        yield {
          at: verb.span,
          message: `The program needs the C library, which ${staticBaseName(build.stage)} does not have`,
          related: [{ at: build.source.span, message: 'Copied into an image without a C library' }],
          fix: otherBase(build),
        };
    }
  },
});

function isVerb({ value }: Command['args'][number]): boolean {
  return value === 'build' || value === 'b' || value === 'install';
}

/** Whether a command builds a program that is linked against the C library of Debian. */
function linksC(model: Model, command: Command): boolean {
  const { instruction, script, args } = command;
  if (instruction.keyword !== 'RUN' || !argumentsOf(command).operands.some(isVerb)) return false;
  const base = model.stageOf(instruction)?.base;
  if (base?.sdk !== 'rust' || base.libc !== 'glibc') return false;
  if (args.some(({ text, splits }) => splits || /musl|wasm|\$/.test(text))) return false;
  // `cargo install cargo-chef` is a tool for the build.
  if (args.some(({ text }) => /^cargo-\w/.test(text))) return false;
  const { variables } = model.environmentAt(instruction);
  return (
    !variables.has('CARGO_BUILD_TARGET') &&
    keepsLibrary(variables.get('RUSTFLAGS')) &&
    !/crt-static|RUSTFLAGS=["']?\$|CARGO_BUILD_TARGET/.test(script?.text ?? '')
  );
}

/** Whether flags of the compiler leave it at the C library of the system, as far as their value is known. */
function keepsLibrary(flags: { readonly value: string | undefined } | undefined): boolean {
  return flags === undefined || (flags.value !== undefined && !/crt-static|musl/.test(flags.value));
}

/** The folders in which cargo leaves a program. */
function outputs(model: Model, command: Command): readonly string[] {
  if (command.args.some(({ value }) => value === 'install')) {
    const root = optionValue(command.args, '--root')?.text;
    if (root !== undefined) {
      const path = resolvePath(folderOf(model, command), root);
      return path === undefined ? [] : [`${path}/bin`];
    }
    const home = model.environmentAt(command.instruction).variables.get('CARGO_HOME');
    const folder = home ? home.value : '/usr/local/cargo';
    return folder === undefined ? [] : [`${folder}/bin`];
  }
  const given = optionValue(command.args, '--target-dir')?.text ?? 'target';
  const target = optionValue(command.args, '--target')?.text;
  const path = resolvePath(folderOf(model, command), target === undefined ? given : `${given}/${target}`);
  return path === undefined ? [] : [`${path}/release`, `${path}/debug`];
}

/** The image beside distroless/static that has the C library. */
function otherBase({ stage }: StaticBuild): Fix | undefined {
  const path = stage.image?.path;
  if (!path || !/^distroless\/static(?:-|$)/.test(path.text) || stage.image.digest) return undefined;
  const text = path.text.replace(/\/static(?=-|$)/, '/cc');
  return { title: `Use ${text}, which has it`, edits: [replace(path.span, text)] };
}
