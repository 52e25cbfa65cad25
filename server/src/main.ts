// The language server: `--stdio`, or over the IPC channel of the editor that started it.
import { setFlagsFromString } from 'node:v8';
import { ProposedFeatures, createConnection } from 'vscode-languageserver/node';
import { startServer } from './lsp/server';

// V8 trades memory for throughput: it lets garbage pile up and compiles eagerly, with much of the code inlined.
// A server that answers keystrokes makes little garbage at a time and shares the machine with an editor. These
// four save a third of its memory, at no cost one can measure; `npm run bench` tells. Unknown flags are ignored.
const frugal = [
  '--semi-space-growth-factor=1',
  '--heap-growing-percent=10',
  '--max-inlined-bytecode-size-cumulative=100',
  '--interrupt-budget=300000',
];
for (const flag of frugal) setFlagsFromString(flag);

const connection = createConnection(ProposedFeatures.all);
// A bug in answering one message must not take the server and all open documents with it.
process.on('unhandledRejection', (reason) => connection.console.error(`A bug of Drydock: ${String(reason)}`));
startServer(connection);
