// Ruby: gem and bundler.
import { ownWords } from '../cause';
import type { Cause } from '../cause';

export const rubyCauses: readonly Cause[] = [
  {
    id: 'ruby-wrong-version',
    signs: [
      /Your Ruby (?:patchlevel|version) is (?<present>\d[\w.]*), but your Gemfile specified (?<needed>.+)/,
    ],
    message: ({ present = '', needed = '' }) =>
      `The Gemfile asks for Ruby ${needed}, and the image has ${present}. Take the ruby image of that version, or loosen the Gemfile`,
  },
  {
    id: 'ruby-too-old',
    signs: [
      /The last version of (?<package>\S+) \([^)]*\) to support your Ruby & RubyGems was (?<available>[\w.]+)/,
      /(?<![\w-])(?<package>[\w-]+)(?:-[\d.]+)? requires (?:Ruby|ruby) version (?<needed>[^.]*?[\d.]+\d).*?(?:The current ruby version is (?<present>[\d.]+\d))?/,
      /(?<!\S)(?<package>\S+) requires Ruby version (?<needed>[^.]+)\./,
      /(?<!\S)(?<package>\S+?)(?:-[\d.]+)? requires rubygems version (?<needed>[^,]+), which is incompatible/i,
      /requires RubyGems version (?<needed>[^.]+[\d.]+\d)\. .*/,
      /required_ruby_version|ruby version (?<needed>\S+) is required/,
      /(?<![\w-])(?<package>[\w-]+) requires Ruby (?<needed>>= ?[\d.]+\d)/,
    ],
    more: (facts, { printed }) => {
      const last = printed
        .map(
          (line) =>
            /The last version of \S+ \([^)]*\) to support your Ruby & RubyGems was ([\w.]+\w)/.exec(
              line,
            )?.[1],
        )
        .find(Boolean);
      const needed = printed
        .map((line) => /requires Ruby version ([^.]*?\d[\d.]*\d)/i.exec(line)?.[1])
        .find(Boolean);
      const present = printed
        .map((line) => /current ruby version is (\d[\d.]*\d)/i.exec(line)?.[1])
        .find(Boolean);
      return {
        ...facts,
        ...(last !== undefined && { available: last }),
        ...(needed !== undefined && { needed }),
        ...(present !== undefined && { present }),
      };
    },
    message: ({ package: name = 'A gem', needed, present, available }) =>
      `${name} does not run on this Ruby${present ? ` (${present})` : ''}${needed ? `: it needs ${needed}` : ''}. ${
        available
          ? `The last version that does is ${available}: ask for it with -v`
          : 'Take an image with a Ruby that fits, or pin an older version'
      }`,
  },
  {
    id: 'bundler-version-missing',
    signs: [
      /Could not find '?bundler'? \((?<version>[\d.]+)\) required by your/,
      /can't find gem bundler \((?:>= 0\.a|(?:= )?(?<version>[^)]+))\)/,
      /You must use Bundler (?<version>\d+)(?: or greater)? with this lockfile/,
      /To (?:update to|install) the (?:latest|missing) version.*bundler(?::| -v )?'?(?<version>[\d.]+)/,
      /Bundler could not find compatible versions for gem "bundler"/,
      /current Bundler version:/,
    ],
    message: ({ version }) =>
      `Gemfile.lock was made with another bundler. Install that one before: gem install bundler${version ? ` -v ${version}` : ' with its version'}`,
  },
  {
    id: 'gemfile-missing',
    signs: [
      /Could not locate Gemfile/,
      /The deployment setting requires a (?<path>Gemfile\.lock)/,
      /(?<!\S)(?<path>\S*Gemfile(?:\.lock)?) not found/,
      /There was an error parsing `Gemfile`: No such file or directory @ rb_sysopen - (?<path>\S+)/,
    ],
    message: ({ path = 'Gemfile' }) =>
      `bundler does not find ${path}. Copy it into the image before this step, and check WORKDIR`,
  },
  {
    id: 'gem-missing',
    signs: [
      /Could not find (?:a valid )?gem '(?<package>[^']+)' \((?<version>[^)]*)\)/,
      /Could not find gem '(?<package>[\w-]+)(?: \((?<version>[^)]*)\))?/,
      /Could not find (?<package>[\w-]+)-(?<version>\d[\w.]*) in any of the sources/,
      /Your bundle is locked to (?<package>\S+) \((?<version>[^)]+)\).*(?:could not be found|has removed|no longer)/,
      /Could not find compatible versions|Bundler could not find compatible versions for gem "(?<package>[^"]+)"/,
      /ERROR: {2}Could not find .* gem/,
    ],
    message: ({ package: name = 'a gem', version }) =>
      `No source has ${name}${version && !version.startsWith('>= 0') ? ` ${version}` : ''} for this Ruby: it was removed, does not exist, or conflicts with another. Update the bundle`,
  },
  {
    id: 'bundle-frozen',
    signs: [
      /(?:The gemspecs for|You are trying to install in deployment mode after changing)/,
      /(?:frozen|deployment) mode|The lockfile can't be updated because frozen mode is set/,
      /Your bundle only supports platforms|does not include the platform|Your lockfile does not/,
    ],
    more: (facts, { instruction = '' }) => (/bundle|gem|rake|rails/.test(instruction) ? facts : undefined),
    message: () =>
      'Gemfile.lock does not fit the Gemfile or this platform. Run bundle lock (with --add-platform where needed), and commit the lock file',
  },
  {
    id: 'gem-network',
    signs: [
      /(?:Could not fetch specs from|Gem::RemoteFetcher::FetchError|Could not reach host|Network error while fetching|Unable to download data from|Bundler::HTTPError|Errno::ECONN\w+).*?(?<host>[\w-]+(?:\.[\w-]+)+)?/,
      /SSL_connect (?:returned|SYSCALL)/,
    ],
    message: ({ host }) =>
      `${host ?? 'The gem server'} could not be reached, or this Ruby is too old for its TLS. Run the build again, or take an image with a newer Ruby`,
  },
  {
    id: 'gem-build-failed',
    weak: true,
    signs: [
      /An error occurred while installing (?<package>\S+) \((?<version>[^)]+)\)/,
      /ERROR: Failed to build gem native extension/,
      /ERROR: {2}Error installing (?<package>[^:\s]+)/,
      /Gem::Ext::BuildError/,
      /Make sure that `gem install (?<package>\S+)/,
      /Bundler::\w*Error|Gem::\w+Error/,
    ],
    message: ({ package: name = 'A gem' }) =>
      `${name} could not be installed. The lines above say what its build needs, often a compiler or a development package`,
  },
  {
    id: 'rake-failed',
    weak: true,
    signs: [
      /^rake aborted!/,
      /:\d+:in [`'][^`']{1,100}[`']: (?<detail>.+)/,
      /(?:\.rb|Rakefile|\/bin\/\w+):\d+:in [`']|^\(See full trace by running task/,
      /LoadError: (?:cannot load such file -- )?(?<path>.+)/,
      /cannot load such file -- (?<path>\S+)/,
    ],
    more(facts, { printed }) {
      const detail = facts.detail ?? ownWords(printed);
      return { ...facts, ...(detail !== undefined && { detail }) };
    },
    message: ({ path, detail }) =>
      path
        ? `Ruby does not find ${path}. Add its gem to the bundle, or copy the file before this step`
        : `rake stopped in a task of the project${detail ? `: ${detail}` : '. What it printed says why'}`,
  },
];
