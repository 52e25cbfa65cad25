import { installsWithRecommended } from './apt-no-install-recommends.parts';
import { defineRule } from '../core/lint/rule';
import type { Install } from '../core/model/installs';
import { addArguments } from '../core/shell/edits';
import type { ShellWord } from '../core/shell/types';

/**
 * apt installs what packages merely recommend as well: manuals, daemons, whole desktops now and then. An image
 * should hold what it needs.
 *
 * ```dockerfile bad
 * FROM debian:12
 * RUN apt-get update && \
 *     # what the service needs
 *     apt-get «install» -y curl && rm -rf /var/lib/apt/lists/*
 * ```
 * > apt-get also installs what the packages recommend, and the image may not need
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && \
 *     # what the service needs
 *     apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
 * ```
 * A package that was only recommended may have been needed: for `curl` that is `ca-certificates`. Look at what
 * is left out before you ship.
 *
 * Settings of apt do the same, some packages recommend nothing, and in a stage that does not reach the image the
 * size matters to nobody:
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
 * Images with compilers have what these recommend:
 * ```dockerfile good
 * FROM rust:1.85
 * RUN apt-get install -y cmake g++ libpq-dev
 * ```
 * ```dockerfile bad
 * FROM rust:1.85-slim
 * RUN apt-get «install» -y cmake g++ libpq-dev
 * ```
 * > apt-get also installs what the packages recommend, and the image may not need
 * ```dockerfile fixed
 * FROM rust:1.85-slim
 * RUN apt-get install -y --no-install-recommends cmake g++ libpq-dev
 * ```
 * aptitude calls it otherwise, and the option stands behind the verb where no `-y` does:
 * ```dockerfile bad
 * FROM debian:12
 * RUN aptitude «install» -y curl
 * RUN apt-get -y «install» git
 * ```
 * > aptitude also installs what the packages recommend, and the image may not need
 * > apt-get also installs what the packages recommend, and the image may not need
 * ```dockerfile fixed
 * FROM debian:12
 * RUN aptitude install -y --without-recommends curl
 * RUN apt-get -y install --no-install-recommends git
 * ```
 * Other package managers, and repairs, install nothing of the kind:
 * ```dockerfile good
 * FROM debian:12
 * RUN dpkg -i app.deb || apt-get -f install -y
 * FROM alpine:3.20
 * RUN apk add --no-cache curl
 * ```
 * Of some packages it is known whether they recommend any:
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
 */
export default defineRule({
  id: 'apt-no-install-recommends',
  summary: 'apt installs packages that are only recommended',
  category: 'package',
  severity: 'info',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3015', 'trivy:DS-0029'],

  *check({ model }) {
    for (const install of installsWithRecommended(model)) {
      const { command, manager, verb } = install;
      const option = manager.name === 'aptitude' ? '--without-recommends' : '--no-install-recommends';
      const edit = addArguments(command, behindYes(install), option);
      yield {
        at: verb.span,
        message: `${command.program} also installs what the packages recommend, and the image may not need`,
        ...(manager.name !== 'apt-get' && { alsoKnownAs: [] }),
        ...(edit && { fix: { title: `Add ${option}`, edits: [edit] } }),
      };
    }
  },
});

/** `install -y` or `install -yqq`, as one writes it; else the verb. */
function behindYes({ command: { args }, verb }: Install): ShellWord {
  const next = args[args.indexOf(verb) + 1];
  return next && /^(?:-[yq]+|--yes|--assume-yes)$/.test(next.text) ? next : verb;
}
