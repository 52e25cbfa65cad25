// The version latest is now, over the protocol, on the bundle: asked for when chosen, never before, written over
// nothing but the tag; and the way there through the editor's proxy.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { LspClient, editorCapabilities } from '../harness/lsp-client';
import type { LspClientOptions } from '../harness/lsp-client';
import { parseMarked } from '../harness/marked';
import { startProxy } from '../harness/proxy';
import { image, index, makeCertificates, startFakeRegistry } from '../harness/registry';
import type { FakeRegistry } from '../harness/registry';
import { requireTool } from '../harness/tools';
import { makeFolder } from '../harness/workspace';
import { readRegistrySettings } from '../../server/src/io/registry/read-settings';
import { readProxySettings } from '../../server/src/lsp/settings';

const uri = 'untitled:Dockerfile';
const versionTitle = /^Use the version that .*:latest is now$/;

async function start(t: TestContext, options: LspClientOptions = {}): Promise<LspClient> {
  // An empty home and no proxy: nothing of the machine that runs the test may play a part.
  const home = makeFolder(t);
  const proxies = { HTTP_PROXY: '', HTTPS_PROXY: '', http_proxy: '', https_proxy: '' };
  const client = await LspClient.start({
    env: { HOME: home, DOCKER_CONFIG: home, XDG_RUNTIME_DIR: home, XDG_CONFIG_HOME: home, ...proxies },
    ...options,
  });
  t.after(() => client.stop());
  return client;
}

async function fake(t: TestContext, ...rest: Parameters<typeof startFakeRegistry>): Promise<FakeRegistry> {
  const registry = await startFakeRegistry(...rest);
  t.after(() => registry.close());
  const now = index([image('linux/amd64', 'a'), image('linux/arm64', 'b')]);
  for (const tag of ['latest', '1', '1.4', '1.4.2', '1.4.2-alpine']) registry.put('team/app', now, tag);
  registry.put('team/app', index([image('linux/amd64', 'old')]), '1.4.1');
  registry.put('team/static', now, 'latest');
  registry.put('team/static', now, 'nonroot');
  return registry;
}

test('only the tag is written, in the reference or in the ARG it comes from', async (t) => {
  const registry = await fake(t);
  const client = await start(t);
  const name = `${registry.host}/team/app`;
  const places: readonly (readonly [source: string, after: string])[] = [
    [`FROM --platform=$BUILDPLATFORM «${name}» AS x`, `FROM --platform=$BUILDPLATFORM ${name}:1.4.2 AS x`],
    [`FROM "«${name}:latest»"\t AS x`, `FROM "${name}:1.4.2"\t AS x`],
    [
      `FROM scratch\r\nCOPY --from=«${name}:latest» --chown=1:1 a b\r\n`,
      `FROM scratch\r\nCOPY --from=${name}:1.4.2 --chown=1:1 a b\r\n`,
    ],
    [
      `FROM scratch\nRUN --mount=type=bind,from=«${name}»,target=/t ["/t/x"]\n`,
      `FROM scratch\nRUN --mount=type=bind,from=${name}:1.4.2,target=/t ["/t/x"]\n`,
    ],
    [`ARG BASE=${name}\nFROM «\${BASE}»\n`, `ARG BASE=${name}:1.4.2\nFROM \${BASE}\n`],
    [`ARG TAG="latest"\nFROM «${name}:$TAG»\n`, `ARG TAG="1.4.2"\nFROM ${name}:$TAG\n`],
  ];
  for (const [number, [source, after]] of places.entries()) {
    const one = `${uri}-${number}`;
    const { text, spans } = parseMarked(source);
    await client.open(one, text);
    const action = await client.choose(one, spans[0]!, `Use the version that ${name}:latest is now`);
    assert.equal(client.textAfter(one, action.edit), after);
    assert.match(String(action.diagnostics?.map(({ code }) => code)), /^image-tag-(missing|latest)$/);
  }
  assert.deepEqual(client.messages, []);
});

test('opening and listing ask nobody; the pin stays the other offer', async (t) => {
  const registry = await fake(t);
  const client = await start(t);
  const { text, spans } = parseMarked(
    `FROM «${registry.host}/team/app» AS a\nFROM «${registry.host}/team/app:1.4»\nCOPY --from=a /x /x\n`,
  );
  await client.open(uri, text);
  await client.diagnostics(uri);
  const titles = (await client.actions(uri, spans[0]!)).map(({ title }) => title);
  const name = `${registry.host}/team/app`;
  assert.deepEqual(titles.slice(0, 2), [
    `Use the version that ${name}:latest is now`,
    `Pin ${name} to its digest`,
  ]);
  const tagged = await client.actions(uri, spans[1]!);
  assert.ok(!tagged.some(({ title }) => versionTitle.test(title)));
  assert.equal(registry.connections(), 0);
  assert.ok(!client.askedSections.includes('http'));
  await client.choose(uri, spans[0]!, versionTitle);
  assert.equal(registry.asked.length, 4);
});

test('an ARG behind several images is offered once, for all that is found', async (t) => {
  const client = await start(t);
  const { text, spans } = parseMarked('ARG BASE=node\n«FROM ${BASE} AS a\nFROM ${BASE}\n»');
  await client.open(uri, text);
  const offered = (await client.actions(uri, spans[0]!)).filter(({ title }) => versionTitle.test(title));
  assert.deepEqual(
    offered.map(({ title, diagnostics }) => [title, diagnostics?.length]),
    [['Use the version that node:latest is now', 2]],
  );
});

test('a switched off rule, an untrusted workspace, and registries switched off: no offer, no connection', async (t) => {
  const registry = await fake(t);
  const { text, spans } = parseMarked(`FROM «${registry.host}/team/app»\n`);
  const cases: readonly (readonly [options: LspClientOptions, message: RegExp | undefined])[] = [
    [{ settings: { rules: { 'image-tag-missing': 'off' } } }, undefined],
    [{ settings: { registry: { mode: 'off' } } }, /access is off/],
    [{ initializationOptions: { workspaceTrusted: false, coexistence: [] } }, /trusted/],
  ];
  for (const [options, message] of cases) {
    const client = await start(t, options);
    await client.open(uri, text);
    const actions = await client.actions(uri, spans[0]!);
    assert.ok(!actions.some(({ title }) => versionTitle.test(title)));
    if (!message) continue;
    // Not even when asked for all the same.
    const title = `Use the version that ${registry.host}/team/app:latest is now`;
    const data = { kind: 'ask', uri, rule: 'image-tag-missing', at: spans[0], title };
    const chosen = await client.resolve({ title, data });
    assert.equal(chosen.edit, undefined);
    await client.until('the message', () => message.test(client.messages[0]?.message ?? ''));
  }
  assert.equal(registry.connections(), 0);
});

test('an image without versions: one message that names the other way', async (t) => {
  const registry = await fake(t);
  const client = await start(t);
  const { text, spans } = parseMarked(`FROM «${registry.host}/team/static»\n`);
  await client.open(uri, text);
  assert.equal((await client.choose(uri, spans[0]!, versionTitle)).edit, undefined);
  await client.until('the message', () => client.messages.length > 0);
  assert.deepEqual(
    client.messages.map(({ message }) => message),
    [`${registry.host}/team/static has no tag that is a plain version: pin the image to its digest instead`],
  );
});

test('a text that changes while the registry is asked is left alone', async (t) => {
  let release = (): void => undefined;
  const held = new Promise<void>((done) => (release = done));
  const registry = await fake(t, {
    before: ({ path }, response) => {
      if (!path.endsWith('/manifests/2.0.0')) return false;
      void held.then(() => response.writeHead(404).end());
      return true;
    },
  });
  registry.put('team/app', index([image('linux/amd64', 'new')]), '2.0.0');
  const client = await start(t);
  const { text, spans } = parseMarked(`FROM «${registry.host}/team/app»\n`);
  await client.open(uri, text);
  const chosen = client.choose(uri, spans[0]!, versionTitle);
  await client.until('the request', () => registry.lines().some((line) => line.endsWith('2.0.0')));
  await client.change(uri, `# new\n${text}`);
  release();
  assert.equal((await chosen).edit, undefined);
  await client.until('the message', () => /changed in the meantime/.test(client.messages[0]?.message ?? ''));
});

test('a client that cannot resolve has the edit applied', async (t) => {
  const registry = await fake(t);
  const { codeAction, ...textDocument } = editorCapabilities.textDocument ?? {};
  const client = await start(t, {
    capabilities: {
      ...editorCapabilities,
      textDocument: { ...textDocument, codeAction: { ...codeAction, resolveSupport: { properties: [] } } },
    },
  });
  const { text, spans } = parseMarked(`FROM «${registry.host}/team/app:latest»\n`);
  await client.open(uri, text);
  const offered = (await client.actions(uri, spans[0]!)).find(({ title }) => versionTitle.test(title));
  assert.equal(registry.connections(), 0);
  await client.connection.sendRequest('workspace/executeCommand', {
    command: offered?.command?.command,
    arguments: offered?.command?.arguments,
  });
  const applied = await client.until('the edit', () => client.applied[0]);
  assert.equal(client.textAfter(uri, applied), text.replace(':latest', ':1.4.2'));
});

test("registries are reached through the editor's proxy, never through one of the workspace's", async (t) => {
  const openssl = requireTool(t, 'openssl');
  if (openssl === undefined) return;
  const certificates = makeCertificates(openssl, ['DNS:registry.example']);
  t.after(() => certificates.remove());
  const [key, cert] = [readFileSync(certificates.key, 'utf8'), readFileSync(certificates.cert, 'utf8')];
  const registry = await fake(t, {}, { key, cert });
  const [first, second, planted] = await Promise.all(
    [registry.port, registry.port, registry.port].map((port) => startProxy({ 'registry.example': port })),
  );
  assert.ok(first && second && planted);
  t.after(() => Promise.all([first, second, planted].map((proxy) => proxy.close())));
  const settings = { registry: { caFiles: [certificates.ca], proxy: { url: planted.origin } } };
  const client = await start(t, { settings });
  client.http = { proxy: first.origin, noProxy: [], proxyStrictSSL: true };
  const { text, spans } = parseMarked('FROM «registry.example/team/app»\n');
  const choose = async (): Promise<string> => {
    const action = await client.choose(uri, spans[0]!, versionTitle);
    return client.textAfter(uri, action.edit);
  };
  await client.open(uri, text);
  for (let time = 0; time < 2; time++) assert.equal(await choose(), 'FROM registry.example/team/app:1.4.2\n');
  assert.ok(first.tunnels.length > 0 && first.tunnels.every((to) => to === 'registry.example:443'));
  assert.equal(client.askedSections.filter((section) => section === 'http').length, 1);

  // Another proxy counts from the change on.
  client.http = { proxy: second.origin.replace('//', '//me:secret@') };
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  assert.equal(await choose(), 'FROM registry.example/team/app:1.4.2\n');
  assert.deepEqual([...new Set(second.tunnels)], ['registry.example:443 as me:secret']);
  assert.deepEqual(planted.tunnels, []);
  assert.ok(!client.logs.join('\n').includes('secret'));
});

test("the editor's proxy settings arrive as the registry module reads them", () => {
  const read = (http: unknown): unknown => readRegistrySettings({ proxy: readProxySettings(http) }).proxy;
  assert.deepEqual(read({ proxy: 'http://p:1', noProxy: ['a.example'], proxyStrictSSL: false }), {
    url: 'http://p:1',
    noProxy: ['a.example'],
    strictTls: false,
  });
  for (const none of [null, 'x', [], {}, { proxy: '', noProxy: 'x', proxyStrictSSL: null }])
    assert.deepEqual(read(none), { url: undefined, noProxy: [], strictTls: true });
});
