// The version of the C library in releases of Debian and Ubuntu. A program that was linked against a newer one does not
// start on an older one. Source: the distributions' package lists.

/** glibc 2.x by release: the name, and the number with which tags call it. */
const byRelease: readonly (readonly [names: string, version: number])[] = [
  ['stretch debian9', 24],
  ['bionic 18.04', 27],
  ['buster debian10', 28],
  ['focal 20.04', 31],
  ['bullseye debian11', 31],
  ['jammy 22.04', 35],
  ['bookworm debian12', 36],
  ['noble 24.04', 39],
  ['trixie debian13', 41],
];

const versions: ReadonlyMap<string, number> = new Map(
  byRelease.flatMap(([names, version]) => names.split(' ').map((name) => [name, version] as const)),
);

/** Tags of the images `debian` and `ubuntu` that name a release by its number. */
const debianByNumber: ReadonlyMap<string, string> = new Map(
  ['9', '10', '11', '12', '13'].map((number) => [number, `debian${number}`] as const),
);

/**
 * The minor version of glibc 2 in an image.
 * @param reference with its tag
 * @returns undefined if the reference does not name a release that is known
 */
export function glibcOf(
  reference: string,
): { readonly version: number; readonly release: string } | undefined {
  const [whole = ''] = reference.toLowerCase().split('@');
  const colon = whole.lastIndexOf(':');
  const [name, tag] =
    colon > whole.lastIndexOf('/') ? [whole.slice(0, colon), whole.slice(colon + 1)] : [whole, ''];
  const parts = [...tag.split('-'), ...(name.split('/').at(-1) ?? '').split('-')];
  for (const part of parts) {
    const key = /(?:^|\/)debian$/.test(name) ? (debianByNumber.get(part.split('.')[0] ?? '') ?? part) : part;
    const version = versions.get(key);
    // 22.04 alone is a release of Ubuntu only in its own image.
    if (version !== undefined && (!/^\d/.test(key) || /(?:^|\/)ubuntu$/.test(name)))
      return { version, release: key };
  }
  return undefined;
}
