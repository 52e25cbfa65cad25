import { defineRule, replace } from '../core/lint/rule';

/**
 * A debug variant carries a shell (on distroless, busybox as the entrypoint) that an attacker finds useful
 * too. It is made for looking into a problem, not for shipping.
 *
 * ```dockerfile bad
 * FROM golang:1.23 AS build
 * RUN CGO_ENABLED=0 go build -o /app .
 * FROM gcr.io/distroless/static-debian12:«debug-nonroot»
 * COPY --from=build /app /app
 * ENTRYPOINT ["/app"]
 * ```
 * > gcr.io/distroless/static-debian12:debug-nonroot brings a shell that is meant for debugging
 * ```dockerfile fixed
 * FROM golang:1.23 AS build
 * RUN CGO_ENABLED=0 go build -o /app .
 * FROM gcr.io/distroless/static-debian12:nonroot
 * COPY --from=build /app /app
 * ENTRYPOINT ["/app"]
 * ```
 * The architecture stays:
 * ```dockerfile bad
 * FROM gcr.io/distroless/static-debian12:«debug-nonroot-arm64»
 * COPY app /app
 * ENTRYPOINT ["/app"]
 * ```
 * > gcr.io/distroless/static-debian12:debug-nonroot-arm64 brings a shell that is meant for debugging
 * ```dockerfile fixed
 * FROM gcr.io/distroless/static-debian12:nonroot-arm64
 * COPY app /app
 * ENTRYPOINT ["/app"]
 * ```
 * Where a later instruction needs the shell, only the finding is left:
 * ```dockerfile bad
 * FROM gcr.io/distroless/base-debian12:«debug»
 * RUN ["/busybox/sh", "-c", "true"]
 * ```
 * > gcr.io/distroless/base-debian12:debug brings a shell that is meant for debugging
 * Stages that do not reach the image, and stages named for the purpose, may have one:
 * ```dockerfile good
 * FROM gcr.io/distroless/static-debian12:debug AS tools
 * FROM gcr.io/distroless/static-debian12:nonroot
 * COPY --from=tools /busybox/wget /wget
 * ```
 * ```dockerfile good
 * FROM gcr.io/distroless/static-debian12:debug AS debug
 * ```
 * Where a shell starts the program, and where another publisher has names of its own, the tag is for the author to
 * choose:
 * ```dockerfile bad
 * FROM gcr.io/distroless/static-debian12:«debug»
 * ENTRYPOINT /app --verbose
 * ```
 * > gcr.io/distroless/static-debian12:debug brings a shell that is meant for debugging
 * ```dockerfile bad
 * FROM cgr.dev/chainguard/node:«latest-dev»
 * CMD ["node", "/app/server.js"]
 * ```
 * > cgr.dev/chainguard/node:latest-dev brings a shell that is meant for debugging
 */
export default defineRule({
  id: 'image-debug-variant',
  summary: 'The image is based on a debug variant',
  category: 'image',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],

  *check({ model }) {
    for (const stage of model.stages) {
      const { image, base, name } = stage;
      if (!stage.reachesImage || !image?.tag || !base.debugVariant) continue;
      if (/debug|dev|test|triage/i.test(name?.value ?? '')) continue;
      const heirs = model.stages.filter(({ chain }) => chain.includes(stage));
      const needsShell = heirs.some(({ instructions }) =>
        instructions
          .map((instruction) => instruction.trigger ?? instruction)
          .some(
            ({ keyword, json, words }) =>
              keyword === 'RUN' ||
              keyword === 'SHELL' ||
              (keyword === 'ENTRYPOINT' && !json && words.length > 0),
          ),
      );
      const tag = shippedTag(image.tag.text);
      yield {
        at: image.tag.span,
        message: `${image.text} brings a shell that is meant for debugging`,
        ...(tag !== undefined &&
          !needsShell &&
          !image.digest && {
            fix: {
              title: `Take the tag ${tag}`,
              edits: [replace(image.tag.span, tag)],
              // With it comes the user that another rule would add.
              reach: { start: image.tag.span.start, end: model.document.text.length },
            },
          }),
      };
    }
  },
});

/** `debug` and `debug-nonroot` → `nonroot`, each with its architecture; undefined for other publishers' tags. */
function shippedTag(tag: string): string | undefined {
  const [, architecture] =
    /^debug(?:-nonroot)?((?:-(?:amd64|arm64|arm|ppc64le|riscv64|s390x))?)$/.exec(tag) ?? [];
  return architecture === undefined ? undefined : `nonroot${architecture}`;
}
