// Each cause is told of by what programs print, with the facts that are in it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BuildFailure } from '../../server/src/workflow/build/failure';
import { causes } from '../../server/src/workflow/why/causes';
import { explain } from '../../server/src/workflow/why/explain';
import type { Explanation, Facts } from '../../server/src/workflow/why/explanation';
import { describe } from '../harness/description';

interface Row {
  readonly cause: string;
  /** The last instruction of the file; RUN if there is no other keyword. */
  readonly does?: string;
  /** What the step prints. */
  readonly prints?: string;
  /** The builder's own reason; without it the exit code. */
  readonly says?: string;
  readonly exit?: number;
  readonly facts?: Facts;
}

const rows: readonly Row[] = [
  {
    cause: 'dockerfile-empty',
    says: 'the Dockerfile (Dockerfile) cannot be empty',
    facts: { path: 'Dockerfile' },
  },
  {
    cause: 'dockerfile-missing',
    says: 'failed to read dockerfile: open Dockerfile: no such file or directory',
  },
  { cause: 'no-stage', says: 'no build stage in current context' },
  {
    cause: 'needs-buildkit',
    says: 'Dockerfile parse error line 2: Unknown flag: mount',
    facts: { argument: 'mount' },
  },
  {
    cause: 'frontend-missing',
    says: 'failed to resolve frontend image docker/dockerfile:9: not found',
  },
  {
    cause: 'bad-reference',
    does: 'FROM Shop/Base',
    says: 'invalid reference format: repository name must be lowercase',
    facts: { image: 'Shop/Base', needed: 'lowercase' },
  },
  {
    cause: 'bad-reference',
    does: 'FROM node:$V',
    says: 'invalid reference format',
    facts: { image: 'node:$V' },
  },
  {
    cause: 'bad-reference',
    does: 'FROM {{image}}',
    says: 'invalid reference format',
    facts: { image: '{{image}}' },
  },
  {
    cause: 'image-format-old',
    does: 'FROM old',
    says: 'docker.io/library/old:1: not implemented: media type "application/vnd.docker.distribution.manifest.v1+prettyjws" is no longer supported',
  },
  {
    cause: 'platform-missing',
    does: 'FROM arm',
    says: 'no matching manifest for linux/amd64 in the manifest list entries',
    facts: { platform: 'linux/amd64' },
  },
  { cause: 'wrong-platform', prints: 'exec /bin/sh: exec format error' },
  { cause: 'pull-limit', does: 'FROM node', says: 'toomanyrequests: You have reached your pull rate limit' },
  {
    cause: 'daemon-unreachable',
    says: 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
  },
  { cause: 'secret-missing', says: 'secret token: not found', facts: { argument: 'token' } },
  { cause: 'ssh-missing', says: 'unset ssh forward key default', facts: { argument: 'default' } },
  {
    cause: 'registry-login',
    does: 'FROM hub.example.com/a',
    says: 'Get "https://hub.example.com/v2/a/manifests/1": no basic auth credentials',
    facts: { host: 'hub.example.com' },
  },
  {
    cause: 'image-missing',
    does: 'FROM nope:1',
    says: 'docker.io/library/nope:1: not found',
    facts: { image: 'nope:1' },
  },
  {
    cause: 'registry-unreachable',
    does: 'FROM hub.example.com/a',
    says: 'Get "https://hub.example.com/v2/": dial tcp: lookup hub.example.com: no such host',
    facts: { host: 'hub.example.com' },
  },
  { cause: 'layer-broken', does: 'FROM a', says: 'failed to register layer: exit status 1' },
  {
    cause: 'stage-missing',
    does: 'COPY --from=buidl /a /b',
    says: 'invalid from flag value buidl: pull access denied',
    facts: { image: 'buidl' },
  },
  {
    cause: 'shell-missing',
    says: 'OCI runtime create failed: runc create failed: unable to start container process: exec: "/bin/sh": stat /bin/sh: no such file or directory',
    facts: { command: '/bin/sh' },
  },
  { cause: 'runtime-refused', says: 'OCI runtime create failed: container_linux.go:1: something' },
  {
    cause: 'dockerfile-refused',
    says: 'dockerfile parse error on line 1: unknown instruction: FRM',
    facts: { detail: 'unknown instruction: FRM' },
  },
  {
    cause: 'add-url-failed',
    does: 'ADD https://example.com/a.tgz /',
    says: 'failed to load cache key: invalid response status 404',
    facts: { url: 'https://example.com/a.tgz', host: 'example.com', detail: '404' },
  },
  {
    cause: 'copy-outside-context',
    does: 'COPY ../a /',
    says: 'COPY failed: forbidden path outside the build context: ../a ()',
    facts: { path: '../a' },
  },
  {
    cause: 'copy-needs-folder',
    does: 'COPY a b /c',
    says: 'When using COPY with more than one source file, the destination must be a directory and end with a /',
    facts: { command: 'COPY' },
  },
  {
    cause: 'copied-file-missing',
    does: 'COPY go.sum /',
    says: 'failed to calculate checksum of ref a::b: "/go.sum": not found',
    facts: { path: '/go.sum' },
  },
  {
    cause: 'copied-file-missing',
    does: 'COPY --from=build /a /',
    says: 'failed to calculate checksum of ref a::b: "/a": not found',
    facts: { path: '/a', image: 'build' },
  },
  {
    cause: 'copied-file-missing',
    does: 'COPY a /',
    says: 'COPY failed: stat /var/lib/docker/tmp/docker-builder123/a: no such file or directory',
    facts: { path: 'a' },
  },
  {
    cause: 'copied-file-missing',
    does: 'COPY a /',
    says: 'checking on sources under "/ctx": copier: stat: "/a": no such file or directory',
    facts: { path: '/a' },
  },
  { cause: 'disk-full', prints: 'tar: write error: No space left on device' },
  {
    cause: 'out-of-memory',
    prints: 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
    exit: 134,
  },
  { cause: 'out-of-memory', exit: 137 },
  {
    cause: 'archive-moved',
    does: 'apt-get update',
    prints: "E: The repository 'http://deb.debian.org/debian buster Release' does not have a Release file.",
    exit: 100,
    facts: { release: 'buster', host: 'deb.debian.org' },
  },
  {
    cause: 'archive-moved',
    does: 'apt-get update',
    prints:
      'W: Failed to fetch http://archive.ubuntu.com/ubuntu/dists/lunar-security/main/binary-amd64/Packages  404  Not Found',
    exit: 100,
    facts: { release: 'lunar', detail: 'lunar-security' },
  },
  {
    cause: 'archive-moved',
    does: 'apt-get update',
    prints: 'E: 仓库 “http://archive.ubuntu.com/ubuntu lunar Release” 没有 Release 文件。',
    exit: 100,
    facts: { release: 'lunar' },
  },
  {
    cause: 'foreign-archive-gone',
    does: 'apt-get update',
    prints: "E: The repository 'https://deb.example.com/apt noble Release' does not have a Release file.",
    exit: 100,
    facts: { release: 'noble', host: 'deb.example.com' },
  },
  {
    cause: 'release-expired',
    does: 'apt-get update',
    prints:
      'E: Release file for http://deb.debian.org/debian/dists/x/InRelease is expired (invalid since 3d).',
    exit: 100,
    facts: { host: 'deb.debian.org' },
  },
  {
    cause: 'package-lists-stale',
    does: 'apt-get install -y curl',
    prints:
      'E: Failed to fetch http://deb.debian.org/debian/pool/main/c/curl/curl_7.88.1-10_amd64.deb  404  Not Found',
    exit: 100,
    facts: { package: 'curl', host: 'deb.debian.org' },
  },
  {
    cause: 'apt-network',
    does: 'apt-get update',
    prints:
      "W: Failed to fetch http://deb.debian.org/debian/dists/trixie/InRelease  Temporary failure resolving 'deb.debian.org'\nE: Some index files failed to download. They have been ignored, or old ones used instead.",
    exit: 100,
    facts: { host: 'deb.debian.org' },
  },
  {
    cause: 'package-version-gone',
    does: 'apt-get install -y curl=7.1 git=2.1',
    prints: "E: Version '7.1' for 'curl' was not found\nE: Version '2.1' for 'git' was not found",
    exit: 100,
    facts: { package: 'curl git', version: '7.1 2.1' },
  },
  {
    cause: 'package-missing',
    does: 'apt-get update && apt-get install -y netcat vmi',
    prints:
      "However the following packages replace it:\n  netcat-openbsd\n\nE: Unable to locate package vmi\nE: Package 'netcat' has no installation candidate",
    exit: 100,
    facts: { package: 'vmi netcat', available: 'netcat-openbsd' },
  },
  {
    cause: 'package-missing',
    does: 'apt-get install -y curl',
    prints: 'E: Paket curl kann nicht gefunden werden.',
    exit: 100,
    facts: { package: 'curl', needed: 'update' },
  },
  {
    cause: 'package-missing',
    does: 'apt-get install -y curl',
    prints: 'E: 无法定位软件包 curl',
    exit: 100,
    facts: { package: 'curl' },
  },
  {
    cause: 'archive-unsigned',
    does: 'apt-get update',
    prints:
      "W: GPG error: https://deb.example.com/apt stable InRelease: The following signatures couldn't be verified because the public key is not available: NO_PUBKEY 0123456789ABCDEF\nE: The repository 'https://deb.example.com/apt stable InRelease' is not signed.",
    exit: 100,
    facts: { key: '0123456789ABCDEF', host: 'deb.example.com' },
  },
  {
    cause: 'apt-key-failed',
    does: 'apt-key adv --keyserver keys.example.com --recv-keys 1',
    prints: 'gpg: keyserver receive failed: No data',
    exit: 2,
  },
  {
    cause: 'packages-unmet',
    does: 'apt-get install -y a',
    prints:
      'The following packages have unmet dependencies:\n a : Depends: libb (>= 2) but it is not installable\nE: Unable to correct problems, you have held broken packages.',
    exit: 100,
    facts: { package: 'a', needed: 'libb' },
  },
  {
    cause: 'apt-prompt',
    does: 'apt-get install a',
    prints: 'Do you want to continue? [Y/n] Abort.',
    exit: 1,
  },
  {
    cause: 'package-script-failed',
    does: 'apt-get install -y a',
    prints:
      'dpkg: error processing package a (--configure):\nE: Sub-process /usr/bin/dpkg returned an error code (1)',
    exit: 100,
    facts: { package: 'a' },
  },
  {
    cause: 'nodesource-unsupported',
    does: 'curl https://deb.nodesource.com/setup_10.x | bash -',
    prints: '## Your distribution, identified as "bookworm", is not currently supported',
    facts: { release: 'bookworm' },
  },
  { cause: 'apt-key-missing', does: 'apt-key add k', prints: '/bin/sh: 1: apt-key: not found', exit: 127 },
  {
    cause: 'apt-source-broken',
    does: 'apt-get update',
    prints: 'E: Malformed entry 1 in list file /etc/apt/sources.list.d/a.list (URI parse)',
    exit: 100,
  },
  {
    cause: 'apt-usage',
    does: 'apt-get instal a',
    prints: 'E: Invalid operation instal',
    exit: 100,
    facts: { detail: 'Invalid operation instal' },
  },
  {
    cause: 'apk-version-gone',
    does: 'apk add a=1.0-r0 b=2.0-r0',
    prints:
      'ERROR: unable to select packages:\n  a-1.1-r3:\n    breaks: world[a=1.0-r0]\n  b-2.2-r0:\n    breaks: world[b=2.0-r0]',
    facts: { package: 'a b', version: '1.0-r0 2.0-r0', available: '1.1-r3 2.2-r0' },
  },
  {
    cause: 'apk-package-missing',
    does: 'apk add nope',
    prints: 'ERROR: unable to select packages:\n  nope (no such package):\n    required by: world[nope]',
    facts: { package: 'nope' },
  },
  {
    cause: 'apk-unsigned',
    does: 'apk add a',
    prints: 'ERROR: https://example.com/x86_64: UNTRUSTED signature',
  },
  {
    cause: 'apk-network',
    does: 'apk add a',
    prints:
      'WARNING: fetching https://dl-cdn.alpinelinux.org/alpine/v3.20/main: temporary error (try again later)',
    facts: { host: 'dl-cdn.alpinelinux.org' },
  },
  {
    cause: 'apk-conflict',
    does: 'apk add a',
    prints: 'ERROR: a-1.0-r0: trying to overwrite usr/bin/a owned by b-1.0-r0.',
  },
  { cause: 'apk-script-failed', does: 'apk add a', prints: '1 errors; 20 MiB in 30 packages' },
  {
    cause: 'rpm-database-broken',
    does: 'yum install -y a',
    prints: 'Rpmdb checksum is invalid: dCDPT(pkg checksums): a.x86_64 0:1 - u',
  },
  {
    cause: 'yum-archive-moved',
    does: 'yum install -y a',
    prints: 'Cannot find a valid baseurl for repo: base/7/x86_64',
    facts: { path: 'base/7/x86_64' },
  },
  {
    cause: 'rpm-package-missing',
    does: 'dnf install -y a b',
    prints: 'Error: Unable to find a match: a b',
    facts: { package: 'a b' },
  },
  {
    cause: 'rpm-download-failed',
    does: 'yum install -y https://example.com/a.rpm',
    prints: 'Cannot open: https://example.com/a.rpm. Skipping.\nError: Nothing to do',
    facts: { host: 'example.com' },
  },
  {
    cause: 'rpm-unmet',
    does: 'dnf install -y a',
    prints: ' - nothing provides libb.so.1 needed by a-1.0-1.x86_64',
    facts: { needed: 'libb.so.1', package: 'a-1.0-1.x86_64' },
  },
  {
    cause: 'rpm-unsigned',
    does: 'dnf install -y a',
    prints: 'Public key for a-1.0.rpm is not installed',
    facts: { package: 'a-1.0.rpm' },
  },
  { cause: 'rpm-prompt', does: 'yum install a', prints: 'Is this ok [y/d/N]: Exiting on user command' },
  {
    cause: 'tool-missing',
    does: 'go build',
    prints: 'exec: "git": executable file not found in $PATH\nfailed',
    facts: { command: 'git' },
  },
  {
    cause: 'tool-missing',
    does: './configure',
    prints: 'configure: error: no acceptable C compiler found in $PATH',
    facts: { command: 'gcc' },
  },
  { cause: 'pip-system-python', does: 'pip install a', prints: 'error: externally-managed-environment' },
  {
    cause: 'requirements-file-missing',
    does: 'pip install -r r.txt',
    prints: "ERROR: Could not open requirements file: [Errno 2] No such file or directory: 'r.txt'",
    facts: { path: 'r.txt' },
  },
  {
    cause: 'python-too-old',
    does: 'pip install a',
    prints: "ERROR: Package 'a' requires a different Python: 3.6.9 not in '>=3.8'",
    facts: { package: 'a', present: '3.6.9', needed: '>=3.8' },
  },
  {
    cause: 'pip-version-missing',
    does: 'pip install a==9',
    prints:
      'ERROR: Could not find a version that satisfies the requirement a==9 (from versions: 1.0, 1.1)\nERROR: No matching distribution found for a==9',
    facts: { package: 'a', version: '==9', available: '1.0, 1.1' },
  },
  {
    cause: 'pip-conflict',
    does: 'pip install a',
    prints: 'ERROR: Cannot install a and b because these package versions have conflicting dependencies.',
  },
  {
    cause: 'pip-tls',
    does: 'pip install a',
    prints:
      'Could not fetch URL https://pypi.python.org/simple/a/: There was a problem confirming the ssl certificate',
  },
  {
    cause: 'header-missing',
    does: 'make',
    prints: 'a.c:1:10: fatal error: openssl/ssl.h: No such file or directory',
    facts: { header: 'openssl/ssl.h' },
  },
  {
    cause: 'library-missing',
    does: 'make',
    prints: '/usr/bin/ld: cannot find -lz: No such file or directory',
    facts: { package: 'z' },
  },
  {
    cause: 'python-module-missing',
    does: 'python a.py',
    prints: "ModuleNotFoundError: No module named 'yaml'",
    facts: { package: 'yaml' },
  },
  {
    cause: 'pip-build-failed',
    does: 'pip install a',
    prints: 'ValueError: bad input\nERROR: Failed building wheel for a',
    facts: { package: 'a', detail: 'ValueError: bad input' },
  },
  {
    cause: 'node-wrong-version',
    does: 'yarn',
    prints:
      'error a@1.0.0: The engine "node" is incompatible with this module. Expected version ">=18". Got "16.20.0"',
    facts: { needed: '>=18', present: '16.20.0' },
  },
  {
    cause: 'node-wrong-version',
    does: 'npm i -g npm',
    prints: 'ERROR: npm v10.9.0 is known not to run on Node.js v16.20.0.',
    facts: { version: '10.9.0', present: '16.20.0' },
  },
  {
    cause: 'npm-lock-out-of-date',
    does: 'npm ci',
    prints:
      'npm error `npm ci` can only install packages when your package.json and package-lock.json or npm-shrinkwrap.json are in sync.',
  },
  {
    cause: 'package-json-missing',
    does: 'npm i',
    prints:
      "npm error enoent Could not read package.json: Error: ENOENT: no such file or directory, open '/app/package.json'",
    exit: 254,
    facts: { path: '/app/package.json' },
  },
  {
    cause: 'npm-package-missing',
    does: 'npm i',
    prints: 'npm error notarget No matching version found for left-pad@99.',
    facts: { package: 'left-pad', version: '99' },
  },
  {
    cause: 'npm-file-exists',
    does: 'npm i -g yarn',
    prints: 'npm error code EEXIST\nnpm error File exists: /usr/local/bin/yarn',
    facts: { path: '/usr/local/bin/yarn' },
  },
  { cause: 'npm-peer-conflict', does: 'npm i', prints: 'npm error code ERESOLVE' },
  { cause: 'npm-login', does: 'npm i', prints: 'npm error code E401' },
  {
    cause: 'npm-network',
    does: 'npm i',
    prints:
      'npm error network request to https://registry.npmjs.org/a failed, reason: getaddrinfo EAI_AGAIN registry.npmjs.org',
    facts: { host: 'registry.npmjs.org' },
  },
  {
    cause: 'npm-root-refused',
    does: 'npm i',
    prints: "npm error code EACCES\nnpm error Error: EACCES: permission denied, mkdir '/app/node_modules'",
  },
  { cause: 'node-gyp-failed', does: 'npm i', prints: 'gyp ERR! build error' },
  {
    cause: 'script-failed',
    does: 'npm run build',
    prints: 'npm ERR! Failed at the shop@1.0.0 build script.',
    facts: { package: 'shop', command: 'build' },
  },
  {
    cause: 'npm-failed',
    does: 'npm i',
    prints: 'npm ERR! Tracker "idealTree" already exists',
    facts: { detail: 'Tracker "idealTree" already exists' },
  },
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
    cause: 'git-protocol',
    does: 'git clone git://github.com/a/b',
    prints: 'fatal: remote error:\n  The unauthenticated git protocol on port 9418 is no longer supported.',
    exit: 128,
  },
  {
    cause: 'git-login',
    does: 'git clone https://github.com/a/b',
    prints: "fatal: could not read Username for 'https://github.com': No such device or address",
    exit: 128,
    facts: { host: 'github.com' },
  },
  {
    cause: 'git-ref-missing',
    does: 'git clone -b v9 https://github.com/a/b',
    prints: 'fatal: Remote branch v9 not found in upstream origin',
    exit: 128,
    facts: { version: 'v9' },
  },
  {
    cause: 'git-folder-missing',
    does: 'git describe',
    prints: 'fatal: not a git repository (or any of the parent directories): .git',
    exit: 128,
  },
  {
    cause: 'git-network',
    does: 'git clone https://a.example.com/b',
    prints: "fatal: unable to access 'https://a.example.com/b/': Could not resolve host: a.example.com",
    exit: 128,
    facts: { host: 'a.example.com' },
  },
  {
    cause: 'git-failed',
    does: 'git clone https://github.com/a/b .',
    prints: "fatal: destination path '.' already exists and is not an empty directory.",
    exit: 128,
  },
  {
    cause: 'checksum-differs',
    does: 'echo "1 a.tgz" | sha256sum -c',
    prints: 'a.tgz: FAILED\nsha256sum: WARNING: 1 computed checksum did NOT match',
  },
  {
    cause: 'signature-unchecked',
    does: 'gpg --verify a.asc',
    prints: "gpg: Can't check signature: No public key",
    exit: 2,
  },
  {
    cause: 'download-tls',
    does: 'wget https://a.example.com/b',
    prints: "ERROR: cannot verify a.example.com's certificate, issued by 'CN=X'",
    exit: 5,
    facts: { host: 'a.example.com' },
  },
  {
    cause: 'download-gone',
    does: 'curl -fO https://a.example.com/b',
    prints: 'curl: (22) The requested URL returned error: 404',
    exit: 22,
    facts: { url: 'https://a.example.com/b', detail: '404' },
  },
  {
    cause: 'download-gone',
    does: 'wget -q https://a.example.com/b',
    exit: 8,
    facts: { url: 'https://a.example.com/b', exit: '8' },
  },
  {
    cause: 'download-no-answer',
    does: 'curl https://a.example.com/b',
    prints: 'curl: (6) Could not resolve host: a.example.com',
    exit: 6,
    facts: { host: 'a.example.com' },
  },
  {
    cause: 'download-no-answer',
    does: 'curl -s https://a.example.com/b',
    exit: 7,
    facts: { host: 'a.example.com' },
  },
  {
    cause: 'download-not-an-archive',
    does: 'curl -sL https://a.example.com/b.tgz | tar xz',
    prints: 'gzip: stdin: not in gzip format',
    exit: 2,
    facts: { url: 'https://a.example.com/b.tgz' },
  },
  {
    cause: 'command-missing',
    does: 'nosuch --x',
    prints: '/bin/sh: 1: nosuch: not found',
    exit: 127,
    facts: { command: 'nosuch' },
  },
  { cause: 'command-missing', does: 'nosuch 2>/dev/null', exit: 127 },
  {
    cause: 'required-argument',
    does: 'echo ${TOKEN:?}',
    prints: '/bin/sh: 1: TOKEN: parameter not set',
    exit: 2,
    facts: { argument: 'TOKEN' },
  },
  { cause: 'required-argument', does: 'test -n "$TOKEN"', facts: { argument: 'TOKEN' } },
  {
    cause: 'permission-denied',
    does: 'touch /etc/a',
    prints: "touch: cannot touch '/etc/a': Permission denied",
    facts: { path: '/etc/a' },
  },
  { cause: 'permission-denied', does: './run', exit: 126 },
  {
    cause: 'user-problem',
    does: 'useradd app',
    prints: "useradd: user 'app' already exists",
    exit: 9,
    facts: { user: 'app' },
  },
  {
    cause: 'compile-failed',
    does: 'make',
    prints: "main.c:3:5: error: expected ';' before 'return'",
    exit: 2,
    facts: { detail: "expected ';' before 'return'" },
  },
  {
    cause: 'tests-failed',
    does: 'go test ./...',
    prints: '--- FAIL: TestSum (0.00s)',
    facts: { path: 'TestSum' },
  },
  {
    cause: 'file-missing',
    does: 'cat /etc/a.conf',
    prints: 'cat: /etc/a.conf: No such file or directory',
    facts: { path: '/etc/a.conf' },
  },
  {
    cause: 'path-is-folder',
    does: 'echo > /etc',
    prints: '/bin/sh: 1: cannot create /etc: Is a directory',
    exit: 2,
    facts: { path: '/etc' },
  },
  { cause: 'shell-syntax', does: 'if', prints: '/bin/sh: 1: Syntax error: end of file unexpected', exit: 2 },
  { cause: 'wrong-usage', does: 'tar --nope', prints: "tar: unrecognized option '--nope'", exit: 64 },
  {
    cause: 'service-missing',
    does: 'systemctl start a',
    prints: 'System has not been booted with systemd as init system (PID 1).',
  },
  { cause: 'own-exit', does: 'test -e /a || exit 3', exit: 3 },
  { cause: 'crashed', does: './a', exit: 139 },
  {
    cause: 'python-error',
    does: 'python a.py',
    prints: 'Traceback (most recent call last):\n  File "a.py", line 1, in <module>\nValueError: no colour',
    facts: { detail: 'ValueError: no colour' },
  },
  {
    cause: 'build-failed',
    does: './build.sh',
    prints: 'ERROR: the moon is in the way',
    facts: { detail: 'the moon is in the way' },
  },
  { cause: 'unknown', does: './build.sh', prints: 'doing things' },
];

function explainRow({ does = 'true', prints = '', says = '', exit = 1 }: Row): Explanation {
  const last = /^(?:FROM|COPY|ADD) /.test(does) ? does : `RUN ${does}`;
  const file = describe(`FROM base AS build\n${last}\n`);
  const failure: BuildFailure = {
    family: 'buildkit',
    message: says,
    output: prints.split('\n').filter((line) => line.trim() !== ''),
    step: { text: last, number: 2 },
    ...(says === '' ? { exitCode: exit } : {}),
  };
  return explain(failure, file);
}

for (const [at, row] of rows.entries()) {
  test(`${row.cause}, row ${at}`, () => {
    const { cause, facts, message, line } = explainRow(row);
    assert.equal(cause, row.cause, JSON.stringify(facts));
    assert.deepEqual({ ...facts, ...row.facts }, facts);
    assert.match(message, /^[^\n]{15,}[^.\n]$/);
    assert.doesNotMatch(message, /undefined| {2}/);
    assert.equal(line, 1);
  });
}

test('every cause is told of', () => {
  const told = new Set(rows.map(({ cause }) => cause));
  assert.deepEqual(
    causes.map(({ id }) => id).filter((id) => !told.has(id)),
    [],
  );
});
