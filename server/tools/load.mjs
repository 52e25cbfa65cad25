// Loads TypeScript modules of the product into a tool.
import { build } from 'esbuild';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Bundles a TypeScript module to out/tools and imports it. @param {string} entry */
export async function load(entry) {
  // Two tools that run at the same time must not write the same file.
  const outfile = `out/tools/${entry.replaceAll('/', '-').replace(/\.ts$/, '')}.mjs`;
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return import(pathToFileURL(resolve(outfile)).href);
}
