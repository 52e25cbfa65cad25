// Go, Rust, the languages of the JVM, PHP and .NET, and others with their own package manager.
import { hostOf, lastMatch } from '../cause';
import { goWith } from '../../../core/knowledge/packages/runtime-needs';
import type { Cause } from '../cause';

export const compiledCauses: readonly Cause[] = [
  {
    id: 'go-module-missing',
    signs: [
      /go: go\.mod file not found in current directory or any parent directory/,
      /'go get' is no longer supported outside a module/,
      /go(?::| get:) cannot use path@version syntax in GOPATH mode/,
      /go: cannot find main module(?:, but|;|$)/,
      /\$GOPATH\/go\.mod exists but should not/,
      /no Go files in (?!\/usr\/(?:local|lib)\/go)(?<path>\S+)/,
      /cannot find module providing package (?<package>\S+): working directory is not part of a module/,
    ],
    message: ({ said = '', path }) =>
      path
        ? `There are no Go files in ${path}. Copy them before this step, and check WORKDIR`
        : /should not/.test(said)
          ? 'The module lies in GOPATH itself, where Go takes none. Copy it to a folder elsewhere, such as /src, with WORKDIR before the COPY'
          : /no longer supported|not found/.test(said)
            ? 'go get no longer installs programs outside a module. Use go install PATH@VERSION, or copy go.mod before this step'
            : 'This step needs a Go module. Copy go.mod before it, or set GO111MODULE as the Go of this image wants it',
  },
  {
    id: 'go-too-old',
    signs: [
      /requires go (?:version )?>= ?(?<needed>[\d.]+)(?: \(running go (?<present>[\d.]+))?/,
      /go(?:\.mod requires|: .*requires) go (?<needed>[\d.]+)/,
      /note: module requires Go (?<needed>[\d.]+)/,
      /(?:invalid go version|unknown directive: toolchain|go\.mod:\d+: unknown (?:block|directive))/,
      /package (?<package>(?:io\/fs|embed|slices|maps|log\/slog|cmp|net\/netip|math\/bits|context|errors|crypto\/ed25519|os\/signal\/.*)) is not in (?:GOROOT|std)/,
      /cannot find package "(?<package>io\/fs|embed|slices|maps|log\/slog|net\/netip|math\/bits|context|crypto\/ed25519|sort\/slice|net\/http\/httptrace)" in any of/,
      /cannot find package "(?<package>context|math\/bits|strings\/Builder)"/,
      /(?:undefined|not declared by package \w+): (?<package>[a-z]\w+\.[A-Z]\w+)\b/,
      /undefined \(type \*?(?:\w+\.)?(?<package>\w+) has no field or method (?<detail>\w+)\)/,
      /(?:undefined|not declared by package \w+): (?<package>any)$/,
      /cannot load (?<package>[\w/]+): cannot find module providing package/,
      /unrecognized import path .*requires? Go/,
      /(?:package|imports) (?<package>context|math\/bits|io\/fs|embed|slices|maps|iter|log\/slog|net\/netip|crypto\/ed25519|hash\/maphash|internal\/\w+): unrecognized import path/,
    ],
    more(facts) {
      if (!/undefined|not declared|cannot load/.test(facts.said ?? '')) return facts;
      // What other packages lack says nothing of Go.
      const { detail, ...others } = facts;
      const name = detail === undefined ? facts.package : `${facts.package ?? ''}.${detail}`;
      return name === undefined || goWith(name) === undefined ? undefined : { ...others, package: name };
    },
    message: ({ needed, present, package: name }) =>
      `The code needs a newer Go${needed ? ` (${needed})` : name ? ` (for ${name})` : ''} than this image has${present ? ` (${present})` : ''}. Take a newer golang image`,
  },
  {
    id: 'go-dependency-missing',
    signs: [
      /cannot find package "(?<package>[^"]+)" in any of/,
      /cannot find package "?(?<package>[\w./@-]+)"?/,
      /no required module provides package (?<package>[^;\s]+)/,
      /package (?<package>[\w./@-]+) is not in (?:GOROOT|std)/,
      /package (?<package>[\w./-]+): (?:unrecognized import path|cannot find|exit status|invalid|code in directory)/,
      /package (?<package>[\w./-]+): no (?:Go|buildable Go)/,
      /unrecognized import path "?(?<package>[\w./-]+)/,
      /module (?<package>\S+?)@(?<version>\S+?)? ?found.*but does not contain package/,
      /go: (?:finding|downloading)?.*(?<package>[\w./-]+)@(?<version>\S+): (?:unknown revision|invalid version|reading|unexpected status|parsing|.*not found)/,
      /(?:verifying|reading) (?<package>[\w./-]+)@(?<version>[^:\s/]+)(?:\/go\.mod)?: (?:checksum mismatch|.*(?:410|404))/,
      /missing go\.sum entry for (?:go\.mod file|module)?/,
      /go: (?:updates to go\.(?:mod|sum) needed|inconsistent vendoring)/,
      /(?:code in directory (?<path>\S+) expects import|use of internal package (?<package>\S+))/,
      /\[ERROR\]\t.*|\[WARN\]\t.*Unable to checkout (?<package>\S+)/,
      /imports (?<package>\S+): exit status \d+/,
      /go: error loading module requirements|can't load package: package (?<package>\S+):/,
      /godep: No Godeps found/,
      /(?<!\S)(?<package>\S+): is explicitly required in go\.mod, but not marked as explicit in vendor/,
      /dep does not currently support/,
      /imports (?<package>\S+): unable to detect version control system/,
      /cannot find module providing package (?<package>[\w./-]+)$/,
      /(?:Gopkg\.lock|dep ensure|Solving failure).*/,
    ],
    message: ({ package: name, version }) =>
      `Go cannot get ${name ?? 'a dependency'}${version ? ` ${version}` : ''}: it has moved, needs a login, or go.mod and go.sum do not list it. Update the modules where you develop, and commit both files`,
  },
  {
    id: 'rust-too-old',
    signs: [
      /package `(?<package>\S+) v\S+` cannot be built because it requires rustc (?<needed>[\d.]+).*while the currently active rustc version is (?<present>[\d.]+)/,
      /rustc (?<present>[\d.]+) is not supported by the following/,
      /requires rustc (?<needed>[\d.]+)/,
      /feature `(?<detail>[\w-]+)` is required|the cargo feature `(?<package>[^`]+)` requires a nightly/,
      /lock file version `?(?<version>\d)`? (?:was found, but|requires)/,
      /error\[E0554\]: .*may not be used on the (?<present>\w+) release channel/,
      /error\[E0658\]/,
      /this version of Cargo is older than the `(?<needed>\d+)` edition/,
      /editions? (?<needed>\d+) is (?:unstable|not)/,
    ],
    message: ({ package: name = 'The code', needed, present }) =>
      `${name} needs a newer Rust${needed ? ` (${needed})` : ''} than this image has${present ? ` (${present})` : ''}. Take a newer rust image, or an older version of the crate`,
  },
  {
    id: 'cargo-failed',
    signs: [
      /error: could not compile `(?<package>[^`]+)`/,
      /error: Could not compile `(?<package>[^`]+)`/,
      /error: failed to (?:run custom build command for|select a version for|parse (?:manifest|lock file)|load source for|get|fetch|compile|download|resolve).*?`(?<package>[^`]+)`/,
      /error: no matching package named `(?<package>[^`]+)` found/,
      /error: could not find `Cargo\.toml` in `(?<path>[^`]+)`/,
      /error: the lock file .* needs to be updated/,
      /error(?:\[E\d+\])?: (?<detail>.+)/,
    ],
    more(facts, { printed, instruction = '' }) {
      if (!/cargo|rust/.test(instruction) && !lastMatch(printed, /^ +Compiling \S+ v/)) return undefined;
      const first = lastMatch(
        printed,
        /^error(?:\[E\d+\])?: (?!build failed|aborting due|could not compile|failed to compile|linking with)(.+)/,
      );
      return { ...facts, ...(first && { detail: first[1] ?? '' }) };
    },
    message: ({ package: name, path, detail }) =>
      path
        ? `There is no Cargo.toml in ${path}. Copy it before this step, and check WORKDIR`
        : `cargo stopped${name ? ` at ${name}` : ''}${detail ? `: ${detail}` : '. The lines above say why'}`,
  },
  {
    id: 'java-wrong-version',
    signs: [
      /(?:UnsupportedClassVersionError|has been compiled by a more recent version of the Java Runtime|Unsupported major\.minor version (?<needed>\d+))/,
      /(?:invalid (?:target|source) release|error: release version|Source option|Target option): ?(?<needed>[\d.]+)/,
      /Unsupported class file major version (?<present>\d+)/,
      /(?:Could not determine java version from|Could not target platform:) '(?<present>[^']+)'/,
      /(?:This version of|Gradle|requires? )(?: \w+)* (?:Java|JDK|JVM) (?<needed>\d+)/,
      /Detected JDK Version: (?<present>\S+) is not in the allowed range (?<needed>\S+?)\.?$/,
      /invalid flag: --release|com[./]sun[./]tools[./]javac[./]code[./]TypeTags?\b/,
      /No compatible (?:toolchain|Java)|Dependency requires at least JVM runtime version (?<needed>\d+)/,
    ],
    message: ({ needed, present }) =>
      `The build wants another Java${needed ? ` (${needed})` : ''} than this image has${present ? ` (${present})` : ''}. Take an image with the JDK that the project is made for`,
  },
  {
    id: 'jvm-dependency-missing',
    signs: [
      /Could not (?:find|resolve) (?:artifact |all (?:files|dependencies|artifacts) for |any version that matches )?(?<package>[\w.-]+:[\w.-]+(?::[\w.-]+)*)/,
      /(?:Could not resolve dependencies for project|Non-resolvable (?:parent POM|import POM)(?: for)?) ?(?<package>[^:\s]+:\S+?):? /,
      /(?:Plugin|Failed to read artifact descriptor for) (?<package>\S+) (?:or one of its dependencies could not be|could not be)/,
      /(?:Could not transfer artifact (?<package>\S+) from).*/,
      /unresolved dependency: (?<package>\S+): not found|UNRESOLVED DEPENDENCIES|\(update\|resolve\)|Error Failed to resolve dependencies/,
      /sbt\.(?:ResolveException|librarymanagement\.ResolveException)|not found: https?:\/\/\S+\.pom/,
      /Could not (?:GET|HEAD) '(?<url>[^']+)'/,
      /501 HTTPS Required|Return code is: 501|status code: 501/,
      /Could not resolve all (?:dependencies|files|artifacts)/,
      /Plugin \[id: '(?<package>[^']+)'.*\] was not found/,
      /Could not find artifact (?<package>\S+)/,
      /Could not (?:find|transfer) artifact (?<package>[\w.:-]+) (?:in|from|to)/,
    ],
    more: (facts, { printed }) => {
      const host = hostOf(facts.url ?? lastMatch(printed, /(https?:\/\/[\w.-]+)/)?.[1]);
      return {
        ...facts,
        ...(host !== undefined && { host }),
        ...(lastMatch(printed, /501 HTTPS Required|code is: 501|status code:? 501/) && { needed: 'https' }),
      };
    },
    message: ({ package: name = 'a dependency', needed, host }) =>
      needed === 'https'
        ? `${host ?? 'The repository'} no longer answers over http. Change its address to https in the build file, or use a newer Maven or Gradle`
        : `The build cannot get ${name}: its repository is gone, needs a login, or does not have that version`,
  },
  {
    id: 'jvm-build-failed',
    weak: true,
    signs: [
      /\[ERROR\] Failed to execute goal (?<package>\S+)(?: \([^)]*\))?(?: on project \S+?)?: (?<detail>[^[]{3,200}?)(?: ->.*)?$/,
      /\[ERROR\] Failed to execute goal (?<package>\S+)/,
      /\[ERROR\] (?:COMPILATION ERROR|There are test failures|Unknown lifecycle phase "(?<command>[^"]+)"|(?<detail>(?!\[Help|For more|To see|Re-run|After correcting| *mvn |-> ).{3,}))/,
      /Execution failed for task '(?<command>[^']+)'/,
      /BUILD FAILED|FAILURE: Build failed with an exception/,
      /The goal you specified requires a project to execute but there is no POM in this directory \((?<path>[^)]+)\)/,
      /Could not find or load main class (?<command>\S+)/,
      /\[error\] \(.*\) .*|Exception in thread "main" (?<detail>.*)/,
      /(?:Unable to access jarfile|Error: Could not find or load) (?<path>\S+)/,
    ],
    more: (facts, { instruction = '', printed }) =>
      /mvn|gradle|java|sbt|lein|ant\b|grails|kotlin|scala/i.test(instruction) ||
      lastMatch(printed, /^\[(?:INFO|ERROR)\]|> Task :|\.java:\d+/)
        ? facts
        : undefined,
    message: ({ path, command, detail }) =>
      path
        ? `The build does not find ${path}. Copy it before this step, and check WORKDIR`
        : command || !detail
          ? `The build of the project stopped${command ? ` at ${command}` : ''}. The lines above say why`
          : `The build of the project stopped: ${detail.trim()}`,
  },
  {
    id: 'php-version',
    signs: [
      /(?:your php version|PHP version) \((?<present>[\d.]+)[^)]*\) does not satisfy (?:that )?requirement/,
      /requires? php (?<needed>[^\s,-][^-]*?)(?:\[|->| -> | but| ->| and|$).*(?:your php version \((?<present>[\d.]+))?/,
      /(?<!\S)(?<package>\S+) requires PHP \(version >= (?<needed>[\d.]+)/,
      /(?<![\w/-])(?:pecl\/)?(?<package>[\w-]+) requires PHP \(version (?<needed>[^)]+?)(?:, installed version is (?<present>[\d.]+))?\)/,
      /Your Composer dependencies require a PHP version "(?<needed>[^"]+)"/,
      /(?:This version of|Composer|requires) .*PHP (?<needed>\d\.\d+(?:\.\d+)?)(?:\+| or)/,
      /(?:PHP )?(?:Parse error|Fatal error): .*(?:syntax error|Uncaught Error: Call to undefined function)/,
    ],
    more: (facts, { printed }) => {
      const present = lastMatch(printed, /your php version \((\d[\d.]*)/i)?.[1];
      if (/Parse error|Fatal error/.test(facts.said ?? '') && !lastMatch(printed, /composer|phar|vendor\//))
        return undefined;
      return { ...facts, ...(present !== undefined && { present }) };
    },
    message: ({ package: name = 'A package', needed, present }) =>
      `${name} does not run on this PHP${present ? ` (${present})` : ''}${needed ? `: it needs ${needed.trim()}` : ''}. Take an image with a PHP that fits, or a version of the package for this one`,
  },
  {
    id: 'pecl-package-missing',
    signs: [
      /No releases available for package "(?:pecl\.php\.net\/)?(?<package>[^"]+)"/,
      /(?:pecl\/|could not download the "?pecl\/|Cannot install, )(?<package>[\w-]+)/,
      /error: (?<path>\/usr\/src\/php\/ext\/(?<package>[\w-]+)) does not exist/,
      /(?:configure: error: )?Cannot find (?:config\.m4)\./,
      /ERROR: `.*\/pear\/temp\/(?<package>[\w-]+)\/configure.*' failed/,
    ],
    more: (facts, { instruction = '' }) => (/pecl|docker-php-ext|pear/.test(instruction) ? facts : undefined),
    message: ({ package: name = 'The extension', path, said = '' }) =>
      path
        ? `PHP of this image has no extension ${name} in its sources: it was removed, or has to come from PECL`
        : /configure/.test(said)
          ? `The PHP extension ${name} could not be configured. Install what it names before this step`
          : `PECL has no ${name} that fits this PHP. Ask for a version that does`,
  },
  {
    id: 'php-extension-missing',
    signs: [
      /requires? (?:PHP extension )?ext-(?<package>[\w-]+)/,
      /the requested PHP extension (?<package>[\w-]+) is missing/,
      /The (?<package>\w+) (?:PHP )?extension is (?:missing|required)/,
    ],
    message: ({ package: name = '' }) =>
      `PHP has no extension ${name} in this image. Install it before, for example with docker-php-ext-install ${name}`,
  },
  {
    id: 'composer-failed',
    signs: [
      /Your requirements could not be resolved to an installable set of packages/,
      /Could not (?:find|parse) (?:a (?:version|matching version) of )?package (?<package>\S+)/,
      /Composer could not find a composer\.json file in (?<path>\S+)/,
      /\[(?:Composer\\\\?\w+\\\\?)?\w*(?:TransportException|RuntimeException|ErrorException|UnexpectedValueException)\]/,
      /The "(?<url>https?:\/\/[^"]+)" file could not be (?:downloaded|written)/,
      /(?:lock file is not up to date|Required package "(?<package>[^"]+)" is not (?:in|present in) the lock)/,
      /Script .* (?:handling the \S+ event )?returned with error code/,
      /(?:The zip extension and unzip command are both missing|Failed to download (?<package>\S+) from dist)/,
      /Root package '\S+' cannot require itself|Plugin initialization failed/,
      /blocked by your allow-plugins|Do not run Composer as root/,
      /Could not authenticate against (?<host>\S+)/,
    ],
    more: (facts, { instruction = '', printed }) =>
      /composer/i.test(instruction) || lastMatch(printed, /composer/i) ? facts : undefined,
    message: ({ path, package: name, url, host }) =>
      path
        ? `composer does not find composer.json in ${path}. Copy it before this step, and check WORKDIR`
        : url
          ? `composer could not load ${url}. Run the build again, or check the address`
          : host
            ? `composer needs a login for ${host}. Pass the token as a secret that RUN mounts`
            : `composer cannot install ${name ?? 'the packages'}. The lines above say which requirement does not fit`,
  },
  {
    id: 'dotnet-failed',
    signs: [
      /error (?<detail>(?:NU|MSB|CS|NETSDK)\d+: .*)/,
      /(?:A compatible (?:SDK|installed \.NET (?:Core )?SDK)|The specified SDK version|A compatible .NET SDK was not found).*/,
      /MSBUILD : error (?<detail>MSB\d+: .*)/,
      /The current \.NET (?:Core )?SDK does not support targeting (?<needed>.*?)\.  /,
      /It was not possible to find any (?:compatible framework|installed).*/,
      /error : (?<detail>.+)/,
    ],
    more: (facts, { instruction = '' }) => (/dotnet|msbuild|nuget/i.test(instruction) ? facts : undefined),
    message: ({ detail, needed, said = '' }) =>
      needed || /NETSDK1045|compatible|SDK version/.test(said)
        ? 'The project is made for another .NET SDK than this image has. Take the sdk image of that version'
        : `The .NET build stopped: ${detail ?? said}`,
  },
];
