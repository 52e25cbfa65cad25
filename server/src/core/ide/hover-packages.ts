// What an installation brings, where the index of its release is known: for the command as a whole on its verb, for one
// package on its name.
import { archivedInstalls, installPlan, namedPackages } from '../analysis/packages/indexed-installs';
import type { ArchivedInstall, InstallPlan } from '../analysis/packages/indexed-installs';
import { archiveTitle } from '../package-index/archive';
import type { PackageEntry } from '../package-index/package-index';
import { costOf, planInstall } from '../package-index/resolve';
import type { Cost } from '../package-index/resolve';
import { at } from './locate';
import type { Hover, Paragraph } from './markup';
import type { Subject } from './subject';

/** Of commands with more packages, nobody compares all. */
const mostCompared = 80;
const mostListed = 5;

export function packageHover({ model, packages }: Subject, offset: number): Hover | undefined {
  if (!packages) return undefined;
  for (const archived of archivedInstalls(model)) {
    const { install } = archived;
    if (!at(install.command.span, offset)) continue;
    const named = namedPackages(archived).find(({ word }) => at(word.span, offset));
    if (!named && !at(install.verb.span, offset)) continue;
    const planned = installPlan(model, packages, archived);
    if (!planned) return undefined;
    if (!named) return { span: install.verb.span, text: describeInstall(archived, planned) };
    const text = describePackage(archived, planned, named.name);
    return text && { span: named.word.span, text };
  }
  return undefined;
}

function describeInstall(archived: ArchivedInstall, planned: InstallPlan): readonly Paragraph[] {
  const { plan, wanted } = planned;
  const whole = costOf(plan.brought);
  const savings =
    wanted.length > 1 && wanted.length <= mostCompared
      ? wanted
          .map((entry) => ({ entry, saved: difference(whole, without(planned, entry)) }))
          .filter(({ saved }) => saved.packages > 0)
          .sort((a, b) => b.saved.installed - a.saved.installed)
          .slice(0, mostListed)
      : [];
  return [
    [`This brings ${inWords(whole)} (${size(whole.download)} to download).`],
    ...recommendedLine(planned, whole),
    ...(savings.length > 0
      ? [
          [
            'Leaving out saves: ',
            ...savings.flatMap(({ entry, saved }, index) => [
              index === 0 ? '' : ', ',
              { code: entry.name },
              ` ${size(saved.installed)}`,
            ]),
            '.',
          ],
        ]
      : []),
    [groundOf(archived, planned)],
  ];
}

function describePackage(
  archived: ArchivedInstall,
  planned: InstallPlan,
  name: string,
): readonly Paragraph[] | undefined {
  const { index, before, recommends, wanted, plan } = planned;
  const title = archiveTitle(archived.archive);
  const own = index.candidate(name);
  const entry = own ?? index.providersOf(name)[0]?.entry;
  if (!entry) return undefined;
  const head: Paragraph = own
    ? [{ code: name }, ` ${entry.version} in ${title}`]
    : [{ code: name }, ` stands for `, { code: entry.name }, ` ${entry.version} in ${title}`];
  if (before.packages.has(entry.name)) return [head, ['It is there before this command.']];
  const alone = costOf(planInstall(index, before, [entry], recommends).brought);
  const whole = costOf(plan.brought);
  const saved = wanted.length > 1 ? difference(whole, without(planned, entry)) : undefined;
  return [
    head,
    [`By itself it brings ${inWords(alone)} (${size(alone.download)} to download).`],
    ...(saved
      ? [
          [
            saved.packages > 0
              ? `Leaving it out of this command saves ${inWords(saved)}.`
              : 'Leaving it out of this command saves nothing: another package needs it.',
          ],
        ]
      : []),
    ...recommendedLine(planned, whole),
    [groundOf(archived, planned)],
  ];
}

/** What the same command brings without one of its packages. */
function without({ index, before, wanted, recommends }: InstallPlan, entry: PackageEntry): Cost {
  const others = wanted.filter((one) => one !== entry);
  return costOf(planInstall(index, before, others, recommends).brought);
}

function recommendedLine(
  { index, before, wanted, recommends }: InstallPlan,
  whole: Cost,
): readonly Paragraph[] {
  if (!recommends) return [];
  const saved = difference(whole, costOf(planInstall(index, before, wanted, false).brought));
  if (saved.packages <= 0) return [['It brings no recommended packages.']];
  const option = index.scheme === 'deb' ? '--no-install-recommends' : '--setopt=install_weak_deps=False';
  return [[{ code: option }, ` saves ${inWords(saved)} of this command.`]];
}

/** What the numbers rest on. */
function groundOf({ from, archive }: ArchivedInstall, { isBaseKnown, isWhole, plan }: InstallPlan): string {
  const image = from.tag === undefined ? from.image : `${from.image}:${from.tag}`;
  const base = isBaseKnown
    ? `Counted on top of ${image}.`
    : `Nobody has written down what ${image} holds, so this is counted on top of the smallest image of ${archiveTitle(archive)}.`;
  const [lacking] = plan.unresolved;
  if (lacking !== undefined) return `${base} It is at least that: the release lacks ${lacking}.`;
  return isWhole ? base : `${base} It is at least that: not all words of the command are known packages.`;
}

function difference(a: Cost, b: Cost): Cost {
  return {
    packages: a.packages - b.packages,
    download: a.download - b.download,
    installed: a.installed - b.installed,
  };
}

function inWords({ packages, installed }: Cost): string {
  return `${packages} ${packages === 1 ? 'package' : 'packages'}, ${size(installed)}`;
}

/** In the units of apt: 1 MB has a million bytes. */
function size(bytes: number): string {
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kB'] : [bytes / 1_000_000, 'MB'];
  return `${value < 10 ? Math.round(value * 10) / 10 : Math.round(value)} ${unit}`;
}
