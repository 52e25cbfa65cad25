import { defineRule, sharedOptions } from '../core/lint/rule';
import type { Finding, Instruction, Model, Stage } from '../core/lint/rule';
import { guardOf, isConditional } from '../core/analysis/commands/guard';
import { askedServers, asksServer } from '../core/analysis/packages/asked-servers';
import { isMovedSuite, movedArchive } from '../core/knowledge/packages/moved-archives';
import { archiveHost, archiveStep, archiveTitle, eolImage, sourceLines } from '../core/fixes/package-archive';
import type { MovedArchive } from '../core/knowledge/packages/moved-archives';

/**
 * Some time after a release has ended, its packages leave the usual servers. The image still asks there, so the first
 * command of its package manager fails. An archive keeps them as they were, without updates.
 *
 * A newer release is the better answer; these fixes make the file build again. The keys of Debian 7, 8 and 9 have
 * expired: there the added step also switches the check of signatures off.
 *
 * ```dockerfile bad
 * FROM node:8 AS build
 * WORKDIR /app
 * # what node-gyp needs
 * RUN apt-get «update» && apt-get install -y --no-install-recommends make && rm -rf /var/lib/apt/lists/*
 * RUN apt-get update && apt-get install -y --no-install-recommends g++ && rm -rf /var/lib/apt/lists/*
 * FROM build
 * RUN apt-get update && apt-get upgrade -y && rm -rf /var/lib/apt/lists/*
 * ```
 * > The packages of Debian stretch moved to archive.debian.org in April 2023, so apt-get finds none
 * ```dockerfile fixed
 * FROM node:8 AS build
 * WORKDIR /app
 * # stretch moved to archive.debian.org, and its keys have expired
 * RUN find /etc/apt -name '*.list' -exec sed -i -E \
 *         -e 's#//(deb|http|httpredir)\.debian\.(org|net)/debian #//archive.debian.org/debian #' \
 *         -e 's#//(deb|security)\.debian\.org(/debian-security)?/? #//archive.debian.org/debian-security #' \
 *         -e '/stretch-updates/d' \
 *         -e 's#^deb ([^[]+//archive\.)#deb [trusted=yes] \1#' \
 *         {} + \
 *     && echo 'Acquire::Check-Valid-Until "false";' > /etc/apt/apt.conf.d/10no-check-valid-until
 * # what node-gyp needs
 * RUN apt-get update && apt-get install -y --no-install-recommends make && rm -rf /var/lib/apt/lists/*
 * RUN apt-get update && apt-get install -y --no-install-recommends g++ && rm -rf /var/lib/apt/lists/*
 * FROM build
 * RUN apt-get update && apt-get upgrade -y && rm -rf /var/lib/apt/lists/*
 * ```
 * Debian also publishes images whose lists point to the archive:
 * ```dockerfile bad
 * FROM debian:stretch-slim
 * USER nobody
 * RUN sudo apt-get «install» -y --no-install-recommends curl
 * ```
 * > The packages of Debian stretch moved to archive.debian.org in April 2023, so apt-get finds none
 * ```dockerfile fixed
 * FROM debian/eol:stretch-slim
 * USER nobody
 * RUN sudo apt-get install -y --no-install-recommends curl
 * ```
 * ```dockerfile fixed alternative="Use archive.debian.org, without checking signatures"
 * FROM debian:stretch-slim
 * # stretch moved to archive.debian.org, and its keys have expired
 * RUN find /etc/apt -name '*.list' -exec sed -i -E \
 *         -e 's#//(deb|http|httpredir)\.debian\.(org|net)/debian #//archive.debian.org/debian #' \
 *         -e 's#//(deb|security)\.debian\.org(/debian-security)?/? #//archive.debian.org/debian-security #' \
 *         -e '/stretch-updates/d' \
 *         -e 's#^deb ([^[]+//archive\.)#deb [trusted=yes] \1#' \
 *         {} + \
 *     && echo 'Acquire::Check-Valid-Until "false";' > /etc/apt/apt.conf.d/10no-check-valid-until
 * USER nobody
 * RUN sudo apt-get install -y --no-install-recommends curl
 * ```
 * ```dockerfile bad
 * FROM debian:buster
 *   RUN set -e; \
 *       apt-get «update»
 * ```
 * > The packages of Debian buster moved to archive.debian.org in July 2025, so apt-get finds none
 * ```dockerfile fixed
 * FROM debian:buster
 *   # buster moved to archive.debian.org
 *   RUN find /etc/apt -name '*.list' -exec sed -i -E \
 *           -e 's#//(deb|http|httpredir)\.debian\.(org|net)/debian #//archive.debian.org/debian #' \
 *           -e 's#//(deb|security)\.debian\.org(/debian-security)?/? #//archive.debian.org/debian-security #' \
 *           {} + \
 *       && echo 'Acquire::Check-Valid-Until "false";' > /etc/apt/apt.conf.d/10no-check-valid-until
 *   RUN set -e; \
 *       apt-get update
 * ```
 * ```dockerfile fixed alternative="Use debian/eol:buster"
 * FROM debian/eol:buster
 *   RUN set -e; \
 *       apt-get update
 * ```
 * The same goes for Ubuntu and CentOS:
 * ```dockerfile bad
 * FROM ubuntu:artful AS tools
 * RUN apt-get «update»
 * FROM centos:7
 * COPY --from=tools /usr/bin/less /usr/bin/
 * RUN yum «install» -y git && yum clean all
 * ```
 * > The packages of Ubuntu artful moved to old-releases.ubuntu.com, so apt-get finds none
 * > The packages of CentOS 7 moved to vault.centos.org in July 2024, so yum finds none
 * ```dockerfile fixed
 * FROM ubuntu:artful AS tools
 * # artful moved to old-releases.ubuntu.com
 * RUN find /etc/apt '(' -name '*.list' -o -name '*.sources' ')' -exec sed -i -E \
 *         -e 's#//([a-z]{2}\.)?(archive|security)\.ubuntu\.com/ubuntu#//old-releases.ubuntu.com/ubuntu#' \
 *         -e 's#//ports\.ubuntu\.com/ubuntu-ports#//old-releases.ubuntu.com/ubuntu#' {} +
 * RUN apt-get update
 * FROM centos:7
 * COPY --from=tools /usr/bin/less /usr/bin/
 * # centos7 moved to vault.centos.org
 * RUN sed -i -e 's/^mirrorlist=/#mirrorlist=/' \
 *         -e 's|^#baseurl=http://mirror.centos.org|baseurl=http://vault.centos.org|' /etc/yum.repos.d/*.repo
 * RUN yum install -y git && yum clean all
 * ```
 * A line of sources in the file itself can name a suite that is gone:
 * ```dockerfile bad
 * FROM debian:12
 * RUN echo "deb http://deb.debian.org/debian «bullseye-backports» main" > /etc/apt/sources.list.d/backports.list
 * COPY <<LIST /etc/apt/sources.list.d/old.list
 * # deb http://deb.debian.org/debian jessie main
 * deb http://security.debian.org/ «jessie»/updates main
 * deb http://deb.debian.org/debian «jessie-updates» main
 * deb [arch=amd64] https://deb.debian.org/debian «stretch» main
 * deb http://archive.ubuntu.com/ubuntu «zesty» main
 * deb http://example.com/debian jessie main
 * deb http://deb.debian.org/debian bookworm main
 * LIST
 * ```
 * > The server has no bullseye-backports any more, so apt-get update fails
 * > The server has no jessie any more, so apt-get update fails
 * > The server has no jessie-updates any more, so apt-get update fails
 * > The server has no stretch any more, so apt-get update fails
 * > The server has no zesty any more, so apt-get update fails
 * ```dockerfile fixed
 * FROM debian:12
 * RUN echo "deb http://deb.debian.org/debian bullseye-backports main" > /etc/apt/sources.list.d/backports.list
 * COPY <<LIST /etc/apt/sources.list.d/old.list
 * # deb http://deb.debian.org/debian jessie main
 * deb [trusted=yes] http://archive.debian.org/debian-security jessie/updates main
 * deb http://deb.debian.org/debian jessie-updates main
 * deb [arch=amd64 trusted=yes] http://archive.debian.org/debian stretch main
 * deb http://old-releases.ubuntu.com/ubuntu zesty main
 * deb http://example.com/debian jessie main
 * deb http://deb.debian.org/debian bookworm main
 * LIST
 * ```
 * If the image is not an official one, or the release may still be served, it is less certain:
 * ```dockerfile bad severity="warning"
 * FROM circleci/node:10-stretch
 * RUN sed -i 's/main$/main contrib/' /etc/apt/sources.list
 * ADD own.list /etc/apt/sources.list.d/
 * RUN sudo apt-get «update»
 * ```
 * > The packages of Debian stretch moved to archive.debian.org in April 2023, so apt-get finds none
 * ```dockerfile fixed
 * FROM circleci/node:10-stretch
 * RUN sed -i 's/main$/main contrib/' /etc/apt/sources.list
 * ADD own.list /etc/apt/sources.list.d/
 * # stretch moved to archive.debian.org, and its keys have expired
 * RUN find /etc/apt -name '*.list' -exec sed -i -E \
 *         -e 's#//(deb|http|httpredir)\.debian\.(org|net)/debian #//archive.debian.org/debian #' \
 *         -e 's#//(deb|security)\.debian\.org(/debian-security)?/? #//archive.debian.org/debian-security #' \
 *         -e '/stretch-updates/d' \
 *         -e 's#^deb ([^[]+//archive\.)#deb [trusted=yes] \1#' \
 *         {} + \
 *     && echo 'Acquire::Check-Valid-Until "false";' > /etc/apt/apt.conf.d/10no-check-valid-until
 * RUN sudo apt-get update
 * ```
 * The name of an image may tell, and a list that is added leaves those of the release as they are:
 * ```dockerfile bad severity="warning"
 * FROM someone/base-centos7
 * RUN curl -fsSL https://example.com/tool.repo > /etc/yum.repos.d/tool.repo && yum-config-manager --enable tool
 * RUN yum «install» -y tool
 * ```
 * > The packages of CentOS 7 moved to vault.centos.org in July 2024, so yum finds none
 * ```dockerfile fixed
 * FROM someone/base-centos7
 * RUN curl -fsSL https://example.com/tool.repo > /etc/yum.repos.d/tool.repo && yum-config-manager --enable tool
 * # centos7 moved to vault.centos.org
 * RUN sed -i -e 's/^mirrorlist=/#mirrorlist=/' \
 *         -e 's|^#baseurl=http://mirror.centos.org|baseurl=http://vault.centos.org|' /etc/yum.repos.d/*.repo
 * RUN yum install -y tool
 * ```
 * ```dockerfile bad severity="warning"
 * FROM ubuntu:25.10
 * RUN echo "deb http://archive.ubuntu.com/ubuntu «questing» multiverse" > /etc/apt/sources.list.d/more.list
 * RUN apt-get «update»
 * ```
 * > The server has no questing any more, so apt-get update fails
 * > Ubuntu questing has ended, and its packages may have moved to old-releases.ubuntu.com
 * And where a failure does not stop the build, or no other stage needs this one:
 * ```dockerfile bad severity="hint"
 * FROM node:8-buster AS tests
 * RUN apt-get «update»
 * FROM node:8-buster
 * RUN if [ -n "$EXTRA" ]; then apt-get «update»; fi
 * ```
 * > The packages of Debian buster moved to archive.debian.org in July 2025, so apt-get finds none
 * ```dockerfile fixed
 * FROM node:8-buster AS tests
 * # buster moved to archive.debian.org
 * RUN find /etc/apt -name '*.list' -exec sed -i -E \
 *         -e 's#//(deb|http|httpredir)\.debian\.(org|net)/debian #//archive.debian.org/debian #' \
 *         -e 's#//(deb|security)\.debian\.org(/debian-security)?/? #//archive.debian.org/debian-security #' \
 *         {} + \
 *     && echo 'Acquire::Check-Valid-Until "false";' > /etc/apt/apt.conf.d/10no-check-valid-until
 * RUN apt-get update
 * FROM node:8-buster
 * # buster moved to archive.debian.org
 * RUN find /etc/apt -name '*.list' -exec sed -i -E \
 *         -e 's#//(deb|http|httpredir)\.debian\.(org|net)/debian #//archive.debian.org/debian #' \
 *         -e 's#//(deb|security)\.debian\.org(/debian-security)?/? #//archive.debian.org/debian-security #' \
 *         {} + \
 *     && echo 'Acquire::Check-Valid-Until "false";' > /etc/apt/apt.conf.d/10no-check-valid-until
 * RUN if [ -n "$EXTRA" ]; then apt-get update; fi
 * ```
 * ```dockerfile bad
 * FROM memcached:1.5 AS tools
 * RUN apt-get «update»
 * FROM node:8
 * COPY --from=tools /usr/bin/less /usr/bin/
 * SHELL ["pwsh", "-c"]
 * RUN ["apt-get", "«update»"]
 * ```
 * > The packages of Debian buster moved to archive.debian.org in July 2025, so apt-get finds none
 * > The packages of Debian stretch moved to archive.debian.org in April 2023, so apt-get finds none
 * A file that says itself where its packages come from needs no step:
 * ```dockerfile good
 * FROM debian:stretch
 * RUN sed -i s/deb.debian.org/archive.debian.org/ /etc/apt/sources.list && apt-get update
 * FROM debian:stretch
 * COPY sources.list /etc/apt/
 * RUN apt-get update
 * FROM debian:stretch AS base
 * COPY etc /etc
 * FROM base
 * RUN apt-get update
 * FROM node:8
 * RUN ./use-mirror.sh && apt-get update
 * FROM node:8
 * ENV APT_MIRROR=http://example.com
 * RUN apt-get update
 * FROM node:8
 * RUN echo 'deb http://example.com/debian stretch main' > /etc/apt/sources.list
 * RUN apt-get update
 * FROM centos:7
 * ADD https://example.com/own.repo /etc/yum.repos.d/
 * RUN yum install -y git
 * FROM node:8
 * ADD debian.list /etc/apt/sources.list.d/
 * RUN apt-get update
 * FROM debian:sid
 * RUN sed -i "s#deb http://deb.debian.org/debian jessie main#deb http://deb.debian.org/debian sid main#" /etc/apt/x.list
 * ```
 * Nothing is asked for, the server still has the release, or nobody knows which one it is:
 * ```dockerfile good
 * FROM node:8
 * COPY tool.deb /
 * RUN apt-get install -y /tool.deb && apt-get clean && pip install x && yum install -y git
 * FROM debian:bullseye
 * RUN apt-get update
 * FROM example.com/node:8-stretch
 * RUN apt-get update
 * FROM raspbian/stretch:stretch
 * RUN apt-get update
 * FROM someone/thing:8
 * RUN apt-get update
 * FROM someone/ros-kinetic
 * RUN apt-get update
 * FROM debian/eol:jessie
 * RUN apt-get update
 * FROM ${BASE}
 * RUN apt-get update
 * ```
 * With `archives: own`, the rule reports nothing:
 * ```dockerfile good options="archives: own"
 * FROM node:8
 * RUN apt-get update
 * ```
 *
 * @skip backtick the added commands hold backslashes that are not at the end of a line
 */
export default defineRule({
  id: 'package-archive-moved',
  summary: 'The packages of the release have moved to an archive',
  category: 'build',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  explains: ['archive-moved', 'yum-archive-moved'],
  options: { archives: sharedOptions.archives },

  *check({ model, options }) {
    if (options.archives === 'own') return;
    yield* ofImages(model);
    for (const instruction of model.instructionsOf('RUN', 'COPY', 'ADD')) yield* ofLines(model, instruction);
  },
});

/** The first command of each stage that asks the servers which its image names. */
function* ofImages(model: Model): Generator<Finding> {
  for (const { use, stage, known } of askedServers(model)) {
    const row = movedArchive(known.release.name);
    if (!row) continue;
    const { instruction } = use.command;
    const { command, verb } = use;
    // Its tools forgive only that the keys have expired, so it is better than no check at all.
    const isSure = row.severity === 'error';
    const step = isSure ? archiveStep(model, stage, instruction, row) : undefined;
    const image = eolImage(stage.chain.at(-1), row);
    const [fix, ...alternatives] = (row.keysExpired ? [image, step] : [step, image]).flatMap(
      (one) => one ?? [],
    );
    yield {
      at: verb.span,
      message: messageFor(row, command.program),
      severity: severityOf(model, stage, instruction, known.official ? row.severity : 'warning'),
      fix,
      alternatives,
    };
  }
}

function messageFor(row: MovedArchive, program: string): string {
  const release = titleOf(row);
  if (row.severity === 'warning')
    return `${release} has ended, and its packages may have moved to ${archiveHost(row)}`;
  const since = row.since === undefined ? '' : ` in ${row.since}`;
  return `The packages of ${release} moved to ${archiveHost(row)}${since}, so ${program} finds none`;
}

/** Less where the build goes on after a failure, where the command may not run, and in a stage that only `--target` builds. */
function severityOf(
  model: Model,
  stage: Stage,
  instruction: Instruction,
  certain: 'error' | 'warning',
): 'error' | 'warning' | 'hint' {
  const stops = model.packageCommands.some(
    (use) =>
      use.command.instruction === instruction &&
      asksServer(use) &&
      !isConditional(use.command) &&
      /^(?:stops|unknown)$/.test(guardOf(model, use.command).kind),
  );
  return stage.reachable && stops ? certain : 'hint';
}

/** The lines of sources in the file that name a suite which is not there any more. */
function* ofLines(model: Model, instruction: Instruction): Generator<Finding> {
  for (const line of sourceLines(model, instruction)) {
    if (!isMovedSuite(line.suite)) continue;
    const row = movedArchive(line.suite.split('-', 1)[0]);
    const edits = row ? line.edits(row) : [];
    yield {
      at: { start: line.start, end: line.end },
      message: `The server has no ${line.suite} any more, so apt-get update fails`,
      severity: row?.severity === 'warning' ? 'warning' : undefined,
      ...(row?.severity === 'error' && edits.length > 0 && { fix: { title: archiveTitle(row), edits } }),
    };
  }
}

/** `Debian stretch`, `CentOS 7`. */
function titleOf({ kind, release }: MovedArchive): string {
  if (kind === 'centos') return release.replace('centos', 'CentOS ');
  return `${kind === 'debian' ? 'Debian' : 'Ubuntu'} ${release}`;
}
