import { hasMountOf } from '../core/analysis/text/mount-options';
import { defineRule, sharedOptions } from '../core/lint/rule';
import { findOption } from '../core/shell/options';
import type { Option } from '../core/shell/options';
import type { Command } from '../core/shell/types';

/**
 * A password that a step sets is the same in every container of the image, and everyone who can pull the image can read the
 * step. Use keys, or set a password when the container starts.
 *
 * ```dockerfile bad
 * FROM debian:12
 * RUN echo "root:secret" | «chpasswd» && «passwd -d» app && «usermod -p» '$6$salt$hash' bob
 * RUN useradd -m «-p» secret eve && printf 'a\na\n' | «passwd» eve
 * ```
 * > The password is the same in every container, and everyone who has the image can read this step
 * > Without a password, everyone can log in as this user
 * > The password is the same in every container, and everyone who has the image can read this step
 * > The password is the same in every container, and everyone who has the image can read this step
 * > The password is the same in every container, and everyone who has the image can read this step
 * ```dockerfile good
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * RUN passwd -l root && usermod -p '*' app && usermod -aG wheel bob && useradd -p ! tom && echo 'root:*' | chpasswd -e
 * RUN --mount=type=secret,id=password chpasswd < /run/secrets/password
 * CMD echo "root:$PASSWORD" | chpasswd && exec sshd -D
 * ```
 * A password that the step makes up is not in the file, and Azure App Service asks for `root:Docker!`, which opens a port
 * that only its own tunnel reaches:
 * ```dockerfile good
 * FROM debian:12
 * RUN echo "app:`head -c 24 /dev/urandom | mkpasswd -s`" | chpasswd
 * RUN echo "root:Docker!" | chpasswd
 * ```
 * A stage that does not reach the image takes its passwords along:
 * ```dockerfile good
 * FROM debian:12 AS test
 * RUN echo "root:secret" | chpasswd
 * FROM debian:12
 * ```
 * The profile `strict` reports these as hints:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12 AS build
 * RUN echo app:app | «chpasswd»
 * FROM debian:12
 * RUN echo "root:Docker!" | «chpasswd»
 * COPY --from=build /a /a
 * ```
 * > The password is the same in every container, and everyone who has the image can read this step
 * A hash that the step itself makes of a password, and what a subshell prints, are no secret either:
 * ```dockerfile bad
 * FROM debian:12
 * RUN useradd «-p» $(openssl passwd -1 secret) app && (echo secret; echo secret) | «passwd» app
 * ```
 * > The password is the same in every container, and everyone who has the image can read this step
 * ```dockerfile good
 * FROM debian:12
 * RUN useradd -p $(openssl passwd -1 $PASSWORD) app && useradd -p $(cat /run/hash) other
 * ```
 */
export default defineRule({
  id: 'run-chpasswd',
  summary: 'A build step sets a password',
  category: 'security',
  severity: 'warning',
  fix: 'none',
  since: 'next',
  alsoKnownAs: ['checkov:CKV2_DOCKER_17'],
  mentions: ['chpasswd', 'passwd', 'usermod', 'useradd'],
  options: { profile: sharedOptions.profile },

  *check({ model, options: { profile } }) {
    for (const command of model.commandsNamed('chpasswd', 'passwd', 'usermod', 'useradd')) {
      const { instruction, name } = command;
      if (instruction.keyword !== 'RUN' || hasMountOf(instruction, 'secret')) continue;
      const found = setter(command);
      if (!found) continue;
      const isMinor = !model.reachesImage(instruction) || isOfAzure(command);
      if (isMinor && profile !== 'strict') continue;
      yield {
        at: {
          start:
            found === 'input' || found.name.startsWith('-d') || command.program === 'usermod'
              ? name.span.start
              : found.word.span.start,
          end: found === 'input' ? name.span.end : found.word.span.end,
        },
        message:
          command.program === 'passwd' && found !== 'input'
            ? 'Without a password, everyone can log in as this user'
            : 'The password is the same in every container, and everyone who has the image can read this step',
        severity: isMinor ? 'hint' : undefined,
      };
    }
  },
});

/** What sets the password: the input of the program, or an option of it. */
function setter(command: Command): 'input' | Option | undefined {
  if (command.program === 'chpasswd') {
    const input = inputOf(command);
    return input?.args.some(({ text }) => /:[*!]|random|\brand\b|pwgen|mkpasswd/.test(text))
      ? undefined
      : 'input';
  }
  const isPasswd = command.program === 'passwd';
  const option = isPasswd ? findOption(command, '-d', '--delete') : findOption(command, '-p', '--password');
  // What comes out of a group or a subshell counts too.
  if (isPasswd && !option && (command.pipeline?.index ?? 0) > 0) return 'input';
  const hash = option?.value ?? hashOf(option?.valueWord?.text ?? '');
  return isPasswd || /^[^*!]/.test(hash) ? option : undefined;
}

/** A hash that a substitution makes of a password in the step: `$(openssl passwd -1 secret)`. */
function hashOf(text: string): string {
  const script = /^["']?(?:\$\(|`)([^]*?)[)`]["']?$/.exec(text)?.[1] ?? '';
  return /\b(?:openssl[ \t]+passwd|mkpasswd|crypt)\b/.test(script) && !/[$`]|rand/.test(script) ? script : '';
}

/** The command whose output it reads. Between the two may be commands whose output is part of the password. */
function inputOf({ pipeline, script, chain, position, index }: Command): Command | undefined {
  if (!pipeline) return undefined;
  return script?.commands
    .slice(0, index)
    .filter((one) => one.chain === chain && one.position === position)
    .at(-1);
}

/** Azure App Service asks for this password. */
function isOfAzure(command: Command): boolean {
  return inputOf(command)?.args.some(({ text }) => /^["']?root:Docker!/.test(text)) === true;
}
