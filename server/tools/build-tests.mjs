// Bundles the tests to out/test: TypeScript in, ES modules out, shared code in shared chunks.
import { build } from 'esbuild';
import { rmSync } from 'node:fs';
import { globFiles } from './files.mjs';

/** @returns {Promise<string[]>} the built test files, in source order, relative to the root */
export async function buildTests() {
  const sources = globFiles('test', (path) => path.endsWith('.test.ts'));
  rmSync('out/test', { recursive: true, force: true });
  await build({
    entryPoints: sources,
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
  return sources.map((source) => source.replace(/^test/, 'out/test').replace(/\.ts$/, '.mjs'));
}
