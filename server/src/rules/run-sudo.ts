import { defineRule, remove } from '../core/lint/rule';

/**
 * Steps of a build run as root unless `USER` says otherwise, so `sudo` adds nothing; and an image with sudo
 * in it hands root to whoever gets in.
 *
 * ```dockerfile bad
 * FROM debian:12
 * RUN «sudo» apt-get update && \
 *     # as root, too
 *     «sudo -E» DEBIAN_FRONTEND=noninteractive apt-get install -y curl
 * ```
 * > The step runs as root already, so sudo adds nothing
 * ```dockerfile fixed
 * FROM debian:12
 * RUN apt-get update && \
 *     # as root, too
 *     DEBIAN_FRONTEND=noninteractive apt-get install -y curl
 * ```
 * Where another user is in force, sudo does something, and taking it away is no mending:
 * ```dockerfile bad severity="info"
 * FROM debian:12
 * USER app
 * RUN «sudo» apt-get update
 * ```
 * > sudo runs this step as root in spite of the USER in force
 * So it does where it changes to another user, and may where the user of the base image is not known. A stage
 * that is only copied from hands nothing to anybody:
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
 * One sudo is one finding, however much it starts:
 * ```dockerfile bad
 * FROM debian:12
 * RUN «sudo» sh -c 'echo "deb http://example.com/debian $(lsb_release -cs) main" > /etc/apt/sources.list'
 * ```
 * > The step runs as root already, so sudo adds nothing
 * ```dockerfile fixed
 * FROM debian:12
 * RUN sh -c 'echo "deb http://example.com/debian $(lsb_release -cs) main" > /etc/apt/sources.list'
 * ```
 * What a container starts is not a step of the build:
 * ```dockerfile good
 * FROM debian:12
 * CMD sudo -u app server
 * ```
 * A command out of a variable runs without it as well:
 * ```dockerfile bad
 * FROM debian:12
 * ARG COMMAND=true
 * RUN «sudo» "$COMMAND" && «sudo» $COMMAND
 * ```
 * > The step runs as root already, so sudo adds nothing
 * ```dockerfile fixed
 * FROM debian:12
 * ARG COMMAND=true
 * RUN "$COMMAND" && $COMMAND
 * ```
 *
 * @skip onbuild the user of the later build decides
 */
export default defineRule({
  id: 'run-sudo',
  summary: 'sudo is used in a build step',
  category: 'security',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3004', 'trivy:DS-0010', 'checkov:CKV2_DOCKER_1'],

  *check({ model }) {
    // By place: what stands in one string behind it are several commands of one sudo.
    const seen = new Set<number>();
    for (const command of model.commands) {
      if (command.instruction.keyword !== 'RUN') continue;
      const wrapper = command.wrappers.find(({ program }) => program === 'sudo');
      if (!wrapper || seen.has(wrapper.span.start)) continue;
      seen.add(wrapper.span.start);
      if (
        wrapper.args.some(
          ({ value, prefix }) =>
            (value === undefined && !assignment.test(prefix)) ||
            /^(?:-[ugiD]|-\w*[ugi]$|--user|--group|--login|--chdir)/.test(prefix),
        )
      )
        continue;
      const { isRoot } = model.environmentAt(command.instruction);
      if (isRoot === undefined || (!isRoot && !model.reachesImage(command.instruction))) continue;
      // Variables that sudo is told to set are set by the shell as well.
      const variables = wrapper.args.findIndex(({ prefix }) => assignment.test(prefix));
      const options = variables < 0 ? wrapper.args : wrapper.args.slice(0, variables);
      const shown = {
        start: wrapper.span.start,
        end: options.at(-1)?.span.end ?? wrapper.span.start + 'sudo'.length,
      };
      const whole = {
        start: wrapper.span.start,
        end: wrapper.args[variables]?.span.start ?? wrapper.span.end,
      };
      const fixable =
        isRoot &&
        command.editable &&
        command.wrappers[0] === wrapper &&
        wrapper.args.slice(options.length).every(({ prefix }) => assignment.test(prefix)) &&
        !/[\n]/.test(model.document.slice(whole));
      yield {
        at: shown,
        message: isRoot
          ? 'The step runs as root already, so sudo adds nothing'
          : 'sudo runs this step as root in spite of the USER in force',
        severity: isRoot ? undefined : 'info',
        ...(fixable && { fix: { title: 'Remove sudo', edits: [remove(whole)] } }),
      };
    }
  },
});

/** `NAME=value` among sudo's words. */
const assignment = /^[A-Za-z_]\w*=/;
