// Python: pip, what it installs, and the Python that runs it.
import { lastMatch, ownWords } from '../cause';
import type { Cause } from '../cause';
import type { Facts } from '../explanation';

export const pythonCauses: readonly Cause[] = [
  {
    id: 'pip-system-python',
    signs: [/externally-managed-environment/, /This environment is externally managed/],
    message: () =>
      'pip may not change the Python of this distribution (PEP 668). Make a virtual environment and put it on PATH',
  },
  {
    id: 'requirements-file-missing',
    signs: [
      /Could not open requirements file: .*'(?<path>[^']+)'/,
      /(?:Directory|File) '(?<path>[^']+)' (?:is not installable|does not exist)\b/,
      /Invalid requirement: '(?<path>[^']+)'/,
      /(?<!\S)(?<path>\S+) (?:does not appear to be a Python project|should either be a path to a local project)/,
    ],
    message: ({ path = 'The file' }) =>
      `pip does not find ${path}. Copy it into the image before this step, and check WORKDIR`,
  },
  {
    id: 'python-too-old',
    signs: [
      /(?<!\S)(?<package>\S+) requires Python '(?<needed>[^']+)' but the running Python is (?<present>\S+)/,
      /(?:requires|Requires|require) Python[ -]+(?:version )?['"]?(?<needed>(?:>=|<=|!=|==|~=|>|<)? ?[^'"\s;)]+(?:,[^'"\s;)]+)*)/,
      /Package '(?<package>[^']+)' requires a different Python: (?<present>\S+) not in '(?<needed>[^']+)'/,
      /Python (?<needed>\d[\d.]*)\+? (?:or (?:later|newer|above|greater) )?is required/,
      /(?:RuntimeError|ImportError|Exception|SystemExit|error|ERROR): .*(?:Python (?:version )?(?:>=? ?)?(?<needed>\d\.\d+)(?:\+| or| (?:is )?required)|requires (?:at least )?Python (?<detail>\d\.\d+))/,
      /(?<!\w)(?<package>\w+) requires python (?<needed>>=? ?\d\.\d+)/,
      /(?<!\w)(?<package>\w+) only supports Python (?<needed>\d[\d.]*)/,
      /This script does not work on Python (?<present>\d[\d.]*).*minimum supported Python version is (?<needed>\d[\d.]*)/,
      /ERROR: This script does not work on Python (?<present>\S+)/,
      /SyntaxError: (?:invalid syntax|future feature annotations is not defined)/,
      /Python (?<present>2\.7) (?:reached|is no longer)|DEPRECATION: Python (?<detail>2\.7|3\.\d) reached/,
      /NameError: name '(?:unicode|basestring)' is not defined/,
      /No module named '?(?<package>typing|dataclasses|importlib_metadata|pathlib|tomllib)'?$/,
      /ModuleNotFoundError: No module named '(?<package>distutils|imp)'/,
      /failed with error code 32 in \S+\/(?<package>setuptools)/,
      /TypeError: 'encoding' is an invalid keyword argument for this function/,
    ],
    more(told, { printed }) {
      const facts = withPip(told, printed);
      const said = facts.said ?? '';
      const inPip = lastMatch(
        printed,
        /\b(?:pip|setup\.py|egg_info|easy_install|site-packages|setuptools)\b/,
      );
      if (/SyntaxError|NameError|TypeError|No module named/.test(said) && !inPip) return undefined;
      if (/DEPRECATION|reached|no longer/.test(said))
        return lastMatch(
          printed,
          /SyntaxError|requires Python|No matching distribution|Command "?python setup\.py/,
        )
          ? facts
          : undefined;
      if (/^(?:Collecting|Requirement|Downloading|Looking)/.test(said)) return undefined;
      const { needed, detail } = facts;
      return needed === undefined && detail !== undefined && /^\d/.test(detail)
        ? { ...facts, needed: detail }
        : facts;
    },
    message: ({ package: name, needed, present }) =>
      `${name ? `${name}` : 'A package'} does not run on this Python${present ? ` (${present})` : ''}${needed ? `: it needs ${needed}` : ''}. Take an image with a Python that fits, or pin an older version of the package`,
  },
  {
    id: 'setuptools-too-old',
    signs: [
      /^ *error in (?<package>[\w.-]+) setup command: .*must be a (?:string|dictionary)/,
      /ValueError: \("Expected ',' or end-of-list in"/,
      /ValueError: \('Expected version spec in', '(?<package>[\w.-]+)/,
    ],
    more: (facts, { printed }) => withPip(facts, printed),
    message: ({ package: name = 'A package' }) =>
      `${name} names what it needs in a way that this setuptools cannot read. Upgrade pip and setuptools before this step`,
  },
  {
    id: 'setuptools-too-new',
    signs: [
      /ImportError: cannot import name '?(?<detail>Feature)'?/,
      /error in (?<package>[\w.-]+) setup command: (?<detail>use_2to3) is invalid/,
    ],
    more: (facts) => ({ ...facts, needed: facts.detail === 'Feature' ? 'setuptools<46' : 'setuptools<58' }),
    message: ({ package: name = 'A package', needed, detail }) =>
      `${name} is built with ${detail ?? 'something'}, which setuptools no longer has. Ask for a newer version of it, or install ${needed ?? ''} before this step`,
  },
  {
    id: 'setup-py-dependency',
    signs: [
      /^error: The '(?<package>[^']{1,200})' distribution was not found and is required by/,
      /^error: Could not find required distribution (?<package>\S+)/,
      /^error: (?<package>[\w.-]+) (?<present>\S+) is installed but (?<needed>\S+) is required by/,
      /^error: Could not find suitable distribution for Requirement\.parse\('(?<package>[^']{1,200})'\)/,
    ],
    more: (facts, { instruction = '' }) =>
      /\bsetup\.py\b/.test(instruction) ? { ...facts, command: 'easy_install' } : undefined,
    message: ({ package: name = 'a dependency', needed }) =>
      needed === undefined
        ? `setup.py installs its dependencies one after the other with easy_install, which does not find ${name}. Let pip install the project`
        : `setup.py has installed ${name} in a version that another dependency cannot use (${needed}). Let pip install the project: it chooses versions that go together`,
  },
  {
    id: 'pip-version-missing',
    signs: [
      /Could not find a version that satisfies the requirement (?<package>[^\s(=<>!~;]+)(?<version>[=<>!~]+[^\s(;]+)?.*\(from versions: (?<available>.*)\)/,
      /Could not find a version that satisfies the requirement (?<package>[^\s(=<>!~;]+)(?<version>[=<>!~]+[^\s(;]+)?/,
      /No matching distribution found for (?<package>[^\s(=<>!~;]+)(?<version>[=<>!~]+\S+)?/,
      /(?:Could not find suitable distribution for Requirement\.parse\('|No local packages or (?:working )?download links found for )(?<package>[^\s(=<>!~;']+)(?<version>[=<>!~]+[^\s']+)?/,
      /Could not find any downloads that satisfy the requirement (?<package>[^\s(=<>!~;]+)(?<version>[=<>!~]+[^\s(;]+)?/,
      /(?:ResolutionImpossible|SolverProblemError)/,
    ],
    more(facts, { printed }) {
      // The index was not read at all.
      if (
        lastMatch(printed, /Retrying \(Retry|Could not fetch URL|SSLError|SSL: TLSV1_ALERT/) &&
        (facts.available ?? '') === 'none'
      )
        return undefined;
      const versions = lastMatch(printed, /\(from versions: (.*)\)/)?.[1];
      return {
        ...facts,
        ...(versions !== undefined && versions !== '' && { available: shortened(versions) }),
      };
    },
    message: ({ package: name = 'a package', version = '', available }) =>
      available === undefined || available === 'none'
        ? `pip finds no version of ${name}${version} for this Python. Check the name and the version, or take an image with another Python`
        : `pip finds no version ${name}${version} for this Python; it finds ${available.split(', ').at(-1) ?? ''}. Ask for a version that is there, or take an image with another Python`,
  },
  {
    id: 'pip-conflict',
    signs: [
      /(?:Cannot install|ERROR: Cannot install) (?<package>.+?) because these package versions have conflicting dependencies/,
      /(?:pkg_resources\.)?(?:VersionConflict|ContextualVersionConflict|DistributionNotFound): /,
      /^(?:Because|And because|So, because) .*version solving failed/,
      /(?:ERROR: )?Cannot uninstall '?(?<package>[^'. ]+)'?\. It is a distutils installed project/,
      /THESE PACKAGES DO NOT MATCH THE HASHES|Hashes are required in --require-hashes mode/,
      /(?:poetry|pipenv|Pipfile)\.lock.*(?:out of date|not (?:consistent|up to date|compatible))|pyproject\.toml changed significantly/,
    ],
    message: ({ package: name = 'a package', said = '' }) =>
      said.includes('distutils installed')
        ? `pip cannot replace ${name}, which the distribution has installed. Add --ignore-installed, or install in a virtual environment`
        : /HASHES|hashes/.test(said)
          ? 'A package is not the one whose hash is written down. Find out why before you change the hash'
          : /lock/.test(said)
            ? 'The lock file does not fit the list of packages. Create it again, and commit it'
            : 'No versions of the Python packages fit together. Pin versions that do, or loosen the conflicting ones',
  },
  {
    id: 'pip-tls',
    signs: [
      /SSL: TLSV1_ALERT_PROTOCOL_VERSION|Support for SSL|SSL module is not available/,
      /There was a problem confirming the ssl certificate/,
      /pip is configured with locations that require TLS\/SSL/,
      /(?:Could not fetch URL|Retrying \(Retry\().*(?<host>pypi[\w.]*)/,
    ],
    message: ({ said = '' }) =>
      /TLSV1|TLS\/SSL|SSL module/.test(said)
        ? 'This Python cannot speak the TLS that PyPI demands. Take an image with a newer Python'
        : 'PyPI could not be reached. Check the network and the certificates, and run the build again',
  },
  {
    id: 'header-missing',
    signs: [
      /fatal error: (?:'|‘)?(?<header>[\w./+-]+\.(?:h|hpp|hh|H))(?:'|’)?:? (?:No such file|file not found)/,
      /(?:Cannot find|could not find|can't find) (?<header>[\w./+-]+\.h)\b/i,
      /(?<![\w./+-])(?<header>[\w./+-]+\.h) (?:not found|header (?:file )?not found|is (?:missing|required))/i,
    ],
    // PyYAML does without it.
    more: (facts) => (/_yaml\.h:/.test(facts.said ?? '') ? undefined : facts),
    message: ({ header = 'A header' }) =>
      `The compiler does not find ${header}. Install the development package that has it (-dev or -devel) before this step`,
  },
  {
    id: 'library-missing',
    signs: [
      /ld: cannot find -l(?<package>[\w.+-]+)/,
      /(?:Package|No package) '?(?<package>[\w.+-]+)'?,? (?:required by .*, )?(?:was )?not found in the pkg-config search path/,
      /No package '(?<package>[^']+)' found$/,
      /Package requirements \((?<package>[^)]+)\) were not met/,
      /Could NOT find (?<package>\w+) \(missing/,
      /(?:configure: )?error: .*(?<package>lib[\w+-]+|zlib|openssl|libpq|freetype|readline|ncurses|curses|pcre).*(?:not found|missing|is required|not installed)/i,
      /(?:The headers or library files could not be found for|RequiredDependencyException:) (?<package>\w+)/,
      /Could not find a package configuration file provided by "(?<package>[^"]+)"/,
      /Could (?:NOT|not) find (?:directory of )?(?<package>OpenSSL)/,
      /modules? requires? the (?<package>\w+) library/,
      /(?<package>xml2|xslt)(?:2)?(?: is)? not found/,
      /Could not find function xmlCheckVersion in library (?<package>libxml2)/,
      /^ +\* (?<package>freetype|png)(?:, png)?$/,
      /make sure the (?<package>libxml2 and libxslt) development packages are installed/,
      /checking for the location of (?<package>lib\w+)\.\.\. configure: error/,
      /fatal: (?<package>\S+) development (?:files|libraries)/,
      /(?:error while loading shared libraries|ImportError|OSError): (?<package>lib[\w.+-]+\.so[\d.]*): cannot open shared object file/,
      /Error loading shared library (?<package>\S+?): No such file/,
      /configure: error: (?:\*\*\* )?(?<detail>.*(?:not found|missing|required|could not find|unable to find|cannot find|too old|needed).*)/i,
      /error: Could not find (?:the )?(?<package>[\w-]+) (?:headers|library|libraries)/i,
      /(?:checking for .*|configure:) error: (?<detail>.+)/,
    ],
    message: ({ package: name, detail }) =>
      name
        ? `The library ${name} is not in the image. Install its package, for a compiler its development package (-dev or -devel), before this step`
        : `configure stopped: ${detail ?? 'it does not find what it needs'}. What it asks for is missing, or goes by another name in this version`,
  },
  {
    id: 'python-module-missing',
    signs: [
      /(?:ModuleNotFoundError|ImportError): No module named '?(?<package>[\w.]+)'?/,
      /No module named (?<package>[\w.]+)$/,
      /Could not import (?<package>setuptools) which is required/,
      /The '(?<package>[\w.-]+)[^']*' distribution was not found and is required by/,
    ],
    message: ({ package: name = 'A module' }) =>
      `Python does not find the module ${name}. Install the package that has it before this step`,
  },
  {
    id: 'pip-build-failed',
    weak: true,
    signs: [
      /Failed building wheel for (?<package>\S+)/,
      /Failed to build (?<package>[\w.-]+)$/,
      /Could not build wheels for (?<package>[^,\s]+)/,
      /Command "?python setup\.py egg_info"? failed with error code \d+ in \S+\/(?<package>[\w.-]+)\/?/,
      /Command "?.*setup\.py.*failed with error code/,
      /error: subprocess-exited-with-error|error: metadata-generation-failed|Command errored out with exit status/,
      /(?:Encountered error while (?:generating package metadata|trying to install package))/,
      /error: Setup script exited with/,
      /^error in (?<package>[\w.-]+) setup command: /,
      /install-record\.txt|--single-version-externally-managed/,
    ],
    more(facts, { printed }) {
      const detail = ownWords(printed);
      return withPip({ ...facts, ...(detail !== undefined && { detail }) }, printed);
    },
    message: ({ package: name = 'A Python package', detail }) =>
      `${name} could not be built${detail ? `: ${detail}` : '. The lines above say why'}. A newer version of it, or an image with the Python it was made for, may have a wheel that needs no build`,
  },
];

/** With the version of pip and of its Python, and whether `setup.py` fetched what it needs by itself. */
function withPip(facts: Facts, printed: readonly string[]): Facts {
  const pip =
    lastMatch(printed, /You are using pip version (\d[\d.]*\d)/)?.[1] ??
    (lastMatch(printed, /\/pip_build_\w+\//) ? '1.5' : undefined) ??
    // What says so begins to ask for a newer Python where pip 9 would have seen it.
    (lastMatch(printed, /error code 32 in \/tmp\/pip-build-\w+\/setuptools/) ? '8' : undefined);
  const present =
    facts.present ??
    lastMatch(
      printed,
      /(?:Python |\bpython)(\d\.\d+)(?:\.\d+)?(?: detected|\.$|\/(?:site|dist)-packages|\/distutils)/,
    )?.[1] ??
    (lastMatch(printed, /py2-sunset|DEPRECATION: Python 2\.7 /) ? '2.7' : undefined);
  const fetched = /\/easy_install-\w+\/(?<package>[\w.-]+?)-\d/.exec(
    lastMatch(printed, /\/easy_install-/)?.input ?? '',
  )?.groups?.['package'];
  return {
    ...facts,
    ...(pip !== undefined && { pip }),
    ...(present !== undefined && { present }),
    ...(fetched !== undefined && { command: 'easy_install', package: facts.package ?? fetched }),
  };
}

/** The last versions of a list that may have hundreds. */
function shortened(versions: string): string {
  return versions.split(', ').slice(-3).join(', ');
}
