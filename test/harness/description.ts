// What the client is told of a file, made by the server's own code from a text.
import { TextDocument } from 'vscode-languageserver-textdocument';
import { defaultConfig } from '../../server/src/core/lint/config';
import { noFacts } from '../../server/src/core/lint/facts';
import { lint } from '../../server/src/linter';
import { describeBuild } from '../../server/src/lsp/build-description';
import type { BuildDescription } from '../../server/src/protocol';

export function describe(text: string): BuildDescription {
  const document = TextDocument.create('file:///Dockerfile', 'dockerfile', 1, text);
  const result = lint(text, defaultConfig, noFacts);
  return describeBuild({
    document,
    version: 1,
    text,
    result,
    settings: {
      enable: true,
      config: defaultConfig,
      languageFeatures: 'auto',
      registry: undefined,
      problems: [],
    },
    config: defaultConfig,
    facts: noFacts,
    contextFolder: undefined,
    id: '',
    revision: 0,
  });
}
