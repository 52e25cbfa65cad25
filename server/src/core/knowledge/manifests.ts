// Commands that install what a manifest lists, and which files those are.

export interface Manifests {
  /** The command, for messages. */
  readonly title: string;
  /** Files it cannot do without. */
  readonly required: readonly string[];
  /** Files it reads where they exist. */
  readonly optional: readonly string[];
  /** A COPY source that is one of them, or a glob for them. */
  readonly known: RegExp;
  /** Where it keeps downloads, when a cache mount there makes the order of steps unimportant. */
  readonly cache: RegExp | undefined;
  /** Command that only downloads, for tools that otherwise do so while they compile. */
  readonly download: string | undefined;
}

const nodeManifest = /package|yarn|pnpm|bun\.lock/;

function node(title: string, required: readonly string[], optional: readonly string[]): Manifests {
  return { title, required, optional, known: nodeManifest, cache: undefined, download: undefined };
}

/**
 * What a command reads when it installs from a manifest.
 * @param args values of its arguments; undefined where one is expanded
 * @returns undefined for every other command, and where an argument leaves it open
 */
export function manifestsOf(program: string, args: readonly (string | undefined)[]): Manifests | undefined {
  if (args.includes(undefined)) return undefined;
  const words = args.filter((arg): arg is string => arg !== undefined && !arg.startsWith('-'));
  const [verb, ...rest] = words;
  const isBare = rest.length === 0;
  switch (program) {
    case 'npm':
      if (
        args.some(
          (arg) => arg === '-g' || arg === '--global' || arg === '--prefix' || arg?.startsWith('--prefix='),
        )
      )
        return undefined;
      if ((verb === 'ci' || verb === 'clean-install') && isBare)
        return node('npm ci', ['package.json', 'package-lock.json'], []);
      return (verb === 'install' || verb === 'i') && isBare
        ? node('npm install', ['package.json'], ['package-lock.json'])
        : undefined;
    case 'yarn':
      return verb === undefined && args.length === 0
        ? node('yarn', ['package.json'], ['yarn.lock'])
        : verb === 'install' && isBare
          ? node('yarn install', ['package.json'], ['yarn.lock'])
          : undefined;
    case 'pnpm':
      return (verb === 'install' || verb === 'i') && isBare
        ? node('pnpm install', ['package.json'], ['pnpm-lock.yaml'])
        : undefined;
    case 'bun':
      return (verb === 'install' || verb === 'i') && isBare
        ? node('bun install', ['package.json'], ['bun.lock'])
        : undefined;
    case 'pip':
    case 'pip3':
      return pip(verb, args as readonly string[]);
    case 'python':
    case 'python3':
      return args[0] === '-m' && args[1] === 'pip'
        ? pip(args[2], args.slice(2) as readonly string[])
        : undefined;
    case 'bundle':
      return verb === 'install' && isBare
        ? {
            title: 'bundle install',
            required: ['Gemfile'],
            optional: ['Gemfile.lock'],
            known: /Gemfile/,
            cache: undefined,
            download: undefined,
          }
        : undefined;
    case 'composer':
      return verb === 'install'
        ? {
            title: 'composer install',
            required: ['composer.json'],
            optional: ['composer.lock'],
            known: /composer/,
            cache: undefined,
            download: undefined,
          }
        : undefined;
    case 'go':
      return go(verb, args as readonly string[]);
    case 'dotnet':
      // The projects lie in folders of their own, which only the author can name.
      return verb === 'restore'
        ? {
            title: 'dotnet restore',
            required: [],
            optional: [],
            known: /proj|\.sln/,
            cache: /nuget/i,
            download: undefined,
          }
        : undefined;
    default:
      return undefined;
  }
}

function pip(verb: string | undefined, args: readonly string[]): Manifests | undefined {
  if (verb !== 'install') return undefined;
  const at = args.findIndex((arg) => arg === '-r' || arg === '--requirement');
  const file =
    at >= 0
      ? args[at + 1]
      : args.find((arg) => /^(?:-r|--requirement=).+/.test(arg))?.replace(/^(?:-r|--requirement=)/, '');
  // With the project itself among the packages, the sources are needed.
  if (file === undefined || args.some((arg) => arg === '.' || arg === '-e' || arg.startsWith('./')))
    return undefined;
  const name = file.replace(/^\.\//, '');
  if (!/^[\w.-]+$/.test(name)) return undefined;
  return {
    title: 'pip install',
    required: [name],
    optional: [],
    known: /requirements|\.txt|\.in$|pyproject|setup/,
    cache: undefined,
    download: undefined,
  };
}

function go(verb: string | undefined, args: readonly string[]): Manifests | undefined {
  const manifests = {
    required: ['go.mod'],
    optional: ['go.sum'],
    known: /go\.(?:mod|sum|\*|work)|vendor/,
    cache: /pkg\/mod|^\/go/,
  };
  if (verb === 'mod' && args.includes('download'))
    return { ...manifests, title: 'go mod download', download: undefined };
  if (
    (verb !== 'build' && verb !== 'install') ||
    args.some((arg) => arg.startsWith('-mod=') || /@|\.go$/.test(arg))
  )
    return undefined;
  return { ...manifests, title: 'go mod download', download: 'go mod download' };
}
