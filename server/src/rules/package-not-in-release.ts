import { defineRule, replace, sharedOptions } from '../core/lint/rule';
import { guardOf } from '../core/analysis/commands/guard';
import { hasChangedSources } from '../core/analysis/packages/archive-sources';
import { packageRelease } from '../core/analysis/packages/package-release';
import type { PackageRelease } from '../core/analysis/packages/package-release';
import { mayHaveForeignSources } from '../core/analysis/packages/package-sources';
import { hasOnlyItsPackages } from '../core/knowledge/images/plain-images';
import { missingName, namesMonth } from '../core/knowledge/packages/debian-names';
import type { MissingName } from '../core/knowledge/packages/debian-names';
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
 * Other sources may have the package, and the rule is silent where there may be any:
 * ```dockerfile good
 * FROM debian:bookworm
 * RUN echo "deb http://example.com/debian x main" > /etc/apt/sources.list.d/x.list
 * RUN apt-get update && apt-get install -y netcat
 * FROM debian:bookworm AS base
 * COPY setup.sh /
 * RUN /setup.sh
 * FROM base
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
 * ```
 * ```dockerfile good options="archives: own"
 * FROM debian:bookworm
 * RUN apt-get install -y netcat
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
  options: { archives: sharedOptions.archives },

  *check({ model, options }) {
    if (options.archives === 'own') return;
    for (const install of model.installs) {
      if (install.manager.family !== 'apt') continue;
      const { command } = install;
      const stage = model.stageOf(command.instruction);
      const known = stage && packageRelease(model, stage);
      if (!stage || !known?.official || !hasOnlyItsPackages(known.image)) continue;
      for (const { name, missing, word } of missingIn(install, known)) {
        if (hasChangedSources(model, command.instruction, stage)) break;
        if (mayHaveForeignSources(model, stage, command)) break;
        const { successor } = missing;
        yield {
          at: word.span,
          message: `Debian ${known.release.name} has no package ${name}, so ${command.program} stops (index of ${namesMonth})`,
          severity: stage.reachable && guardOf(model, command).kind === 'stops' ? undefined : 'hint',
          ...(successor !== undefined &&
            word.text === name && {
              fix: { title: `Install ${successor}`, edits: [replace(word.span, successor)] },
            }),
        };
      }
    }
  },
});

interface Missing {
  readonly name: string;
  readonly missing: MissingName;
  readonly word: ShellWord;
}

/** The literal names of an installation that the release lacks, whatever image is behind the tag today. */
function* missingIn({ packages }: Install, { release, named, image }: PackageRelease): Generator<Missing> {
  for (const word of packages) {
    const [, name] = /^([a-z0-9][a-z0-9.+-]*)(?::\w+)?(?:=.*)?$/.exec(word.value ?? '') ?? [];
    // The image keeps Debian's own PHP away.
    if (name === undefined || (image === 'php' && name.includes('php'))) continue;
    const missing = missingName(release.name, name);
    if (missing && (named || !missing.isInLater)) yield { name, missing, word };
  }
}
