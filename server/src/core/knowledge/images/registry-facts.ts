// What registries say of images, where a person had them asked.

/** What a registry lists of one repository. */
export interface ListedTags {
  /** `docker.io`. */
  readonly host: string;
  readonly tags: readonly string[];
  /** Whether there are no others. */
  readonly isComplete: boolean;
}

/** By the name of the repository as a file writes it: `golang`. */
export type TagLists = ReadonlyMap<string, ListedTags>;

/** What a registry says of an image that is not here. */
export interface ImageDetails {
  /** Of each platform that was asked for: `linux/amd64`, and its compressed layers in bytes. */
  readonly sizes: readonly { readonly platform: string; readonly bytes: number }[];
  /** When it was built, in milliseconds since 1970; undefined if nothing says so. */
  readonly builtAt: number | undefined;
}

/** By the name of the image as a file writes it. */
export type DetailsByImage = ReadonlyMap<string, ImageDetails>;
