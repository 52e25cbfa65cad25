// Runs in the extension host in place of the test module: sends the console and the standard streams to the
// file `output`, calls the test module, and writes the file `passed` when it succeeded.
const { Console } = require('node:console');
const { openSync, writeFileSync, writeSync } = require('node:fs');
const { join } = require('node:path');
const { Writable } = require('node:stream');

const { DRYDOCK_HOST_TESTS: tests, DRYDOCK_HOST_RESULTS: results } = process.env;

function redirectOutput() {
  const file = openSync(join(results, 'output'), 'a');
  const stream = new Writable({
    write(chunk, _encoding, done) {
      writeSync(file, chunk);
      done();
    },
  });
  for (const name of ['stdout', 'stderr']) Object.defineProperty(process, name, { value: stream });
  globalThis.console = new Console(stream);
}

exports.run = async () => {
  redirectOutput();
  await require(tests).run();
  writeFileSync(join(results, 'passed'), '');
};
