// The protocol, on the bundle: diagnostics pulled and pushed, the light bulb, fix-all, ignoring, settings.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { CodeAction, Command } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { BuildDescription } from '../../server/src/workflow/build-description';
import type { FixAllResult } from '../../server/src/protocol/messages';
import type { ActionChoice } from '../../server/src/protocol/names';
import { LspClient, editorCapabilities } from '../harness/lsp-client';
import type { LspClientOptions } from '../harness/lsp-client';
import { parseMarked } from '../harness/marked';
import { makeFolder } from '../harness/workspace';

type Test = Parameters<typeof makeFolder>[0];

async function start(t: Test, options?: LspClientOptions): Promise<LspClient> {
  const client = await LspClient.start(options);
  t.after(() => client.stop());
  return client;
}

const untitled = 'untitled:Dockerfile';
/** Shows each place of a finding, and one that the recommended profile leaves out. */
const settings = { rules: { 'apk-no-cache': 'on', 'from-as-casing': 'on' } };
const rulesOf = (items: readonly { code?: unknown }[]): unknown[] => items.map(({ code }) => code);

test('pulled diagnostics have exact ranges, a rule id, a link, and are versioned', async (t) => {
  const client = await start(t);
  const { text, spans } = parseMarked('FROM alpine:3.20\nRUN apk «add» curl\nUSER nobody\nCMD ["curl"]\n');
  await client.open(untitled, text);
  const [found, ...others] = (await client.diagnostics(untitled)).filter(
    ({ code }) => code === 'apk-no-cache',
  );
  assert.ok(found);
  assert.equal(others.length, 0);
  assert.equal(found.source, 'drydock');
  assert.equal(client.document(untitled).getText(found.range), text.slice(spans[0]?.start, spans[0]?.end));
  assert.match(found.codeDescription?.href ?? '', /apk-no-cache/);
  const report = await client.connection.sendRequest<{ kind: string; resultId: string }>(
    'textDocument/diagnostic',
    { textDocument: { uri: untitled } },
  );
  const same = await client.connection.sendRequest<{ kind: string }>('textDocument/diagnostic', {
    textDocument: { uri: untitled },
    previousResultId: report.resultId,
  });
  assert.equal(same.kind, 'unchanged');
  await client.change(untitled, text.replace('add', 'add --no-cache'));
  assert.ok(!rulesOf(await client.diagnostics(untitled)).includes('apk-no-cache'));
});

test('a result stands for one text: not for another at the same version, nor for one in another document', async (t) => {
  const client = await start(t);
  const pull = (uri: string, previousResultId?: string): Promise<{ kind: string; resultId: string }> =>
    client.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri }, previousResultId });
  await client.open(untitled, 'FROM alpine:3.20\n');
  const { resultId } = await pull(untitled);
  assert.equal((await pull(untitled, resultId)).kind, 'unchanged');
  await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: untitled } });
  await client.open(untitled, 'FROM alpine\n');
  assert.equal((await pull(untitled, resultId)).kind, 'full');
  const other = 'untitled:Containerfile';
  await client.open(other, 'FROM alpine:3.20\n');
  assert.equal((await pull(other, resultId)).kind, 'full');
});

test('clients that cannot be asked for settings send them', async (t) => {
  const { configuration: _asked, ...workspace } = editorCapabilities.workspace ?? {};
  const client = await start(t, { capabilities: { ...editorCapabilities, workspace } });
  await client.open(untitled, 'FROM alpine\n');
  assert.ok(rulesOf(await client.diagnostics(untitled)).includes('image-tag-missing'));
  await client.connection.sendNotification('workspace/didChangeConfiguration', {
    settings: { drydock: { rules: { 'image-tag-missing': 'off' } } },
  });
  assert.ok(!rulesOf(await client.diagnostics(untitled)).includes('image-tag-missing'));
});

test(
  'a configuration file that is a device or a pipe is not read',
  { skip: process.platform === 'win32' },
  async (t) => {
    const folder = makeFolder(t, { 'a/Dockerfile': '', 'b/Dockerfile': '' });
    symlinkSync('/dev/zero', join(folder, 'a/.drydock.yaml'));
    assert.equal(spawnSync('mkfifo', [join(folder, 'b/.hadolint.yaml')]).status, 0);
    const client = await start(t, withCommands);
    for (const place of ['a', 'b']) {
      const uri = pathToFileURL(join(folder, place, 'Dockerfile')).href;
      await client.open(uri, 'FROM alpine\n');
      assert.ok(rulesOf(await client.diagnostics(uri)).includes('image-tag-missing'));
      const told = client.messages.length;
      const ignored = await ignore(
        client,
        uri,
        { start: 5, end: 11 },
        "in the project's configuration",
        'image-tag-missing',
      );
      assert.equal(ignored.edit, undefined);
      await client.until('the message', () => client.messages.length === told + 1);
      assert.match(client.messages.at(-1)?.message ?? '', /not a regular file/);
    }
  },
);

test('a URI that no path can be is a document that is not on disk', async (t) => {
  const client = await start(t);
  for (const uri of [
    'file:///tmp/x%00y/Dockerfile',
    'file:///tmp/%zz/Dockerfile',
    'file://elsewhere/x/Dockerfile',
  ]) {
    await client.open(uri, 'FROM alpine\n');
    assert.ok(rulesOf(await client.diagnostics(uri)).includes('image-tag-missing'), uri);
  }
});

test('clients that do not pull are pushed to, with the version, and cleared on close', async (t) => {
  const { diagnostic: _pull, ...textDocument } = editorCapabilities.textDocument ?? {};
  const client = await start(t, { capabilities: { ...editorCapabilities, textDocument } });
  await client.open(untitled, 'FROM alpine:3.20\nRUN apk add curl\n');
  const first = await client.until('the first push', () => client.pushed.at(-1));
  assert.equal(first.version, 1);
  assert.ok(rulesOf(first.diagnostics).includes('apk-no-cache'));
  await client.change(untitled, 'FROM alpine:3.20\nRUN apk add --no-cache curl\n');
  const second = await client.until('the second push', () =>
    client.pushed.find(({ version }) => version === 2),
  );
  assert.ok(!rulesOf(second.diagnostics).includes('apk-no-cache'));
  await client.connection.sendNotification('textDocument/didClose', { textDocument: { uri: untitled } });
  await client.until(
    'the last push',
    () => client.pushed.length > 2 && client.pushed.at(-1)?.diagnostics.length === 0,
  );
});

test('a quick fix edits only its token, in the version it was made for', async (t) => {
  const client = await start(t);
  const { text, spans } = parseMarked(
    'FROM alpine:3.20\r\n# keep me\r\nRUN apk «add» \\\r\n    # and me\r\n    curl\r\n',
  );
  await client.open(untitled, text);
  const action = await client.choose(untitled, spans[0]!, 'Add --no-cache');
  assert.equal(action.isPreferred, true);
  assert.equal(client.textAfter(untitled, action.edit), text.replace('add', 'add --no-cache'));
});

test('fix-all is offered when asked for and applies safe fixes only', async (t) => {
  const client = await start(t, { settings });
  const text = 'FROM alpine:3.20 as base\nRUN apk add curl\nRUN apk add git\nUSER nobody\nCMD ["git"]\n';
  await client.open(untitled, text);
  const everything = { start: 0, end: text.length };
  const unasked = await client.actions(untitled, everything);
  assert.ok(!unasked.some(({ kind }) => kind?.startsWith('source')), 'no source action in the light bulb');
  const [action] = await client.actions(untitled, everything, ['source.fixAll.drydock']);
  assert.ok(action);
  const fixed = client.textAfter(untitled, (await client.resolve(action)).edit);
  assert.equal(fixed, text.replace(' as ', ' AS ').replaceAll('apk add', 'apk add --no-cache'));
  const general = await client.actions(untitled, everything, ['source.fixAll']);
  assert.equal(general.length, 1);
});

test('the menu is for people: best fix, its rule, what asks, and one entry each to ignore and to explain', async (t) => {
  const source = 'FROM «alpine:3.20 as x»\nRUN apk add curl\nRUN apk add git\nUSER nobody\nCMD ["x"]\n';
  const { text, spans } = parseMarked(source);
  const menu = async (options: LspClientOptions, at = spans[0]!): Promise<string[]> => {
    const client = await start(t, { settings, ...options });
    await client.open(untitled, text);
    return (await client.actions(untitled, at)).map(({ title }) => title);
  };
  const apk = text.indexOf('add');
  assert.deepEqual(await menu(withCommands, { start: apk, end: apk }), [
    'Add --no-cache',
    'Fix all apk-no-cache problems in this file',
    'Fix all auto-fixable problems in this file',
    'Ignore apk-no-cache…',
    'Explain apk-no-cache',
  ]);
  assert.deepEqual(await menu({}, { start: apk, end: apk }), [
    'Add --no-cache',
    'Fix all apk-no-cache problems in this file',
    'Fix all auto-fixable problems in this file',
    'Ignore apk-no-cache on this line',
  ]);
  const several = await menu(withCommands, { start: 0, end: text.length });
  assert.deepEqual(several.slice(-4), [
    'Ignore a rule…',
    'Explain a rule…',
    'Choose another base image…',
    'Look up size and age of other base images',
  ]);
  assert.equal(several.filter((title) => /^(?:Ignore|Explain)/.test(title)).length, 2);
});

test('all fixes of a file can be asked for by kind and by request, with what they leave', async (t) => {
  const client = await start(t);
  const text = 'FROM alpine:3.20\nRUN apk add curl\nRUN sudo ls\nCMD curl x\n';
  await client.open(untitled, text);
  const ask = (safety: string): Promise<FixAllResult> =>
    client.connection.sendRequest('drydock/fixAll', { textDocument: { uri: untitled }, safety });
  const after = ({ edits }: FixAllResult): string =>
    TextDocument.applyEdits(client.document(untitled), [...edits] as never);
  const safe = await ask('safe');
  assert.equal(safe.version, 1);
  assert.ok(after(safe).includes('apk add --no-cache curl') && after(safe).includes('RUN sudo'), after(safe));
  assert.ok(safe.fixed > 0 && safe.left > 0);
  const suggested = await ask('suggested');
  assert.ok(after(suggested).includes('RUN ls'), after(suggested));
  assert.ok(suggested.fixed > safe.fixed && suggested.left < safe.left);
  assert.equal(
    await client.connection.sendRequest('drydock/fixAll', {
      textDocument: { uri: 'untitled:no' },
      safety: 'safe',
    }),
    null,
  );

  const whole = { start: 0, end: text.length };
  assert.deepEqual(
    (await client.actions(untitled, whole, ['source.fixAll'])).map(({ kind }) => kind),
    ['source.fixAll.drydock'],
  );
  const [action] = await client.actions(untitled, whole, ['source.fixSuggested.drydock']);
  assert.equal(client.textAfter(untitled, (await client.resolve(action!)).edit), after(suggested));
});

test('one rule can be fixed everywhere in the file', async (t) => {
  const client = await start(t, { settings });
  const { text, spans } = parseMarked('FROM alpine:3.20 as x\nRUN apk «add» curl\nRUN apk add git\n');
  await client.open(untitled, text);
  const action = await client.choose(untitled, spans[0]!, 'Fix all apk-no-cache problems in this file');
  assert.equal(client.textAfter(untitled, action.edit), text.replaceAll('apk add', 'apk add --no-cache'));
});

/** What our own commands make of the entry of the menu. */
async function ignore(
  client: LspClient,
  uri: string,
  at: Parameters<LspClient['actions']>[1],
  where: string,
  rule = 'apk-no-cache',
): Promise<CodeAction> {
  const found = (await client.actions(uri, at)).filter(({ title }) => title.startsWith('Ignore'));
  assert.deepEqual(
    found.map(({ title }) => title),
    [`Ignore ${rule}…`],
  );
  const choices = (found[0]?.command?.arguments ?? []) as ActionChoice[];
  const choice = choices.find(({ label }) => label.toLowerCase() === where);
  assert.ok(choice, JSON.stringify(choices));
  return client.resolve({ title: choice.label, data: choice.data });
}

const withCommands = { initializationOptions: { coexistence: [] } };

test('ignoring merges with the comments that are there, in every form', async (t) => {
  const client = await start(t, withCommands);
  const cases: readonly [string, string, string][] = [
    [
      '\uFEFFFROM alpine:3.20\nRUN apk «add» curl\n',
      'in this file',
      '\uFEFF# drydock global ignore=apk-no-cache\nFROM alpine:3.20\nRUN apk add curl\n',
    ],
    [
      'FROM alpine:3.20\nRUN apk «add» curl\n',
      'on this line',
      'FROM alpine:3.20\n# drydock ignore=apk-no-cache\nRUN apk add curl\n',
    ],
    [
      'FROM alpine:3.20\n# drydock ignore=run-sudo because\nRUN apk «add» curl\n',
      'on this line',
      'FROM alpine:3.20\n# drydock ignore=run-sudo,apk-no-cache because\nRUN apk add curl\n',
    ],
    [
      'FROM alpine:3.20\n# hadolint ignore=DL3018\nRUN apk «add» curl\n',
      'on this line',
      'FROM alpine:3.20\n# hadolint ignore=DL3018,DL3019\nRUN apk add curl\n',
    ],
    [
      '# syntax=docker/dockerfile:1\nFROM alpine:3.20\nRUN apk «add» curl\n',
      'in this file',
      '# syntax=docker/dockerfile:1\n# drydock global ignore=apk-no-cache\nFROM alpine:3.20\nRUN apk add curl\n',
    ],
    [
      'FROM alpine:3.20\r\nRUN apk «add» curl\r\n',
      'in this file',
      '# drydock global ignore=apk-no-cache\r\nFROM alpine:3.20\r\nRUN apk add curl\r\n',
    ],
  ];
  for (const [index, [source, where, expected]] of cases.entries()) {
    const uri = `untitled:ignore-${index}`;
    const { text, spans } = parseMarked(source);
    await client.open(uri, text);
    const action = await ignore(client, uri, spans[0]!, where);
    const after = client.textAfter(uri, action.edit);
    assert.equal(after, expected);
    await client.change(uri, after);
    assert.ok(!rulesOf(await client.diagnostics(uri)).includes('apk-no-cache'), after);
  }
});

test('ignoring in the configuration keeps what stands in the file, and holds from then on', async (t) => {
  const folder = makeFolder(t, {
    'app/Dockerfile': 'FROM alpine:3.20\nRUN apk add curl\n',
    '.drydock.yaml': '# ours\nrules:\n  run-sudo: warning # why\n',
  });
  const client = await start(t, { folder, ...withCommands });
  const uri = pathToFileURL(join(folder, 'app/Dockerfile')).href;
  const { text, spans } = parseMarked('FROM alpine:3.20\nRUN apk «add» curl\n');
  await client.open(uri, text);
  const action = await ignore(client, uri, spans[0]!, "in the project's configuration");
  const config = join(folder, '.drydock.yaml');
  const edits = (action.edit?.documentChanges ?? []).flatMap((change) =>
    'textDocument' in change ? change.edits : [],
  );
  assert.equal(edits.length, 1);
  const before = readFileSync(config, 'utf8');
  const edit = edits[0] as { range: { start: { line: number; character: number } }; newText: string };
  const lines = before.split('\n');
  const at = lines.slice(0, edit.range.start.line).join('\n').length + 1 + edit.range.start.character;
  const after = before.slice(0, at) + edit.newText + before.slice(at);
  assert.match(after, /# ours\nrules:\n {2}run-sudo: warning # why\n {2}apk-no-cache: off\n/);
  writeFileSync(config, after);
  await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: pathToFileURL(config).href, type: 2 }],
  });
  await client.until('a refresh', () => client.refreshes > 0);
  assert.ok(!rulesOf(await client.diagnostics(uri)).includes('apk-no-cache'));
});

test('settings: levels per rule, off, all rules; wrong ones are named once and the rest holds', async (t) => {
  const client = await start(t, { settings: { rules: { 'apk-no-cache': 'error', 'no-such-rule': 'off' } } });
  const text = 'FROM alpine:3.20\nRUN apk add curl\n';
  await client.open(untitled, text);
  const [found] = (await client.diagnostics(untitled)).filter(({ code }) => code === 'apk-no-cache');
  assert.equal(found?.severity, 1);
  assert.equal(client.logs.filter((line) => line.includes('no-such-rule')).length, 1);
  assert.deepEqual(client.messages, [], 'no toast');
  client.settings = { enable: false };
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  assert.deepEqual(await client.diagnostics(untitled), []);
  const described = await client.connection.sendRequest<BuildDescription>('drydock/buildDescription', {
    textDocument: { uri: untitled },
  });
  assert.equal(described.stages.length, 1, 'a build can still be asked for');
});

test('a build is described with what Compose and Bake files around it say', async (t) => {
  const folder = makeFolder(t, {
    'app/Dockerfile': 'FROM alpine:3.20 AS final\nARG V\n',
    'compose.yaml':
      'services:\n  web:\n    image: shop/web:1\n    build:\n      context: .\n      dockerfile: app/Dockerfile\n      target: final\n      args:\n        V: "2"\n',
  });
  const client = await start(t, { folder });
  const uri = pathToFileURL(join(folder, 'app/Dockerfile')).href;
  await client.open(uri, readFileSync(join(folder, 'app/Dockerfile'), 'utf8'));
  const { builds } = await client.connection.sendRequest<BuildDescription>('drydock/buildDescription', {
    textDocument: { uri },
  });
  assert.deepEqual(builds, [
    {
      name: 'web',
      source: join(folder, 'compose.yaml'),
      context: folder,
      target: 'final',
      args: { V: '2' },
      tags: ['shop/web:1'],
    },
  ]);
});

test('documents anywhere are served; closed ones cost nothing', async (t) => {
  const client = await start(t);
  for (const uri of [
    'vscode-vfs://github/a/b/Dockerfile',
    'git:/x/Dockerfile?ref=1',
    'file://other-host/share/Dockerfile',
    'untitled:Untitled-1',
  ]) {
    await client.open(uri, 'FROM alpine:3.20\nRUN apk add curl\n');
    assert.ok(rulesOf(await client.diagnostics(uri)).includes('apk-no-cache'), uri);
  }
  assert.deepEqual(await client.diagnostics('untitled:never-opened'), []);
});

test('clients that cannot resolve get a command, whose edit the server applies', async (t) => {
  const capabilities = {
    ...editorCapabilities,
    textDocument: {
      ...editorCapabilities.textDocument,
      codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } },
    },
  };
  const client = await start(t, { capabilities, settings });
  const { text, spans } = parseMarked('FROM alpine:3.20\nRUN apk «add» curl\nRUN apk add git\n');
  await client.open(untitled, text);
  const action: CodeAction | undefined = (await client.actions(untitled, spans[0]!)).find(({ title }) =>
    title.startsWith('Fix all apk-no-cache'),
  );
  assert.ok(action?.command);
  await client.connection.sendRequest('workspace/executeCommand', {
    command: action.command.command,
    arguments: action.command.arguments,
  });
  const applied = await client.until('the edit', () => client.applied[0]);
  assert.equal(client.textAfter(untitled, applied), text.replaceAll('apk add', 'apk add --no-cache'));
});

test('clients without code action literals get commands alone, and nothing if they apply no edits', async (t) => {
  const textDocument = { ...editorCapabilities.textDocument, codeAction: {} };
  const { text, spans } = parseMarked('FROM alpine:3.20\nRUN apk «add» curl\nRUN apk add git\nUSER nobody\n');
  const first = text.replace('add curl', 'add --no-cache curl');
  const rows = [
    [/--no-cache/, first],
    [/^Fix all apk-no-cache/, text.replaceAll('apk add', 'apk add --no-cache')],
    [/^Ignore apk-no-cache on this line/, text.replace('RUN', '# drydock ignore=apk-no-cache\nRUN')],
  ] as const;
  const client = await start(t, { capabilities: { ...editorCapabilities, textDocument }, settings });
  assert.equal(client.initialized.capabilities.codeActionProvider, true);
  const run = ({ command, arguments: given }: Command): Promise<unknown> =>
    client.connection.sendRequest('workspace/executeCommand', { command, arguments: given });
  await client.open(untitled, text);
  const commands: readonly unknown[] = await client.actions(untitled, spans[0]!);
  const chosen = rows.map(([title]) => commands.filter(isCommand).find((one) => title.test(one.title))!);
  assert.ok(commands.every(isCommand), JSON.stringify(commands));
  for (const [index, [title, expected]] of rows.entries()) {
    assert.ok(chosen[index], String(title));
    await run(chosen[index]);
    const applied = await client.until('the edit', () => client.applied[index]);
    assert.equal(client.textAfter(untitled, applied), expected);
  }
  await client.change(untitled, `# new\n${text}`);
  await run(chosen[0]!);
  assert.equal(client.applied.length, rows.length, 'an edit for another text is not applied');

  const workspace = { ...editorCapabilities.workspace, applyEdit: false };
  const poor = await start(t, { capabilities: { workspace, textDocument }, settings });
  await poor.open(untitled, text);
  assert.deepEqual(await poor.actions(untitled, spans[0]!), []);
});

function isCommand(value: unknown): value is Command {
  const allowed = ['title', 'command', 'arguments'];
  return (
    typeof (value as Command).command === 'string' &&
    Object.keys(value as Command).every((key) => allowed.includes(key))
  );
}

test('wrong parameters are answered as such', async (t) => {
  const client = await start(t);
  await client.open(untitled, 'FROM alpine:3.20\n');
  const textDocument = { uri: untitled };
  const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  for (const [method, params] of [
    ['textDocument/hover', {}],
    ['textDocument/hover', { textDocument, position: { line: 'x', character: 0 } }],
    ['textDocument/diagnostic', {}],
    ['textDocument/codeAction', { textDocument }],
    ['textDocument/codeAction', { textDocument, range, context: { only: 5 } }],
    ['drydock/pinAll', { textDocument: 'x' }],
  ] as const)
    await assert.rejects(client.connection.sendRequest(method, params), { code: -32602 }, method);
  // From back to front, and beyond the end.
  const far = { line: 9999, character: 9999 };
  const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
    textDocument,
    range: { start: far, end: range.start },
    context: { diagnostics: [] },
  });
  assert.ok(
    actions.some(({ title }) => title === 'Pin alpine to its digest'),
    JSON.stringify(actions),
  );
});

test('half a file, a huge line and binary rubbish are survived', async (t) => {
  const client = await start(t);
  for (const [index, text] of [
    '',
    '\0\0\0',
    'FROM',
    'RUN <<EOF\nnever ends',
    `RUN echo ${'x'.repeat(200_000)}`,
    '\uFEFFfrom a\nrun \\',
    '\u{1F433} FROM x',
  ].entries()) {
    const uri = `untitled:odd-${index}`;
    await client.open(uri, text);
    await client.diagnostics(uri);
    await client.actions(uri, { start: 0, end: text.length });
  }
});

test('of more findings than an editor shows, the worst are shown in the order of the file', async (t) => {
  const client = await start(t);
  const uri = 'file:///many/Dockerfile';
  // Each stage repeats itself, which is a warning, and the errors come last.
  const minor = Array.from({ length: 1000 }, (_, index) => `FROM alpine:3.20 AS S${index}\n`);
  const grave = 'CPOY a b\n'.repeat(20);
  await client.open(uri, `${minor.join('')}FROM debian:12\n${grave}`);
  const shown = await client.diagnostics(uri);
  assert.equal(shown.length, 1001);
  assert.match(JSON.stringify(shown[0]?.message), /more findings are not shown/);
  const lines = shown.slice(1).map(({ range }) => range.start.line);
  assert.deepEqual(
    lines,
    [...lines].sort((a, b) => a - b),
  );
  assert.equal(shown.filter(({ severity }) => severity === 1).length, 20);
});
