// The language server: `--stdio`, or over the IPC channel of the editor that started it.
import { stopGrowing } from './lsp/frugal-memory';
import { connect } from './lsp/lifecycle';
import { startServer } from './lsp/server';

const connection = connect();
// A bug in one answer must not end the server for all open documents.
process.on('unhandledRejection', (reason) => connection.console.error(`Bug in Drydock: ${String(reason)}`));
startServer(connection);
stopGrowing();
