// apt and dpkg. Old archives come first: what follows from them looks like missing packages.
import { hostOf, lastMatch } from '../cause';
import type { Cause } from '../cause';
import type { Facts } from '../explanation';

/** Suites whose packages Debian and Ubuntu have moved away, and their like. */
const suiteOfUrl = /(?<url>https?:\/\/\S+?)(?: |\/dists\/)(?<release>[a-z][\w-]*)(?:\/| |$)/;

function suite(facts: Facts): Facts {
  const release = facts.release?.replace(/\/.*$/, '').replace(/-(?:updates|security|backports)$/, '');
  const host = facts.host ?? hostOf(facts.url);
  const detail = facts.release === release ? {} : { detail: facts.release ?? '' };
  return {
    ...facts,
    ...detail,
    ...(release !== undefined && { release }),
    ...(host !== undefined && { host }),
  };
}

/** Servers that hold a distribution's own packages. */
const ownArchive =
  /(?:^|\.)(?:debian\.org|ubuntu\.com|raspbian\.org|kali\.org|debian\.net|raspberrypi\.org|pureos\.net)$/;

export const aptCauses: readonly Cause[] = [
  {
    id: 'archive-moved',
    signs: [
      /^E: The repository '(?<url>\S+) (?<release>[\w./-]+) Release' (?:does not have|does no longer have|no longer has|is no longer) a/,
      /^(?:W|E): Failed to fetch (?<url>https?:\/\/\S+?)\/dists\/(?<release>[\w.-]+)\/\S+ +(?:404|403|410|HttpError404)/,
      /^Err:?\d* (?<url>https?:\/\/\S+) (?<release>[\w.-]+)\/?\S* (?:Release|Packages|InRelease|\w+ Packages)/,
      /^(?:W|E): The repository '(?<url>\S+) (?<release>[\w./-]+) Release' does not have a Release file/,
      /仓库 “(?<url>\S+) (?<release>[\w./-]+) Release” (?:没有 Release 文件|不再含有)/,
      /Das Depot »(?<url>\S+) (?<release>[\w./-]+) Release« enthält keine|Le dépôt « ?(?<host>\S+)/,
    ],
    more(facts, { printed }) {
      const known = suite(facts);
      if (/^Err/.test(facts.said ?? '') && !lastMatch(printed, /\b(?:404|410) {1,2}Not Found|HttpError404/))
        return undefined;
      const mirrors = /\/(?:ubuntu|debian|raspbian)(?:-security|-ports)?\/?$/.test(facts.url ?? '');
      const isOwn = ownArchive.test(known.host ?? '') || (mirrors && !/launchpad/.test(known.host ?? ''));
      if (!isOwn) return undefined;
      return known;
    },
    message: ({ release = 'this release', detail, host = 'its server' }) =>
      `The packages of ${detail ?? release} are no longer on ${host}: the release has reached its end and its archive has moved. Take a newer base image, or point the sources to the archive`,
  },
  {
    id: 'foreign-archive-gone',
    signs: [
      /^E: The repository '(?<url>\S+) (?<release>[\w./-]+)(?: Release)?' (?:does not have|does no longer have|no longer has|is no longer) a/,
      /^(?:W|E): Failed to fetch (?<url>https?:\/\/\S+?)\/dists\/(?<release>[\w.-]+)\/\S+ +(?:404|403|410|HttpError404)/,
      /^(?:W|E): Failed to fetch (?<url>https?:\/\/\S+) +(?:404|403|410) /,
    ],
    more: (facts) => (/\/pool\/|\.deb$/.test(facts.url ?? '') ? undefined : suite(facts)),
    message: ({ release, host = 'A server of packages' }) =>
      `${host} has no packages for ${release ?? 'this release'}. Use a release that it serves, or remove this source`,
  },
  {
    id: 'foreign-archive-gone',
    signs: [/Cannot add PPA: '?(?:ppa:)?(?<path>[^'\s]+?)'?\.?$/],
    message: ({ path = 'of that name' }) =>
      `Launchpad gives no PPA ${path}: it was removed, or has nothing for this release. Check its page, or install from another source`,
  },
  {
    id: 'release-expired',
    signs: [
      /Release file for (?<url>\S+) is (?:expired|not valid yet)/,
      /(?<!\S)(?<url>\S+) is not valid yet \(invalid for another/,
      /E: Release file expired, ignoring (?<url>\S+)/,
    ],
    more: suite,
    message: ({ host = 'the server' }) =>
      `The package lists of ${host} have expired, or the clock of the builder is wrong. Check the clock; an archived release needs Acquire::Check-Valid-Until=false`,
  },
  {
    id: 'package-lists-stale',
    signs: [
      /^(?:E|W|Err:?\d*):? .*(?:Failed to fetch )?(?<url>https?:\/\/\S+\/pool\/\S+\.deb)\s+(?:404|403|410)/,
      /^E: Failed to fetch (?<url>https?:\/\/\S+\.deb)/,
      /^(?:E|W): Failed to fetch (?<url>\S+).*(?:Hash Sum mismatch|File has unexpected size|Mirror sync in progress)/,
      /^E: Unable to fetch some archives, maybe run apt-get update/,
      /^E: 无法下载 (?<url>\S+\.deb)/,
    ],
    more(facts, { printed }) {
      const name = /\/([\w.+-]+?)_[^/]*$/.exec(facts.url ?? '')?.[1];
      const gone = lastMatch(printed, /\b404 {1,2}Not Found|Hash Sum mismatch|unexpected size|Mirror sync/);
      if (!gone) return undefined;
      return { ...suite(facts), ...(name !== undefined && { package: decodeName(name) }) };
    },
    message: ({ package: name = 'a package', host = 'the server' }) =>
      `The package lists are older than ${host}: it no longer has this version of ${name}. Run apt-get update in the same RUN as the install, and build once without the cache`,
  },
  {
    id: 'download-tls',
    signs: [
      /^(?:E|W): Failed to fetch (?<url>https:\/\/\S+) +(?:gnutls_handshake\(\) failed|.*(?:[Cc]ertificate verification failed|certificate is NOT trusted|SSL certificate|TLS handshake|Handshake failed))/,
    ],
    more: (facts, { printed }) =>
      lastMatch(printed, /^E: (?:Failed to fetch|Some index files failed|Unable to fetch)/)
        ? suite(facts)
        : undefined,
    message: ({ host = 'A package server', said = '' }) =>
      /[Cc]ertificate/.test(said)
        ? `${host} has a certificate that this image does not trust. Install ca-certificates before its source is added, or take a newer image`
        : `${host} and the TLS of this image do not understand each other: the image is too old. Take a newer base image, or remove this source`,
  },
  {
    id: 'apt-network',
    signs: [
      /^(?:E|W|Err:?\d*):? .*(?:Failed to fetch )?(?<url>https?:\/\/\S+).*(?:Could not connect|Could not resolve|Temporary failure|Connection (?:failed|timed out|refused)|Unable to connect|Something wicked|50[0-9] )/,
      /(?:Temporary failure resolving|Could not resolve|Something wicked happened resolving) '(?<host>[^']+)'/,
      /^(?:E|W): Failed to fetch (?<url>\S+) +.*(?:timed out|Undetermined Error|connection)/i,
      /^(?:E|W): Failed to fetch (?<url>https?:\/\/\S+)/,
    ],
    more: (facts, { printed }) =>
      facts.said?.startsWith('W:') && !lastMatch(printed, /^E: Some index files failed/)
        ? undefined
        : suite(facts),
    message: ({ host = 'A package server' }) =>
      `${host} did not answer. Check the network and DNS of the builder, and run the build again`,
  },
  {
    id: 'package-version-gone',
    signs: [
      /^E: Version '(?<version>[^']+)' for '(?<package>[^']+)' was not found/,
      /^E: Version “(?<version>[^”]+)” for “(?<package>[^”]+)” was not found/,
      /^E: 未找到“(?<package>[^”]+)”的“(?<version>[^”]+)”版本/,
    ],
    collects: ['package', 'version'],
    message: ({ package: name = 'the package', version = '' }) =>
      `Version ${version} of ${name} is no longer in the archive, which keeps the newest one only. Ask for a version that is there, or for none`,
  },
  {
    id: 'package-missing',
    signs: [
      /^E: Unable to locate package (?<package>\S+)/,
      /^E: Package '(?<package>[^']+)' has no installation candidate/,
      /^E: Couldn't find any package by (?:glob|regex) '(?<package>[^']+)'/,
      /^E: Couldn't find (?:any )?package (?<package>\S+)/,
      /^E: Package (?<package>\S+) has no installation candidate/,
      /^E: (?:无法定位软件包|软件包) ?(?<package>\S+?)(?: 没有可安装候选)?$/,
      /^E: (?:Paket|パッケージ|패키지) (?<package>[\w.+-]+) ?(?:kann nicht gefunden|が見つかりません|를 찾을)/,
      /^E: (?:Impossible de trouver le paquet|No se ha podido localizar el paquete|Impossibile trovare il pacchetto|Impossível encontrar o pacote|Não foi possível encontrar o pacote|Не удалось найти пакет) (?<package>[\w.+-]+)/,
      /^E: Unable to find a source package for (?<package>\S+)/,
      /^No packages found matching (?<package>\S+)/,
      /^E: Can't select (?:candidate|installed) version from package '?(?<package>[^\s']+)/,
    ],
    collects: ['package'],
    more(facts, { printed, instruction = '' }) {
      const names = (facts.package ?? '').replace(/[.。]$/, '');
      const successor = replacements(printed);
      const ignored = lastMatch(printed, /^(?:W|E): (?:Failed to fetch|Some index files failed)|^Err:?\d* /);
      if (ignored) {
        const gone = suiteOfUrl.exec(ignored.input);
        if (gone?.groups?.['release'] !== undefined && lastMatch(printed, /404 {1,2}Not Found/))
          return { ...facts, package: names, release: gone.groups['release'] };
      }
      const isFirst = /\bapt(?:-get)?\b.* update\b/.test(instruction) ? {} : { needed: 'update' };
      return { ...facts, package: names, ...isFirst, ...(successor && { available: successor }) };
    },
    message: ({ package: name = 'the package', available, needed }) =>
      `apt does not know ${list(name)}: ${many(name) ? 'they are' : 'it is'} not in this release${needed === 'update' ? ', or the package lists were never loaded' : ''}. ${
        available
          ? `Install ${list(available)} instead`
          : needed === 'update'
            ? 'Run apt-get update in the same RUN, and check the name'
            : 'Check the name, and whether the release or another source has it'
      }`,
  },
  {
    id: 'archive-unsigned',
    signs: [
      /^(?:E|W): .*(?:The following signatures (?:couldn't be verified|were invalid)|GPG error: (?<url>https?:\/\/\S+)).*(?:NO_PUBKEY|EXPKEYSIG|REVKEYSIG) (?<key>[0-9A-F]{8,40})/,
      // What follows KEYEXPIRED is a time.
      /^(?:E|W): .*GPG error: (?<url>https?:\/\/\S+).*KEYEXPIRED/,
      /^E: The repository '(?<url>\S+) (?<release>\S+)(?: \S+)*' is not signed/,
      /^E: There (?:are|were) (?:problems and -y|unauthenticated packages and -y)/,
      /^E: Some packages could not be authenticated/,
      /^WARNING: The following packages cannot be authenticated/,
    ],
    more(facts, { printed }) {
      // The key is told in a warning; it stops the build only together with a refusal.
      const refused = lastMatch(
        printed,
        /^E: .*(?:is not signed|-y was used without|could not be authenticated|GPG error|signatures)/,
      );
      const keys = new Set(
        printed.flatMap((line) =>
          [...line.matchAll(/(?:NO_PUBKEY|EXPKEYSIG|REVKEYSIG) ([0-9A-F]{8,40})/g)].map(
            ([, key = '']) => key,
          ),
        ),
      );
      const url = facts.url ?? lastMatch(printed, /GPG error: (https?:\/\/\S+)/)?.[1];
      if (!refused) return undefined;
      return suite({
        ...facts,
        ...(url !== undefined && { url }),
        ...(keys.size > 0 && { key: [...keys].join(' ') }),
      });
    },
    message: ({ host = 'the archive', key }) =>
      `apt does not trust the packages of ${host}: ${key ? `it has no valid key ${key}` : 'they are not signed with a key that it knows'}. Add the current key of the publisher with signed-by, or take a newer base image`,
  },
  {
    id: 'apt-key-failed',
    signs: [
      /^gpg: (?:keyserver receive failed|no valid OpenPGP data found|no writable keyring found)(?<detail>.*)/,
      /^gpg: requesting key (?<key>\S+) from/,
      /^gpg: keyserver (?:timed out|communications error)/,
      /gpgkeys: (?:key (?<key>\w+) (?:can't be retrieved|not found)|HTTP fetch error)/,
      /^gpg: (?:failed to start|can't connect to) (?:the )?(?:agent|dirmngr)/,
      /^E: gnupg, gnupg2 and gnupg1 do not seem to be installed/,
      /\(23\) Failed writing body|^Cannot write to '-' \(Broken pipe\)/,
    ],
    more: (facts, { printed, instruction = '' }) => {
      if (/\(23\)|Broken pipe/.test(facts.said ?? '') && !/apt-key|gpg/.test(instruction)) return undefined;
      const host = lastMatch(
        printed,
        /(?:from hkps? server |keyserver )(?:hkps?:\/\/|https?:\/\/)?([\w-]+(?:\.[\w-]+)+)/,
      )?.[1];
      return { ...facts, ...(host !== undefined && { host }) };
    },
    message: ({ said = '' }) =>
      /gnupg,|\(23\)|Broken pipe/.test(said)
        ? 'apt-key needs gnupg, which the image most likely does not have. Install gnupg first, or use signed-by with a key file'
        : said.includes('OpenPGP')
          ? 'What was downloaded as a signing key is not one: the address is wrong or has moved. Take the current address from the publisher'
          : 'The signing key could not be fetched. Key servers are often down: run the build again, or download the key from its publisher over https',
  },
  {
    id: 'packages-unmet',
    signs: [
      /^E: (?:Unable to correct problems, you have held broken packages|Unmet dependencies|Error, pkgProblemResolver)/,
      /^The following packages have unmet dependencies/,
      /(?<![\w.+-])(?<package>[\w.+-]+) : (?:Pre)?Depends: (?<needed>\S+)/,
      /^E: Broken packages|^E: 无法修正错误/,
    ],
    more(facts, { printed }) {
      const found = lastMatch(printed, /^ *([\w.+:-]+) : (?:Pre-?)?Depends: (\S+)/);
      if (!found && /^ /.test(facts.said ?? '')) return undefined;
      return { ...facts, ...(found && { package: found[1] ?? '', needed: found[2] ?? '' }) };
    },
    message: ({ package: name, needed }) =>
      name && needed
        ? `${name} needs ${needed}, which this release cannot install beside the other packages. Sources of different releases are often mixed: use those of one release`
        : 'apt finds no versions that fit together. Sources of different releases are often mixed: use those of one release',
  },
  {
    id: 'apt-prompt',
    signs: [
      /^(?:Do you want to continue|Continue)\??.*\[[Yy]\/n\] *(?:\S* )?Abort\.$/,
      /^Abort\.$/,
      /debconf: unable to initialize frontend: Dialog.*$/,
      /^Please select the geographic area|^Geographic area:/,
      /Configuring (?<package>\S+)$/,
    ],
    more: (facts, { printed, exitCode }) =>
      lastMatch(printed, /\[[Yy]\/n\]|^Geographic area|^Abort\.$/) &&
      exitCode !== 0 &&
      !lastMatch(printed.slice(-3), /^E: /)
        ? facts
        : undefined,
    message: () =>
      'The command asks a question, and a build has no one to answer. Add -y, and set DEBIAN_FRONTEND=noninteractive for the same RUN',
  },
  {
    id: 'package-script-failed',
    signs: [
      /^dpkg: error processing (?:package|archive) (?<package>\S+)/,
      /^E: Sub-process \/usr\/bin\/dpkg returned an error code/,
      /subprocess (?:new |installed )?(?:pre|post)-(?:installation|removal) script returned error/,
      /^E: Internal Error, No file name for (?<package>\S+)/,
      /^dpkg: dependency problems prevent configuration of (?<package>[^:\s]+)/,
    ],
    more(facts, { printed }) {
      const name = printed
        .map((line) => /^dpkg: error processing (?:package|archive) (\S+)/.exec(line)?.[1])
        .find(Boolean);
      const asks = lastMatch(printed, /end of file on stdin at (conffile prompt)/)?.[1];
      return {
        ...facts,
        ...(name !== undefined && { package: name }),
        ...(asks !== undefined && { detail: asks }),
      };
    },
    message: ({ package: name = 'A package', detail }) =>
      detail === 'conffile prompt'
        ? `${name} asks whether to keep a configuration file that was changed, and a build has no one to answer. Tell dpkg to keep it, with --force-confold`
        : `${name} could not be set up: its own script or an unmet dependency failed. Look at the lines above; some packages expect a running system`,
  },
  {
    id: 'nodesource-unsupported',
    signs: [
      /Your distribution, identified as "(?<release>[^"]+)", is not currently supported/,
      /(?:Error|ERROR):? .*nodesource.*(?:not supported|no longer)/i,
    ],
    message: ({ release = 'this release' }) =>
      `NodeSource has no Node of this version for ${release}. Take a newer setup_N, or the official node image`,
  },
  {
    id: 'apt-key-missing',
    signs: [/(?:sh|bash): (?:\d+: |line \d+: )?apt-key: (?:command )?not found/],
    message: () =>
      'apt-key no longer exists in this release. Store the key as a file in /etc/apt/keyrings and name it with signed-by',
  },
  {
    id: 'apt-source-broken',
    signs: [
      /^E: (?:Malformed (?:line|entry|stanza)|The list of sources could not be read|Type '(?<argument>[^']+)' is not known).*/,
      /^E: (?:The method driver (?<path>\S+) could not be found|Conflicting values set for option Signed-By)/,
      /^E: The value '(?<release>[^']+)' is invalid for APT::Default-Release/,
    ],
    message: ({ path }) =>
      path?.includes('https')
        ? 'This release needs apt-transport-https before it can read sources over https. Install it from the http sources first'
        : 'apt cannot read its list of sources. Correct the line that the build adds',
  },
  {
    id: 'apt-usage',
    weak: true,
    signs: [/^E: (?<detail>.+)/],
    more: (facts, { instruction = '' }) => (/\bapt|\bdpkg|\bapt-get/.test(instruction) ? facts : undefined),
    message: ({ detail = '' }) => `apt stopped: ${detail}`,
  },
];

/** Names after `However the following packages replace it:`. */
function replacements(printed: readonly string[]): string | undefined {
  const names: string[] = [];
  for (const [at, line] of printed.entries()) {
    if (!/following packages replace it/.test(line)) continue;
    for (const next of printed.slice(at + 1, at + 4)) {
      if (!/^ {2}\S/.test(next)) break;
      names.push(...next.trim().split(/\s+/));
    }
  }
  return names.length === 0 ? undefined : [...new Set(names)].join(' ');
}

function decodeName(name: string): string {
  return name.replaceAll('%2b', '+');
}

function many(names: string): boolean {
  return names.includes(' ');
}

/** `a, b and c` from values separated by blanks. */
function list(names: string): string {
  const all = names.split(' ');
  const last = all.pop() ?? '';
  return all.length === 0 ? last : `${all.join(', ')} and ${last}`;
}
