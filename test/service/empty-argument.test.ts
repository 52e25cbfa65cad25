// A build argument without a value, told from the hole that it leaves in what a step asks for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainFailure } from '../../server/src/service/explain-failure';
import type { BuildFailure } from '../../server/src/workflow/build/failure';
import type { Explanation } from '../../server/src/workflow/why/explanation';

interface Case {
  readonly name: string;
  /** Its last instruction failed. */
  readonly file: string;
  readonly prints: string;
  readonly exit?: number;
  /** The argument that has no value; undefined if another cause is right. */
  readonly argument?: string;
  readonly message?: RegExp;
}

const fetches = 'RUN curl -fsSL https://example.com/v${VERSION}/app.tgz -o app.tgz';

const cases: readonly Case[] = [
  {
    name: 'the log shows the address with its hole',
    file: `FROM a\nARG VERSION\n${fetches}`,
    prints:
      '+ curl -fsSL https://example.com/v/app.tgz -o app.tgz\nhttps://example.com/v/app.tgz\ncurl: (22) The requested URL returned error: 404',
    exit: 22,
    argument: 'VERSION',
    message: /^VERSION has no value, so the step asks for https:\/\/example\.com\/v\/app\.tgz\. Pass it/,
  },
  {
    name: 'a silent download says only that the file has no default',
    file: `FROM a\nARG VERSION\n${fetches}`,
    prints: '',
    exit: 22,
    argument: 'VERSION',
    message: /^ARG VERSION has no default: unless the build gives it a value, the step asks for/,
  },
  {
    name: 'the log shows the address with a value',
    file: `FROM a\nARG VERSION\n${fetches}`,
    prints: '--2026-- https://example.com/v9/app.tgz\nHTTP request sent, awaiting response... 404 Not Found',
    exit: 8,
  },
  {
    name: 'a value that goes on behind the hole',
    file: 'FROM a\nARG REF\nRUN git checkout tags/$REF',
    prints: "error: pathspec 'tags/v9' did not match any file(s) known to git.",
  },
  { name: 'a default', file: `FROM a\nARG VERSION=1\n${fetches}`, prints: '', exit: 22 },
  {
    name: 'a default where it is used',
    file: 'FROM a\nARG VERSION\nRUN curl -fsSL https://example.com/v${VERSION:-1}/app.tgz',
    prints: '',
    exit: 22,
  },
  {
    name: 'the step sets it itself',
    file: 'FROM a\nARG VERSION\nRUN VERSION=$(cat v) && curl -fsSL https://example.com/v${VERSION}/app.tgz',
    prints: '',
    exit: 22,
  },
  {
    name: 'the step sets it itself in some cases, and the log shows that it did not',
    file: 'FROM a\nARG VERSION\nRUN if [ "$VERSION" = latest ]; then VERSION=9; fi && curl -fsSL https://example.com/v${VERSION}/app.tgz',
    prints: '+ curl -fsSL https://example.com/v/app.tgz\ncurl: (22) The requested URL returned error: 404',
    exit: 22,
    argument: 'VERSION',
  },
  {
    name: 'the base image may set it',
    file: 'FROM a\nRUN curl -fsSL https://example.com/v${VERSION}/app.tgz',
    prints: '',
    exit: 22,
  },
  {
    name: 'above FROM alone',
    file: 'ARG VERSION=1\nFROM debian:12\nRUN curl -fsSL https://example.com/v${VERSION}/app.tgz',
    prints: '+ curl -fsSL https://example.com/v/app.tgz\ncurl: (22) The requested URL returned error: 404',
    exit: 22,
    argument: 'VERSION',
    message:
      /^ARG VERSION stands above FROM, where the stage does not see it, so .*\. Repeat ARG VERSION in the stage$/,
  },
  {
    name: 'through ENV',
    file: `FROM a\nARG NUMBER\nENV VERSION=\${NUMBER}\n${fetches}`,
    prints: '+ curl https://example.com/v/app.tgz\ncurl: (22) The requested URL returned error: 404',
    exit: 22,
    argument: 'NUMBER',
  },
  {
    name: 'quotes around the variable alone',
    file: "FROM a\nARG VERSION\nRUN curl -fsSL 'https://example.com/v'$VERSION'-alpha/app'",
    prints: '',
    exit: 22,
    argument: 'VERSION',
    message: /asks for https:\/\/example\.com\/v-alpha\/app\./,
  },
  {
    name: 'behind an address that the step finds out itself',
    file: 'FROM a\nARG VERSION\nRUN mirror=$(curl -s https://example.com) && wget -q -O - "$mirror/a-${VERSION}/a.tgz" | tar xz',
    prints: '+ wget -q -O - http://mirror.example.com/a-/a.tgz\ngzip: invalid magic',
    argument: 'VERSION',
    message: /asks for \/a-\/a\.tgz\./,
  },
  {
    name: 'a version of pip',
    file: 'FROM a\nARG VERSION\nRUN pip install django==$VERSION',
    prints: 'ERROR: No matching distribution found for django==',
    argument: 'VERSION',
  },
  {
    name: 'a word that is missing',
    file: 'FROM a\nARG URL\nRUN wget -q $URL',
    prints: 'wget: missing URL\nUsage: wget [OPTION]... [URL]...',
    argument: 'URL',
    message: /^URL has no value, so a word is missing\./,
  },
  {
    name: 'the number of a user',
    file: 'FROM a\nARG UID\nRUN useradd --uid $UID --system app',
    prints: "useradd: invalid user ID '--system'",
    exit: 3,
    argument: 'UID',
  },
  {
    name: 'another cause, beside an argument without a value',
    file: 'FROM a\nARG VERSION\nRUN make VERSION=$VERSION',
    prints: "main.c:3:1: error: unknown type name 'foo'\nmake: *** [all] Error 1",
    exit: 2,
  },
];

function explained({ file, prints, exit = 1 }: Case): Explanation {
  const last = file.split('\n').at(-1) ?? '';
  const failure: BuildFailure = {
    family: 'buildkit',
    message: '',
    exitCode: exit,
    output: prints.split('\n').filter((line) => line !== ''),
    step: { text: last },
  };
  return explainFailure(failure, `${file}\n`);
}

for (const one of cases) {
  test(one.name, () => {
    const { cause, facts, message } = explained(one);
    assert.equal(
      cause === 'required-argument' ? facts.argument : undefined,
      one.argument,
      `${cause}: ${message}`,
    );
    if (one.message) assert.match(message, one.message);
    assert.match(message, /[^.]$/);
  });
}

test('an argument above FROM comes with the edit', () => {
  const found = cases.find(({ name }) => name.startsWith('above FROM'));
  assert.ok(found);
  assert.deepEqual(
    explained(found).edits.map(({ title }) => title),
    ['Add ARG VERSION to the stage'],
  );
});
