// What users get: exactly the files they need, and nothing of the machine they were made on.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, posix } from 'node:path';
import { test } from 'node:test';
import { makeFolder } from '../harness/workspace';
import { readZip } from '../harness/zip';

const archive = readFileSync('drydock.vsix');
const files = readZip(archive);
const bundles = ['extension', 'language-service', 'patterns', 'registry', 'server', 'yaml'].map(
  (name) => `dist/${name}.js`,
);

interface Media {
  readonly image?: string;
  readonly markdown?: string;
}

interface Manifest {
  readonly extensionPack?: unknown;
  readonly extensionDependencies?: unknown;
  readonly version: string;
  readonly main: string;
  readonly bin: { readonly drydock: string };
  readonly icon: string;
  readonly contributes: {
    readonly languages: readonly { readonly configuration?: string }[];
    readonly snippets: readonly { readonly path: string }[];
    readonly yamlValidation: readonly { readonly url: string }[];
    readonly walkthroughs: readonly { readonly steps: readonly { readonly media: Media }[] }[];
  };
}

function read(path: string): string {
  const bytes = files.get(`extension/${path}`);
  assert.ok(bytes, `${path} is in the package`);
  return bytes.toString('utf8');
}

const manifest = JSON.parse(read('package.json')) as Manifest;

/** Names in a folder of the repository; none where there is no such folder. */
function listed(folder: string, ending: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(ending)) : [];
}

test('the package holds exactly what it should', () => {
  const rules = listed('server/src/rules', '.ts').filter((name) => /^[a-z0-9-]+\.ts$/.test(name));
  const expected = [
    ...bundles,
    'dist/THIRD-PARTY-NOTICES.txt',
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'icon.png',
    'client/language-configuration.json',
    'package.json',
    ...listed('.', '.json').filter((name) => name.startsWith('package.nls.')),
    ...listed('client/l10n', '.json').map((name) => `client/l10n/${name}`),
    'snippets/dockerfile.json',
    'server/docs/rules/README.md',
    'server/docs/drydock.schema.json',
    ...['build-menu', 'fix', 'user'].map((name) => `server/docs/pictures/${name}.png`),
    ...rules.map((name) => `server/docs/rules/${name.replace(/\.ts$/, '.md')}`),
  ];
  // The packer gives three of them names of its own.
  const renamed = new Map([
    ['CHANGELOG.md', 'changelog.md'],
    ['LICENSE', 'LICENSE.txt'],
    ['README.md', 'readme.md'],
  ]);
  assert.deepEqual(
    [...files.keys()].sort(),
    [
      '[Content_Types].xml',
      'extension.vsixmanifest',
      ...expected.map((path) => `extension/${renamed.get(path) ?? path}`),
    ].sort(),
  );
});

test('the package is small', () => {
  assert.ok(archive.length < 1.8 * 1024 * 1024, `${archive.length} bytes`);
});

test('what the manifest names is there', () => {
  const { main, icon, contributes } = manifest;
  const named = [main, icon, ...contributes.languages.flatMap(({ configuration }) => configuration ?? [])];
  named.push(
    ...contributes.snippets.map(({ path }) => path),
    ...contributes.yamlValidation.map(({ url }) => url),
    ...contributes.walkthroughs.flatMap(({ steps }) =>
      steps.flatMap(({ media: { image, markdown } }) => image ?? markdown ?? 'no media'),
    ),
  );
  for (const path of named) {
    assert.ok(files.has(`extension/${posix.normalize(path)}`), path);
  }
});

test('the bundles need nothing that is not in the package', () => {
  for (const bundle of bundles) {
    for (const [, target = ''] of read(bundle).matchAll(/\b(?:require|import)\("([^"]+)"\)/g)) {
      const there = target.startsWith('.')
        ? files.has(`extension/${posix.join('dist', target)}`)
        : isBuiltin(target) || /^(node:|vscode$)/.test(target);
      assert.ok(there, `${bundle} loads ${target}`);
    }
  }
});

test('the package says nothing of the machine it was made on', () => {
  const here = process.cwd();
  for (const [path, bytes] of files) {
    const text = bytes.toString('latin1');
    for (const trace of [here, here.replaceAll('/', '\\\\'), 'sourceMappingURL=']) {
      assert.ok(!text.includes(trace), `${path} holds ${trace}`);
    }
  }
});

test('the licences of what the bundles contain are there', () => {
  const notices = read('dist/THIRD-PARTY-NOTICES.txt');
  // Packages that the sources import, and some that those bring along.
  const packages = ['lru-cache', 'p-limit', 'unbash', 'undici', 'vscode-languageclient', 'yaml'];
  packages.push(
    'dockerfile-language-service',
    'dockerfile-ast',
    'vscode-jsonrpc',
    'vscode-languageserver-types',
  );
  for (const name of packages) {
    const { version, license } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as {
      version: string;
      license: string;
    };
    assert.ok(notices.includes(`\n${name} ${version} (${license})\n`), name);
  }
  assert.match(notices, /Permission is hereby granted, free of charge/);
});

test('the package brings no other extensions, and no text in it hides characters', () => {
  assert.deepEqual([manifest.extensionPack, manifest.extensionDependencies], [undefined, undefined]);
  for (const [path, bytes] of files) {
    if (path.endsWith('.png')) continue;
    const hidden =
      /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\u00AD\u061C\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\u{E0000}-\u{E007F}]/u.exec(
        bytes.toString('utf8'),
      );
    assert.equal(hidden?.index, undefined, `${path} hides U+${hidden?.[0].codePointAt(0)?.toString(16)}`);
  }
});

test('the same sources give the same bytes, at another time and place', (t) => {
  const path = join(makeFolder(t), 'again.vsix');
  const make = `import('./server/tools/package.mjs').then(({ packageExtension }) => packageExtension(${JSON.stringify(path)}))`;
  const { status, stderr } = spawnSync(process.execPath, ['-e', `process.umask(0o077); ${make}`], {
    encoding: 'utf8',
    env: { ...process.env, TZ: 'Asia/Tokyo' },
  });
  assert.equal(status, 0, stderr);
  assert.ok(readFileSync(path).equals(archive));
});
