// Bundles the product to dist/. `--dev` leaves the code readable and adds source maps.
//
// Code that the server does not need at the start goes into files of its own, loaded on first use: the registry client
// with its HTTP library, the library behind completion and formatting, and the YAML library.
import { build } from 'esbuild';
import { readFileSync, rmSync } from 'node:fs';
import { basename } from 'node:path';

/** Dynamic imports that become their own files: end of the imported path → file in dist/. */
const chunks = new Map([
  ['registry/access', 'registry'],
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
      contents: ['parseDocument', 'isAlias', 'isCollection', 'isMap', 'isNode', 'isPair', 'isScalar', 'isSeq', 'Lexer']
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
  await build({
    entryPoints: {
      extension: 'client/src/extension.ts',
      server: 'server/src/main.ts',
      cli: 'server/src/cli.ts',
      registry: 'server/src/io/registry/access.ts',
      'language-service': 'dockerfile-language-service',
      yaml: 'yaml',
    },
    outdir: 'dist',
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    external: ['vscode'],
    plugins: [lazyChunks, lazyYaml],
    define: { drydockVersion: JSON.stringify(version) },
    minify: !dev,
    sourcemap: dev ? 'inline' : false,
    legalComments: 'none',
    logLevel: 'warning',
    // The service package ships CommonJS and ESM; the bundle needs one copy.
    mainFields: ['module', 'main'],
  });
}

if (basename(process.argv[1] ?? '') === 'bundle.mjs') {
  await bundle({ dev: process.argv.includes('--dev') });
  console.log('bundled to dist/');
}
