// What the client is told of a file, made by the server's own code from a text.
import { TextDocument } from 'vscode-languageserver-textdocument';
import { defaultConfig } from '../../server/src/core/lint/config';
import { lint } from '../../server/src/linter';
import { describeBuild } from '../../server/src/lsp/build-description';
import type { BuildDescription } from '../../server/src/protocol';
import { nothingAround } from '../../server/src/io/surroundings/surroundings';

export function describe(text: string): BuildDescription {
  const document = TextDocument.create('file:///Dockerfile', 'dockerfile', 1, text);
  const result = lint(text);
  return describeBuild({
    document,
    version: 1,
    text,
    result,
    settings: {
      enable: true,
      config: defaultConfig,
      languageFeatures: 'auto',
      rebuildLens: true,
      registry: undefined,
      patternFolders: [],
      problems: [],
    },
    surroundings: nothingAround(defaultConfig),
    id: '',
  });
}
