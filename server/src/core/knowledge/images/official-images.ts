// The official images of Docker Hub (docker.io/library), by name: distribution if the tag does not say it, user,
// working directory and variables. Source: their Dockerfiles, as linked from their pages on Docker Hub. A row has only
// facts that all supported versions share.
import type { ImageFacts, ImageName } from './base-image';
import * as on from './distributions';
import { distributionOfTag, factsOfRelease, rootAtSlash } from './distributions';
import { lastListedOf } from './last-listed';
import { libraryNames } from './official-library.generated';
import { languages } from './official-languages';
import type { Row } from './official-rows';
import { portsOf } from './ports';
import { servers } from './official-servers';
import { releaseInTable } from './release-table';
import { releaseNamed, releaseOfTag } from './releases';
import type { Release } from './releases';
import { editDistance } from '../../text/nearest';

/** A parsed row. */
interface Entry {
  readonly row: Row;
  readonly env: ReadonlyMap<string, string | undefined>;
  readonly users: ReadonlyMap<string, number>;
}

const table: ReadonlyMap<string, Entry> = new Map(
  Object.entries({ ...languages, ...servers }).map(([name, row]) => [
    name,
    { row, env: readPairs(row.env, (value) => value), users: readPairs(row.users, Number) },
  ]),
);

/** Names of official images that the table knows. */
export const officialNames: ReadonlySet<string> = new Set(table.keys());

/** With those that Docker Hub lists no more. */
const allNames: ReadonlySet<string> = new Set(['scratch', ...libraryNames.split(' ')]);

/**
 * Whether nobody can pull an image of a name: it is bare, and under such names Docker Hub has its official images alone.
 * @param name without tag and digest, in lower case
 */
export function isUnknownBareName(name: string): boolean {
  return !name.includes('/') && !allNames.has(name);
}

/** Words that somebody may call an image of their own, although an official one has nearly that name. */
const ownWords: ReadonlySet<string> = new Set(
  'shift grade docket docked closure candy daddy vaunt consult compose mango host gost rustle petty'.split(
    ' ',
  ),
);

/**
 * The official image that a bare name almost is: with two letters swapped, or with one more, one less or another one. Short
 * names, other first letters, numbers and plurals make names of their own.
 * @param name without tag and digest, in lower case
 * @param isTagged whether it has a tag or a digest; without, only swapped letters are a slip
 */
export function misspeltOfficial(name: string, isTagged: boolean): string | undefined {
  if (!/^[a-z][a-z-]{3,}$/.test(name) || !isUnknownBareName(name) || ownWords.has(name)) return undefined;
  for (const official of officialNames) {
    if (official.length < 4 || /\d/.test(official) || editDistance(name, official, 2) !== 1) continue;
    if (isSwapped(name, official)) return official;
    const isSlip =
      official.length > 4 && name[0] === official[0] && (name !== `${official}s` || official.endsWith('s'));
    if (isTagged && isSlip) return official;
  }
  return undefined;
}

function isSwapped(a: string, b: string): boolean {
  return a.length === b.length && [...a].sort().join('') === [...b].sort().join('');
}

/** Facts for a digest without a tag: it may be any variant of an image, but a distribution stays the same. */
const withoutTag: ReadonlyMap<string, ImageFacts> = new Map([
  ['alpine', on.alpine],
  ['debian', on.debian],
  ['ubuntu', on.ubuntu],
  ['buildpack-deps', on.debianOrUbuntu],
  ['busybox', on.busybox],
  ['fedora', on.fedora],
  ['centos', on.rhel],
  ['rockylinux', on.rhel],
  ['almalinux', on.rhel],
  ['oraclelinux', on.rhel],
  ['amazonlinux', on.amazon],
  ['archlinux', on.arch],
  ['opensuse', on.suse],
  ['photon', on.photon],
]);

/** Facts about an official image; undefined if it is not in the table. */
export function officialImage({ name, tag }: ImageName): ImageFacts | undefined {
  const entry = table.get(name);
  const release = tag === undefined ? undefined : releaseOf(name, tag);
  const lastListed = tag === undefined ? undefined : lastListedOf(name, tag);
  if (!entry) {
    if (!release && lastListed === undefined) return undefined;
    return { ...(release && factsOfRelease(release)), name, release, lastListed };
  }
  const { row } = entry;
  const own: ImageFacts = {
    ...rootAtSlash,
    exposes: portsOf(name),
    ...row.facts,
    ...(tag !== undefined ? row.tag?.(tag) : {}),
    name,
    env: entry.env,
    envComplete: row.envComplete ?? false,
  };
  const built = tag !== undefined ? distributionOf(row, tag, release) : (withoutTag.get(name) ?? {});
  if (built.distribution === 'windows') return windowsVariant(own, built);
  const isAlpine = built.distribution === 'alpine';
  return {
    ...built,
    ...own,
    ...(isAlpine ? row.alpine : {}),
    users: usersOf(entry, built, isAlpine),
    release,
    lastListed,
  };
}

/** By the tag's own words, else by the generated table. */
function releaseOf(name: string, tag: string): Release | undefined {
  if (distributionOfTag(tag)?.distribution === 'windows') return undefined;
  const named = releaseOfTag(name, tag);
  if (named) return named;
  const known = releaseInTable(name, tag) ?? (name === 'debian' ? releaseOfPlace(tag) : undefined);
  return known === undefined ? undefined : releaseNamed(known);
}

/** The table has no row for `debian:stable`, but one for the image that is built on each of these tags. */
function releaseOfPlace(tag: string): string | undefined {
  const place = /^((?:old){0,2}stable|testing|unstable)(?:-slim|-backports)?$/.exec(tag)?.[1];
  return place === undefined ? undefined : releaseInTable('buildpack-deps', place);
}

function distributionOf(row: Row, tag: string, release: Release | undefined): ImageFacts {
  const named = distributionOfTag(tag);
  if (named?.distribution === 'windows') return named;
  const usual = typeof row.on === 'function' ? row.on(tag) : row.on;
  if (!release) return named ?? usual;
  const facts = factsOfRelease(release);
  // The row knows more of images on Red Hat's: whether they are minimal ones.
  return facts.distribution === 'rhel' && usual.distribution === 'rhel' ? (named ?? usual) : facts;
}

/** Facts about a Windows variant, without users and paths. */
function windowsVariant(own: ImageFacts, windows: ImageFacts): ImageFacts {
  const env = new Map([...(own.env?.keys() ?? [])].map((key) => [key, undefined] as const));
  return { ...windows, name: own.name, sdk: own.sdk, runsService: own.runsService, env, envComplete: false };
}

function usersOf({ users }: Entry, built: ImageFacts, isAlpine: boolean): ReadonlyMap<string, number> {
  if (users.size === 0 && built.users) return built.users;
  const all = new Map([['root', 0], ...(built.users ?? []), ...users]);
  // An image with its own user 1000 has removed the user `ubuntu`.
  if ([...users.values()].includes(1000)) all.delete('ubuntu');
  // www-data has the number 82 on Alpine, where the images add the user.
  if (isAlpine && users.has('www-data')) all.set('www-data', 82);
  return all;
}

function readPairs<V>(text: string | undefined, value: (text: string | undefined) => V): Map<string, V> {
  const pairs = (text ?? '').split(/\s+/).filter((word) => word !== '');
  return new Map(
    pairs.map((pair) => {
      const equals = pair.indexOf('=');
      return equals < 0 ? [pair, value(undefined)] : [pair.slice(0, equals), value(pair.slice(equals + 1))];
    }),
  );
}
