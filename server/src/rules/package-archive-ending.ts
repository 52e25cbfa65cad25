import { defineRule, sharedOptions } from '../core/lint/rule';
import { askedServers } from '../core/analysis/packages/asked-servers';
import { endedReleases } from '../core/knowledge/packages/moved-archives';

/**
 * A release that has ended gets no more updates. Its packages stay on the usual servers for some months, then they
 * move to an archive, and the build fails. Those of Debian 9 moved 10 months after its end, those of Debian 10 after a
 * year.
 *
 * ```dockerfile bad
 * FROM python:3.9-bullseye
 * RUN apt-get «update» && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
 * ```
 * > Debian bullseye ended in August 2026, and a build fails once its packages move to the archive
 * ```dockerfile good
 * FROM python:3.13-bookworm
 * RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
 * ```
 * A stage that only `--target` builds matters less:
 * ```dockerfile bad severity="hint"
 * FROM debian:11 AS tests
 * RUN apt-get «update»
 * FROM debian:12
 * ```
 * > Debian bullseye ended in August 2026, and a build fails once its packages move to the archive
 * ```dockerfile good options="archives: own"
 * FROM debian:11
 * RUN apt-get update
 * ```
 */
export default defineRule({
  id: 'package-archive-ending',
  summary: 'The release has ended, and its packages will move',
  category: 'build',
  severity: 'info',
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['apt', 'aptitude'],
  options: { archives: sharedOptions.archives },

  *check({ model, options }) {
    if (options.archives === 'own') return;
    for (const { use, stage, known } of askedServers(model)) {
      const end = endedReleases.get(known.release.name);
      if (end === undefined) continue;
      yield {
        at: use.verb.span,
        message: `Debian ${known.release.name} ended in ${end}, and a build fails once its packages move to the archive`,
        severity: stage.reachable ? undefined : 'hint',
      };
    }
  },
});
