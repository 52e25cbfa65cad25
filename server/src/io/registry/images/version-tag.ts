// Finds the version that `latest` is now: the version tag of the same image. Registries cannot answer that directly, so it
// tries versions one after another, the likeliest first.
import type { Digest } from './digest';
import { describeFault } from '../errors';
import type { RegistryFault } from '../errors';
import type { ImageName } from './policy';
import type { CallOptions, Outcome, RegistryService } from '../service';
import { defaultLimits } from '../settings';

export interface VersionTag {
  readonly tag: string;
  /** That of `latest`, verified. */
  readonly digest: Digest;
  /** See `ResolvedImage`. */
  readonly storedLoginRefused: boolean;
}

/**
 * How many tags to ask for in each step. Usually the first one matches; a longer search has at most four steps. The sum
 * limits what a search costs a registry.
 */
const steps = [1, 3, 4, 4];

/**
 * The most specific version tag of the image that `latest` of a repository is now. Costs two requests for
 * `latest`, the pages of the list of tags, and up to twelve HEADs.
 * @param image its tag and digest are not looked at
 * @returns the fault NoVersion when there is none, and the faults of the service
 */
export async function findVersionTag(
  service: RegistryService,
  image: ImageName,
  call: CallOptions,
): Promise<Outcome<VersionTag>> {
  const { domain, path } = image;
  const latest = await service.resolveDigest({ domain, path, tag: 'latest' }, call);
  if (!latest.ok) return latest;
  const { digest, storedLoginRefused } = latest.value;
  const list = await service.listTags({ domain, path }, { ...call, limit: defaultLimits.tags });
  if (!list.ok) return list;
  const versions = orderVersions(list.value.tags);
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
        return { ok: true, value: { tag, digest, storedLoginRefused } };
    }
    tried += some.length;
  }
  const name = domain === 'docker.io' ? path.replace(/^library\//, '') : `${domain}/${path}`;
  const fault: RegistryFault = { code: 'NoVersion', name, tried };
  return { ok: false, fault, message: describeFault(fault, Date.now()) };
}

interface Version {
  readonly tag: string;
  /** Without leading zeros. */
  readonly parts: readonly string[];
}

/** Text after the numbers names a variant (`-alpine`) or a version before its release (`rc1`), which latest is not. */
const plainVersion = /^v?([0-9]+(?:\.[0-9]+){0,3})$/;

/** A single number with so many digits is a date or a build number, and does not say how new a version is. */
const dateDigits = 6;

/** How many of the newest come first, in whatever release line. */
const newest = 6;

/**
 * The plain versions among tags (`3.22.1`, `v2`, `24.04`), in the order in which to compare them with `latest`: the
 * newest; then the newest of each line of releases, for images whose `latest` lags behind on purpose; then the rest.
 * A more specific version comes before those that begin it: `3.22.1`, `3.22`, `3`.
 */
export function orderVersions(tags: readonly string[]): string[] {
  const versions = tags.flatMap(readVersion).sort(compare);
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

function readVersion(tag: string): Version[] {
  const numbers = plainVersion.exec(tag)?.[1];
  if (numbers === undefined) return [];
  return [{ tag, parts: numbers.split('.').map((part) => part.replace(/^0+(?=[0-9])/, '')) }];
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
