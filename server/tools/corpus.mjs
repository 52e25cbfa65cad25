// Runs the rules on a collection of real Dockerfiles, kept outside the repository. See --help.
import { prepare } from './prepare.mjs';

prepare();
const { load } = await import('./load.mjs');
const { main } = await load('server/tools/corpus/main.ts');
process.exitCode = await main(process.argv.slice(2));
