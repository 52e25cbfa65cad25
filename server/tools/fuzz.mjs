// Feeds the linter texts that nobody would write, and checks what must hold for every text; see --help.
import { prepare } from './prepare.mjs';

prepare();
const { load } = await import('./load.mjs');
const { main } = await load('test/fuzz/main.ts');
process.exitCode = main(process.argv.slice(2));
