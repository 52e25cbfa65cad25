// What holds for every row of the feature table, whatever it does.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ErrorCodes, HoverRequest, ResponseError } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { readClient } from '../../server/src/lsp/capabilities';
import type { Client } from '../../server/src/lsp/capabilities';
import { feature } from '../../server/src/lsp/feature';
import type { Feature } from '../../server/src/lsp/feature';
import { features } from '../../server/src/lsp/features';
import { announcedFeatures, answerFeature, isDynamic } from '../../server/src/lsp/handlers/features';
import { Session } from '../../server/src/lsp/session';
import { editorCapabilities } from '../harness/lsp-client';
import { least } from './features/request';

const uri = 'untitled:Dockerfile';

/** Asks rows about a text, at its end. */
class Desk {
  readonly logs: string[] = [];
  readonly warnings: string[] = [];
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /** @param text undefined: the file is not open @param changes to the parameters */
  ask(one: Feature, text: string | undefined, changes: object = {}): Promise<unknown> {
    const document = text === undefined ? undefined : TextDocument.create(uri, 'dockerfile', 1, text);
    const fail = (): never => assert.fail('nothing but the row may fail');
    const session = new Session({
      document: () => document,
      askSettings: () => Promise.resolve({}),
      folders: [],
      onFailure: fail,
      onProblems: (_, { settings }) => assert.deepEqual(settings, []),
    });
    const position = document?.positionAt(document.getText().length) ?? { line: 0, character: 0 };
    // What any of the requests may hold.
    const params = {
      textDocument: { uri },
      position,
      range: { start: { line: 0, character: 0 }, end: position },
      context: { includeDeclaration: true, triggerKind: 1 },
      newName: 'renamed',
      options: { tabSize: 2, insertSpaces: true },
      ch: '\\',
      ...changes,
    };
    const calls = {
      log: (message: string) => void this.logs.push(message),
      logOnce: (message: string) => this.warnings.push(message) > 0,
    };
    const reasons = { of: () => Promise.resolve('What `it` does.') };
    return answerFeature(one, params, { client: this.#client, session, calls, reasons });
  }
}

const clients: Readonly<Record<string, Client>> = {
  'the poorest client': least,
  'a rich client': readClient(editorCapabilities),
};

const texts = [
  '# syntax=docker/dockerfile:1\nARG V=1\nFROM a:${V} AS b\nRUN --mount=type=cache,target=/x x \\\n  $V',
  'FROM a\nENV X=1\nCOPY --from=b <<E /x\n$X\nE\nHEALTHCHECK CMD ["sh", "-c", "$X"]\n# drydock ignore=all',
];

for (const one of features) {
  const name = one.method.replace('textDocument/', '');

  test(`${name}: a file that is not open has no answer`, async () => {
    assert.equal(await new Desk(least).ask(one, undefined), null);
  });

  for (const [who, client] of Object.entries(clients)) {
    test(`${name}: every beginning of a file is taken, and ${who} gets an answer that can be sent`, async () => {
      const desk = new Desk(client);
      for (const text of texts) {
        for (let end = 0; end <= text.length; end += 1) {
          const answer = await desk.ask(one, text.slice(0, end));
          assert.notEqual(answer, undefined);
          JSON.stringify(answer);
        }
      }
      assert.deepEqual(desk.warnings, []);
    });
  }

  test(`${name}: what a client sends beyond the end stands for the end, and wrong parameters are refused`, async () => {
    const desk = new Desk(least);
    const far = { line: 99_999, character: 99_999 };
    for (const changes of [
      { position: far, range: { start: far, end: far } },
      {
        position: { line: 0, character: 2_000_000_000 },
        range: { start: far, end: { line: 0, character: 0 } },
      },
    ])
      assert.ok(!((await desk.ask(one, 'FROM a\nENV X=1\n', changes)) instanceof ResponseError));
    const wrong = {
      textDocument: {},
      position: { line: -1, character: 0 },
      range: [],
      options: 3,
      context: 1,
    };
    for (const part of one.reads) {
      for (const value of [undefined, null, { ...wrong, newName: 5, ch: {} }[part]]) {
        const answer = await desk.ask(one, 'FROM a\n', { [part]: value });
        assert.ok(answer instanceof ResponseError, part);
        assert.equal(answer.code, ErrorCodes.InvalidParams);
      }
    }
    assert.deepEqual(desk.warnings, []);
  });

  test(`${name}: a large file costs no time`, async () => {
    const answer = await new Desk(least).ask(one, `FROM a\nCOPY ${'\n'.repeat(30_001)}`);
    if (one.tooLarge === undefined) assert.equal(answer, null);
    else assert.ok(answer instanceof ResponseError && answer.message === one.tooLarge);
  });
}

test('a row for any size answers large files as well', async () => {
  const help = features.find(({ anySize }) => anySize);
  assert.ok(help);
  assert.notEqual(await new Desk(least).ask(help, `${'\n'.repeat(30_001)}FROM a\nCOPY `), null);
});

test('a row that fails loses only itself, and the log says which', async () => {
  const desk = new Desk(least);
  const failing = feature(HoverRequest, {
    shared: true,
    ask: () => undefined,
    run: () => {
      throw new Error('broken on purpose');
    },
    tell: () => null,
  });
  assert.equal(await desk.ask(failing, 'FROM a\n'), null);
  assert.match(
    desk.warnings.join(),
    /textDocument\/hover failed, which is a bug in Drydock: Error: broken on purpose/,
  );
});

test('a slow answer is noted', async (t) => {
  let now = 0;
  t.mock.method(performance, 'now', () => now);
  const desk = new Desk(least);
  const slow = feature(HoverRequest, {
    shared: true,
    ask: () => undefined,
    run: () => {
      now += 510;
      return undefined;
    },
    tell: () => null,
  });
  assert.equal(await desk.ask(slow, 'FROM a\n'), null);
  assert.match(desk.logs.join(), /textDocument\/hover took 510 ms for 7 characters/);
});

test('each request has one row', () => {
  assert.equal(new Set(features.map(({ method }) => method)).size, features.length);
});

/** Under which names the server speaks of rows; those with a dot are options of another row. */
function spokenOf(rows: readonly Feature[]): string[] {
  return rows.flatMap(({ capabilities: { server } }) => (server?.includes('.') ? [] : (server ?? []))).sort();
}

const alwaysOn = features.filter(({ shared }) => !shared);

test('a client that cannot register is told at the start, of shared rows only where it has no others', () => {
  assert.equal(isDynamic(least), false);
  const alone = announcedFeatures(least, []);
  assert.deepEqual(Object.keys(alone).sort(), spokenOf(features));
  assert.equal(alone.hoverProvider, true);
  assert.equal(alone.renameProvider, true);
  assert.ok(alone.completionProvider?.triggerCharacters?.includes('$'));
  const beside = announcedFeatures(least, ['docker.docker']);
  assert.deepEqual(Object.keys(beside).sort(), spokenOf(alwaysOn));
  assert.equal(beside.hoverProvider, undefined);
  assert.equal(beside.definitionProvider, true);
});

test('a client that registers every shared row hears of them later', () => {
  const client = readClient(editorCapabilities);
  assert.equal(isDynamic(client), true);
  const announced = announcedFeatures(client, []);
  assert.deepEqual(Object.keys(announced).sort(), spokenOf(alwaysOn));
  assert.deepEqual(announced.renameProvider, { prepareProvider: true });
  const { hover: _hover, ...textDocument } = editorCapabilities.textDocument ?? {};
  assert.equal(isDynamic(readClient({ ...editorCapabilities, textDocument })), true, 'one it does not know');
  const fixed = { ...textDocument, hover: { dynamicRegistration: false } };
  assert.equal(isDynamic(readClient({ ...editorCapabilities, textDocument: fixed })), false);
});
