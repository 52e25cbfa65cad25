// Every kind of action between offer and choice: made from the text as it is when it is chosen, refused when that has
// moved on, deaf to data that is not its own. In this process, with somebody who answers by heart.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { CancellationToken } from 'vscode-languageserver/node';
import type { CodeAction, Command, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Question, Reply } from '../../server/src/core/lint/questions';
import { actionKinds } from '../../server/src/lsp/actions/index';
import { actionKind } from '../../server/src/lsp/actions/action';
import type { Place } from '../../server/src/lsp/actions/action';
import { fix } from '../../server/src/lsp/actions/fix';
import { clientCommand, serverCommand } from '../../server/src/protocol/names';
import type { ActionChoice } from '../../server/src/protocol/names';
import { readClient } from '../../server/src/lsp/capabilities';
import type { Context } from '../../server/src/lsp/context';
import { executeCommand, resolveAction } from '../../server/src/lsp/handlers/choose-action';
import { codeActions } from '../../server/src/lsp/handlers/code-action';
import { Session } from '../../server/src/lsp/session';
import { shape, span, text as textShape } from '../../server/src/lsp/shape';
import { editorCapabilities } from '../harness/lsp-client';
import { makeFolder } from '../harness/workspace';

const none = CancellationToken.None;

/** A server without a connection: one document, and a record of what is told. */
class Desk {
  readonly told: string[] = [];
  readonly news: string[] = [];
  readonly bugs: string[] = [];
  readonly applied: WorkspaceEdit[] = [];
  readonly asked: Question[] = [];
  readonly context: Context;
  document: TextDocument;
  reply: (question: Question) => Reply | Promise<Reply> = () => ({ kind: 'answer', text: 'sha256:d' });

  constructor(
    text: string,
    {
      uri = 'untitled:Dockerfile',
      capabilities = editorCapabilities,
      // What the recommended profile leaves out or says once.
      settings = { rules: { 'from-as-casing': 'on', 'apk-no-cache': 'on' } },
    }: { uri?: string; capabilities?: typeof editorCapabilities; settings?: object } = {},
  ) {
    this.document = TextDocument.create(uri, 'dockerfile', 1, text);
    const document = (wanted: string): TextDocument | undefined =>
      wanted === uri ? this.document : undefined;
    const session = new Session({
      document,
      askSettings: () => Promise.resolve(settings),
      folders: [],
      onFailure: ({ message }) => void this.bugs.push(message),
      onProblems: (_, { settings }) => void this.bugs.push(...settings),
    });
    const answer = (question: Question): Promise<Reply> => {
      this.asked.push(question);
      return Promise.resolve(this.reply(question));
    };
    const applyEdit = (edit: WorkspaceEdit): Promise<object> => {
      this.applied.push(edit);
      return Promise.resolve({ applied: true });
    };
    const context: unknown = {
      connection: { workspace: { applyEdit } },
      client: readClient(capabilities),
      calls: {
        log: () => undefined,
        bug: (what: string) => this.bugs.push(what),
        showError: (message: string) => this.told.push(message),
        showWarning: (message: string) => this.told.push(message),
        showInformation: (message: string) => this.news.push(message),
      },
      session,
      answerer: {
        refusal: () => undefined,
        answer,
        imageDetails: new Map(),
        lookUpImages: () => Promise.resolve([]),
      },
      packages: {
        refusal: () => undefined,
        read: () => Promise.resolve({ kind: 'read', index: { size: 2 }, note: undefined }),
      },
      document,
      rulePage: (id: string) => `page:${id}`,
      hasClientCommands: true,
    };
    this.context = context as Context;
  }

  get text(): string {
    return this.document.getText();
  }

  /** Writes the document anew, as the editor would. */
  write(text: string): void {
    this.document = TextDocument.create(this.document.uri, 'dockerfile', this.document.version + 1, text);
  }

  /** What is offered for the whole text. */
  async list(only?: string[], kinds?: typeof actionKinds): Promise<CodeAction[]> {
    const range = { start: { line: 0, character: 0 }, end: this.document.positionAt(this.text.length) };
    const params = {
      textDocument: { uri: this.document.uri },
      range,
      context: { diagnostics: [], ...(only && { only }) },
    };
    return (await codeActions(this.context, params, none, kinds)) as CodeAction[];
  }

  /** The text after an action is chosen; undefined when it gives no edit. */
  async choose(action: CodeAction): Promise<string | undefined> {
    return this.after((await resolveAction(this.context, action, none)).edit);
  }

  after(edit: WorkspaceEdit | undefined): string | undefined {
    if (!edit) return undefined;
    const edits = (edit.documentChanges ?? []).flatMap((change) =>
      'edits' in change && change.textDocument.uri === this.document.uri ? change.edits : [],
    );
    return TextDocument.applyEdits(this.document, edits as never);
  }
}

const kindOf = ({ data }: CodeAction): string => (data as { kind: string }).kind;

const findings =
  'FROM alpine:3.20 as base\nRUN apk add curl\nRUN apk add git\nCOPY --from=team/app:latest /x /x\n' +
  `COPY --from=team/tool:1@sha256:${'0'.repeat(64)} /y /y\nUSER nobody\nCMD ["git"]\n`;

/** One action of every kind that makes a change, with what it makes of the text above. */
async function one(desk: Desk): Promise<Map<string, CodeAction>> {
  const listed = [...(await desk.list()), ...(await desk.list(['source']))];
  const actions = listed.flatMap((action) =>
    action.command?.command === clientCommand.chooseAction
      ? (action.command.arguments as ActionChoice[]).map(({ label, data }) => ({ title: label, data }))
      : [action],
  );
  return new Map(actions.filter(({ data }) => data !== undefined).map((action) => [kindOf(action), action]));
}

test('every kind is offered here, and makes its change of the text as it is when it is chosen', async () => {
  const desk = new Desk(findings);
  const actions = await one(desk);
  assert.deepEqual(
    [...actions.keys()].sort(),
    actionKinds.flatMap((kind) => ('make' in kind ? [kind.name] : [])).sort(),
  );
  assert.deepEqual(desk.asked, [], 'listing asks nobody');
  // What stands behind the findings may change: the places are the same.
  desk.write(`${findings}# written in the meantime\n`);
  for (const [kind, action] of actions) {
    desk.news.length = 0;
    const after = await desk.choose(action);
    // What is only looked up changes nothing, and says what was found.
    if (kind === 'lookUpPackages') assert.match(desk.news.join(), /^Alpine 3\.20 has 2 packages\./);
    else if (kind === 'lookUpBases') assert.match(desk.news.join(), /shows size and age now/);
    else assert.ok(after?.endsWith('# written in the meantime\n') && after !== desk.text, kind);
  }
  assert.deepEqual([desk.told, desk.bugs], [[], []]);
});

for (const kind of actionKinds) {
  if (!('make' in kind)) continue;
  test(`${kind.name}: an action whose finding is gone gives no edit, and says so where something was to be done`, async () => {
    const desk = new Desk(findings);
    const action = (await one(desk)).get(kind.name);
    assert.ok(action);
    desk.write('# drydock global ignore=syntax-directive-missing\nFROM scratch\nCOPY a /a\n');
    assert.equal(await desk.choose(action), undefined);
    // Fixing all there is of nothing is done; what was meant for one place has to be chosen anew.
    const forOnePlace = ['at', 'archive'].some((name) => Object.hasOwn(action.data as object, name));
    assert.deepEqual(
      desk.told,
      forOnePlace ? ['The file changed in the meantime. Choose the action again.'] : [],
    );
    assert.deepEqual(desk.asked, [], 'nobody is asked for what is gone');
  });

  test(`${kind.name}: data of another kind and rubbish are refused with a sentence`, async () => {
    const desk = new Desk(findings);
    const action = (await one(desk)).get(kind.name);
    const own = action?.data as Record<string, unknown>;
    const fields = Object.keys(own).filter((name) => name !== 'kind' && name !== 'uri');
    const wrong: unknown[] = [
      undefined,
      null,
      kind.name,
      [],
      { ...own, kind: undefined },
      { ...own, kind: 'noSuchKind' },
      { ...own, kind: 'explain' },
      { ...own, uri: 1 },
      ...fields.flatMap((name) => [
        { ...own, [name]: undefined },
        { ...own, [name]: { start: '0', end: 5 } },
      ]),
    ];
    for (const data of wrong) {
      desk.told.length = 0;
      assert.equal(await desk.choose({ title: 'x', data }), undefined, JSON.stringify(data));
      assert.deepEqual(desk.told, ['Drydock does not know this action. Open the list of actions again.']);
    }
  });
}

test('a command without the words that it needs is refused with a sentence', async () => {
  const desk = new Desk(findings);
  for (const given of [undefined, null, 0, 'untitled:Dockerfile', {}, [], [null], [{}]])
    for (const command of Object.values(serverCommand)) {
      desk.told.length = 0;
      const params = { command, arguments: given as unknown[] };
      assert.equal(await executeCommand(desk.context, params, none), null);
      assert.deepEqual(desk.told, ['Drydock does not know this action. Open the list of actions again.']);
    }
});

test('an action of a document that is closed is refused', async () => {
  const desk = new Desk(findings);
  const [action] = await desk.list();
  const data = { ...(action?.data as object), uri: 'untitled:gone' };
  assert.equal(await desk.choose({ ...action!, data }), undefined);
  assert.equal(desk.told.length, 1);
});

test('a text that changes while somebody is asked is left alone', async () => {
  const desk = new Desk('FROM alpine:3.20\nUSER nobody\nCMD ["sh"]\n');
  const action = (await desk.list()).find(({ title }) => title === 'Pin alpine to its digest');
  assert.ok(action);
  desk.reply = () => {
    desk.write(`${desk.text}# new\n`);
    return { kind: 'answer', text: 'sha256:d' };
  };
  assert.equal(await desk.choose(action), undefined);
  assert.match(desk.told[0] ?? '', /changed in the meantime/);
});

test('what is answered is written, a note is told, a failure is told, a stop is silent', async () => {
  const replies: readonly (readonly [reply: Reply, told: readonly string[], after: string | undefined])[] = [
    [{ kind: 'answer', text: 'sha256:d' }, [], 'FROM alpine:3.20@sha256:d\n'],
    [{ kind: 'answer', text: 'sha256:d', note: 'Hear' }, ['Hear.'], 'FROM alpine:3.20@sha256:d\n'],
    [{ kind: 'failed', message: 'No.' }, ['No.'], undefined],
    [{ kind: 'cancelled' }, [], undefined],
  ];
  for (const [reply, told, after] of replies) {
    const desk = new Desk('FROM alpine:3.20\n');
    desk.reply = () => reply;
    const action = (await desk.list()).find((candidate) => kindOf(candidate) === 'ask');
    assert.equal(await desk.choose(action!), after);
    assert.deepEqual(desk.told, told);
  }
});

test('of a fix and its alternative the fix is preferred', () => {
  const safe = { title: 'First', safety: 'safe', edits: [{ start: 0, end: 0, text: 'x' }] };
  const finding = {
    rule: {},
    at: { start: 0, end: 1 },
    fix: safe,
    alternatives: [{ ...safe, title: 'Second' }],
  };
  const place: unknown = { here: [finding], analysis: {}, can: () => true };
  assert.deepEqual(
    [...fix.offer(place as Place)].map(({ title, preferred }) => [title, preferred]),
    [
      ['First', true],
      ['Second', false],
    ],
  );
});

test('only the first fix of a finding is preferred, and none that leaves something to fill in', async () => {
  // A manual fix with an alternative, and one that may be taken without a look.
  const desk = new Desk(
    'FROM python:3.13-slim as x\nEXPOSE 8000\nUSER nobody\nCMD ["python", "-m", "app"]\n',
    { settings: { rules: { 'healthcheck-missing': 'on', 'from-as-casing': 'on' } } },
  );
  const offered = (await desk.list()).filter((action) => action.data && kindOf(action) === 'fix');
  const preferred = (rule: string): (boolean | undefined)[] =>
    offered
      .filter(({ diagnostics }) => diagnostics?.[0]?.code === rule)
      .map(({ isPreferred = false }) => isPreferred);
  assert.deepEqual(preferred('healthcheck-missing'), [false, false]);
  assert.ok(preferred('from-as-casing')[0]);
});

test('the same question at two places is two actions, each with what was found there', async () => {
  const text = 'FROM node\nFROM node AS b\n';
  const desk = new Desk(text, { settings: { rules: { 'image-digest-missing': 'on' } } });
  const asking = (await desk.list()).filter((action) => action.data && kindOf(action) === 'ask');
  const described = asking.map(({ title, diagnostics }) => [
    title,
    diagnostics?.map(({ code, range }) => `${String(code)} ${range.start.line}`).join(),
  ]);
  assert.deepEqual(described, [
    ['Use the version that node:latest is now', 'image-tag-missing 0'],
    ['Use the version that node:latest is now', 'image-tag-missing 1'],
    ['Pin node to its digest', 'image-digest-missing 0'],
    ['Pin node to its digest', 'image-digest-missing 1'],
  ]);
  desk.reply = () => ({ kind: 'answer', text: '22' });
  assert.equal(await desk.choose(asking[1]!), 'FROM node\nFROM node:22 AS b\n');
});

test('a kind that fails loses only itself, and is named', async () => {
  const desk = new Desk(findings);
  const failing = actionKind({
    name: 'failing',
    lsp: 'quickfix',
    needs: undefined,
    data: shape({}),
    *offer() {
      throw new Error('on purpose');
    },
    make: () => ({ edits: [] }),
  });
  const titles = async (kinds: typeof actionKinds): Promise<string[]> =>
    (await desk.list(undefined, kinds)).map(({ title }) => title);
  assert.deepEqual(await titles([failing, ...actionKinds]), await titles(actionKinds));
  assert.deepEqual(desk.bugs, ['The action failing']);
});

test('a fix that writes another file reads it when it is chosen', async (t: TestContext) => {
  const folder = makeFolder(t, { 'app.js': '', '.git/HEAD': '', Dockerfile: '' });
  const desk = new Desk('FROM node:22\nCOPY . .\nUSER node\nCMD ["node"]\n', {
    uri: pathToFileURL(join(folder, 'Dockerfile')).href,
  });
  const action = (await desk.list()).find(
    (candidate) =>
      candidate.diagnostics?.[0]?.code === 'dockerignore-missing' &&
      candidate.data !== undefined &&
      kindOf(candidate) === 'fix',
  );
  assert.ok(action);
  assert.equal(action.edit, undefined);
  const { edit } = await resolveAction(desk.context, action, none);
  const created = edit?.documentChanges?.find((change) => 'kind' in change);
  assert.equal(created?.kind, 'create');
  const uri = pathToFileURL(join(folder, '.dockerignore')).href;
  assert.deepEqual(action.command?.arguments, [uri], 'the editor shows what was made');
  assert.throws(() => readFileSync(join(folder, '.dockerignore')), 'nothing is written by us');
});

test('a fix that changes another file leaves one alone that was changed since', async (t: TestContext) => {
  const script = '#!/bin/bash\nexec app\n';
  const folder = makeFolder(t, { 'run.sh': script, '.git/HEAD': '', Dockerfile: '' });
  const desk = new Desk('FROM busybox:1.37\nCOPY run.sh /\nUSER 1000\nCMD ["/run.sh"]\n', {
    uri: pathToFileURL(join(folder, 'Dockerfile')).href,
  });
  const offered = (await desk.list()).filter(({ title }) => title.includes('first line of run.sh'));
  assert.deepEqual(
    offered.map(({ title }) => title),
    ['Change the first line of run.sh to #!/bin/sh'],
  );
  const [action] = offered;
  assert.ok(action);
  const { edit } = await resolveAction(desk.context, action, none);
  const change = edit?.documentChanges?.[0];
  assert.ok(change && 'edits' in change);
  assert.equal(change.textDocument.uri, pathToFileURL(join(folder, 'run.sh')).href);
  const changed = TextDocument.create('', 'shellscript', 1, script);
  assert.equal(TextDocument.applyEdits(changed, change.edits as TextEdit[]), '#!/bin/sh\nexec app\n');
  writeFileSync(join(folder, 'run.sh'), `${script}# changed\n`);
  assert.equal((await resolveAction(desk.context, action, none)).edit, undefined);
  assert.equal(desk.told.length, 1);
});

test('the poorest clients: a command that applies, an edit at once, and nothing that would have to ask', async () => {
  const { codeAction, ...textDocument } = editorCapabilities.textDocument ?? {};
  const literals = { ...textDocument, codeAction: { ...codeAction, resolveSupport: { properties: [] } } };
  const expected = findings.replace('add curl', 'add --no-cache curl');

  const commanding = new Desk(findings, { capabilities: { ...editorCapabilities, textDocument: literals } });
  const action = (await commanding.list()).find(({ title }) => title === 'Add --no-cache');
  assert.ok(action?.command);
  await executeCommand(commanding.context, action.command, none);
  assert.equal(commanding.after(commanding.applied[0]), expected);

  const workspace = { ...editorCapabilities.workspace, applyEdit: false };
  const passive = new Desk(findings, { capabilities: { workspace, textDocument: literals } });
  const actions = await passive.list();
  const immediate = actions.find(({ title }) => title === 'Add --no-cache');
  assert.equal(passive.after(immediate?.edit), expected);
  assert.ok(!actions.some(({ title }) => /digest|version/.test(title)));
  assert.ok(actions.every(({ edit, command }) => edit ?? command?.command === 'drydock.explainRule'));

  const bare: Command[] = (await new Desk(findings, {
    capabilities: { workspace, textDocument: { ...textDocument, codeAction: {} } },
  }).list()) as never;
  assert.deepEqual(bare, []);
});

test('a shape takes what it describes and drops what it does not', () => {
  const read = shape({ rule: textShape, at: span });
  assert.deepEqual(read({ rule: 'a', at: { start: 1, end: 2, more: 1 }, other: 1 }), {
    rule: 'a',
    at: { start: 1, end: 2 },
  });
  for (const wrong of [null, 'a', {}, { rule: 'a' }, { rule: 'a', at: { start: 0.5, end: 2 } }])
    assert.equal(read(wrong), undefined);
});
