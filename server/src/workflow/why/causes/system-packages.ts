// The package managers of the other distributions: apk, yum and dnf, zypper, pacman.
import { hostOf, lastMatch } from '../cause';
import type { Cause } from '../cause';

export const systemCauses: readonly Cause[] = [
  {
    id: 'apk-version-gone',
    signs: [/breaks: world\[(?<package>[\w.+-]+?)(?<version>[=~<>]+[^\]\s]+)\]/],
    collects: ['package', 'version'],
    more(facts, { printed }) {
      const version = (facts.version ?? '')
        .split(' ')
        .map((one) => one.replace(/^[=~<>]+/, ''))
        .join(' ');
      const there = new Map(
        printed.flatMap((line) => {
          const [, name, has] = /^ +([\w.+-]+?)-(\d[\w.]*-r\d+):$/.exec(line) ?? [];
          return name === undefined || has === undefined ? [] : [[name, has] as const];
        }),
      );
      const available = (facts.package ?? '').split(' ').map((name) => there.get(name));
      return { ...facts, version, ...(available.every(Boolean) && { available: available.join(' ') }) };
    },
    message: ({ package: name = 'the package', version = '', available }) =>
      `Version ${version} of ${name} is not in this branch of Alpine, which keeps the newest one only${available ? `: it has ${available}` : ''}. Ask for that version, or for one like it with ~=`,
  },
  {
    id: 'apk-package-missing',
    signs: [
      /^ +(?<package>[^\s(]+) \(no such package\):/,
      /^ERROR: unsatisfiable constraints:/,
      /^ERROR: unable to select packages:/,
      /^ {2}(?<package>[\w.+:-]+) \(missing\):/,
      /^(?:ERROR|WARNING): .*(?<package>[\w.+-]+) \(no such package\)/,
    ],
    collects: ['package'],
    // Without a name the packages are there, and do not go together.
    more: (facts, { printed }) =>
      facts.package === undefined && lastMatch(printed, /^ *(?:conflicts|breaks): /) ? undefined : facts,
    message: ({ package: name = 'a package' }) =>
      `apk does not know ${name.replaceAll(' ', ', ')}: it is not in this branch of Alpine, or in a repository that is not added. Check the name on pkgs.alpinelinux.org`,
  },
  {
    id: 'apk-unsigned',
    signs: [
      /(?:UNTRUSTED signature|BAD signature|BAD archive)/,
      /^ERROR: (?<url>https?:\/\/\S+): (?:UNTRUSTED|BAD)/,
    ],
    message: () =>
      'apk does not trust what it downloaded: the key is missing, or a mirror is broken. Add the key of the repository, or run the build again',
  },
  {
    id: 'apk-network',
    signs: [
      /^(?:ERROR|WARNING): (?:Ignoring )?(?:fetching )?(?<url>https?:\/\/\S+?): (?:temporary error|network error|could not connect|DNS|Permission denied|No such file|IO ERROR|network connection aborted|TLS|remote server)/,
      /^ERROR: (?<package>\S+): (?:temporary error|network error|IO ERROR|package mentioned in index not found|network connection aborted|No such file)/,
      /^fetch (?<url>\S+): (?:temporary|network)/,
    ],
    more: (facts) => {
      const host = hostOf(facts.url);
      return { ...facts, ...(host !== undefined && { host }) };
    },
    message: ({ host = 'the package server' }) =>
      `apk could not load what it needs from ${host}. Check the network and the address, and run the build again`,
  },
  {
    id: 'apk-conflict',
    signs: [
      /^ERROR: (?<package>\S+): trying to overwrite \S+ owned by \S+/,
      /^ +(?:conflicts|breaks): /,
      /^ERROR: (?<package>\S+): Package '(?<detail>.*)/,
      /(?<![\w.-])(?<package>[\w.-]+)\.(?:post|pre)-install: script exited with error/,
    ],
    message: ({ package: name = 'Packages' }) =>
      `${name} cannot be installed beside the others. Use one branch of Alpine for all, or leave one of them out`,
  },
  {
    id: 'rpm-database-broken',
    signs: [/^Rpmdb checksum is invalid/],
    message: () =>
      'yum lost its database, which old versions do on layered file systems. Install yum-plugin-ovl first, or run touch /var/lib/rpm/* in the same RUN',
  },
  {
    id: 'yum-archive-moved',
    signs: [
      /Could not (?:retrieve|resolve).*mirrorlist(?:\.centos\.org|\S*)/,
      /Cannot (?:find a valid baseurl for|prepare internal mirrorlist.*) repo: ?(?<path>\S+)/,
      /Failed to download metadata for repo '(?<path>[^']+)'/,
      /(?<url>https?:\/\/(?:mirror|vault)\.centos\.org\/\S+): \[Errno 14\]/,
      /YumRepo Error: All mirror URLs are not using ftp/,
      /Failed to synchronize cache for repo '?(?<path>[^'\s,]+)/,
      /Errors during downloading metadata for repository '(?<path>[^']+)'/,
      /Error: Unable to find a match for mirrors|failure: repodata\/repomd\.xml from (?<path>[\w.-]+):/,
    ],
    more(told, { images, printed }) {
      // Where the sources name another server, its address tells.
      const host =
        hostOf(told.url) ?? hostOf(lastMatch(printed, /\b(https?:\/\/[\w.-]+)\/\S*repomd\.xml/)?.[1]);
      const facts = { ...told, ...(host !== undefined && { host }) };
      const centos = images.map((image) => /(?:^|\/)centos:(?:centos)?(\d)/.exec(image)?.[1]).find(Boolean);
      return { ...facts, ...(centos !== undefined && { release: `centos ${centos}` }) };
    },
    message: ({ release, path }) =>
      release
        ? `The packages of ${release} have moved to vault.centos.org, and the list of mirrors is gone. Point the sources there, or take a newer base image`
        : `The package lists${path ? ` of ${path}` : ''} could not be loaded: the repository has moved, or its server did not answer`,
  },
  {
    id: 'rpm-download-failed',
    signs: [
      /(?<url>https?:\/\/\S+\.rpm): \[Errno \d+\]/,
      /^(?:Cannot open|curl: .* error: ).*?(?<url>https?:\/\/\S+\.rpm)/,
      /^error: skipping (?<url>\S+) - transfer failed/,
      /^error: open of (?<path>\S+) failed: No such file/,
      /\[Errno 14\] (?:HTTP|curl)/,
      /^(?:error: )?Status code: (?<detail>40\d) for (?<url>\S+)/,
      /^error: failed retrieving file '(?<path>[^']+)' from (?<host>\S+)/,
      /^Error downloading packages:/,
      /^Download \(curl\) error for '(?<url>[^']+)'/,
    ],
    more: (facts) => {
      const host = facts.host ?? hostOf(facts.url);
      return { ...facts, ...(host !== undefined && { host }) };
    },
    message: ({ url, host, path }) =>
      `${url ?? path ?? 'A package'} could not be downloaded${host ? ` from ${host}` : ''}. The address is out of date, or the server did not answer`,
  },
  {
    id: 'rpm-package-missing',
    signs: [
      /^No package (?<package>\S+) available/,
      /^(?:Error: )?Unable to find a match: (?<package>.+)/,
      /^No match for argument: (?<package>\S+)/,
      /^Error: No (?:matching )?[Pp]ackages? (?<package>\S+)/,
      /^No provider of '(?<package>[^']+)' found/,
      /^Package '(?<package>[^']+)' not found/,
      /^'(?<package>[^']+)' not found in package names/,
      /^error: target not found: (?<package>\S+)/,
      /There is no '(?<package>[\w.+-]+)' package available for installation/,
      /^error: No package matches '(?<package>[^']+)'/,
      /^Error: Nothing to do/,
    ],
    collects: ['package'],
    message: ({ package: name = 'what was asked for' }) =>
      `The package manager does not know ${name.trim().replaceAll(' ', ', ')}: it is not in this release, or in a repository that is not added. Check the name, or add the repository`,
  },
  {
    id: 'rpm-unmet',
    signs: [
      /^Error: Package: (?<package>\S+)/,
      /^ +Requires: (?<needed>.+)/,
      /nothing provides (?<needed>.+?) needed by (?<package>\S+)/,
      /^error: Failed dependencies:/,
      /^ *(?<needed>\S+) is needed by (?<package>\S+)/,
      /^error: failed to prepare transaction|unable to satisfy dependency '(?<needed>[^']+)' required by (?<package>\S+)/,
      /^Problem: /,
      /conflicting requests|(?<!\S)(?<package>\S+) conflicts with (?<needed>\S+)/,
    ],
    message: ({ package: name, needed }) =>
      `${name ?? 'A package'} needs ${needed ?? 'others'} that cannot be installed beside the rest. Use repositories of one release`,
  },
  {
    id: 'rpm-unsigned',
    signs: [
      /(?:Public key for (?<package>\S+) is not installed|GPG check FAILED|GPG key retrieval failed)/,
      /signature from "[^"]+" is (?:unknown trust|invalid|marginal trust)/,
      /^error: (?:key "(?<key>\w+)" could not be|required key missing from keyring)/,
      /Signature verification failed for file/,
      /Check that the correct key URLs are configured|^GPG Keys are configured as/,
    ],
    message: () =>
      'The package manager does not trust the signature of what it downloaded. Import the current key of the publisher, or update the key ring first',
  },
  {
    id: 'rpm-prompt',
    signs: [
      /^Is this ok \[[yY]\/[^\]]*\]:? *(?:Exiting|$|Operation aborted)/,
      /^(?:Exiting on user|Operation aborted|User abort)/,
    ],
    message: () => 'The command asks a question, and a build has no one to answer. Add -y to the install',
  },
];
