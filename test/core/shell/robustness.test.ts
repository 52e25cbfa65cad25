import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appendToChain, prependToCommand } from '../../../server/src/core/shell/edits';
import { removeCommand, removeWords } from '../../../server/src/core/shell/removal';
import { toDocument } from '../../../server/src/core/syntax/logical-line';
import type { Model } from '../../../server/src/core/model/model';
import { applyEdits } from '../../../server/src/core/text/edit';
import type { Edit } from '../../../server/src/core/text/edit';
import { modelOf } from '../../harness/commands';

const samples: readonly string[] = [
  `FROM debian:12 AS build
SHELL ["/bin/bash", "-euo", "pipefail", "-c"]
RUN apt-get update && \\
    # what we need
    apt-get install -y --no-install-recommends \\
      curl=7.* \\
      # for the health check

      git && \\
    sudo -u root sh -c 'echo "a b" > /x && rm -rf /var/lib/apt/lists/*'
RUN set -eux; \\
	if [ "$(uname -m)" = x86_64 ]; then \\
		wget -O- "https://x/\${V:-1}" | tar -xz; \\
	else \\
		(cd /y && ./configure) || exit 1; \\
	fi; \\
	for f in *.c; do cc "$f"; done \\
	;
`,
  `# escape=\`
FROM alpine
RUN apk add --no-cache \`
  curl \`
  && pip install "x==1" -r y.txt
RUN ["apk", "add", \`
     "git"]
ONBUILD RUN ["/bin/sh", "-c", "a && echo \\"b\\" && c"]
HEALTHCHECK CMD curl -f http://localhost || exit 1
CMD exec nginx -g "daemon off;"
`,
  `FROM x\r
RUN <<EOF\r
set -e\r
apt-get update # now\r
cat <<A > /f\r
$(date)\r
A\r
b && \\\r
  c; d\r
EOF\r
RUN cat <<-'A' <<B >/x && bash -s <<C\r
\tone\r
\tA\r
two\r
B\r
three; four $(five \`six\`)\r
C\r
`,
];

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
}

/** Fails with the text; putting that into words only then. */
function check(holds: boolean, ...about: readonly unknown[]): void {
  if (!holds) assert.fail(JSON.stringify(about));
}

/** What holds of any text. */
function checkInvariants(text: string): Model {
  const model = modelOf(text);
  const within = ({ start, end }: { start: number; end: number }, what: string) =>
    check(0 <= start && start <= end && end <= text.length, what, start, end, text);
  for (const instruction of model.instructions) {
    for (const script of model.scriptsOf(instruction)) {
      within(script.span, 'script');
      assert.equal(script.text, script.source.text);
      script.commands.forEach((command, index) => {
        check(command.index === index && command.script === script, text);
        check((script.commands[index - 1]?.logical.start ?? 0) <= command.logical.start, 'unsorted', text);
        check(
          script.lists[command.list] !== undefined &&
            command.chain?.pipelines[command.position] !== undefined,
          text,
        );
        if (!command.editable) return;
        for (const word of command.words) {
          const { start, end } = word.span;
          const written = text.slice(start, end);
          check(
            written === word.text || (/[\r\n]/.test(written) && ends(written, word.text)),
            word,
            written,
            text,
          );
        }
      });
      // Escaped characters of a JSON string stand for another one.
      for (let at = 0; at < script.text.length && !instruction.json; at += 7) {
        check(text[toDocument(script.source, at)] === script.text[at], 'map', at, script.text, text);
      }
    }
    for (const command of model.commandsOf(instruction)) {
      for (const span of [command.span, command.fullSpan, command.name.span]) within(span, 'command');
      for (const { span } of [
        ...command.words,
        ...command.assignments,
        ...command.redirects,
        ...command.wrappers,
      ]) {
        within(span, command.program);
      }
    }
  }
  return model;
}

/** Whether two texts begin and end alike: what is between may be joined. */
function ends(written: string, joined: string): boolean {
  return written[0] === joined[0] && written.at(-1) === joined.at(-1);
}

/** Edits of one command leave a file whose scripts are as sound as before, with the same comments. */
function checkEdits(text: string, model: Model, next: () => number): void {
  const { commands } = model;
  const command = commands[Math.floor(next() * commands.length)];
  if (!command) return;
  const word = command.words[Math.floor(next() * command.words.length)];
  const all: (readonly Edit[] | Edit | undefined)[] = [
    appendToChain(model, command, 'new x'),
    prependToCommand(model, command, 'new x'),
    removeCommand(model, command),
    word && removeWords(model, command, word),
  ];
  for (const [index, some] of all.entries()) {
    if (!some) continue;
    const edits = 'start' in some ? [some] : some;
    const changed = applyEdits(text, edits);
    const after = modelOf(changed);
    const about = JSON.stringify({ text, edits, changed });
    assert.deepEqual(
      after.file.comments.map((one) => one.text.trimEnd()),
      model.file.comments.map((one) => one.text.trimEnd()),
      about,
    );
    assert.deepEqual(
      after.file.instructions.map((one) => one.keyword),
      model.file.instructions.map((one) => one.keyword),
      about,
    );
    const sound = (of: Model) => of.instructions.map((one) => of.scriptsOf(one).every(({ valid }) => valid));
    const afterwards = sound(after);
    assert.ok(
      sound(model).every((was, at) => !was || afterwards[at]),
      about,
    );
    const count = (of: Model) => of.commands.filter(({ program }) => program === 'new').length;
    assert.equal(count(after), count(model) + (index < 2 ? 1 : 0), about);
  }
}

test('nothing breaks on any prefix', () => {
  for (const sample of samples) {
    for (let end = 0; end <= sample.length; end += 1) checkInvariants(sample.slice(0, end));
  }
});

test('nothing breaks on mutated files, and edits keep them sound', () => {
  const next = randomFrom(20);
  const pieces = [
    ' ',
    '\n',
    '\\\n',
    '`\n',
    '\r\n',
    '"',
    "'",
    '`',
    '\\',
    '$',
    '$(',
    ')',
    '(',
    '{ ',
    '; }',
    ' && ',
    ' || ',
    '; ',
    ' & ',
    ' | ',
    '\\\n# c\n',
    '\\\n  # c\n  ',
    ' && \\\n    # c\n    b',
    '#',
    '<<EOF',
    'EOF\n',
    'RUN ',
    '["',
    '"]',
    ' if a; then ',
    '; fi',
    'sudo ',
    "sh -c 'a'",
    '🐳',
    '\0',
    '\t',
  ];
  for (let run = 0; run < 900; run += 1) {
    let text = samples[run % samples.length] ?? '';
    for (let change = 0; change <= next() * 3; change += 1) {
      const at = Math.floor(next() * text.length);
      const length = next() < 0.5 ? 0 : Math.floor(next() * 12);
      text = text.slice(0, at) + (pieces[Math.floor(next() * pieces.length)] ?? '') + text.slice(at + length);
    }
    checkEdits(text, checkInvariants(text), next);
  }
});

test('hostile scripts are read in time, or left alone', () => {
  const hostile = [
    `RUN ${'$('.repeat(3000)}a`,
    `RUN ${'('.repeat(3000)}a`,
    `RUN ${'{ '.repeat(3000)}a`,
    `RUN ${'if a; then '.repeat(2000)}`,
    `RUN ${'a | '.repeat(15000)}b`,
    `RUN ${'a && '.repeat(15000)}b`,
    `RUN x ${'"$(a '.repeat(1000)}`,
    `RUN ${'`\\`'.repeat(3000)}`,
    `RUN sh -c "${"sh -c 'a' ".repeat(3000)}"`,
    `RUN <<EOF\n${'a <<B\nB\n'.repeat(2000)}EOF\n`,
  ];
  for (const text of hostile) {
    const { commands } = checkInvariants(text);
    assert.ok(commands.length <= 40_000);
  }
});

test('here-documents are read up to a number that no script has: the parser takes the square of it', () => {
  const commands = (count: number) => {
    const operators = '<<E '.repeat(count);
    return modelOf(`FROM x\nRUN cat ${operators}\n${'E\n'.repeat(count)}RUN a <<< b\n`).commands;
  };
  assert.deepEqual(
    commands(1000).map(({ program, redirects }) => [program, redirects.length]),
    [
      ['cat', 1000],
      ['a', 1],
    ],
  );
  assert.deepEqual(
    commands(100_000).map(({ program }) => program),
    ['a'],
  );
});
