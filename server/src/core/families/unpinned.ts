// The body of the rules about packages that are installed without a version. Other tools have one id for each manager,
// so there is one short rule for each. The table of package managers holds every difference between them.
import { unpinnedWords } from '../analysis/packages/unpinned-packages';
import { packageName } from '../knowledge/packages/package-managers';
import { movingTag } from '../knowledge/packages/version-marks';
import type { Finding } from '../lint/finding';
import type { Install } from '../model/installs';
import type { Model } from '../model/model';

/**
 * One finding for each installation whose packages have no version, at the first of them; a hint in a stage that only
 * `--target` builds.
 * @param isMeant which installations
 * @param without names of packages that may have any version
 * @param quiet of those that are built; the others are quiet anyway
 */
export function* unpinned(
  model: Model,
  isMeant: (use: Install) => boolean,
  without?: RegExp,
  quiet?: Finding['quiet'],
): Generator<Finding> {
  for (const use of model.installs) {
    if (!isMeant(use)) continue;
    const words = unpinnedWords(model, use);
    const [first, ...more] = without ? words.filter(({ value }) => !without.test(value ?? '')) : words;
    if (!first) continue;
    const text = first.value ?? first.text;
    const name = nameOf(use, text);
    const tag = movingTag(text);
    const lacks = tag === undefined ? 'has no version' : `at ${tag.slice(1)} has no fixed version`;
    const isBuilt = model.stageOf(use.command.instruction)?.reachable !== false;
    yield {
      at: first.span,
      severity: isBuilt ? undefined : 'hint',
      quiet: !isBuilt || quiet,
      message:
        more.length === 0
          ? `${name} ${lacks}, so each build installs the newest one`
          : `${name} and ${more.length} more have no version, so each build installs the newest ones`,
    };
  }
}

/**
 * The same for packages of a distribution: in the profile `strict` only hints, as an archive keeps few versions, and the
 * build stops once the written one is gone.
 */
export function* unpinnedOfDistribution(
  model: Model,
  profile: string,
  isMeant: (use: Install) => boolean,
): Generator<Finding> {
  for (const finding of unpinned(model, isMeant))
    yield profile === 'strict' ? { ...finding, severity: 'hint' } : finding;
}

/** The name alone; of a repository its whole address. */
function nameOf({ manager }: Install, text: string): string {
  if (/:\/\/|^git[+:@]/.test(text)) return text;
  return packageName(manager, text.replace(/[;[].*$/s, '').trim());
}
