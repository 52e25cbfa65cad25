// The language server: `--stdio`, or over the IPC channel of the editor that started it.
import './lsp/frugal-memory';
import { connect } from './lsp/lifecycle';
import { startServer } from './lsp/server';

const connection = connect();
// A bug in answering one message must not take the server and all open documents with it.
process.on('unhandledRejection', (reason) => connection.console.error(`A bug of Drydock: ${String(reason)}`));
startServer(connection);
