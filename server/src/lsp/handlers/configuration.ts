// Answers what commands of the client ask of the project's configuration file: its sections, and a change of them.
import { dirname } from 'node:path';
import { findSection } from '../../io/surroundings/command-section';
import { ignoreVulnerability } from '../../io/surroundings/ignore-vulnerability';
import type {
  DocumentParams,
  IgnoreChange,
  IgnoreVulnerabilityParams,
  ProjectSections,
} from '../../protocol/messages';
import type { Context } from '../context';

export function projectSections(
  { session }: Context,
  { textDocument }: DocumentParams,
): ProjectSections | null {
  const path = session.pathOf(textDocument.uri);
  if (path === undefined) return null;
  const folder = dirname(path);
  const [scan, cycle] = [findSection('scan', folder), findSection('cycle', folder)];
  if (!scan || !cycle) return {};
  if ('problem' in scan) return { path: scan.path, problem: scan.problem };
  return { path: scan.path, scan: scan.value, ...('value' in cycle ? { cycle: cycle.value } : {}) };
}

export function ignoreOne(
  { session }: Context,
  { textDocument, id, reason, until, package: name }: IgnoreVulnerabilityParams,
): IgnoreChange | null {
  const path = session.pathOf(textDocument.uri);
  if (path === undefined) return null;
  const folder = dirname(path);
  const change = ignoreVulnerability(folder, session.folderOf(path) ?? folder, {
    id,
    reason,
    ...(until === '' ? {} : { until }),
    ...(name === '' ? {} : { package: name }),
  });
  if ('problem' in change) return { path: '', after: '', problem: change.problem };
  const { before, after } = change;
  return { path: change.path, after, ...(before === undefined ? {} : { before }) };
}
