// The marks of builds and scans on lines: each kind stays on its instruction while people type, whatever else is marked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { LineMarks, Mark, MarkKind } from '../../client/src/line-marks';
import type { BuildDescription } from '../../server/src/workflow/build-description';
import { describe } from '../harness/description';
import { fakeEditor, loadClient } from '../harness/fake-vscode';

const uri = { toString: () => 'file:///p/Dockerfile' };

interface Loaded {
  readonly marks: LineMarks;
  /** Somebody types, and the text is this one afterwards; undefined: nobody answers what it is. */
  type(text: string | undefined): Promise<void>;
  /** How often somebody asked what the text is. */
  asked(): number;
  /** `line:message` of what a kind shows. */
  shown(kind: MarkKind): readonly string[];
}

async function load(t: TestContext): Promise<Loaded> {
  const editor = fakeEditor({ trusted: true });
  const known = editor.vscode as { readonly workspace: object; readonly languages: object };
  const collections = new Map<string, readonly { readonly message: string; readonly range: number[] }[]>();
  let changed: (event: object) => void = () => assert.fail('nobody listens');
  let present: BuildDescription | null = null;
  let questions = 0;
  const nothing = (): object => ({ dispose: () => undefined });
  const vscode = {
    ...known,
    Diagnostic: class {
      readonly range: unknown;
      readonly message: string;
      readonly severity: number;
      constructor(range: unknown, message: string, severity: number) {
        this.range = range;
        this.message = message;
        this.severity = severity;
      }
    },
    DiagnosticTag: { Unnecessary: 1 },
    languages: {
      ...known.languages,
      createDiagnosticCollection: (name: string) => ({
        set: (_: unknown, all: readonly never[]) => collections.set(name, all),
        dispose: () => undefined,
      }),
    },
    workspace: {
      ...known.workspace,
      onDidChangeTextDocument: (listener: typeof changed) => {
        changed = listener;
        return nothing();
      },
      onDidDeleteFiles: nothing,
    },
  };
  const module = await loadClient<{ LineMarks: typeof LineMarks }>('client/src/line-marks.ts', {
    ...editor,
    vscode,
  });
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const marks = new module.LineMarks(() => {
    questions += 1;
    return Promise.resolve(present);
  });
  return {
    marks,
    type: async (text) => {
      present = text === undefined ? null : describe(text);
      changed({ document: { uri }, contentChanges: [{}] });
      t.mock.timers.tick(300);
      // The answer is a promise, and what is done with it another one.
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    },
    asked: () => questions,
    shown: (kind) =>
      (collections.get(`drydock-${kind}`) ?? []).map(({ range, message }) => `${range[0]}:${message}`),
  };
}

const text = 'FROM debian:12\nRUN make\nCOPY a /a\n';
const mark = (instruction: number, message: string): Mark => ({
  instruction,
  severity: 0,
  message,
  code: 'x',
});

/** Three kinds, of which one or more have a mark on `COPY`. */
const placed: readonly (readonly MarkKind[])[] = [
  ['build'],
  ['scan'],
  ['size'],
  ['build', 'size'],
  ['build', 'scan', 'size'],
];

for (const kinds of placed) {
  test(`marks of ${kinds.join(' and ')} move with their line, and go when it changes`, async (t) => {
    const { marks, type, shown } = await load(t);
    const here = (wanted: readonly string[]): void => {
      for (const kind of ['build', 'scan', 'size'] as const)
        assert.deepEqual(shown(kind), kinds.includes(kind) ? wanted : [], kind);
    };
    for (const kind of kinds) marks.set(uri as never, kind, [mark(2, 'on COPY')], describe(text));
    here(['2:on COPY']);
    await type(`# first\n\n${text}`);
    here(['4:on COPY']);
    await type(undefined);
    here(['4:on COPY']);
    await type(text.replace('a /a', 'b /b'));
    here([]);
    await type(text);
    here([]);
  });
}

test('a file without marks is not asked about, nor one whose marks are gone', async (t) => {
  const { marks, type, asked } = await load(t);
  await type(text);
  assert.equal(asked(), 0);
  marks.set(uri as never, 'scan', [mark(1, 'on RUN')], describe(text));
  await type(text);
  assert.equal(asked(), 1);
  await type(text.replace('make', 'gmake'));
  await type(text);
  assert.equal(asked(), 2);
});

test('one kind is forgotten without the others', async (t) => {
  const { marks, type, shown } = await load(t);
  marks.set(uri as never, 'build', [mark(1, 'fails')], describe(text));
  marks.set(uri as never, 'scan', [mark(1, 'one'), mark(2, 'two')], describe(text));
  marks.clear(uri as never, 'build');
  await type(`\n${text.replace('make', 'gmake')}`);
  assert.deepEqual([shown('build'), shown('scan')], [[], ['3:two']]);
});
