// The reader of a pattern's page: what is wrong with a page of the user's own is said, and nothing throws.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'yaml';
import { readPattern } from '../../../server/src/patterns/read-pattern';
import type { PatternSources } from '../../../server/src/patterns/read-pattern';

const sources: PatternSources = {
  parseYaml: (text) => parse(text) as unknown,
  versionsOf: () => undefined,
  patternNamed: () => undefined,
};

const page = `---
title: A page
summary: what it is about
as: files
group: run
parameters:
  app: { ask: program, is: name, default: app }
---

Take it here.

Not there.

It costs nothing.

\`\`\`text file="«app».txt"
«app»
\`\`\`
`;

const wrong: readonly (readonly [change: (text: string) => string, problem: RegExp])[] = [
  [() => '', /must begin with a block of YAML/],
  [(text) => text.replace('title: A page', 'title: ['), /is not valid YAML/],
  [(text) => text.replace('title: A page\n', ''), /^title must be a text$/],
  [(text) => text.replace('group: run', 'groups: run'), /^groups is not a field of a pattern$/],
  [(text) => text.replace('as: files', 'as: file'), /^as must be dockerfile, part or files$/],
  [(text) => text.replace('is: name', 'is: nam'), /^parameters\.app must say what it is: name, path/],
  [(text) => text.replace('default: app', 'default: a b'), /^parameters\.app must be a name .*, not a b$/],
  [(text) => text.replace('default: app', 'tag: x'), /has a tag that the table of versions lacks/],
  [(text) => text.replace('default: app', 'default: «app»'), /has a default that needs itself/],
  [(text) => text.replaceAll('«app»', '«other»'), /^«other» is not declared$/],
  [(text) => text.replaceAll('«app»', 'x'), /^parameters\.app is not used$/],
  [(text) => text.replace('Not there.', ''), /^A paragraph must begin with "Not"$/],
  [(text) => text.replace(' file="«app».txt"', ''), /must say its file/],
  [(text) => text.replace(/```\n$/, ''), /is not closed/],
  [
    (text) => `${text}\n## Proof\n\n\`\`\`txtar project="x"\n-- a --\n\`\`\`\n\n\`\`\`yaml\na: [\n\`\`\`\n`,
    /proof is not valid YAML/,
  ],
];

test('a page is read, and each mistake is one sentence', () => {
  const { page: read } = readPattern('a-page', page, sources);
  assert.deepEqual(read?.pattern.files, [{ path: '«app».txt', text: '«app»\n' }]);
  assert.equal(readPattern('a-page', page.replaceAll('\n', '\r\n'), sources).page?.pattern.title, 'A page');
  for (const [change, problem] of wrong) {
    const { problems = [] } = readPattern('a-page', change(page), sources);
    assert.ok(
      problems.some((one) => problem.test(one)),
      `${String(problem)}: ${problems.join(' | ')}`,
    );
  }
});

test('a page takes a stage of another one, with what it asks for', () => {
  const head = (parameters: string): string =>
    page
      .replace('as: files', 'as: dockerfile')
      .replace('  app: { ask: program, is: name, default: app }\n', parameters)
      .replace(/```text[^]*$/, '```dockerfile file="Dockerfile"\n');
  const lending = `${head(
    "  app: { ask: program, is: name, default: app }\n  source: { ask: folder, is: path, default: 'src/«app»' }\n  port: { ask: port, is: number, default: 80 }\n",
  )}# syntax=docker/dockerfile:1

FROM a AS build
COPY «source» .

# As above.
FROM b
EXPOSE «port»

LABEL a=b
\`\`\`
`;
  const lender = readPattern('lender', lending, sources).page?.pattern;
  assert.ok(lender);
  const borrow = (stage: string): ReturnType<typeof readPattern> =>
    readPattern(
      'borrower',
      `${head('  app: { ask: name, is: name, default: shop }\n')}FROM x AS «app»\n\n«${stage}»\n\`\`\`\n`,
      { ...sources, patternNamed: (id) => (id === 'lender' ? lender : undefined) },
    );
  const first = borrow('first stage of lender').page?.pattern;
  assert.equal(first?.files[0]?.text, 'FROM x AS «app»\n\nFROM a AS build\nCOPY «source» .\n');
  // Its own parameter wins, and the one that nobody needs is not asked for.
  assert.deepEqual(
    first.parameters.map(({ name, default: value }) => `${name}=${value}`),
    ['app=shop', 'source=src/«app»'],
  );
  const last = borrow('last stage of lender').page?.pattern;
  assert.equal(last?.files[0]?.text, 'FROM x AS «app»\n\n# As above.\nFROM b\nEXPOSE «port»\n\nLABEL a=b\n');
  assert.deepEqual(borrow('first stage of other').problems, [
    'There is no stage to take from a pattern other',
  ]);
});
