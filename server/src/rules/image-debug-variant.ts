import { defineRule, replace } from '../core/lint/rule';

/**
 * A debug variant contains a shell (on distroless, busybox is even the entrypoint), which also helps an attacker. It
 * is made for finding a problem, not for shipping.
 *
 * ```dockerfile bad
 * FROM golang:1.23 AS build
 * RUN CGO_ENABLED=0 go build -o /app .
 * FROM gcr.io/distroless/static-debian12:«debug-nonroot»
 * COPY --from=build /app /app
 * ENTRYPOINT ["/app"]
 * ```
 * > gcr.io/distroless/static-debian12:debug-nonroot is a debug variant, which adds a shell to the image
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
 * > gcr.io/distroless/static-debian12:debug-nonroot-arm64 is a debug variant, which adds a shell to the image
 * ```dockerfile fixed
 * FROM gcr.io/distroless/static-debian12:nonroot-arm64
 * COPY app /app
 * ENTRYPOINT ["/app"]
 * ```
 * There is no fix if a later instruction needs the shell:
 * ```dockerfile bad
 * FROM gcr.io/distroless/base-debian12:«debug»
 * RUN ["/busybox/sh", "-c", "true"]
 * ```
 * > gcr.io/distroless/base-debian12:debug is a debug variant, which adds a shell to the image
 * Stages that do not reach the image may have a shell, and so may stages named for debugging:
 * ```dockerfile good
 * FROM gcr.io/distroless/static-debian12:debug AS tools
 * FROM gcr.io/distroless/static-debian12:nonroot
 * COPY --from=tools /busybox/wget /wget
 * ```
 * ```dockerfile good
 * FROM gcr.io/distroless/static-debian12:debug AS debug
 * ```
 * There is no fix if a shell starts the program, or if another publisher has its own tag names:
 * ```dockerfile bad
 * FROM gcr.io/distroless/static-debian12:«debug»
 * ENTRYPOINT /app --verbose
 * ```
 * > gcr.io/distroless/static-debian12:debug is a debug variant, which adds a shell to the image
 * ```dockerfile bad
 * FROM cgr.dev/chainguard/node:«latest-dev»
 * CMD ["node", "/app/server.js"]
 * ```
 * > cgr.dev/chainguard/node:latest-dev is a debug variant, which adds a shell to the image
 * Images that Chainguard makes for one customer, and hardened images of Docker:
 * ```dockerfile bad
 * FROM cgr.dev/example.com/go:«1.24-dev»
 * CMD ["/app"]
 * ```
 * > cgr.dev/example.com/go:1.24-dev is a debug variant, which adds a shell to the image
 * ```dockerfile bad
 * FROM dhi.io/python:«3.13-dev»
 * CMD ["/app"]
 * ```
 * > dhi.io/python:3.13-dev is a debug variant, which adds a shell to the image
 */
export default defineRule({
  id: 'image-debug-variant',
  summary: 'The base image is a debug variant',
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
        message: `${image.text} is a debug variant, which adds a shell to the image`,
        ...(tag !== undefined &&
          !needsShell &&
          !image.digest && {
            fix: {
              title: `Use the tag ${tag}`,
              edits: [replace(image.tag.span, tag)],
              // The tag also sets the user that another rule would add.
              reach: { start: image.tag.span.start, end: model.document.text.length },
            },
          }),
      };
    }
  },
});

/** `debug` and `debug-nonroot` → `nonroot`, each with its architecture. Undefined for tags of other publishers. */
function shippedTag(tag: string): string | undefined {
  const [, architecture] =
    /^debug(?:-nonroot)?((?:-(?:amd64|arm64|arm|ppc64le|riscv64|s390x))?)$/.exec(tag) ?? [];
  return architecture === undefined ? undefined : `nonroot${architecture}`;
}
