// The list of what runs again: what the user sees of one, several and no Dockerfiles, and where a choice leads.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type * as rebuilds from '../../client/src/rebuilds';
import type { Rebuilds } from '../../server/src/protocol/messages';
import { fakeEditor, loadClient } from '../harness/fake-vscode';
import type { Shown } from '../harness/fake-vscode';

class Uri {
  readonly path: string;
  readonly scheme: string;

  constructor(path: string, scheme = 'file') {
    this.path = path;
    this.scheme = scheme;
  }

  static parse(text: string): Uri {
    return new Uri(text.replace('file://', ''));
  }

  toString(): string {
    return `file://${this.path}`;
  }
}

class Range {
  readonly line: number;

  constructor(line: number) {
    this.line = line;
  }
}

const one: Rebuilds = {
  dockerfile: 'file:///p/Dockerfile',
  total: 6,
  steps: [
    { line: 3, instruction: 'COPY src src', stage: 'build', runs: 'yes', why: 'copies src' },
    { line: 10, instruction: 'COPY --from=build /out /out', stage: '1', runs: 'maybe', why: 'copies /out' },
  ],
  notes: [],
};

const nothing: Rebuilds = {
  dockerfile: 'file:///p/docker/Dockerfile',
  total: 2,
  steps: [],
  notes: ['.dockerignore keeps src/a.js out of the build'],
};

interface Asked {
  readonly shown: readonly Shown[];
  /** Files that were shown, with the line, counted from 1. */
  readonly opened: readonly string[];
}

async function ask(
  answers: readonly Rebuilds[] | null,
  run: (module: typeof rebuilds, session: never) => Promise<void>,
  choose: (shown: Shown) => string | undefined = () => undefined,
): Promise<Asked> {
  const editor = fakeEditor({ trusted: false, choose });
  const opened: string[] = [];
  const known = editor.vscode as { readonly workspace: object; readonly window: object };
  const vscode = {
    ...known,
    Uri,
    Range,
    workspace: {
      ...known.workspace,
      findFiles: () => Promise.resolve([]),
      asRelativePath: ({ path }: Uri) => path.replace('/p/', ''),
    },
    window: {
      ...known.window,
      showTextDocument: ({ path }: Uri, { selection }: { readonly selection: Range }) => {
        opened.push(`${path}:${String(selection.line + 1)}`);
        return Promise.resolve();
      },
    },
  };
  const module = await loadClient<typeof rebuilds>('client/src/rebuilds.ts', { ...editor, vscode });
  const session = {
    rebuilds: () => Promise.resolve(answers),
    rebuildsOfLine: () => Promise.resolve(answers?.[0] ?? null),
  };
  await run(module, session as never);
  return { shown: editor.shown, opened };
}

const ofFile = (module: typeof rebuilds, session: never): Promise<void> =>
  module.whatRebuilds(session, new Uri('/p/src/a.js'));

test('the steps of each Dockerfile, with certain ones and others; a choice leads to the line', async () => {
  const { shown, opened } = await ask([one, nothing], ofFile, ({ choices }) =>
    choices.find((label) => label.includes('--from')),
  );
  assert.deepEqual(shown, [
    {
      kind: 'pick',
      text: 'What runs again if src/a.js changes',
      choices: [
        'Dockerfile: 1 to 2 of 6 steps run again.',
        '$(sync) 4  COPY src src',
        '$(question) 11  COPY --from=build /out /out',
        'docker/Dockerfile: 0 of 2 steps run again. .dockerignore keeps src/a.js out of the build.',
      ],
    },
  ]);
  assert.deepEqual(opened, ['/p/Dockerfile:11']);
});

test('where nothing runs again, one sentence says so', async () => {
  const { shown, opened } = await ask([nothing], ofFile);
  assert.deepEqual(shown, [
    {
      kind: 'information',
      text: 'docker/Dockerfile: 0 of 2 steps run again. .dockerignore keeps src/a.js out of the build.',
      choices: [],
    },
  ]);
  assert.deepEqual(opened, []);
});

test('no Dockerfile, no file, and a file that the server does not see', async () => {
  const text = async (answers: readonly Rebuilds[] | null, given: unknown): Promise<string | undefined> =>
    (await ask(answers, (module, session) => module.whatRebuilds(session, given))).shown[0]?.text;
  const none = 'No Dockerfile of the workspace has a build context that holds src/a.js.';
  assert.equal(await text([], new Uri('/p/src/a.js')), none);
  assert.equal(await text(null, new Uri('/p/src/a.js')), none);
  assert.equal(await text([one], undefined), 'Open a file of the project first.');
  assert.equal(await text([one], new Uri('/x', 'untitled')), 'Open a file of the project first.');
});

test('the line above an instruction opens the list of its files', async () => {
  const { shown } = await ask([one], (module, session) => module.showRebuilds(session, one.dockerfile, 3));
  assert.deepEqual([shown[0]?.kind, shown[0]?.text], ['pick', 'What runs again if files of line 4 change']);
  const gone = await ask(null, (module, session) => module.showRebuilds(session, one.dockerfile, 3));
  assert.equal(gone.shown[0]?.text, 'The file changed in the meantime. Try again.');
});
