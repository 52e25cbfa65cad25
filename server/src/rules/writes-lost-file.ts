import { defineRule, sharedOptions } from '../core/lint/rule';
import type { Finding, Instruction, Model } from '../core/lint/rule';
import { fileTools, placers } from '../core/knowledge/programs/build-steps';
import type { Command, ShellWord } from '../core/shell/types';
import { isBelow, withoutEndSlash } from '../core/text/paths';
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
 * COPY hostname «/etc/hostname»
 * ```
 * > The engine provides /etc/resolv.conf itself, so what is written here is lost
 * > The engine provides /etc/resolv.conf itself, so what is written here is lost
 * > The engine provides /etc/hosts itself, so what is written here is lost
 * > The engine provides /etc/hosts itself, so what is written here is lost
 * > The engine provides /etc/hostname itself, so what is written here is lost
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
 * ```
 * The profile `strict` also reports as a hint what other builders than BuildKit lose:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12
 * VOLUME /data cache
 * RUN mkdir «/data/a» && echo x > «/data/a/b» && mkdir /srv/a
 * COPY x «/data/x»
 * ```
 * > A VOLUME above names this folder, so other builders than BuildKit drop what is written here
 * ```dockerfile good options="profile: strict"
 * FROM debian:12
 * RUN echo x > /data/a
 * ```
 */
export default defineRule({
  id: 'writes-lost-file',
  summary: 'A step writes a file that the engine provides itself',
  category: 'runtime',
  severity: 'warning',
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],
  options: { profile: sharedOptions.profile },

  *check({ model, options: { profile } }) {
    if (profile === 'strict') yield* belowVolumes(model);
    if (!/\/etc\/(?:resolv\.conf|host)/.test(model.document.text)) return;
    for (const instruction of model.instructionsOf('RUN')) {
      for (const command of model.commandsOf(instruction)) {
        if (command.wrappers.some(({ program }) => program === 'chroot')) continue;
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

/** BuildKit keeps what a step writes to a volume of its stage, other builders and older ones drop it. */
function* belowVolumes(model: Model): Generator<Finding> {
  const volumes = model.instructionsOf('VOLUME').flatMap((instruction) =>
    (instruction.json ?? instruction.words).map(({ value }) => ({
      instruction,
      path: value.startsWith('/') ? withoutEndSlash(value) : '',
    })),
  );
  if (volumes.length === 0) return;
  const dropped = (path: string | undefined, by: Instruction): boolean =>
    volumes.some(
      ({ instruction, path: volume }) =>
        volume !== '' &&
        path !== undefined &&
        isBelow(path, volume) &&
        instruction.index < by.index &&
        model.stageOf(instruction) === model.stageOf(by),
    );
  const message =
    'A VOLUME above names this folder, so other builders than BuildKit drop what is written here';
  for (const instruction of model.instructionsOf('RUN'))
    for (const command of model.commandsOf(instruction)) {
      const words =
        fileTools.has(command.program) && command.program !== 'rm' ? command.args : written(command);
      const word = words.find(({ value }) => dropped(value, instruction));
      if (word) yield { at: word.span, message, severity: 'hint' };
    }
  for (const { destination, instruction } of model.copies)
    if (dropped(destination.path, instruction)) yield { at: destination.span, message, severity: 'hint' };
}

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
  return placers.has(program) ? [...files, ...args.slice(-1)] : files;
}
