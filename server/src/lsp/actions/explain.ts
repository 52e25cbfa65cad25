// Opens the page of a rule, in clients that have our command for it. One entry, however many rules are here.
import { clientCommand } from '../../protocol/names';
import { CodeActionKind } from '../library';
import type { CommandKind } from './action';

export const explain: CommandKind = {
  name: 'explain',
  lsp: CodeActionKind.QuickFix,
  needs: 'clientCommands',
  command: clientCommand.explainRule,

  *offer({ ofEachRule }) {
    // The project's own rules and those of other tools have no page of ours.
    const ids = ofEachRule.filter(({ rule }) => !rule.own && !rule.foreign).map(({ rule }) => rule.id);
    const [first, second] = ids;
    if (first === undefined) return;
    const title = second === undefined ? `Explain ${first}` : 'Explain a rule…';
    yield { title, arguments: ids, findings: ofEachRule };
  },
};
