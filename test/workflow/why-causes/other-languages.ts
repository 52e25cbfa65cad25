// Ruby, Go, Rust, Java, PHP, .NET and others.
import type { Row } from './row';

export const otherLanguagesRows: readonly Row[] = [
  {
    cause: 'ruby-too-old',
    does: 'gem install bundler',
    prints:
      'ERROR:  Error installing bundler:\n\tThe last version of bundler (>= 0) to support your Ruby & RubyGems was 2.3.27. Try installing it with `gem install bundler -v 2.3.27`\n\tbundler requires Ruby version >= 3.0.0. The current ruby version is 2.5.9.',
    facts: { package: 'bundler', available: '2.3.27', needed: '>= 3.0.0', present: '2.5.9' },
  },
  {
    cause: 'ruby-wrong-version',
    does: 'bundle install',
    prints: 'Your Ruby version is 3.3.0, but your Gemfile specified 3.2.2',
    facts: { present: '3.3.0', needed: '3.2.2' },
  },
  {
    cause: 'bundler-version-missing',
    does: 'bundle install',
    prints: "Could not find 'bundler' (2.1.4) required by your /app/Gemfile.lock.",
    facts: { version: '2.1.4' },
  },
  { cause: 'gemfile-missing', does: 'bundle install', prints: 'Could not locate Gemfile', exit: 10 },
  {
    cause: 'gem-missing',
    does: 'bundle install',
    prints: 'Could not find nokogiri-1.0.0 in any of the sources',
    facts: { package: 'nokogiri', version: '1.0.0' },
  },
  {
    cause: 'bundle-frozen',
    does: 'bundle install',
    prints:
      'Your bundle only supports platforms ["x86_64-darwin-20"] but your local platform is x86_64-linux.',
  },
  {
    cause: 'gem-network',
    does: 'bundle install',
    prints: 'Could not fetch specs from https://rubygems.org/',
  },
  {
    cause: 'gem-build-failed',
    does: 'gem install a',
    prints: 'ERROR: Failed to build gem native extension.',
  },
  {
    cause: 'rake-failed',
    does: 'rake assets',
    prints: 'rake aborted!\nKeyError: key not found: "X"',
    facts: { detail: 'KeyError: key not found: "X"' },
  },
  {
    cause: 'go-module-missing',
    does: 'go get example.com/a',
    prints:
      "go: go.mod file not found in current directory or any parent directory.\n\t'go get' is no longer supported outside a module.",
  },
  {
    cause: 'go-too-old',
    does: 'go build',
    prints: 'go: go.mod requires go >= 1.23 (running go 1.21.5; GOTOOLCHAIN=local)',
    facts: { needed: '1.23', present: '1.21.5' },
  },
  {
    cause: 'go-dependency-missing',
    does: 'go build',
    prints: 'main.go:4:2: no required module provides package example.com/a; to add it:',
    facts: { package: 'example.com/a' },
  },
  {
    cause: 'rust-too-old',
    does: 'cargo build',
    prints:
      'error: package `a v1.2.0` cannot be built because it requires rustc 1.80 or newer, while the currently active rustc version is 1.70.0',
    facts: { package: 'a', needed: '1.80', present: '1.70.0' },
  },
  {
    cause: 'cargo-failed',
    does: 'cargo build',
    prints:
      'error[E0308]: mismatched types\nerror: could not compile `shop` (bin "shop") due to 1 previous error',
    exit: 101,
    facts: { package: 'shop', detail: 'mismatched types' },
  },
  {
    cause: 'java-wrong-version',
    does: 'mvn package',
    prints: '[ERROR] Fatal error compiling: error: invalid target release: 21',
    facts: { needed: '21' },
  },
  {
    cause: 'jvm-dependency-missing',
    does: 'mvn package',
    prints:
      '[ERROR] Could not find artifact com.example:a:jar:1.0 in central (https://repo.maven.apache.org/maven2)',
    facts: { package: 'com.example:a:jar:1.0' },
  },
  {
    cause: 'jvm-build-failed',
    does: 'gradle build',
    prints: "Execution failed for task ':compileJava'.",
    facts: { command: ':compileJava' },
  },
  {
    cause: 'php-version',
    does: 'composer install',
    prints:
      '    - a/b 2.0.0 requires php ^8.2 -> your php version (7.4.33) does not satisfy that requirement.',
    facts: { present: '7.4.33' },
  },
  {
    cause: 'pecl-package-missing',
    does: 'docker-php-ext-install mcrypt',
    prints: 'error: /usr/src/php/ext/mcrypt does not exist',
    facts: { package: 'mcrypt' },
  },
  {
    cause: 'php-extension-missing',
    does: 'composer install',
    prints: '    - a/b 1.0 requires ext-gd * -> it is missing from your system.',
    facts: { package: 'gd' },
  },
  {
    cause: 'composer-failed',
    does: 'composer install',
    prints: 'Composer could not find a composer.json file in /app',
    facts: { path: '/app' },
  },
  {
    cause: 'dotnet-failed',
    does: 'dotnet build',
    prints: 'Program.cs(1,1): error CS0103: The name does not exist in the current context',
    facts: { detail: 'CS0103: The name does not exist in the current context' },
  },
  {
    cause: 'tool-too-old',
    does: 'cmake .',
    prints:
      'CMake Error at CMakeLists.txt:1 (cmake_minimum_required):\n  CMake 3.28 or higher is required.  You are running version 3.16.3',
    facts: { package: 'CMake', needed: '3.28', present: '3.16.3' },
  },
  {
    cause: 'cmake-failed',
    does: 'cmake .',
    prints:
      'CMake Error at CMakeLists.txt:7 (message):\n  Set the colour first\n\n-- Configuring incomplete, errors occurred!',
    facts: { detail: 'Set the colour first' },
  },
  {
    cause: 'r-package-missing',
    does: "R -e 'library(a)'",
    prints: 'Error in library(a) : there is no package called ‘a’\nExecution halted',
    facts: { package: 'a' },
  },
  {
    cause: 'conda-conflict',
    does: 'conda install a',
    prints: 'PackagesNotFoundError: The following packages are not available from current channels:',
  },
  { cause: 'haskell-failed', does: 'stack build', prints: 'Plan construction failed.' },
  { cause: 'opam-failed', does: 'opam install a', prints: '┌─ The following actions failed', exit: 31 },
  {
    cause: 'perl-module-missing',
    does: 'perl a.pl',
    prints: "Can't locate JSON.pm in @INC (you may need to install the JSON module)",
    exit: 2,
    facts: { package: 'JSON.pm' },
  },
  {
    cause: 'mix-failed',
    does: 'mix compile',
    prints: '** (Mix) Could not compile dependency :a',
    facts: { detail: 'Could not compile dependency :a' },
  },
  {
    cause: 'build-dependencies-missing',
    does: 'dpkg-buildpackage',
    prints: 'dpkg-checkbuilddeps: error: Unmet build dependencies: liba-dev',
    facts: { package: 'liba-dev' },
  },
  {
    cause: 'locale-missing',
    does: 'bundle exec rake check',
    prints: "rake aborted!\nArgumentError: invalid byte sequence in US-ASCII\n/gems/a.rb:3:in `each'",
  },
  {
    cause: 'go-too-old',
    does: 'go build',
    prints: './main.go:80:11: undefined: http.SameSite',
    facts: { package: 'http.SameSite' },
  },
  {
    cause: 'go-too-old',
    does: 'go build',
    prints: 'view.go:57:16: value.MapRange undefined (type reflect.Value has no field or method MapRange)',
    facts: { package: 'Value.MapRange' },
  },
  {
    cause: 'compile-failed',
    does: 'go build',
    prints: './main.go:9:2: b.Sum undefined (type shop.Basket has no field or method Sum)',
  },
  {
    cause: 'tool-too-old',
    does: 'swift build',
    prints: "error: package at '/app' requires a minimum Swift tools version of 4.2.0 (currently 4.0.0)",
    facts: { package: 'Swift', needed: '4.2.0', present: '4.0.0' },
  },
  {
    cause: 'tool-too-old',
    does: 'swift build',
    prints:
      "error: 'app': package 'app' is using Swift tools version 6.1.0 but the installed version is 6.0.3",
    facts: { package: 'Swift', needed: '6.1.0', present: '6.0.3' },
  },
  {
    cause: 'go-module-missing',
    does: 'go build ./...',
    prints: '$GOPATH/go.mod exists but should not',
  },
  {
    cause: 'java-wrong-version',
    does: 'mvn package',
    prints:
      '[ERROR] Failed to execute goal org.apache.maven.plugins:maven-compiler-plugin:3.8.1:compile (default-compile) on project a: Fatal error compiling: invalid flag: --release -> [Help 1]',
  },
  {
    cause: 'jvm-build-failed',
    does: 'mvn package',
    prints:
      '[ERROR] Failed to execute goal org.a:b-plugin:1.0:run (default) on project a: No licence for b -> [Help 1]',
    facts: { detail: 'No licence for b' },
  },
  {
    cause: 'tool-too-old',
    does: 'pyenv global 3.5.2',
    prints: "pyenv: version `3.5.2' not installed",
    facts: { package: 'Python', needed: '3.5.2' },
  },
  {
    cause: 'tool-too-old',
    does: 'make',
    prints:
      '/bin/bash: docker: command not found\nMakefile:39: *** "Python version 3.6. is required.".  Stop.',
    facts: { needed: '3.6' },
  },
  {
    cause: 'build-dependencies-missing',
    does: './setup.sh',
    prints: '[!!] 20:25:29 Please install the following packages: nasm libssl-dev',
    facts: { package: 'nasm libssl-dev' },
  },
];
