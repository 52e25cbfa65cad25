// Official images with a `-slim` variant of their full one. Source: the tags on their pages on Docker Hub.

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
