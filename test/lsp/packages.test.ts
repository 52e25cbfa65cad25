// Packages over the protocol, on the bundle, from mirrors on loopback: read when chosen or when the setting says so, never
// before and never in an untrusted workspace; and a mirror that hangs keeps nobody waiting.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { Hover, MarkupContent } from 'vscode-languageserver';
import { LspClient } from '../harness/lsp-client';
import type { LspClientOptions } from '../harness/lsp-client';
import { parseMarked } from '../harness/marked';
import { putDebian, startMirror } from '../harness/mirror';
import type { Mirror } from '../harness/mirror';
import { makeFolder } from '../harness/workspace';

const uri = 'untitled:Dockerfile';

async function start(
  t: TestContext,
  mode: string | undefined,
  options: LspClientOptions = {},
): Promise<{ client: LspClient; mirror: Mirror }> {
  const mirror = await startMirror();
  t.after(() => mirror.server.close());
  putDebian(mirror);
  const home = makeFolder(t);
  const client = await LspClient.start({
    env: { HOME: home, XDG_CACHE_HOME: home },
    settings: { packages: { ...(mode !== undefined && { mode }), mirrors: { debian: mirror.debian } } },
    ...options,
  });
  t.after(() => client.stop());
  return { client, mirror };
}

const source =
  'FROM debian:12-slim\nRUN apt-get update && apt-get «install» -y «crul» «curl=7.88.1-10+deb12u5» «jq»\nCMD ["jq"]\n';
const lookUp = 'Look up the packages of Debian bookworm';
const pin = 'Pin jq to the version that Debian bookworm has now';

async function codes(client: LspClient): Promise<readonly unknown[]> {
  const wanted = ['package-not-in-release', 'package-version-not-in-release'];
  return (await client.diagnostics(uri))
    .map(({ code }) => code)
    .filter((code) => wanted.includes(String(code)));
}

async function hoverText(client: LspClient, offset: number): Promise<string> {
  const position = client.document(uri).positionAt(offset);
  const hover: Hover | null = await client.connection.sendRequest('textDocument/hover', {
    textDocument: { uri },
    position,
  });
  // Without the signs that keep Markdown from reading more into it.
  return hover ? (hover.contents as MarkupContent).value.replaceAll('\\', '') : '';
}

test('off, as it is at first, asks nobody and offers nothing', async (t) => {
  const { client, mirror } = await start(t, undefined);
  const { text, spans } = parseMarked(source);
  await client.open(uri, text);
  assert.deepEqual(await codes(client), []);
  const titles = (await client.actions(uri, spans[3]!)).map(({ title }) => title);
  assert.ok(!titles.includes(lookUp) && !titles.includes(pin), titles.join());
  const data = { kind: 'lookUpPackages', uri, archive: 'debian bookworm any' };
  await client.resolve({ title: lookUp, data });
  await client.until('the refusal', () => /drydock\.packages\.mode/.test(client.messages[0]?.message ?? ''));
  assert.equal(mirror.server.connections(), 0);
});

test('on demand nothing is asked until somebody chooses it; then findings, hovers and pins know the release', async (t) => {
  const { client, mirror } = await start(t, 'onDemand');
  const { text, spans } = parseMarked(source);
  await client.open(uri, text);
  assert.deepEqual(await codes(client), []);
  assert.ok(!(await hoverText(client, spans[3]!.start)).includes('MB'));
  assert.ok((await client.actions(uri, spans[3]!)).some(({ title }) => title === pin));
  assert.equal(mirror.server.connections(), 0);
  const refreshes = client.refreshes;
  await client.choose(uri, spans[0]!, lookUp);
  await client.until('a refresh', () => client.refreshes > refreshes);
  assert.deepEqual(await codes(client), ['package-not-in-release', 'package-version-not-in-release']);
  assert.match(client.messages[0]?.message ?? '', /^Debian bookworm has 7 packages/);
  const asked = mirror.server.asked.length;
  assert.match(await hoverText(client, spans[3]!.start), /`jq` 1\.6-2\.1 in Debian bookworm/);
  const whole = await hoverText(client, spans[0]!.start);
  assert.match(whole, /This brings 5 packages, 2\.2 MB \(987 kB to download\)/);
  assert.match(whole, /`--no-install-recommends` saves 1 package, 399 kB/);
  assert.match(whole, /Leaving out saves: `curl` 1\.8 MB, `jq` 113 kB/);
  assert.match(whole, /Counted on top of debian:12-slim/);
  const pinned = await client.choose(uri, spans[3]!, pin);
  assert.match(client.textAfter(uri, pinned.edit), / jq=1\.6-2\.1\n/);
  const gone = await client.choose(uri, spans[2]!, 'Use version 7.88.1-10+deb12u14');
  assert.match(client.textAfter(uri, gone.edit), / curl=7\.88\.1-10\+deb12u14 /);
  assert.ok(!(await client.actions(uri, spans[0]!)).some(({ title }) => title === lookUp));
  assert.equal(mirror.server.asked.length, asked);
});

test('a pin asks by itself', async (t) => {
  const { client, mirror } = await start(t, 'onDemand');
  const { text, spans } = parseMarked(source);
  await client.open(uri, text);
  const pinned = await client.choose(uri, spans[3]!, pin);
  assert.match(client.textAfter(uri, pinned.edit), / jq=1\.6-2\.1\n/);
  assert.ok(mirror.server.asked.length > 0);
});

test('automatic reading follows what is open', async (t) => {
  const { client, mirror } = await start(t, 'auto');
  await client.open(uri, parseMarked(source).text);
  await client.diagnostics(uri);
  await client.until('a refresh', () => client.refreshes > 0);
  assert.deepEqual(await codes(client), ['package-not-in-release', 'package-version-not-in-release']);
  const asked = mirror.server.asked.length;
  await client.change(uri, parseMarked(source).text.replace('crul', 'curl'));
  assert.deepEqual(await codes(client), ['package-version-not-in-release']);
  assert.equal(mirror.server.asked.length, asked);
});

test('an untrusted workspace reaches no mirror until it is trusted', async (t) => {
  const { client, mirror } = await start(t, 'auto', {
    initializationOptions: { workspaceTrusted: false, coexistence: [] },
  });
  const { text, spans } = parseMarked(source);
  await client.open(uri, text);
  await client.diagnostics(uri);
  assert.ok(!(await client.actions(uri, spans[0]!)).some(({ title }) => title === lookUp));
  await client.resolve({
    title: lookUp,
    data: { kind: 'lookUpPackages', uri, archive: 'debian bookworm any' },
  });
  await client.until('the refusal', () => /trusted/.test(client.messages[0]?.message ?? ''));
  assert.equal(mirror.server.connections(), 0);
  await client.connection.sendNotification('drydock/trustGranted');
  await client.choose(uri, spans[0]!, lookUp);
  assert.ok(mirror.server.connections() > 0);
});

test('a mirror that hangs keeps nobody waiting', async (t) => {
  const { client, mirror } = await start(t, 'auto');
  let isAsked = false;
  mirror.bend = () => (isAsked = true);
  const { text, spans } = parseMarked(source);
  await client.open(uri, text);
  await client.diagnostics(uri);
  await client.until('a question', () => isAsked);
  // It is still waiting: all that people do is answered without it.
  await client.change(uri, `${text}USER 1000\n`);
  assert.deepEqual(await codes(client), []);
  assert.equal(await hoverText(client, spans[3]!.start), '');
  assert.equal(mirror.server.asked.length, 1);
});

test('a mirror that lies is told once, and changes nothing', async (t) => {
  const { client, mirror } = await start(t, 'onDemand');
  for (const path of mirror.files.keys())
    if (path.endsWith('Packages.gz')) mirror.files.set(path, Buffer.from('<html>'));
  const { text, spans } = parseMarked(source);
  await client.open(uri, text);
  const chosen = await client.choose(uri, spans[0]!, lookUp);
  assert.equal(chosen.edit, undefined);
  await client.until('the message', () => client.messages.length > 0);
  assert.match(client.messages[0]?.message ?? '', /damaged or cut off/);
  assert.deepEqual(await codes(client), []);
  assert.equal(client.messages.length, 1);
});
