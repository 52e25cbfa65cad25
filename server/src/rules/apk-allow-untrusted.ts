import { defineRule } from '../core/lint/rule';
import { namesOnlyFiles } from '../core/analysis/packages/package-commands';
import { switchedOff } from '../core/families/verification-off';
import { apkSignatures } from '../core/knowledge/programs/verification';

/**
 * apk checks the signature of every package. With `--allow-untrusted` it takes any file, so whoever answers for the mirror
 * decides what the image runs. Copy the key of the repository to `/etc/apk/keys` instead.
 *
 * ```dockerfile bad
 * FROM alpine:3.20
 * RUN apk add --no-cache «--allow-untrusted» --repository https://example.com/alpine tool \
 *     # for the log
 *     jq
 * ```
 * > --allow-untrusted lets apk install packages without a valid signature
 * ```dockerfile fixed
 * FROM alpine:3.20
 * RUN apk add --no-cache --repository https://example.com/alpine tool \
 *     # for the log
 *     jq
 * ```
 * The build itself brought a local file, so this is only a hint:
 * ```dockerfile bad severity="hint"
 * FROM alpine:3.20
 * COPY glibc.apk /tmp/
 * RUN apk add «--allow-untrusted» /tmp/glibc.apk ./*.apk
 * ```
 * > --allow-untrusted lets apk install packages without a valid signature
 * ```dockerfile fixed
 * FROM alpine:3.20
 * COPY glibc.apk /tmp/
 * RUN apk add /tmp/glibc.apk ./*.apk
 * ```
 * ```dockerfile good
 * FROM alpine:3.20
 * RUN apk add --no-cache jq
 * ```
 */
export default defineRule({
  id: 'apk-allow-untrusted',
  summary: 'apk installs packages without checking their signature',
  category: 'security',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['checkov:CKV2_DOCKER_7'],
  mentions: ['untrusted'],

  *check({ model }) {
    for (const { finding, command } of switchedOff(model, apkSignatures)) {
      const isLocal = command && namesOnlyFiles(command, '.apk');
      yield isLocal ? { ...finding, severity: 'hint' } : finding;
    }
  },
});
