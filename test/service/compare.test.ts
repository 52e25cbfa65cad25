// Findings before and after a change: which are kept, new and fixed, under moves, other layout and edits.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfig } from '../../server/src/core/lint/config';
import { compareFindings, isVersionOf } from '../../server/src/service/compare';
import { fingerprintsOf } from '../../server/src/service/identity';
import { lintFile } from '../../server/src/service/lint-file';
import { noSurroundings } from '../../server/src/service/surroundings';

/** Strict: without it, one finding stands for all of a kind. */
const config = { ...defaultConfig, profile: 'strict' as const };
const lint = (text: string): ReturnType<typeof lintFile> => lintFile(text, noSurroundings(config));

/** `rule line` of each finding, lines counted from 1. */
function compared(before: string, now: string): Record<'new' | 'fixed', string[]> & { kept: number } {
  const [a, b] = [lint(before), lint(now)];
  const { kept, fixed } = compareFindings(a, b);
  const said = ({ result }: typeof a, at: number): string => {
    const finding = result.findings[at];
    assert.ok(finding);
    return `${finding.rule.id} ${result.model.document.lineAt(finding.at.start) + 1}`;
  };
  return {
    kept: kept.size,
    new: [...b.result.findings.keys()].filter((at) => !kept.has(at)).map((at) => said(b, at)),
    fixed: fixed.map((at) => said(a, at)),
  };
}

const base = `FROM debian:12
RUN apt-get update && apt-get install curl && rm -rf /var/lib/apt/lists/*
RUN sudo ls
RUN cd /srv && wget http://example.com/a.tar.gz
EXPOSE 80
`;
const count = lint(base).result.findings.length;

const sameFindings: Readonly<Record<string, string>> = {
  'the same text': base,
  'lines above': `# A comment\n\n${base}`,
  'another end of line': base.replaceAll('\n', '\r\n'),
  'no last end of line': base.trimEnd(),
  'another case of keywords': base.replaceAll(/^[A-Z]+/gm, (word) => word.toLowerCase()),
  'continued lines and indents': base.replaceAll(' && ', ' \\\n    && '),
  'comments between continued lines': base.replaceAll(' && ', ' && \\\n    # why\n    '),
  'instructions in another order': base.replace(/(RUN apt.*\n)(RUN sudo.*\n)/, '$2$1'),
  'another instruction between': base.replace('EXPOSE 80', 'ENV A=b\nEXPOSE 80'),
};

for (const [name, now] of Object.entries(sameFindings))
  test(`no finding is new or fixed after ${name}`, () => {
    assert.ok(count >= 5, `${count} findings`);
    const { kept, new: added, fixed } = compared(base, now);
    assert.deepEqual({ added, fixed, kept }, { added: [], fixed: [], kept: count });
    if (!name.includes('between'))
      assert.deepEqual([...fingerprintsOf(lint(now))].sort(), [...fingerprintsOf(lint(base))].sort());
  });

const changes: readonly (readonly [
  name: string,
  before: string,
  now: string,
  added: readonly string[],
  fixed: readonly string[],
])[] = [
  ['a new line with a problem', base, base.replace('EXPOSE', 'RUN sudo id\nEXPOSE'), ['run-sudo 5'], []],
  [
    'a problem copied below itself',
    base,
    base.replace('RUN sudo ls\n', 'RUN sudo ls\nRUN sudo ls\n'),
    ['run-sudo 4'],
    [],
  ],
  ['a problem that is gone', base, base.replace('sudo ', ''), [], ['run-sudo 3']],
  [
    'a problem that is gone here and new elsewhere',
    base,
    base.replace('sudo ', '').replace('EXPOSE 80', 'RUN cd /tmp && sudo make install\nEXPOSE 80'),
    ['run-sudo 5'],
    ['run-sudo 3'],
  ],
  ['more arguments for the same command', base, base.replace('install curl', 'install curl git'), [], []],
  [
    'an instruction split in two',
    'FROM debian:12\nRUN sudo ls && sudo id\nUSER 1\n',
    'FROM debian:12\nRUN sudo ls\nRUN sudo id\nUSER 1\n',
    ['run-consolidate 3'],
    [],
  ],
  [
    'another package without a version',
    'FROM python:3.12\nRUN pip install --no-cache-dir flask\nUSER 1\n',
    'FROM python:3.12\nRUN pip install --no-cache-dir django\nUSER 1\n',
    ['pip-pin-versions 2'],
    ['pip-pin-versions 2'],
  ],
];

for (const [name, before, now, added, fixed] of changes)
  test(`compared: ${name}`, () => {
    const result = compared(before, now);
    const wanted = (said: readonly string[], rules: readonly string[]): string[] =>
      said.filter(
        (one) => rules.length === 0 || rules.some((rule) => one.startsWith(rule.split(' ')[0] ?? '')),
      );
    assert.deepEqual(wanted(result.new, added), added, JSON.stringify(result));
    assert.deepEqual(wanted(result.fixed, fixed), fixed, JSON.stringify(result));
  });

test('a newer tag of the same image keeps what is found about it', () => {
  const { new: added } = compared('FROM debian\nUSER 1\n', 'FROM debian AS build\nUSER 1\n');
  assert.deepEqual(added, []);
});

test('texts are versions of one another if they share half of their words', () => {
  assert.ok(isVersionOf(base, base.replaceAll(' && ', ' \\\n && ').replace('sudo ls', 'true')));
  assert.ok(!isVersionOf(base, 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "x.js"]\n'));
});

test('fingerprints name one finding each, also where a command is repeated', () => {
  const prints = fingerprintsOf(lint(`FROM debian:12\n${'RUN sudo ls\n'.repeat(300)}`));
  assert.ok(prints.length > 300);
  assert.equal(new Set(prints).size, prints.length);
});

test('thousands of findings are compared in linear time', () => {
  const many = (line: string): string =>
    `FROM debian:12\n${Array.from({ length: 3000 }, (_, at) => `RUN sudo ${line} ${at}\n`).join('')}`;
  const started = process.cpuUsage();
  const { fixed } = compared(many('ls'), many('id'));
  assert.ok(fixed.length >= 3000);
  assert.ok(process.cpuUsage(started).user < 4e6);
});
