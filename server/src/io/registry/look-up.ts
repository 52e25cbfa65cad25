// Asks registries about several images at once. Imports types only, so loading this file loads no HTTP client.
import type { ImageDetails, ListedTags } from '../../core/knowledge/images/registry-facts';
import type { RegistryAccess } from './access';

/** `found`: by the name as it was asked for. `problems`: why others are missing, each once, without a full stop. */
interface LookedUp<T> {
  readonly found: ReadonlyMap<string, T>;
  readonly problems: readonly string[];
}

/**
 * Asks about several at once.
 * @param names as files write them
 * @param settings section `drydock.registry` as the client gave it
 * @returns undefined if it was cancelled
 */
export type LookUp<T> = (
  access: RegistryAccess,
  names: readonly string[],
  settings: unknown,
  signal: AbortSignal,
) => Promise<LookedUp<T> | undefined>;

/** The tags of repositories, which are named without tags. */
export const listTags: LookUp<ListedTags> = (access, repositories, settings, signal) =>
  lookUp(repositories, async (one): Promise<ListedTags | undefined | string> => {
    const answer = await access.tags(one, settings, signal);
    if (answer.kind !== 'tags') return answer.kind === 'failed' ? answer.message : undefined;
    const { host, tags, complete } = answer;
    return { host, tags, isComplete: complete };
  });

/** The sizes and the age of images. */
export const readDetails: LookUp<ImageDetails> = (access, images, settings, signal) =>
  lookUp(images, async (one): Promise<ImageDetails | undefined | string> => {
    const answer = await access.details(one, settings, signal);
    if (answer.kind === 'details') return answer.details;
    return answer.kind === 'failed' ? answer.message : undefined;
  });

/** @param ask gives a sentence where it failed, undefined where it was cancelled */
async function lookUp<T extends object>(
  names: readonly string[],
  ask: (name: string) => Promise<T | undefined | string>,
): Promise<LookedUp<T> | undefined> {
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
