// The bases that the program of a project could run on.
import type { BaseUse } from '../core/knowledge/images/base-choices';
import { proposeBases } from '../core/knowledge/images/base-proposals';
import type { BaseProposal } from '../core/knowledge/images/base-proposals';
import type { Project } from './project/project';

/** What a project needs to run, by the fact that says so; the first that holds decides. */
const uses: readonly (readonly [fact: string, uses: readonly BaseUse[]])[] = [
  ['go.cgo', ['linked']],
  ['go', ['static', 'linked']],
  ['rust', ['linked', 'static']],
  ['python', ['python']],
  ['java', ['java']],
  ['dotnet', ['dotnet']],
  ['node', ['node']],
  ['ruby', ['ruby']],
  ['php', ['php']],
  ['c', ['linked', 'static']],
  ['static', ['site']],
];

/** The smallest first; for a project that is not known, those with the tools of a system. */
export function basesOf({ facts }: Project): readonly BaseProposal[] {
  const [language, found] = uses.find(([fact]) => facts.has(fact)) ?? [undefined, ['system'] as const];
  const version = language === undefined ? undefined : facts.get(`${language}.version`);
  return proposeBases(found, version?.isRange ? undefined : version?.value);
}
