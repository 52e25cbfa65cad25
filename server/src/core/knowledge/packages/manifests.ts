// Commands that install what a manifest lists, and the manifests that they read. Sources: the manuals of the tools.
import { composerNeeds, gemfileNeeds, goNeeds, nodeNeeds, pipNeeds, pyprojectNeeds } from './manifest-needs';
import type { NeedsReader } from './manifest-needs';

export interface Manifests {
  /** The command, for messages. */
  readonly title: string;
  /** Files that it needs, as the command names them: relative to its working folder, or absolute. */
  readonly required: readonly string[];
  /** Files that it reads if they exist, mostly lock files. */
  readonly optional: readonly string[];
  /** Settings files, to be copied if they are known to exist. */
  readonly settings: readonly string[];
  /** Entries of the context that the installation may also need; then only the author can decide. */
  readonly more: RegExp | undefined;
  /** Matches a COPY source that is one of the manifests, or a glob for them. */
  readonly known: RegExp;
  /** The folder of its downloads, if a cache mount there makes the order of steps unimportant. */
  readonly cache: RegExp | undefined;
  /** The folder of its dependencies; a folder of this name in the context would replace them. */
  readonly result: RegExp | undefined;
  /** A command that works without the sources, for tools that need or compile them during the installation. */
  readonly download: string | undefined;
  /** Files that the required files may name, and a glob for them if it is not known which exist. */
  readonly included: { readonly name: RegExp; readonly glob: string | undefined } | undefined;
  /** The file that lists the downloads: if the manifest exists without it, nothing is fetched. */
  readonly sums: string | undefined;
  /** A folder of the context that contains the dependencies, so that nothing is fetched. */
  readonly vendored: RegExp | undefined;
  /** Finds the files that a manifest needs, from its text. */
  readonly needs: NeedsReader;
}

type Entry = Pick<Manifests, 'title' | 'required' | 'known'> & Partial<Manifests>;

function entry(given: Entry): Manifests {
  return {
    optional: [],
    settings: [],
    more: undefined,
    cache: undefined,
    result: undefined,
    download: undefined,
    included: undefined,
    sums: undefined,
    vendored: undefined,
    needs: () => [],
    ...given,
  };
}

/** Whether a program has commands that install what a manifest lists. */
export function readsManifests(program: string): boolean {
  return installers.has(program) || buildOf(program) !== undefined;
}

function buildOf(program: string): Build | undefined {
  return builds.find((one) => one.program.test(program));
}

/** The programs that `manifestsOf` reads, besides those that build. */
const installers: ReadonlySet<string> = new Set(
  'npm yarn pnpm bun pip pip3 python python3 uv poetry bundle composer go'.split(' '),
);

/**
 * The manifests that a command reads when it installs from them.
 * @param args values of its arguments, without those that name the folder to work in; undefined for an argument with an expansion
 * @returns undefined for every other command, and if an argument makes it uncertain
 */
export function manifestsOf(program: string, args: readonly (string | undefined)[]): Manifests | undefined {
  const build = buildOf(program);
  if (!build && !installers.has(program)) return undefined;
  const known = args.filter((arg) => arg !== undefined);
  if (build) return compiled(build, program, known);
  if (known.length < args.length) return undefined;
  const [verb = '', ...rest] = known.filter((arg) => !arg.startsWith('-'));
  switch (program) {
    case 'npm':
    case 'yarn':
    case 'pnpm':
    case 'bun':
      return rest.length === 0 ? node(program, verb, known) : undefined;
    case 'pip':
    case 'pip3':
      return verb === 'install' ? pip(known) : undefined;
    case 'python':
    case 'python3':
      return known[0] === '-m' && known[1] === 'pip' && known[2] === 'install'
        ? pip(known.slice(2))
        : undefined;
    case 'uv':
      if (verb === 'pip' && rest[0] === 'install')
        return pip(known.slice(known.indexOf('install')), 'uv pip install');
      return verb === 'sync' ? python('uv sync', 'uv.lock', known, '--no-install-project') : undefined;
    case 'poetry':
      return verb === 'install' ? python('poetry install', 'poetry.lock', known, '--no-root') : undefined;
    case 'bundle':
      // Without a verb it installs; a number is the value of `--jobs` or `--retry`.
      return /^(?:install|\d*)$/.test(verb) ? bundle(known) : undefined;
    case 'composer':
      return verb === 'install' ? composer(known) : undefined;
    case 'go':
      return go(verb, known);
    default:
      return undefined;
  }
}

interface Build {
  readonly program: RegExp;
  /** Arguments of which one makes it fetch missing dependencies. */
  readonly fetches: RegExp;
  /** Arguments that prevent this. */
  readonly without: RegExp;
  readonly known: RegExp;
  readonly cache: RegExp;
}

/** Build tools whose manifests are in several folders or need the sources next to them, so only the author can tell. */
const builds: readonly Build[] = [
  {
    program: /^dotnet$/,
    fetches: /^(?:restore|build|publish|test|pack)$/,
    without: /^--no-(?:restore|build)$/,
    known: /proj|\.sln/,
    cache: /nuget/i,
  },
  {
    program: /^cargo$/,
    fetches: /^(?:build|b|check|fetch|run|rustc|test|--path(?:=.*)?)$/,
    without: /^--(?:offline|frozen)$/,
    known: /[Cc]argo|recipe\.json/,
    cache: /cargo/,
  },
  {
    program: /^pipenv$/,
    fetches: /^(?:install|sync)$/,
    without: /^--skip-lock$/,
    known: /Pipfile/,
    cache: /pipenv|\.cache/,
  },
  {
    program: /^pdm$/,
    fetches: /^(?:install|sync)$/,
    without: /^--no-(?:install|sync)$/,
    known: /pyproject|pdm/,
    cache: /pdm|\.cache/,
  },
  {
    program: /^mix$/,
    fetches: /^deps\.get,?$/,
    without: /^--check-locked$/,
    known: /mix\.|config/,
    cache: /\.hex|deps/,
  },
  {
    program: /^mvnw?$/,
    fetches: /^(?:compile|test|package|verify|install|deploy|dependency:.*)$/,
    without: /^(?:-o|--offline)$/,
    known: /pom\.|\.mvn|\.m2/,
    cache: /\.m2/,
  },
  {
    program: /^gradlew?$/,
    fetches:
      /^:?(?:[\w-]+:)*(?:build|assemble|classes|test|check|run|jar|dependencies|\w*[a-z](?:Jar|War|Dist|Compile))$/,
    without: /^--offline$/,
    known: /gradle/,
    cache: /gradle/,
  },
];

function compiled(build: Build, program: string, args: readonly string[]): Manifests | undefined {
  const name =
    program === 'cargo' && args[0] === 'chef' ? 'cook' : args.find((arg) => build.fetches.test(arg));
  if (name === undefined || (name === 'cook' && args[1] !== name)) return undefined;
  if (args.some((arg) => build.without.test(arg))) return undefined;
  const verb = name === 'cook' ? 'chef cook' : name.startsWith('--path') ? 'install' : name.replace(/,$/, '');
  return entry({ title: `${program} ${verb}`, required: [], known: build.known, cache: build.cache });
}

const locks: Readonly<Record<string, string>> = {
  npm: 'package-lock.json',
  yarn: 'yarn.lock',
  pnpm: 'pnpm-lock.yaml',
  bun: 'bun.lock',
};

function node(program: string, verb: string, args: readonly string[]): Manifests | undefined {
  if (args.some((arg) => /^(?:-g|--global|--location(?:=.*)?)$/.test(arg))) return undefined;
  const lock = locks[program] ?? '';
  const exact = program === 'npm' && /^(?:ci|clean-install)$/.test(verb);
  const bare = program === 'yarn' && args.length === 0;
  if (!exact && !bare && verb !== 'install' && !(verb === 'i' && program !== 'yarn')) return undefined;
  return entry({
    title: bare ? 'yarn' : `${program} ${exact ? 'ci' : 'install'}`,
    required: exact ? ['package.json', lock] : ['package.json'],
    optional: exact ? [] : [lock],
    settings: [
      '.npmrc',
      '.yarnrc',
      '.yarnrc.yml',
      'npm-shrinkwrap.json',
      'pnpm-workspace.yaml',
      'bun.lockb',
      'bunfig.toml',
    ],
    cache: /\.npm|yarn|pnpm|bun|\.cache/,
    more: /^(?:(?:\.yarn|patches|prisma|packages|apps|workspaces)\/|binding\.gyp|schema\.prisma|\.?pnpmfile\.c?js|\.puppeteerrc.*|puppeteer\.config\..*)$/,
    needs: nodeNeeds(!args.includes('--ignore-scripts')),
    known: /package|yarn|pnpm|bun\.lock/,
    result: /^node_modules\/$/,
  });
}

function pip(args: readonly string[], title = 'pip install'): Manifests | undefined {
  const files: string[] = [];
  for (const [at, arg] of args.entries()) {
    if (/^(?:-r|--requirement|-c|--constraint)$/.test(arg)) files.push(args[at + 1] ?? '');
    else if (/^-[rc].|^--(?:requirement|constraint)=/.test(arg))
      files.push(arg.replace(/^-[rc]|^--\w+=/, ''));
    // If the project itself is one of the packages, the sources are needed.
    else if (
      arg === '-e' ||
      arg === '--editable' ||
      (/^\.{0,2}\/|^\.(?:$|\[)/.test(arg) && arg !== files.at(-1))
    )
      return undefined;
  }
  if (files.length === 0 || files.some((file) => !/^[\w./-]+$/.test(file) || file.startsWith('..')))
    return undefined;
  const required = files.map((file) => file.replace(/^\.\//, ''));
  const isPlain = required.every((file) => /(?:^|\/)requirements\.txt$/.test(file));
  const isUsual = required.every((file) => /(?:^|\/)requirements[^/]*\.txt$/.test(file));
  return entry({
    title,
    required,
    // `-r` in one of them: a special list includes the common one, rarely the other way round.
    included: isPlain
      ? { name: /^(?:requirements|constraints)(?!.*(?:dev|test|doc|lint)).*\.txt$/, glob: undefined }
      : { name: /\.txt$/, glob: isUsual ? 'requirements*.txt' : '*.txt' },
    more: /^(?:requirements\/|setup\.py)$/,
    needs: pipNeeds,
    cache: /\.cache|pip|uv/,
    known: /requirements|\.txt|\.in$|pyproject|setup/,
  });
}

function python(
  title: string,
  lock: string,
  args: readonly string[],
  without: string,
): Manifests | undefined {
  if (args.some((arg) => /^--script(?:=.*)?$/.test(arg))) return undefined;
  return entry({
    title,
    required: ['pyproject.toml'],
    optional: [lock],
    settings: lock === 'uv.lock' ? ['.python-version', 'uv.toml'] : ['poetry.toml'],
    needs: pyprojectNeeds(lock === 'uv.lock'),
    known: /pyproject|\.lock|\.toml/,
    cache: /uv$|\.cache|pypoetry/,
    result: /^\.venv\/$/,
    download: args.includes(without) ? undefined : again(title.split(' ')[0] ?? '', args, without),
  });
}

function bundle(args: readonly string[]): Manifests | undefined {
  const at = args.findIndex((arg) => arg.startsWith('--gemfile'));
  const file = at < 0 ? 'Gemfile' : (args[at]?.split('=')[1] ?? args[at + 1] ?? '');
  if (!/^[\w./-]+$/.test(file)) return undefined;
  return entry({
    title: 'bundle install',
    required: [file],
    optional: [`${file}.lock`],
    settings: ['.ruby-version', '.tool-versions'],
    cache: /bundle|gems?\b/,
    more: /\.gemspec$|^(?:vendor|\.bundle)\/$/,
    needs: gemfileNeeds,
    known: /Gemfile|gemspec/,
  });
}

/** Scripts and the class map need the sources. The existing step does these, and finds everything else installed. */
function composer(args: readonly string[]): Manifests | undefined {
  const kept = args.filter(
    (arg) =>
      !/^(?:-o|-a|-oa|-ao|--optimize-autoloader|--classmap-authoritative|--apcu-autoloader)$/.test(arg),
  );
  const missing = ['--no-scripts', '--no-autoloader'].filter((option) => !args.includes(option));
  return entry({
    title: 'composer install',
    required: ['composer.json'],
    optional: ['composer.lock'],
    settings: ['symfony.lock', 'auth.json'],
    cache: /composer|\.cache/,
    known: /composer/,
    needs: composerNeeds,
    result: /^vendor\/$/,
    download: missing.length === 0 ? undefined : again('composer', kept, ...missing),
  });
}

function go(verb: string, args: readonly string[]): Manifests | undefined {
  const manifests = {
    title: `go ${verb === 'mod' ? 'mod download' : verb}`,
    required: ['go.mod'],
    optional: ['go.sum'],
    more: /^go\.work$|^vendor\/$/,
    known: /go\.(?:mod|sum|\*|work)|vendor/,
    cache: /pkg\/mod|^\/go/,
    sums: 'go.sum',
    needs: goNeeds,
  };
  if (verb === 'mod' && args.includes('download')) return entry(manifests);
  if (!/^(?:build|install|get)$/.test(verb)) return undefined;
  // `go get` of other packages, or of newer ones, changes go.mod; of those of the project, it fetches what they need.
  if (verb === 'get' && !args.every((arg) => arg === verb || /^(?:\.|-(?!u))/.test(arg))) return undefined;
  if (args.some((arg) => arg === '-mod=vendor' || /@|\.go$/.test(arg))) return undefined;
  return entry({ ...manifests, download: 'go mod download', vendored: /^vendor\/$/ });
}

/** The command with more arguments; '' if an argument would need quotes. */
function again(program: string, args: readonly string[], ...more: readonly string[]): string {
  const words = [...args, ...more];
  return words.every((word) => /^[\w.,:=/@+-]+$/.test(word)) ? [program, ...words].join(' ') : '';
}
