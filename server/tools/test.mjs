// Runs the tests. Words on the command line choose test files by a part of their path, and rules by id:
//   npm test -- parse         npm test -- apt-get-yes
import { spawnSync } from 'node:child_process';
import { buildTests } from './build-tests.mjs';

const words = process.argv.slice(2);
const files = await buildTests();
const chosen = words.length ? files.filter((file) => words.some((word) => file.includes(word))) : files;
const result = spawnSync(process.execPath, ['--test', ...chosen], { stdio: 'inherit' });
process.exit(result.status ?? 1);
