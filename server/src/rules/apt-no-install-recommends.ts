import { installsWithRecommended, missedRecommends } from './apt-no-install-recommends.parts';
import { defineRule, sharedOptions } from '../core/lint/rule';
import type { Edit, Fix, Model } from '../core/lint/rule';
import { shippedStage } from '../core/analysis/runtime/shipped-stage';
import { whatRuns } from '../core/analysis/runtime/what-runs';
import type { Install } from '../core/model/installs';
import { addArguments } from '../core/shell/edits';
import type { ShellWord } from '../core/shell/types';
import { hasFlag, hasWord, seenNamed, verbOf } from '../core/families/hadolint-commands';
import { quietInDevcontainer } from '../core/analysis/context/context-sources';

/**
 * apt also installs what packages only recommend: manuals, daemons, sometimes whole desktops. An image should contain
 * only what it needs. The recommended profile leaves out images that start a shell, for people to work in.
 *
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get update && \
 *     # what the service needs
 *     apt-get «install» -y curl && rm -rf /var/lib/apt/lists/*
 * ```
 * > apt-get also installs recommended packages, which the image may not need
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && \
 *     # what the service needs
 *     apt-get install -y --no-install-recommends curl ca-certificates && rm -rf /var/lib/apt/lists/*
 * ```
 * The fix names `ca-certificates` too, because `curl`, `wget` and `git` refuse every https address without it. Other
 * packages need a recommended one for some of their uses. Then the fix is yours to take:
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get update && apt-get «install» -y autoconf xvfb
 * RUN apt-get update && apt-get «install» -y build-essential cmake
 * ```
 * > apt-get also installs recommended packages, which the image may not need
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && apt-get install -y --no-install-recommends autoconf xvfb automake xauth
 * RUN apt-get update && apt-get install -y --no-install-recommends build-essential cmake
 * ```
 * Check what the option leaves out before you ship.
 *
 * The rule accepts an apt setting, packages that recommend nothing, and stages that do not reach the image:
 * ```dockerfile good
 * FROM debian:12 AS build
 * RUN apt-get update && apt-get install -y gcc
 * FROM debian:12
 * RUN apt-get install -y --no-install-recommends curl
 * # It is there by now.
 * RUN apt-get install -y curl unzip
 * RUN apt-get install -y ca-certificates tzdata
 * RUN apt-get -o APT::Install-Recommends=0 install -y curl
 * RUN apt-get install -y $OPTIONS curl
 * RUN echo 'APT::Install-Recommends "false";' > /etc/apt/apt.conf.d/99lean
 * RUN apt-get install -y wget
 * RUN apt-get install -y ./local.deb
 * COPY --from=build /bin/true /bin/true
 * ```
 * The profile `strict` asks for the option there too: a package that recommends nothing today may do so tomorrow.
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12 AS build
 * RUN apt-get update && apt-get «install» -y gcc
 * FROM debian:12
 * RUN apt-get install -y ./local.deb && apt-get «install» -y unzip && rm -rf /var/lib/apt/lists/*
 * COPY --from=build /bin/true /bin/true
 * ```
 * > apt-get also installs recommended packages, which the image may not need
 * ```dockerfile fixed
 * FROM debian:12 AS build
 * RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev
 * FROM debian:12
 * RUN apt-get install -y ./local.deb && apt-get install -y --no-install-recommends unzip && rm -rf /var/lib/apt/lists/*
 * COPY --from=build /bin/true /bin/true
 * ```
 * Full language images already contain what these packages recommend:
 * ```dockerfile good
 * FROM rust:1.85
 * RUN apt-get install -y cmake g++ libpq-dev
 * ```
 * ```dockerfile bad
 * FROM rust:1.85-slim
 * RUN apt-get «install» -y cmake g++ make libpq-dev
 * ```
 * > apt-get also installs recommended packages, which the image may not need
 * ```dockerfile fixed
 * FROM rust:1.85-slim
 * RUN apt-get install -y --no-install-recommends cmake g++ make libpq-dev
 * ```
 * aptitude has another name for the option. Without a `-y`, the option goes after the verb:
 * ```dockerfile bad
 * FROM debian:12
 * RUN aptitude «install» -y curl
 * RUN apt-get -y «install» vim
 * ```
 * > aptitude also installs recommended packages, which the image may not need
 * > apt-get also installs recommended packages, which the image may not need
 * ```dockerfile fixed
 * FROM debian:12
 * RUN aptitude install -y --without-recommends curl ca-certificates
 * RUN apt-get -y install --no-install-recommends vim
 * ```
 * Other package managers and repairs install no recommended packages:
 * ```dockerfile good
 * FROM debian:12
 * RUN dpkg -i app.deb || apt-get -f install -y
 * FROM alpine:3.20
 * RUN apk add --no-cache curl
 * ```
 * The rule knows for some packages whether they recommend others:
 * ```dockerfile good
 * FROM ubuntu:24.04 AS base
 * RUN echo 'APT::Install-Recommends "false";' > /etc/apt/apt.conf.d/99lean
 * FROM base
 * RUN apt-get update && apt-get install -y nodejs curl
 * ```
 * ```dockerfile good
 * FROM debian:12
 * COPY lean.conf /etc/apt/apt.conf.d/
 * RUN apt-get update && apt-get install -y curl
 * ```
 * ```dockerfile good
 * FROM debian:12
 * RUN curl -fsSL https://deb.nodesource.com/setup_22.x | bash -
 * RUN apt-get update && apt-get install -y nodejs
 * ```
 * Below a long row of stages, it is not known whether the image at its start brings the headers:
 * ```dockerfile bad
 * FROM python:3.13 AS s0
 * FROM s0 AS s1
 * FROM s1 AS s2
 * FROM s2 AS s3
 * FROM s3 AS s4
 * FROM s4 AS s5
 * FROM s5 AS s6
 * FROM s6 AS s7
 * FROM s7 AS s8
 * RUN apt-get update && apt-get «install» -y gcc
 * ```
 * > apt-get also installs recommended packages, which the image may not need
 * ```dockerfile fixed
 * FROM python:3.13 AS s0
 * FROM s0 AS s1
 * FROM s1 AS s2
 * FROM s2 AS s3
 * FROM s3 AS s4
 * FROM s4 AS s5
 * FROM s5 AS s6
 * FROM s6 AS s7
 * FROM s7 AS s8
 * RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev
 * ```
 * Where people work in the image, the recommended profile leaves this out. Other profiles report it:
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get update && apt-get «install» -y git && rm -rf /var/lib/apt/lists/*
 * CMD ["bash"]
 * ```
 * > apt-get also installs recommended packages, which the image may not need
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && apt-get install -y --no-install-recommends git ca-certificates && rm -rf /var/lib/apt/lists/*
 * CMD ["bash"]
 * ```
 * Where the names come from a file, xargs adds them:
 * ```dockerfile bad options="profile: strict"
 * FROM debian:12
 * COPY packages.txt /tmp/
 * RUN apt-get update && xargs -a /tmp/packages.txt apt-get «install» -y && rm -rf /var/lib/apt/lists/*
 * ```
 * > apt-get also installs recommended packages, which the image may not need
 * ```dockerfile fixed
 * FROM debian:12
 * COPY packages.txt /tmp/
 * RUN apt-get update && xargs -a /tmp/packages.txt apt-get install -y --no-install-recommends && rm -rf /var/lib/apt/lists/*
 * ```
 */
export default defineRule({
  id: 'apt-no-install-recommends',
  summary: 'apt installs recommended packages that the image may not need',
  category: 'package',
  severity: 'info',
  fix: 'suggested',
  since: 'next',
  once: 'in each step',
  alsoKnownAs: [
    'hadolint:DL3015',
    'trivy:DS-0029',
    'kics:apt_get_not_avoiding_additional_packages',
    'semgrep:missing-no-install-recommends',
  ],
  mentions: ['apt', 'aptitude'],

  options: { profile: sharedOptions.profile },

  *check({ model, facts, options: { profile } }) {
    const installs = installsWithRecommended(model);
    if (installs.length === 0) return;
    const stage = shippedStage(model);
    const isWorkplace =
      stage?.instructions.some(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT') === true &&
      whatRuns(model, stage).kind === 'nothing';
    for (const { install, matters } of installs) {
      if (!matters && profile !== 'strict') continue;
      const { command, manager, verb } = install;
      const option = manager.name === 'aptitude' ? '--without-recommends' : '--no-install-recommends';
      const edit = addArguments(command, behindYes(install), option);
      yield {
        at: verb.span,
        message: `${command.program} also installs recommended packages, which the image may not need`,
        severity: matters ? undefined : 'hint',
        // People work in it, and may be glad of what comes along.
        quiet: isWorkplace || quietInDevcontainer(facts),
        ...(manager.name !== 'apt-get' && { alsoKnownAs: [] }),
        fix: edit && fixWith(model, install, option, edit),
      };
    }
  },

  *hadolint({ model }) {
    for (const seen of seenNamed(model, 'apt-get')) {
      const refused =
        hasFlag(seen, '--no-install-recommends') || hasWord(seen, 'APT::Install-Recommends=false');
      if (hasWord(seen, 'install') && !refused)
        yield { at: verbOf(seen), message: 'apt-get also installs recommended packages' };
    }
  },
});

/** Names the recommended packages that the others need in use. Which uses there are, only the author may know. */
function fixWith(model: Model, install: Install, option: string, edit: Edit): Fix {
  const { names, always } = missedRecommends(model, install);
  const last = install.packages.at(-1);
  const more = names.length > 0 && last ? addArguments(install.command, last, ...names) : undefined;
  return {
    title: names.length > 0 ? `Add ${option} and name ${names.join(', ')}` : `Add ${option}`,
    edits: more ? [edit, more] : [edit],
    ...(!always && { safety: 'manual' }),
  };
}

/** `install -y` or `install -yqq`, as people usually write it, else the verb. */
function behindYes({ command: { args }, verb }: Install): ShellWord {
  const next = args[args.indexOf(verb) + 1];
  return next && /^(?:-[yq]+|--yes|--assume-yes)$/.test(next.text) ? next : verb;
}
