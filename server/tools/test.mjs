// Runs the tests and sets up what they need. Words choose test files by a part of their path, or rules by their id:
//   npm test -- parse lsp/hover         npm test -- apt-get-yes
// Some tests compare with a text in the repository. `--update-NAME` sets DRYDOCK_UPDATE_NAME, and they write it instead:
//   npm test -- apt-get-yes --update-messages         npm test -- together --update-goldens
// The tests of test/engines need programs that are built first, so they run only with `npm run test:engines`. With
// `--cached` that builds nothing and takes the programs that are there.
import { existsSync, rmSync } from 'node:fs';
import { prepareEngines } from './engines.mjs';
import { prepare } from './prepare.mjs';
import { oldVersions } from './version-age.mjs';

const started = Date.now();
// What a test expects must not depend on what is installed. Tests of ShellCheck turn it on.
process.env.DRYDOCK_SHELLCHECK ??= 'off';
prepare();
const old = oldVersions();
if (old !== undefined) console.log(`Note: ${old}`);

const { buildTests, testFiles } = await import('./build-tests.mjs');
const { layerOf, layers, runLayers } = await import('./test-layers.mjs');

const updates = process.argv.slice(2).filter((word) => word.startsWith('--update-'));
for (const word of updates) process.env[`DRYDOCK_${word.slice(2).replaceAll('-', '_').toUpperCase()}`] = '1';
const isOption = (word) => updates.includes(word) || word === '--engines' || word === '--cached';
const withEngines = process.argv.includes('--engines');
const words = process.argv
  .slice(2)
  .filter((word) => !isOption(word))
  // The second file of a rule is tested with its first.
  .map((word) => word.replace(/\.parts$/, ''));
const isOfEngines = (source) => source.startsWith('test/engines/');
const sources = testFiles().filter((source) => isOfEngines(source) === withEngines);
const ruleIds = words.filter((word) => existsSync(`server/src/rules/${word}.ts`));
const isOfRule = (source, id) => source === 'test/rules.test.ts' || source.startsWith(`test/rules/${id}.`);
const chosen = sources.filter(
  (source) =>
    words.length === 0 ||
    words.some((word) => (ruleIds.includes(word) ? isOfRule(source, word) : source.includes(word))),
);
const unmatched = words.filter(
  (word) => !ruleIds.includes(word) && !sources.some((source) => source.includes(word)),
);
if (unmatched.length > 0) {
  console.error(`No test file or rule matches ${unmatched.join(' or ')}.`);
  process.exit(2);
}
// Read by test/rules.test.ts. Named together with that file itself, a rule adds nothing.
if (
  ruleIds.length > 0 &&
  !words.some((word) => !ruleIds.includes(word) && 'test/rules.test.ts'.includes(word))
) {
  process.env.DRYDOCK_TEST_RULES = ruleIds.join(',');
}

const cachedOnly = process.argv.includes('--cached');
if (withEngines) prepareEngines({ cachedOnly });
const needs = new Set(chosen.flatMap((source) => layerOf(source).needs));
try {
  if (needs.has('debian')) (await import('./debian.mjs')).installDebianPackages();
  if (withEngines) await (await import('./bases.mjs')).prepareBases({ cachedOnly });
  if (needs.has('editor')) {
    const { installVSCode } = await import('./vscode/installation.mjs');
    await installVSCode((line) => console.log(line));
  }
  if (needs.has('package')) {
    const { packageExtension } = await import('./package.mjs');
    await packageExtension();
  } else if (needs.has('bundle')) {
    const { bundle } = await import('./bundle.mjs');
    await bundle();
  }
  if (words.length === 0) rmSync('out/test', { recursive: true, force: true });
  await buildTests(chosen);
} catch (error) {
  // The bundler has printed its errors.
  const said =
    error instanceof Error ? (error.errors ? 'see the errors above' : error.message) : String(error);
  console.error(`Setting up the tests failed: ${said}`);
  process.exit(1);
}
const setUp = Date.now() - started;

const { passed, failed, skipped, inexcusable, failures, times } = await runLayers(chosen);
console.log('');
const rows = [
  ['set-up', setUp],
  ...layers.flatMap(({ name }) => (times.has(name) ? [[name, times.get(name)]] : [])),
];
for (const [name, milliseconds] of rows)
  console.log(`${name.padEnd(10)} ${(milliseconds / 1000).toFixed(1).padStart(7)} s`);
if (failures.length > 0)
  console.log(`\nfailed (details above):\n${failures.map((name) => `  ${name}`).join('\n')}`);
const notAllowed = inexcusable > 0 && Boolean(process.env.CI);
if (notAllowed)
  console.log(`\n${inexcusable} skipped without being optional, which counts as a failure in CI.`);
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
// Processes that a killed test left behind must not keep this one alive.
process.exit(failed > 0 || notAllowed ? 1 : 0);
