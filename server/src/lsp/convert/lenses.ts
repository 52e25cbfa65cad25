// Lines above instructions. Clients with our command open the list of steps from them.
import type { CodeLens } from 'vscode-languageserver/node';
import type { RebuildLens } from '../../core/ide/rebuild-lenses';
import { clientCommand } from '../../protocol/names';
import { toRange } from './index';
import type { Page } from './page';

export function toCodeLenses(
  lenses: readonly RebuildLens[],
  { document, hasClientCommands }: Page,
): CodeLens[] {
  return lenses.map(({ span, title }) => {
    const range = toRange(document, span);
    const given = [document.uri, range.start.line];
    return {
      range,
      // Without a command there is nothing to click on.
      command:
        hasClientCommands === true
          ? { title, command: clientCommand.showRebuilds, arguments: given }
          : { title, command: '' },
    };
  });
}
