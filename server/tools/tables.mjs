// Makes the generated tables about official images and Debian's packages. See --help.
import { prepare } from './prepare.mjs';

prepare();
const { load } = await import('./load.mjs');
const { main } = await load('server/tools/tables/main.ts');
process.exitCode = await main(process.argv.slice(2));
