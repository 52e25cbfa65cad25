// Bundles the tests to out/test: TypeScript in, ES modules out, shared code in shared chunks.
import { build } from 'esbuild';
import { globFiles } from './files.mjs';

/** @returns {string[]} the sources of all tests, sorted, relative to the root */
export function testFiles() {
  return globFiles('test', (path) => path.endsWith('.test.ts'));
}

/** @param {string} source of a test @returns {string} where it is built to */
export function builtPath(source) {
  return source.replace(/^test/, 'out/test').replace(/\.ts$/, '.mjs');
}

/** @param {readonly string[]} sources */
export async function buildTests(sources) {
  await build({
    entryPoints: [...sources],
    outdir: 'out/test',
    outbase: 'test',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    outExtension: { '.js': '.mjs' },
    logLevel: 'warning',
  });
}
