// What package.json promises, and what the code, the pages and the README hold.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { isDockerfileName } from '../../server/src/io/build-context';
import { lint } from '../../server/src/linter';
import { LANGUAGE, SOURCE } from '../../server/src/protocol';
import { makeFolder } from '../harness/workspace';

interface Setting {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly additionalProperties?: { readonly enum?: readonly string[] } | boolean;
}

interface Language {
  readonly id: string;
  readonly filenames?: readonly string[];
  readonly extensions?: readonly string[];
  readonly filenamePatterns?: readonly string[];
}

interface Manifest {
  readonly engines: { readonly vscode: string; readonly node: string };
  readonly scripts: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly languages: readonly Language[];
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
    readonly configuration: readonly { readonly properties: Readonly<Record<string, Setting>> }[];
  };
}

const source = readFileSync('package.json', 'utf8');
const manifest = JSON.parse(source) as Manifest;
const { contributes } = manifest;
const settings = Object.fromEntries(
  contributes.configuration.flatMap(({ properties }) => Object.entries(properties)),
);

/** Strings of the client's code: whole literals, and the fixed parts of templates. */
function clientText(): string {
  return readdirSync('client/src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join('client/src', name), 'utf8'))
    .join('\n');
}

test('every text key is in package.nls.json, and every one there is used', () => {
  const texts = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Readonly<Record<string, string>>;
  const used = [...source.matchAll(/"%([\w.-]+)%"/g)].map(([, key]) => key);
  assert.deepEqual([...new Set(used)].sort(), Object.keys(texts).sort());
  for (const [key, text] of Object.entries(texts)) assert.ok(text.trim() !== '', key);
});

test('every command has a title, runs in the client, and menus name no other', () => {
  const commands = contributes.commands.map(({ command }) => command);
  assert.equal(new Set(commands).size, commands.length);
  const code = clientText();
  for (const { command, title } of contributes.commands) {
    assert.match(title, /^%command\.\w+%$/);
    const short = command.slice(`${SOURCE}.`.length);
    assert.match(code, new RegExp(`['"\`](?:${SOURCE}\\.)?${short}['"\`]`), `${command} is registered`);
  }
  const inMenus = Object.values(contributes.menus).flatMap((items) => items.map(({ command }) => command));
  assert.deepEqual(
    inMenus.filter((command) => !commands.includes(command)),
    [],
  );
});

/** Settings as protocol.ts describes them: name → its possible values, undefined where they are not a list of words. */
function protocolSettings(): Map<string, readonly string[] | undefined> {
  const program = ts.createProgram(['server/src/protocol.ts'], {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const file = program.getSourceFile('server/src/protocol.ts');
  assert.ok(file);
  const found = new Map<string, readonly string[] | undefined>();
  const visit = (type: ts.Type, prefix: string): void => {
    for (const property of type.getProperties()) {
      const name = `${prefix}.${property.name}`;
      const value = checker.getNonNullableType(checker.getTypeOfSymbolAtLocation(property, file));
      const declared = value.getSymbol()?.declarations?.[0];
      if (declared && ts.isInterfaceDeclaration(declared) && declared.getSourceFile() === file)
        visit(value, name);
      else if (value.isUnion() && value.types.every((one) => one.isStringLiteral())) {
        found.set(name, value.types.map((one) => (one.isStringLiteral() ? one.value : '')).sort());
      } else found.set(name, undefined);
    }
  };
  const root = file.statements.find(
    (statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === 'Settings',
  );
  assert.ok(root);
  visit(checker.getTypeAtLocation(root), SOURCE);
  return found;
}

test('the settings are those of the protocol, with the same values', () => {
  const described = protocolSettings();
  // Read by the client library, not by us.
  const ours = Object.keys(settings).filter((name) => name !== `${SOURCE}.trace.server`);
  assert.deepEqual(ours.sort(), [...described.keys()].sort());
  for (const name of ours) {
    const values = settings[name]?.enum;
    assert.deepEqual(values && [...values].sort(), described.get(name), name);
  }
});

test('what reaches the network or starts a program cannot be set by a workspace nobody trusts', () => {
  const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
  const sensitive = Object.keys(settings).filter((name) => /\.(registry|build|scan)\./.test(name));
  assert.deepEqual([...restrictedConfigurations].sort(), sensitive.sort());
});

test('nothing happens before a Dockerfile is open', () => {
  assert.deepEqual(manifest.activationEvents, [`onLanguage:${LANGUAGE}`]);
});

/** Which language VS Code takes for a file name: the whole name first, then the longest pattern, then the longest ending. */
function languageOf(path: string): string | undefined {
  const name = basename(path).toLowerCase();
  const matcher = (pattern: string): RegExp =>
    new RegExp(
      `^${pattern
        .toLowerCase()
        .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
        .replaceAll('*', '.*')}$`,
    );
  const candidates = contributes.languages.flatMap(
    ({ id, filenames = [], filenamePatterns = [], extensions = [] }) => [
      ...filenames
        .filter((one) => one.toLowerCase() === name)
        .map((one) => ({ id, rank: 2, length: one.length })),
      ...filenamePatterns
        .filter((one) => matcher(one).test(name))
        .map((one) => ({ id, rank: 1, length: one.length })),
      ...extensions
        .filter((one) => name.endsWith(one.toLowerCase()))
        .map((one) => ({ id, rank: 0, length: one.length })),
    ],
  );
  return candidates.sort((a, b) => b.rank - a.rank || b.length - a.length)[0]?.id;
}

test('the editor and the command line know the same file names', () => {
  const dockerfiles = [
    'Dockerfile',
    'Containerfile',
    'dockerfile',
    'Dockerfile.dev',
    'Dockerfile-dev',
    'Containerfile.prod',
    'app.dockerfile',
    'app.Dockerfile',
    'app.containerfile',
    'Dockerfile.a.b',
    'DOCKERFILE',
  ];
  const others = [
    '.dockerignore',
    'Dockerfile.dockerignore',
    'app.dockerfile.dockerignore',
    'Containerfile.containerignore',
    'docker-compose.yml',
    'Dockerfiles',
    'MyDockerfile',
    'README.md',
  ];
  for (const name of dockerfiles) {
    assert.equal(languageOf(name), LANGUAGE, name);
    assert.ok(isDockerfileName(name), name);
  }
  for (const name of others) {
    assert.notEqual(languageOf(name), LANGUAGE, name);
    assert.ok(!isDockerfileName(name), name);
  }
});

test('the editor is asked for no more than the libraries need', () => {
  const version = (text: string | undefined): number[] =>
    (text ?? '').replace(/^\D+/, '').split('.').map(Number);
  const client = JSON.parse(
    readFileSync('node_modules/vscode-languageclient/package.json', 'utf8'),
  ) as Manifest;
  assert.deepEqual(version(manifest.engines.vscode), version(client.engines.vscode));
  assert.deepEqual(
    version(manifest.devDependencies['@types/vscode']).slice(0, 2),
    version(manifest.engines.vscode).slice(0, 2),
  );
  assert.equal(version(manifest.devDependencies['@types/node'])[0], version(manifest.engines.node)[0]);
});

test('every library is named with its exact version', () => {
  for (const [name, version] of Object.entries(manifest.devDependencies))
    assert.match(version, /^\d+\.\d+\.\d+$/, name);
});

/** What a snippet inserts when every placeholder keeps its default. */
function expand(body: readonly string[]): string {
  let text = body.join('\n');
  // Inner placeholders first.
  for (let before = ''; before !== text;) {
    before = text;
    text = text
      .replaceAll(/(?<!\\)\$\{\d+\|((?:[^,|\\]|\\.)*)[^|}]*\|\}/g, '$1')
      .replaceAll(/(?<!\\)\$\{\d+:((?:[^{}\\$]|\\.|\$(?!\{))*)\}/g, '$1')
      .replaceAll(/(?<!\\)(?:\$\d+|\$\{\d+\})/g, '');
  }
  return text.replaceAll(/\\([$}\\])/g, '$1');
}

test('every snippet lints clean by default', () => {
  const path = 'snippets/dockerfile.json';
  const snippets = JSON.parse(readFileSync(path, 'utf8')) as Readonly<
    Record<string, { readonly prefix: string; readonly body: readonly string[] }>
  >;
  assert.ok(Object.keys(snippets).length >= 3);
  for (const [name, { body }] of Object.entries(snippets)) {
    const text = expand([body].flat()) + '\n';
    const { findings } = lint(text);
    assert.deepEqual(
      findings.map(({ rule, message }) => `${rule.id}: ${message}`),
      [],
      `${name}:\n${text}`,
    );
  }
});

/** Node.js as a user would start it: not as a part of this test run. */
function node(
  folder: string,
  ...words: readonly string[]
): { readonly status: number | null; readonly output: string } {
  const { NODE_TEST_CONTEXT: _, DRYDOCK_TEST_RULES: __, CI: ___, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, words, {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

test('registry, pages, README table and settings are up to date', () => {
  const { status, output } = node('.', 'server/tools/generate.mjs', '--check');
  assert.equal(status, 0, output);
});

test('new-rule makes a rule that compiles and whose example fails', (t) => {
  const folder = makeFolder(t);
  for (const path of [
    'server',
    'test/harness',
    'test/rules.test.ts',
    'test/tsconfig.json',
    'tsconfig.json',
    'package.json',
    'package-lock.json',
    'README.md',
    '.prettierrc.json',
  ]) {
    cpSync(path, join(folder, path), { recursive: true });
  }
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
  const id = 'stage-on-the-slip';
  const made = node(folder, 'server/tools/new-rule.mjs', id);
  assert.equal(made.status, 0, made.output);
  assert.ok(existsSync(join(folder, `server/docs/rules/${id}.md`)), 'the page is there');
  const compiled = node(
    folder,
    'node_modules/typescript/bin/tsc',
    '-p',
    'server/tsconfig.pure.json',
    '--outDir',
    join(folder, 'out'),
    '--tsBuildInfoFile',
    join(folder, 'out/info'),
  );
  assert.equal(compiled.status, 0, compiled.output);
  const tested = node(folder, 'server/tools/test.mjs', id);
  assert.equal(tested.status, 1, tested.output);
  assert.match(tested.output, /^0 passed, 1 failed, 0 skipped$/m);
  assert.match(tested.output, new RegExp(`${id}\\.ts:\\d+ \\(as written\\)`));
  const again = node(folder, 'server/tools/new-rule.mjs', id);
  assert.equal(again.status, 2, again.output);
});

test('the README names commands, versions and options that exist', () => {
  const readme = readFileSync('README.md', 'utf8');
  const usage = readFileSync('server/src/cli/arguments.ts', 'utf8');
  const scripts = [...readme.matchAll(/\bnpm (?:run )?([a-z][a-z:-]*)/g)]
    .map(([, name = '']) => name)
    .filter((name) => !['ci', 'install', 'run'].includes(name));
  assert.ok(scripts.includes('start') && scripts.includes('test'));
  for (const name of scripts) assert.ok(manifest.scripts[name], `npm run ${name}`);
  for (const [, version] of readme.matchAll(/Node(?:\.js)? (?:≥ ?|>= ?)?(\d+\.\d+)/g))
    assert.equal(`>=${version}`, manifest.engines.node);
  for (const line of readme.split('\n').filter((text) => /^\s*(?:\$ )?drydock check\b/.test(text))) {
    for (const [, option = ''] of line.matchAll(/ (--[a-z-]+)/g))
      assert.ok(usage.includes(option), `drydock check ${option}`);
  }
  for (const [, path = ''] of readme.matchAll(/\]\((?!https?:|#)([^)\s#]+)/g))
    assert.ok(existsSync(path), `the README links to ${path}`);
});
