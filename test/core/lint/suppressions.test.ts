// Comments that hide findings, in every form, on a rule made for the purpose: it finds the first `bad` of each
// instruction. What is still shown is marked.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { defaultConfig } from '../../../server/src/core/lint/config';
import { noFacts } from '../../../server/src/core/lint/facts';
import { defineRule } from '../../../server/src/core/lint/rule';
import { lint } from '../../../server/src/core/lint/run';
import { mark, parseMarked } from '../../harness/marked';

const finder = defineRule({
  id: 'bad-word',
  summary: 'A word is bad',
  category: 'style',
  severity: 'info',
  fix: 'none',
  since: 'next',
  alsoKnownAs: ['hadolint:DL9001', 'buildkit:BadWord'],
  *check({ model: { instructions, document } }) {
    for (const { span } of instructions) {
      const at = document.slice(span).indexOf('bad');
      if (at < 0) continue;
      yield {
        at: { start: span.start + at, end: span.start + at + 'bad'.length },
        message: 'This word is bad',
      };
    }
  },
});

/** What other linters do not know. */
const unknownToOthers = defineRule({ ...finder, id: 'own-word', alsoKnownAs: [] });

function shown(text: string, rule = finder, ignoreComments = true): string {
  const { findings } = lint(text, [rule], { ...defaultConfig, ignoreComments }, noFacts);
  return mark(
    text,
    findings.map(({ at }) => at),
  );
}

/** Each text marks what is still shown. */
const cases: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'our comment': {
    'covers the instruction below it': 'FROM «bad»\n# drydock ignore=bad-word\nRUN bad\nRUN «bad»\n',
    'covers it from anywhere in the comments directly above':
      'FROM a\n# drydock ignore=bad-word\n# more\n#\nRUN bad\n',
    'ends at a blank line': 'FROM a\n# drydock ignore=bad-word\n\nRUN «bad»\n',
    'covers the instruction it stands inside of':
      'FROM a\nRUN bad && \\\n  # drydock ignore=bad-word\n  true\nRUN «bad»\n',
    'covers nothing below all instructions': 'FROM a\nRUN «bad»\n# drydock ignore=bad-word\n',
    'names several rules and says why': 'FROM a\n# drydock ignore=other , bad-word as it was\nRUN bad\n',
    'may be spaced': 'FROM a\n#  drydock  ignore = bad-word\nRUN bad\n',
    'may be indented': 'FROM a\n  # drydock ignore=bad-word\n  RUN bad\n',
    'names the whole id': 'FROM a\n# drydock ignore=bad\nRUN «bad»\n',
    'does not know the ids of others': 'FROM a\n# drydock ignore=DL9001\nRUN «bad»\n',
    'covers the whole file when it is global': 'FROM bad\nRUN bad\n\n# drydock global ignore=bad-word\n',
    'is not found in the middle of a sentence': 'FROM a\n# say drydock ignore=bad-word\nRUN «bad»\n',
  },
  'a comment of hadolint': {
    'covers the line below it': 'FROM «bad»\n# hadolint ignore=DL9001\nRUN bad\nRUN «bad»\n',
    'covers nothing two lines below': 'FROM a\n# hadolint ignore=DL9001\n# more\nRUN «bad»\n',
    'covers nothing from inside an instruction':
      'FROM a\nRUN «bad» && \\\n  # hadolint ignore=DL9001\n  true\n',
    'names several ids': 'FROM a\n# hadolint ignore=DL3006,DL9001\nRUN bad\n',
    'says why behind another sign': 'FROM a\n# hadolint ignore=DL9001 # as it was\nRUN bad\n',
    'is prose with anything else behind it': 'FROM a\n# hadolint ignore=DL9001 as it was\nRUN «bad»\n',
    'does not know our ids': 'FROM a\n# hadolint ignore=bad-word\nRUN «bad»\n',
    'covers the whole file when it is global': 'FROM bad\nRUN bad\n# hadolint global ignore=DL9001\n',
    'covers a stage without its FROM, up to the next':
      'FROM «bad»\nRUN «bad»\n# hadolint stage ignore=DL9001\nFROM «bad»\nRUN bad\nENV a=bad\nFROM «bad»\nRUN «bad»\n',
    'covers the last stage to its end': '# hadolint stage ignore=DL9001\nFROM «bad»\nRUN bad\nRUN bad\n',
    'covers the rest of a stage behind the line below it':
      'FROM a\n# hadolint stage ignore=DL9001\nRUN «bad»\nRUN bad\nRUN bad\nFROM b\nRUN «bad»\n',
    'covers the rest of a stage behind a blank line': 'FROM a\n# hadolint stage ignore=DL9001\n\nRUN bad\n',
    'covers no stage that begins further below': '# hadolint stage ignore=DL9001\n\nFROM a\nRUN «bad»\n',
    'covers nothing from inside an instruction when it is global':
      'FROM a\nRUN x && \\\n  # hadolint global ignore=DL9001\n  «bad»\n',
    'covers a stage beside another for one instruction':
      '# hadolint stage ignore=DL9001\nFROM a\n# hadolint ignore=DL9001\nRUN bad\nRUN bad\nFROM b\nRUN «bad»\n',
  },
  'a check of BuildKit': {
    'covers the whole file as a directive': '# check=skip=BadWord\nFROM bad\nRUN bad\n',
    'covers what it has beside other options': '# check=error=true;skip=Other,BadWord\nFROM bad\n',
    'covers nothing without skip': '# check=error=true\nFROM «bad»\n',
    'covers everything with all': '# check=skip=all\nFROM bad\n',
    'covers the instruction below it, also further below':
      'FROM «bad»\n# check=skip=BadWord\n# more\n\nRUN bad\nRUN «bad»\n',
    'ends at a blank': 'FROM a\n# check=skip=BadWord so\nRUN bad\n',
    'counts once for an instruction': 'FROM a\n# check=skip=Other\n# check=skip=BadWord\nRUN «bad»\n',
    'covers nothing from inside an instruction': 'FROM a\nRUN «bad» && \\\n  # check=skip=BadWord\n  true\n',
    'does not know our ids': 'FROM a\n# check=skip=bad-word\nRUN «bad»\n',
  },
};

for (const [name, texts] of Object.entries(cases)) {
  suite(name, () => {
    for (const [what, source] of Object.entries(texts)) {
      test(what, () => {
        for (const spelling of [source, source.replaceAll('\n', '\r\n')])
          assert.equal(shown(parseMarked(spelling).text), spelling);
      });
    }
  });
}

test("BuildKit's checks of the whole file are hidden by its directive alone", () => {
  const rule = defineRule({ ...finder, alsoKnownAs: ['buildkit:NoEmptyContinuation'] });
  for (const text of [
    '# check=skip=NoEmptyContinuation\nFROM bad\n',
    '# check=skip=all\nFROM bad\n',
    'FROM a\n# check=skip=NoEmptyContinuation\nRUN «bad»\n# check=skip=all\nRUN «bad»\n# drydock ignore=bad-word\nRUN bad\n',
  ])
    assert.equal(shown(parseMarked(text).text, rule), text);
});

test('BuildKit looks for a comment above the instruction that overrides the one it reports', () => {
  const rule = defineRule({ ...finder, alsoKnownAs: ['buildkit:MultipleInstructionsDisallowed'] });
  const check = '# check=skip=MultipleInstructionsDisallowed\n';
  for (const text of [
    `FROM a\n${check}CMD «bad»\nRUN a\nCMD a\n`,
    `FROM a\nCMD bad\nRUN a\n${check}CMD a\n`,
    'FROM a\nCMD bad\n# check=skip=all\nCMD «bad»\nFROM b\nCMD a\n',
  ])
    assert.equal(shown(parseMarked(text).text, rule), text);
});

test('comments for other tools do not hide what those tools do not know', () => {
  const text =
    '# check=skip=all\nFROM «bad»\n# hadolint ignore=DL9001\nRUN «bad»\n# drydock ignore=own-word\nRUN bad\n';
  assert.equal(shown(parseMarked(text).text, unknownToOthers), text);
});

test('comments hide nothing where the configuration says so', () => {
  const text =
    '# check=skip=all\nFROM «bad»\n# drydock ignore=bad-word\nRUN «bad»\n# hadolint ignore=DL9001\nRUN «bad»\n';
  assert.equal(shown(parseMarked(text).text, finder, false), text);
});

test('a finding outside all instructions is hidden for the file alone', () => {
  const rule = defineRule({
    ...finder,
    *check() {
      yield { at: { start: 0, end: 1 }, message: 'The file begins badly' };
    },
  });
  const texts = ['\n# drydock ignore=bad-word\nFROM a\n', '\n# hadolint ignore=DL9001\nFROM a\n'];
  for (const text of texts) assert.equal(shown(text, rule), `«\n»${text.slice(1)}`);
  assert.equal(shown('\n# drydock global ignore=bad-word\nFROM a\n', rule).includes('«'), false);
});

test('the comment that comes first hides a finding, and says where its list of ids stands', () => {
  const text =
    '# check=skip=Other,BadWord\nFROM a\n# drydock global ignore=x, bad-word why\n# hadolint stage ignore=DL9001\nFROM b\nRUN bad\n';
  const { hidden, suppressions } = lint(text, [finder], defaultConfig, noFacts);
  const slice = ({ start, end }: { readonly start: number; readonly end: number }): string =>
    text.slice(start, end);
  assert.deepEqual(
    suppressions.map(({ form, ids, span, idsSpan }) => [form, ids, slice(span), slice(idsSpan)]),
    [
      ['buildkit', ['Other', 'BadWord'], '# check=skip=Other,BadWord', 'Other,BadWord'],
      ['drydock', ['x', 'bad-word'], '# drydock global ignore=x, bad-word why', 'x, bad-word'],
      ['hadolint', ['DL9001'], '# hadolint stage ignore=DL9001', 'DL9001'],
    ],
  );
  assert.deepEqual(
    hidden.map(({ by }) => by),
    [suppressions[0]],
  );
});
