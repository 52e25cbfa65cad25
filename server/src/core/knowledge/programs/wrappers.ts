// Programs that run the words after their own options: `sudo -E apt-get update` is an apt-get command.

export interface WrapperSyntax {
  /** Options whose value is the next word, with their dashes. */
  readonly values: readonly string[];
  /** Operands between the options and the program: one for `timeout 10 x`. */
  readonly operands?: number;
  /** `NAME=value` words before the program are its environment. */
  readonly assignments?: boolean;
  /** Words of which one must follow the name: `conda run`. */
  readonly verbs?: readonly string[];
  /** With one of these options it runs nothing: `command -v x`. */
  readonly inert?: readonly string[];
  /** Options whose value is text for a shell. */
  readonly string?: readonly string[];
  /** Options can come after the operands, and no program follows: `su user -c '…'`. */
  readonly permutes?: boolean;
  /** It wraps only these programs. */
  readonly only?: readonly string[];
}

const plain: WrapperSyntax = { values: [] };
const runner: WrapperSyntax = {
  values: [
    '-n',
    '--name',
    '-p',
    '--prefix',
    '--cwd',
    '--python',
    '--with',
    '--extra',
    '--group',
    '--env-file',
    '--directory',
    '--project',
  ],
  verbs: ['run'],
};

/** By base name. Sources: the programs' manual pages. */
export const wrappers: ReadonlyMap<string, WrapperSyntax> = new Map<string, WrapperSyntax>([
  // Run as another user.
  [
    'sudo',
    {
      values:
        '-u --user -g --group -h --host -p --prompt -C --close-from -D --chdir -R --chroot -T --command-timeout -U --other-user -r --role -t --type -a -c'.split(
          ' ',
        ),
      assignments: true,
      inert: ['-l', '--list', '-v', '--validate', '-k', '-K', '-V', '--version', '-e', '--edit'],
    },
  ],
  ['doas', { values: ['-u', '-C', '-a'] }],
  ['gosu', { values: [], operands: 1 }],
  ['su-exec', { values: [], operands: 1 }],
  ['setuser', { values: [], operands: 1 }],
  ['setuidgid', { values: [], operands: 1 }],
  ['s6-setuidgid', { values: [], operands: 1 }],
  [
    'setpriv',
    {
      values:
        '--reuid --regid --ruid --euid --rgid --egid --groups --inh-caps --ambient-caps --bounding-set --securebits --pdeathsig'.split(
          ' ',
        ),
    },
  ],
  ['chpst', { values: '-u -U -b -e -/ -C -n -l -L -m -d -o -p -f -c -t'.split(' ') }],
  [
    'su',
    {
      values: '-s --shell -g --group -G --supp-group -w --whitelist-environment'.split(' '),
      string: ['-c', '--command'],
      permutes: true,
    },
  ],
  [
    'runuser',
    {
      values: '-u --user -s --shell -g --group -G --supp-group -w --whitelist-environment'.split(' '),
      string: ['-c', '--command'],
      permutes: true,
    },
  ],
  // Run in another environment or directory tree.
  ['env', { values: ['-u', '--unset', '-C', '--chdir'], assignments: true, inert: ['-S', '--split-string'] }],
  ['chroot', { values: ['--userspec', '--groups'], operands: 1 }],
  ['fakeroot', { values: ['-l', '--lib', '-s', '-i', '-b', '--faked'] }],
  ['eatmydata', plain],
  ['linux32', plain],
  ['linux64', plain],
  ['i386', plain],
  ['busybox', { values: [], inert: ['--install', '--list', '--list-full', '--help'] }],
  // Shell builtins.
  ['exec', { values: ['-a'] }],
  ['command', { values: [], inert: ['-v', '-V'] }],
  ['builtin', plain],
  // Run with another priority, limit or kind of output.
  ['time', { values: ['-f', '--format', '-o', '--output'] }],
  ['nice', { values: ['-n', '--adjustment'] }],
  ['ionice', { values: ['-c', '--class', '-n', '--classdata'], inert: ['-p', '--pid'] }],
  ['nohup', plain],
  ['setsid', plain],
  ['timeout', { values: ['-k', '--kill-after', '-s', '--signal'], operands: 1 }],
  ['taskset', { values: [], operands: 1, inert: ['-p', '--pid'] }],
  ['stdbuf', { values: ['-i', '--input', '-o', '--output', '-e', '--error'] }],
  ['unbuffer', plain],
  [
    'flock',
    {
      values: ['-w', '--timeout', '--wait', '-E', '--conflict-exit-code'],
      operands: 1,
      string: ['-c', '--command'],
    },
  ],
  [
    'xargs',
    {
      values:
        '-a --arg-file -d --delimiter -E -I -L --max-lines -n --max-args -P --max-procs -s --max-chars --process-slot-var'.split(
          ' ',
        ),
    },
  ],
  // Init processes before CMD and ENTRYPOINT.
  ['dumb-init', { values: ['-r', '--rewrite'] }],
  ['tini', { values: ['-p', '-e'] }],
  ['tini-static', { values: ['-p', '-e'] }],
  ['catatonit', plain],
  // Language environments.
  ['conda', runner],
  ['mamba', runner],
  ['micromamba', runner],
  ['poetry', { values: ['-C', '--directory', '-P', '--project'], verbs: ['run'] }],
  ['pipenv', { values: [], verbs: ['run'] }],
  ['pdm', { values: ['-p', '--project'], verbs: ['run'] }],
  ['uv', runner],
  ['bundle', { values: ['--gemfile'], verbs: ['exec'] }],
  ['rbenv', { values: [], verbs: ['exec'] }],
  ['pyenv', { values: [], verbs: ['exec'] }],
  ['corepack', { values: [], only: ['npm', 'yarn', 'pnpm'] }],
]);
