// The body of the rules about packages that are installed without a version. Other tools have one id for each manager,
// so there is one short rule for each. The table of package managers holds every difference between them.
import { unpinnedWords } from '../analysis/packages/unpinned-packages';
import { packageName } from '../knowledge/packages/package-managers';
import type { Finding } from '../lint/finding';
import type { Install } from '../model/installs';
import type { Model } from '../model/model';

/**
 * One finding for each installation whose packages have no version, at the first of them.
 * @param isMeant which installations
 * @param unknown whether packages count whose names are not known, as they do for hadolint
 */
export function* unpinned(
  model: Model,
  isMeant: (use: Install) => boolean,
  unknown: boolean,
): Generator<Finding> {
  for (const use of model.installs) {
    if (!isMeant(use)) continue;
    const [first, ...more] = unpinnedWords(model, use, unknown);
    if (!first) continue;
    const name = packageName(use.manager, first.value ?? first.text);
    yield {
      at: first.span,
      message:
        more.length === 0
          ? `${name} has no version, so each build installs the newest one`
          : `${name} and ${more.length} more have no version, so each build installs the newest ones`,
    };
  }
}
