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
  alsoKnownAs: [
    'hadolint:DL9001',
    'buildkit:BadWord',
    'trivy:DS-0099',
    'checkov:CKV_DOCKER_99',
    'kics:run_using_sudo',
    'semgrep:bad-word',
    'dockerfile-utils:BAD',
  ],
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
  'a comment of tally': {
    'names hadolint’s and BuildKit’s rules, with and without their tools':
      'FROM a\n# tally ignore=hadolint/DL9001\nRUN bad\n# tally ignore=BadWord,tally/other;reason=so it is\nRUN bad\nRUN «bad»\n',
    'covers the next instruction, however far': 'FROM a\n# tally ignore=DL9001\n# more\n\nRUN bad\n',
    'covers everything with all': 'FROM a\n#tally ignore=all\nRUN bad\n',
    'covers the whole file when it is global': 'FROM bad\n# tally global ignore=DL9001\nRUN bad\n',
    'covers nothing with one more word': 'FROM a\n# tally ignore=DL9001 as it was\nRUN «bad»\n',
    'covers nothing with another tool’s id': 'FROM a\n# tally ignore=buildkit/DL9001\nRUN «bad»\n',
    'covers nothing from inside an instruction': 'FROM a\nRUN «bad» && \\\n  # tally ignore=DL9001\n  true\n',
  },
  'a comment of Trivy': {
    'covers the line below it, under old names too':
      'FROM a\n#trivy:ignore:DS-0099\nRUN bad\n# trivy:ignore:AVD-DS-0099\nRUN bad\n# tfsec:ignore:DS099\nRUN bad\nRUN «bad»\n',
    'may stand above others, with a date and several ids':
      'FROM a\n# trivy:ignore:DS-0099:exp:2030-01-01 trivy:ignore:DS-0001\n# trivy:ignore:DS-0002\nRUN bad\n',
    'covers everything with a star': 'FROM a\n#trivy:ignore:*\nRUN bad\n',
    'covers nothing above a blank line': 'FROM a\n#trivy:ignore:DS-0099\n\nRUN «bad»\n',
  },
  'a comment of Checkov': {
    'covers the whole file from anywhere':
      'FROM bad\nRUN bad && \\\n  # checkov:skip=CKV_DOCKER_99: it is so\n  true\n',
    'names one check': 'FROM «bad»\n# checkov:skip=CKV_DOCKER_9:why\n',
  },
  'a comment of KICS': {
    'covers the instruction below it': 'FROM a\n# kics-scan ignore-line\nRUN bad\nRUN «bad»\n',
    'covers a stage': '# kics-scan ignore-block\nFROM bad\nRUN bad\nFROM «bad»\n',
    'covers the file from its top': '# first\n# kics-scan ignore\nFROM bad\nRUN bad\n',
    'covers nothing of the file from further below': 'FROM «bad»\n# kics-scan ignore\nRUN «bad»\n',
    'names queries by their ids':
      '# kics-scan disable=0008c003-79aa-42d8-95b8-1c2fe37dbfe6,8ada6e80-0ade-439e-b176-0b28f6bce35a\nFROM bad\n',
  },
  'a comment of Semgrep': {
    'covers the line below it, for all rules or some':
      'FROM a\n# nosemgrep\nRUN bad\n# nosemgrep: dockerfile.best-practice.bad-word.bad-word\nRUN bad\n# nosem: other\nRUN «bad»\n',
  },
  'a comment of dockerfile-utils': {
    'covers the line below it, alone on its line':
      'FROM a\n# dockerfile-utils: ignore\nRUN bad\n# dockerfile-utils: ignore it\nRUN «bad»\n',
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
