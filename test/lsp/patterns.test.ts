// "New from pattern…" over the protocol, on the bundle: what suits a project, what would be written, and nothing written.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type {
  DietPlan,
  DraftedFiles,
  NewestVersions,
  PatternChoices,
} from '../../server/src/protocol/messages';
import { LspClient } from '../harness/lsp-client';
import { image, index, startFakeRegistry } from '../harness/registry';
import { makeFolder } from '../harness/workspace';
import { patternText } from '../snippets/expand';

const project = { 'go.mod': 'module acme/shop\n\ngo 1.27\n', 'main.go': 'package main\n\nfunc main() {}\n' };

test('patterns for a folder, and the files of one with the source of each value', async (t) => {
  const folder = makeFolder(t, { ...project, Dockerfile: '\n', 'own/bad.md': 'no pattern\n' });
  const settings = { patterns: { folders: [join(folder, 'own')] } };
  const client = await LspClient.start({ folder, settings });
  t.after(() => client.stop());
  const where = { folder: pathToFileURL(folder).href };

  const choices = await client.connection.sendRequest<PatternChoices>('drydock/patternChoices', where);
  assert.equal(choices.suited[0], 'distroless-go');
  assert.deepEqual(choices.problems, [
    `${join(folder, 'own', 'bad.md')}: The file must begin with a block of YAML between two lines of ---`,
  ]);
  const [first] = choices.patterns.filter(({ id }) => id === 'distroless-go');
  assert.deepEqual(
    first?.advice.map((text) => text.split(' ')[0]),
    ['Take', 'Not', 'It'],
  );

  const ask = (
    values: Readonly<Record<string, string>>,
    pattern = 'distroless-go',
  ): Promise<DraftedFiles | null> =>
    client.connection.sendRequest('drydock/draftFiles', { ...where, pattern, values });
  const draft = await ask({ app: 'till' });
  assert.deepEqual(
    draft?.values.map(({ name, value, source }) => [name, value, source]),
    [
      ['app', 'till', 'as you say'],
      ['package', '.', 'from main.go'],
      ['go', '1.27', 'from go.mod'],
    ],
  );
  assert.deepEqual(
    draft.files.map(({ path, state }) => [path, state]),
    [
      ['Dockerfile', 'fill'],
      ['.dockerignore', 'create'],
    ],
  );
  assert.equal(
    draft.files[0]?.text,
    patternText(
      'distroless-go',
      new Map([
        ['app', 'till'],
        ['package', '.'],
        ['go', '1.27'],
      ]),
    ),
  );
  const wrong = await ask({ app: '$(reboot)' });
  assert.deepEqual([wrong?.open[0]?.name, wrong?.files], ['app', []]);
  assert.equal(await ask({}, 'no-such-pattern'), null);
  const elsewhere = { folder: 'untitled:folder' };
  assert.equal(await client.connection.sendRequest('drydock/patternChoices', elsewhere), null);
  await assert.rejects(
    client.connection.sendRequest('drydock/draftFiles', { ...where, pattern: 'x', values: { a: 1 } }),
  );
  assert.deepEqual(readdirSync(folder).sort(), ['Dockerfile', 'go.mod', 'main.go', 'own']);
});

test('what a project lacks, and what to do before the first build', async (t) => {
  const next = { dependencies: { next: '16' }, scripts: { build: 'next build' } };
  const folder = makeFolder(t, {
    'site/package.json': JSON.stringify(next),
    'site/package-lock.json': '{"lockfileVersion":3}',
    'site/next.config.ts': 'export default {};',
    'api/package.json': '{"dependencies":{"express":"5"}}',
  });
  const client = await LspClient.start({ folder });
  t.after(() => client.stop());
  const ask = <T>(method: string, below: string, more = {}): Promise<T> =>
    client.connection.sendRequest(method, { folder: pathToFileURL(join(folder, below)).href, ...more });

  const { problems } = await ask<PatternChoices>('drydock/patternChoices', 'api');
  assert.match(problems.join(), /^package\.json has no lock file beside it, /);
  const wanted = { pattern: 'next-standalone', values: {} };
  const { first } = await ask<DraftedFiles>('drydock/draftFiles', 'site', wanted);
  assert.match(first.join(), /output: "standalone"/);
});

test('an empty Dockerfile offers it in clients with our command, and resolving that says nothing', async (t) => {
  const client = await LspClient.start({ initializationOptions: { coexistence: [] } });
  t.after(() => client.stop());
  const uri = 'untitled:Dockerfile';
  await client.open(uri, '\n');
  const actions = await client.actions(uri, { start: 0, end: 0 });
  const offered = actions.find(({ title }) => title === 'New from pattern…');
  assert.deepEqual(offered?.command?.arguments, [uri]);
  assert.deepEqual(offered && (await client.resolve(offered)), offered);
  assert.deepEqual(client.messages, []);
  await client.change(uri, 'FROM scratch\n');
  const later = await client.actions(uri, { start: 0, end: 0 });
  assert.ok(!later.some(({ title }) => title === 'New from pattern…'));
});

test('the images of a diet: Dockerfiles of patterns and of the project, what is missing, and a question', async (t) => {
  const own = 'FROM scratch\nCOPY main.go /\n';
  const java = 'src/main/java/com/example/Main.java';
  const folder = makeFolder(t, {
    'go/go.mod': project['go.mod'],
    'go/main.go': project['main.go'],
    'go/diet/Dockerfile.scratch': own,
    'java/pom.xml': '<project><artifactId>hello</artifactId><version>1</version></project>',
    [`java/${java}`]: 'package com.example;\n',
    'nothing/notes.txt': '',
  });
  const client = await LspClient.start({ folder });
  t.after(() => client.stop());
  const ask = (name: string, values = {}): Promise<DietPlan> =>
    client.connection.sendRequest('drydock/dietPlan', {
      folder: pathToFileURL(join(folder, name)).href,
      values,
    });
  const go = await ask('go', { go: '1.26' });
  assert.deepEqual(
    go.variants.map(({ name, path }) => [name, path]),
    [
      ['naive', undefined],
      ['distroless', undefined],
      ['scratch', join(folder, 'go/diet/Dockerfile.scratch')],
    ],
  );
  assert.equal(go.variants[2]?.text, own);
  assert.match(go.variants[0]?.text ?? '', /^FROM golang:1\.26-trixie$/m);
  assert.deepEqual(go.variants[0]?.description.stages[0]?.baseImage, 'golang:1.26-trixie');
  assert.deepEqual([go.missing, go.language, go.open], [[], 'Go', []]);

  const open = await ask('java');
  assert.deepEqual(
    open.open.map(({ name }) => name),
    ['main'],
  );
  assert.deepEqual(open.variants, []);
  const told = await ask('java', { main: 'com.example.Main' });
  assert.deepEqual(told.missing, [{ name: 'scratch', why: 'runtime' }]);
  assert.equal(told.variants.length, 3);

  const nothing = await ask('nothing');
  assert.deepEqual(nothing, { variants: [], missing: [], open: [] });
});

test('the newest versions are looked up when chosen, and stand in drafts and completions from then on', async (t) => {
  const registry = await startFakeRegistry();
  t.after(() => registry.close());
  const list = index([image('linux/amd64')]);
  for (const tag of ['1.27-trixie', '1.30-trixie', '1.31-rc-trixie', '1.31-bookworm'])
    registry.put('library/golang', list, tag);
  const folder = makeFolder(t, { 'main.go': 'package main\n' });
  const client = await LspClient.start({
    folder,
    settings: { registry: { mirrors: { 'docker.io': `http://${registry.host}` } } },
    env: { HOME: folder, DOCKER_CONFIG: folder, XDG_RUNTIME_DIR: folder, XDG_CONFIG_HOME: folder },
    initializationOptions: { coexistence: [] },
  });
  t.after(() => client.stop());
  const where = { folder: pathToFileURL(folder).href, pattern: 'distroless-go' };
  const draft = async (): Promise<DraftedFiles> => {
    const drafted = await client.connection.sendRequest<DraftedFiles | null>('drydock/draftFiles', {
      ...where,
      values: {},
    });
    assert.ok(drafted);
    return drafted;
  };
  const goOf = ({ values }: DraftedFiles): readonly unknown[] =>
    values.filter(({ name }) => name === 'go').flatMap(({ value, source }) => [value, source]);
  const uri = 'untitled:Dockerfile';
  await client.open(uri, '\n');
  const completed = async (): Promise<string> =>
    JSON.stringify(
      await client.connection.sendRequest('textDocument/completion', {
        textDocument: { uri },
        position: { line: 0, character: 0 },
      }),
    );

  const before = await draft();
  assert.match(String(goOf(before)[1]), /^from the table of /);
  assert.deepEqual(before.registries, ['docker.io']);
  assert.doesNotMatch(await completed(), /golang:\$\{\d\|1\.30/);
  assert.deepEqual(registry.asked, [], 'nobody is asked before the user chooses it');

  const found = await client.connection.sendRequest<NewestVersions>('drydock/newestVersions', where);
  assert.deepEqual(found, { problems: [] });
  const after = await draft();
  assert.deepEqual(goOf(after), ['1.30', 'the newest in docker.io']);
  assert.deepEqual(after.registries, []);
  assert.match(after.files[0]?.text ?? '', /^FROM golang:1\.30-trixie AS build$/m);
  const asked = registry.asked.length;
  assert.match(await completed(), /golang:\$\{\d\|1\.30,1\.27\|\}-trixie/);
  assert.equal(registry.asked.length, asked, 'typing asks nobody');
  assert.equal(
    await client.connection.sendRequest('drydock/newestVersions', { ...where, pattern: 'none' }),
    null,
  );
});

test('no versions are looked up where registries may not be asked', async (t) => {
  const registry = await startFakeRegistry();
  t.after(() => registry.close());
  const folder = makeFolder(t);
  const mirrors = { 'docker.io': `http://${registry.host}` };
  const rows = [
    [{ registry: { mode: 'off', mirrors } }, true, /^Registry access is off\./],
    [{ registry: { mirrors } }, false, /only in a trusted workspace/],
  ] as const;
  for (const [settings, workspaceTrusted, why] of rows) {
    const client = await LspClient.start({
      folder,
      settings,
      initializationOptions: { coexistence: [], workspaceTrusted },
    });
    t.after(() => client.stop());
    const { problems } = await client.connection.sendRequest<NewestVersions>('drydock/newestVersions', {
      folder: pathToFileURL(folder).href,
      pattern: 'distroless-go',
    });
    assert.match(problems.join(), why);
  }
  assert.deepEqual(registry.asked, []);
});
