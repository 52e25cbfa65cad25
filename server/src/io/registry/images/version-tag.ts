// Finds the version that a moving tag (`latest`, `1`, `lts`, `alpine`) is now: the version tag of the same image. Registries
// cannot answer that directly, so it tries versions one after another, the likeliest first.
import type { Digest } from './digest';
import { describeFault } from '../errors';
import type { RegistryFault } from '../errors';
import type { ImageName } from './policy';
import type { CallOptions, Outcome, RegistryService } from '../service';
import { defaultLimits } from '../settings';

export interface VersionTag {
  readonly tag: string;
  /** That of the moving tag, verified. */
  readonly digest: Digest;
  /** See `ResolvedImage`. */
  readonly storedLoginRefused: boolean;
  /** How many tags were read if there are more of them, so that a more specific version may exist. */
  readonly cutAt: number | undefined;
}

/**
 * How many tags to ask for in each step. Usually the first one matches; a longer search has at most four steps. The sum
 * limits what a search costs a registry.
 */
const steps = [1, 3, 4, 4];

/**
 * The most specific version tag of the image that a tag (`latest` without one) of a repository is now. Costs two requests
 * for that tag, the pages of the list of tags, and up to twelve HEADs.
 * @param image its digest is not looked at
 * @returns the fault NoVersion when there is none, and the faults of the service
 */
export async function findVersionTag(
  service: RegistryService,
  image: ImageName,
  call: CallOptions,
): Promise<Outcome<VersionTag>> {
  const { domain, path, tag: moving = 'latest' } = image;
  const now = await service.resolveDigest({ domain, path, tag: moving }, call);
  if (!now.ok) return now;
  const { digest, storedLoginRefused } = now.value;
  const list = await service.listTags({ domain, path }, { ...call, limit: defaultLimits.tags });
  if (!list.ok) return list;
  const cutAt = list.value.complete ? undefined : list.value.tags.length;
  const versions = versionsBehind(moving, list.value.tags);
  let tried = 0;
  for (const step of steps) {
    const some = versions.slice(tried, tried + step);
    const answers = await Promise.all(
      some.map((tag) => service.announcedDigest({ domain, path, tag }, call)),
    );
    for (const [index, answer] of answers.entries()) {
      const tag = some[index];
      if (!answer.ok) return answer;
      if (tag !== undefined && answer.value === digest)
        return { ok: true, value: { tag, digest, storedLoginRefused, cutAt } };
    }
    tried += some.length;
  }
  const name = domain === 'docker.io' ? path.replace(/^library\//, '') : `${domain}/${path}`;
  const fault: RegistryFault = { code: 'NoVersion', name, tag: moving, tried, cutAt };
  return { ok: false, fault, message: describeFault(fault, Date.now()) };
}

/** Words that say how new an image is, not what is in it. */
const channels: ReadonlySet<string> = new Set([
  'latest',
  'lts',
  'stable',
  'current',
  'mainline',
  'release',
  'main',
  'edge',
  'rolling',
]);

const startsWithVersion = /^v?([0-9]+(?:\.[0-9]+)*)(?![0-9.])(.*)$/s;

/**
 * The versions that a moving tag may stand for, in the order in which to compare them: those of the same variant, and if
 * the tag begins with a version those that begin with it too. `1-alpine` → `1.4.2-alpine`; `lts` → `22.11.0`.
 */
export function versionsBehind(moving: string, tags: readonly string[]): string[] {
  const [, numbers, variant = ''] = startsWithVersion.exec(moving) ?? [];
  if (numbers !== undefined) {
    const begin = `${numbers}.`;
    return orderVersions(tags, variant).filter((tag) => tag.replace(/^v/, '').startsWith(begin));
  }
  const [first = '', ...more] = moving.split('-');
  const rest = more.length > 0 ? `-${more.join('-')}` : '';
  if (channels.has(first)) return orderVersions(tags, rest);
  // `alpine` names a variant; `bookworm-slim` may be the variant `slim` of a version.
  return [...orderVersions(tags, `-${moving}`), ...orderVersions(tags, rest)];
}

interface Version {
  readonly tag: string;
  /** Without leading zeros. */
  readonly parts: readonly string[];
}

/** Text after the numbers names a variant (`-alpine`) or a version before its release (`rc1`). Java counts builds: `_9`. */
const plainVersion = /^v?([0-9]+(?:\.[0-9]+){0,3}|[0-9]+(?:\.[0-9]+){2,3}_[0-9]+)$/;

/** A single number with so many digits is a date or a build number, and does not say how new a version is. */
const dateDigits = 6;

/** How many of the newest come first, in whatever release line. */
const newest = 6;

/**
 * The versions among tags (`3.22.1`, `v2`, `24.04`), in the order in which to compare them with a moving tag: the
 * newest; then the newest of each line of releases, for images whose `latest` lags behind on purpose; then the rest.
 * A more specific version comes before those that begin it: `3.22.1`, `3.22`, `3`.
 * @param variant what stands behind the version, with its dash; without one only plain versions are given
 */
export function orderVersions(tags: readonly string[], variant = ''): string[] {
  const versions = tags.flatMap((tag) => readVersion(tag, variant)).sort(compare);
  const dated = versions.filter(isDate);
  const released = versions.filter((version) => !isDate(version));
  const specific = mostSpecific(released);
  const first = specific.slice(0, newest);
  const lines = new Set<string>();
  const heads = specific.filter((version) => {
    const line = lineOf(version);
    const isHead = !lines.has(line);
    lines.add(line);
    return isHead;
  });
  const ordered = new Set([...first, ...heads, ...released, ...dated]);
  return [...ordered].map(({ tag }) => tag);
}

function readVersion(tag: string, variant: string): Version[] {
  if (!tag.endsWith(variant)) return [];
  const numbers = plainVersion.exec(tag.slice(0, tag.length - variant.length))?.[1];
  if (numbers === undefined) return [];
  return [{ tag, parts: numbers.split(/[._]/).map((part) => part.replace(/^0+(?=[0-9])/, '')) }];
}

function isDate({ parts }: Version): boolean {
  return parts.length === 1 && (parts[0]?.length ?? 0) >= dateDigits;
}

/** The newest first; of versions that begin alike the longest; of the same version the one without a `v`. */
function compare(a: Version, b: Version): number {
  for (let i = 0; i < Math.min(a.parts.length, b.parts.length); i++) {
    const [left = '', right = ''] = [a.parts[i], b.parts[i]];
    if (left !== right) return right.length - left.length || (left < right ? 1 : -1);
  }
  return b.parts.length - a.parts.length || a.tag.length - b.tag.length || (a.tag < b.tag ? -1 : 1);
}

/** Leaves out what begins another version (3.22 beside 3.22.1): it follows that one. @param versions in order */
function mostSpecific(versions: readonly Version[]): Version[] {
  let short = false;
  return versions.filter((version, index) => {
    const before = versions[index - 1];
    const same = before?.parts.length === version.parts.length;
    const begun = before !== undefined && version.parts.every((part, i) => part === before.parts[i]);
    short = begun && (short || !same);
    return !short;
  });
}

/** 3.22.1 and 3.22.0 are of line 3.22, 17.5 is of line 17. */
function lineOf({ parts }: Version): string {
  return parts.slice(0, parts.length > 2 ? 2 : 1).join('.');
}
