// Whether a digest in a file is still what its tag means. Registries publish an index again when one platform arrives late
// or an attestation changes; then the digest differs and the contents do not, which is no reason to change a file.
import type { PinState } from '../../../core/lint/questions';
import { isRecord } from '../../../core/text/record';
import type { Call } from '../http/call';
import { RegistryError } from '../errors';
import type { Digest } from './digest';
import { formatPlatform, readTime } from './manifest';
import type { IndexEntry, Manifest } from './manifest';
import {
  chooseTarget,
  headTag,
  isThere,
  manifestByDigest,
  manifestOfTag,
  pinnedManifest,
  readConfig,
} from './resolve';
import type { ResolveContext, Target, Verified } from './resolve';

export interface CheckedPin {
  readonly state: PinState;
  /** What to write now: the pinned digest while it is current. */
  readonly digest: Digest;
  /** When the two images were built, in milliseconds since 1970; undefined if nothing says so, or nothing differs. */
  readonly pinnedAt: number | undefined;
  readonly builtAt: number | undefined;
}

/**
 * Compares a pinned digest with its tag. A HEAD if nothing changed; else up to eight requests more.
 * @param announced what is remembered of the tag
 * @param platform the only one that counts; undefined: all of the pinned image
 * @throws RegistryError TagGone, NoSuchPlatform, and what the client throws
 */
export async function checkPin(
  call: Call,
  tag: string,
  pinned: Digest,
  announced: Digest | undefined,
  platform: string | undefined,
  context: ResolveContext,
): Promise<CheckedPin & { readonly tagDigest: Digest }> {
  const current = (tagDigest: Digest): CheckedPin & { readonly tagDigest: Digest } => ({
    state: 'current',
    digest: pinned,
    tagDigest,
    pinnedAt: undefined,
    builtAt: undefined,
  });
  let now: Verified;
  try {
    const said = announced ?? (await headTag(call, tag, context));
    if (said === pinned) return current(said);
    now = await manifestOfTag(call, tag, said, context);
  } catch (error) {
    if (!isGone(error)) throw error;
    const { domain: host } = call.registry;
    const name = `${call.path}:${tag}`;
    const pinIsThere = await isThere(call, pinned, context);
    throw new RegistryError({ code: 'TagGone', host, name, pinIsThere });
  }
  const { digest: tagDigest, manifest } = now;
  if (tagDigest === pinned) return current(tagDigest);
  if (manifest.kind === 'index' && manifest.entries.some(({ digest }) => digest === pinned))
    return current(tagDigest);
  const before = await pinnedManifest(call, pinned, context);
  const target = await chooseTarget(call, now, pinned, context);
  const same = before && target.kind !== 'child' && sameContents(before.manifest, manifest, platform);
  if (same)
    return {
      state: 'republished',
      digest: target.digest,
      tagDigest,
      pinnedAt: undefined,
      builtAt: undefined,
    };
  return {
    state: before ? 'outdated' : 'gone',
    digest: target.digest,
    tagDigest,
    pinnedAt: before && (await builtAt(call, before, platform, context)),
    builtAt: await builtAt(call, await manifestOfTarget(call, now, target, context), platform, context),
  };
}

function isGone(error: unknown): boolean {
  return error instanceof RegistryError && error.fault.code === 'NotFound' && error.fault.what === 'tag';
}

async function manifestOfTarget(
  call: Call,
  tag: Verified,
  { digest }: Target,
  context: ResolveContext,
): Promise<Verified> {
  return digest === tag.digest ? tag : manifestByDigest(call, digest, context);
}

/** Whether whoever builds with either gets the same image, for every platform that the first one has. */
function sameContents(before: Manifest, now: Manifest, platform: string | undefined): boolean {
  if (before.kind === 'image' && now.kind === 'image') return before.config.digest === now.config.digest;
  if (before.kind !== 'index' || now.kind !== 'index') return false;
  const there = new Set(now.entries.map(keyOf));
  const used = before.entries.filter((entry) => platform === undefined || isFor(entry, platform));
  return used.length > 0 && used.every((entry) => there.has(keyOf(entry)));
}

function keyOf({ digest, platform }: IndexEntry): string {
  return `${digest} ${platform ? formatPlatform(platform) : ''}`;
}

function isFor({ platform }: IndexEntry, wanted: string): boolean {
  return platform !== undefined && formatPlatform(platform) === wanted;
}

/** When an image was built: what its annotations say, else the config of one of its platforms. Never fails over it. */
export async function builtAt(
  call: Call,
  { manifest }: Verified,
  platform: string | undefined,
  context: ResolveContext,
): Promise<number | undefined> {
  if (manifest.created !== undefined) return manifest.created;
  try {
    const one =
      manifest.kind === 'image' ? manifest : await childOf(call, manifest.entries, platform, context);
    if (one?.kind !== 'image') return undefined;
    if (one.created !== undefined) return one.created;
    const config = await readConfig(call, one.config, context);
    return isRecord(config) ? readTime(config['created']) : undefined;
  } catch (error) {
    if (!(error instanceof RegistryError) || error.fault.code === 'Cancelled') throw error;
    context.log(`${call.registry.domain}: the time of ${call.path} is not known (${error.fault.code})`);
    return undefined;
  }
}

/** The most used platform stands for all. */
async function childOf(
  call: Call,
  entries: readonly IndexEntry[],
  platform: string | undefined,
  context: ResolveContext,
): Promise<Manifest | undefined> {
  const entry =
    entries.find((one) => isFor(one, platform ?? 'linux/amd64')) ??
    entries.find((one) => isFor(one, 'linux/amd64')) ??
    entries[0];
  return entry && (await manifestByDigest(call, entry.digest, context)).manifest;
}
