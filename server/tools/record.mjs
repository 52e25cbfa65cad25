// Records what the real tools on this machine print, for tests to replay: `npm run record`, or
// `npm run record -- buildah podman`. The recordings of missing tools stay.
import { spawnSync } from 'node:child_process';
import { prepare } from './prepare.mjs';

prepare();

const { load } = await import('./load.mjs');
const { record } = await load('test/recordings/record.ts');
await record(process.argv.slice(2));
spawnSync(
  process.execPath,
  ['node_modules/prettier/bin/prettier.cjs', '--write', '--log-level', 'warn', 'test/recordings'],
  {
    stdio: 'inherit',
  },
);
