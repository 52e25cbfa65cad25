// Bundles the product to dist/. `--dev` leaves the code readable and adds source maps.
//
// Code that the server does not need at the start goes into files of its own, loaded on first use: the registry client
// with its HTTP library, the patterns, the library behind completion and formatting, and the YAML library. So does what a
// command of the command line does not need.
import { build, transform } from 'esbuild';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { thirdPartyNotices } from './third-party.mjs';

/** Dynamic imports that become their own files: end of the imported path → file in dist/. */
const chunks = new Map([
  ['io/network', 'registry'],
  ['patterns/library', 'patterns'],
  ['dockerfile-language-service', 'language-service'],
]);

const lazyChunks = {
  name: 'lazy-chunks',
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ kind, path }) => {
      if (kind !== 'dynamic-import') return undefined;
      const chunk = [...chunks].find(([end]) => path.endsWith(end));
      return chunk && { path: `./${chunk[1]}.js`, external: true };
    });
  },
};

/**
 * Configuration files are read synchronously, so their library cannot be a dynamic import. Instead it is required when
 * one of its functions or classes is first called. A name that is not listed here fails the bundle.
 */
const lazyYaml = {
  name: 'lazy-yaml',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^yaml$/ }, ({ kind }) =>
      kind === 'import-statement' ? { path: 'yaml', namespace: 'lazy' } : undefined,
    );
    onResolve({ filter: /^\.\/yaml\.js$/, namespace: 'lazy' }, ({ path }) => ({ path, external: true }));
    onLoad({ filter: /./, namespace: 'lazy' }, () => ({
      contents: [
        'parseDocument',
        'isAlias',
        'isCollection',
        'isMap',
        'isNode',
        'isPair',
        'isScalar',
        'isSeq',
        'Lexer',
      ]
        .map(
          (name) => `export function ${name}(...given) {
            const real = require('./yaml.js').${name};
            return new.target ? new real(...given) : real(...given);
          }`,
        )
        .join('\n'),
    }));
  },
};

/** @param {{ dev?: boolean }} [options] */
export async function bundle({ dev = false } = {}) {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  rmSync('dist', { recursive: true, force: true });
  const shared = {
    outdir: 'dist',
    bundle: true,
    platform: 'node',
    target: 'node20',
    external: ['vscode'],
    plugins: [lazyChunks, lazyYaml],
    define: { drydockVersion: JSON.stringify(version) },
    minify: !dev,
    sourcemap: dev ? 'inline' : false,
    // The licences stand in a file of their own.
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    // The service package ships CommonJS and ESM; the bundle needs one copy.
    mainFields: ['module', 'main'],
  };
  const { metafile } = await build({
    ...shared,
    entryPoints: {
      extension: 'client/src/extension.ts',
      server: 'server/src/main.ts',
      registry: 'server/src/io/network.ts',
      patterns: 'server/src/patterns/library.ts',
      'language-service': 'dockerfile-language-service',
      yaml: 'yaml',
    },
    format: 'cjs',
  });
  const commandLine = await bundleCommandLine(shared);
  const outputs = { ...metafile.outputs, ...commandLine.outputs };
  if (!dev) for (const path of Object.keys(outputs)) escapeCharacters(path);
  writeFileSync(join('dist', 'THIRD-PARTY-NOTICES.txt'), thirdPartyNotices({ outputs }));
}

/**
 * The command line loads a command when it is wanted, and what several share lies in files of its own: `cli-*.js`. The
 * bundler splits modules only, so each file is made CommonJS after that: it starts quicker, and runs beside the others.
 * @param {import('esbuild').BuildOptions} shared what all bundles have in common
 */
async function bundleCommandLine(shared) {
  const { metafile, outputFiles } = await build({
    ...shared,
    metafile: true,
    entryPoints: { cli: 'server/src/cli.ts' },
    format: 'esm',
    splitting: true,
    chunkNames: 'cli-[name]-[hash]',
    write: false,
  });
  for (const { path, text } of outputFiles) {
    const { code } = await transform(text, {
      format: 'cjs',
      platform: 'node',
      target: shared.target,
      minify: shared.minify,
      sourcemap: shared.sourcemap,
      legalComments: 'none',
      // As modules are.
      banner: '"use strict";',
      // Node.js would start its loader of modules for it.
      supported: { 'dynamic-import': false },
    });
    writeFileSync(path, code);
  }
  return metafile;
}
/**
 * Shortened code has control characters in its strings as such: whoever looks at it should see all of it. A character
 * outside Latin-1, which the bundler leaves in regular expressions, would make V8 keep the whole file in twice the memory.
 */
function escapeCharacters(path) {
  const code = readFileSync(path, 'utf8');
  const escaped = code.replaceAll(/[\0-\x08\x0B\x0C\x0E-\x1F\x7F]|[^\0-\x7F]/g, (unit) => {
    const digits = unit.charCodeAt(0).toString(16);
    return unit > '\x7F' ? `\\u${digits.padStart(4, '0')}` : `\\x${digits.padStart(2, '0')}`;
  });
  if (escaped !== code) writeFileSync(path, escaped);
}

if (basename(process.argv[1] ?? '') === 'bundle.mjs') {
  await bundle({ dev: process.argv.includes('--dev') });
  console.log('bundled to dist/');
}
