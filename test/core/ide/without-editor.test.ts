// Features asked as a program without an editor and without the service for Dockerfiles would: spans in and out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BaseService } from '../../../server/src/core/ide/base-service';
import { proposalsAt } from '../../../server/src/core/ide/completion';
import { definitionAt, referencesAt } from '../../../server/src/core/ide/definition';
import { foldsIn } from '../../../server/src/core/ide/folding';
import { formatDocument } from '../../../server/src/core/ide/formatting';
import { highlightsAt } from '../../../server/src/core/ide/highlight';
import { hoverAt } from '../../../server/src/core/ide/hover';
import { render } from '../../../server/src/core/ide/markup';
import { outlineOf } from '../../../server/src/core/ide/outline';
import { rename, renameableAt } from '../../../server/src/core/ide/rename';
import { signaturesAt } from '../../../server/src/core/ide/signature-help';
import type { Subject } from '../../../server/src/core/ide/subject';
import { applyEdits } from '../../../server/src/core/text/edit';
import { modelOf } from '../../harness/commands';
import { mark, parseMarked } from '../../harness/marked';

const noService: BaseService = {
  keywords: () => Promise.resolve([]),
  documentation: () => Promise.resolve(undefined),
  signatures: () => Promise.resolve(undefined),
  format: () => Promise.resolve([]),
  formatRange: () => Promise.resolve([]),
  formatOnType: () => Promise.resolve([]),
};

function subjectOf(text: string): Subject {
  return { model: modelOf(text), rules: [], service: noService };
}

test('names lead to each other', async () => {
  const source = 'FROM a\nENV «VERSION»=1\nRUN echo $«VERSION»\n';
  const { text, spans } = parseMarked(source);
  const subject = subjectOf(text);
  const [first, second] = spans;
  assert.ok(first && second);
  assert.deepEqual(definitionAt(subject, second.start), first);
  assert.equal(mark(text, referencesAt(subject, { offset: first.end, definitions: true }) ?? []), source);
  assert.deepEqual(
    highlightsAt(subject, first.start)?.map(({ writes }) => writes),
    [true, false],
  );
  assert.deepEqual(renameableAt(subject, second.start), { span: second, text: 'VERSION' });
  const renaming = rename(subject, { offset: second.start, name: 'V' });
  assert.ok(renaming && 'edits' in renaming);
  assert.equal(applyEdits(text, renaming.edits), 'FROM a\nENV V=1\nRUN echo $V\n');
  assert.deepEqual(renaming.others, []);
  const hover = await hoverAt(subject, second.start);
  assert.match(render(hover?.text ?? [], false), /environment variable\n\nValue: 1/);
});

test('an outline has spans that hold each other, and folds are spans', () => {
  const text = '# a\n# b\nFROM a AS b\nRUN x \\\n  y\n';
  const subject = subjectOf(text);
  const [stage] = outlineOf(subject);
  assert.equal(text.slice(stage?.nameSpan.start, stage?.nameSpan.end), 'b');
  assert.deepEqual(
    stage?.children.map(({ name, detail }) => [name, detail]),
    [['RUN', 'x y']],
  );
  assert.deepEqual(
    foldsIn(subject).map(({ kind, span }) => [kind, text.slice(span.start, span.end).split('\n').length]),
    [
      ['stage', 3],
      ['instruction', 1],
      ['instruction', 2],
      ['comments', 2],
    ],
  );
});

test('what only the service knows is left out, and the rest stays', async () => {
  const subject = subjectOf('FROM a\nENV X=1\nRUN b \\\nc $\n');
  const { file } = subject.model;
  const proposals = await proposalsAt(subject, { offset: file.text.indexOf('$') + 1, trigger: '$' });
  assert.ok(proposals.some(({ label, replaces }) => label === '$X' && replaces.end - replaces.start === 1));
  assert.deepEqual(await proposalsAt(subject, { offset: file.text.length, trigger: undefined }), []);
  assert.equal(await hoverAt(subject, 1), undefined);
  assert.equal(await signaturesAt(subject, 6), undefined);
  const edits = await formatDocument(subject, { tabSize: 2, insertSpaces: true });
  assert.equal(applyEdits(file.text, edits), 'FROM a\nENV X=1\nRUN b \\\n  c $\n');
});
