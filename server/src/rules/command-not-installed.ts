import { guardOf, isConditional } from '../core/analysis/commands/guard';
import { mayBeOtherBase } from '../core/analysis/images/given-base';
import {
  lackOf,
  lackedByBase,
  lacksProgram,
  nameOfBase,
  probablyLacks,
} from '../core/analysis/runtime/lacking-programs';
import type { Lack } from '../core/analysis/runtime/lacking-programs';
import { installBefore, installerOf } from '../core/fixes/install-before';
import { packageOfCommand } from '../core/knowledge/packages/command-packages';
import { isBeforePackage, nameInRelease } from '../core/knowledge/packages/older-names';
import { defineRule } from '../core/lint/rule';
import type { Fix, Model, Stage } from '../core/lint/rule';
import type { Command } from '../core/shell/types';

/**
 * Base images are small: Debian's has no curl, Alpine's no bash, and the small ones of a language no compiler. A step that
 * uses what nothing has installed ends with "not found".
 *
 * ```dockerfile bad uncovers="apt-lists-cleanup apt-no-install-recommends"
 * FROM debian:12
 * RUN «git» clone https://example.com/tool
 * RUN git -C tool checkout v1
 * ```
 * > debian:12 has no git and no step above installs it, so this step fails
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update \
 *     && apt-get install -y --no-install-recommends git \
 *     && rm -rf /var/lib/apt/lists/*
 * RUN git clone https://example.com/tool
 * RUN git -C tool checkout v1
 * ```
 * The package of Python has no pip on Alpine, and that of Node.js no npm:
 * ```dockerfile bad
 * FROM alpine:3.22
 * RUN apk add --no-cache nodejs imagemagick
 * WORKDIR /srv
 * RUN «npm» ci
 * ```
 * > alpine:3.22 has no npm and no step above installs it, so this step fails
 * ```dockerfile fixed
 * FROM alpine:3.22
 * RUN apk add --no-cache nodejs imagemagick npm
 * WORKDIR /srv
 * RUN npm ci
 * ```
 * A shell counts, too, and so does what the step goes on without. Where a package may have brought the program without
 * its name, this is only a hint of `strict`:
 * ```dockerfile bad severity="warning hint hint"
 * FROM alpine:3.22 AS build
 * RUN «bash» -c 'date'
 * FROM alpine:3.22
 * RUN «curl» -f https://example.com/a || true
 * RUN apk add --no-cache imagemagick && «gpg» --version
 * COPY --from=build /out /
 * ```
 * > alpine:3.22 has no bash and no step above installs it, so this step fails
 * > alpine:3.22 has no curl and no step above installs it
 * > alpine:3.22 has no gpg and no step above installs it by name
 * ```dockerfile fixed
 * FROM alpine:3.22 AS build
 * RUN apk add --no-cache bash
 * RUN bash -c 'date'
 * FROM alpine:3.22
 * RUN apk add --no-cache curl
 * RUN curl -f https://example.com/a || true
 * RUN apk add --no-cache imagemagick gnupg && gpg --version
 * COPY --from=build /out /
 * ```
 * There is no fix where the release has no such package or nobody knows it, or where no step can install it:
 * ```dockerfile bad severity="hint warning warning warning"
 * FROM debian:8 AS z
 * RUN «cargo» build
 * FROM busybox:1.37 AS a
 * RUN «git» --version
 * FROM alpine:3.22 AS b
 * RUN «grpcurl» --version
 * FROM alpine:3.22 AS c
 * RUN adduser -D app
 * USER app
 * FROM c
 * COPY --from=a /a /srv/
 * COPY --from=b /b /srv/
 * RUN «git» --version
 * ```
 * > debian:8 has no cargo and no step above installs it, so this step fails
 * > busybox:1.37 has no git and no step above installs it, so this step fails
 * > alpine:3.22 has no grpcurl and no step above installs it, so this step fails
 * > alpine:3.22 has no git and no step above installs it, so this step fails
 * What a step asks for, or runs only at times, may be missing. Root needs no `sudo`, which `run-sudo` says, and of other images
 * nothing is known:
 * ```dockerfile good
 * FROM debian:12
 * RUN git --version || apt-get install -y git
 * RUN if test -d /src; then curl -f https://example.com/a; fi
 * RUN sudo apt-get update
 * FROM example/tools
 * RUN jq . /a.json
 * ```
 * Nor where something around the file gives the base image:
 * ```dockerfile good files="a.txt" mentions="BASE"
 * ARG BASE=debian:12
 * FROM $BASE
 * RUN git --version
 * ```
 *
 * @skip onbuild what a trigger needs, another one may bring
 */
export default defineRule({
  id: 'command-not-installed',
  summary: 'A step uses a program that the image does not have',
  category: 'build',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],

  *check({ model, facts }) {
    for (const stage of model.stages) {
      for (const { command, at, program, isSure } of missingIn(model, stage)) {
        if (mayBeOtherBase(model, stage, facts)) break;
        const isFailure = isSure && guardOf(model, command).kind === 'stops';
        const effect = isFailure ? ', so this step fails' : isSure ? '' : ' by name';
        yield {
          at,
          message: `${String(nameOfBase(model, stage))} has no ${program} and no step above installs it${effect}`,
          severity: isFailure && stage.reachable ? undefined : 'hint',
          quiet: !isSure,
          fix: install(model, stage, command, program),
        };
      }
    }
  },
});

/** The commands of a stage that certainly run and whose program is missing. One that is there once is there later, too. */
function* missingIn(model: Model, stage: Stage): Generator<Lack & { command: Command; isSure: boolean }> {
  const lacked = lackedByBase(model, stage);
  const seen = new Set<string>();
  const isFirst = ({ program }: { readonly program: string }): boolean =>
    lacked.has(program) && !seen.has(program);
  for (const instruction of lacked.size === 0 ? [] : stage.instructions) {
    if (instruction.keyword !== 'RUN') continue;
    for (const command of model.commandsOf(instruction)) {
      if (!(isFirst(command) || command.wrappers.some(isFirst)) || isConditional(command)) continue;
      const before = command.fullSpan.start;
      // Root needs no sudo, and the rule for that says so.
      const isRoot = model.environmentAt(instruction).isRoot !== false;
      const wrappers = command.wrappers.filter(({ program }) => !isRoot || program !== 'sudo');
      const own = { ...command, wrappers };
      const sure = lackOf(model, stage, own, lacksProgram, before);
      const found = sure ?? lackOf(model, stage, own, probablyLacks, before);
      const isKnown = !found || !isFirst(found);
      for (const { program } of [command, ...command.wrappers]) seen.add(program);
      if (isKnown || guardOf(model, command).kind === 'decides') continue;
      yield { ...found, command, isSure: sure !== undefined };
    }
  }
}

function install(model: Model, stage: Stage, command: Command, program: string): Fix | undefined {
  const installer = installerOf(stage);
  const { release } = stage.base;
  const found = installer && packageOfCommand(program, installer.naming, release);
  if (!installer || found === undefined || isBeforePackage(found, release)) return undefined;
  const name = nameInRelease(found, release);
  const need = { model, stage, instruction: command.instruction };
  const edit = installBefore(need, installer, [name], command.fullSpan.start);
  return (
    edit && { title: `Install ${name}${name === program ? '' : `, which has ${program}`}`, edits: [edit] }
  );
}
