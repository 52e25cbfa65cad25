// How the tests in the extension host (`test-host.cjs`) tell us what they print and that they have passed:
// through files, because the workbench reports success also after a crash of the extension host.
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';

/** @param {string} folder the one that `test-host.cjs` is given */
export const resultFiles = (folder) => ({
  output: join(folder, 'output'),
  passed: () => existsSync(join(folder, 'passed')),
});

/**
 * Reports what is appended to a file, until the returned function is called.
 *
 * @param {string} file
 * @param {(data: Uint8Array) => void} report
 */
export function followFile(file, report) {
  const descriptor = openSync(file, 'a+');
  const buffer = Buffer.alloc(65_536);
  const read = () => {
    for (let size; (size = readSync(descriptor, buffer)) > 0;) report(Buffer.from(buffer.subarray(0, size)));
  };
  const timer = setInterval(read, 50);
  return () => {
    clearInterval(timer);
    read();
    closeSync(descriptor);
  };
}
