// What the client is told of a file, made by the server's own code from a text.
import { toRange } from '../../server/src/lsp/convert';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { lint } from '../../server/src/linter';
import { describeBuild } from '../../server/src/service/build-description';
import type { BuildDescription } from '../../server/src/workflow/build-description';

export function describe(text: string): BuildDescription {
  const document = TextDocument.create('file:///Dockerfile', 'dockerfile', 1, text);
  const { model } = lint(text);
  return describeBuild({ model, version: 1, builds: [], toRange: (span) => toRange(document, span) });
}
