// How each tool installs exactly what its lock file says, and fails if that is out of date. Poetry always does. Sources:
// the manuals of the tools.

export interface LockedInstall {
  /** As in the table of package managers. */
  readonly manager: string;
  /** Verbs without packages that read the lock file, and may change what it says. */
  readonly verbs: readonly string[];
  /** Verbs without packages that replace what the lock file says by newer versions. */
  readonly renews?: readonly string[];
  readonly locks: readonly string[];
  /** Options with which it changes nothing, or which say that it shall; the preferred one first. */
  readonly exact: readonly string[];
  /** Options with which it does not read the project's lock file. */
  readonly apart: readonly string[];
  /** Variables that do the same as the options. */
  readonly variables: readonly string[];
  /** The verb that installs exactly, if it is not an option. */
  readonly verb?: string;
  /** Options that this verb does not take. */
  readonly refused?: readonly string[];
}

export const lockedInstalls: readonly LockedInstall[] = [
  {
    manager: 'npm',
    verbs: ['install', 'i', 'in', 'ins', 'inst', 'insta', 'instal', 'add', 'install-test', 'it'],
    renews: ['update', 'up', 'upgrade', 'udpate'],
    locks: ['package-lock.json', 'npm-shrinkwrap.json'],
    exact: ['--no-package-lock', '--package-lock'],
    apart: ['-g', '--global', '--location', '--package-lock-only'],
    variables: [],
    verb: 'ci',
    refused: ['--save', '--no-save', '--save-dev', '-D', '-S'],
  },
  {
    manager: 'yarn',
    verbs: ['install', ''],
    renews: ['upgrade', 'up'],
    locks: ['yarn.lock'],
    exact: ['--frozen-lockfile', '--immutable', '--pure-lockfile', '--no-lockfile'],
    apart: [],
    variables: ['CI', 'YARN_ENABLE_IMMUTABLE_INSTALLS'],
  },
  {
    manager: 'pnpm',
    verbs: ['install', 'i'],
    renews: ['update', 'up', 'upgrade'],
    locks: ['pnpm-lock.yaml'],
    exact: [
      '--frozen-lockfile',
      '--no-frozen-lockfile',
      '--no-lockfile',
      '--fix-lockfile',
      '--lockfile-only',
    ],
    apart: ['-g', '--global'],
    variables: ['CI'],
  },
  {
    manager: 'bun',
    verbs: ['install', 'i'],
    renews: ['update'],
    locks: ['bun.lock', 'bun.lockb'],
    exact: ['--frozen-lockfile', '--lockfile-only'],
    apart: ['-g', '--global'],
    variables: [],
  },
  {
    manager: 'uv',
    verbs: ['sync'],
    locks: ['uv.lock'],
    exact: ['--locked', '--frozen', '--no-locked'],
    apart: ['--script'],
    variables: ['UV_LOCKED', 'UV_FROZEN'],
  },
  {
    manager: 'bundle',
    verbs: ['install', ''],
    renews: ['update'],
    locks: ['Gemfile.lock'],
    exact: ['--frozen', '--deployment', '--local'],
    apart: ['--gemfile', '--bundler'],
    variables: ['BUNDLE_FROZEN', 'BUNDLE_DEPLOYMENT', 'BUNDLE_GEMFILE'],
  },
  {
    manager: 'composer',
    verbs: [],
    renews: ['update', 'u', 'upgrade'],
    locks: ['composer.lock'],
    exact: ['--lock'],
    apart: [],
    variables: [],
    verb: 'install',
    refused: [
      '-w',
      '--with-dependencies',
      '-W',
      '--with-all-dependencies',
      '--with',
      '--prefer-stable',
      '--prefer-lowest',
      '-m',
      '--minimal-changes',
      '--root-reqs',
      '-i',
      '--interactive',
    ],
  },
  {
    manager: 'pipenv',
    verbs: ['install'],
    renews: ['update', 'upgrade'],
    locks: ['Pipfile.lock'],
    exact: ['--deploy', '--ignore-pipfile', '--skip-lock'],
    apart: ['-r', '--requirements'],
    variables: ['PIPENV_SKIP_LOCK', 'PIPENV_IGNORE_PIPFILE', 'PIPENV_DEPLOY'],
  },
  {
    manager: 'cargo',
    verbs: [
      'build',
      'b',
      'install',
      'fetch',
      'check',
      'c',
      'test',
      't',
      'run',
      'r',
      'rustc',
      'bench',
      'clippy',
      'doc',
    ],
    locks: ['Cargo.lock'],
    exact: ['--locked', '--frozen', '--offline'],
    apart: ['--git', '--index', '--registry', '--manifest-path', '-C'],
    variables: [],
  },
];

/** Manifests whose lock file lies beside them. */
export const lockedManifests: ReadonlySet<string> = new Set([
  'package.json',
  'Gemfile',
  'pyproject.toml',
  'Cargo.toml',
  'composer.json',
  'Pipfile',
]);

/** Whether a path is that of a file with the exact versions of a project. */
export function isLockFile(path: string): boolean {
  return /(?:[.-]lock(?:\.\w+)?|\.lockb?|(?:^|\/)(?:go\.sum|npm-shrinkwrap\.json))$/.test(path);
}
