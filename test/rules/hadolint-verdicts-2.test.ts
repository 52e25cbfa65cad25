// What the profile of hadolint finds, id by id: the lines that hadolint 2.15.1 reports for the same text. More rules.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfig } from '../../server/src/core/lint/config';
import { noFacts } from '../../server/src/core/lint/facts';
import { lint } from '../../server/src/linter';

type Verdict = readonly [text: string, lines: readonly number[]];

const verdicts: Readonly<Record<string, readonly Verdict[]>> = {
  DL3002: [
    ['FROM x AS y\nUSER root', [2]],
    ['FROM x\nUSER a\nUSER root', [3]],
    ['FROM x\nUSER 0:0', [2]],
    ['FROM x\nUSER "root"', []],
    ['FROM x\nUSER $X', []],
    ['FROM x\nONBUILD USER root', []],
  ],
  DL3004: [
    ['COPY x.tar /\nRUN sudo tar xf x.tar', [2]],
    ['RUN ["sudo", "a"]', [1]],
    ['RUN a; sudo b; sudo c', [1]],
    ['RUN apt-get install sudo', []],
    ['RUN sh -c "sudo a"', []],
    ['RUN xargs sudo a', []],
  ],
  DL3010: [
    ['COPY foo/bar.tgz /x/\nRUN cd /x && tar -xzf bar.tgz', [1]],
    ['COPY ["x y.tar", "/"]\nRUN tar -xf "x y.tar"', [1]],
    ['COPY x.gz /\nRUN tar -xf x.gz', [1]],
    ['COPY x.gz /\nRUN uncompress x.gz', [1]],
    ['COPY x.tar /\nRUN tar --extract --file x.tar', [1]],
    ['COPY foo/bar.tar.gz /x/y.tar.gz\nRUN tar -xf /x/bar.tar.gz', []],
    ['COPY x.gz /\nRUN gzip -d x.gz', []],
    ['COPY x.tar /\nRUN sudo tar -xf x.tar', []],
    ['COPY a/X.TAR /y/\nRUN tar -xf X.TAR', []],
  ],
  DL3011: [
    ['EXPOSE 80000', [1]],
    ['EXPOSE 65535 65536', [1]],
    ['EXPOSE 40000-80000/tcp', [1]],
    ['EXPOSE 80', []],
    ['EXPOSE ${X}', []],
    ['EXPOSE ${X}-80000', []],
  ],
  DL3012: [
    ['HEALTHCHECK CMD a\nHEALTHCHECK CMD b', [2]],
    ['FROM a\nHEALTHCHECK CMD a\nFROM b\nHEALTHCHECK NONE\nHEALTHCHECK NONE', [5]],
    ['ONBUILD HEALTHCHECK CMD a\nHEALTHCHECK CMD b', []],
    ['ONBUILD HEALTHCHECK CMD a\nONBUILD HEALTHCHECK CMD b', []],
  ],
  DL3018: [
    ['RUN apk add a', [1]],
    ['RUN apk add a@edge', [1]],
    ['RUN apk add --cache-dir /x a=1', [1]],
    ['RUN apk add a=1', []],
    ['RUN apk add -X=http://x a=1', []],
    ['RUN --mount=type=cache,target=/etc/apk/cache apk add a=1', []],
  ],
  DL3019: [
    ['RUN apk add a', [1]],
    ['RUN apk add --repository=http://x a=1', [1]],
    ['RUN apk add --arch x a=1', [1]],
    ['RUN apk add --no-cache a', []],
    ['RUN apk upgrade', []],
    ['RUN sudo apk add a', []],
  ],
  DL3021: [
    ['COPY foo\\bar.tar C:\\x\\\nRUN tar xf C:\\x\\bar.tar', [1]],
    ['COPY "a" b "c"', [1]],
    ['COPY a b ${X}', [1]],
    ['COPY foo/bar.tgz /x/\nRUN cd /x && tar xzf bar.tgz', []],
    ['ADD x.tar /\nRUN tar xf x.tar', []],
    ['COPY a b "$X/"', []],
  ],
  DL3023: [
    ['FROM x AS y\nCOPY --from=y a /b', [2]],
    ['FROM x AS y\nFROM z as w\nCOPY --from=y a /b\nCOPY --from=w a /b', [4]],
    ['FROM x AS y\nCOPY --from=y / /', [2]],
    ['FROM a AS b\nFROM c\nCOPY --from=b x.tar /\nRUN tar xf x.tar', []],
    ['FROM x AS Y\nCOPY --from=y a /b', []],
    ['COPY --from=y / /app', []],
  ],
  DL3024: [
    ['FROM x AS y\nFROM x AS y', [2]],
    ['FROM x AS y\nFROM x AS z\nFROM x AS y\nFROM x AS y', [3, 4]],
    ['FROM a AS b\nFROM c\nCOPY --from=b x.tar /\nRUN tar xf x.tar', []],
    ['FROM x AS y\nFROM x AS Y', []],
    ['FROM x AS y\nFROM z\nCOPY --from=y / /', []],
  ],
  DL3028: [
    ['RUN gem install bundler', [1]],
    ['RUN gem install bundler:1 foo', [1]],
    ['RUN ["gem", "install", "x"]', [1]],
    ['RUN gem install bundler:1.1', []],
    ["RUN gem install bundler --version '1.1'", []],
    ['RUN sudo gem install x', []],
  ],
  DL3030: [
    ['RUN yum install httpd', [1]],
    ['RUN yum install foo-$(x)', [1]],
    ['RUN yum install -C foo-1', [1]],
    ['RUN yum install -y httpd', []],
    ['RUN yum install -y a; yum clean all -y', []],
    ['RUN yum install -y foo-$V', []],
  ],
  DL3032: [
    ['RUN yum install httpd', [1]],
    ['RUN yum install -y python3', [1]],
    ['RUN yum install -y a && rm -r /x', [1]],
    ['RUN yum install -qy httpd-2.4.24 && yum clean all', []],
    ['RUN yum install -y a && yum -y clean all', []],
    ['RUN yum install -y a && rm -rf', []],
  ],
  DL3033: [
    ['RUN yum install httpd', [1]],
    ['RUN yum install -y a && yum clean packages', [1]],
    ['FROM x\nENV V=1\nFROM y\nRUN yum install -y foo-${V}', [4]],
    ['ARG V\nRUN yum install foo-${V:-1}', [2]],
    ['RUN yum install -qy httpd-2.4.24 && yum clean all', []],
    ['RUN yum groupinstall -y x', []],
    ['FROM x AS z\nENV V=1\nFROM z\nRUN yum install -y foo-${V}', []],
    ['RUN yum swap x y', []],
  ],
  DL3034: [
    ['RUN zypper install httpd=2.4.24 && zypper clean', [1]],
    ['RUN zypper install x=1', [1]],
    ['RUN zypper remove x', [1]],
    ['RUN zypper update', []],
    ['RUN zypper dup', []],
    ['RUN --mount=type=tmpfs,target=/var/cache/zypp/x zypper in -y x', []],
  ],
  DL3035: [
    ['RUN zypper dup', [1]],
    ['RUN zypper -n dist-upgrade x', [1]],
    ['ONBUILD RUN zypper dup', [1]],
    ['RUN zypper install httpd=2.4.24 && zypper clean', []],
    ['RUN zypper install x==1', []],
  ],
  DL3036: [
    ['RUN zypper in httpd', [1]],
    ['RUN zypper in -y x\nRUN zypper clean', [1]],
    ['RUN zypper install --type=pattern x', [1]],
    ['RUN zypper install httpd=2.4.24 && zypper clean', []],
    ['RUN zypper -n dist-upgrade x', []],
    ['RUN zypper in -y x && zypper clean -a', []],
  ],
  DL3037: [
    ['RUN zypper in httpd', [1]],
    ['RUN zypper in -y x && zypper cc', [1]],
    ['RUN zypper install -r x y=1', [1]],
    ['RUN zypper install httpd=2.4.24 && zypper clean', []],
    ['RUN zypper -n dup', []],
    ['RUN zypper install x==1', []],
  ],
  DL3043: [
    ['ONBUILD ONBUILD RUN x', [1]],
    ['ONBUILD FROM x', [1]],
    ['ONBUILD MAINTAINER x', [1]],
  ],
  DL3045: [
    ['COPY a b c', [1]],
    ['COPY a b ./', [1]],
    ['COPY a "b"', [1]],
    ['FROM a\nCOPY x.tar /tmp\nRUN tar -xf /tmp/x.tar', []],
    ['COPY x.tar.xz /\nRUN tar Jxvf x.tar.xz -C /y && rm x.tar.xz', []],
    ['FROM x AS y\nCOPY --from=y a /b', []],
  ],
  DL3048: [
    ['LABEL A=b', [1]],
    ['LABEL io.docker.x=d', [1]],
    ['LABEL a=b \\\n  B=c', [1]],
    ['LABEL a=b', []],
    ['LABEL a/b=c', []],
    ['LABEL a.-b=c', []],
  ],
  DL3059: [
    ['RUN a\nRUN b', [2]],
    ['RUN x=1\nRUN c\nRUN d', [2, 3]],
    ['RUN f() { a; }\nRUN d', [2]],
    ['RUN a\nRUN b; c\nRUN d', []],
    ['ONBUILD RUN a\nONBUILD RUN b', []],
    ['RUN a\nENV x=y\nRUN b', []],
  ],
  DL3060: [
    ['RUN yarn install', [1]],
    ['FROM a\nRUN --mount=type=cache,target=/root/.cache yarn install', [2]],
    ['FROM a\nRUN yarn install | tee x', [2]],
    ['RUN yarn install && yarn cache clean', []],
    ['FROM a\nRUN --mount=type=cache,target=/root/.cache/yarn yarn install', []],
    ['FROM a\nRUN yarnpkg install', []],
  ],
  DL3061: [
    ['RUN a\nFROM x', [1]],
    ['MAINTAINER x\nFROM y\nMAINTAINER x', [1]],
    ['ONBUILD ARG x\nFROM y', [1]],
    ['FROM x', []],
    ['FROM a\nRUN yarn global add x', []],
    ['FROM a\nRUN <<EOF\nyarn install\nyarn cache clean\nEOF', []],
  ],
  DL3062: [
    ['RUN go install example.com/pkg', [1]],
    ['RUN go run example.com/pkg@latest foo@v1', [1]],
    ['RUN go run -exec y example.com/x', [1]],
    ['RUN go install example.com/pkg@v1.2.3', []],
    ['RUN go install /x', []],
    ['RUN go install example.com/pkg@${VERSION:-latest}', []],
  ],
  DL3063: [
    ['FROM x AS scratch', [1]],
    ['FROM x AS context', [1]],
    ['FROM x AS Context', []],
    ['FROM x AS SCRATCH', []],
    ['FROM x AS contexts', []],
  ],
  DL3065: [
    ['FROM --platform=$TARGETPLATFORM x', [1]],
    ['FROM --platform=${TARGETPLATFORM} x', [1]],
    ['FROM --platform=$TARGETPLATFORM scratch', [1]],
    ['FROM --platform="$TARGETPLATFORM" x', []],
    ['FROM --platform=$BUILDPLATFORM x', []],
    ['FROM --platform=$TARGETPLATFORM/v7 x', []],
  ],
  DL3066: [
    ['USER foo', [1]],
    ['FROM x\nUSER ${FOO:-1000}', [2]],
    ['FROM x\nONBUILD ARG A\nUSER $A', [3]],
    ['USER 1000', []],
    ['FROM x\nARG FOO=1\nUSER ${FOO}:x', []],
    ['FROM x\nARG B\nUSER $A:$B', []],
  ],
  DL3067: [
    ['FROM x AS y\nCOPY --from=y / /', [2]],
    ['COPY --from=y / /', [1]],
    ['FROM x AS y\nFROM z\nCOPY --from=y / /', [3]],
    ['COPY / /', []],
    ['COPY --from=y / /app', []],
    ['ONBUILD COPY --from=y / /', []],
  ],
  DL4001: [
    ['RUN curl x\nRUN wget x', [2]],
    ['RUN wget x && curl y', [1]],
    ['ONBUILD RUN wget x\nONBUILD RUN curl x', [2]],
    ['FROM a\nRUN wget x\nFROM b\nRUN curl x', []],
    ['RUN apt-get install curl wget', []],
    ['CMD wget x\nRUN curl x', []],
  ],
  DL4004: [
    ['ENTRYPOINT a\nENTRYPOINT b', [2]],
    ['ENTRYPOINT a\nONBUILD ENTRYPOINT b\nENTRYPOINT c', [3]],
    ['FROM a as x\nENTRYPOINT ["a"]\nFROM x\nENTRYPOINT b', []],
  ],
  DL4005: [
    ['RUN ln -sfv /bin/bash /bin/sh', [1]],
    ['RUN ln -s /bin/sh /bin/bash', [1]],
    ["RUN ln -s /bin/bash '/bin/sh' && true", [1]],
    ['RUN ln -s /bin/bash /usr/bin/sh', []],
    ['RUN sudo ln -s /bin/bash /bin/sh', []],
    ['RUN sh -c "ln -sf bash /bin/sh"', []],
  ],
  DL4006: [
    ['RUN wget -O - https://some.site | wc -l > /number', [1]],
    ['RUN set -euo pipefail; a | b', [1]],
    ['RUN echo foo | tee /x', [1]],
    ['RUN case x in a) a | b;; esac', [1]],
    ['# escape=`\nFROM debian\nRUN a | b', [3]],
    ["RUN <<'EOF' sh\na | b\nEOF", [1]],
    ['SHELL ["CMD", "/S"]\nRUN a | b', [2]],
    ['SHELL ["/bin/bash", "-eo", "pipefail", "-c"]\nRUN wget -O - https://some.site | wc -l > /number', []],
    ['SHELL ["/bin/bash", "-o", "errexit", "-o", "pipefail", "-c"]\nRUN a | b', []],
    ['SHELL ["cmd", "/S", "/C"]\nRUN a | b', []],
    ['ONBUILD RUN a | b', []],
    ['RUN cmd /c "a | b"', []],
    ['RUN <<EOF\na\nEOF', []],
    ['SHELL ["cmd2"]\nRUN a | b', []],
  ],
};

for (const [id, texts] of Object.entries(verdicts)) {
  test(`${id} has the lines of hadolint`, () => {
    for (const [text, lines] of texts) assert.deepEqual(linesOf(id, text), lines, text);
  });
}

/** Where the instructions with a finding start. */
function linesOf(id: string, text: string): readonly number[] {
  const { model, findings } = lint(text, { ...defaultConfig, profile: 'hadolint' }, noFacts);
  const found = findings.filter(({ alsoKnownAs }) => alsoKnownAs.includes(`hadolint:${id}`));
  return model.file.instructions
    .filter(({ span }) => found.some(({ at }) => at.start >= span.start && at.start < span.end))
    .map(({ span }) => model.document.lineAt(span.start) + 1);
}
