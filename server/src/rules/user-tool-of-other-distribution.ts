import { shadowTools, managerTools, toolsOfDistributions } from '../core/knowledge/programs/user-programs';
import { defineRule, replace, sharedOptions } from '../core/lint/rule';
import type { Finding, Fix, Instruction, Model, Stage } from '../core/lint/rule';
import { guardOf, isAlternative, isConditional } from '../core/analysis/commands/guard';
import { addedBefore } from '../core/analysis/packages/added-packages';
import { managerOfProgram } from '../core/knowledge/packages/package-managers';
import { systemPackageManagers } from '../core/knowledge/packages/system-package-managers';
import { prependToCommand } from '../core/shell/edits';
import { findOption } from '../core/shell/options';
import type { Command } from '../core/shell/types';
import { once, onceInside } from '../core/text/memo';
import { inOtherDistribution } from './user-tool-of-other-distribution.parts';

/**
 * Each distribution has its own tools for users and packages. A tool that the base image lacks, or that knows other
 * options there, stops the build.
 *
 * Alpine has `adduser` and `addgroup` of busybox; `useradd` and `groupadd` come with the package shadow:
 * ```dockerfile bad
 * FROM alpine:3.22
 * RUN «groupadd» -g 10001 app && «useradd» --no-log-init -u 10001 -g app -M --shell /bin/false app
 * RUN «groupadd» -r web && «useradd» -r svc && «useradd» dev && «usermod» -aG web dev
 * ```
 * > alpine has no groupadd, so the build stops here
 * > alpine has no useradd, so the build stops here
 * > alpine has no groupadd, so the build stops here
 * > alpine has no useradd, so the build stops here
 * > alpine has no useradd, so the build stops here
 * > alpine has no usermod, so the build stops here
 * ```dockerfile fixed
 * FROM alpine:3.22
 * RUN addgroup -g 10001 app && adduser -D -u 10001 -G app -s /bin/false -H app
 * RUN addgroup -S web && addgroup -S svc && adduser -S -D -H -G svc svc && adduser -D -H dev && usermod -aG web dev
 * ```
 * Elsewhere, `adduser` and `addgroup` do not know the options of busybox:
 * ```dockerfile bad
 * FROM debian:12
 * RUN «addgroup» -S web && «adduser» -S -D -H -G web -u 10001 -h /srv -s /bin/false web
 * ```
 * > addgroup has no option -S on debian, so the build stops here
 * > adduser has no option -D on debian, so the build stops here
 * ```dockerfile fixed
 * FROM debian:12
 * RUN groupadd -r web && useradd -r -M -g web -u 10001 -d /srv -s /bin/false web
 * ```
 * ```dockerfile bad
 * FROM fedora:42
 * RUN «adduser» -D app && «adduser» -D $NAME
 * ```
 * > adduser has no option -D on fedora, so the build stops here
 * ```dockerfile fixed
 * FROM fedora:42
 * RUN useradd -m app && adduser -D $NAME
 * ```
 * ```dockerfile bad
 * FROM rockylinux:9
 * RUN «adduser» --system --disabled-password --uid 10001 app
 * ```
 * > adduser has no option --disabled-password on rhel, so the build stops here
 * A wrapper and `||` take one command, and some options have no counterpart:
 * ```dockerfile bad
 * FROM alpine:3.22
 * RUN time «useradd» -r svc && «useradd» --uid=10001 -m app && (cd /srv && «useradd» -k /skel dev)
 * RUN cd /srv && { «groupadd» web || exit 1; }
 * ```
 * > alpine has no useradd, so the build stops here
 * > alpine has no useradd, so the build stops here
 * > alpine has no useradd, so the build stops here
 * > alpine has no groupadd, so the build stops here
 * ```dockerfile fixed
 * FROM alpine:3.22
 * RUN time useradd -r svc && adduser -D -u 10001 app && (cd /srv && useradd -k /skel dev)
 * RUN cd /srv && { groupadd web || exit 1; }
 * ```
 * Package managers and bash:
 * ```dockerfile bad
 * FROM alpine:3.22
 * RUN «apt-get» update && «apt-get» install -y curl
 * RUN apk add --no-cache curl && curl -fsSLO https://example.com/setup.sh && «bash» setup.sh
 * ```
 * > alpine has no apt-get, so the build stops here
 * > alpine has no apt-get, so the build stops here
 * > alpine has no bash, so the build stops here
 * ```dockerfile fixed
 * FROM alpine:3.22
 * RUN apt-get update && apt-get install -y curl
 * RUN apk add --no-cache curl && curl -fsSLO https://example.com/setup.sh && apk add --no-cache bash && bash setup.sh
 * ```
 * The small images of Red Hat have no tools for users, and UBI micro has no package manager either:
 * ```dockerfile bad
 * FROM registry.access.redhat.com/ubi10/ubi-minimal:10.2
 * RUN «useradd» --system --uid 10001 app
 * ```
 * > ubi-minimal has no useradd, so the build stops here
 * ```dockerfile bad
 * FROM redhat/ubi9-micro
 * RUN «microdnf» install -y python3
 * ```
 * > ubi-micro has no microdnf, so the build stops here
 * ```dockerfile good
 * FROM registry.access.redhat.com/ubi10/ubi-minimal:10.2
 * RUN microdnf install -y shadow-utils && useradd --system --uid 10001 app
 * FROM registry.access.redhat.com/ubi10/ubi-minimal:10.2
 * RUN microdnf install -y nginx && useradd --system --uid 10001 app
 * FROM registry.access.redhat.com/ubi10/ubi:10.2
 * RUN useradd --system --uid 10001 app && dnf install -y python3
 * FROM redhat/ubi9-micro
 * RUN bash -c true
 * FROM redhat/ubi9-minimal
 * RUN microdnf install -y $PACKAGES && useradd app
 * FROM example.com/ubi9/ubi-minimal
 * RUN useradd app
 * ```
 * ```dockerfile good
 * FROM redhat/ubi9-minimal
 * RUN rpm -i https://example.com/shadow-utils.rpm && useradd app
 * ```
 * An earlier step may install the tool, a test may choose it, and other base images may have it:
 * ```dockerfile good
 * FROM alpine:3.22
 * RUN apk add --no-cache shadow bash && useradd app && bash -c true
 * FROM alpine:3.22
 * RUN apk add --no-cache $TOOLS && useradd app
 * FROM alpine:3.22
 * RUN apk add --no-cache maven && bash -c true
 * FROM alpine:3.22
 * COPY --from=build /usr/sbin/useradd /usr/sbin/
 * RUN useradd app
 * FROM alpine:3.22
 * RUN useradd app || adduser -D app; if command -v apt-get; then apt-get update; fi
 * FROM example.com/alpine:3.22
 * RUN useradd app && adduser -D -S app
 * FROM debian:12
 * RUN adduser --system app && adduser --disabled-password --gecos "" own && useradd dev && python3 -m pip install x && microdnf || yum update
 * FROM busybox:1.37
 * RUN adduser -D app
 * CMD ["bash"]
 * ONBUILD RUN useradd -m app
 * FROM rockylinux:9
 * RUN yum install -y curl && adduser app
 * FROM debian:12
 * RUN apt-get update && apt-get install -y dnf && dnf --version
 * ```
 * A build runs a stage that no other needs only if it is the target:
 * ```dockerfile bad severity="warning"
 * FROM alpine:3.22 AS tools
 * RUN «groupadd» -f app
 * FROM alpine:3.22
 * ```
 * > alpine has no groupadd, so the build stops here
 * An earlier step or the maker of the image may have added the tool. The profile `strict` reports that as a hint:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM redhat/ubi9
 * RUN «apt-get» update
 * ```
 * > rhel has no apt-get, unless an earlier step adds it
 * So it does with a branch that does not look at the distribution, and with a trigger:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12
 * RUN if [ -n "$EXTRA" ]; then «apk» add --no-cache curl; fi
 * ONBUILD RUN «adduser» -D app
 * ```
 * > debian has no apk, so this command fails
 * > adduser has no option -D on debian, so this command fails
 * ```dockerfile fixed
 * FROM debian:12
 * RUN if [ -n "$EXTRA" ]; then apk add --no-cache curl; fi
 * ONBUILD RUN useradd -m app
 * ```
 * ```dockerfile good options="profile: strict"
 * FROM debian:12
 * RUN if command -v apk; then apk add --no-cache curl; else apt-get update; fi
 * RUN add() { apk add --no-cache curl; }; apt-get update || apk update
 * ```
 * A shell that `SHELL` names has to be there as well:
 * ```dockerfile bad
 * FROM alpine:3.20
 * SHELL [«"/bin/bash"», "-c"]
 * RUN make
 * ```
 * > alpine has no bash, so the build stops here
 * ```dockerfile good
 * FROM alpine:3.20
 * SHELL ["/bin/sh", "-e", "-c"]
 * SHELL ["/bin/bash", "-c"]
 * ENV A=1
 * RUN apk add --no-cache bash
 * SHELL ["/bin/bash", "-c"]
 * RUN make
 * FROM debian:12
 * SHELL ["/bin/bash", "-c"]
 * RUN make
 * ```
 * ```dockerfile bad severity="warning"
 * FROM alpine:3.20 AS test
 * SHELL [«"/bin/bash"», "-c"]
 * RUN make
 * FROM debian:12
 * ```
 * > alpine has no bash, so the build stops here
 * BusyBox has tools of its own:
 * ```dockerfile good
 * FROM debian:12
 * RUN apt-get update && apt-get install -y busybox && busybox adduser -D app
 * ```
 * The tools around a package manager come with it, and the small image of Red Hat has microdnf alone:
 * ```dockerfile bad
 * FROM alpine:3.20
 * RUN «dpkg» -i a.deb
 * ```
 * > alpine has no dpkg, so the build stops here
 * ```dockerfile bad
 * FROM debian:12
 * RUN «rpm» -i a.rpm
 * ```
 * > debian has no rpm, so the build stops here
 * ```dockerfile bad
 * FROM busybox:1.37
 * RUN «apk» add git
 * ```
 * > busybox has no apk, so the build stops here
 * ```dockerfile bad
 * FROM registry.access.redhat.com/ubi9/ubi-minimal:9.4
 * RUN «dnf» install -y git
 * ```
 * > ubi-minimal has no dnf, but microdnf, so the build stops here
 *
 * @skip onbuild the image of the later build decides
 */
export default defineRule({
  id: 'user-tool-of-other-distribution',
  summary: 'A step uses a tool or option that only another distribution has',
  category: 'build',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  options: { profile: sharedOptions.profile },

  *check({ model, options: { profile } }) {
    yield* shells(model);
    for (const command of model.commandsNamed(...programs)) {
      const { instruction, name } = command;
      const stage = model.stageOf(instruction);
      if (!stage || instruction.keyword !== 'RUN') continue;
      const isDoubted = instruction.onbuild || isConditional(command);
      if (isDoubted && (profile !== 'strict' || looksAround(model, command))) continue;
      // BusyBox has its own.
      if (command.wrappers.at(-1)?.program === 'busybox') continue;
      const certain = problemOf(model, command, stage, false);
      const problem = certain ?? (profile === 'strict' ? problemOf(model, command, stage, true) : undefined);
      if (problem === undefined || guardOf(model, command).kind !== 'stops') continue;
      yield {
        at: name.span,
        message:
          certain === undefined
            ? `${problem}, unless an earlier step adds it`
            : `${problem}, so ${isDoubted ? 'this command fails' : 'the build stops here'}`,
        severity: certain === undefined || isDoubted ? 'hint' : stage.reachable ? undefined : 'warning',
        // There, adduser is missing as well.
        fix: smallRedHat.test(stage.base.name ?? '') ? undefined : fixOf(model, command),
      };
    }
  },
});

/** Whether a branch may depend on the distribution, or a failure leads to another tool. */
function looksAround(model: Model, command: Command): boolean {
  return (
    isAlternative(command) || command.nesting.includes('function') || asksAround(model)(command.instruction)
  );
}

/** Whether the text of a step asks what the system has, or which one it is. */
const asksAround = once((model: Model) =>
  onceInside((instruction: Instruction): boolean =>
    /command -v|\bwhich\b|\btype\b|\bhash\b|release|-[efrxd] \S*\/|\bID\b|alpine|debian|ubuntu|fedora|centos|rhel|distro|\bcase\b/i.test(
      model.document.slice(instruction.span),
    ),
  ),
);

/** A bash that SHELL names, and that the next step needs. */
function* shells(model: Model): Generator<Finding> {
  for (const instruction of model.instructionsOf('SHELL')) {
    const [shell] = instruction.json ?? [];
    const stage = model.stageOf(instruction);
    if (!stage || instruction.onbuild || !/(?:^|\/)bash$/.test(shell?.value ?? '')) continue;
    const next = model.instructions[instruction.index + 1];
    const [first] = next?.keyword === 'RUN' && !next.json ? model.commandsOf(next) : [];
    const problem = first && shell && problemOf(model, first, stage, false, 'bash');
    if (problem === undefined || !shell) continue;
    const severity = stage.reachable ? undefined : 'warning';
    yield { at: shell.span, message: `${problem}, so the build stops here`, severity };
  }
}

const managers = systemPackageManagers.flatMap((manager) => [...manager.programs]);
const programs: readonly string[] = [...toolsOfDistributions, ...managers, ...managerTools.keys()];

/** What Red Hat publishes itself. Many packages bring the tools for users along, so that one that is added may have. */
const smallRedHat =
  /^(?:registry\.access\.redhat\.com|registry\.redhat\.io|redhat)\/ubi(?:[89]|\d\d)(?:-|\/ubi-)(minimal|micro)$/;

/**
 * What is wrong with the tool, if the base image certainly lacks it or its option.
 * @param likely whether it is enough that the distribution lacks it
 * @param program that runs the command, if it is not its own
 */
function problemOf(
  model: Model,
  command: Command,
  { base }: Stage,
  likely: boolean,
  program = command.program,
): string | undefined {
  const { distribution, name } = base;
  if (distribution === undefined || base.shell === 'none') return undefined;
  if (program === 'adduser' || program === 'addgroup') {
    if (!isShadowDistribution(distribution)) return undefined;
    const others = isDebian(distribution) ? [] : ownToDebian;
    const option = findOption(command, '-S', '-D', ...others);
    return option && `${program} has no option ${option.name} on ${distribution}`;
  }
  const added = addedBefore(model, command);
  if (!added || added.packages.get(program)) return undefined;
  const small = smallRedHat.exec(name ?? '')?.[1];
  // A package that rpm installs is not followed.
  if (small === 'minimal' && /^(?:dnf|yum)$/.test(program) && !added.unknown)
    return `ubi-minimal has no ${program}, but microdnf`;
  if (small !== undefined && !added.unknown && [...model.commandsNamed('rpm')].length === 0) {
    const gone = shadowTools.has(program) ? added.packages.isEmpty : small === 'micro' && program !== 'bash';
    return gone ? `ubi-${small} has no ${program}` : undefined;
  }
  if (!likely && (added.unknown || name?.includes('/') !== false)) return undefined;
  const lacks = `${distribution} has no ${program}`;
  if (shadowTools.has(program))
    return distribution === 'alpine' && !added.packages.get('shadow') ? lacks : undefined;
  if (program === 'bash')
    return base.hasBash === false && distribution === 'alpine' && added.small ? lacks : undefined;
  const family = managerOfProgram(program)?.family ?? managerTools.get(program);
  if (distribution === 'busybox' && family !== undefined) return lacks;
  const own =
    base.packageManager &&
    managerOfProgram(base.packageManager === 'apt' ? 'apt-get' : base.packageManager)?.family;
  return own !== undefined && family !== own ? lacks : undefined;
}

/** Options of the adduser of Debian, which elsewhere is another name of useradd. */
const ownToDebian = ['--disabled-password', '--disabled-login', '--gecos', '--ingroup'];

function isDebian(distribution: string): boolean {
  return distribution === 'debian' || distribution === 'ubuntu';
}

function isShadowDistribution(distribution: string): boolean {
  return /^(?:debian|ubuntu|fedora|rhel|amazon)$/.test(distribution);
}

function fixOf(model: Model, command: Command): Fix | undefined {
  const { program, span, editable, wrappers, chain, script } = command;
  if (program === 'bash') {
    const install = prependToCommand(model, command, 'apk add --no-cache bash');
    return install && { title: 'Install bash first', edits: [install] };
  }
  if (!editable || !script || chain?.joints.includes('||') === true) return undefined;
  const text = inOtherDistribution(command);
  // A wrapper would run only the first of two commands.
  if (text === undefined || (wrappers.length > 0 && text.includes('&&'))) return undefined;
  return { title: `Change ${program} to ${text.replace(/ .*/, '')}`, edits: [replace(span, text)] };
}
