// Official images with a `-slim` variant of their full one, and what the full ones have. Source: the tags on their pages on Docker Hub.

const names: ReadonlySet<string> = new Set(
  'debian elixir erlang haskell node perl pypy python ruby rust swift'.split(' '),
);

/** @param reference with its tag; it may be a small variant already */
export function hasSlimVariant(name: string | undefined, reference: string | undefined): boolean {
  return (
    name !== undefined &&
    names.has(name) &&
    reference !== undefined &&
    !/slim|alpine|windows|nanoserver/.test(reference)
  );
}

const withCompilers: ReadonlySet<string> = new Set(
  'buildpack-deps elixir erlang gcc node perl php pypy python r-base ruby'.split(' '),
);

/** Whether an image on Debian has compilers of its own. @param reference with its tag */
export function isFullImage(name: string | undefined, reference: string): boolean {
  return name !== undefined && withCompilers.has(name) && !reference.includes('slim');
}
