// The language server: `--stdio`, or over the IPC channel of the editor that started it.
import './lsp/frugal-memory';
import { ProposedFeatures, createConnection } from './lsp/library';
import { startServer } from './lsp/server';

const connection = createConnection(ProposedFeatures.all);
// A bug in answering one message must not take the server and all open documents with it.
process.on('unhandledRejection', (reason) => connection.console.error(`A bug of Drydock: ${String(reason)}`));
startServer(connection);
