import { insertBehind } from '../core/fixes/insert-lines';
import { keywordLike } from '../core/analysis/text/keyword-case';
import { shippedStage } from '../core/analysis/runtime/shipped-stage';
import { startedCommands, whatRuns } from '../core/analysis/runtime/what-runs';
import { defineRule } from '../core/lint/rule';
import type { Fix, Model, Stage } from '../core/lint/rule';
import type { Copy } from '../core/model/model';
import { baseName } from '../core/text/paths';

/**
 * `scratch` is empty: without the list of certificate authorities, a program cannot make any TLS connection. Whether it
 * makes any, the file does not say.
 *
 * ```dockerfile bad
 * FROM golang:1.25 AS build
 * RUN CGO_ENABLED=0 go build -o /app .
 * FROM «scratch»
 * COPY --from=build /app /app
 * # what runs
 * USER 65532
 * ENTRYPOINT ["/app"]
 * ```
 * > scratch has no CA certificates, so TLS connections of the program fail
 * ```dockerfile fixed
 * FROM golang:1.25 AS build
 * RUN CGO_ENABLED=0 go build -o /app .
 * FROM scratch
 * COPY --from=build /app /app
 * COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
 * # what runs
 * USER 65532
 * ENTRYPOINT ["/app"]
 * ```
 * There is no fix if the stage that builds has no name, or may lack the file:
 * ```dockerfile bad
 * FROM rust:1.90
 * FROM «scratch»
 * COPY --from=0 /src/target/release/app /
 * CMD ["/app"]
 * ```
 * > scratch has no CA certificates, so TLS connections of the program fail
 * The rule accepts certificates from anywhere, folders that may hold them, programs from elsewhere, and images that start
 * nothing:
 * ```dockerfile good
 * FROM golang:1.25 AS build
 * FROM scratch
 * COPY --from=build /app /app
 * COPY --from=alpine:3.22 /etc/ssl/certs/ /etc/ssl/certs/
 * CMD ["/app"]
 * ```
 * ```dockerfile good
 * FROM golang:1.25 AS build
 * FROM scratch
 * COPY --from=build /rootfs /
 * CMD ["/app"]
 * ```
 * ```dockerfile good
 * FROM scratch
 * COPY app /app
 * CMD ["/app"]
 * ```
 * ```dockerfile good
 * FROM golang:1.25 AS build
 * FROM scratch
 * COPY --from=build /app /
 * ```
 * ```dockerfile good
 * FROM debian:12 AS build
 * RUN echo
 * FROM scratch
 * COPY --from=build /app /app
 * CMD ["/app"]
 * ```
 * ```dockerfile good
 * FROM golang:1.25 AS build
 * FROM scratch
 * LABEL moby.buildkit.frontend.network.none="true"
 * COPY --from=build /app /app
 * CMD ["/app"]
 * ```
 * ```dockerfile bad
 * FROM tinygo/tinygo:0.34.0 AS build
 * COPY . .
 * RUN tinygo build -o /app .
 * FROM «scratch»
 * COPY --from=build /app /app
 * CMD ["/app"]
 * ```
 * > scratch has no CA certificates, so TLS connections of the program fail
 * ```dockerfile fixed
 * FROM tinygo/tinygo:0.34.0 AS build
 * COPY . .
 * RUN tinygo build -o /app .
 * FROM scratch
 * COPY --from=build /app /app
 * COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
 * CMD ["/app"]
 * ```
 *
 * @skip onbuild what a later build copies is not known
 */
export default defineRule({
  id: 'scratch-without-ca-certificates',
  summary: 'A program on scratch has no CA certificates',
  category: 'runtime',
  severity: 'hint',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['scratch'],

  *check({ model }) {
    const stage = shippedStage(model);
    if (stage?.base.distribution !== 'scratch' || !stage.from || whatRuns(model, stage).kind === 'nothing')
      return;
    const copies = stage.chain.flatMap(({ instructions }) =>
      instructions.flatMap((one) => model.copyOf(one) ?? []),
    );
    const program = copies.find((copy) => builderOf(copy) !== undefined);
    const at = stage.chain.at(-1)?.from?.words[0];
    const started = startedCommands(model, stage)[0]?.name.value;
    if (!program || !at || needsNoNetwork(stage)) return;
    if (copies.some((copy) => mayBringCertificates(copy, started))) return;
    yield {
      at: at.span,
      message: 'scratch has no CA certificates, so TLS connections of the program fail',
      fix: copyFix(model, program),
    };
  },
});

/** A program for another machine, or a frontend of BuildKit, which runs without a network. */
function needsNoNetwork({ instructions }: Stage): boolean {
  return instructions.some(({ keyword, words }) =>
    words.some(
      ({ value }) =>
        /\.wasm\b/.test(value) || (keyword === 'LABEL' && value.startsWith('moby.buildkit.frontend')),
    ),
  );
}

/** The stage with the tools for a language whose programs run alone, if a copy takes something from there. */
function builderOf({ sources }: Copy): Stage | undefined {
  for (const source of sources)
    if (source.kind === 'stage' && (source.stage.base.sdk === 'go' || source.stage.base.sdk === 'rust'))
      return source.stage;
  return undefined;
}

/**
 * Whether a copy names certificates, or may bring them among others.
 * @param started the path of what the image starts
 */
function mayBringCertificates({ sources, destination, keyword }: Copy, started: string | undefined): boolean {
  // `COPY --from=build /app /` with `CMD ["/app"]` brings a file, not what is in a folder.
  const isFile = (path: string): boolean =>
    /[^/.]\.\w+$|bin\//.test(path) || (path !== '' && started === `/${baseName(path)}`);
  return (
    keyword === 'ADD' ||
    sources.some(
      ({ value, path, glob }) => glob || path === undefined || path === '' || certificates.test(value),
    ) ||
    certificates.test(destination.value) ||
    (destination.path === '/' && sources.some(({ path }) => !isFile(path ?? '')))
  );
}

const certificates =
  /\/ssl\b|certs?\b|\bpki\b|ca-bundle|cacert|\.(?:pem|crt)$|^\/etc\/?$|^\/usr\/?$|^\/usr\/share\/?$/;

/** The official images of Go and Rust have the list of Debian and Alpine. */
function copyFix(model: Model, program: Copy): Fix | undefined {
  const name = builderOf(program)?.name?.value;
  const edit =
    name === undefined
      ? undefined
      : insertBehind(model, program.instruction, [
          `${keywordLike(model.file, 'COPY')} --from=${name} /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/`,
        ]);
  return edit && { title: `Copy the CA certificates from ${name}`, edits: [edit] };
}
