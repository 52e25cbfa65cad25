import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addYamlEntry } from '../../server/src/io/surroundings/yaml-entry';

const rule = { key: 'rules', name: 'new-rule', value: 'off' };
const item = { key: 'ignored', name: 'DL9', value: undefined };

/** What the «marks» hold is put in, and nothing else changes. */
const insertedRules: Record<string, string> = {
  'a file that says nothing': '«rules:\n  new-rule: off\n»',
  'comments alone': '# ours\n«rules:\n  new-rule: off\n»',
  'comments alone, the last line open': '# ours«\nrules:\n  new-rule: off\n»',
  'other keys': 'allRules: true # yes\n«rules:\n  new-rule: off\n»',
  'a last pair': 'rules:\n  a: off\n«  new-rule: off\n»',
  'a last line that is open': 'rules:\n  a: off«\n  new-rule: off»',
  'comments around':
    '# x\nrules: # policy\n  # why\n  a: off # because\n«  new-rule: off\n»\n# tail\nallRules: true\n',
  'another indentation, aligned values':
    'rules:\n    a:      off\n    longer: off\n«    new-rule: off\n»allRules:   false\n',
  'no indentation of a nested key': 'x:\n - a\nrules:\n a: off\n« new-rule: off\n»',
  CRLF: '# x\r\nrules:\r\n  a: off # b\r\n«  new-rule: off\r\n»allRules: false\r\n',
  'CRLF, nothing below': 'rules:\r\n«  new-rule: off\r\n»allRules: false\r\n',
  'a nested last pair':
    'rules:\n  a:\n    severity: error # e\n    list:\n      - 1\n«  new-rule: off\n»other: 1\n',
  'a last pair without a value': 'rules:\n  a: # later\n«  new-rule: off\n»',
  'text of many lines last': 'rules:\n  a: |\n    b\n    c\n«  new-rule: off\n»d: 1\n',
  'a quoted value over lines': 'rules:\n  a: "b\n    c"\n«  new-rule: off\n»',
  'comments where rules will be':
    'rules:\n  # why these are off: see ADR 7\n«  new-rule: off\n»allRules: false\n',
  'a comment behind the key': 'rules: # policy\n«  new-rule: off\n»',
  'comments below and behind': 'rules:\n  # a\n«  new-rule: off\n»\n# tail\n',
  'comments with an indentation of their own': 'rules:\n    # a\n«    new-rule: off\n»# tail\n',
  'an open line behind the key': 'rules:«\n  new-rule: off»',
  'a quoted key': '"rules":\n  a: off\n«  new-rule: off\n»',
  brackets: 'rules: { a: off«, new-rule: off» } # x\nb: 1\n',
  'narrow brackets': 'rules: {a: off«, new-rule: off»}\n',
  'empty brackets': 'rules: {« new-rule: off »} # none\n',
  'brackets over lines': 'rules: {\n  a: off,\n  b: off«,» # why\n«  new-rule: off\n»}\n',
  'brackets over lines, a comma at the end': 'rules: {\n  a: off, # why\n«  new-rule: off,\n»}\n',
  'a file in brackets': '{ allRules: true«, rules: { new-rule: off }» }\n',
  'a document mark': '---\n# x\nrules:\n  a: off\n«  new-rule: off\n»',
  'an anchor elsewhere': 'x: &x\n  a: 1\ny: *x # y\nrules:\n  a: off\n«  new-rule: off\n»',
};

const insertedItems: Record<string, string> = {
  'no list': 'failure-threshold: error # x\n«ignored:\n  - DL9\n»',
  'a list': 'ignored:\n  - DL1 # one\n  - DL2 # two\n«  - DL9\n»\n# tail\ntrustedRegistries:\n  - a\n',
  'a list at the margin': 'ignored:\n- DL1\n«- DL9\n»# tail\nx: 1\n',
  'a list in brackets': 'ignored: [DL1, DL2«, DL9»] # x\n',
  'empty brackets': 'ignored: [«DL9»]\n',
  'an empty list': 'ignored: # later\n«  - DL9\n»x: 1\n',
  'brackets over lines': 'ignored: [\n  DL1,\n  DL2«,» # why\n«  DL9\n»]\n',
};

for (const [entry, cases] of [
  [rule, insertedRules],
  [item, insertedItems],
] as const) {
  for (const [name, marked] of Object.entries(cases)) {
    test(`${entry.key}: ${name}`, () => {
      // A line put in is marked from its beginning or from the end of the line above it: the text is the same.
      assert.equal(addYamlEntry(marked.replace(/«[^«»]*»/g, ''), entry), marked.replace(/[«»]/g, ''));
    });
  }
}

/** A rule with options keeps them. */
const within: [before: string, after: string][] = [
  [
    'rules: { new-rule: { wanted: upper } } # x\n',
    'rules: { new-rule: { wanted: upper, level: off } } # x\n',
  ],
  [
    'rules:\n  new-rule: { level: error, wanted: upper }\n',
    'rules:\n  new-rule: { level: off, wanted: upper }\n',
  ],
  [
    'rules:\n  new-rule:\n    # why\n    wanted: upper # x\n  b: off\n',
    'rules:\n  new-rule:\n    # why\n    wanted: upper # x\n    level: off\n  b: off\n',
  ],
  ['rules:\n  new-rule: {}\n', 'rules:\n  new-rule: { level: off }\n'],
  ['rules:\n  new-rule: error\n', 'rules:\n  new-rule: off\n'],
  ['rules:\n  a: off\n', 'rules:\n  a: off\n  new-rule: off\n'],
  ['rules:\n  new-rule:\n    level: [a]\n', 'rules:\n  new-rule:\n    level: off\n'],
];

for (const [before, after] of within) {
  test(`a level within: ${JSON.stringify(before)}`, () =>
    assert.equal(addYamlEntry(before, { ...rule, within: 'level' }), after));
}

/** Where something is replaced. */
const replaced: [before: string, after: string][] = [
  ['rules: ~ # none yet\n', 'rules: # none yet\n  new-rule: off\n'],
  ['rules: null\nb: 1\n', 'rules:\n  new-rule: off\nb: 1\n'],
  ['rules:\n  new-rule: error # why\n  b: off\n', 'rules:\n  new-rule: off # why\n  b: off\n'],
  ['rules:\n  new-rule: # why\n  b: off\n', 'rules:\n  new-rule: off # why\n  b: off\n'],
  ['rules: { new-rule: "error" }\n', 'rules: { new-rule: off }\n'],
  // Nothing to do.
  ['rules:\n    new-rule:  off\n', 'rules:\n    new-rule:  off\n'],
  // Printed again, as the value is not a simple one.
  ['# x\nrules:\n  new-rule:\n    severity: error\n', '# x\nrules:\n  new-rule: off\n'],
];

for (const [before, after] of replaced) {
  test(`rules: ${JSON.stringify(before)}`, () => assert.equal(addYamlEntry(before, rule), after));
}

test('nothing is lost for an entry: where a comment or another value would be, there is no result', () => {
  for (const text of [
    'rules: off\n',
    'rules: [a]\n',
    'a: [\n',
    'a: *b\n',
    '- a\n',
    'rules:\n  new-rule: # why\n    # x\n    severity: error\n',
  ]) {
    assert.equal(addYamlEntry(text, rule), undefined, text);
  }
  assert.equal(addYamlEntry('ignored: DL1\n', item), undefined);
  // Another name for the same mapping would change as well.
  assert.equal(addYamlEntry('rules: &r\n  a: off\nb: *r\n', rule), undefined);
  assert.equal(addYamlEntry('rules: &r\n  # a\nb: *r\n', rule), undefined);
  assert.deepEqual(addYamlEntry('ignored: [DL1, DL9]\n', item), 'ignored: [DL1, DL9]\n');
});
