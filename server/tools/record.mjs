// Records what the real tools of this machine say, for tests to replay: `npm run record`, or
// `npm run record -- buildah podman`. Tools that are not here keep their recordings.
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
