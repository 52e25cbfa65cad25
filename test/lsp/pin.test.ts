// Digests over the protocol, on the bundle, from registries on loopback: asked for when chosen, never before,
// and never in an untrusted workspace.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { editorCapabilities, LspClient } from '../harness/lsp-client';
import type { LspClientOptions } from '../harness/lsp-client';
import { parseMarked } from '../harness/marked';
import { Pusher, image, index, startDockerRegistry, startFakeRegistry } from '../harness/registry';
import type { FakeRegistry } from '../harness/registry';
import { requireTool } from '../harness/tools';
import { makeFolder } from '../harness/workspace';
import type { BuildDescription } from '../../server/src/workflow/build-description';
import type { DigestsResult, RulePage } from '../../server/src/protocol/messages';

const uri = 'untitled:Dockerfile';

async function start(t: TestContext, options: LspClientOptions = {}): Promise<LspClient> {
  // An empty home: no login of the machine that runs the test may play a part.
  const home = makeFolder(t);
  const client = await LspClient.start({
    env: { HOME: home, DOCKER_CONFIG: home, XDG_RUNTIME_DIR: home, XDG_CONFIG_HOME: home },
    ...options,
  });
  t.after(() => client.stop());
  return client;
}

async function fake(
  t: TestContext,
  bend: Parameters<typeof startFakeRegistry>[0] = {},
): Promise<{ registry: FakeRegistry; digest: string }> {
  const registry = await startFakeRegistry(bend);
  t.after(() => registry.close());
  const list = index([image('linux/amd64', 'a'), image('linux/arm64', 'b')]);
  registry.put('team/app', list, '1.2');
  return { registry, digest: list.digest };
}

const pinTitle = /^Pin .* to its digest$/;

test('the real registry gives the digest of the index, and only the token is edited', async (t) => {
  const program = requireTool(t, 'docker-registry');
  if (program === undefined) return;
  const registry = await startDockerRegistry(program);
  t.after(() => registry.stop());
  const pusher = new Pusher(`http://${registry.host}`);
  const platforms = [image('linux/amd64', 'a'), image('linux/arm64', 'b')];
  for (const one of platforms) await pusher.image('team/app', one);
  const list = index(platforms);
  await pusher.manifest('team/app', list, '1.2');
  const client = await start(t);
  const name = `${registry.host}/team/app`;
  const places = [
    `FROM --platform=$BUILDPLATFORM «${name}:1.2» AS x`,
    `FROM "«${name}:1.2»"`,
    `FROM scratch\r\nCOPY --from=«${name}:1.2» --chown=1:1 a b\r\n`,
    `FROM scratch\nRUN --mount=type=bind,from=«${name}:1.2»,target=/t ["/t/x"]\n`,
    `# syntax=«${name}:1.2»\nFROM scratch\n`,
    `ARG BASE=«${name}:1.2»\nFROM \${BASE}\n`,
  ];
  for (const [number, source] of places.entries()) {
    const one = `${uri}-${number}`;
    const { text, spans } = parseMarked(source);
    await client.open(one, text);
    const at = spans[0]!;
    const action = await client.choose(one, at, `Pin ${name} to its digest`);
    assert.equal(
      client.textAfter(one, action.edit),
      `${text.slice(0, at.end)}@${list.digest}${text.slice(at.end)}`,
    );
  }
  assert.deepEqual(client.messages, []);
});

test('opening and listing ask nobody; choosing asks once and the answer is kept', async (t) => {
  const { registry, digest } = await fake(t);
  const client = await start(t);
  const { text, spans } = parseMarked(`FROM «${registry.host}/team/app:1.2»\n`);
  await client.open(uri, text);
  await client.diagnostics(uri);
  const actions = await client.actions(uri, spans[0]!);
  assert.ok(actions.some(({ title }) => pinTitle.test(title)));
  assert.equal(registry.connections(), 0);
  const action = await client.choose(uri, spans[0]!, pinTitle);
  assert.match(client.textAfter(uri, action.edit), new RegExp(`:1.2@${digest}\n$`));
  assert.deepEqual(registry.lines(), [
    'HEAD /v2/team/app/manifests/1.2',
    `GET /v2/team/app/manifests/${digest}`,
  ]);
  await client.choose(uri, spans[0]!, pinTitle);
  assert.equal(registry.asked.length, 2);
});

test('an untrusted workspace sees no connection and no offer, until trust is granted', async (t) => {
  const { registry } = await fake(t);
  const client = await start(t, { initializationOptions: { workspaceTrusted: false, coexistence: [] } });
  const { text, spans } = parseMarked(`FROM «${registry.host}/team/app:1.2»\n`);
  await client.open(uri, text);
  await client.diagnostics(uri);
  assert.ok(!(await client.actions(uri, spans[0]!)).some(({ title }) => pinTitle.test(title)));
  const refused = await client.connection.sendRequest<DigestsResult>('drydock/pinAll', {
    textDocument: { uri },
  });
  assert.match(refused.refused ?? '', /trust/);
  const title = `Pin ${registry.host}/team/app to its digest`;
  const data = { kind: 'ask', uri, rule: 'image-digest-missing', at: spans[0], title };
  assert.equal((await client.resolve({ title, data })).edit, undefined);
  await client.until('the message', () => /trusted/.test(client.messages[0]?.message ?? ''));
  assert.equal(registry.connections(), 0);
  await client.connection.sendNotification('drydock/trustGranted');
  const action = await client.choose(uri, spans[0]!, pinTitle);
  assert.ok(action.edit);
  assert.deepEqual(action.data, data, 'what was refused is what is sent');
});

test('switched off means off', async (t) => {
  const { registry } = await fake(t);
  const client = await start(t, { settings: { registry: { mode: 'off' } } });
  const { text, spans } = parseMarked(`FROM «${registry.host}/team/app:1.2»\n`);
  await client.open(uri, text);
  assert.ok(!(await client.actions(uri, spans[0]!)).some(({ title }) => pinTitle.test(title)));
  assert.equal(registry.connections(), 0);
});

test('failures say what to do, once, and edit nothing', async (t) => {
  const { registry } = await fake(t, {
    bytes: (asked, { bytes }) =>
      asked.path.includes('sha256:') ? Buffer.from('{"schemaVersion":2}') : bytes,
  });
  const client = await start(t);
  const { text, spans } = parseMarked(
    `FROM «${registry.host}/team/app:1.2»\nFROM «${registry.host}/team/gone:1»\n`,
  );
  await client.open(uri, text);
  for (const at of spans) {
    const told = client.messages.length;
    assert.equal((await client.choose(uri, at, pinTitle)).edit, undefined);
    await client.until('the message', () => client.messages.length === told + 1);
  }
  assert.match(client.messages[1]?.message ?? '', /gone/);
});

const meanwhile: readonly (readonly [string, boolean, (client: LspClient, text: string) => Promise<void>])[] =
  [
    ['stays', true, () => Promise.resolve()],
    ['changes', false, (client, text) => client.change(uri, `# new\n${text}`)],
    [
      'is closed and opened at the same version with another',
      false,
      async (client, text) => {
        await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
        await client.open(uri, `FROM scratch\nCOPY ${'x'.repeat(text.length)} /y\n`);
      },
    ],
  ];
for (const [what, edited, act] of meanwhile) {
  test(`a text that ${what} while the registry is asked is ${edited ? 'edited' : 'left alone'}`, async (t) => {
    let release = (): void => undefined;
    const held = new Promise<void>((done) => (release = done));
    const registry = await startFakeRegistry({ wait: () => held });
    t.after(() => registry.close());
    registry.put('team/app', index([image('linux/amd64')]), '1');
    const client = await start(t);
    const { text, spans } = parseMarked(`FROM «${registry.host}/team/app:1»\n`);
    await client.open(uri, text);
    const chosen = client.choose(uri, spans[0]!, pinTitle);
    await client.until('the request', () => registry.connections() > 0);
    await act(client, text);
    release();
    assert.equal((await chosen).edit !== undefined, edited);
  });
}

test('all images of a file are pinned in one edit; what cannot be pinned is told with the reason', async (t) => {
  const { registry, digest } = await fake(t);
  const client = await start(t);
  const name = `${registry.host}/team/app:1.2`;
  const text = `ARG TAG=1.2\nFROM ${name} AS a\nFROM ${registry.host}/team/app:\${TAG}\nFROM ${name}@${digest}\nFROM scratch\nCOPY --from=a x y\nCOPY --from=${name} x y\n`;
  await client.open(uri, text);
  const result = await client.connection.sendRequest<DigestsResult>('drydock/pinAll', {
    textDocument: { uri },
  });
  const pinned = client.textAfter(uri, { changes: { [uri]: [...result.edits] } });
  assert.equal(
    pinned,
    text
      .replace(`FROM ${name} AS`, `FROM ${name}@${digest} AS`)
      .replace(`--from=${name} `, `--from=${name}@${digest} `),
  );
  assert.equal(result.summary, 'Pinned 2 of 3 images');
  assert.equal(result.failures.length, 1);
  assert.match(
    result.failures[0]?.message ?? '',
    /^\S+:\$\{TAG\} cannot be pinned: the tag comes from .*variable TAG/,
  );
  assert.equal(result.failures[0]?.line, 2);
});

test('an image without a tag is pinned as latest, and a placeholder is replaced', async (t) => {
  const { registry, digest } = await fake(t);
  registry.put('team/app', index([image('linux/amd64', 'a'), image('linux/arm64', 'b')]), 'latest');
  const client = await start(t);
  const name = `${registry.host}/team/app`;
  const rows: readonly (readonly [before: string, after: string])[] = [
    [`FROM «${name}»`, `FROM ${name}:latest@${digest}`],
    [`ARG BASE=${name}\nFROM «\${BASE}»`, `ARG BASE=${name}:latest@${digest}\nFROM \${BASE}`],
    [`FROM «${name}:1.2@sha256:...» AS x`, `FROM ${name}:1.2@${digest} AS x`],
    [`FROM «${name}:1.2@sha256:<digest>»`, `FROM ${name}:1.2@${digest}`],
    [`FROM «${name}@sha256:abc123»`, `FROM ${name}:latest@${digest}`],
    [`FROM "«${name}:1.2@»"`, `FROM "${name}:1.2@${digest}"`],
    [
      `ARG REGISTRY=${registry.host}\nFROM «\${REGISTRY}/team/app:1.2»`,
      `ARG REGISTRY=${registry.host}\nFROM \${REGISTRY}/team/app:1.2@${digest}`,
    ],
    [
      `ARG REGISTRY=${registry.host}/\nFROM «\${REGISTRY}team/app:1.2»`,
      `ARG REGISTRY=${registry.host}/\nFROM \${REGISTRY}team/app:1.2@${digest}`,
    ],
    [
      `FROM «\${REGISTRY:-${registry.host}/team}/app:1.2»`.replace('FROM', 'ARG REGISTRY\nFROM'),
      `ARG REGISTRY\nFROM \${REGISTRY:-${registry.host}/team}/app:1.2@${digest}`,
    ],
  ];
  for (const [number, [before, after]] of rows.entries()) {
    const one = `${uri}-${number}`;
    const { text, spans } = parseMarked(`${before}\n`);
    await client.open(one, text);
    const action = await client.choose(one, spans[0]!, pinTitle);
    assert.equal(client.textAfter(one, action.edit), `${after}\n`);
  }
  assert.deepEqual(client.messages, []);
});

test('a tag that moves has a more specific version; a whole version has none', async (t) => {
  const { registry } = await fake(t);
  const list = index([image('linux/amd64', 'v')]);
  for (const tag of ['1', '1.4', '1.4.2', 'lts']) registry.put('team/tool', list, tag);
  for (const tag of ['1.4.2-alpine', 'alpine', '1-alpine'])
    registry.put('team/tool', index([image('linux/amd64', 'alpine')]), tag);
  const client = await start(t);
  const name = `${registry.host}/team/tool`;
  const rows: readonly (readonly [before: string, after: string])[] = [
    [`FROM «${name}:1»`, `FROM ${name}:1.4.2`],
    [`FROM «${name}:lts» AS x`, `FROM ${name}:1.4.2 AS x`],
    [`FROM «${name}:1-alpine»`, `FROM ${name}:1.4.2-alpine`],
    [`FROM «${name}:alpine»`, `FROM ${name}:1.4.2-alpine`],
    [`FROM scratch\nCOPY --from=«${name}:1.4» /x /x`, `FROM scratch\nCOPY --from=${name}:1.4.2 /x /x`],
    [`ARG V=1\nFROM «${name}:\${V}»`, `ARG V=1.4.2\nFROM ${name}:\${V}`],
  ];
  const title = /^Use the most specific version that .* is now$/;
  for (const [number, [before, after]] of rows.entries()) {
    const one = `${uri}-${number}`;
    const { text, spans } = parseMarked(`${before}\n`);
    await client.open(one, text);
    const action = await client.choose(one, spans[0]!, title);
    assert.equal(client.textAfter(one, action.edit), `${after}\n`);
  }
  for (const [number, reference] of [
    'app:1.4.2',
    'app:bookworm-20250520',
    'app:latest',
    'app:<version>',
  ].entries()) {
    const one = `${uri}-none-${number}`;
    await client.open(one, `FROM ${reference}\n`);
    const actions = await client.actions(one, { start: 6, end: 6 });
    assert.ok(!actions.some((candidate) => title.test(candidate.title)), reference);
  }
});

test('what cannot be pinned is there with its reason, for editors that show such actions', async (t) => {
  const { textDocument } = editorCapabilities;
  const codeAction = { ...textDocument?.codeAction, disabledSupport: true };
  const capabilities = { ...editorCapabilities, textDocument: { ...textDocument, codeAction } };
  const showing = await start(t, { capabilities });
  const hiding = await start(t);
  const digest = `sha256:${'a'.repeat(64)}`;
  const rows: readonly (readonly [source: string, title: string, reason: RegExp])[] = [
    [
      'ARG V=1.0\nFROM «reg.example/app:${V}-alpine»',
      'Pin reg.example/app to its digest',
      /^the tag comes .* V\b/,
    ],
    ['ARG N=app\nFROM «reg.example/${N}:1»', 'Pin reg.example/${N} to its digest', /^the name comes .* N\b/],
    ['ARG R\nFROM «${R}/app:1»', 'Pin ${R}/app to its digest', /^ARG R has no default value/],
    ['ARG P=team\nFROM «${P}/app:1»', 'Pin ${P}/app to its digest', /^the name comes .* P\b/],
    ['ARG B\nFROM «$B»', 'Pin $B to its digest', /^ARG B has no default value/],
    [`FROM «reg.example/app@${digest}»`, 'Update the digest of reg.example/app', /no tag/],
    [
      'ARG D\nFROM «reg.example/app:1@${D}»',
      'Update the digest of reg.example/app',
      /digest comes from a variable/,
    ],
    [
      'FROM scratch\nCOPY --from=«reg.example/app:$V» /x /x',
      'Pin reg.example/app to its digest',
      /does not expand variables here/,
    ],
  ];
  for (const [number, [source, title, reason]] of rows.entries()) {
    const one = `${uri}-${number}`;
    const { text, spans } = parseMarked(`${source}\n`);
    for (const client of [showing, hiding]) await client.open(one, text);
    const action = (await showing.actions(one, spans[0]!)).find((candidate) => candidate.title === title);
    assert.match(action?.disabled?.reason ?? '', reason, source);
    assert.ok(!(await hiding.actions(one, spans[0]!)).some((candidate) => candidate.title === title));
  }
});

test('a build is described, also of a file with mistakes; a rule has a page', async (t) => {
  const client = await start(t);
  await client.open(
    uri,
    'ARG BASE=alpine:3.20\nFROM ${BASE} AS build\nARG VERSION="1" TOKEN\nRUN apk add --no-cache \\\n    # comment\n    curl\nCPOY x y\nFROM --platform=linux/arm64 scratch\nEXPOSE 8080 53/udp\nCOPY --from=build /x /x\nCOPY src/ /src/\n',
  );
  const description = await client.connection.sendRequest<BuildDescription>('drydock/buildDescription', {
    textDocument: { uri },
  });
  assert.deepEqual(
    description.stages.map(({ name, target, isFinal, baseImage }) => [name, target, isFinal, baseImage]),
    [
      ['build', 'build', false, 'alpine:3.20'],
      [undefined, '1', true, undefined],
    ],
  );
  assert.deepEqual(description.args, [
    { name: 'BASE', default: 'alpine:3.20' },
    { name: 'VERSION', default: '1', stage: 0 },
    { name: 'TOKEN', stage: 0 },
  ]);
  assert.deepEqual(description.platforms, ['linux/arm64']);
  assert.deepEqual(description.contextSources, ['src/']);
  const run = description.instructions.find(({ keyword }) => keyword === 'RUN');
  assert.equal(run?.text, 'RUN apk add --no-cache     curl');
  assert.deepEqual(run?.installs, ['apk']);
  const page = await client.connection.sendRequest<RulePage>('drydock/explainRule', { rule: 'apk-no-cache' });
  assert.match(page.uri, /server\/docs\/rules\/apk-no-cache\.md$/);
  assert.equal(
    await client.connection.sendRequest('drydock/explainRule', { rule: '../../etc/passwd' }),
    null,
  );
});

test('wrong parameters are refused, and the server goes on', async (t) => {
  const client = await start(t);
  await client.open(uri, 'FROM alpine:3.20\n');
  const wrong = [undefined, null, {}, { textDocument: {} }, { textDocument: { uri: 1 } }, { rule: 1 }, [1]];
  for (const name of ['buildDescription', 'pinAll', 'updateDigests', 'explainFailure', 'explainRule']) {
    for (const params of wrong)
      await assert.rejects(
        client.connection.sendRequest(`drydock/${name}`, params),
        /are not valid/,
        `${name} ${JSON.stringify(params)}`,
      );
  }
  await client.connection.sendNotification('drydock/coexistenceChanged', { coexistence: 'x' });
  const rule = { rule: 'apk-no-cache' };
  assert.ok(await client.connection.sendRequest('drydock/explainRule', rule));
});
