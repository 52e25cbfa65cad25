import { removePlatform } from '../core/fixes/remove-platform';
import { architectureNamed } from '../core/knowledge/images/platforms';
import { defineRule, oneOf } from '../core/lint/rule';
import type { Model, Stage } from '../core/lint/rule';

/**
 * A fixed platform overrides the one that the build was asked for: an image for arm64 then contains programs for amd64.
 *
 * ```dockerfile bad
 * FROM «--platform=linux/amd64» alpine:3.20
 * RUN uname -m
 * ```
 * > linux/amd64 is used here whatever platform the build is for
 * ```dockerfile fixed
 * FROM alpine:3.20
 * RUN uname -m
 * ```
 * ```dockerfile bad
 * FROM «--platform=linux/arm64»
 * ```
 * > linux/arm64 is used here whatever platform the build is for
 * Where a step fetches a program for that platform, it is a hint by default, and the choice is yours:
 * ```dockerfile bad
 * FROM «--platform=linux/amd64» debian:12
 * COPY app.conf /srv/
 * RUN curl -fsSLo /srv/app https://example.com/app-linux-x86_64
 * ```
 * > linux/amd64 is used here whatever platform the build is for
 * ```dockerfile fixed
 * FROM debian:12
 * COPY app.conf /srv/
 * RUN curl -fsSLo /srv/app https://example.com/app-linux-x86_64
 * ```
 * A file whose stages all have the same fixed platform is meant for it, so the recommended profile leaves it alone:
 * ```dockerfile bad
 * FROM «--platform=linux/arm64» alpine:3.20 AS base
 * FROM base AS build
 * FROM «--platform=linux/arm64» debian:12
 * ```
 * > linux/arm64 is used here whatever platform the build is for
 * ```dockerfile fixed
 * FROM alpine:3.20 AS base
 * FROM base AS build
 * FROM debian:12
 * ```
 * A variable leaves the choice to the build, and a stage that names its platform is meant for it:
 * ```dockerfile good
 * ARG P=linux/amd64
 * FROM --platform=$BUILDPLATFORM golang:1.23 AS build
 * FROM --platform=linux/$ARCH alpine:3.20 AS tools
 * FROM --platform=linux/amd64 alpine:3.20 AS build-amd64
 * FROM --platform=$P alpine:3.20
 * FROM --platform=not-a/real/one/at-all alpine:3.20
 * ```
 * `wanted: builder` also reports these, and everything else but the platform of the builder and of the build:
 * ```dockerfile bad options="wanted: builder"
 * FROM --platform=$BUILDPLATFORM golang:1.23 AS build
 * FROM «--platform=linux/amd64» alpine:3.20 AS build-amd64
 * FROM «--platform=$P» alpine:3.20
 * ```
 * > linux/amd64 is used here whatever platform the build is for
 * > $P is used here whatever platform the build is for
 * ```dockerfile fixed
 * FROM --platform=$BUILDPLATFORM golang:1.23 AS build
 * FROM alpine:3.20 AS build-amd64
 * FROM alpine:3.20
 * ```
 */
export default defineRule({
  id: 'from-platform-constant',
  summary: 'FROM has a fixed platform',
  category: 'stage',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [
    'hadolint:DL3029',
    'buildkit:FromPlatformFlagConstDisallowed',
    'kics:using_platform_with_from',
    'semgrep:avoid-platform-with-from',
  ],
  mentions: ['platform'],

  options: {
    wanted: oneOf('Which platforms `FROM` may name.', {
      variable:
        'Any variable, and a fixed platform in a stage whose name contains its system or architecture.',
      builder: 'Only the platform of the builder or of the build: `$BUILDPLATFORM`, `$TARGETPLATFORM`.',
    }),
  },

  *check({ model, options }) {
    const isForOne = isForOnePlatform(model);
    for (const stage of model.stages) {
      const { platform, name } = stage;
      const value = platform?.value;
      if (!platform || !value || /BUILDPLATFORM|TARGETPLATFORM/.test(value.value)) continue;
      if (options.wanted === 'variable') {
        if (value.variables.length > 0) continue;
        const [system, architecture, ...more] = value.value.toLowerCase().split('/');
        if (system === undefined || more.length > 1) continue;
        const lower = name?.value.toLowerCase() ?? '';
        const parts = [system, architecture].flatMap((part) => part ?? []);
        if (parts.some((part) => lower.includes(part) || lower.includes(architectureNamed(part) ?? part)))
          continue;
      }
      const isFetched = namesArchitecture(model, stage, value.value);
      const fix = removePlatform(model, stage);
      yield {
        at: platform.span,
        message: `${value.value} is used here whatever platform the build is for`,
        quiet: isForOne || (isFetched ? 'hint' : undefined),
        fix: fix && isFetched ? { ...fix, safety: 'manual' } : fix,
      };
    }
  },

  *hadolint({ model }) {
    for (const { platform } of model.stages)
      if (platform?.value && !/BUILDPLATFORM|TARGETPLATFORM/.test(platform.value.raw))
        yield {
          at: platform.span,
          message: `${platform.value.raw} is used whatever platform the build is for`,
        };
  },
});

/** Whether a step names the architecture: what it fetches runs on no other. */
function namesArchitecture(model: Model, { instructions }: Stage, platform: string): boolean {
  const [, architecture = ''] = platform.toLowerCase().split('/');
  const spellings = spellingsOf.get(architecture);
  return (
    spellings !== undefined &&
    instructions.some(
      ({ keyword, span }) => /^(?:RUN|ADD)$/.test(keyword) && spellings.test(model.document.slice(span)),
    )
  );
}

/** How the names of files write it. */
const spellingsOf: ReadonlyMap<string, RegExp> = new Map([
  ['amd64', /x86_64|amd64|linux-x64/],
  ['arm64', /aarch64|arm64/],
]);

/** Whether all images of the file are for one fixed platform: then the file is meant for it. */
function isForOnePlatform({ stages }: Model): boolean {
  const platforms = new Set(
    stages.flatMap(({ parent, platform }) => (parent ? [] : [platform?.value?.value])),
  );
  return platforms.size === 1 && stages.length > 1;
}
