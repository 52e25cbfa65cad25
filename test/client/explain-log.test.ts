// "Explain Build Log…": the log is read from where it is, the line is named and marked, and the fixes are one step away.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type * as explaining from '../../client/src/build/explain-log';
import type { ExplainedFailure } from '../../server/src/protocol/messages';
import { fakeEditor, loadClient } from '../harness/fake-vscode';

const uri = { path: '/p/web/Dockerfile', toString: () => 'file:///p/web/Dockerfile' };

interface Given {
  readonly answer: ExplainedFailure | null;
  readonly log?: string;
  /** What people choose in the message. */
  readonly choice?: string;
}

interface Told {
  /** What was said at the end, with its buttons. */
  readonly said: string;
  /** The line, from 0, on which the cursor stands; undefined if nobody moved it. */
  readonly line: number | undefined;
  readonly marked: number;
  readonly commands: readonly string[];
  readonly logs: readonly string[];
}

async function explained({ answer, log = 'a log', choice }: Given): Promise<Told> {
  const document = {
    languageId: 'dockerfile',
    uri,
    lineCount: 4,
    lineAt: (line: number) => ({ range: { start: { line } } }),
  };
  const fake = fakeEditor({
    trusted: true,
    document,
    choose: ({ kind }) => (kind === 'pick' ? 'The clipboard' : choice),
  });
  const known = fake.vscode as Readonly<Record<'window' | 'workspace' | 'env', object>>;
  const commands: string[] = [];
  const editor = {
    selection: undefined as { start: { line: number } } | undefined,
    revealRange: () => undefined,
  };
  const vscode = {
    ...known,
    commands: {
      executeCommand: (name: string) => {
        commands.push(name);
        return Promise.resolve();
      },
    },
    env: { ...known.env, clipboard: { readText: () => Promise.resolve(log) } },
    TextEditorRevealType: { InCenterIfOutsideViewport: 2 },
    Selection: class {
      readonly start: object;
      constructor(start: object) {
        this.start = start;
      }
    },
    window: { ...known.window, showTextDocument: () => Promise.resolve(editor) },
    workspace: { ...known.workspace, openTextDocument: () => Promise.resolve(document) },
  };
  const module = await loadClient<typeof explaining>('client/src/build/explain-log.ts', { ...fake, vscode });
  const logs: string[] = [];
  let marked = 0;
  const builds = {
    explain: (_: unknown, text: string) => {
      logs.push(text);
      return Promise.resolve(answer);
    },
    mark: (_: unknown, { instruction }: ExplainedFailure) => {
      marked += 1;
      return Promise.resolve(instruction !== undefined);
    },
  };
  await module.explainLog(builds as never);
  const last = fake.shown.at(-1);
  const said = [last?.text, ...(last?.choices ?? []).map((one) => `[${one}]`)].join(' ');
  return { said, line: editor.selection?.start.line, marked, commands, logs };
}

const failure: ExplainedFailure = {
  version: 1,
  line: 2,
  instruction: 2,
  cause: 'command-missing',
  message: 'The image has no command curl',
  edits: [{ title: 'Install curl', edits: [] }],
};

test('the line is named as people count it, and the fixes are offered', async () => {
  const { said, line, marked, commands, logs } = await explained({ answer: failure });
  assert.equal(said, 'Dockerfile:3: The image has no command curl. [Show Fixes]');
  assert.deepEqual([line, marked, commands, logs], [2, 1, [], ['a log']]);
  const taken = await explained({ answer: failure, choice: 'Show Fixes' });
  assert.deepEqual(taken.commands, ['editor.action.quickFix']);
  const first = await explained({ answer: { ...failure, line: 0 } });
  assert.equal(first.said, 'Dockerfile:1: The image has no command curl. [Show Fixes]');
});

test('without a line the file is named, and the cursor stays', async () => {
  const { line: _line, instruction: _instruction, ...nowhere } = failure;
  const { said, line } = await explained({ answer: { ...nowhere, message: 'The disk is full' } });
  assert.equal(said, 'Dockerfile: The disk is full.');
  assert.equal(line, undefined);
});

test('no fixes are offered where there are none, and nothing is marked for an unknown cause', async () => {
  assert.equal((await explained({ answer: { ...failure, edits: [] } })).said.includes('Show Fixes'), false);
  const unknown = await explained({ answer: { ...failure, cause: 'unknown' } });
  assert.equal(unknown.marked, 0);
  assert.equal(unknown.said.includes('Show Fixes'), false);
});

test('a line below the end of the file is the last one', async () => {
  assert.equal((await explained({ answer: { ...failure, line: 40 } })).line, 3);
});

test('an empty log and an unreadable file are said', async () => {
  const empty = await explained({ answer: failure, log: ' \n' });
  assert.match(empty.said, /^There is no log there/);
  assert.deepEqual(empty.logs, []);
  assert.equal((await explained({ answer: null })).said, 'Dockerfile could not be read as a Dockerfile.');
});
