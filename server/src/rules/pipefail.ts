import { defineRule, sharedOptions } from '../core/lint/rule';
import type { Stage } from '../core/lint/rule';
import { firstPipe, isSafeForHadolint, noticed, unnoticed } from './pipefail.parts';

/**
 * The status of a pipe is the status of its last command. If a download on the left fails, the step goes on with half of the
 * data, or with none, and the image has a defect that nobody sees.
 *
 * ```dockerfile bad uncovers="command-not-installed"
 * FROM debian:12
 * RUN «curl -fsSL https://example.com/install.sh» | sh
 * RUN «wget -qO- https://example.com/list» | sort > /list && true
 * CMD ["server"]
 * ```
 * > If curl fails, the step goes on, because only the status of sh counts
 * > If wget fails, the step goes on, because only the status of sort counts
 * ```dockerfile fixed
 * FROM debian:12
 * SHELL ["/bin/bash", "-o", "pipefail", "-c"]
 * RUN curl -fsSL https://example.com/install.sh | sh
 * RUN wget -qO- https://example.com/list | sort > /list && true
 * CMD ["server"]
 * ```
 * bash, and the shell of Alpine, know the option inside the step:
 * ```dockerfile bad uncovers="command-not-installed"
 * FROM alpine:3.20
 * RUN apk add --no-cache curl && «curl -fsSL https://example.com/install.sh» | sh
 * FROM fedora:41
 * RUN if curl -fsSL https://example.com/list | sort > /list; then true; fi && VERSION=$(«curl -fsSL https://example.com/v» | tr -d v) && echo "$VERSION"
 * FROM alpine:3.20
 * RUN [ "$X" = 1 ] && exit 0; «wget -qO- https://example.com/install.sh» | sh
 * FROM debian:12
 * SHELL ["/bin/bash", "-c"]
 * RUN «curl -fsSL https://example.com/list» | xargs -n 1 wget
 * ```
 * > If curl fails, the step goes on, because only the status of sh counts
 * > If curl fails, the step goes on, because only the status of tr counts
 * > If wget fails, the step goes on, because only the status of sh counts
 * > If curl fails, the step goes on, because only the status of xargs counts
 * ```dockerfile fixed
 * FROM alpine:3.20
 * RUN set -o pipefail && apk add --no-cache curl && curl -fsSL https://example.com/install.sh | sh
 * FROM fedora:41
 * RUN set -o pipefail && if curl -fsSL https://example.com/list | sort > /list; then true; fi && VERSION=$(curl -fsSL https://example.com/v | tr -d v) && echo "$VERSION"
 * FROM alpine:3.20
 * RUN set -o pipefail; [ "$X" = 1 ] && exit 0; wget -qO- https://example.com/install.sh | sh
 * FROM debian:12
 * SHELL ["/bin/bash", "-c"]
 * RUN set -o pipefail && curl -fsSL https://example.com/list | xargs -n 1 wget
 * ```
 * Where other steps rely on the shell as it is, or the start does, only this step gets another one:
 * ```dockerfile bad uncovers="command-not-installed"
 * FROM debian:12
 * RUN «curl -fsSL https://example.com/install.sh» | sh
 * RUN yes | ./configure
 * CMD server --port $PORT
 * ```
 * > If curl fails, the step goes on, because only the status of sh counts
 * ```dockerfile fixed
 * FROM debian:12
 * SHELL ["/bin/bash", "-o", "pipefail", "-c"]
 * RUN curl -fsSL https://example.com/install.sh | sh
 * SHELL ["/bin/sh", "-c"]
 * RUN yes | ./configure
 * CMD server --port $PORT
 * ```
 * ```dockerfile bad uncovers="command-not-installed"
 * FROM debian:12 AS base
 * RUN «curl -fsSL https://example.com/install.sh» | sh
 * FROM base
 * ```
 * > If curl fails, the step goes on, because only the status of sh counts
 * ```dockerfile fixed
 * FROM debian:12 AS base
 * SHELL ["/bin/bash", "-o", "pipefail", "-c"]
 * RUN curl -fsSL https://example.com/install.sh | sh
 * SHELL ["/bin/sh", "-c"]
 * FROM base
 * ```
 * There is no fix if the step relies on what the option changes, or on another shell, and for an unknown image:
 * ```dockerfile bad
 * FROM alpine:3.20
 * RUN «curl -fsSL https://example.com/list» | head -1 > /first
 * FROM debian:12
 * RUN echo "a\nb" > /x && «curl -fsSL https://example.com/list» | sh
 * FROM alpine:3.20
 * RUN «curl -fsSL https://example.com/list» | grep -q x
 * FROM unknown
 * RUN «curl -fsSL https://example.com/list» | sh
 * FROM alpine:3.20
 * RUN <<EOF
 * «curl -fsSL https://example.com/install.sh» | sh
 * EOF
 * ```
 * > If curl fails, the step goes on, because only the status of head counts
 * > If curl fails, the step goes on, because only the status of sh counts
 * > If curl fails, the step goes on, because only the status of grep counts
 * > If curl fails, the step goes on, because only the status of sh counts
 * > If curl fails, the step goes on, because only the status of sh counts
 * The shell of Debian has no such option:
 * ```dockerfile bad uncovers="command-not-installed"
 * FROM debian:12
 * SHELL ["/bin/sh", "-o", "pipefail", "-c"]
 * RUN «curl -fsSL https://example.com/install.sh» | sh
 * ```
 * > If curl fails, the step goes on, because only the status of sh counts
 * ```dockerfile fixed
 * FROM debian:12
 * SHELL ["/bin/sh", "-o", "pipefail", "-c"]
 * SHELL ["/bin/bash", "-o", "pipefail", "-c"]
 * RUN curl -fsSL https://example.com/install.sh | sh
 * ```
 * The rule accepts a left side that cannot fail, a right side that fails too, and pipes whose status does not matter:
 * ```dockerfile good
 * FROM debian:12
 * RUN echo y | ./configure && yes | apt-get install curl && printf x | tee /x && cat <<EOF | sh
 * true
 * EOF
 * RUN curl -fsSL https://example.com/app.tgz | tar xz && curl https://example.com/sums | sha256sum -c -
 * RUN [ "$(curl https://example.com/v | tr -d v)" = 1 ] && curl https://example.com/x | sh || true
 * RUN set -x; curl https://example.com/x | sh; true
 * RUN ["sh", "-c", "echo x"]
 * RUN curl https://example.com/x | (cat) && true; curl https://example.com/x | (cat)
 * RUN dpkg --print-architecture | tee /arch && echo x | sort | sh && curl https://example.com/k | gpg --dearmor -o /k
 * RUN find / -name x | sort > /x && VERSION=$(git describe --tags | sed s/v//) && echo "$VERSION"
 * RUN bash -c 'set -o pipefail; curl https://example.com/x | sh' && bash -o pipefail -c 'curl https://example.com/y | sh'
 * SHELL ["/bin/bash", "-eo", "pipefail", "-c"]
 * RUN curl -fsSL https://example.com/install.sh | sh
 * FROM mcr.microsoft.com/windows/servercore:ltsc2022
 * RUN dir | find "x"
 * ```
 * In the profile `strict`, a right side that fails too is not enough, and every program counts:
 * ```dockerfile bad options="profile: strict"
 * FROM unknown
 * RUN «curl -fsSL https://example.com/app.tgz» | tar xz
 * RUN «find / -name x» | sort > /x
 * RUN «"$GENERATE"» | "$READ"
 * ```
 * > If curl fails, the step goes on, because only the status of tar counts
 * > If find fails, the step goes on, because only the status of sort counts
 * > If this fails, the step goes on, because only the status of the last command counts
 * The profile `strict` also looks into functions, and at pipes into a loop:
 * ```dockerfile bad options="profile: strict"
 * FROM debian:12
 * RUN fetch() { «curl -fsSL https://example.com/a» | tar xz; }; fetch
 * RUN (set -e; «find / -name a» | while read -r one; do rm "$one"; done)
 * ```
 * > If curl fails, the step goes on, because only the status of tar counts
 * > If find fails, the step goes on, because only the status of the last command counts
 * ```dockerfile fixed
 * FROM debian:12
 * SHELL ["/bin/bash", "-o", "pipefail", "-c"]
 * RUN fetch() { curl -fsSL https://example.com/a | tar xz; }; fetch
 * RUN (set -e; find / -name a | while read -r one; do rm "$one"; done)
 * ```
 * ```dockerfile good options="profile: strict"
 * FROM debian:12
 * RUN find / -name a | while read -r one; do rm "$one"; done || true
 * RUN if find / -name a | while read -r one; do rm "$one"; done; then true; fi
 * SHELL ["/bin/bash", "-c"]
 * RUN fetch() { curl -fsSL https://example.com/a | tar xz; }; set -o pipefail; fetch
 * ```
 *
 * @skip onbuild the shell of the later build decides
 */
export default defineRule({
  id: 'pipefail',
  summary: 'A failure on the left of a pipe goes unnoticed',
  category: 'shell',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL4006', 'semgrep:set-pipefail', 'kics:shell_running_a_pipe_without_pipefail_flag'],

  options: { profile: sharedOptions.profile },

  *check({ model, options }) {
    // The first finding of a stage brings the SHELL that serves them all.
    const served = new Set<Stage | undefined>();
    for (const run of model.instructionsOf('RUN')) {
      if (!run.line.text.includes('|') && run.heredocs.length === 0) continue;
      const pipe = unnoticed(model, run, options.profile === 'strict' || options.profile === 'hadolint');
      if (!pipe) continue;
      const { left, last } = pipe;
      const runner = last?.wrappers.find(({ program }) => program === 'xargs')?.program;
      const stage = model.stageOf(run);
      const fix = noticed(model, left);
      const isServed = fix?.lasts === true && served.has(stage);
      if (fix?.lasts) served.add(stage);
      yield {
        at: left.span,
        message: `If ${left.program || 'this'} fails, the step goes on, because only the status of ${runner ?? (last?.program || 'the last command')} counts`,
        ...(fix && (isServed ? { alternatives: [fix.fix] } : { fix: fix.fix })),
      };
    }
  },

  *hadolint({ model }) {
    let shell: readonly string[] = [];
    for (const one of model.file.instructions) {
      if (one.keyword === 'FROM') shell = [];
      if (one.keyword === 'SHELL') shell = (one.json ?? one.words).map(({ value }) => value);
      if (one.keyword !== 'RUN' || isSafeForHadolint(shell)) continue;
      const at = unnoticed(model, one, true)?.left.span ?? firstPipe(model, one);
      if (at) yield { at, message: 'A failure on the left of the pipe goes unnoticed' };
    }
  },
});
