// Images outside Docker's official ones, by publisher. Contains only facts that a publisher documents: for an image of
// anybody else, the tag proves nothing (`someone/python:3-alpine` may be anything).
// Sources: the BUILD files and README of distroless, the image configurations of Chainguard, the Dockerfiles of
// .NET and the dev container images, Red Hat's container catalogue.
import type { ImageFacts, ImageName } from './base-image';
import * as on from './distributions';
import { distributionOfTag, rootAtSlash } from './distributions';
import { officialImage } from './official-images';
import { stepsDown } from './official-rows';
import { portsOf } from './ports';
import { releaseNamed } from './releases';

type Reader = (rest: string, tag: string | undefined) => ImageFacts | undefined;

const idle: ImageFacts = { runsService: false };

/** A distribution that its publisher also provides elsewhere under the name of the official image. */
function like(official: string): Reader {
  return (_rest, tag) => officialImage({ name: official, tag, official: true });
}

function plain(facts: ImageFacts): Reader {
  return () => ({ ...facts, ...rootAtSlash, ...idle });
}

/**
 * Distroless. USER is root except in tags with `nonroot`. The debug variants have busybox in /busybox, but no /bin/sh.
 * python3 up to Debian 11 contained dash.
 */
function distroless(rest: string, tag: string | undefined): ImageFacts {
  const debug = tag === undefined ? undefined : /(?:^|-)debug(?:-|$)/.test(tag);
  const nonRoot = tag === undefined ? undefined : /(?:^|-)nonroot(?:-|$)/.test(tag);
  const isStatic = rest.startsWith('static');
  const mayHaveDash = /^python(?:2\.7|3-debian(?:9|10|11)$)/.test(rest);
  return {
    distribution: 'distroless',
    shell: debug === undefined || (mayHaveDash && !debug) ? undefined : debug ? 'ash' : 'none',
    hasBash: false,
    libc: isStatic ? 'none' : 'glibc',
    packageManager: 'none',
    user: nonRoot === undefined ? undefined : nonRoot ? '65532' : '0',
    isRoot: nonRoot === undefined ? undefined : !nonRoot,
    users: new Map([
      ['root', 0],
      ['nonroot', 65532],
      ['nobody', 65534],
    ]),
    usersComplete: true,
    appUser: 'nonroot',
    workdir: nonRoot === undefined ? undefined : nonRoot ? '/home/nonroot' : '/',
    env: new Map([['SSL_CERT_FILE', '/etc/ssl/certs/ca-certificates.crt']]),
    debugVariant: debug ?? false,
    nonRootTag: nonRoot === false ? nonRootTagOf(tag ?? 'latest') : undefined,
    runsService: false,
  };
}

/** `latest` → `nonroot`, `debug` → `debug-nonroot`, `latest-arm64` → `nonroot-arm64`. */
function nonRootTagOf(tag: string): string | undefined {
  const [, kind, architecture = ''] = /^(latest|debug)(-[a-z0-9]+)?$/.exec(tag) ?? [];
  if (kind === undefined) return undefined;
  return (kind === 'debug' ? 'debug-nonroot' : 'nonroot') + architecture;
}

const chainguardUsers = new Map([
  ['root', 0],
  ['nonroot', 65532],
  ['nobody', 65534],
]);

/** Chainguard. Runtime images without `-dev` in the tag have no shell; wolfi-base is a distribution. */
function chainguard(rest: string, tag: string | undefined): ImageFacts {
  if (rest === 'wolfi-base') return wolfi();
  const dev = tag !== undefined && /(?:^|-)(?:dev|debug)$/.test(tag);
  const known = /^(?:static|glibc-dynamic|cc-dynamic|python|jre|node|nginx)$/.test(rest);
  const facts: ImageFacts = {
    distribution: 'wolfi',
    users: new Map([['root', 0]]),
    debugVariant: dev,
    libc: 'glibc',
    packageManager: dev ? 'apk' : undefined,
  };
  if (!known) return facts;
  const user: ImageFacts = { user: '65532', isRoot: false, appUser: 'nonroot', users: chainguardUsers };
  if (dev || tag === undefined) return { ...facts, ...user };
  const empty: ImageFacts = { shell: 'none', hasBash: false, packageManager: 'none' };
  if (rest === 'static') {
    return {
      ...facts,
      ...user,
      ...empty,
      distribution: 'chainguard-static',
      libc: tag.includes('glibc') ? 'glibc' : 'none',
      workdir: '/',
      runsService: false,
    };
  }
  // Only these two certainly have no shell.
  return /dynamic$/.test(rest) ? { ...facts, ...user, ...empty, runsService: false } : { ...facts, ...user };
}

function wolfi(): ImageFacts {
  return {
    distribution: 'wolfi',
    shell: 'ash',
    hasBash: false,
    libc: 'glibc',
    packageManager: 'apk',
    users: new Map([['root', 0]]),
    ...rootAtSlash,
    ...idle,
  };
}

/** .NET. Since 8 there is a user app (1654). The chiseled and distroless variants have no shell and run as app. */
function dotnet(rest: string, tag: string | undefined): ImageFacts | undefined {
  const kind = /^(?:nightly\/|core\/)?(sdk|aspnet|runtime|runtime-deps|monitor)$/.exec(rest)?.[1];
  if (kind === undefined) return undefined;
  const version = tag === 'latest' ? 10 : Number(/^\d+/.exec(tag ?? '')?.[0] ?? Number.NaN);
  const shared: ImageFacts = {
    sdk: kind === 'sdk' ? 'dotnet' : undefined,
    runsService: kind === 'monitor' ? undefined : false,
    env: dotnetEnv,
  };
  if (tag === undefined || Number.isNaN(version)) return shared;
  const app: readonly (readonly [string, number])[] = version >= 8 ? [['app', 1654]] : [];
  const appUser = version >= 8 ? 'app' : undefined;
  if (/chiseled|distroless/.test(tag)) {
    return {
      ...shared,
      distribution: tag.includes('chiseled') ? 'ubuntu' : 'azurelinux',
      shell: 'none',
      hasBash: false,
      libc: 'glibc',
      packageManager: 'none',
      user: version >= 8 ? '1654' : 'app',
      isRoot: false,
      users: new Map([['root', 0], ...app]),
      usersComplete: version >= 8,
      appUser: 'app',
      workdir: '/',
    };
  }
  const named = distributionOfTag(tag);
  if (named?.distribution === 'windows') return { ...on.windows, ...shared };
  // A plain tag is Debian up to 9 and Ubuntu since 10.
  const release = releaseNamed(
    /^\d+/.test(tag) ? (dotnetReleases.find(([from]) => version >= from)?.[1] ?? '') : '',
  );
  const usual = tag === 'latest' ? on.debianOrUbuntu : version >= 10 ? on.ubuntu : on.debian;
  const built = named ?? { ...usual, release };
  const users = new Map([...(built.users ?? []), ...app]);
  users.delete('ubuntu');
  return { ...built, ...rootAtSlash, ...shared, users, appUser };
}

/** What plain tags of .NET stand on, by the first major version. Source: the supported tags of each version's README. */
const dotnetReleases: readonly (readonly [number, string])[] = [
  [10, 'noble'],
  [8, 'bookworm'],
  [6, 'bullseye'],
  [3, 'buster'],
  [2, 'stretch'],
];

const dotnetEnv: ReadonlyMap<string, undefined> = new Map(
  `APP_UID ASPNETCORE_URLS ASPNETCORE_HTTP_PORTS ASPNET_VERSION DOTNET_RUNNING_IN_CONTAINER DOTNET_VERSION
   DOTNET_SDK_VERSION DOTNET_SYSTEM_GLOBALIZATION_INVARIANT DOTNET_USE_POLLING_FILE_WATCHER DOTNET_NOLOGO
   DOTNET_GENERATE_ASPNET_CERTIFICATE NUGET_XMLDOC_MODE POWERSHELL_DISTRIBUTION_CHANNEL
   Logging__Console__FormatterName`
    .split(/\s+/)
    .map((name) => [name, undefined]),
);

const devFamilies: ReadonlyMap<string, ImageFacts> = new Map([
  ['alpine', on.alpine],
  ['debian', on.debian],
  ['ubuntu', on.ubuntu],
]);

/** Dev containers, with their own user that the editor switches to. */
function devContainer(rest: string, tag: string | undefined): ImageFacts {
  const own = /^(?:javascript-node|typescript-node)$/.test(rest)
    ? 'node'
    : rest === 'universal'
      ? 'codespace'
      : 'vscode';
  const named = tag === undefined ? undefined : distributionOfTag(tag);
  const [, family = '', version = ''] = /^(ubuntu|debian|alpine)(?:-?([\d.]+)|-|$)/.exec(tag ?? '') ?? [];
  const release = named?.release ?? releaseNamed(family + version);
  const built = { ...(named ?? devFamilies.get(family)), release };
  return {
    ...built,
    users: new Map([...(built.users ?? []), [own, 1000]]),
    hasBash: true,
    appUser: own,
    ...idle,
  };
}

/** Universal Base Images, by the part after the registry: `ubi9`, `ubi9/ubi-minimal`, `ubi9/python-311`. */
function ubi(rest: string): ImageFacts | undefined {
  const [, release, kind = ''] = /^\/?ubi(\d+)(?:[-/](?:ubi)?-?(.*))?$/.exec(rest) ?? [];
  if (release === undefined) return undefined;
  const full = release === '7' ? on.rhel7 : on.rhel8;
  if (kind === '' || kind === 'init') return { ...full, ...rootAtSlash, runsService: kind === 'init' };
  if (kind === 'minimal')
    return { ...(Number(release) < 9 ? on.rhelMinimal : on.rhelMinimal9), ...rootAtSlash, ...idle };
  if (kind === 'micro') return { ...on.rhel8, packageManager: 'none', ...rootAtSlash, ...idle };
  // The language and server images run as a number: 1001, openjdk as 185.
  const isApplication = /^(?:nodejs|python|ruby|php|perl|go-toolset|nginx|httpd|openjdk|dotnet)-?/.test(kind);
  return { ...on.rhel, ...(isApplication ? { isRoot: false } : {}) };
}

/** Bitnami: servers run as 1001, and so do tools that do not need another user. */
function bitnami(rest: string): ImageFacts | undefined {
  if (rest === 'minideb') return { ...on.debian, ...rootAtSlash, ...idle };
  return /^(?:apache|nginx|postgresql|mysql|mariadb|mongodb|redis|valkey|rabbitmq|kafka|zookeeper|elasticsearch|kubectl|wordpress|keycloak|etcd|memcached)$/.test(
    rest,
  )
    ? { user: '1001', isRoot: false, hasBash: true, runsService: rest !== 'kubectl' }
    : undefined;
}

const nginxUnprivileged: Reader = (_rest, tag) => {
  const nginx = officialImage({ name: 'nginx', tag, official: true });
  return nginx && { ...nginx, user: '101', isRoot: false };
};

function service(user: string): Reader {
  return () => ({ user, isRoot: false, runsService: true });
}

/** Azure Linux: the distroless images have no shell; their user depends on the tag. */
const azureLinuxImage: Reader = (rest) => {
  if (/^base(?:\/core)?$/.test(rest)) return { ...on.azureLinux, ...rootAtSlash, ...idle };
  if (!rest.startsWith('distroless/')) return undefined;
  return {
    ...on.azureLinux,
    shell: 'none',
    hasBash: false,
    packageManager: 'none',
    users: new Map([['root', 0]]),
  };
};

/** Facts from the tag, if a publisher names tags like the official images. */
function byTag(otherwise: ImageFacts, facts: ImageFacts): Reader {
  return (_rest, tag) => {
    if (tag === undefined || tag.includes('distroless')) return facts;
    return { ...(distributionOfTag(tag) ?? otherwise), ...facts };
  };
}

const windowsServer = plain({ ...on.windows });
/** Windows images: without root and `/`. */
const windowsReader: Reader = (rest, tag) => ({
  ...windowsServer(rest, tag),
  user: undefined,
  isRoot: undefined,
  workdir: undefined,
});

const ubiReader: Reader = (rest) => {
  const facts = ubi(rest);
  return facts && { ...facts, release: releaseNamed(/^\/?(ubi\d+)/.exec(rest)?.[1] ?? '') };
};

/** By name. A name that ends with `/` or `-` stands for all names with this prefix; the longest match counts. */
const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['gcr.io/distroless/', (rest, tag) => distroless(rest, tag)],
  ['cgr.dev/chainguard/', (rest, tag) => chainguard(rest, tag)],
  ['chainguard/', (rest, tag) => chainguard(rest, tag)],
  // The images of a customer of Chainguard.
  ['cgr.dev/', (rest, tag) => chainguard(rest.slice(rest.indexOf('/') + 1), tag)],
  ['dhi.io/', (_rest, tag) => ({ debugVariant: /(?:^|-)dev$/.test(tag ?? '') })],
  ['mcr.microsoft.com/dotnet/', dotnet],
  ['mcr.microsoft.com/dotnet/framework/', windowsReader],
  ['mcr.microsoft.com/windows', windowsReader],
  ['mcr.microsoft.com/windows/', windowsReader],
  ['mcr.microsoft.com/windows-', windowsReader],
  ['microsoft/windowsservercore', windowsReader],
  ['microsoft/nanoserver', windowsReader],
  ['mcr.microsoft.com/devcontainers/', devContainer],
  ['mcr.microsoft.com/vscode/devcontainers/', devContainer],
  ['mcr.microsoft.com/azurelinux/', azureLinuxImage],
  ['mcr.microsoft.com/azurelinux-beta/', azureLinuxImage],
  ['mcr.microsoft.com/cbl-mariner/', azureLinuxImage],
  ['mcr.microsoft.com/windowsservercore-', windowsReader],
  ['mcr.microsoft.com/nanoserver-', windowsReader],
  ['mcr.microsoft.com/powershell', byTag({}, idle)],
  [
    'valkey/valkey',
    byTag(on.debian, { ...stepsDown, ...rootAtSlash, workdir: '/data', exposes: portsOf('valkey/valkey') }),
  ],
  ['oven/bun', byTag(on.debian, { ...idle, appUser: 'bun' })],
  ['denoland/deno', byTag(on.debian, { ...idle, appUser: 'deno' })],
  ['crystallang/crystal', byTag(on.ubuntu, idle)],
  ['rustlang/rust', like('rust')],
  ['lukemathwalker/cargo-chef', byTag(on.debian, { ...idle, sdk: 'rust' })],
  ['tinygo/tinygo', plain({ ...on.debian, sdk: 'go' })],
  ['sbtscala/scala-sbt', byTag({}, { ...idle, sdk: 'sbt' })],
  ['nvidia/cuda', byTag({}, { ...rootAtSlash, ...idle })],
  ['nvcr.io/nvidia/cuda', byTag({}, { ...rootAtSlash, ...idle })],
  ['container-registry.oracle.com/graalvm/', plain(on.rhel)],
  ['container-registry.oracle.com/java/', plain(on.rhel)],
  ['ghcr.io/graalvm/', plain(on.rhel)],
  ['bellsoft/liberica-openjdk-alpine', plain(on.alpine)],
  ['bellsoft/liberica-openjre-alpine', plain(on.alpine)],
  ['bellsoft/liberica-openjdk-debian', plain(on.debian)],
  ['bellsoft/liberica-openjre-debian', plain(on.debian)],
  ['registry.access.redhat.com/', ubiReader],
  ['registry.redhat.io/', ubiReader],
  ['redhat/', ubiReader],
  ['registry.fedoraproject.org/fedora', like('fedora')],
  ['registry.fedoraproject.org/fedora-minimal', plain({ ...on.fedora, packageManager: undefined })],
  ['quay.io/fedora/fedora', like('fedora')],
  ['quay.io/centos/centos', like('centos')],
  ['rockylinux/rockylinux', like('rockylinux')],
  ['quay.io/rockylinux/rockylinux', like('rockylinux')],
  ['quay.io/almalinuxorg/almalinux', like('almalinux')],
  ['container-registry.oracle.com/os/oraclelinux', like('oraclelinux')],
  ['public.ecr.aws/amazonlinux/amazonlinux', like('amazonlinux')],
  ['public.ecr.aws/ubuntu/ubuntu', like('ubuntu')],
  ['public.ecr.aws/debian/debian', like('debian')],
  ['opensuse/leap', plain(on.suse)],
  ['opensuse/tumbleweed', plain(on.suse)],
  ['registry.opensuse.org/opensuse/leap', plain(on.suse)],
  ['registry.opensuse.org/opensuse/tumbleweed', plain(on.suse)],
  ['registry.suse.com/bci/bci-base', plain(on.suse)],
  ['bitnami/', bitnami],
  ['bitnamilegacy/', bitnami],
  ['nginxinc/nginx-unprivileged', nginxUnprivileged],
  ['ghcr.io/nginxinc/nginx-unprivileged', nginxUnprivileged],
  ['public.ecr.aws/nginx/nginx-unprivileged', nginxUnprivileged],
  [
    'jenkins/jenkins',
    () => ({
      user: 'jenkins',
      isRoot: false,
      users: new Map([['jenkins', 1000]]),
      hasBash: true,
      runsService: true,
    }),
  ],
  ['grafana/grafana', service('472')],
  ['prom/prometheus', service('nobody')],
  ['sonatype/nexus3', service('nexus')],
  ['docker.elastic.co/elasticsearch/elasticsearch', () => ({ runsService: true, dropsPrivileges: true })],
  ['docker.elastic.co/kibana/kibana', () => ({ isRoot: false, runsService: true })],
  ['docker.elastic.co/logstash/logstash', () => ({ isRoot: false, runsService: true })],
  [
    'gitpod/workspace',
    () => ({
      user: 'gitpod',
      isRoot: false,
      users: new Map([
        ['root', 0],
        ['gitpod', 33333],
      ]),
      hasBash: true,
      ...idle,
    }),
  ],
]);

/** Facts about an image of a publisher in the table; undefined if the publisher is not in it. */
export function vendorImage({ name, tag }: ImageName): ImageFacts | undefined {
  const facts = readers.get(name)?.('', tag) ?? familyOf(name, tag);
  return facts && { ...facts, name };
}

function familyOf(name: string, tag: string | undefined): ImageFacts | undefined {
  for (let end = name.length; end > 0; end -= 1) {
    const border = name[end - 1];
    if (border !== '/' && border !== '-') continue;
    const reader = readers.get(name.slice(0, end));
    if (reader) return reader(name.slice(end), tag);
  }
  return undefined;
}
