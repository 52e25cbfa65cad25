// What each COPY and ADD takes, from where, and where it puts it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Copy, CopySource, Model } from '../../../server/src/core/model/model';
import { modelOf } from '../../harness/commands';

function describeSource(source: CopySource): string {
  const { kind, path, glob, target } = source;
  const from =
    source.kind === 'stage'
      ? `stage ${source.stage.index}`
      : source.kind === 'image'
        ? `image ${source.image.text}`
        : kind;
  return `${from} ${glob ? '~' : ''}${path ?? '?'} → ${target ?? '?'}`;
}

function describe({ sources, destination }: Copy): string {
  const to = `${destination.path ?? '?'}${destination.isFolder ? ' (folder)' : ''}`;
  return [...sources.map(describeSource), to].join(' | ');
}

/** The last COPY or ADD below `FROM debian:12 AS build`, `FROM debian:12`, `WORKDIR /w`. */
const cases: readonly (readonly [instruction: string, expected: string])[] = [
  // Destinations.
  ['COPY a /b', 'context a → /b | /b'],
  ['COPY a /b/', 'context a → /b/a | /b (folder)'],
  ['COPY a b', 'context a → /w/b | /w/b'],
  ['COPY a .', 'context a → /w/a | /w (folder)'],
  ['COPY a ./', 'context a → /w/a | /w (folder)'],
  ['COPY a ..', 'context a → /a | / (folder)'],
  ['COPY a ./b/.', 'context a → /w/b/a | /w/b (folder)'],
  ['COPY a /w', 'context a → /w/a | /w (folder)'],
  ['COPY a /', 'context a → /a | / (folder)'],
  ['COPY a //b//../c', 'context a → /c | /c'],
  ['COPY a b /c', 'context a → /c/a | context b → /c/b | /c (folder)'],
  ['ENV D=/opt/d\nCOPY a $D/', 'context a → /opt/d/a | /opt/d (folder)'],
  ['ARG D=d\nCOPY a ${D}/e', 'context a → /w/d/e | /w/d/e'],
  ['COPY a $UNKNOWN', 'context a → ? | ?'],
  ['COPY a $UNKNOWN/', 'context a → ? | ? (folder)'],
  ['WORKDIR $UNKNOWN\nCOPY a .', 'context a → ? | ? (folder)'],
  ['WORKDIR $UNKNOWN\nCOPY a /b', 'context a → /b | /b'],
  // Sources.
  ['COPY . .', 'context  → /w | /w (folder)'],
  ['COPY ./ /b/', 'context  → /b | /b (folder)'],
  ['COPY / /b/', 'context  → /b | /b (folder)'],
  ['COPY ../../a /b/', 'context a → /b/a | /b (folder)'],
  ['COPY ./a//b/ /c/', 'context a/b → /c/b | /c (folder)'],
  ['COPY *.txt /b/', 'context ~*.txt → ? | /b (folder)'],
  ['COPY a?[bc] /b/', 'context ~a?[bc] → ? | /b (folder)'],
  ['ENV S=src\nCOPY $S/a /b/', 'context src/a → /b/a | /b (folder)'],
  ['COPY $UNKNOWN /b', 'context ? → ? | /b'],
  ['COPY "a" \'b\' /c/', 'context a → /c/a | context b → /c/b | /c (folder)'],
  ['COPY ["a b", "c d/"]', 'context a b → /w/c d/a b | /w/c d (folder)'],
  ['ENV D=/d\nCOPY ["a", "$D/"]', 'context a → /d/a | /d (folder)'],
  ['COPY --parents a/b/c /d', 'context a/b/c → /d/a/b/c | /d'],
  ['COPY --parents ./a/./b/c /d/', 'context a/b/c → /d/b/c | /d (folder)'],
  // From elsewhere.
  ['COPY --from=build /a /b', 'stage 0 a → /b | /b'],
  ['COPY --from=BUILD /a /b', 'stage 0 a → /b | /b'],
  ['COPY --from=0 /a /b', 'stage 0 a → /b | /b'],
  ['COPY --from=nginx:1 /a /b', 'image nginx:1 a → /b | /b'],
  ['COPY --from=7 /a /b', 'unknown a → /b | /b'],
  ['COPY --from=$X /a /b', 'unknown a → /b | /b'],
  ['COPY --from= /a /b', 'unknown a → /b | /b'],
  ['COPY --from=scratch /a /b', 'unknown a → /b | /b'],
  ['ADD --from=build /a /b', 'unknown a → /b | /b'],
  ['ADD https://example.com/x/y.tar.gz?v=1 /b/', 'url ? → /b/y.tar.gz | /b (folder)'],
  ['ADD https://example.com/y.deb /b', 'url ? → /b | /b'],
  ['ADD a https://example.com/y /b/', 'context a → /b/a | url ? → /b/y | /b (folder)'],
  ['ADD https://example.com/x.git#main /b', 'git ? → ? | /b'],
  ['ADD git@example.com:x/y.git /b', 'git ? → ? | /b'],
  ['ADD https://example.com/$V/y /b', 'url ? → ? | /b'],
  ['COPY <<EOF /b\nx\nEOF', 'heredoc EOF → /b | /b'],
  [
    'COPY a <<EOF <<"X" /b/\nx\nEOF\ny\nX',
    'context a → /b/a | heredoc EOF → /b/EOF | heredoc X → /b/X | /b (folder)',
  ],
  // In the middle of something else.
  ['COPY a \\\n# remark\n  b \\\n  /c/', 'context a → /c/a | context b → /c/b | /c (folder)'],
  ['copy a b', 'context a → /w/b | /w/b'],
  ['ONBUILD COPY a .', 'context a → /w/a | /w (folder)'],
  ['ONBUILD COPY --from=later a b', 'unknown a → /w/b | /w/b'],
];

const head = 'FROM debian:12 AS build\nFROM debian:12\nWORKDIR /w\n';

for (const [instruction, expected] of cases) {
  test(`copied: ${instruction.replaceAll('\n', '⏎')}`, () => {
    const copy = modelOf(head + instruction).copies.at(-1);
    assert.equal(copy && describe(copy), expected);
  });
}

test('Windows takes both slashes, and paths as written', () => {
  const paths = (instruction: string): readonly unknown[] => {
    const text = `# escape=\`\nFROM mcr.microsoft.com/windows/servercore:ltsc2022\nWORKDIR C:\\w\n${instruction}`;
    const copy = modelOf(text).copies[0];
    return [copy?.destination.path, copy?.destination.isFolder, copy?.sources[0]?.target];
  };
  assert.deepEqual(paths('COPY a C:\\b'), ['C:\\b', false, 'C:\\b']);
  assert.deepEqual(paths('COPY a C:\\b\\'), ['C:\\b\\', true, 'C:\\b\\a']);
  assert.deepEqual(paths('COPY a b/'), ['C:\\w\\b/', true, 'C:\\w\\b/\\a']);
  assert.deepEqual(paths('COPY a .'), ['C:\\w\\.', true, 'C:\\w\\.\\a']);
});

test('flags are data', () => {
  const [copy] = modelOf(
    'COPY --parents --link --exclude=*.md --exclude=a --chown=app:app --chmod=755 a /b/',
  ).copies;
  assert.deepEqual(
    [copy?.parents, copy?.link, copy?.excludes, copy?.chown?.value, copy?.chmod?.value, copy?.onbuild],
    [true, true, ['*.md', 'a'], 'app:app', '755', false],
  );
  const [off] = modelOf('COPY --parents=false --link=0 a /b/').copies;
  assert.deepEqual([off?.parents, off?.link, off?.excludes, off?.chown], [false, false, [], undefined]);
});

test('an instruction finds its copy, a trigger through its ONBUILD', () => {
  const model = modelOf('FROM a\nCOPY a b\nONBUILD ADD c d\nCOPY a\nRUN x\nCOPY');
  assert.deepEqual(
    model.file.instructions.map((one) => model.copyOf(one)?.keyword),
    [undefined, 'COPY', 'ADD', undefined, undefined, undefined],
  );
  assert.deepEqual(
    model.copies.map(({ onbuild, stage }) => [onbuild, stage?.index]),
    [
      [false, 0],
      [true, 0],
    ],
  );
});

test('every prefix of every case is read, and spans lie in the text', () => {
  for (const [instruction] of cases) {
    const text = head + instruction;
    for (let end = head.length; end <= text.length; end += 1) {
      for (const { sources, destination } of modelOf(text.slice(0, end)).copies) {
        for (const { span } of [...sources, destination]) assert.ok(0 <= span.start && span.end <= end);
      }
    }
  }
});

test('what reaches the image is one question', () => {
  const model = modelOf('ARG A\nFROM a AS base\nRUN a\nFROM a AS other\nRUN b\nFROM base\nRUN c');
  const asked = model.instructions.filter(({ keyword }) => keyword === 'RUN' || keyword === 'ARG');
  assert.deepEqual(
    asked.map((one) => model.reachesImage(one)),
    [true, true, false, true],
  );
});

test('copies are worked out once, and nothing of other instructions', () => {
  const model: Model = modelOf('FROM a\nCOPY a b\n');
  assert.equal(model.copies, model.copies);
  assert.equal(model.copyOf(model.instructions[1] as (typeof model.instructions)[number]), model.copies[0]);
});

test('the name of a heredoc is not a pattern, whatever is in it', () => {
  const model = modelOf('FROM a\nCOPY <<a* /x/\nt\na*\n');
  const [source] = model.copies[0]?.sources ?? [];
  assert.deepEqual([source?.kind, source?.glob, source?.target], ['heredoc', false, '/x/a*']);
});
