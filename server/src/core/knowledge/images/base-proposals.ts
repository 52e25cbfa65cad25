// The bases for a use, described by what is known about each image.
import { baseChoices } from './base-choices';
import type { BaseChoice, BaseUse } from './base-choices';
import type { BaseImage } from './base-image';
import { knowImage } from './images';

export interface BaseProposal {
  readonly image: string;
  /** On one line: user, shell, C library, package manager, processors. */
  readonly facts: string;
  /** Sentences. */
  readonly note: string;
}

/**
 * The bases for some uses, the smallest first.
 * @param version of the language, as far as it is known
 */
export function proposeBases(uses: readonly BaseUse[], version: string | undefined): readonly BaseProposal[] {
  return baseChoices
    .filter((choice) => choice.uses.some((use) => uses.includes(use)))
    .flatMap((choice) => describe(choice, version) ?? []);
}

/** @returns undefined if the base was never made for that version of the language */
function describe(
  { image, version, versions, note, architectures }: BaseChoice,
  present: string | undefined,
): BaseProposal | undefined {
  const depth = version?.split('.').length ?? 0;
  const wanted = present?.split('.').slice(0, depth).join('.');
  const fits = wanted !== undefined && wanted.split('.').length === depth;
  if (fits && versions && !versions.includes(wanted)) return undefined;
  const full = image.replace('«»', (fits ? wanted : version) ?? '');
  return { image: full, facts: factsOf(knowImage(full), architectures), note };
}

const libraries = { glibc: 'glibc', musl: 'musl', none: 'no C library' } as const;

function factsOf(base: BaseImage, architectures: readonly string[]): string {
  const { user, isRoot, shell, libc, packageManager } = base;
  return [
    isRoot === true ? 'runs as root' : isRoot === false ? `runs as ${user ?? 'another user'}` : undefined,
    shell === 'none' ? 'no shell' : shell,
    libc && libraries[libc],
    packageManager === 'none' ? 'no package manager' : packageManager,
    architectures.join(' '),
  ]
    .filter((one) => one !== undefined && one !== '')
    .join(' · ');
}
