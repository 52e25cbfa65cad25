// What ShellCheck is given of a file, and how its places and fixes come back to it, with answers made by hand: a word that
// it marks must be the same word in the file, wherever the file breaks its lines.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shellFindings } from '../../../server/src/core/analysis/shellcheck/answers';
import type { AskShellCheck, ShellComment } from '../../../server/src/core/analysis/shellcheck/answers';
import {
  askedOf,
  longestScript,
  scriptsForHadolint,
  scriptsToCheck,
} from '../../../server/src/core/analysis/shellcheck/shell-body';
import { defaultConfig } from '../../../server/src/core/lint/config';
import { noFacts } from '../../../server/src/core/lint/facts';
import { buildModel } from '../../../server/src/core/model/model';
import type { Model } from '../../../server/src/core/model/model';
import { parse } from '../../../server/src/core/syntax/parse';
import { TextFile } from '../../../server/src/core/text/document';
import { applyEdits } from '../../../server/src/core/text/edit';
import { lint } from '../../../server/src/linter';
import { mark, parseMarked } from '../../harness/marked';

const modelOf = (text: string): Model => buildModel(parse(text), new TextFile(text));

/** A finding at every `@word`, which the fix puts into quotes, as ShellCheck would say it of the text that it is given. */
function commentsOn(text: string): readonly ShellComment[] {
  return text.split('\n').flatMap((line, index) =>
    [...line.matchAll(/@\w+/gu)].map((match): ShellComment => {
      const column = [...line.slice(0, match.index)].length + 1;
      const place = { line: index + 1, endLine: index + 1 };
      const end = column + match[0].length;
      return {
        ...place,
        column,
        endColumn: end,
        code: 2086,
        level: 'info',
        message: 'Quote it.',
        replacements: [
          { ...place, column: end, endColumn: end, text: '"', insertionPoint: 'beforeStart' },
          { ...place, column, endColumn: column, text: '"', insertionPoint: 'afterEnd' },
        ],
      };
    }),
  );
}

const places: Readonly<Record<string, { readonly file: string; readonly fixed: string }>> = {
  'a plain line, beside characters of two units': {
    file: 'FROM debian:12\nRUN echo 😀\té «@a» «@b»\n',
    fixed: 'FROM debian:12\nRUN echo 😀\té "@a" "@b"\n',
  },
  'continued lines with a comment and a blank line between them': {
    file: 'FROM debian:12\nRUN echo «@a» \\\n  # @no\n\n  && echo «@b»\\\n;ls\n',
    fixed: 'FROM debian:12\nRUN echo "@a" \\\n  # @no\n\n  && echo "@b"\\\n;ls\n',
  },
  'ends of line of Windows, and another escape character': {
    file: '# escape=`\r\nFROM debian:12\r\nRUN echo «@a» `\r\n  «@b»\r\n',
    fixed: '# escape=`\r\nFROM debian:12\r\nRUN echo "@a" `\r\n  "@b"\r\n',
  },
  'a here-document without its tabs': {
    file: 'FROM debian:12\nRUN <<-EOF\n\t\techo «@a»\n\techo «@b»\n\tEOF\n',
    fixed: 'FROM debian:12\nRUN <<-EOF\n\t\techo "@a"\n\techo "@b"\n\tEOF\n',
  },
  'a here-document for a shell, read by both': {
    file: "FROM debian:12\nRUN bash <<'EOF' «@a»\necho «@b»\nEOF\n",
    fixed: `FROM debian:12\nRUN bash <<'EOF' "@a"\necho "@b"\nEOF\n`,
  },
  'a script in JSON': {
    file: 'FROM debian:12\nCMD ["sh", "-c", "echo «@a»"]\n',
    fixed: 'FROM debian:12\nCMD ["sh", "-c", "echo \\"@a\\""]\n',
  },
  'what else runs, and what runs later': {
    file: 'FROM debian:12\nONBUILD RUN «@a»\nENTRYPOINT «@b»\nHEALTHCHECK --interval=5s CMD «@c»\n',
    fixed: 'FROM debian:12\nONBUILD RUN "@a"\nENTRYPOINT "@b"\nHEALTHCHECK --interval=5s CMD "@c"\n',
  },
  'behind the line that names what the file sets': {
    file: 'FROM debian:12\nARG x=1\nENV y=2\nRUN <<EOF\n# a\n\necho $x «@a» $y\n# @no\nEOF\nRUN echo $x «@b»\n'.replace(
      ' @no',
      ' no',
    ),
    fixed:
      'FROM debian:12\nARG x=1\nENV y=2\nRUN <<EOF\n# a\n\necho $x "@a" $y\n# no\nEOF\nRUN echo $x "@b"\n',
  },
};

for (const [name, { file, fixed }] of Object.entries(places)) {
  test(`places and fixes come back exactly: ${name}`, () => {
    const { text } = parseMarked(file);
    const found = shellFindings(scriptsToCheck(modelOf(text)), (bodies) =>
      bodies.map((body) => commentsOn(body.text)),
    );
    const byPlace = new Map(found.map((one) => [one.at.start, one]));
    const sorted = [...byPlace.values()].sort((a, b) => a.at.start - b.at.start);
    assert.equal(
      mark(
        text,
        sorted.map(({ at }) => at),
      ),
      file,
    );
    assert.equal(
      applyEdits(
        text,
        sorted.flatMap(({ fix }) => fix?.edits ?? []),
      ),
      fixed,
    );
  });
}

test('a fix that is not of one piece in the file is none, and a place outside of the script is not a finding', () => {
  const text = 'FROM debian:12\nRUN echo ab\\\ncd\n';
  const scripts = scriptsToCheck(modelOf(text));
  const comment = (column: number, endColumn: number, line = 1): ShellComment => {
    const place = { line, endLine: line, column, endColumn };
    const replacements = [{ ...place, text: 'x', insertionPoint: 'afterEnd' as const }];
    return { ...place, code: 2001, level: 'style', message: 'm', replacements };
  };
  const ask = (one: ShellComment): ReturnType<typeof shellFindings> => shellFindings(scripts, () => [[one]]);
  const [over] = ask(comment(6, 10));
  assert.deepEqual([text.slice(over?.at.start, over?.at.end), over?.fix], ['ab\\\ncd', undefined]);
  const [inside] = ask(comment(6, 8));
  assert.equal(inside?.fix?.title, "Apply ShellCheck's fix for SC2001");
  // Where it gave up: the character there, or the last one.
  assert.deepEqual(
    [comment(6, 6), comment(10, 10)].map((one) => ask(one).map(({ at }) => text.slice(at.start, at.end))),
    [['a'], ['d']],
  );
  for (const outside of [comment(50, 60), comment(1, 2, 9), comment(9, 2), comment(0, 2)])
    assert.deepEqual(ask(outside), []);
});

test('of a long file ShellCheck is asked about the first scripts, and not about a long one', () => {
  const steps = Array.from({ length: 300 }, (_, at) => `RUN cd step${at}; ls\n`);
  const text = ['FROM debian:12\n', `RUN ls ${'x'.repeat(20_000)}\n`, ...steps].join('');
  const model = modelOf(text);
  const asked = askedOf(scriptsToCheck(model)).map(({ body }) => body.text);
  assert.deepEqual([asked.length, asked[0], asked.at(-1)], [200, 'cd step0; ls', 'cd step199; ls']);
  // What it is not asked about, a rule of ours looks at.
  const answers: AskShellCheck = (bodies) => bodies.map(() => []);
  const { findings } = lint(text, defaultConfig, { ...noFacts, shellCheck: answers });
  const ours = findings.filter(({ rule }) => rule.id === 'cd-unchecked');
  assert.equal(ours.length, 100);
});

test('the shell decides: the one of the base, of SHELL, of a #! line, and none that ShellCheck cannot read', () => {
  const text = `FROM debian:12
RUN a
SHELL ["/bin/bash", "-c"]
RUN b
RUN <<EOF
#!/usr/bin/env python3
no
EOF
RUN <<EOF
#!/bin/ksh
c
EOF
SHELL ["pwsh", "-c"]
RUN no
FROM alpine:3.20
RUN d
SHELL ["/bin/zsh", "-c"]
RUN no
FROM fedora:41
RUN e
FROM registry.example.com/a:1
RUN f
RUN bash <<EOF
g $x
EOF
RUN ${'x'.repeat(longestScript + 1)}
`;
  const dialects = (scripts: ReturnType<typeof scriptsToCheck>): string[] =>
    scripts.map(({ body }) => `${body.dialect}: ${body.text.split('\n')[0] ?? ''}`);
  assert.deepEqual(dialects(scriptsToCheck(modelOf(text))), [
    'dash: a',
    'bash: b',
    'ksh: #!/bin/ksh',
    'busybox: d',
    'bash: e',
    'sh: f',
    'sh: bash <<EOF',
  ]);
  assert.deepEqual(dialects(scriptsForHadolint(modelOf(text))).slice(3), [
    'sh: d',
    'sh: e',
    'sh: f',
    'sh: bash <<EOF',
  ]);
  const named = 'FROM debian:12\n# hadolint shell=/bin/bash\nRUN a\n# hadolint shell=pwsh\nRUN no\n';
  for (const scriptsOf of [scriptsToCheck, scriptsForHadolint])
    assert.deepEqual(dialects(scriptsOf(modelOf(named))), ['bash: a']);
});

test('ShellCheck is told what the file sets, as far as the shell sees it', () => {
  const text = 'FROM debian:12\nARG a=1\nENV b=2\nRUN echo $a ${b} $c $http_proxy\nCMD echo $a $b\n';
  assert.deepEqual(
    scriptsToCheck(modelOf(text)).map(({ body }) => body.text),
    ['export a=1 b=1 http_proxy=1\necho $a ${b} $c $http_proxy', 'export b=1\necho $a $b'],
  );
});

test('what a plain sh lacks is left out where nobody knows the sh of the base', () => {
  const codesIn = (text: string): readonly number[] =>
    shellFindings(scriptsToCheck(modelOf(text)), (bodies) =>
      bodies.map((body) =>
        [3037, 2112, 2086].map((code) => ({
          ...{ line: 1, column: 1, endLine: 1, endColumn: body.text.length + 1 },
          ...{ code, level: 'warning', message: 'It.', replacements: [] },
        })),
      ),
    ).map(({ code }) => code);
  assert.deepEqual(codesIn('FROM example.com/app:1\nRUN echo -e a\n'), [2086]);
  assert.deepEqual(codesIn('FROM debian:12\nRUN echo -e a\n'), [3037, 2112, 2086]);
  assert.deepEqual(
    codesIn('FROM example.com/app:1\nSHELL ["/bin/dash", "-c"]\nRUN echo -e a\n'),
    [3037, 2112, 2086],
  );
  assert.deepEqual(
    codesIn('FROM example.com/app:1\n# hadolint shell=sh\nRUN echo -e a\n'),
    [3037, 2112, 2086],
  );
});

/** What the usual profile shows of one finding of ShellCheck at the marked place: its severity and the safety of its fix. */
function shown(marked: string, code: number): readonly string[] {
  const { text, spans } = parseMarked(marked);
  const [at] = spans;
  assert.ok(at);
  const shellCheck: AskShellCheck = (bodies) =>
    bodies.map((body) => {
      const from = body.text.indexOf(text.slice(at.start, at.end));
      if (from < 0) return [];
      const lines = body.text.slice(0, from).split('\n');
      const place = { line: lines.length, endLine: lines.length };
      const column = (lines.at(-1)?.length ?? 0) + 1;
      const endColumn = column + at.end - at.start;
      const point = { insertionPoint: 'beforeStart', text: '"' } as const;
      return [
        {
          ...{ ...place, column, endColumn, code, level: 'warning', message: 'It.' },
          replacements: [{ ...place, column: endColumn, endColumn, ...point }],
        },
      ];
    });
  return lint(text, defaultConfig, { ...noFacts, shellCheck })
    .findings.filter(({ rule }) => rule.id === `SC${code}`)
    .map(({ severity, fix }) => `${severity} ${fix?.safety ?? 'none'}`);
}

test('what matters to few builds is a hint, and what cannot happen is not said', () => {
  assert.deepEqual(shown('FROM debian:12\nRUN find . | «xargs rm»\n', 2038), ['hint suggested']);
  assert.deepEqual(shown('FROM debian:12\nRUN export «A=$(./version)» && make\n', 2155), ['hint suggested']);
  assert.deepEqual(shown('FROM debian:12\nRUN eval "$(./env)"; echo «$A»\n', 2154), []);
  assert.deepEqual(shown('FROM debian:12\nRUN echo «$A»; eval "$(./env)"\n', 2154), ['warning suggested']);
  assert.deepEqual(shown('FROM debian:12\nRUN «mkdir -p -m 700 ~/.ssh»\n', 2174), []);
  assert.deepEqual(shown('FROM debian:12\nRUN «mkdir -p -m 700 ~/a/b»\n', 2174), ['warning suggested']);
});

test('quotes around a word that may be none, or several, are for a person to write', () => {
  const all = [
    shown('FROM debian:12\nRUN bench init «$OPTIONS» a\n', 2086),
    shown('FROM debian:12\nRUN a=$(date); make «$a»\n', 2086),
    shown('FROM debian:12\nARG A=b\nRUN echo «$A»\n', 2086),
    shown('FROM debian:12\nRUN make a/«$OPTIONS»\n', 2086),
    shown('FROM debian:12\nRUN rm -rf «$FOLDER»\n', 2086),
  ].flat();
  assert.deepEqual(
    all.map((one) => one.split(' ')[1]),
    ['manual', 'manual', 'suggested', 'suggested', 'suggested'],
  );
});
