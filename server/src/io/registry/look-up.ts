// Asks registries about several images at once. Imports types only, so loading this file loads no HTTP client.
import type {
  DetailsByImage,
  ImageDetails,
  ListedTags,
  TagLists,
} from '../../core/knowledge/images/registry-facts';
import type { RegistryAccess } from './access';

/** `found`: by the name as it was asked for. `problems`: why others are missing, each once, without a full stop. */
export interface LookedUp<F> {
  readonly found: F;
  readonly problems: readonly string[];
}

/**
 * The tags of repositories.
 * @param repositories as files write them, without tags
 * @param settings section `drydock.registry` as the client gave it
 * @returns undefined if it was cancelled
 */
export function listTags(
  access: RegistryAccess,
  repositories: readonly string[],
  settings: unknown,
  signal: AbortSignal,
): Promise<LookedUp<TagLists> | undefined> {
  return lookUp(repositories, async (one): Promise<ListedTags | undefined | string> => {
    const answer = await access.tags(one, settings, signal);
    if (answer.kind !== 'tags') return answer.kind === 'failed' ? answer.message : undefined;
    const { host, tags, complete } = answer;
    return { host, tags, isComplete: complete };
  });
}

/**
 * The sizes and the age of images.
 * @param images as files write them
 * @param settings as for `listTags`
 * @returns undefined if it was cancelled
 */
export function readDetails(
  access: RegistryAccess,
  images: readonly string[],
  settings: unknown,
  signal: AbortSignal,
): Promise<LookedUp<DetailsByImage> | undefined> {
  return lookUp(images, async (one): Promise<ImageDetails | undefined | string> => {
    const answer = await access.details(one, settings, signal);
    if (answer.kind === 'details') return answer.details;
    return answer.kind === 'failed' ? answer.message : undefined;
  });
}

/** @param ask gives a sentence where it failed, undefined where it was cancelled */
async function lookUp<T extends object>(
  names: readonly string[],
  ask: (name: string) => Promise<T | undefined | string>,
): Promise<LookedUp<ReadonlyMap<string, T>> | undefined> {
  const found = new Map<string, T>();
  const problems = new Set<string>();
  const answers = await Promise.all(names.map(async (name) => [name, await ask(name)] as const));
  for (const [name, answer] of answers) {
    if (answer === undefined) return undefined;
    if (typeof answer === 'string') problems.add(answer);
    else found.set(name, answer);
  }
  return { found, problems: [...problems] };
}
