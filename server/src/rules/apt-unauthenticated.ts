import { defineRule } from '../core/lint/rule';
import { switchedOff } from '../core/families/verification-off';
import { aptSignatures } from '../core/knowledge/programs/verification';

/**
 * apt checks that a key it knows has signed the package lists. These flags and settings make it take any list, so whoever
 * answers for the mirror decides what the image runs. Add the key of the repository and name it with `signed-by`.
 *
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get update «--allow-insecure-repositories» && apt-get install -y «--allow-unauthenticated» curl
 * RUN apt-get install «--force-yes» curl && apt-get install --yes «--force-yes» git
 * RUN apt-get «-o Acquire::https::Verify-Peer=false» update
 * ```
 * > --allow-insecure-repositories lets apt-get install packages without a valid signature
 * > --allow-unauthenticated lets apt-get install packages without a valid signature
 * > --force-yes lets apt-get install packages without a valid signature
 * > --force-yes lets apt-get install packages without a valid signature
 * > -o Acquire::https::Verify-Peer=false lets apt-get install packages without a valid signature
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && apt-get install -y curl
 * RUN apt-get install -y curl && apt-get install --yes git
 * RUN apt-get update
 * ```
 * A source that is trusted without a key does the same, but a folder of the image needs none, and the keys of the releases
 * in the archive of Debian have expired:
 * ```dockerfile bad
 * FROM debian:12
 * RUN echo "deb [arch=amd64 «trusted=yes»] https://example.com/apt stable main" > /etc/apt/sources.list.d/x.list
 * # trusted=yes
 * RUN echo "deb [trusted=yes] http://archive.debian.org/debian stretch main" > /etc/apt/sources.list
 * RUN echo "deb [trusted=yes] file:/packages ./" > /etc/apt/sources.list.d/y.list \
 *     # no trusted=yes here
 *     && sed -i s/trusted=yes// /etc/apt/sources.list.d/z.list
 * ```
 * > trusted=yes lets apt install packages without a valid signature
 * ```dockerfile bad
 * FROM debian:12
 * RUN sed -i 's/^deb /deb [«trusted=yes»] /' /etc/apt/sources.list
 * RUN printf 'Types: deb\nURIs: https://example.com/apt\nSuites: ./\n«Trusted: yes»\n' > /etc/apt/sources.list.d/x.sources
 * RUN printf 'Types: deb\nURIs: file:/packages\nSuites: ./\nTrusted: yes\n' > /etc/apt/sources.list.d/y.sources
 * ```
 * > trusted=yes lets apt install packages without a valid signature
 * > Trusted: yes lets apt install packages without a valid signature
 * ```dockerfile good
 * FROM debian:12
 * LABEL note="trusted=yes"
 * RUN apt-get -o APT::Get::AllowUnauthenticated=false install -y curl && apt-get update --force-yes --allow-unauthenticated
 * CMD ["apt-get", "install", "--force-yes", "curl"]
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get update && apt-get install -y aptitude && aptitude «--allow-untrusted» -y install tool
 * ```
 * > --allow-untrusted lets aptitude install packages without a valid signature
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && apt-get install -y aptitude && aptitude -y install tool
 * ```
 */
export default defineRule({
  id: 'apt-unauthenticated',
  summary: 'apt installs packages without checking their signature',
  category: 'security',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['checkov:CKV2_DOCKER_8', 'checkov:CKV2_DOCKER_11'],
  mentions: [
    'unauthenticated',
    'allowunauthenticated',
    'insecure',
    'weak',
    'allowinsecurerepositories',
    'allowweakrepositories',
    'force',
    'verify',
    'trusted',
    'untrusted',
  ],

  *check({ model }) {
    for (const { finding } of switchedOff(model, aptSignatures)) yield finding;
  },
});
