import { defineRule, replace } from '../core/lint/rule';
import type { Fix, Model } from '../core/lint/rule';
import { keywordLike } from '../core/analysis/text/keyword-case';
import type { Command } from '../core/shell/types';
import { folderOf } from '../core/analysis/commands/folder';
import { argumentsOf, findOption } from '../core/shell/options';
import { resolvePath } from '../core/text/paths';
import { seenNamed, textOf } from '../core/families/hadolint-commands';

/**
 * Scripts of packages rely on the shell that the distribution ships as `/bin/sh`, and an upgrade of that package puts it
 * back. `SHELL` chooses the shell of the steps and changes nothing else.
 *
 * ```dockerfile bad
 * FROM debian:12
 * RUN «ln -sf /bin/bash /bin/sh»
 * RUN rm /bin/sh && «ln -s bash /bin/sh»
 * RUN set -e; «ln -sf /bin/bash /bin/sh»
 * ```
 * > Scripts of packages rely on the /bin/sh of the distribution, and SHELL chooses one for the steps alone
 * ```dockerfile fixed
 * FROM debian:12
 * SHELL ["/bin/bash", "-c"]
 * SHELL ["/bin/bash", "-c"]
 * RUN set -e; ln -sf /bin/bash /bin/sh
 * ```
 * Another folder, another program and the question of the package do the same:
 * ```dockerfile bad
 * FROM debian:12
 * RUN cd /bin && «ln -sf bash sh»
 * RUN unlink /bin/sh && «ln -s /bin/bash /bin/sh»
 * RUN «mv /bin/bash /bin/sh»
 * RUN cd /usr && «ln -sf -t bin /opt/shells/sh»
 * RUN echo "dash dash/sh boolean false" | debconf-set-selections && «dpkg-reconfigure -f noninteractive dash»
 * ```
 * > Scripts of packages rely on the /bin/sh of the distribution, and SHELL chooses one for the steps alone
 * ```dockerfile fixed
 * FROM debian:12
 * SHELL ["/bin/bash", "-c"]
 * SHELL ["/bin/bash", "-c"]
 * RUN mv /bin/bash /bin/sh
 * RUN cd /usr && ln -sf -t bin /opt/shells/sh
 * RUN echo "dash dash/sh boolean false" | debconf-set-selections && dpkg-reconfigure -f noninteractive dash
 * ```
 * ```dockerfile good
 * FROM debian:12
 * RUN dpkg-reconfigure -f noninteractive tzdata && cp a b /bin/ && mv "$SHELL_FILE" "$TARGET" && ln -s bash sh
 * CMD ln -sf /bin/bash /bin/sh && run
 * RUN ln -s /bin/sh /usr/local/bin/shell && ln -sf /bin/bash /usr/bin/sh2
 * FROM fedora:41
 * RUN ln -sf /bin/bash /bin/sh
 * FROM $TOOLS
 * RUN ["/tools/bin/ln", "-s", "/tools/bin/bash", "/bin/sh"]
 * ```
 * The profile `strict` reports every link as a hint:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM rockylinux:9
 * RUN «ln -sf bash /bin/sh»
 * ```
 * > SHELL says which shell runs the steps, and no link has to replace /bin/sh
 */
export default defineRule({
  id: 'shell-symlink',
  summary: '/bin/sh is replaced by another shell',
  category: 'shell',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [
    'hadolint:DL4005',
    'semgrep:use-shell-instruction',
    'kics:changing_default_shell_using_run_command',
  ],
  mentions: ['ln', 'mv', 'cp', 'install', 'reconfigure'],
  strictAddsHadolint: true,

  *check({ model }) {
    for (const command of model.commandsNamed('ln', 'mv', 'cp', 'install', 'dpkg-reconfigure')) {
      const { instruction, span } = command;
      if (instruction.keyword !== 'RUN') continue;
      const source = sourceOfShell(model, command);
      if (source === undefined) continue;
      // Of an image that the build names, not even the distribution is known: it may have no /bin/sh.
      if (model.stageOf(instruction)?.chain.at(-1)?.from?.words[0]?.value.startsWith('$')) continue;
      // There it is that shell already.
      if (model.stageOf(instruction)?.base.shell === 'bash' && /(?:^|\/)bash$/.test(source)) continue;
      yield {
        at: span,
        message:
          'Scripts of packages rely on the /bin/sh of the distribution, and SHELL chooses one for the steps alone',
        fix: shellInstead(model, command, source),
      };
    }
  },

  *hadolint({ model }) {
    for (const { command, args } of seenNamed(model, 'ln')) {
      if (args.some((word) => textOf(word) === '/bin/sh'))
        yield {
          at: command.span,
          message: 'SHELL says which shell runs the steps, and no link has to replace /bin/sh',
        };
    }
  },
});

/** What a command puts in the place of /bin/sh, `''` if that is not written; undefined if it does not touch it. */
function sourceOfShell(model: Model, command: Command): string | undefined {
  const { operands } = argumentsOf(command);
  // The package asks which shell /bin/sh is to be.
  if (command.program === 'dpkg-reconfigure')
    return operands.some(({ value }) => value === 'dash') ? '' : undefined;
  const into = findOption(command, '-t', '--target-directory')?.value;
  const [source, target = into, more] = operands.map(({ value }) => value);
  if (more !== undefined || target === undefined) return undefined;
  const path = resolvePath(target.startsWith('/') ? undefined : folderOf(model, command), target);
  const isShell =
    shellPath.test(path ?? '') || (folderPath.test(path ?? '') && /(?:^|\/)sh$/.test(source ?? ''));
  return isShell ? (source ?? '') : undefined;
}

const shellPath = /^\/(?:usr\/)?bin\/sh$/;
const folderPath = /^\/(?:usr\/)?bin\/?$/;

/** SHELL in the place of a RUN that does nothing else. */
function shellInstead(model: Model, { instruction, script }: Command, source = ''): Fix | undefined {
  const name = /^(?:(?:\/usr)?\/bin\/)?(bash|zsh)$/.exec(source)?.[1];
  const isAll = script?.commands.every(
    ({ program, args }) =>
      program === 'ln' ||
      program === 'cd' ||
      (/^(?:rm|unlink)$/.test(program) && args.every(({ value }) => /^-|^\/bin\/sh$/.test(value ?? ''))),
  );
  if (name === undefined || !isAll || instruction.comments.length > 0 || instruction.heredocs.length > 0)
    return undefined;
  const shell = source.startsWith('/') ? source : `/bin/${name}`;
  return {
    title: `Choose ${name} with SHELL instead`,
    edits: [replace(instruction.span, `${keywordLike(model.file, 'SHELL')} ["${shell}", "-c"]`)],
  };
}
