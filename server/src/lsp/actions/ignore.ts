// Hides a rule: on the line, in the file, or in the project.
import { dirname } from 'node:path';
import { ignoreEdit } from '../../core/lint/ignore';
import type { Reported } from '../../core/lint/run';
import { ignoreInConfiguration } from '../../io/surroundings/ignore-in-configuration';
import { CodeActionKind } from '../library';
import type { Analysis } from '../session';
import { actionKind, findingAt, stale } from './action';
import type { Made, World } from './action';
import { oneOf, shape, span, text } from '../shape';

export const ignore = actionKind({
  name: 'ignore',
  lsp: CodeActionKind.QuickFix,
  needs: undefined,
  data: shape({ rule: text, at: span, where: oneOf('line', 'file', 'project') }),

  *offer({ analysis, ofEachRule, path, can }) {
    for (const finding of ofEachRule) {
      const { rule, at } = finding;
      const offered = (where: 'line' | 'file' | 'project', words: string) => ({
        title: `Ignore ${rule.id} ${words}`,
        data: { rule: rule.id, at, where },
        findings: [finding],
      });
      if (ignoreEdit(finding, 'line', analysis.result)) yield offered('line', 'on this line');
      yield offered('file', 'in this file');
      if (path !== undefined && can('otherFiles')) yield offered('project', "in the project's configuration");
    }
  },

  make({ where, ...place }, analysis, world) {
    const finding = findingAt(analysis, place);
    if (!finding) return stale;
    if (where === 'project') return inProject(finding, analysis, world);
    const edit = ignoreEdit(finding, where, analysis.result);
    return edit ? { edits: [edit] } : stale;
  },
});

function inProject(finding: Reported, { document }: Analysis, world: World): Made {
  const path = world.pathOf(document.uri);
  if (path === undefined)
    return { refused: 'This document is not on disk, so no configuration applies to it. Save it first.' };
  const folder = dirname(path);
  const hadolint = finding.alsoKnownAs.find((id) => id.startsWith('hadolint:'))?.slice('hadolint:'.length);
  const root = world.folderOf(path) ?? folder;
  const change = ignoreInConfiguration(folder, root, finding.rule.id, hadolint);
  return 'problem' in change ? { refused: change.problem } : { edits: [], files: [change] };
}
