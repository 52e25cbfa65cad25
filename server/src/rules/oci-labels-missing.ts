import { defineRule } from '../core/lint/rule';
import { keysOf, labelLines } from '../core/families/labels';
import { insertBeforeStart } from '../core/fixes/insert-lines';
import { shippedStage } from '../core/analysis/runtime/shipped-stage';
import { whatRuns } from '../core/analysis/runtime/what-runs';

/**
 * The labels of the OCI say where an image comes from: its sources, its version, its commit and its time. Scanners and
 * registries show them, and people who find a running container trace it. Build scripts often add them, so the rule is off
 * by default.
 *
 * ```dockerfile bad
 * FROM «debian:12»
 * LABEL org.opencontainers.image.source="https://github.com/acme/app"
 * COPY app /app
 * CMD ["/app"]
 * ```
 * > The image lacks the OCI labels version, revision, created, so nobody can tell where it comes from
 * ```dockerfile fixed
 * FROM debian:12
 * LABEL org.opencontainers.image.source="https://github.com/acme/app"
 * COPY app /app
 * ARG IMAGE_VERSION
 * ARG IMAGE_REVISION
 * ARG IMAGE_CREATED
 * LABEL org.opencontainers.image.version="$IMAGE_VERSION" \
 *       org.opencontainers.image.revision="$IMAGE_REVISION" \
 *       org.opencontainers.image.created="$IMAGE_CREATED"
 * CMD ["/app"]
 * ```
 * ```dockerfile good
 * FROM debian:12 AS base
 * LABEL org.opencontainers.image.source=https://github.com/acme/app org.opencontainers.image.version=1
 * FROM base
 * LABEL org.opencontainers.image.revision=43c572f org.opencontainers.image.created=2026-01-01T00:00:00Z
 * CMD ["/app"]
 * ```
 * The rule accepts a workflow with docker/metadata-action, which adds all of them:
 * ```dockerfile good files="app" mentions="docker/metadata-action"
 * FROM debian:12
 * CMD ["/app"]
 * ```
 * ```dockerfile bad files="app"
 * FROM «debian:12»
 * ADD app /
 * CMD ["/app"]
 * ```
 * > The image lacks the OCI labels source, version, revision, created, so nobody can tell where it comes from
 * ```dockerfile fixed
 * FROM debian:12
 * ADD app /
 * ARG IMAGE_SOURCE
 * ARG IMAGE_VERSION
 * ARG IMAGE_REVISION
 * ARG IMAGE_CREATED
 * LABEL org.opencontainers.image.source="$IMAGE_SOURCE" \
 *       org.opencontainers.image.version="$IMAGE_VERSION" \
 *       org.opencontainers.image.revision="$IMAGE_REVISION" \
 *       org.opencontainers.image.created="$IMAGE_CREATED"
 * CMD ["/app"]
 * ```
 * An image that starts nothing is not for others to find:
 * ```dockerfile good
 * FROM scratch
 * COPY app /app
 * ```
 *
 * @skip onbuild what a later build starts is not known
 */
export default defineRule({
  id: 'oci-labels-missing',
  summary: 'The image lacks the labels of the OCI that say where it comes from',
  category: 'label',
  severity: 'info',
  enabled: false,
  profiles: ['strict'],
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],

  *check({ model, facts }) {
    const stage = shippedStage(model);
    const at = stage?.from?.words[0]?.span;
    if (!stage || !at || whatRuns(model, stage).kind === 'nothing') return;
    // The action adds all of them when it builds.
    if (facts.context?.mentions?.('docker/metadata-action') === true) return;
    const own = keysOf(model, stage);
    const missing = wanted.filter((key) => !own.has(`${prefix}${key}`));
    if (missing.length === 0) return;
    const lines = labelLines(
      model,
      missing.map((key) => `${prefix}${key}`),
    );
    const edit = insertBeforeStart(model, stage, lines);
    yield {
      at,
      message: `The image lacks the OCI labels ${missing.join(', ')}, so nobody can tell where it comes from`,
      ...(edit && { fix: { title: 'Add ARG and LABEL for them', edits: [edit] } }),
    };
  },
});

const prefix = 'org.opencontainers.image.';
const wanted: readonly string[] = ['source', 'version', 'revision', 'created'];
