// Official images with a smaller variant of their full one, and what the full ones have. Source: the tags on their pages on
// Docker Hub.

/** What the tag of the smaller variant has more, by the name of the image. */
const endings: ReadonlyMap<string, string> = new Map([
  ...'debian elixir erlang haskell node openjdk oraclelinux perl pypy python ruby rust swift'
    .split(' ')
    .map((name) => [name, '-slim'] as const),
  ...'almalinux rockylinux'.split(' ').map((name) => [name, '-minimal'] as const),
  ['eclipse-temurin', '-jre'],
]);

/**
 * The ending of the tag of a smaller variant: `-slim`, `-minimal` (with microdnf in the place of dnf), `-jre`.
 * @param reference with its tag; it may be a small variant already
 */
export function slimEnding(name: string | undefined, reference: string | undefined): string | undefined {
  const isSmall = reference === undefined || /slim|alpine|windows|nanoserver|minimal|-jre/.test(reference);
  return isSmall || name === undefined ? undefined : endings.get(name);
}

const withCompilers: ReadonlySet<string> = new Set(
  'buildpack-deps elixir erlang gcc node perl php pypy python r-base ruby'.split(' '),
);

/** Whether an image on Debian has compilers of its own. @param reference with its tag */
export function isFullImage(name: string | undefined, reference: string): boolean {
  return name !== undefined && withCompilers.has(name) && !reference.includes('slim');
}
