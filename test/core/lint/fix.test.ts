// Fix-all with rules made for the purpose: what is taken, what waits, what is refused.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfig } from '../../../server/src/core/lint/config';
import { noFacts } from '../../../server/src/core/lint/facts';
import { fixAll } from '../../../server/src/core/lint/fix';
import { lint } from '../../../server/src/core/lint/run';
import { defineRule } from '../../../server/src/core/lint/rule';
import { rules } from '../../../server/src/rules/index.generated';
import type { Edit, Rule } from '../../../server/src/core/lint/rule';
import type { Safety } from '../../../server/src/core/lint/finding';

/** A rule that replaces every match. @param reach whether its fix relies on the whole line */
function replacing(
  id: string,
  pattern: RegExp,
  text: string,
  { safety = 'safe', line = false }: { safety?: Safety; line?: boolean } = {},
): Rule {
  return defineRule({
    id,
    summary: id,
    category: 'style',
    severity: 'info',
    fix: safety,
    since: 'next',
    alsoKnownAs: [],
    *check({ model: { document } }) {
      for (const match of document.text.matchAll(pattern)) {
        const at = { start: match.index, end: match.index + match[0].length };
        const edit: Edit = { ...at, text };
        yield {
          at,
          message: id,
          fix: {
            title: id,
            edits: [edit],
            ...(line && { reach: document.line(document.lineAt(at.start)) }),
          },
        };
      }
    },
  });
}

function fix(
  text: string,
  rules: readonly Rule[],
  safety: 'safe' | 'suggested' = 'safe',
): ReturnType<typeof fixAll> {
  return fixAll(text, (next) => lint(next, rules, defaultConfig, noFacts), { safety, keepsComments: true });
}

const ids = ({ applied }: ReturnType<typeof fixAll>): string[] => applied.map(({ ruleId }) => ruleId);

test('fixes that do not touch are taken together', () => {
  const result = fix('FROM a\nRUN a\n', [replacing('a-to-b', /\ba\b/g, 'b')]);
  assert.equal(result.text, 'FROM b\nRUN b\n');
  assert.deepEqual(ids(result), ['a-to-b', 'a-to-b']);
  assert.deepEqual(result.rejected, []);
});

test('what touches waits for the next round, and is judged anew', () => {
  const rules = [replacing('ab', /ab/g, 'x'), replacing('c', /c/g, 'y'), replacing('xy', /xy/g, 'z')];
  const result = fix('FROM abc\n', rules);
  assert.equal(result.text, 'FROM z\n');
  assert.deepEqual(ids(result), ['ab', 'c', 'xy']);
});

test('what only touches at a border waits as well: the other fix may have made it needless', () => {
  const rules = [replacing('first', /ab/g, 'x'), replacing('second', /(?<=ab)c/g, 'y')];
  const result = fix('FROM abc\n', rules);
  assert.equal(result.text, 'FROM xc\n');
  assert.deepEqual(ids(result), ['first']);
});

test('a fix that relies on its line waits for others on it', () => {
  const rules = [replacing('first', /one/g, 'two', { line: true }), replacing('second', /three/g, 'four')];
  assert.equal(fix('FROM one AS three\n', rules).text, 'FROM two AS four\n');
});

test('only what may be trusted that far is taken', () => {
  const rules = [
    replacing('safe', /one/g, '1'),
    replacing('suggested', /two/g, '2', { safety: 'suggested' }),
    replacing('manual', /three/g, '3', { safety: 'manual' }),
  ];
  const text = 'FROM one\nRUN two three\n';
  assert.equal(fix(text, rules).text, 'FROM 1\nRUN two three\n');
  assert.equal(fix(text, rules, 'suggested').text, 'FROM 1\nRUN 2 three\n');
});

test('what a line that is not an instruction may have been cut from is left to people', () => {
  const rule = replacing('a-to-b', /\ba\b/g, 'b');
  assert.equal(
    fix('FROM a\nRUN a\n  a a\n  c a\nRUN a\n', [rule]).text,
    'FROM b\nRUN a\n  a a\n  c a\nRUN b\n',
  );
  assert.equal(fix('a\nb\n', [rule]).text, 'a\nb\n');
});

test('a fix that breaks the file costs only itself', () => {
  const result = fix('FROM one\nRUN two\n', [
    replacing('good', /one/g, '1'),
    replacing('bad', /RUN/g, 'RUNN'),
  ]);
  assert.equal(result.text, 'FROM 1\nRUN two\n');
  assert.deepEqual(result.rejected, ['bad']);
});

test('a safe fix may not lose a comment, and a suggested one that does is left to people', () => {
  const text = 'FROM a\n# why\nRUN b\n';
  const lost = fix(text, [replacing('comments', /# why\n/g, '')]);
  assert.equal(lost.text, text);
  assert.deepEqual(lost.rejected, ['comments']);
  const rule = replacing('comments', /# why\n/g, '', { safety: 'suggested' });
  const left = fix(text, [rule], 'suggested');
  assert.deepEqual([left.text, left.rejected], [text, []]);
});

test('of two comments that read the same, a safe fix keeps both', () => {
  const text = 'FROM a\n# why\nRUN b\n# why\nRUN c\n';
  const result = fix(text, [replacing('comments', /# why\n(?=RUN b)/g, '')]);
  assert.equal(result.text, text);
  assert.deepEqual(result.rejected, ['comments']);
});

test('a suggested fix that loses a comment waits for a person, and holds up no safe one', () => {
  const rules = [
    replacing('safe', /one/g, '1'),
    replacing('comments', /# why\n/g, '', { safety: 'suggested' }),
  ];
  const result = fix('FROM one\n# why\nRUN b\n', rules, 'suggested');
  assert.equal(result.text, 'FROM 1\n# why\nRUN b\n');
  assert.deepEqual(result.rejected, []);
});

test('a fix that also changes another file is left to people', () => {
  const single = replacing('single', /one/g, '1');
  const withFile: Rule = defineRule({
    ...single,
    id: 'with-file',
    *check(given) {
      for (const finding of single.check(given))
        yield {
          ...finding,
          ...(finding.fix && { fix: { ...finding.fix, files: [{ path: '.dockerignore', text: '.git\n' }] } }),
        };
    },
  });
  const result = fix('FROM one\n', [withFile]);
  assert.equal(result.text, 'FROM one\n');
  assert.deepEqual(result.applied, []);
});

test('a comment that only moves or is indented is not lost', () => {
  const result = fix('FROM a\n# why\nRUN b\n', [replacing('indent', /^# why/gm, '  # why ')]);
  assert.equal(result.text, 'FROM a\n  # why \nRUN b\n');
});

test('fixes that undo each other end, with both named', () => {
  const result = fix('FROM one\n', [replacing('there', /one/g, 'two'), replacing('back', /two/g, 'one')]);
  assert.equal(result.text, 'FROM two\n');
  assert.deepEqual(ids(result), ['there']);
  assert.deepEqual(result.rejected, ['back']);
});

test('a fix that never settles is named', () => {
  const result = fix('FROM a\n', [replacing('grows', /a$/gm, 'aa')]);
  assert.deepEqual(result.rejected, ['grows']);
  assert.ok(result.text.length < 'FROM a\n'.length + 2 ** 10);
});

test('thousands of fixes in a row settle, though each round takes every other one', () => {
  const result = fix(`FROM a\nRUN y${'x'.repeat(5000)}\n`, [replacing('x', /x/g, '')]);
  assert.deepEqual([result.text, result.applied.length, result.rejected], ['FROM a\nRUN y\n', 5000, []]);
});

test('findings that are hidden by a comment are left alone', () => {
  const result = fix('FROM a\n# drydock ignore=a-to-b\nRUN a\n', [replacing('a-to-b', /\ba$/gm, 'b')]);
  assert.equal(result.text, 'FROM b\n# drydock ignore=a-to-b\nRUN a\n');
});

const golang = `FROM golang:1.23
WORKDIR /src
COPY go.mod go.sum main.go ./
RUN CGO_ENABLED=0 go build -o /app .
EXPOSE 8080
CMD ["/app"]
`;

const debug = `FROM gcr.io/distroless/static-debian12:debug
COPY app /app
ENTRYPOINT ["/app"]
`;

for (const [name, text, expected] of [
  [
    'a second stage comes with its user',
    golang,
    golang.replace('1.23', '1.23 AS build').replace(
      'EXPOSE',
      `
FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /app /app
EXPOSE`,
    ),
  ],
  ['another variant comes with its user', debug, debug.replace('debug', 'nonroot')],
] as const) {
  test(`what one fix makes needless is not applied beside it: ${name}`, () => {
    const chosen = rules.filter(({ id }) =>
      ['final-stage-sdk-image', 'user-missing', 'image-debug-variant'].includes(id),
    );
    const result = fix(text, chosen, 'suggested');
    assert.equal(result.text, expected);
    assert.deepEqual(result.rejected, []);
    // Nothing that was not there before is wrong afterwards, by any rule.
    const before = lint(text, rules, defaultConfig, noFacts).findings.map(({ rule }) => rule.id);
    const after = lint(result.text, rules, defaultConfig, noFacts).findings.map(({ rule }) => rule.id);
    assert.deepEqual(
      after.filter((id) => !before.includes(id)),
      [],
    );
  });
}

test('a message about a group says so', () => {
  const { findings } = lint('FROM scratch\nUSER 1000:app\n', rules, defaultConfig, noFacts);
  assert.deepEqual(
    findings.flatMap(({ rule, message }) => (rule.id === 'group-name-unresolvable' ? [message] : [])),
    ['The image has no group app, so the container does not start'],
  );
});

test('a safe fix that loses a comment is refused beside a suggested one, too', () => {
  const careless = replacing('careless', /# keep\n/g, '');
  const other = replacing('other', /\ba\b/g, 'b', { safety: 'suggested' });
  const result = fix('# keep\nFROM a\n', [careless, other], 'suggested');
  assert.equal(result.text, '# keep\nFROM b\n');
  assert.deepEqual(ids(result), ['other']);
  assert.deepEqual(result.rejected, ['careless']);
});
