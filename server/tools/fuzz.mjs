// Texts nobody would write, and what has to hold for them all the same; see --help.
import { prepare } from './prepare.mjs';

prepare();
const { load } = await import('./load.mjs');
const { main } = await load('test/fuzz/main.ts');
process.exitCode = main(process.argv.slice(2));
