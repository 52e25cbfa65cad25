import { defineRule, remove, sharedOptions } from '../core/lint/rule';
import type { Finding, Model } from '../core/lint/rule';
import { mayBeOtherBase } from '../core/analysis/images/given-base';
import type { AsksContext } from '../core/analysis/runtime/started-files';
import { userOfWrapper } from '../core/analysis/commands/user';
import type { Command, Wrapper } from '../core/shell/types';
import { seenNamed } from '../core/families/hadolint-commands';

/**
 * Build steps run as root unless `USER` says otherwise, so `sudo` adds nothing. And sudo in an image gives root to an
 * attacker.
 *
 * Where `USER` sets another user, sudo may be the plan of the file, so the recommended profile leaves it out.
 *
 * ```dockerfile bad uncovers="command-not-installed"
 * FROM debian:12
 * RUN «sudo» apt-get update && \
 *     # as root, too
 *     «sudo -E» DEBIAN_FRONTEND=noninteractive apt-get install -y curl
 * RUN «sudo» PATH="$PATH:/opt/bin" make install
 * ```
 * > The step already runs as root, so sudo adds nothing
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && \
 *     # as root, too
 *     DEBIAN_FRONTEND=noninteractive apt-get install -y curl
 * RUN PATH="$PATH:/opt/bin" make install
 * ```
 * After another `USER`, sudo has an effect, so there is no fix:
 * ```dockerfile bad severity="info"
 * FROM debian:12
 * USER app
 * RUN «sudo» apt-get update
 * ```
 * > sudo runs this step as root, although USER sets another user
 * The rule accepts sudo to another user, an unknown user of the base image, and stages that are only copied from:
 * ```dockerfile good
 * FROM debian:12
 * RUN apt-get install -y sudo && sudo -u postgres createdb app
 * ```
 * ```dockerfile good
 * FROM ocaml/opam:debian-12-ocaml-5.2
 * RUN sudo apt-get update
 * ```
 * ```dockerfile good
 * FROM debian:12 AS build
 * USER app
 * RUN sudo make install
 * FROM scratch
 * COPY --from=build /usr/local /
 * ```
 * One sudo is one finding, however many commands it starts:
 * ```dockerfile bad
 * FROM debian:12
 * RUN «sudo» sh -c 'echo "deb http://example.com/debian $(lsb_release -cs) main" > /etc/apt/sources.list'
 * ```
 * > The step already runs as root, so sudo adds nothing
 * ```dockerfile fixed
 * FROM debian:12
 * RUN sh -c 'echo "deb http://example.com/debian $(lsb_release -cs) main" > /etc/apt/sources.list'
 * ```
 * A program that changes the user counts like `USER`, and one that changes back to root as well:
 * ```dockerfile bad severity="info"
 * FROM archlinux:base-devel
 * RUN useradd -m builder
 * RUN su builder -c 'cd && makepkg && «sudo» pacman -U --noconfirm *.zst'
 * RUN su - builder -s /bin/bash -c "«sudo» pacman -Sy && «sudo» pacman -S --noconfirm curl"
 * RUN runuser -u builder -- «sudo» pacman -Sy
 * RUN ["gosu", "builder", "«sudo»", "pacman", "-Sy"]
 * RUN sudo -u builder bash <<EOF
 * «sudo» pacman -Sy
 * EOF
 * ```
 * > sudo runs this as root again, although su changes the user
 * > sudo runs this as root again, although su changes the user
 * > sudo runs this as root again, although su changes the user
 * > sudo runs this as root again, although runuser changes the user
 * > sudo runs this as root again, although gosu changes the user
 * > sudo runs this as root again, although sudo changes the user
 * ```dockerfile bad
 * FROM debian:12
 * USER app
 * RUN su -c '«sudo» make install'
 * ```
 * > The step already runs as root, so sudo adds nothing
 * ```dockerfile good
 * FROM debian:12
 * RUN su "$OWNER" -c 'sudo make install'
 * ```
 * The rule accepts a base image that a script or pipeline around gives, whose user is not known:
 * ```dockerfile good files="main.c" mentions="BASE"
 * ARG BASE=ubuntu:24.04
 * FROM $BASE
 * COPY main.c /
 * RUN sudo apt-get update
 * ```
 * Commands that a container starts are not build steps:
 * ```dockerfile good
 * FROM debian:12
 * CMD sudo -u app server
 * ```
 * A command from a variable also runs without sudo:
 * ```dockerfile bad
 * FROM debian:12
 * ARG COMMAND=true
 * RUN «sudo» "$COMMAND" && «sudo» $COMMAND
 * ```
 * > The step already runs as root, so sudo adds nothing
 * ```dockerfile fixed
 * FROM debian:12
 * ARG COMMAND=true
 * RUN "$COMMAND" && $COMMAND
 * ```
 * The profile `strict` reports every other `sudo` as a hint:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM acme/base:1
 * RUN «sudo» -u app make && «sudo» make install
 * RUN sh -c '«sudo» -u app make' && find . -name x | xargs «sudo» rm
 * ```
 * > A build needs no sudo: USER says who runs a step
 *
 * @skip onbuild the user of the later build decides
 */
export default defineRule({
  id: 'run-sudo',
  summary: 'A build step uses sudo',
  category: 'security',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [
    'hadolint:DL3004',
    'trivy:DS-0010',
    'checkov:CKV2_DOCKER_1',
    'kics:run_using_sudo',
    'semgrep:no-sudo-in-dockerfile',
  ],
  mentions: ['sudo'],
  strictAddsHadolint: true,

  options: { profile: sharedOptions.profile },

  *check({ model, facts, options: { profile } }) {
    // By place: one sudo can start several commands in one string.
    const seen = new Set<number>();
    for (const command of model.commands) {
      if (command.instruction.keyword !== 'RUN') continue;
      for (const wrapper of command.wrappers) {
        if (wrapper.program !== 'sudo' || seen.has(wrapper.span.start)) continue;
        seen.add(wrapper.span.start);
        const finding = judge(model, command, wrapper, facts);
        if (finding) yield finding;
        else if (profile === 'strict')
          yield {
            at: { start: wrapper.span.start, end: wrapper.span.start + 'sudo'.length },
            message: needless,
            severity: 'hint',
          };
      }
    }
  },

  *hadolint({ model }) {
    for (const { command } of seenNamed(model, 'sudo')) {
      const [sudo] = command.words;
      if (sudo) yield { at: sudo.span, message: needless };
    }
  },
});

const needless = 'A build needs no sudo: USER says who runs a step';

/** @param wrapper the sudo among the wrappers of the command */
function judge(model: Model, command: Command, wrapper: Wrapper, facts: AsksContext): Finding | undefined {
  if (
    wrapper.args.some(
      ({ value, prefix }) =>
        (value === undefined && !assignment.test(prefix)) ||
        /^(?:-[ugiD]|-\w*[ugi]$|--user|--group|--login|--chdir)/.test(prefix),
    )
  )
    return undefined;
  const { isRoot, by } = userOfWrapper(model, command, wrapper);
  const stage = model.stageOf(command.instruction);
  const isOfBase = !by && !model.environmentAt(command.instruction).user;
  if (isOfBase && stage && mayBeOtherBase(model, stage, facts)) return undefined;
  if (isRoot === undefined || (!isRoot && !model.reachesImage(command.instruction))) return undefined;
  // The shell also sets the variables that sudo would set.
  const variables = wrapper.args.findIndex(({ prefix }) => assignment.test(prefix));
  const options = variables < 0 ? wrapper.args : wrapper.args.slice(0, variables);
  const { start } = wrapper.span;
  const whole = { start, end: wrapper.args[variables]?.span.start ?? wrapper.span.end };
  const fixable =
    isRoot &&
    command.editable &&
    command.wrappers[0] === wrapper &&
    wrapper.args.slice(options.length).every(({ prefix }) => assignment.test(prefix)) &&
    !/[\n]/.test(model.document.slice(whole));
  const notRoot = by
    ? `sudo runs this as root again, although ${by.program} changes the user`
    : 'sudo runs this step as root, although USER sets another user';
  return {
    at: { start, end: options.at(-1)?.span.end ?? start + 'sudo'.length },
    message: isRoot ? 'The step already runs as root, so sudo adds nothing' : notRoot,
    severity: isRoot ? undefined : 'info',
    quiet: !isRoot,
    ...(fixable && { fix: { title: 'Remove sudo', edits: [remove(whole)] } }),
  };
}

/** `NAME=value` among sudo's words. */
const assignment = /^[A-Za-z_]\w*=/;
