// Opens the page of a rule, in clients that have our command for it.
import { clientCommand } from '../../protocol';
import { CodeActionKind } from '../library';
import type { CommandKind } from './action';

export const explain: CommandKind = {
  name: 'explain',
  lsp: CodeActionKind.QuickFix,
  needs: 'clientCommands',
  command: clientCommand.explainRule,

  *offer({ ofEachRule }) {
    for (const finding of ofEachRule) {
      const { id } = finding.rule;
      yield { title: `Explain ${id}`, arguments: [id], findings: [finding] };
    }
  },
};
