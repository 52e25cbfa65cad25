// The body of the rules about managers of rpm packages that leave their metadata in a layer. Other tools have one id
// for each, so there is one short rule for each.
import { quietInDevcontainer } from '../analysis/context/context-sources';
import type { Located } from '../analysis/context/context-sources';
import { relatedTo } from '../analysis/layers/vain-deletions';
import { firstCachesLeft, vainDeletionAfter } from '../analysis/packages/caches-left';
import { worksFromLists } from '../analysis/packages/package-commands';
import type { PackageManager } from '../knowledge/packages/package-managers';
import type { Finding } from '../lint/finding';
import type { Model } from '../model/model';
import { cacheRemoval } from './cache-removal';

/**
 * One finding for each RUN that leaves metadata behind. A RUN that only fetches it belongs to another rule.
 * @param asHadolint whether every stage counts
 */
export function* metadataLeft(
  model: Model,
  isMeant: (manager: PackageManager) => boolean,
  asHadolint: boolean,
  facts: Located,
): Generator<Finding> {
  for (const left of firstCachesLeft(model, isMeant, asHadolint)) {
    const { command, manager, action, verb } = left.use;
    if (!left.uses.some((use) => use.manager.family === manager.family && worksFromLists(use))) continue;
    yield {
      at: verb.span,
      message: `${command.program} leaves its package metadata in the layer`,
      quiet: quietInDevcontainer(facts),
      related: relatedTo(vainDeletionAfter(model, left)),
      // Other tools only look at installations.
      ...(action !== 'install' && { alsoKnownAs: [] }),
      fix: cacheRemoval(model, left, `Empty the cache of ${command.program} in this RUN`),
    };
  }
}
