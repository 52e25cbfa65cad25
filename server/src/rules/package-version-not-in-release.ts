import { guardOf } from '../core/analysis/commands/guard';
import { archivedInstalls, isClosed } from '../core/analysis/packages/indexed-installs';
import { goneVersions } from '../core/analysis/packages/missing-packages';
import { defineRule, replace, sharedOptions } from '../core/lint/rule';
import { archiveTitle } from '../core/package-index/archive';

/**
 * Archives delete a version of a package as soon as the next one is there. A build that names the old one stops. The rule
 * speaks only where Drydock may ask a mirror ([packages](../packages.md)), because nothing else knows what is there today.
 *
 * ```dockerfile bad packages="debian bookworm: curl=7.88.1-10+deb12u14 curl=7.88.1-10+deb12u12 git=1:2.39.5-0+deb12u2 jq=1.6-2.1"
 * FROM debian:12
 * RUN apt-get update && apt-get install -y --no-install-recommends \
 *     «curl=7.88.1-10+deb12u5» «"git=1:2.39.2-*"» jq=1.6-* curl=7.88.1-10+deb12u12 «jq=1.5» wget=1.0
 * ```
 * > Debian bookworm no longer has version 7.88.1-10+deb12u5 of curl, so apt-get stops (now 7.88.1-10+deb12u14)
 * > Debian bookworm no longer has version 1:2.39.2-* of git, so apt-get stops (now 1:2.39.5-0+deb12u2)
 * > Debian bookworm no longer has version 1.5 of jq, so apt-get stops (now 1.6-2.1)
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && apt-get install -y --no-install-recommends \
 *     curl=7.88.1-10+deb12u14 "git=1:2.39.5-0+deb12u2" jq=1.6-* curl=7.88.1-10+deb12u12 jq=1.6-2.1 wget=1.0
 * ```
 * A version that the release does not have yet is a warning, because a mirror may lag behind:
 * ```dockerfile bad packages="alpine 3.20: curl=8.9.1-r2 jq=1.7.1-r0 less=643-r2" severity="error warning"
 * FROM alpine:3.20
 * RUN apk add --no-cache «curl=8.9.1-r1» «jq~=1.8» less~=643 'less>600'
 * ```
 * > Alpine 3.20 no longer has version 8.9.1-r1 of curl, so apk stops (now 8.9.1-r2)
 * > Alpine 3.20 does not have version 1.8 of jq, so apk stops (now 1.7.1-r0)
 * ```dockerfile fixed
 * FROM alpine:3.20
 * RUN apk add --no-cache curl=8.9.1-r2 jq~=1.7.1-r0 less~=643 'less>600'
 * ```
 * It is only a hint where the build goes on after a failure:
 * ```dockerfile bad packages="debian bookworm: jq=1.6-2.1" severity="hint"
 * FROM debian:12
 * RUN apt-get install -y «jq=1.5» || true
 * ```
 * > Debian bookworm no longer has version 1.5 of jq, so apt-get stops (now 1.6-2.1)
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get install -y jq=1.6-2.1 || true
 * ```
 * It is silent where a part of the archive could not be read, and where the file adds sources or asks for one day of them:
 * ```dockerfile good packages="debian bookworm!: jq=1.6-2.1; debian trixie: jq=1.7.1-3"
 * FROM debian:12
 * RUN apt-get update && apt-get install -y jq=1.5
 * FROM debian:13
 * RUN echo 'deb https://snapshot.debian.org/archive/debian/20250101T000000Z trixie main' > /etc/apt/sources.list
 * RUN apt-get update && apt-get install -y jq=1.5
 * ```
 * ```dockerfile good packages="debian bookworm: jq=1.6-2.1" options="archives: own"
 * FROM debian:12
 * RUN apt-get update && apt-get install -y jq=1.5
 * ```
 */
export default defineRule({
  id: 'package-version-not-in-release',
  summary: 'The release no longer has the pinned version of a package',
  category: 'build',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  options: { archives: sharedOptions.archives },

  *check({ model, facts, options }) {
    if (options.archives === 'own' || !facts.packages) return;
    for (const archived of archivedInstalls(model)) {
      const { archive, install, stage } = archived;
      const index = facts.packages.of(archive);
      if (!index?.isComplete || !isClosed(model, archived)) continue;
      const { command } = install;
      const isHint = !stage.reachable || guardOf(model, command).kind !== 'stops';
      for (const gone of goneVersions(archived, index, (span) => model.document.slice(span))) {
        const { word, name, version, now, isNewer, at } = gone;
        yield {
          at: word.span,
          message: `${archiveTitle(archive)} ${isNewer ? 'does not have' : 'no longer has'} version ${version} of ${name}, so ${command.program} stops (now ${now.version})`,
          severity: isHint ? 'hint' : isNewer ? 'warning' : undefined,
          ...(at && { fix: { title: `Use version ${now.version}`, edits: [replace(at, now.version)] } }),
        };
      }
    }
  },
});
