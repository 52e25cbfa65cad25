// Names that certainly are not users of a base image. Its table of users has only the users that all releases share.
// Users of some releases or of packages are in neither list, and nothing is known about them.
// Sources: base-passwd (Debian, Ubuntu), alpine-baselayout, setup (Fedora, Red Hat), system-user-root (SUSE), the Dockerfiles of
// the curated images.
import type { BaseImage } from './base-image';
import { compareVersions } from './releases';

/** Official images whose Dockerfile adds no users except those in their row. */
const withoutOthers: ReadonlySet<string> = new Set(
  `alpine debian ubuntu buildpack-deps python pypy node golang rust ruby php perl gcc erlang elixir haskell julia
  openjdk eclipse-temurin httpd nginx maven tomcat composer amazoncorretto swift fedora rockylinux almalinux centos oraclelinux
  amazonlinux`.split(/\s+/),
);

/** The same for images of other publishers. */
const elsewhereWithoutOthers =
  /^(?:registry\.access\.redhat\.com|registry\.redhat\.io)\/ubi\d+(?:\/ubi(?:-minimal|-micro|-init)?)?$|^opensuse\/(?:leap|tumbleweed)$/;

/** Official images whose main process stays root and opens the port, while the workers run as their own user. */
export const workersHaveUser: ReadonlySet<string> = new Set(['nginx', 'httpd', 'php']);

/** Users of some releases, or from packages in some variants. */
const inSome: ReadonlySet<string> = new Set(
  `adm apache at avahi bind buildozer catchlog clamav cyrus daemon dbus dhcp dnsmasq docker dovecot exim gnats klogd
  landscape libuuid man messagebus mysql named nofiles operator pollinate polkitd postfix postgres postmaster rpc
  rtkit smmsp squid sshd statd svn syslog tcpdump toor tss ubuntu uuidd vpopmail www-data xfs`.split(/\s+/),
);
const inSomeByPrefix = /^(?:_|systemd-|Debian-)/;

/** Users of distributions with rpm, of some releases, or from packages. */
const inSomeWithRpm: ReadonlySet<string> = new Set(
  `abrt cockpit-ws default ec2-user ftp ftpsecure games geoclue gopher halt haldaemon lp mail mailnull nfsnobody nginx nobody nscd
  ntp oprofile pulse redis rpcuser saslauth setroubleshoot shutdown sync tcpdump unbound uucp vcsa wwwrun`.split(
    /\s+/,
  ),
);

/** Groups of them, besides those of the other distributions. */
const groupsWithRpm: ReadonlySet<string> = new Set(
  `cgred lock nfsnobody nginx printadmin slocate ssh_keys trusted utempter wwwrun www`.split(/\s+/),
);

/** Distributions whose users are known, with rpm and without. */
const withRpm: ReadonlySet<string | undefined> = new Set(['fedora', 'rhel', 'amazon', 'suse']);
const withoutRpm: ReadonlySet<string | undefined> = new Set(['debian', 'ubuntu', 'alpine']);

/** Whether the users of a distribution come from no list that was read: then nobody should stop at them. */
export function isByHeart({ distribution }: BaseImage): boolean {
  return withRpm.has(distribution);
}

/** Groups of Debian, Ubuntu and Alpine, all releases together, and groups from packages in some variants. */
const systemGroups: ReadonlySet<string> = new Set(
  `root daemon bin sys adm tty disk lp mail news uucp man proxy kmem dialout fax voice cdrom floppy tape sudo audio dip
  www-data backup operator list irc src gnats shadow utmp video sasl plugdev staff games users nogroup nobody wheel mem
  console ftp sshd input netdev readproc squid xfs kvm cdrw usb vpopmail ntp nofiles smmsp locate abuild ping guest
  crontab ssh ssl-cert messagebus docker lxd render sgx i2c gpio admin ubuntu postmaster cron at`.split(
    /\s+/,
  ),
);

/** Those of them that one distribution has in no release. */
const systemGroupsLacking: ReadonlyMap<string | undefined, ReadonlySet<string>> = new Map([
  ['debian', new Set(['wheel', 'abuild', 'cdrw', 'readproc'])],
  ['ubuntu', new Set(['wheel', 'abuild', 'cdrw', 'readproc'])],
  ['alpine', new Set(['sudo', 'staff', 'plugdev', 'crontab'])],
]);

/**
 * Groups that every release of a distribution has, with their numbers. Sources: `group.master` of base-passwd 3.6.1, and the
 * file `group` of alpine-baselayout in its versions.
 */
const fixedGroups: ReadonlyMap<string | undefined, ReadonlyMap<string, number>> = new Map(
  [
    [
      'debian ubuntu',
      `root=0 daemon=1 bin=2 sys=3 adm=4 tty=5 disk=6 lp=7 mail=8 news=9 uucp=10 man=12 proxy=13 kmem=15 dialout=20 fax=21
      voice=22 cdrom=24 floppy=25 tape=26 sudo=27 audio=29 dip=30 www-data=33 backup=34 operator=37 list=38 irc=39 src=40
      shadow=42 utmp=43 video=44 sasl=45 plugdev=46 staff=50 games=60 users=100 nogroup=65534`,
    ],
    [
      'alpine',
      `root=0 bin=1 daemon=2 sys=3 adm=4 tty=5 disk=6 lp=7 kmem=9 wheel=10 floppy=11 mail=12 news=13 uucp=14 audio=18
      cdrom=19 dialout=20 ftp=21 input=23 tape=26 video=27 games=35 shadow=42 users=100 utmp=406 nogroup=65533`,
    ],
  ].flatMap(([distributions = '', groups = '']) => {
    const numbers = new Map(
      groups.split(/\s+/).map((group) => {
        const [name = '', number] = group.split('=');
        return [name, Number(number)] as const;
      }),
    );
    return distributions.split(' ').map((name) => [name, numbers] as const);
  }),
);

/** The groups that an image certainly has from its distribution, with their numbers. */
export function groupsOf({ distribution, release, usersComplete }: BaseImage): ReadonlyMap<string, number> {
  const groups = (usersComplete ? undefined : fixedGroups.get(distribution)) ?? noGroups;
  const { version } = release ?? {};
  const isNewAlpine =
    distribution === 'alpine' && version !== undefined && compareVersions(version, '3.12') >= 0;
  return isNewAlpine ? new Map([...groups, ['www-data', 82]]) : groups;
}

const noGroups: ReadonlyMap<string, number> = new Map();

/** Official images of servers whose user and group have the name of the image. */
const namedLikeUser: ReadonlySet<string> = new Set(
  'postgres mysql redis rabbitmq cassandra solr zookeeper neo4j couchdb nginx'.split(' '),
);

/** Whether an image of a server certainly has a user and a group of a name. */
export function isOwnUser({ name }: BaseImage, user: string | undefined): boolean {
  return name !== undefined && name === user && namedLikeUser.has(name);
}

/** Groups of distroless images, besides those with the names of users. */
const distrolessGroups: ReadonlySet<string> = new Set(['staff', 'tty']);

/**
 * Whether a fresh container of the image has no group of this name.
 * @returns false if it has one, or if that is not known
 */
export function lacksGroup(base: BaseImage, group: string): boolean {
  if (!lacksUser(base, group)) return false;
  if (base.usersComplete) return !distrolessGroups.has(group);
  if (withRpm.has(base.distribution) && groupsWithRpm.has(group)) return false;
  return !systemGroups.has(group) || systemGroupsLacking.get(base.distribution)?.has(group) === true;
}

/**
 * Whether a fresh container of the image has no user of this name.
 * @returns false if it has one, or if that is not known
 */
export function lacksUser({ name, distribution, users, usersComplete }: BaseImage, user: string): boolean {
  if (users.has(user) || (user === 'root' && distribution !== 'scratch')) return false;
  if (usersComplete) return true;
  const hasRpm = withRpm.has(distribution);
  if (!hasRpm && !withoutRpm.has(distribution)) return false;
  if (name === undefined || !(withoutOthers.has(name) || elsewhereWithoutOthers.test(name))) return false;
  if (hasRpm && inSomeWithRpm.has(user)) return false;
  return !inSome.has(user) && !inSomeByPrefix.test(user);
}

/**
 * Whether an image on a known distribution has probably no user or group of this name, although nothing certain is known
 * about it. Servers often have a user of their own name.
 */
export function probablyLacks({ name, distribution, users }: BaseImage, one: string): boolean {
  const hasRpm = withRpm.has(distribution);
  if (name === undefined || (!hasRpm && !withoutRpm.has(distribution))) return false;
  if (users.has(one) || one === 'root' || name.includes(one)) return false;
  if (inSome.has(one) || inSomeByPrefix.test(one) || systemGroups.has(one)) return false;
  return !hasRpm || (!inSomeWithRpm.has(one) && !groupsWithRpm.has(one));
}
