// The tags of a release: its version and its commit, which always name the same image, and others that move.
import { partsOf, tagged, tagName } from '../checked-arguments';
import type { ImageName, RepositoryName, TagName } from '../checked-arguments';

/** `release` and `commit`: others rely on it naming one image for ever. `mutable`: the next push may move it. */
export type TagKind = 'release' | 'commit' | 'mutable';

/** What an image is to be called in a registry. */
export interface Target {
  /** The name with its registry and tag. */
  readonly name: ImageName;
  readonly kind: TagKind;
}

export interface PlannedTag {
  readonly tag: TagName;
  readonly kind: TagKind;
}

/** A full version as semver.org defines it; a `v` in front is usual. A tag has no place for its build part (`+…`). */
const fullVersion =
  /^v?(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/** With a letter: digits alone may be a date or a build number. */
const commitId = /^(?:sha-)?(?=\d*[a-f])[0-9a-f]{7,40}$/;

/** @returns undefined for what is not a full version, such as `1.4`, which moves on */
export function versionTag(text: string): TagName | undefined {
  return fullVersion.test(text) ? tagName(text) : undefined;
}

/** What a tag that somebody has chosen promises. */
export function kindOf(tag: TagName): TagKind {
  if (fullVersion.test(tag)) return 'release';
  return commitId.test(tag) ? 'commit' : 'mutable';
}

export interface WantedTags {
  readonly version?: TagName;
  /** The short id of the commit. */
  readonly commit?: TagName;
  /** As given, such as `latest` or `1.4`. */
  readonly others: readonly TagName[];
}

/** `latestAlone`: nobody can tell later which image that was. `none`: no tag was asked for. */
export type TagRefusal = 'latestAlone' | 'none';

export function planTags({ version, commit, others }: WantedTags): readonly PlannedTag[] | TagRefusal {
  const planned: PlannedTag[] = [
    ...(version === undefined ? [] : [{ tag: version, kind: 'release' as const }]),
    ...(commit === undefined ? [] : [{ tag: commit, kind: 'commit' as const }]),
    ...others.map((tag) => ({ tag, kind: kindOf(tag) })),
  ];
  const distinct = planned.filter(({ tag }, at) => planned.findIndex((other) => other.tag === tag) === at);
  if (distinct.length === 0) return 'none';
  return distinct.every(({ tag }) => tag === 'latest') ? 'latestAlone' : distinct;
}

/** Each tag in each repository; without a repository, in the image's own. */
export function targetsOf(
  image: ImageName,
  tags: readonly PlannedTag[],
  repositories: readonly RepositoryName[],
): readonly Target[] {
  const places = repositories.length > 0 ? repositories : [partsOf(image).repository];
  return places.flatMap((place) => tags.map(({ tag, kind }) => ({ name: tagged(place, tag), kind })));
}
