import { defineRule, replace, sharedOptions } from '../core/lint/rule';
import { stopsBuild } from '../core/analysis/commands/failing-step';
import { groupByRoot } from '../core/analysis/images/root-stage';
import { goneServersIn } from '../core/analysis/packages/gone-servers';

/**
 * The server is gone, and a download from it fails. Where another server has the same files, the fix names it.
 *
 * ```dockerfile bad
 * FROM debian:12
 * ADD http://«central.maven.org»/maven2/junit/junit/4.12/junit-4.12.jar /lib/
 * RUN gpg --keyserver hkp://«p80.pool.sks-keyservers.net»:80 --recv-keys 0xABC \
 *     # the same server
 *     && gpg --keyserver ha.pool.sks-keyservers.net --recv-keys 0xDEF
 * RUN curl -L https://«dl.bintray.com»/sbt/debian/sbt-1.3.0.deb -o sbt.deb
 * RUN curl https://«go.googlecode.com»/files/go1.2.linux-amd64.tar.gz | tar xz
 * RUN pip install git+git://«github.com»/a/b && git clone git://github.com/a/c
 * ```
 * > central.maven.org has been gone since June 2020, so the download fails
 * > p80.pool.sks-keyservers.net has been gone since June 2021, so the download fails
 * > dl.bintray.com/sbt/debian has been gone since May 2021, so the download fails
 * > go.googlecode.com has been gone since January 2016, so the download fails
 * > git://github.com has not worked since March 2022, so the download fails
 * ```dockerfile fixed
 * FROM debian:12
 * ADD https://repo1.maven.org/maven2/junit/junit/4.12/junit-4.12.jar /lib/
 * RUN gpg --keyserver hkp://keyserver.ubuntu.com:80 --recv-keys 0xABC \
 *     # the same server
 *     && gpg --keyserver keyserver.ubuntu.com --recv-keys 0xDEF
 * RUN curl -L https://repo.scala-sbt.org/scalasbt/debian/sbt-1.3.0.deb -o sbt.deb
 * RUN curl https://storage.googleapis.com/google-code-archive-downloads/v2/code.google.com/go/go1.2.linux-amd64.tar.gz | tar xz
 * RUN pip install git+https://github.com/a/b && git clone https://github.com/a/c
 * ```
 * Nothing takes the place of some servers, also not in a list of package sources:
 * ```dockerfile bad
 * FROM debian:12
 * RUN echo "deb http://«apt.kubernetes.io»/ kubernetes-xenial main" > /etc/apt/sources.list.d/kubernetes.list
 * RUN wget https://«dl.bintray.com»/tool/tool.tar.gz
 * FROM centos:7
 * COPY --from=0 /tool.tar.gz /
 * RUN cat <<EOF > /etc/yum.repos.d/kubernetes.repo
 * baseurl=https://«packages.cloud.google.com»/yum/repos/kubernetes-el7-x86_64
 * EOF
 * ```
 * > apt.kubernetes.io has been gone since March 2024, so the download fails
 * > dl.bintray.com has been gone since May 2021, so the download fails
 * > packages.cloud.google.com/yum/repos/kubernetes has been gone since March 2024, so the download fails
 * Another attempt may work, and so may a step whose failure is ignored. A server that only some clients reach is a
 * warning, and so is a variable:
 * ```dockerfile bad severity="hint"
 * FROM debian:12
 * RUN gpg --keyserver «pool.sks-keyservers.net» --recv-keys A || gpg --keyserver keys.openpgp.org --recv-keys A
 * RUN if [ -n "$X" ]; then wget https://«dl.bintray.com»/tool; fi
 * ```
 * > pool.sks-keyservers.net has been gone since June 2021, so the download fails
 * > dl.bintray.com has been gone since May 2021, so the download fails
 * ```dockerfile fixed
 * FROM debian:12
 * RUN gpg --keyserver keyserver.ubuntu.com --recv-keys A || gpg --keyserver keys.openpgp.org --recv-keys A
 * RUN if [ -n "$X" ]; then wget https://dl.bintray.com/tool; fi
 * ```
 * ```dockerfile bad severity="warning"
 * FROM node:20
 * ENV REGISTRY=https://«registry.npm.taobao.org»
 * RUN npm config set registry http://«registry.npm.taobao.org»
 * ```
 * > https://registry.npm.taobao.org has not worked since January 2024, so the download fails
 * > registry.npm.taobao.org has been gone since January 2024, so the download may fail
 * ```dockerfile fixed
 * FROM node:20
 * ENV REGISTRY=https://registry.npmmirror.com
 * RUN npm config set registry https://registry.npmmirror.com
 * ```
 * Text that is only printed, replaced or looked for needs no answer, nor does another server with a similar name:
 * ```dockerfile good
 * # git://github.com
 * FROM debian:12
 * LABEL source=git://github.com/a/b
 * RUN echo "no longer at dl.bintray.com" && sed -i s/mirrorlist.centos.org/example.com/ /etc/x
 * RUN curl https://jcenter.bintray.com/x https://my-get.docker.io.example.com/ https://github.com/a https://bootstrap.pypa.io/get-pip.py
 * RUN for server in $(shuf -e pool.sks-keyservers.net a); do gpg --keyserver $server --recv-keys A; done
 * RUN for server in pool.sks-keyservers.net keys.openpgp.org; do gpg --keyserver "$server" --recv-keys A && break; done
 * ```
 * ```dockerfile good
 * FROM debian:12
 * RUN git config --global url.https://github.com/.insteadOf git://github.com/ && git clone git://github.com/a/b
 * ```
 * With mirrors of your own, nothing is known:
 * ```dockerfile good options="archives: own"
 * FROM debian:12
 * RUN wget https://dl.bintray.com/tool/tool.tar.gz
 * ```
 * In a loop over several servers the others may answer, which the profile `strict` reports as a hint. One server alone is no choice:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12
 * RUN for server in «pool.sks-keyservers.net» keys.openpgp.org; do gpg --keyserver "$server" --recv-keys A && break; done
 * ```
 * > pool.sks-keyservers.net has been gone since June 2021, so only the others of this loop can answer
 * ```dockerfile fixed
 * FROM debian:12
 * RUN for server in keyserver.ubuntu.com keys.openpgp.org; do gpg --keyserver "$server" --recv-keys A && break; done
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * RUN for server in «pool.sks-keyservers.net»; do gpg --keyserver "$server" --recv-keys A; done
 * RUN SERVER=pool.sks-keyservers.net; gpg --keyserver "$SERVER" --recv-keys A
 * ```
 * > pool.sks-keyservers.net has been gone since June 2021, so the download fails
 * ```dockerfile fixed
 * FROM debian:12
 * RUN for server in keyserver.ubuntu.com; do gpg --keyserver "$server" --recv-keys A; done
 * RUN SERVER=keyserver.ubuntu.com; gpg --keyserver "$SERVER" --recv-keys A
 * ```
 */
export default defineRule({
  id: 'download-host-gone',
  summary: 'A download comes from a server that is gone',
  category: 'build',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  explains: [
    'add-url-failed',
    'download-gone',
    'download-no-answer',
    'git-protocol',
    'apt-key-failed',
    'foreign-archive-gone',
  ],
  options: { archives: sharedOptions.archives, profile: sharedOptions.profile },

  *check({ model, options }) {
    if (options.archives === 'own') return;
    const groups = groupByRoot(
      model,
      goneServersIn(model),
      ({ server, instruction, isAlternative }) =>
        `${server.address} ${instruction.keyword === 'RUN'} ${isAlternative}`,
    );
    for (const uses of groups) {
      const [first] = uses;
      const edits = uses.flatMap(({ replacement }) =>
        replacement ? [replace(replacement.at, replacement.text)] : [],
      );
      const { server, instruction, command, isAlternative } = first;
      // Where others of a loop answer, nothing stops.
      if (isAlternative && options.profile !== 'strict') continue;
      const { address, since, to } = server;
      const isHost = address.startsWith('.') || !/[/ ]/.test(address);
      const name = isHost ? model.document.slice(first.at) : address.replace(/\/$/, '');
      const isValue = instruction.keyword === 'ENV' || instruction.keyword === 'ARG';
      const wasSeen = server.evidence.startsWith('seen');
      const full = isValue || !wasSeen ? 'warning' : 'error';
      const effect = isAlternative
        ? 'so only the others of this loop can answer'
        : `so the download ${wasSeen ? 'fails' : 'may fail'}`;
      yield {
        at: first.at,
        message: server.scheme
          ? `${server.scheme}${name} has not worked since ${since}, ${effect}`
          : `${name} has been gone since ${since}, ${effect}`,
        severity: !isAlternative && stopsBuild(model, instruction, command) ? full : 'hint',
        ...(to !== undefined && {
          fix: { title: `Use ${to.replace(/^\w+:\/\/|\/?\*?$/g, '')}`, edits },
        }),
      };
    }
  },
});
