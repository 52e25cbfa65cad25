// The rules that a project writes itself: what they find and replace, and what is said of wrong ones.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { defaultConfig } from '../../../server/src/core/lint/config';
import { readConfig } from '../../../server/src/core/lint/read-config';
import { matchGlob } from '../../../server/src/core/text/glob';
import { rulesWith } from '../../../server/src/core/lint/own-rules/own-rule-check';
import { noFacts } from '../../../server/src/core/lint/facts';
import { lint } from '../../../server/src/core/lint/run';
import { applyEdits } from '../../../server/src/core/text/edit';
import { mark, parseMarked } from '../../harness/marked';

interface Case {
  readonly find: object;
  readonly replace?: string;
  /** What is found is marked. */
  readonly text: string;
  readonly fixed?: string;
}

const cases: Readonly<Record<string, Case>> = {
  'an image by its whole name': {
    find: { image: 'docker.io/*' },
    text: 'FROM «node»:24 AS a\nFROM ghcr.io/x/y:1\nFROM a\nCOPY --from=«team/tools»@sha256:0 /x /x\n',
  },
  'another registry': {
    find: { image: ['docker.io/library/*', 'docker.io/*'] },
    replace: 'registry.example.com/*',
    text: 'ARG I=node\nFROM «docker.io/library/node»:24\nFROM «team/app»\nFROM «node»:$V\nFROM «$I»\n',
    fixed:
      'ARG I=node\nFROM registry.example.com/node:24\nFROM registry.example.com/team/app\nFROM registry.example.com/node:$V\nFROM $I\n',
  },
  'an image but for some': {
    find: { image: ['*', '!docker.io/library/debian', '!registry.example.com/*'] },
    text: 'FROM debian:12\nFROM registry.example.com/a\nFROM «alpine»\n',
  },
  'a package, whatever installs it': {
    find: { package: ['telnet', 'ftp*'] },
    text: 'FROM debian:12\nRUN apt-get install -y curl «telnet»=1.2 && echo telnet\nRUN apk add «ftp-server»\n',
  },
  'a package of one manager, replaced': {
    find: { package: 'python', command: 'apt-get' },
    replace: 'python-is-python3',
    text: 'FROM debian:12\nRUN apt-get install -y «python»=2 && pip install python\n',
    fixed: 'FROM debian:12\nRUN apt-get install -y python-is-python3=2 && pip install python\n',
  },
  'an argument of a program': {
    find: { command: 'curl', words: ['-k', '--insecure'] },
    text: 'FROM a\nRUN curl «-k» https://a && wget -k && /usr/bin/curl "«--insecure»" b\n',
  },
  'a program without an argument': {
    find: { command: ['curl'], without: '--fail*' },
    text: 'FROM a\nRUN curl --fail a && «curl» b\nCMD ["«curl»", "c"]\n',
  },
  'a flag of an instruction': {
    find: { instruction: ['copy', 'ADD'], words: '--chmod=777' },
    text: 'FROM a\nCOPY «--chmod=777» a /a\nADD --chmod=755 a /b\n',
  },
  'an instruction': { find: { instruction: 'VOLUME' }, text: 'FROM a\n«VOLUME» /data\n' },
};

suite('a rule of the project finds', () => {
  for (const [name, { find, replace, text, fixed }] of Object.entries(cases)) {
    test(name, () => {
      const rule = { id: 'ours', message: 'Not here', find, ...(replace !== undefined && { replace }) };
      const { config, problems } = readConfig({ ownRules: [rule] }, []);
      assert.deepEqual(problems, []);
      const source = parseMarked(text).text;
      const { findings, failures } = lint(source, rulesWith([], config), config, noFacts);
      assert.deepEqual(failures, []);
      const expected = fixed === undefined ? text.replaceAll('"«', '«"').replaceAll('»"', '"»') : text;
      assert.equal(
        mark(
          source,
          findings.map(({ at }) => at),
        )
          .replaceAll('"«', '«"')
          .replaceAll('»"', '"»'),
        expected,
      );
      if (fixed === undefined) return;
      const edits = findings.flatMap(({ fix }) => fix?.edits ?? []);
      assert.equal(applyEdits(source, edits), fixed);
    });
  }
});

test('levels and comments count for it as for any rule', () => {
  const ownRules = [
    { id: 'no-volume', message: 'No volumes', severity: 'error', find: { instruction: 'VOLUME' } },
  ];
  const run = (rules: object, text: string): string[] => {
    const { config, problems } = readConfig({ ownRules, rules }, []);
    assert.deepEqual(problems, []);
    return lint(text, rulesWith([], config), config, noFacts).findings.map(({ severity }) => severity);
  };
  assert.deepEqual(run({}, 'FROM a\nVOLUME /a\n'), ['error']);
  assert.deepEqual(run({ 'no-volume': 'hint' }, 'FROM a\nVOLUME /a\n'), ['hint']);
  assert.deepEqual(run({ 'no-volume': 'off' }, 'FROM a\nVOLUME /a\n'), []);
  assert.deepEqual(run({}, 'FROM a\n# drydock ignore=no-volume\nVOLUME /a\n'), []);
});

const fine = { id: 'a', message: 'M', find: { command: 'x' } };
const wrong: readonly (readonly [unknown, string])[] = [
  ['x', 'ownRules must be a list of rules.'],
  [['x'], 'ownRules.0 must be a mapping with id, message and find.'],
  [
    [{ ...fine, id: 'A b' }],
    'ownRules.0.id must be words of small letters and digits with dashes between them: no-telnet.',
  ],
  [[fine, fine], 'ownRules.1.id must differ from the ids above.'],
  [[{ ...fine, mesage: 'x' }], 'ownRules.0.mesage must go. Did you mean message?'],
  [[{ id: 'a', find: { command: 'x' } }], 'ownRules.0.message is missing.'],
  [[{ ...fine, message: '' }], 'ownRules.0.message must be a text of at most 500 characters.'],
  [
    [{ ...fine, severity: 'eror' }],
    'ownRules.0.severity must be error, warning, info or hint. Did you mean error?',
  ],
  [[{ ...fine, page: 'x' }], 'ownRules.0.page must be an address: https://….'],
  [
    [{ ...fine, find: {} }],
    'ownRules.0.find must be a mapping with instruction, image, package, command, words or without.',
  ],
  [
    [{ ...fine, find: { without: 'x' } }],
    'ownRules.0.find needs instruction, image, package, command or words.',
  ],
  [[{ ...fine, find: { comand: 'x' } }], 'ownRules.0.find.comand must go. Did you mean command?'],
  [
    [{ ...fine, find: { command: [] } }],
    'ownRules.0.find.command must be a text of at most 200 characters, or a list of them.',
  ],
  [
    [{ ...fine, find: { instruction: 'RUN' }, replace: 'x' }],
    'ownRules.0.replace needs an image, package, command or words in find.',
  ],
  [[{ ...fine, bad: 3 }], 'ownRules.0.bad must be a text of a Dockerfile, or a list of at most 20 of them.'],
  [
    [{ ...fine, bad: 'FROM a\nRUN y\n' }],
    'ownRules.0.bad.0 is a text in which a must find something, and it finds nothing.',
  ],
  [
    [{ ...fine, good: ['FROM a\nRUN x\n'] }],
    'ownRules.0.good.0 is a text in which a must find nothing, and it finds something.',
  ],
];

suite('what is wrong with a rule of the project is said', () => {
  for (const [ownRules, message] of wrong)
    test(message, () => {
      const { problems } = readConfig({ ownRules }, []);
      assert.ok(problems.includes(message), problems.join('\n'));
    });
  test('and its other rules hold', () => {
    const { config } = readConfig(
      {
        ownRules: [
          { ...fine, id: '?' },
          { ...fine, id: 'b' },
        ],
      },
      [],
    );
    assert.deepEqual(
      config.ownRules.map(({ id }) => id),
      ['b'],
    );
  });
});

suite('a pattern', () => {
  const matches: readonly (readonly [string, string, string | undefined])[] = [
    ['abc', 'abc', ''],
    ['abc', 'abcd', undefined],
    ['a*c', 'abbc', 'bb'],
    ['*', '', ''],
    ['*.txt', 'a.txt.txt', 'a.txt'],
    ['a*b*c', 'a1b2b3c', '1'],
    ['?b', 'ab', ''],
    ['?', '', undefined],
    ['a*', 'ab', 'b'],
    ['*a', 'ab', undefined],
  ];
  for (const [pattern, text, star] of matches)
    test(`${pattern} and ${text}`, () => assert.equal(matchGlob(pattern, text), star));
  test('takes no longer than its length times that of the text', () => {
    // With backtracking this would not end in the life of the universe.
    assert.equal(matchGlob(`${'*a'.repeat(90)}b`, 'a'.repeat(100_000)), undefined);
  });
});

test('settings of an editor have no rules of a project', () => {
  const { config, problems } = readConfig({ ownRules: [fine] }, [], defaultConfig, 'drydock.');
  assert.deepEqual([config.ownRules.length, problems.length], [0, 1]);
});
