import { addArguments, defineRule, givesOption } from '../core/lint/rule';
import type { Instruction, Model } from '../core/lint/rule';

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
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && \
 *     # what the service needs
 *     apt-get install --no-install-recommends -y curl && rm -rf /var/lib/apt/lists/*
 * ```
 * A package that was only recommended may have been needed: for `curl` that is `ca-certificates`. Look at what
 * is left out before you ship.
 *
 * Settings of apt do the same, and in a stage that does not reach the image the size matters to nobody:
 * ```dockerfile good
 * FROM debian:12 AS build
 * RUN apt-get update && apt-get install -y gcc
 * FROM debian:12
 * RUN apt-get install -y --no-install-recommends curl
 * RUN apt-get -o APT::Install-Recommends=0 install -y curl
 * RUN apt-get install -y $OPTIONS curl
 * RUN echo 'APT::Install-Recommends "false";' > /etc/apt/apt.conf.d/99lean
 * RUN apt-get install -y wget
 * RUN apt-get install -y ./local.deb
 * COPY --from=build /bin/true /bin/true
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
    const configured = new Map<unknown, number>();
    for (const command of model.commands) {
      if (
        /Install-Recommends/.test(model.document.slice(command.fullSpan)) &&
        !/^(?:apt|apt-get|aptitude)$/.test(command.program)
      ) {
        configured.set(model.stageOf(command.instruction), command.instruction.index);
      }
    }
    for (const install of model.installs) {
      const { command, manager, verb, mayHoldOptions, packages, given } = install;
      const { instruction } = command;
      if (manager.family !== 'apt' || mayHoldOptions || instruction.keyword !== 'RUN') continue;
      if (
        givesOption(install, '--no-install-recommends', '--without-recommends', '-R', '--install-recommends')
      )
        continue;
      if (
        given.some(({ value }) => /^APT::Install-Recommends=["']?(?:0|false|no|off)["']?$/i.test(value ?? ''))
      )
        continue;
      const stage = model.stageOf(instruction);
      if (stage && !stage.reachesImage) continue;
      if (stage?.chain.some((one) => (configured.get(one) ?? Infinity) <= instruction.index)) continue;
      if (copiesConfiguration(model, instruction)) continue;
      if (packages.length > 0 && packages.every(({ value }) => value?.endsWith('.deb'))) continue;
      const option = manager.name === 'aptitude' ? '--without-recommends' : '--no-install-recommends';
      const edit = addArguments(command, verb, option);
      yield {
        at: verb.span,
        message: `${command.program} installs recommended packages too, which the image may not need`,
        ...(manager.name !== 'apt-get' && { alsoKnownAs: [] }),
        ...(edit && { fix: { title: `Add ${option}`, edits: [edit] } }),
      };
    }
  },
});

/** A file copied to apt's configuration may say it: unknown is not wrong. */
function copiesConfiguration(model: Model, before: Instruction): boolean {
  const stage = model.stageOf(before);
  return (
    stage?.chain.some(({ instructions }) =>
      instructions.some(
        (one) =>
          one.index < before.index &&
          /^(?:COPY|ADD)$/.test(one.keyword) &&
          /\/etc\/apt\b/.test(model.document.slice(one.span)),
      ),
    ) ?? false
  );
}
