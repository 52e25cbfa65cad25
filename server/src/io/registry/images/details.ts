// How large an image is and when it was built, without its layers: what a person compares before choosing a base.
import type { ImageDetails } from '../../../core/knowledge/images/registry-facts';
import type { Call } from '../http/call';
import { formatPlatform, readPlatform } from './manifest';
import { builtAt } from './pin-state';
import { headTag, manifestByDigest, manifestOfTag, readConfig } from './resolve';
import type { ResolveContext } from './resolve';

/** Each platform costs a request that counts as a pull at some registries; these two stand for all. */
const asked: readonly string[] = ['linux/amd64', 'linux/arm64'];

/**
 * The details of what a tag stands for now. Costs a HEAD and up to four GETs.
 * @throws RegistryError NotFound, and what the client throws
 */
export async function readDetails(call: Call, tag: string, context: ResolveContext): Promise<ImageDetails> {
  const whole = await manifestOfTag(call, tag, await headTag(call, tag, context), context);
  const time = await builtAt(call, whole, undefined, context);
  if (whole.manifest.kind === 'image') {
    const { config, bytes } = whole.manifest;
    const platform = readPlatform(await readConfig(call, config, context));
    return { sizes: platform ? [{ platform: formatPlatform(platform), bytes }] : [], builtAt: time };
  }
  const sizes = new Map<string, number>();
  for (const { digest, platform } of whole.manifest.entries) {
    const name = platform && formatPlatform(platform);
    if (name === undefined || !asked.includes(name) || sizes.has(name)) continue;
    const { manifest } = await manifestByDigest(call, digest, context);
    if (manifest.kind === 'image') sizes.set(name, manifest.bytes);
  }
  return { sizes: [...sizes].map(([platform, bytes]) => ({ platform, bytes })), builtAt: time };
}
