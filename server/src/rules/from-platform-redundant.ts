import { removePlatform } from '../core/fixes/remove-platform';
import { defineRule } from '../core/lint/rule';

/**
 * Without a flag, `FROM` takes the image for the target platform. `--platform=$TARGETPLATFORM` says the same.
 *
 * ```dockerfile bad
 * FROM «--platform=$TARGETPLATFORM» alpine:3.20 AS tools
 * FROM «--platform=${TARGETPLATFORM}» tools
 * ```
 * > FROM takes the image for the target platform without this flag
 * ```dockerfile fixed
 * FROM alpine:3.20 AS tools
 * FROM tools
 * ```
 * ```dockerfile bad
 * FROM «--platform=$TARGETPLATFORM»
 * ```
 * > FROM takes the image for the target platform without this flag
 * The platform of the builder is something else:
 * ```dockerfile good
 * FROM --platform=$BUILDPLATFORM golang:1.23 AS build
 * FROM --platform=linux/$TARGETARCH alpine:3.20
 * FROM alpine:3.20
 * ```
 */
export default defineRule({
  id: 'from-platform-redundant',
  summary: '--platform asks for what FROM does anyway',
  category: 'stage',
  severity: 'warning',
  fix: 'safe',
  effect: 'identical',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3065', 'buildkit:RedundantTargetPlatform'],
  mentions: ['platform'],

  *check({ model }) {
    for (const stage of model.stages) {
      const { platform } = stage;
      if (!platform || !/^\$(?:TARGETPLATFORM|\{TARGETPLATFORM\})$/.test(platform.value?.value ?? ''))
        continue;
      yield {
        at: platform.span,
        message: 'FROM takes the image for the target platform without this flag',
        fix: removePlatform(model, stage),
      };
    }
  },

  *buildkit({ model }) {
    for (const { platform } of model.stages) {
      if (platform && /^\$(?:TARGETPLATFORM|\{TARGETPLATFORM(?::?-.*)?\})$/.test(platform.value?.value ?? ''))
        yield {
          at: platform.span,
          message: 'FROM takes the image for the target platform without this flag',
        };
    }
  },

  *hadolint({ model }) {
    for (const { platform } of model.stages) {
      if (platform && /^\$(?:TARGETPLATFORM|\{TARGETPLATFORM\})$/.test(platform.value?.raw ?? ''))
        yield {
          at: platform.span,
          message: 'FROM takes the image for the target platform without this flag',
        };
    }
  },
});
