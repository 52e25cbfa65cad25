import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergeRuns } from '../../../server/src/core/fixes/merge-runs';
import { buildModel } from '../../../server/src/core/model/model';
import { parse } from '../../../server/src/core/syntax/parse';
import { TextFile } from '../../../server/src/core/text/document';
import { applyEdits } from '../../../server/src/core/text/edit';

/** What stands behind FROM, and what becomes of it; undefined where it stays. */
const rows: readonly (readonly [string, string, string | undefined])[] = [
  ['two', 'RUN a\nRUN b\n', 'RUN a && \\\n    b\n'],
  ['several, with blank lines', 'RUN a\n\nRUN b c\n\n\nRUN d', 'RUN a && \\\n    b c && \\\n    d'],
  ['comments between', 'RUN a\n# why\n  # more\nRUN b\n', 'RUN a && \\\n# why\n  # more\n    b\n'],
  ['continued ones', 'RUN a \\\n  && b\nRUN c \\\n  d\n', 'RUN a \\\n  && b && \\\n    c \\\n  d\n'],
  ['statements in the first', 'RUN a; b || c\nRUN d\n', 'RUN a; b || c && \\\n    d\n'],
  ['a construct', 'RUN a\nrun if b; then cd c; fi\n', 'RUN a && \\\n    if b; then cd c; fi\n'],
  ['statements in a later one', 'RUN a\nRUN b; c\n', undefined],
  ['another way out in a later one', 'RUN a\nRUN b || c\n', undefined],
  ['something else between', 'RUN a\nENV X=1\nRUN b\n', undefined],
  ['a working directory that lasts', 'RUN cd a\nRUN b\n', undefined],
  ['a variable that lasts', 'RUN X=1; a\nRUN b\n', undefined],
  ['a setting that lasts', 'RUN set -x; a\nRUN b\n', undefined],
  ['a comment of the shell', 'RUN a # why\nRUN b\n', undefined],
  ['in the background', 'RUN a &\nRUN b\n', undefined],
  ['mounts', 'RUN --mount=type=cache,target=/c a\nRUN b\n', undefined],
  ['exec form', 'RUN a\nRUN ["b"]\n', undefined],
  ['a heredoc', 'RUN a\nRUN <<EOF\nb\nEOF\n', undefined],
  ['comments inside', 'RUN a && \\\n# why\n b\nRUN c\n', undefined],
  ['a broken script', 'RUN a "\nRUN b\n', undefined],
];

for (const [name, text, merged] of rows) {
  for (const eol of ['\n', '\r\n']) {
    test(`merge steps: ${name}${eol === '\n' ? '' : ' (CRLF)'}`, () => {
      const source = `FROM a\n${text}`.replaceAll('\n', eol);
      const model = buildModel(parse(source), new TextFile(source));
      const [first] = model.instructions.slice(1);
      const last = model.instructions.at(-1);
      assert.ok(first && last);
      const edits = mergeRuns(model, first, last);
      const after = edits && applyEdits(source, edits);
      assert.equal(after, merged === undefined ? undefined : `FROM a\n${merged}`.replaceAll('\n', eol));
    });
  }
}
