// The language server: `drydock-server --stdio`, or over the IPC channel of the editor that started it.
import { ProposedFeatures, createConnection } from 'vscode-languageserver/node';
import { startServer } from './lsp/server';

startServer(createConnection(ProposedFeatures.all));
