// Offers patterns in an empty Dockerfile, in clients that have our command for it.
import { clientCommand } from '../../protocol/names';
import { CodeActionKind } from '../library';
import type { CommandKind } from './action';

export const newFromPattern: CommandKind = {
  name: 'newFromPattern',
  lsp: CodeActionKind.QuickFix,
  needs: 'clientCommands',
  command: clientCommand.newFromPattern,

  *offer({ analysis: { text, document } }) {
    if (text.trim() === '') yield { title: 'New from pattern…', arguments: [document.uri], findings: [] };
  },
};
