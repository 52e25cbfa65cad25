import { defineRule, replace, sharedOptions } from '../core/lint/rule';
import type { Model } from '../core/lint/rule';
import { valueFor } from '../core/analysis/commands/values';
import { stopsBuild } from '../core/analysis/commands/failing-step';
import { isSince, releaseTitle } from '../core/knowledge/images/releases';
import { nodeSourceLimits } from '../core/knowledge/network/gone';
import type { Command } from '../core/shell/types';
import type { Span } from '../core/text/span';

/**
 * NodeSource has packages of a Node.js for the releases that were there at its time. On a newer release, the script stops:
 * "Your distribution is not currently supported". The fix takes the oldest Node.js that has packages for it.
 *
 * ```dockerfile bad
 * FROM ubuntu:22.04
 * RUN curl -fsSL https://deb.nodesource.com/«setup_12.x» | bash - && apt-get install -y nodejs
 * FROM ubuntu:20.04
 * COPY --from=0 /a /a
 * RUN wget -qO- "https://deb.nodesource.com/«setup_6.x»" | bash -
 * FROM debian:buster
 * COPY --from=1 /a /a
 * RUN curl -sL https://deb.nodesource.com/«setup» | bash -
 * FROM amazonlinux:2023
 * COPY --from=2 /a /a
 * RUN curl -sL https://rpm.nodesource.com/«setup_6.x» | bash -
 * FROM debian:sid
 * COPY --from=3 /a /a
 * RUN curl -sL https://deb.nodesource.com/«setup_8.x» | bash -
 * ```
 * > NodeSource has no Node.js 12 for Ubuntu 22.04, so the build stops
 * > NodeSource has no Node.js 6 for Ubuntu 20.04, so the build stops
 * > NodeSource has no Node.js 0.10 for Debian 10, so the build stops
 * > NodeSource has no Node.js 6 for Amazon Linux 2023, so the build stops
 * > NodeSource has no Node.js 8 for Debian sid, so the build stops
 * ```dockerfile fixed
 * FROM ubuntu:22.04
 * RUN curl -fsSL https://deb.nodesource.com/setup_16.x | bash - && apt-get install -y nodejs
 * FROM ubuntu:20.04
 * COPY --from=0 /a /a
 * RUN wget -qO- "https://deb.nodesource.com/setup_10.x" | bash -
 * FROM debian:buster
 * COPY --from=1 /a /a
 * RUN curl -sL https://deb.nodesource.com/setup_10.x | bash -
 * FROM amazonlinux:2023
 * COPY --from=2 /a /a
 * RUN curl -sL https://rpm.nodesource.com/setup_18.x | bash -
 * FROM debian:sid
 * COPY --from=3 /a /a
 * RUN curl -sL https://deb.nodesource.com/setup_18.x | bash -
 * ```
 * A step that may not run is a hint:
 * ```dockerfile bad severity="hint"
 * FROM debian:12
 * RUN if [ -n "$NODE" ]; then curl -fsSL https://deb.nodesource.com/«setup_10.x» | bash -; fi
 * ```
 * > NodeSource has no Node.js 10 for Debian 12, so the build stops
 * ```dockerfile fixed
 * FROM debian:12
 * RUN if [ -n "$NODE" ]; then curl -fsSL https://deb.nodesource.com/setup_18.x | bash -; fi
 * ```
 * ```dockerfile good
 * FROM ubuntu:22.04
 * RUN curl -fsSL https://deb.nodesource.com/setup_20.x | bash - && curl https://deb.nodesource.com/setup_$NODE.x | bash -
 * FROM ubuntu:18.04
 * RUN curl -fsSL https://deb.nodesource.com/setup_8.x | bash -
 * FROM example.com/base
 * RUN curl -fsSL https://deb.nodesource.com/setup_8.x | bash - && curl https://example.com/setup_8.x
 * ```
 * ```dockerfile good options="archives: own"
 * FROM ubuntu:22.04
 * RUN curl -fsSL https://deb.nodesource.com/setup_8.x | bash -
 * ```
 * A variable may hold the version:
 * ```dockerfile bad
 * FROM debian:12
 * ARG NODE_MAJOR=10
 * RUN curl -fsSL https://deb.nodesource.com/«setup_${NODE_MAJOR}.x» | bash - && curl -fsSL https://deb.nodesource.com/setup_$OTHER | bash -
 * ```
 * > NodeSource has no Node.js 10 for Debian 12, so the build stops
 */
export default defineRule({
  id: 'nodesource-version-gone',
  summary: 'NodeSource has no packages of this Node.js for the release',
  category: 'build',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['nodesource'],
  explains: ['nodesource-unsupported', 'foreign-archive-gone'],
  options: { archives: sharedOptions.archives },

  *check({ model, options }) {
    if (options.archives === 'own' || !model.file.text.includes('nodesource.com/setup')) return;
    for (const command of model.commandsNamed('curl', 'wget')) {
      const release = model.stageOf(command.instruction)?.base.release;
      const limit = nodeSourceLimits.find(({ family, since }) => isSince(release, { [family]: since }));
      if (!release || !limit) continue;
      for (const { at, version, isWritten } of scriptsOf(model, command)) {
        if (Number(version) >= limit.from) continue;
        yield {
          at,
          message: `NodeSource has no Node.js ${version} for ${releaseTitle(release)}, so the build stops`,
          severity: stopsBuild(model, command.instruction, command) ? undefined : 'hint',
          fix: isWritten
            ? { title: `Set up Node.js ${limit.to}`, edits: [replace(at, `setup_${limit.to}.x`)] }
            : undefined,
        };
      }
    }
  },
});

/** Where a command fetches the script, and the Node.js that it sets up. Without a number it is the first, 0.10. */
function* scriptsOf(model: Model, command: Command): Generator<SetupScript> {
  for (const { span } of command.args) {
    const found =
      /^(["']?https?:\/\/(?:deb|rpm)\.nodesource\.com\/)(setup(?:_(\d+(?:\.\d+)?|\$\w+|\$\{\w+\})(?:\.x)?)?)["']?$/.exec(
        model.document.slice(span),
      );
    const [, before = '', name = '', written = '0.10'] = found ?? [];
    if (!found) continue;
    const [variable] = /\w+/.exec(written) ?? [];
    const isWritten = !written.startsWith('$');
    const version = isWritten ? written : valueFor(model, command, variable ?? '')?.replace(/\.x$/, '');
    if (version === undefined || !/^\d+(?:\.\d+)?$/.test(version)) continue;
    const start = span.start + before.length;
    yield { at: { start, end: start + name.length }, version, isWritten };
  }
}

interface SetupScript {
  readonly at: Span;
  readonly version: string;
  /** Whether the version stands there, and in no variable. */
  readonly isWritten: boolean;
}
