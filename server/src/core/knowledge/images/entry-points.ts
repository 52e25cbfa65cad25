// The entry points of images that take the file to run as their argument. Source: the images' build files.

const entryPoints: readonly (readonly [name: RegExp, words: readonly string[]])[] = [
  [/^gcr\.io\/distroless\/java\d+-debian\d+$/, ['java', '-jar']],
  [/^gcr\.io\/distroless\/nodejs\d+-debian\d+$/, ['node']],
  [/^gcr\.io\/distroless\/python3-debian\d+$/, ['python3']],
];

/**
 * The entry point of an image that is an interpreter: the program by its base name, and its options.
 * @param name the short name of the image, without tag
 * @returns undefined for every other image
 */
export function entryPointOf(name: string): readonly string[] | undefined {
  return entryPoints.find(([pattern]) => pattern.test(name))?.[1];
}
