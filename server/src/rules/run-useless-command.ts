import { hasMountOf } from '../core/analysis/text/mount-options';
import { defineRule, sharedOptions } from '../core/lint/rule';
import { dropCommand } from '../core/fixes/drop-command';
import type { Finding, Model } from '../core/lint/rule';
import type { Command } from '../core/shell/types';
import { seenNamed } from '../core/families/hadolint-commands';

/**
 * A build step starts, does one thing and ends. Nothing that it starts keeps running, it has no terminal, and what it prints
 * about the machine is about the builder.
 *
 * ```dockerfile bad
 * FROM debian:12
 * RUN make && «service nginx start»
 * RUN «free -m»
 * RUN «top» && make
 * RUN «vim» /etc/x
 * RUN «shutdown» now && «mount» /dev/sdb /mnt
 * ```
 * > The service ends with this step, and no container starts it
 * > This prints the state of the build machine, and leaves nothing in the image
 * > This prints the state of the build machine, and leaves nothing in the image
 * > An editor needs a terminal, and a build step has none
 * > A build step has no machine to shut down
 * > A build step has no right to mount, and a mount would end with it
 * ```dockerfile fixed
 * FROM debian:12
 * RUN make
 * RUN make
 * RUN vim /etc/x
 * RUN shutdown now && mount /dev/sdb /mnt
 * ```
 * A service that the step itself needs is of use, and so is what a script reads or waits for:
 * ```dockerfile good
 * # syntax=docker/dockerfile:1-labs
 * FROM debian:12
 * RUN service mysql start && mysql -e 'CREATE DATABASE app' && service mysql stop
 * RUN server & kill $! && ps aux | grep server && vim +PlugInstall +qall && top --version
 * RUN apt-get install -y openssh-server && service ssh start
 * RUN if ps -p 1; then true; fi; apt-get install -y vim
 * RUN --security=insecure mount -t proc proc /mnt
 * CMD service nginx start && tail -f /log
 * ```
 * The profile `strict` reports every other use as a hint:
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12
 * RUN «service» mysql start && mysql < /init.sql
 * RUN if true; then «ifconfig»; fi && bash -c '«ssh» host ls; «kill» 1' && echo x > "$(«ps» | wc -l)"
 * RUN ["sh", "-c", "«ssh» host ls; «kill» 1"]
 * ```
 * > A build step has no use for this command, and it leaves nothing in the image
 * ```dockerfile bad options="profile: strict" severity="hint"
 * FROM debian:12
 * RUN «systemctl» restart nginx && «/etc/init.d/nginx» start && «killall» nginx && «sysctl» -w vm.max_map_count=262144
 * RUN make && «less» log; «vi» log; «umount» /mnt; «reboot»
 * ```
 * > A build step has no use for this command, and it leaves nothing in the image
 * A key that the builder hands over has a use:
 * ```dockerfile good options="profile: strict"
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * RUN --mount=type=ssh ssh -T git@example.com
 * RUN systemctl enable nginx && less --version && echo nginx start
 * CMD kill -TERM 1
 * ```
 */
export default defineRule({
  id: 'run-useless-command',
  summary: 'A command has no use in a build step',
  category: 'shell',
  severity: 'info',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3001', 'semgrep:nonsensical-command', 'kics:run_utilities_and_posix_commands'],
  options: { profile: sharedOptions.profile },

  *check({ model, options: { profile } }) {
    const told = new Set<Command>();
    for (const command of model.commandsNamed(...useless.keys())) {
      const { instruction, program, pipeline, nesting, args, redirects, index } = command;
      if (instruction.keyword !== 'RUN' || nesting.length > 0 || pipeline || redirects.length > 0) continue;
      if (args.some(({ value }) => /^(?:\+.*|--?(?:version|help|[hVc]|[eE]s))$/.test(value ?? ''))) continue;
      if (instruction.flags.some(({ name }) => name === 'security')) continue;
      // What comes later in the step may use the service.
      if (
        program === 'service' &&
        (makesFolders.has(args[0]?.value) ||
          !startsOne.test(args.at(-1)?.value ?? '') ||
          index < (command.script?.commands.length ?? 0) - 1)
      )
        continue;
      told.add(command);
      const use = useless.get(program);
      const fix = use?.isRemovable ? dropCommand(model, command, `Remove ${program}`) : undefined;
      yield { at: use?.isRemovable ? command.span : command.name.span, message: use?.message ?? '', fix };
    }
    if (profile === 'strict') yield* everyUse(model, told);
  },

  *hadolint({ model }) {
    for (const { command } of seenNamed(
      model,
      ...'free kill mount ps service shutdown ssh top vim'.split(' '),
    ))
      yield {
        at: command.name.span,
        message: ofNoUse,
      };
  },
});

const ofNoUse = 'A build step has no use for this command, and it leaves nothing in the image';

/** What is left, wherever it stands in a step. */
function* everyUse(model: Model, told: ReadonlySet<Command>): Generator<Finding> {
  const named = model.commandsNamed(...useless.keys(), ...useOfContainers);
  const started = model.file.text.includes('/init.d/')
    ? model.commands.filter(({ name }) => /^\/etc\/(?:rc\.d\/)?init\.d\//.test(name.value ?? ''))
    : [];
  for (const command of new Set([...named, ...started])) {
    const { instruction, name, program, args } = command;
    if (instruction.keyword !== 'RUN' || told.has(command)) continue;
    if (args.some(({ value }) => value === '--version' || value === '--help')) continue;
    // Links units to the start of the container.
    if (program === 'systemctl' && args.some(({ value }) => linksUnits.has(value))) continue;
    if (hasMountOf(instruction, 'ssh')) continue;
    yield { at: name.span, message: ofNoUse, severity: 'hint' };
  }
}

const useOfContainers =
  'kill ssh ifconfig systemctl killall pkill sysctl reboot halt poweroff init telinit umount vi emacs less more man lsof netstat iptables ip6tables modprobe dmesg swapon uptime vmstat iostat tmux screen invoke-rc.d'.split(
    ' ',
  );

const linksUnits: ReadonlySet<string | undefined> = new Set([
  'enable',
  'disable',
  'mask',
  'unmask',
  'set-default',
  'preset',
  'daemon-reload',
]);

/** Their start also makes what the server needs later: /run/sshd and the keys of the host. */
const makesFolders: ReadonlySet<string | undefined> = new Set(['ssh', 'sshd']);

const startsOne = /^(?:start|restart|reload)$/;
const prints = {
  message: 'This prints the state of the build machine, and leaves nothing in the image',
  isRemovable: true,
};
const edits = { message: 'An editor needs a terminal, and a build step has none', isRemovable: false };

const useless: ReadonlyMap<string, { readonly message: string; readonly isRemovable: boolean }> = new Map([
  ['free', prints],
  ['ps', prints],
  ['top', prints],
  ['htop', prints],
  ['vim', edits],
  ['nano', edits],
  ['service', { message: 'The service ends with this step, and no container starts it', isRemovable: true }],
  ['shutdown', { message: 'A build step has no machine to shut down', isRemovable: false }],
  [
    'mount',
    { message: 'A build step has no right to mount, and a mount would end with it', isRemovable: false },
  ],
]);
