import { mountTypeOf, mountValue, mountsOf } from '../core/analysis/text/mount-options';
import { folderOf } from '../core/analysis/commands/folder';
import { defineRule, sharedOptions } from '../core/lint/rule';
import type { Finding, Instruction, Model } from '../core/lint/rule';
import { ownershipChangers, placers } from '../core/knowledge/programs/build-steps';
import { argumentsOf } from '../core/shell/options';
import { isBelow, resolvePath, withoutEndSlash } from '../core/text/paths';
import type { Command, ShellWord } from '../core/shell/types';
import type { Flag } from '../core/syntax/nodes';
import type { Span } from '../core/text/span';

/**
 * The engine mounts its own `/etc/resolv.conf` and `/etc/hosts` over those of the image, in the build, where BuildKit also
 * refuses to write to them, and in every container, there also `/etc/hostname`. Give a container its name servers and hosts
 * when you start it: `--dns`, `--dns-option` and `--add-host`, or `dnsConfig` and `hostAliases` in Kubernetes.
 *
 * ```dockerfile bad
 * FROM alpine:3.20
 * RUN echo "options ndots:0" >> «/etc/resolv.conf» && echo nameserver 1.1.1.1 | tee -a «/etc/resolv.conf»
 * RUN sed -i s/x/y/ «/etc/hosts» && cp /tmp/hosts «/etc/hosts»
 * RUN perl -pi -e s/x/y/ «/etc/hosts» && truncate -s 0 «/etc/hosts» && perl -e 1 /etc/hosts
 * COPY hostname «/etc/hostname»
 * ```
 * > The engine provides /etc/resolv.conf itself, so what is written here is lost
 * > The engine provides /etc/resolv.conf itself, so what is written here is lost
 * > The engine provides /etc/hosts itself, so what is written here is lost
 * > The engine provides /etc/hosts itself, so what is written here is lost
 * > The engine provides /etc/hosts itself, so what is written here is lost
 * > The engine provides /etc/hosts itself, so what is written here is lost
 * > The engine provides /etc/hostname itself, so what is written here is lost
 * A bind mount is there for one step. What the step writes into it goes with it, and without `rw` the step may not even write:
 * ```dockerfile bad severity="warning warning warning error"
 * FROM debian:13-slim
 * WORKDIR /src
 * RUN --mount=type=bind,target=/data,ro=false make > «/data/log»
 * RUN --mount=type=bind,target=/mnt,rw echo ready > «/mnt/state»
 * RUN --mount=type=tmpfs,target=/scratch make > «/scratch/log»
 * RUN --mount=target=. make && cp app «/src/out»
 * ```
 * > What a step writes below /data is gone with the mount after it
 * > What a step writes below /mnt is gone with the mount after it
 * > What a step writes below /scratch is gone with the mount after it
 * > The mount at /src is read-only, so this write fails
 * ```dockerfile good
 * FROM debian:13-slim
 * WORKDIR /src
 * RUN --mount=type=bind,target=/mnt,rw echo ready > /mnt/state && cp /mnt/state /state
 * RUN --mount=type=bind,target=/src,rw --mount=type=cache,target=/src/out make > out/log
 * RUN --mount=type=bind,target=/data make > $LOG && chroot /src sh -c 'true > /src/x'
 * RUN --mount=type=bind,target=/src,rw make > /tmp/log
 * RUN --mount=type=bind,target=/src,rw chroot /src sh -c 'true > /src/x'
 * RUN --mount=type=bind,target=/src,rw ["make"]
 * RUN --mount=type=bind,target=/src,rw make > $LOG
 * RUN --network=none make > /src/log
 * RUN --mount=type=bind,target=$TARGET --mount=type=bind,source=x make > /tmp/log
 * ```
 * ```dockerfile good
 * FROM alpine:3.20
 * RUN cat /etc/hosts && cp /etc/resolv.conf /mnt/etc/resolv.conf && echo x > /etc/hosts.allow && cat < /etc/hosts
 * RUN chroot /mnt sh -c 'echo web > /etc/hostname'
 * COPY hosts /etc/hosts.d/
 * RUN sed s/x/y/ /etc/hosts > /x
 * CMD echo "$HOSTS" >> /etc/hosts && exec server
 * ```
 * ```dockerfile good
 * FROM alpine:3.20
 * RUN true
 * VOLUME /data
 * RUN mkdir /data/x
 * ```
 * Older builders, and Podman where it is asked to, also drop what a step writes into a volume that stands above it. In the
 * strict profile the rule reports that, too. Declare the volume after the last step that writes there:
 * ```dockerfile bad options="profile: strict" severity="info"
 * FROM alpine:3.20
 * RUN mkdir /data /logs
 * VOLUME ["/data", "/logs"]
 * VOLUME $OTHER
 * WORKDIR /data
 * RUN chown -R 1000 «/data» && chmod 700 /data && mkdir -p $X && touch /logs/all && echo x > /srv/x
 * RUN echo x > /srv/y && cp /logs/all /srv && ls /data && chroot /mnt rm -r /data
 * RUN cp /srv/x «y» && tee z < /srv/x
 * FROM alpine:3.20
 * RUN mkdir /data
 * ONBUILD RUN mkdir /data/x
 * ```
 * > /data is a volume by now, and older builders drop what a step writes there
 * Without a volume, everything stays:
 * ```dockerfile good options="profile: strict"
 * FROM debian:12
 * RUN echo x > /data/a
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * RUN dd if=/tmp/hosts «of=/etc/hosts» && dd if=/tmp/a bs=1
 * COPY resolv.conf «/etc/»
 * ```
 * > The engine provides /etc/hosts itself, so what is written here is lost
 * > The engine provides /etc/resolv.conf itself, so what is written here is lost
 */
export default defineRule({
  id: 'writes-lost-file',
  summary: 'A step writes what the image does not keep',
  category: 'runtime',
  severity: 'warning',
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],
  options: { profile: sharedOptions.profile },

  *check({ model, options: { profile } }) {
    if (profile === 'strict') yield* inVolumes(model);
    yield* inMounts(model);
    if (!/\/etc\b/.test(model.document.text) || !/resolv\.conf|host/.test(model.document.text)) return;
    for (const instruction of model.instructionsOf('RUN')) {
      for (const command of model.commandsOf(instruction)) {
        if (isElsewhere(command)) continue;
        for (const { value, span } of written(command))
          if (lost.has(value ?? '')) yield finding(value ?? '', span);
      }
    }
    for (const { sources, destination } of model.copies) {
      const path = sources.map(({ target }) => target).find((target) => lost.has(target ?? ''));
      if (path !== undefined) yield finding(path, destination.span);
    }
  },
});

/** What the last command of a step writes into a mount that keeps nothing: nothing can take it from there any more. */
function* inMounts(model: Model): Generator<Finding> {
  for (const run of model.instructionsOf('RUN')) {
    const mounts = mountsOf(run);
    const last = mounts.length > 0 ? model.commandsOf(run).at(-1) : undefined;
    if (!last || isElsewhere(last)) continue;
    const workdir = model.environmentAt(run).workdir;
    for (const { value, span } of written(last)) {
      const path = value === undefined ? undefined : resolvePath(folderOf(model, last), value);
      if (path === undefined) continue;
      const around = mounts.filter((mount) => isBelow(path, targetOf(mount, workdir)));
      const [mount] = around;
      // A cache or another mount in it may keep the file.
      if (!mount || around.some((one) => !/^(?:bind|tmpfs)$/.test(mountTypeOf(one)))) continue;
      const target = targetOf(mount, workdir);
      yield mountTypeOf(mount) === 'tmpfs' || isWritable(mount)
        ? { at: span, message: `What a step writes below ${target} is gone with the mount after it` }
        : {
            at: span,
            message: `The mount at ${target} is read-only, so this write fails`,
            severity: 'error',
          };
    }
  }
}

function isWritable({ options }: Flag): boolean {
  return options.some(({ key, value }) =>
    /^(?:rw|readwrite)$/.test(key) ? value !== 'false' : /^(?:ro|readonly)$/.test(key) && value === 'false',
  );
}

/** Where a mount stands; a path that is below nothing where that is not known. */
function targetOf(mount: Flag, workdir: string | undefined): string {
  const target = mountValue(mount, 'target');
  return (target !== undefined && resolvePath(workdir, target)) || '?';
}

/** What steps write below a VOLUME that stands above them in their stage: the first word of each step. */
function* inVolumes(model: Model): Generator<Finding> {
  const volumes = new Map<string, Instruction>();
  for (const volume of model.instructionsOf('VOLUME')) {
    const stage = model.stageOf(volume)?.index;
    const paths =
      volume.json?.map(({ value }) => value) ?? volume.words.map((word) => model.expand(word, volume));
    for (const path of paths) {
      const key = `${stage} ${volume.onbuild} ${withoutEndSlash(path ?? '')}`;
      if (!volumes.has(key)) volumes.set(key, volume);
    }
  }
  if (volumes.size === 0) return;
  for (const run of model.instructionsOf('RUN')) {
    const told = new Set<Instruction>();
    const stage = model.stageOf(run)?.index;
    for (const command of model.commandsOf(run)) {
      if (isElsewhere(command)) continue;
      for (const { value, span } of changed(command)) {
        const path = value === undefined ? undefined : resolvePath(folderOf(model, command), value);
        const folder = foldersAbove(path).find((one) => volumes.has(`${stage} ${run.onbuild} ${one}`));
        const volume = volumes.get(`${stage} ${run.onbuild} ${folder}`);
        if (!volume || volume.index > run.index || told.has(volume)) continue;
        told.add(volume);
        yield {
          at: span,
          message: `${folder} is a volume by now, and older builders drop what a step writes there`,
          severity: 'info',
          related: [{ at: volume.keywordSpan, message: 'The volume is declared here' }],
        };
      }
    }
  }
}

/** A path and the folders above it, at most 32. */
function foldersAbove(path = ''): readonly string[] {
  const found: string[] = [];
  for (let rest = path; rest !== '' && found.length < 32; rest = rest.slice(0, rest.lastIndexOf('/')))
    found.push(rest);
  return found;
}

/** Whether a command sees other files than those of the image. */
function isElsewhere({ wrappers }: Command): boolean {
  return wrappers.some(({ program }) => program === 'chroot');
}

/** The words that name files or folders that a command writes, makes, or changes. */
function changed(command: Command): readonly ShellWord[] {
  const { program } = command;
  if (makers.has(program)) return [...written(command), ...argumentsOf(command).operands];
  // The first word is the owner or the mode.
  return ownershipChangers.has(program) ? argumentsOf(command).operands.slice(1) : written(command);
}

const makers: ReadonlySet<string> = new Set(['mkdir', 'touch']);

const lost: ReadonlySet<string> = new Set(['/etc/resolv.conf', '/etc/hosts', '/etc/hostname']);

function finding(path: string, at: Span): Finding {
  return { at, message: `The engine provides ${path} itself, so what is written here is lost` };
}

/** The words that name files that a command writes. */
function written(command: Command): readonly ShellWord[] {
  const { program, args, redirects } = command;
  const files = redirects.flatMap(({ operator, target }) =>
    operator.includes('>') && target ? [target] : [],
  );
  if (program === 'tee') return [...files, ...args];
  if (program === 'sed')
    return args.some(({ prefix }) => /^-[a-zA-Z]*i|^--in-place/.test(prefix)) ? [...files, ...args] : files;
  if (program === 'perl')
    return args.some(({ prefix }) => /^-[a-zA-Z]*i/.test(prefix)) ? [...files, ...args] : files;
  if (program === 'truncate') return [...files, ...argumentsOf(command).operands];
  if (program === 'dd') {
    const output = args.find(({ value }) => value?.startsWith('of=') === true);
    return output ? [...files, { ...output, value: output.value?.slice('of='.length) }] : files;
  }
  return placers.has(program) ? [...files, ...args.slice(-1)] : files;
}
