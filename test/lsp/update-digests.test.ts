// Digests that a file has, against the real registry: updated where the contents changed, kept where they did not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { WorkspaceEdit } from 'vscode-languageserver/node';
import { LspClient } from '../harness/lsp-client';
import { parseMarked } from '../harness/marked';
import { Pusher, image, index, startDockerRegistry } from '../harness/registry';
import { requireTool } from '../harness/tools';
import { makeFolder } from '../harness/workspace';
import type { DigestsResult } from '../../server/src/protocol/messages';

const uri = 'untitled:Dockerfile';

const [oldAmd, oldArm] = [
  image('linux/amd64', 'old', 'oci', '2026-01-10T08:00:00Z'),
  image('linux/arm64', 'old', 'oci', '2026-01-10T08:00:00Z'),
];
const [newAmd, newArm] = [
  image('linux/amd64', 'new', 'oci', '2026-05-02T08:00:00Z'),
  image('linux/arm64', 'new', 'oci', '2026-05-02T08:00:00Z'),
];
const lateRiscv = image('linux/riscv64', 'late');

const before = index([oldAmd, oldArm]);
const moved = index([newAmd, newArm]);
const republished = index([oldAmd, oldArm, lateRiscv]);
const onlyArmMoved = index([oldAmd, newArm]);

interface Scene {
  readonly client: LspClient;
  readonly name: string;
  readonly pusher: Pusher;
}

/** Tags: `moved`, `same`, `republished`, `arm`; all were `before` once. */
async function scene(t: TestContext): Promise<Scene | undefined> {
  const program = requireTool(t, 'docker-registry');
  if (program === undefined) return undefined;
  const registry = await startDockerRegistry(program);
  t.after(() => registry.stop());
  const pusher = new Pusher(`http://${registry.host}`);
  for (const one of [oldAmd, oldArm, newAmd, newArm, lateRiscv]) await pusher.image('team/app', one);
  for (const tag of ['moved', 'same', 'republished', 'arm']) await pusher.manifest('team/app', before, tag);
  await pusher.manifest('team/app', moved, 'moved');
  await pusher.manifest('team/app', republished, 'republished');
  await pusher.manifest('team/app', onlyArmMoved, 'arm');
  const home = makeFolder(t);
  const client = await LspClient.start({
    env: { HOME: home, DOCKER_CONFIG: home, XDG_RUNTIME_DIR: home, XDG_CONFIG_HOME: home },
  });
  t.after(() => client.stop());
  return { client, name: `${registry.host}/team/app`, pusher };
}

test('one digest is updated wherever an image is named, and the dates are told', async (t) => {
  const made = await scene(t);
  if (!made) return;
  const { client, name } = made;
  const pin = `${name}:moved@${before.digest}`;
  const places = [
    `FROM --platform=$BUILDPLATFORM «${pin}» AS x # remark`,
    `FROM "«${pin}»"`,
    `FROM scratch\r\nCOPY --from=«${pin}» a b\r\n`,
    `FROM scratch\nRUN --mount=type=bind,from=«${pin}»,target=/t ["/t/x"]\n`,
    `# syntax=«${pin}»\nFROM scratch\n`,
    `ARG BASE=«${pin}»\nFROM \${BASE}\n`,
    `ARG BASE="«${pin}»"\nFROM \${BASE}\nFROM $BASE\n`,
    `ARG R=${name.split('/')[0]}\nFROM «\${R}/team/app:moved@${before.digest}»\n`,
  ];
  for (const [number, source] of places.entries()) {
    const one = `${uri}-${number}`;
    const { text, spans } = parseMarked(source);
    await client.open(one, text);
    client.messages.length = 0;
    const action = await client.choose(one, spans[0]!, /^Update the digest of .*:moved$/);
    assert.equal(client.textAfter(one, action.edit), text.replace(before.digest, moved.digest));
    const said = await client.until<LspClient['messages'][number]>('the dates', () => client.messages[0]);
    assert.match(
      said.message,
      /:moved is another image now: of 2026-05-02, the pinned one was of 2026-01-10\.$/,
    );
    assert.equal(said.type, 3);
  }
});

test('what did not change is told apart', async (t) => {
  const made = await scene(t);
  if (!made) return;
  const { client, name, pusher } = made;
  const amd = oldAmd.manifest.digest;
  const gone = index([lateRiscv]);
  await pusher.manifest('team/app', gone, 'gone');
  await pusher.remove('team/app', gone.digest);
  const rows: readonly (readonly [image: string, wanted: string | undefined, message: RegExp])[] = [
    [`${name}:same@${before.digest}`, undefined, /still has this digest/],
    [`${name}:republished@${before.digest}`, republished.digest, /republished with the same contents/],
    // A child of the index stays a child.
    [`${name}:same@${amd}`, undefined, /still has this digest/],
    [`${name}:moved@${amd}`, newAmd.manifest.digest, /another image now: of 2026-05-02/],
    [`${name}:moved@${gone.digest}`, moved.digest, /is gone from .*; the image is now of 2026-05-02/],
    [`${name}:gone@${before.digest}`, undefined, /The tag team\/app:gone is gone .* still there/],
    [
      `${name}:gone@${gone.digest}`,
      undefined,
      /The tag team\/app:gone is gone .* so is what the digest names/,
    ],
    [`--platform=linux/amd64 ${name}:arm@${before.digest}`, onlyArmMoved.digest, /same contents/],
    [
      `--platform=linux/arm64 ${name}:arm@${before.digest}`,
      onlyArmMoved.digest,
      /another image now: of 2026-05-02/,
    ],
  ];
  for (const [number, [reference, wanted, message]] of rows.entries()) {
    const one = `${uri}-${number}`;
    const text = `FROM ${reference}\n`;
    await client.open(one, text);
    client.messages.length = 0;
    const at = { start: text.length - 3, end: text.length - 3 };
    const action = await client.choose(one, at, /^Update the digest of /);
    const said = await client.until('a message', () => client.messages[0]);
    assert.match(said.message, message, reference);
    const after = wanted === undefined ? text : text.replace(/sha256:\w+/, wanted);
    assert.equal(client.textAfter(one, action.edit), after, reference);
  }
});

test('all digests of a file at once: noise stays out, and each is told at its line', async (t) => {
  const made = await scene(t);
  if (!made) return;
  const { client, name } = made;
  const text =
    `FROM ${name}:moved@${before.digest} AS a\nFROM ${name}:republished@${before.digest} AS b\n` +
    `FROM ${name}:same@${before.digest} AS c\nFROM ${name}:none@${before.digest} AS d\n` +
    `FROM ${name}@${before.digest} AS e\nFROM ${name}:moved AS f\nCOPY --from=${name}:moved@${before.digest} /x /x\n`;
  await client.open(uri, text);
  const result = await client.connection.sendRequest<DigestsResult>('drydock/updateDigests', {
    textDocument: { uri },
  });
  const updated = client.textAfter(uri, { changes: { [uri]: [...result.edits] } });
  assert.equal(updated, text.replaceAll(`:moved@${before.digest}`, `:moved@${moved.digest}`));
  assert.equal(result.summary, 'Updated 2 of 6 digests; 2 are current');
  assert.deepEqual(
    result.news.map(({ line, message }) => [line, /another image|same contents/.exec(message)?.[0]]),
    [
      [0, 'another image'],
      [1, 'same contents'],
      [6, 'another image'],
    ],
  );
  assert.deepEqual(
    result.failures.map(({ line, message }) => [line, /is gone|no tag/.exec(message)?.[0]]),
    [
      [3, 'is gone'],
      [4, 'no tag'],
    ],
  );
});

test('other editors have source actions and commands for it', async (t) => {
  const made = await scene(t);
  if (!made) return;
  const { client, name } = made;
  const text = `FROM ${name}:moved@${before.digest} AS a\nFROM ${name}:same AS b\nFROM ${name}:none\n`;
  const pinned = text.replace(':same', `:same@${before.digest}`);
  const updated = text.replace(before.digest, moved.digest);
  await client.open(uri, text);
  const everywhere = { start: 0, end: text.length };
  for (const [kind, after] of [
    ['source.pinImages.drydock', pinned],
    ['source.updateDigests', updated],
  ] as const) {
    const [action, ...more] = await client.actions(uri, everywhere, [kind]);
    assert.ok(action && more.length === 0);
    assert.equal(client.textAfter(uri, (await client.resolve(action)).edit), after);
  }
  assert.ok(!(await client.actions(uri, everywhere)).some(({ kind }) => kind?.startsWith('source')));
  const commands = client.initialized.capabilities.executeCommandProvider?.commands ?? [];
  for (const [command, after] of [
    ['drydock.server.pinImages', pinned],
    ['drydock.server.updateDigests', updated],
  ] as const) {
    assert.ok(commands.includes(command));
    client.messages.length = 0;
    client.applied.length = 0;
    await client.connection.sendRequest('workspace/executeCommand', { command, arguments: [uri] });
    const edit = await client.until<WorkspaceEdit>('the edit', () => client.applied[0]);
    assert.equal(client.textAfter(uri, edit), after);
    const said = client.messages.map(({ message }) => message).join(' ');
    assert.match(
      said,
      command.endsWith('Images')
        ? /Line 3: .*not found.*Pinned 1 of 2 images/
        : /Updated 1 of 1 digest\. Line 1: /,
    );
  }
  await client.change(uri, 'FROM scratch\n');
  client.messages.length = 0;
  for (const command of commands.filter((one) => !/applyAction|fixSuggested/.test(one)))
    await client.connection.sendRequest('workspace/executeCommand', { command, arguments: [uri] });
  await client.until('both sentences', () => client.messages.length === 2);
  assert.match(client.messages.map(({ message }) => message).join(' '), /Every image .* No image /);
});
