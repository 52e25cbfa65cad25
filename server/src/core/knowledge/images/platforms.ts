// Operating systems and processors: their names in platforms, in the names of images and in addresses of downloads.

/** Undefined parts are not known. */
export interface Platform {
  readonly os: string | undefined;
  /** As the builder names it; without the variant, which the builder does not compare either. */
  readonly architecture: string | undefined;
}

/** Namespaces of Docker Hub that hold the official images for one platform each. */
const ofNamespace: ReadonlyMap<string, Platform> = new Map(
  (
    [
      ['amd64', 'amd64'],
      ['arm32v5', 'arm'],
      ['arm32v6', 'arm'],
      ['arm32v7', 'arm'],
      ['arm64v8', 'arm64'],
      ['i386', '386'],
      ['mips64le', 'mips64le'],
      ['ppc64le', 'ppc64le'],
      ['riscv64', 'riscv64'],
      ['s390x', 's390x'],
      ['windows-amd64', 'amd64'],
      ['winamd64', 'amd64'],
    ] as const
  ).map(([name, architecture]) => [name, { os: name.startsWith('win') ? 'windows' : 'linux', architecture }]),
);

/** What the builder calls an architecture that has other names. */
const officialName: ReadonlyMap<string, string> = new Map([
  ...['amd64', 'arm64', 'arm', '386', 'mips64le', 'ppc64le', 'riscv64', 's390x'].map(
    (name) => [name, name] as const,
  ),
  ...['x86_64', 'x86-64', 'x64'].map((name) => [name, 'amd64'] as const),
  ...['aarch64', 'arm64v8'].map((name) => [name, 'arm64'] as const),
  ...['armhf', 'armel', 'armv6', 'armv6l', 'armv7', 'armv7l', 'arm32v5', 'arm32v6', 'arm32v7'].map(
    (name) => [name, 'arm'] as const,
  ),
  ...['i386', 'i686'].map((name) => [name, '386'] as const),
]);

const systems: ReadonlySet<string> = new Set(['linux', 'windows', 'darwin', 'freebsd', 'wasi']);

/** The builder's name of an architecture; undefined for words that name none. */
export function architectureNamed(word: string): string | undefined {
  return officialName.get(word.toLowerCase());
}

/** The platform of the official images in a namespace of Docker Hub; undefined for other namespaces. */
export function platformOfNamespace(namespace: string): Platform | undefined {
  return ofNamespace.get(namespace);
}

/** The architecture at the end of a tag, as Microsoft's and distroless images have it. */
export function architectureOfTag(tag: string): string | undefined {
  return architectureNamed(tag.slice(tag.lastIndexOf('-') + 1));
}

/** The value of --platform. @returns undefined if it is none that is known */
export function readPlatform(text: string): Platform | undefined {
  const [first = '', second] = text.toLowerCase().split('/');
  if (second !== undefined)
    return systems.has(first) ? { os: first, architecture: architectureNamed(second) } : undefined;
  if (systems.has(first)) return { os: first, architecture: undefined };
  const architecture = architectureNamed(first);
  return architecture === undefined ? undefined : { os: undefined, architecture };
}

/** Whether two platforms are certainly not the same. */
export function differ(a: Platform, b: Platform): boolean {
  const isOther = (one: string | undefined, two: string | undefined): boolean =>
    one !== undefined && two !== undefined && one !== two;
  return isOther(a.os, b.os) || isOther(a.architecture, b.architecture);
}

/** As people read it: `linux/arm64`, `windows`, `arm64`. */
export function platformText({ os, architecture }: Platform): string {
  return [os, architecture].filter((part) => part !== undefined).join('/');
}

const architectures =
  'x86[-_]64|x64|amd64|aarch64|arm64|armv[67]l?|armhf|arm|i[36]86|386|ppc64le|s390x|riscv64';
/** `linux-amd64`, `x86_64-unknown-linux-musl`, `_arm64.deb`. */
const inAddress = new RegExp(
  `(?:linux[-_.]?(${architectures})(?![a-z0-9])|(?<![a-z0-9])(${architectures})-(?:(?:unknown|pc)-)?linux(?![a-z])|(?<![a-z0-9])(${architectures})\\.(?:deb|rpm|appimage)(?![a-z]))`,
  'gi',
);
/** Tools that run on one processor and are for another, and files that nothing runs. */
const forOthers = /qemu|cross|toolchain|sysroot|rootfs|binfmt|gcc|firmware/i;

/** The one architecture that the programs at an address are for; undefined if it names none, or several. */
export function architectureOfAddress(address: string): string | undefined {
  if (forOthers.test(address)) return undefined;
  const found = new Set<string | undefined>();
  for (const [, first, second, third] of address.matchAll(inAddress))
    found.add(architectureNamed(first ?? second ?? third ?? ''));
  return found.size === 1 ? [...found][0] : undefined;
}

/** Whether a processor runs the programs of another one too. */
export function runsToo(architecture: string, other: string): boolean {
  return (architecture === 'amd64' && other === '386') || (architecture === 'arm64' && other === 'arm');
}
