// Versions that are newer than a pattern's table, out of the tags that registries list. The rules of the table hold for
// them as well: a plain version, never a word or a release candidate; the same distribution; and a tag of every image that
// takes the version, so that both stages of a Dockerfile stand on the same release.
import { compareVersions, releaseOfTag } from '../core/knowledge/images/releases';
import type { TagLists } from '../core/knowledge/images/registry-facts';
import { dietExtra } from './diet';
import type { Parameter, Pattern, PatternFile, TagTable } from './pattern';
import { namesIn } from './template';

/** The repositories whose tags say which versions these patterns could use, each once. */
export function repositoriesToList(patterns: readonly Pattern[]): readonly string[] {
  const images = patterns.flatMap(({ parameters, files }) =>
    parameters.flatMap((parameter) => imagesOf(parameter, files)),
  );
  return [...new Set(images.map(({ repository }) => repository))];
}

/** A pattern with the versions that registries list; as it is where a list is missing. */
export function withCurrentVersions(pattern: Pattern, lists: TagLists): Pattern {
  const parameters = pattern.parameters.map((parameter) => {
    const images = imagesOf(parameter, pattern.files);
    return images.length === 0 ? parameter : renewed(parameter, images, lists);
  });
  return { ...pattern, parameters };
}

/** An image with a version in its tag, in parts: `golang`, ``, `-trixie`. */
interface VersionedImage {
  readonly repository: string;
  readonly before: string;
  readonly after: string;
}

/** In FROM, COPY and mounts. */
const imageName = /(?:^FROM (?:--\S+ )*|--from=|,from=)([^\s,]+)/gm;

/** The images that take a parameter as their version; none where a registry may not decide it. */
function imagesOf(
  { name, table, default: value }: Parameter,
  files: readonly PatternFile[],
): readonly VersionedImage[] {
  if (table?.moves !== true || !plainVersion.test(value)) return [];
  const marked = `«${name}»`;
  const used = files
    // What is built only to compare may take whatever release its image is on.
    .filter(({ extra }) => extra !== dietExtra)
    .flatMap(({ text }) => [...text.matchAll(imageName)].map(([, image = '']) => image))
    .filter((image) => image.includes(marked));
  const images = [...new Set([table.tag.replace('«»', marked), ...used])].map((image) => {
    const [repository = '', tag = ''] = splitTag(image);
    const [before = '', after = '', ...more] = tag.split(marked);
    const isPlain = tag.includes(marked) && more.length === 0 && namesIn(image).length === 1;
    return isPlain && !repository.includes(marked) ? { repository, before, after } : undefined;
  });
  const known = images.filter((image) => image !== undefined);
  return known.length === images.length ? known : [];
}

/** The name of an image without its tag, and the tag. */
function splitTag(image: string): readonly [repository: string, tag: string] | readonly [] {
  const colon = image.lastIndexOf(':');
  return colon > image.lastIndexOf('/') ? [image.slice(0, colon), image.slice(colon + 1)] : [];
}

const plainVersion = /^\d{1,8}(?:\.\d{1,8}){0,3}$/;

function renewed(
  parameter: Parameter & { readonly table?: TagTable },
  images: readonly VersionedImage[],
  lists: TagLists,
): Parameter {
  const { table, default: present, proposals } = parameter;
  const listed = images.map(({ repository }) => lists.get(repository)).filter((list) => list !== undefined);
  const [first] = listed;
  if (!table || !first || listed.length < images.length) return parameter;
  const isComplete = listed.every((list) => list.isComplete);
  const [found = [], ...others] = images.map((image, index) =>
    versionsAmong(listed[index]?.tags ?? [], image, present),
  );
  const inAll = found.filter((version) => others.every((versions) => versions.includes(version)));
  const ever = [...new Set(isComplete ? inAll : [...inAll, ...table.ever])].sort(newestFirst);
  const [newest] = ever;
  if (newest === undefined) return parameter;
  const isNewestOfTable = proposals.every((one) => compareVersions(present, one) >= 0);
  const value = isNewestOfTable ? newest : present;
  return {
    ...parameter,
    default: value,
    proposals: [...new Set([value, ...ever])].slice(0, Math.max(proposals.length, 1)),
    table: { ...table, ever, listed: { host: first.host, isComplete } },
  };
}

/** The versions of an image that are like the present one and on the same release of a distribution. */
function versionsAmong(
  tags: readonly string[],
  { repository, before, after }: VersionedImage,
  present: string,
): readonly string[] {
  const image = repository.slice(repository.lastIndexOf('/') + 1);
  const releaseOf = (version: string): string | undefined =>
    releaseOfTag(image, before + version + after)?.name;
  const depth = present.split('.').length;
  const wanted = releaseOf(present);
  return tags.flatMap((tag) => {
    if (!tag.startsWith(before) || !tag.endsWith(after) || tag.length <= before.length + after.length)
      return [];
    const version = tag.slice(before.length, tag.length - after.length);
    const isAlike = plainVersion.test(version) && version.split('.').length === depth;
    return isAlike && releaseOf(version) === wanted ? [version] : [];
  });
}

function newestFirst(a: string, b: string): number {
  return compareVersions(b, a);
}
