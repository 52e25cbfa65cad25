// Manifests in front of the sources: which files go along, by what is in them, and where none may.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfig } from '../../server/src/core/lint/config';
import { lint } from '../../server/src/linter';

/** Installation, files of the context with their texts, and the files to copy first; '' where the sources are needed. */
type Row = readonly [string, Readonly<Record<string, string>>, string];

const lock = { 'package-lock.json': '{}', 'index.js': '' };
const both = 'package.json package-lock.json';
const npm = (json: object, more: Readonly<Record<string, string>> = {}): Row[1] => ({
  'package.json': JSON.stringify(json),
  ...lock,
  ...more,
});
const scripts = (given: Readonly<Record<string, string>>): Row[1] => npm({ scripts: given });
const pip = (text: string, more: Readonly<Record<string, string>> = {}): Row[1] => ({
  'requirements.txt': text,
  'app.py': '',
  ...more,
});
const go = (text: string): Row[1] => ({ 'go.mod': text, 'go.sum': '', 'main.go': '' });
const ruby = (text: string, more: Readonly<Record<string, string>> = {}): Row[1] => ({
  Gemfile: text,
  'Gemfile.lock': '',
  ...more,
});
const php = (json: object): Row[1] => ({ 'composer.json': JSON.stringify(json), 'index.php': '' });
const python = (text: string, more: Readonly<Record<string, string>> = {}): Row[1] => ({
  'pyproject.toml': text,
  'a.py': '',
  ...more,
});

const rows: readonly Row[] = [
  ['npm ci', npm({ dependencies: { a: '^1', b: 'me/b', c: 'npm:d@1', e: 'https://x.org/e.tgz' } }), both],
  ['npm ci', scripts({ build: 'tsc', test: 'node test.js', prebuild: 'rm -rf out' }), both],
  ['npm ci', scripts({ prepare: 'husky install || true', preinstall: 'npx only-allow npm' }), both],
  ['npm ci', scripts({ prepare: 'npm run build' }), ''],
  ['npm ci --omit=dev', scripts({ prepare: 'husky install && tsc' }), ''],
  ['npm ci --ignore-scripts', scripts({ prepare: 'husky install && tsc' }), both],
  ['npm ci', scripts({ preinstall: 'node scripts/check.js' }), ''],
  ['npm ci', scripts({ install: 'node-gyp rebuild' }), ''],
  ['npm ci', scripts({ postinstall: 'prisma generate' }), ''],
  ['npm ci', npm({}, { 'binding.gyp': '' }), ''],
  ['npm ci', npm({ dependencies: { a: 'file:./libs/a' } }), ''],
  ['npm ci', npm({ devDependencies: { a: '../a' } }), ''],
  ['npm ci', npm({ dependencies: { a: 'a-1.0.0.tgz' } }), ''],
  ['npm ci', npm({ overrides: { a: { b: 'file:b' } } }), ''],
  ['npm ci', npm({ workspaces: ['libs/*'] }), ''],
  ['npm ci', npm({ workspaces: [] }), both],
  ['npm ci', { ...npm({}), 'package.json': '{"a":' }, ''],
  ['npm ci', npm({}, { '.npmrc': 'engine-strict=true\n' }), `${both} .npmrc`],
  ['npm ci', npm({}, { '.npmrc': 'cafile=certs/ca.pem\n' }), ''],
  ['npm ci', npm({}, { '.npmrc': '# cafile=ca.pem\ncafile=/etc/ssl/ca.pem\n' }), `${both} .npmrc`],
  ['pnpm install', { ...npm({ dependencies: { a: 'workspace:*' } }), 'pnpm-lock.yaml': '' }, ''],
  [
    'pnpm install',
    {
      'package.json': '{}',
      'pnpm-lock.yaml': '',
      'pnpm-workspace.yaml': 'onlyBuiltDependencies:\n  - esbuild\n',
    },
    'package.json pnpm-lock.yaml pnpm-workspace.yaml',
  ],
  ['pnpm install', { 'package.json': '{}', 'pnpm-workspace.yaml': 'packages:\n  - libs/*\n' }, ''],
  ['pnpm install', { 'package.json': '{"pnpm":{"patchedDependencies":{"a@1":"p/a.patch"}}}', a: '' }, ''],
  ['yarn', { 'package.json': '{"resolutions":{"a":"patch:a@1#./a.patch"}}', 'yarn.lock': '' }, ''],
  ['yarn', { 'package.json': '{}', 'yarn.lock': '', '.yarnrc': 'yarn-offline-mirror "./mirror"\n' }, ''],
  ['yarn', { 'package.json': '{}', '.yarnrc.yml': 'yarnPath: tools/yarn.cjs\n', a: '' }, ''],
  [
    'yarn',
    { 'package.json': '{}', '.yarnrc.yml': 'nodeLinker: node-modules\n', a: '' },
    'package.json .yarnrc.yml',
  ],

  [
    'pip install -r requirements.txt',
    pip('# ./x\nflask==3.0 ; python_version > "3"\na[b] @ https://x.org/a.zip\ngit+https://x.org/a.git\n'),
    'requirements.txt',
  ],
  [
    'pip install -r requirements.txt',
    pip('a==1 \\\n  --hash=sha256:abc\n-i https://x.org/simple\n'),
    'requirements.txt',
  ],
  ['pip install -r requirements.txt', pip('./libs/foo\n'), ''],
  ['pip install -r requirements.txt', pip('flask\nlibs/foo\n'), ''],
  ['pip install -r requirements.txt', pip('foo @ file:///app/foo\n'), ''],
  ['pip install -r requirements.txt', pip('foo-1.0-py3-none-any.whl\n'), ''],
  ['pip install -r requirements.txt', pip('-e .\n'), ''],
  ['pip install -r requirements.txt', pip('-e git+https://x.org/a.git#egg=a\n'), 'requirements.txt'],
  ['pip install -r requirements.txt', pip('--find-links wheels\nfoo\n'), ''],
  [
    'pip install -r requirements.txt',
    pip('-r other.txt\n-c https://x.org/c.txt\n', {
      'other.txt': '--constraint=limits.txt\n',
      'limits.txt': 'a<2\n',
      'requirements-x.txt': '',
    }),
    'requirements.txt other.txt limits.txt',
  ],
  ['pip install -r requirements.txt', pip('-r other.txt\n'), ''],
  [
    'pip install -r requirements.txt',
    pip('-r other.txt\n', { 'other.txt': '-r requirements.txt\n./x\n' }),
    '',
  ],
  ['pip install -r requirements.txt', pip('-r reqs/base.txt\n'), ''],

  ['go build -o /a .', go('module x\n\nreplace a => b v1 // was ../b\n'), 'go.mod go.sum'],
  ['go build -o /a .', go('module x\nreplace example.com/y => ./y\n'), ''],
  ['go mod download', go('module x\nreplace (\n\ta v1 => ../a\n)\n'), ''],

  [
    'bundle install',
    ruby('source "https://rubygems.org"\n# gem "a", path: "a"\ngem "rails"\n'),
    'Gemfile Gemfile.lock',
  ],
  [
    'bundle install',
    ruby('ruby File.read(".ruby-version").strip\n', { '.ruby-version': '3.4' }),
    'Gemfile Gemfile.lock .ruby-version',
  ],
  ['bundle install', ruby('gem "x", path: "engines/x"\n'), ''],
  ['bundle install', ruby('gem "x", :path => "engines/x"\n'), ''],
  ['bundle install', ruby('path "engines" do\n  gem "x"\nend\n'), ''],
  ['bundle install', ruby('gemspec\n'), ''],
  ['bundle install', ruby('eval_gemfile "Gemfile.local"\n'), ''],

  ['composer install', php({ repositories: [{ type: 'vcs', url: 'https://x.org/a' }] }), 'composer.json'],
  ['composer install', php({ scripts: { 'post-install-cmd': '@php bin/x' } }), 'composer.json'],
  ['composer install', php({ repositories: [{ type: 'path', url: 'packages/*' }] }), ''],
  ['composer install', php({ repositories: { a: { type: 'vcs', url: './a' } } }), ''],
  ['composer install', php({ extra: { patches: { 'a/b': { x: 'p/x.patch' } } } }), ''],

  [
    'uv sync',
    python('[project]\nname = "a"\n[tool.uv.sources]\nb = { git = "https://x.org/b" }\n', {
      '.python-version': '3.13',
    }),
    'pyproject.toml .python-version',
  ],
  ['uv sync', python('[tool.uv.workspace]\nmembers = ["packages/*"]\n'), ''],
  ['uv sync', python('[tool.uv.sources]\nb = { path = "../b" }\n'), ''],
  ['uv sync', python('[project]\ndynamic = ["dependencies"]\n'), ''],
  ['poetry install', python('[tool.poetry.dependencies]\na = "^1"\n'), 'pyproject.toml'],
  [
    'poetry install',
    python('[tool.poetry.group.dev.dependencies]\na = {path = "./a", develop = true}\n'),
    '',
  ],
];

for (const [command, files, expected] of rows) {
  test(`dependencies first: ${command} with ${JSON.stringify(files)}`, () => {
    const context = {
      entries: Object.keys(files),
      ignoreFile: undefined,
      dockerfile: 'Dockerfile',
      textOf: (name: string) => files[name],
    };
    const text = `FROM x\nWORKDIR /app\nCOPY . .\nRUN ${command}\n`;
    const { findings } = lint(text, defaultConfig, { context });
    const found = findings.filter(({ rule }) => rule.id === 'copy-source-before-dependencies');
    assert.equal(found.length, 1);
    const written = (found[0]?.fix?.edits ?? []).map((edit) => edit.text).join('\n');
    assert.equal(/^COPY (.*?) \.\/?$/m.exec(written)?.[1] ?? '', expected);
  });
}
