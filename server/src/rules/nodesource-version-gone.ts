import { stopsBuild } from '../core/analysis/commands/failing-step';
import { lacksNodeLine, oldestForAll } from '../core/knowledge/network/nodesource';
import { defineRule, replace } from '../core/lint/rule';

/**
 * NodeSource publishes a line of Node.js for the releases of Debian and Ubuntu that there are before the line ends. For a
 * later release there are no packages, and the setup script stops: "your distribution is not currently supported".
 *
 * ```dockerfile bad
 * FROM python:3.13-bookworm
 * RUN curl -fsSL https://deb.nodesource.com/«setup_10.x» | bash - && apt-get install -y nodejs
 * RUN wget -qO- "https://deb.nodesource.com/«setup_0.12»" | sh
 * ```
 * > NodeSource has no Node.js 10 for bookworm, so its script stops
 * > NodeSource has no Node.js 0.12 for bookworm, so its script stops
 * ```dockerfile fixed
 * FROM python:3.13-bookworm
 * RUN curl -fsSL https://deb.nodesource.com/setup_16.x | bash - && apt-get install -y nodejs
 * RUN wget -qO- "https://deb.nodesource.com/setup_16.x" | sh
 * ```
 * ```dockerfile bad severity="hint"
 * FROM ubuntu:22.04
 * RUN curl -o /tmp/setup https://deb.nodesource.com/«setup_13.x» || true
 * ```
 * > NodeSource has no Node.js 13 for jammy, so its script stops
 * ```dockerfile fixed
 * FROM ubuntu:22.04
 * RUN curl -o /tmp/setup https://deb.nodesource.com/setup_16.x || true
 * ```
 * The rule is silent where the release or the version is not known, and where the packages may exist:
 * ```dockerfile good
 * FROM debian:12
 * RUN curl https://deb.nodesource.com/setup_20.x | bash -
 * RUN curl https://deb.nodesource.com/setup_14.x | bash -
 * RUN curl https://deb.nodesource.com/setup_lts.x | bash -
 * RUN curl https://deb.nodesource.com/setup_$LINE.x | bash -
 * FROM debian:10
 * RUN curl https://deb.nodesource.com/setup_10.x | bash -
 * FROM acme/app
 * RUN curl https://deb.nodesource.com/setup_10.x | bash -
 * ```
 */
export default defineRule({
  id: 'nodesource-version-gone',
  summary: 'NodeSource has no such version of Node.js for this release',
  category: 'build',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],

  *check({ model }) {
    for (const command of model.commandsNamed('curl', 'wget')) {
      const { args, instruction } = command;
      const release = model.stageOf(instruction)?.base.release;
      if (!release) continue;
      for (const { span } of args) {
        const named = inAddress.exec(model.document.slice(span));
        const [, script = '', line = ''] = named ?? [];
        if (!named || !lacksNodeLine(release, line)) continue;
        const start = span.start + named.index + named[0].indexOf(script);
        const at = { start, end: start + script.length };
        yield {
          at,
          message: `NodeSource has no Node.js ${line} for ${release.name}, so its script stops`,
          severity: stopsBuild(model, instruction, command) ? undefined : 'hint',
          fix: {
            title: `Install Node.js ${oldestForAll}, the oldest that NodeSource has for every release`,
            edits: [replace(at, `setup_${oldestForAll}.x`)],
          },
        };
      }
    }
  },
});

/** The setup script of a line, at the end of a word with or without quotes. */
const inAddress = /^["']?https?:\/\/deb\.nodesource\.com\/(setup_(\d+(?:\.\d+)?)(?:\.x)?)["']?$/;
