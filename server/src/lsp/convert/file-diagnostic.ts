// A problem of a configuration file, as a diagnostic in that file.
import type { Diagnostic } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { FileProblem } from '../../io/surroundings/configuration-files';
import { sourceName } from '../../protocol/names';
import { DiagnosticSeverity } from '../library';
import { toRange } from './index';

/** Without a place, the first line. */
export function toFileDiagnostic({ at, message, unreadable }: FileProblem): Diagnostic {
  const range = at
    ? toRange(TextDocument.create('', '', 0, at.text), at)
    : { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } };
  return {
    range,
    severity: unreadable ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    source: sourceName,
    message: message.replace(/\.$/, ''),
  };
}
