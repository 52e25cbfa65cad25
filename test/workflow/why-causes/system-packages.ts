// apt, apk, yum and their like, and programs that are not there.
import type { Row } from './row';

export const systemPackagesRows: readonly Row[] = [
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
    cause: 'package-script-failed',
    does: 'apt-get upgrade -y',
    prints:
      'dpkg: error processing package util-linux (--configure):\n end of file on stdin at conffile prompt\nE: Sub-process /usr/bin/dpkg returned an error code (1)',
    exit: 100,
    facts: { package: 'util-linux', detail: 'conffile prompt' },
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
  {
    cause: 'yum-archive-moved',
    does: 'yum install -y vim',
    prints:
      "Status code: 404 for http://mirror.example.com/centos/8/os/x86_64/repodata/repomd.xml\nError: Failed to download metadata for repo 'base': Cannot download repomd.xml",
    facts: { host: 'mirror.example.com' },
  },
  {
    cause: 'apk-conflict',
    does: 'apk add bash',
    prints:
      'ERROR: unsatisfiable constraints:\n  readline-8.0.4-r0:\n    conflicts: readline-7.0.003-r0\n    satisfies: bash-5[so:libreadline.so.8]',
    exit: 10,
  },
  {
    cause: 'archive-unsigned',
    does: 'apt-get install -y curl',
    prints:
      'W: GPG error: http://archive.debian.org wheezy Release: The following signatures were invalid: KEYEXPIRED 1587841717\nE: There are problems and -y was used without --force-yes',
    exit: 100,
    facts: { host: 'archive.debian.org' },
  },
  {
    cause: 'package-missing',
    does: 'apt-get update && apt-get install -y nosuch',
    prints: 'Error: Unable to locate package nosuch',
    exit: 100,
    facts: { package: 'nosuch' },
  },
  {
    cause: 'archive-moved',
    does: 'apt-get update',
    prints:
      "Error: The repository 'http://deb.debian.org/debian buster Release' does not have a Release file.",
    exit: 100,
    facts: { release: 'buster', host: 'deb.debian.org' },
  },
  {
    cause: 'archive-unsigned',
    does: 'apt-get update',
    prints:
      "Warning: GPG error: http://a.example.com x InRelease: The following signatures couldn't be verified because the public key is not available: NO_PUBKEY 0123456789ABCDEF\nError: The repository 'http://a.example.com x InRelease' is not signed.",
    exit: 100,
    facts: { key: '0123456789ABCDEF' },
  },
  {
    cause: 'download-tls',
    does: 'apt-get update',
    prints:
      'W: Failed to fetch https://a.example.com/repo/Packages  gnutls_handshake() failed: Handshake failed\nE: Some index files failed to download. They have been ignored, or old ones used instead.',
    exit: 100,
    facts: { host: 'a.example.com' },
  },
  {
    cause: 'foreign-archive-gone',
    does: 'add-apt-repository -y ppa:a/b',
    prints: "Cannot add PPA: 'ppa:a/b'.\nPlease check that the PPA name or format is correct.",
    facts: { path: 'a/b' },
  },
  {
    cause: 'rpm-package-missing',
    does: 'rvm install 1.9.3',
    prints:
      "There is no 'libyaml-devel' package available for installation and RVM does not know how to make that happen,\nRequirements installation failed with status: 49.",
    exit: 49,
    facts: { package: 'libyaml-devel' },
  },
];
