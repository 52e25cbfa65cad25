// The change of a chosen action, as an edit of the protocol.
import type { WorkspaceEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { diff } from '../../core/text/diff';
import type { Change, ChangedFile } from '../actions/action';
import type { Client } from '../capabilities';
import { toTextEdits, toWorkspaceEdit } from '../convert';
import type { FileEdit } from '../convert';

/** @returns undefined when it changes nothing */
export function toEdit(
  document: TextDocument,
  { edits, files = [] }: Change,
  client: Client,
): WorkspaceEdit | undefined {
  if (edits.length === 0 && files.length === 0) return undefined;
  return toWorkspaceEdit(document, toTextEdits(document, edits), files.map(fileEdit), client);
}

/** The smallest edits that give another file the wanted text. */
function fileEdit({ path, before, after }: ChangedFile): FileEdit {
  const document = TextDocument.create(path, '', 0, before ?? '');
  return { path, before, edits: toTextEdits(document, diff(before ?? '', after)) };
}
