import { defineRule } from '../core/lint/rule';
import type { Finding } from '../core/lint/rule';
import { placers } from '../core/knowledge/programs/build-steps';
import type { Command, ShellWord } from '../core/shell/types';
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
 */
export default defineRule({
  id: 'writes-lost-file',
  summary: 'A step writes a file that the engine provides itself',
  category: 'runtime',
  severity: 'warning',
  fix: 'none',
  since: 'next',
  alsoKnownAs: [],

  *check({ model }) {
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
