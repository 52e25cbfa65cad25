import { defineRule, replace, sharedOptions } from '../core/lint/rule';
import type { Model, Stage } from '../core/lint/rule';
import { guardOf } from '../core/analysis/commands/guard';
import { hasChangedSources } from '../core/analysis/packages/archive-sources';
import { givesOption } from '../core/analysis/packages/package-commands';
import { packageRelease } from '../core/analysis/packages/package-release';
import type { PackageRelease } from '../core/analysis/packages/package-release';
import { archivedInstall, isClosed } from '../core/analysis/packages/indexed-installs';
import { missingInIndex } from '../core/analysis/packages/missing-packages';
import { hasForeignSources, mayHaveForeignSources } from '../core/analysis/packages/package-sources';
import { hasOnlyItsPackages } from '../core/knowledge/images/plain-images';
import { releaseTitle } from '../core/knowledge/images/releases';
import { missingName, namesMonth } from '../core/knowledge/packages/debian-names';
import { leftPackage } from '../core/knowledge/packages/left-packages';
import type { Install } from '../core/model/installs';
import type { ShellWord } from '../core/shell/types';

/**
 * Packages leave a distribution from one release to the next, or get another name. `apt-get install` stops at the first
 * name that the release does not have. The names come from Debian's own indexes.
 *
 * ```dockerfile bad
 * FROM python:3.12-bookworm
 * RUN apt-get update && apt-get install -y --no-install-recommends curl «netcat» «gcc-9» && rm -rf /var/lib/apt/lists/*
 * ```
 * > Debian bookworm has no package netcat, so apt-get stops (index of November 2026)
 * > Debian bookworm has no package gcc-9, so apt-get stops (index of November 2026)
 * ```dockerfile fixed
 * FROM python:3.12-bookworm
 * RUN apt-get update && apt-get install -y --no-install-recommends curl netcat-openbsd gcc-12 && rm -rf /var/lib/apt/lists/*
 * ```
 * Some have no successor, or stand where the fix would have to know more:
 * ```dockerfile bad
 * FROM debian:trixie
 * RUN apt-get update && apt-get install -y «software-properties-common» «libpcre3-dev:amd64» «python=2.7.18-3»
 * ```
 * > Debian trixie has no package software-properties-common, so apt-get stops (index of November 2026)
 * > Debian trixie has no package libpcre3-dev, so apt-get stops (index of November 2026)
 * > Debian trixie has no package python, so apt-get stops (index of November 2026)
 * A tag that does not name the release may have moved on to a newer one, which has the package:
 * Where Drydock may ask a mirror ([packages](../packages.md)), it knows every name, and guesses what a wrong one means:
 * ```dockerfile bad packages="debian bookworm: curl=7.88.1-10 libcurl4-openssl-dev=7.88.1-10>libcurl4-dev libcurl4-gnutls-dev=7.88.1-10>libcurl4-dev libicu72=72.1-3 exim4=4.96-15>mta"
 * FROM debian:12-slim
 * RUN apt-get update && apt-get install -y --no-install-recommends «crul» «libicu70» curl mta «libcurl4-dev» «"nothing-like-it"»
 * ```
 * > Debian bookworm has no package crul, so apt-get stops. Did you mean curl?
 * > Debian bookworm has no package libicu70, so apt-get stops. Did you mean libicu72?
 * > Several packages of Debian bookworm provide libcurl4-dev, so apt-get stops until one is named: libcurl4-gnutls-dev, libcurl4-openssl-dev
 * > Debian bookworm has no package nothing-like-it, so apt-get stops
 * ```dockerfile fixed
 * FROM debian:12-slim
 * RUN apt-get update && apt-get install -y --no-install-recommends curl libicu72 curl mta libcurl4-dev "nothing-like-it"
 * ```
 * ```dockerfile bad packages="alpine 3.20: curl=8.9.0-r0 py3-pip=24.0-r2>py3.12-pip" severity="error"
 * FROM alpine:3.20
 * RUN apk add --no-cache --virtual .deps «crul» py3.12-pip
 * ```
 * > Alpine 3.20 has no package crul, so apk stops. Did you mean curl?
 * ```dockerfile fixed
 * FROM alpine:3.20
 * RUN apk add --no-cache --virtual .deps curl py3.12-pip
 * ```
 * ```dockerfile bad packages="debian bookworm: curl=7.88.1-10" severity="hint"
 * FROM debian:12
 * RUN apt-get install -y «crul» || true
 * ```
 * > Debian bookworm has no package crul, so apt-get stops. Did you mean curl?
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get install -y curl || true
 * ```
 * It is silent where the file adds sources, where the index of a part could not be read, and about other releases:
 * ```dockerfile good packages="debian bookworm: curl=7.88.1-10; alpine 3.20: curl=8.9.0-r0; ubuntu jammy!: curl=7.81.0-1"
 * FROM debian:12
 * RUN echo 'deb https://apt.example.com bookworm main' > /etc/apt/sources.list.d/example.list
 * RUN apt-get update && apt-get install -y tool
 * FROM alpine:3.20
 * RUN apk add --no-cache --repository https://apk.example.com tool
 * FROM ubuntu:22.04
 * RUN apt-get update && apt-get install -y tool
 * FROM debian:13
 * RUN apt-get update && apt-get install -y tool
 * FROM someone/thing:bookworm
 * RUN apt-get update && apt-get install -y tool
 * ```
 * ```dockerfile good
 * FROM debian:bullseye
 * RUN apt-get update && apt-get install -y netcat gcc-9 $MORE
 * FROM golang:1.20
 * RUN apt-get update && apt-get install -y libssl3t64
 * ```
 * ```dockerfile bad
 * FROM debian:bookworm
 * RUN apt-get update && apt-get install -y «libssl3t64»
 * ```
 * > Debian bookworm has no package libssl3t64, so apt-get stops (index of November 2026)
 * It is only a hint where the build goes on after a failure, and in a stage that only `--target` builds:
 * ```dockerfile bad severity="hint"
 * FROM node:22-trixie AS tests
 * RUN apt-get install -y «libncurses5»
 * FROM node:22-trixie
 * RUN apt-get install -y «libncurses5» || true
 * ```
 * > Debian trixie has no package libncurses5, so apt-get stops (index of November 2026)
 * ```dockerfile fixed
 * FROM node:22-trixie AS tests
 * RUN apt-get install -y libncurses5
 * FROM node:22-trixie
 * RUN apt-get install -y libncurses5 || true
 * ```
 * Names that left before that are also gone. For Ubuntu and Alpine there are only names that somebody has seen fail, so
 * they are warnings:
 * ```dockerfile bad
 * FROM node:22-bookworm
 * RUN apt-get update && apt-get install -y --no-install-recommends «mysql-client» «openjdk-8-jre» «libjasper-dev»
 * ```
 * > Debian bookworm has no package mysql-client, so apt-get stops (index of November 2026)
 * > Debian bookworm has no package openjdk-8-jre, so apt-get stops (index of November 2026)
 * > Debian bookworm has no package libjasper-dev, so apt-get stops (index of November 2026)
 * ```dockerfile fixed
 * FROM node:22-bookworm
 * RUN apt-get update && apt-get install -y --no-install-recommends default-mysql-client default-jre libjasper-dev
 * ```
 * ```dockerfile bad severity="warning"
 * FROM ubuntu:22.04
 * RUN sed -i 's/main$/main universe/' /etc/apt/sources.list
 * RUN apt-get update && apt-get install -y --no-install-recommends «python-pip» curl
 * FROM ubuntu:18.04
 * RUN apt-get update && apt-get install -y software-properties-common && add-apt-repository -y ppa:webupd8team/java
 * RUN apt-get update && apt-get install -y --no-install-recommends «oracle-java8-installer»
 * FROM alpine:edge
 * RUN apk add --no-cache «python2» bash
 * FROM node:20-alpine3.18
 * RUN apk add --no-cache --virtual .build «python~2.7» make «libexecinfo-dev»
 * COPY --from=0 /a /a
 * COPY --from=1 /a /a
 * COPY --from=2 /a /a
 * ```
 * > Ubuntu 22.04 has no package python-pip, so apt-get stops
 * > Ubuntu 18.04 has no package oracle-java8-installer, so apt-get stops
 * > Alpine edge has no package python2, so apk stops
 * > Alpine 3.18 has no package python, so apk stops
 * > Alpine 3.18 has no package libexecinfo-dev, so apk stops
 * ```dockerfile fixed
 * FROM ubuntu:22.04
 * RUN sed -i 's/main$/main universe/' /etc/apt/sources.list
 * RUN apt-get update && apt-get install -y --no-install-recommends python3-pip curl
 * FROM ubuntu:18.04
 * RUN apt-get update && apt-get install -y software-properties-common && add-apt-repository -y ppa:webupd8team/java
 * RUN apt-get update && apt-get install -y --no-install-recommends openjdk-8-jdk
 * FROM alpine:edge
 * RUN apk add --no-cache python3 bash
 * FROM node:20-alpine3.18
 * RUN apk add --no-cache --virtual .build python~2.7 make libexecinfo-dev
 * COPY --from=0 /a /a
 * COPY --from=1 /a /a
 * COPY --from=2 /a /a
 * ```
 * ```dockerfile good
 * FROM ubuntu:18.04
 * RUN apt-get update && apt-get install -y --no-install-recommends python-pip && apk add python
 * FROM alpine:3.11
 * RUN apk add --no-cache python
 * FROM alpine:3.20
 * RUN apk add --no-cache -X http://dl-cdn.alpinelinux.org/alpine/v3.11/main python && apk add python@old
 * ```
 * ```dockerfile good
 * FROM alpine:3.20
 * RUN echo http://dl-cdn.alpinelinux.org/alpine/v3.11/main >> /etc/apk/repositories && apk add --no-cache python
 * ```
 * Other sources may have the package, and the rule is silent where there may be any:
 * ```dockerfile good
 * FROM debian:bookworm
 * RUN echo "deb http://example.com/debian x main" > /etc/apt/sources.list.d/x.list
 * RUN apt-get update && apt-get install -y netcat
 * FROM debian:bookworm
 * ENV APT_MIRROR=http://example.com
 * RUN apt-get update && apt-get install -y netcat
 * FROM debian:bookworm
 * RUN dpkg -i sources.deb && apt-get update && apt-get install -y netcat
 * FROM debian:bookworm
 * RUN apt-get install -y ./sources.deb && apt-get update && apt-get install -y netcat
 * FROM postgres:16-bookworm
 * RUN apt-get update && apt-get install -y netcat && apk add netcat
 * FROM php:8.3-cli-bookworm
 * RUN apt-get update && apt-get install -y php7.4-cli
 * FROM someone/thing:bookworm
 * RUN apt-get update && apt-get install -y netcat
 * FROM someone/thing
 * RUN apt-get update && apt-get install -y netcat
 * ```
 * Where an argument chooses the stage below, nobody knows which image it stands on:
 * ```dockerfile good
 * ARG KIND=cpu
 * FROM ubuntu:22.04 AS base-gpu
 * FROM python:3.13-slim-trixie AS base-cpu
 * FROM base-$KIND AS base
 * FROM base AS gpu
 * RUN apt-get update && apt-get install -y software-properties-common
 * FROM base AS cpu
 * FROM $KIND
 * ```
 * ```dockerfile good options="archives: own"
 * FROM debian:bookworm
 * RUN apt-get install -y netcat
 * ```
 * A program that may have added a source makes it a hint of the profile `strict`:
 * ```dockerfile bad severity="hint"
 * FROM debian:bookworm AS base
 * COPY setup.sh /
 * RUN /setup.sh
 * FROM base
 * RUN apt-get update && apt-get install -y «netcat»
 * FROM ubuntu:24.04
 * RUN ./setup.sh && apt-get update && apt-get install -y «netcat»
 * ```
 * > Debian bookworm has no package netcat, so apt-get stops, unless a step above adds a source with it (index of November 2026)
 * > Ubuntu 24.04 has no package netcat, so apt-get stops, unless a step above adds a source with it
 * ```dockerfile fixed
 * FROM debian:bookworm AS base
 * COPY setup.sh /
 * RUN /setup.sh
 * FROM base
 * RUN apt-get update && apt-get install -y netcat-openbsd
 * FROM ubuntu:24.04
 * RUN ./setup.sh && apt-get update && apt-get install -y netcat-openbsd
 * ```
 */
export default defineRule({
  id: 'package-not-in-release',
  summary: 'The release does not have the package',
  category: 'build',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['apk', 'apt', 'aptitude'],
  options: { archives: sharedOptions.archives },

  *check({ model, facts, options }) {
    if (options.archives === 'own') return;
    for (const install of model.installs) {
      const { command } = install;
      const stage = model.stageOf(command.instruction);
      const known = stage && packageRelease(model, stage);
      if (!stage || !known) continue;
      const archived = facts.packages && archivedInstall(model, install);
      const index = archived && facts.packages?.of(archived.archive);
      if (archived && index?.isComplete && isClosed(model, archived)) {
        const severity =
          !stage.reachable || guardOf(model, command).kind !== 'stops' ? ('hint' as const) : undefined;
        for (const { word, message, instead } of missingInIndex(archived, index))
          yield {
            at: word.span,
            message,
            severity,
            ...(instead && {
              fix: { title: `Install ${instead.name}`, edits: [replace(instead.at, instead.name)] },
            }),
          };
        continue;
      }
      for (const { name, successor, word, certain, isForeign } of missingIn(install, known)) {
        if (!isForeign && hasOtherSources(model, install, stage)) break;
        // A script above may add a source.
        const isDoubted = !isForeign && mayHaveOtherSources(model, install, stage);
        const { release } = known;
        yield {
          at: word.span,
          message: certain
            ? `Debian ${release.name} has no package ${name}, so ${command.program} stops${isDoubted ? unless : ''} (index of ${namesMonth})`
            : `${releaseTitle(release)} has no package ${name}, so ${command.program} stops${isDoubted ? unless : ''}`,
          severity:
            isDoubted || !stage.reachable || guardOf(model, command).kind !== 'stops'
              ? 'hint'
              : certain
                ? 'error'
                : 'warning',
          quiet: isDoubted,
          ...(successor !== undefined &&
            word.text === name && {
              fix: { title: `Install ${successor}`, edits: [replace(word.span, successor)] },
            }),
        };
      }
    }
  },
});

const unless = ', unless a step above adds a source with it';

interface Missing {
  readonly name: string;
  readonly word: ShellWord;
  /** The name to install instead; undefined if none is known. */
  readonly successor: string | undefined;
  /** Whether an index says it. */
  readonly certain: boolean;
  /** Whether it came from a source of its own, which is gone. */
  readonly isForeign: boolean;
}

/** The literal names of an installation that the release lacks, whatever image is behind the tag today. */
function* missingIn(
  { packages, manager }: Install,
  { release, named, image, official }: PackageRelease,
): Generator<Missing> {
  const isDebian = release.family === 'debian';
  if (manager.family !== (release.family === 'alpine' ? 'apk' : 'apt')) return;
  if (isDebian && !(official && hasOnlyItsPackages(image))) return;
  for (const word of packages) {
    const [, name] = /^([a-z0-9][a-z0-9.+_-]*)(?::\w+)?(?:[=<>~].*)?$/.exec(word.value ?? '') ?? [];
    // The image keeps Debian's own PHP away.
    if (name === undefined || (image === 'php' && isDebian && name.includes('php'))) continue;
    const missing = isDebian ? missingName(release.name, name) : leftPackage(release, name);
    if (!missing || ('isInLater' in missing && missing.isInLater && !named)) continue;
    const isForeign = 'isForeign' in missing && missing.isForeign;
    yield { name, word, successor: missing.successor, certain: isDebian, isForeign };
  }
}

/** Whether packages certainly come from elsewhere than the release, too. */
function hasOtherSources(model: Model, install: Install, stage: Stage): boolean {
  if (install.manager.family === 'apk') return mayHaveOtherSources(model, install, stage);
  return (
    hasChangedSources(model, install.command.instruction, stage) ||
    hasForeignSources(model, stage, install.command)
  );
}

/** Whether packages may come from elsewhere than the release. */
function mayHaveOtherSources(model: Model, install: Install, stage: Stage): boolean {
  if (install.manager.family === 'apk')
    return (
      givesOption(install, '-X', '--repository', '--repositories-file') ||
      install.packages.some(({ text }) => text.includes('@')) ||
      model.file.text.includes('apk/repositories')
    );
  return (
    hasChangedSources(model, install.command.instruction, stage) ||
    mayHaveForeignSources(model, stage, install.command)
  );
}
