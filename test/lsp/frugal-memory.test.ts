// V8 prints an error for a flag that it does not know, and editors show that in red at every start.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { knownFlags, optimizeLater } from '../../server/src/io/processes/v8-flags';
import { frugalFlags, loadedFlags } from '../../server/src/lsp/frugal-memory';

/** Those of the server and of the command line. */
const flags = [...frugalFlags, ...loadedFlags, optimizeLater];

test('V8 knows every flag that we set', () => {
  const { stdout } = spawnSync(process.execPath, ['--v8-options'], { encoding: 'utf8' });
  const set = knownFlags(flags, process.versions.v8);
  for (const flag of set) assert.ok(stdout.includes(`${flag.replace(/=.*/, '')} (`), flag);
});

test('a flag is not set in a version of V8 that dropped it, nor in one that nobody has seen', () => {
  assert.equal(knownFlags(flags, '11.3.244.8-node.38').length, 4);
  for (const version of ['12.4.254.21-node.21', '13.6.233.17-node.53', '14.6.202.34-node.40']) {
    assert.equal(knownFlags(flags, version).length, 3, version);
    assert.ok(!knownFlags(flags, version).some((flag) => flag.includes('interrupt-budget')), version);
  }
  for (const version of ['10.2.154.26-node.36', '99.1.1', ''])
    assert.deepEqual(knownFlags(flags, version), []);
});
