// Measures how fast Drydock is, beside others; see --help.
import { prepare } from './prepare.mjs';

prepare();
const { bundle } = await import('./bundle.mjs');
const { load } = await import('./load.mjs');
await bundle();
const { main } = await load('test/bench/main.ts');
process.exit(await main(process.argv.slice(2)));
