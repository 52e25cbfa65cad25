// CMake, R, conda, Erlang and Elixir, Haskell, OCaml, Perl.
import { lastMatch, ownWords } from '../cause';
import type { Cause } from '../cause';

export const otherCauses: readonly Cause[] = [
  {
    id: 'tool-too-old',
    signs: [
      /(?<package>CMake) (?<needed>\S+) or higher is required\. +You are running version (?<present>\S+)/,
      /(?<![\w.+-])(?<package>[\w.+-]+) (?:version )?(?<needed>(?:<=|>=)? ?\d(?:[\w.]*\w)?)\.? (?:or (?:higher|newer|later|above|greater) )?is (?:required|needed)(?:[,.].*(?:found|have|running version|version is) v?(?<present>\d[\w.]*))?/i,
      /requires a minimum (?<package>Swift) tools version (?:of )?(?<needed>[\d.]+)(?: \(currently (?<present>[\d.]+)\))?/,
      /requires minimum (?<package>Swift) tools version (?<needed>[\d.]+[^.\s]*)\.?(?: Current Swift tools version is (?<present>[\d.]+[^.\s\\]*))?/,
      /is using (?<package>Swift) tools version (?<needed>[\d.]+) but the installed version is (?<present>[\d.]+)/,
      /pyenv: version [`'](?<needed>[\w.-]+)' (?:is )?not installed/,
      /(?:supports only|requires) (?<package>Erlang\/OTP|Elixir) ?(?<needed>.+)/,
      /(?<![\w-])(?<package>[\w-]+) version (?<needed>\d\S*) or (?:later|newer|higher|greater) (?:is )?(?:required|needed)/i,
    ],
    more: (facts, { printed }) => {
      const present = facts.present ?? lastMatch(printed, /on ((?:Erlang\/OTP|Elixir) \S+) but/)?.[1];
      const name = facts.package ?? (facts.said?.startsWith('pyenv: ') ? 'Python' : undefined);
      return {
        ...facts,
        ...(name !== undefined && { package: name }),
        ...(present !== undefined && { present }),
      };
    },
    message: ({ package: name = 'A tool', needed, present }) =>
      `The build needs ${name} ${(needed ?? '').trim()}, and the image has ${present ?? 'another version'}. Take an image with that version, or install it in a step before`,
  },
  {
    id: 'cmake-failed',
    signs: [/CMake Error(?: at (?<path>\S+?):\d+)?/, /^-- Configuring incomplete, errors occurred!/],
    more(facts, { printed }) {
      const at = printed.map((line) => /CMake Error/.test(line)).lastIndexOf(true);
      const detail = printed
        .slice(at + 1, at + 4)
        .find((line) => /^ +\S/.test(line))
        ?.trim();
      return { ...facts, ...(at >= 0 && detail !== undefined && { detail }) };
    },
    message: ({ path, detail }) =>
      `CMake stopped${path ? ` in ${path}` : ''}${detail ? `: ${detail}` : ''}. What it does not find has to be installed or copied before this step`,
  },
  {
    id: 'r-package-missing',
    signs: [
      /there is no package called ['‘](?<package>[^'’]+)/,
      /dependenc(?:y|ies) ['‘](?<package>.+?)['’] (?:is|are) not available/,
      /package ['‘](?<package>[^'’]+)['’] is not available/,
      /ERROR: (?:configuration|compilation|lazy loading|installing \w+ \w+) failed for package ['‘](?<package>[^'’]+)/,
      /installation of package ['‘](?<package>[^'’]+)['’] had non-zero exit status/,
      /Error in (?<command>\w+)\(.*\) ?:/,
      /^Execution halted/,
    ],
    more: (facts, { printed, instruction = '' }) => {
      if (
        !/\bR\b|Rscript|install2\.r|littler|renv|conda/.test(instruction) &&
        !lastMatch(printed, /Execution halted/)
      )
        return undefined;
      const detail = lastMatch(printed, /^Error(?: in .+?)?: ?(.+)/)?.[1];
      const name =
        facts.package ?? lastMatch(printed, /(?:no package called|failed for package) ['‘]([^'’]+)/)?.[1];
      return {
        ...facts,
        ...(name !== undefined && { package: name.replaceAll(/['’], ['‘]/g, ', ') }),
        ...(detail !== undefined && { detail }),
      };
    },
    message: ({ package: name, detail }) =>
      name
        ? `The R package ${name} is not there or could not be installed. The lines above say what it needs, often a library of the system or a newer R`
        : `R stopped${detail ? `: ${detail}` : ''}`,
  },
  {
    id: 'conda-conflict',
    signs: [
      /(?:PackagesNotFoundError|ResolvePackageNotFound|UnsatisfiableError|LibMambaUnsatisfiableError)/,
      /^Package (?<package>\S+) conflicts for:/,
      /CondaHTTPError|CondaError|CondaValueError|CondaMultiError/,
      /package (?<package>\S+) requires (?<needed>\S+), but none of the providers can be installed/,
    ],
    message: ({ package: name }) =>
      `conda finds no versions that fit together${name ? ` (${name})` : ''}, or a channel no longer has one. Loosen the pins, or add the channel that has it`,
  },
  {
    id: 'haskell-failed',
    signs: [
      /Plan construction failed/,
      /cabal: (?<detail>.+)/,
      /depends on \S+ which failed to install/,
      /no \.cabal or package\.yaml file could be found/,
      /Could not resolve dependencies:|build-plan\/(?<version>\S+?)\.yaml/,
    ],
    more: (facts, { instruction = '' }) => (/stack|cabal|ghc/.test(instruction) ? facts : undefined),
    message: ({ detail }) =>
      `The Haskell build cannot get or build what it depends on${detail ? `: ${detail}` : ''}. Its resolver or its compiler is most likely too old`,
  },
  {
    id: 'opam-failed',
    signs: [/The following actions failed/, /\[ERROR\] (?<detail>.+)/, /^opam: (?<detail>.+)/],
    more: (facts, { instruction = '' }) => (/opam|esy|dune/.test(instruction) ? facts : undefined),
    message: ({ detail }) =>
      `opam could not install the packages${detail ? `: ${detail}` : ''}. The lines above name the one that failed`,
  },
  {
    id: 'perl-module-missing',
    signs: [
      /Can't locate (?<package>[\w:/.]+) in @INC/,
      /Couldn't find module or a distribution (?<package>[\w:]+)/,
      /Cannot install (?<package>[\w:]+), don't know what it is/,
      /(?:Installing|Testing) (?:the dependencies|(?<package>\S+)) failed|Bailing out the installation/,
    ],
    more: (facts, { instruction = '', printed }) =>
      /perl|cpan/.test(instruction) || lastMatch(printed, /@INC|cpan/) ? facts : undefined,
    message: ({ package: name = 'A module' }) =>
      `Perl does not find ${name}, or could not install it. Install its package or what its build needs before this step`,
  },
  {
    id: 'mix-failed',
    signs: [
      /^\*\* \((?<command>\w+)\) (?<detail>.+)/,
      /^===> (?<detail>.*(?:[Nn]o |[Ff]ailed|[Uu]nable|not found).*)/,
    ],
    message: ({ detail = '' }) => `The build of the Erlang or Elixir project stopped: ${detail}`,
  },
  {
    id: 'build-dependencies-missing',
    signs: [
      /Unmet build dependencies: (?<package>.+)/,
      /[Pp]lease install the following (?:missing )?packages?: ?(?<package>[a-z0-9][\w.+:, -]*[\w+])/,
    ],
    message: ({ package: name = '', said = '' }) =>
      /nmet/.test(said)
        ? `The package needs ${name.trim()} to be built. Install them before, or use apt-get build-dep`
        : `The step asks for packages that are not in the image: ${name.trim()}. Install them before it`,
  },
  {
    id: 'apk-script-failed',
    signs: [/^\d+ errors?; .* in \d+ packages/],
    more: (facts, { printed }) => {
      const detail = lastMatch(printed, /^ERROR: (.+)/)?.[1] ?? ownWords(printed);
      return { ...facts, ...(detail !== undefined && { detail }) };
    },
    message: ({ detail }) =>
      `apk could not install everything${detail ? `: ${detail}` : ''}. A newer branch of Alpine, or building without the cache, may help`,
  },
];
