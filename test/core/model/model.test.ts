// The model as a whole: it answers every question on any text, and takes time in proportion to it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Model } from '../../../server/src/core/model/model';
import { modelOf } from '../../harness/commands';
import { sample, seededRandom } from '../../harness/random';

const samples = [
  `# syntax=docker/dockerfile:1
ARG V=3.20 BASE=alpine:\${V:-1} UNSET
FROM --platform=$BUILDPLATFORM \${BASE} AS Build
ARG V TARGETARCH A=1 B="$A x" C='$A'
ENV P=/opt/\${A:+a} Q="\${B}" R=\${TARGETARCH:-"\${C-d}"}
ENV old style $P
WORKDIR $P/..
SHELL ["/bin/ash", "-euo", "pipefail", "-c"]
RUN --mount=type=cache,target=/c,from=build --mount=from=nginx:1 apk add --no-cache $A "x y" && echo \\
  # inside

  done
COPY <<EOF <<-'X' /to/
\${A}
EOF
	raw
	X
ONBUILD USER $Q:0
FROM build AS $V
COPY --from=0 --chown=$Q a b
COPY --from=later ["x", "y z"]
USER 0
FROM scratch AS later
HEALTHCHECK --interval=1s CMD curl -f x || exit 1
LABEL a=$B "b c"='d'
ENTRYPOINT ["/a", "$B"]
CMD echo $A`,
  `#escape=\`
FROM mcr.microsoft.com/windows/servercore:ltsc2022
WORKDIR C:\\app
USER ContainerUser
RUN dir \`
  x
FROM gcr.io/distroless/base-debian12:debug
FROM base-$X
`,
];

/** Asks everything there is to ask. */
function askAll(model: Model): number {
  let answers = model.commands.length + model.installs.length + model.images.length + model.preamble.length;
  answers += model.packageCommands.length;
  for (const stage of model.stages) {
    answers += stage.chain.length + stage.usedBy.length + model.environmentAfter(stage).variables.size;
    assert.equal(stage.chain[0], stage);
  }
  for (const instruction of [...model.file.instructions, ...model.instructions]) {
    const environment = model.environmentAt(instruction);
    answers += [...environment.env, ...environment.args].length;
    answers += model.scriptsOf(instruction).length + model.commandsOf(instruction).length;
    answers += model.shellAt(instruction).dialect.length + (model.stageOf(instruction)?.index ?? 0);
    const flags = instruction.flags.flatMap(({ value }) => (value ? [value] : []));
    for (const word of [
      ...instruction.words,
      ...flags,
      ...instruction.pairs.flatMap(({ value }) => value ?? []),
    ]) {
      answers += (model.expand(word, instruction) ?? '').length;
      answers += model.expansion(word, instruction, '').text?.length ?? 0;
      for (const { name } of word.variables) answers += model.isDeclared(name, instruction) ? 1 : 0;
      answers += model.stageNamed(word.value, instruction)?.index ?? 0;
    }
  }
  return answers;
}

test('every question has an answer on every prefix', () => {
  for (const text of samples) {
    for (let end = 0; end <= text.length; end += 1) askAll(modelOf(text.slice(0, end)));
  }
});

test('every question has an answer on mutated texts', () => {
  const random = seededRandom(7);
  const pieces = samples.flatMap((text) => text.split(/(?<=[ \n=$:{}"'\\])/));
  for (let round = 0; round < 400; round += 1) {
    const text = samples[round % samples.length] ?? '';
    const parts = text.split(/(?<=[ \n=$])/);
    for (let change = 0; change < 6; change += 1) {
      const at = Math.floor(random() * parts.length);
      const [piece = ''] = sample(pieces, 1, random);
      if (random() < 0.4) parts.splice(at, 1);
      else if (random() < 0.5) parts.splice(at, 0, piece);
      else parts[at] = piece;
    }
    askAll(modelOf(parts.join('')));
  }
});

test('long files neither overflow the stack nor the clock', () => {
  const many = (count: number, line: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => line(index)).join('\n');
  const texts = [
    many(4_000, (i) =>
      i ? `FROM s${i - 1} AS s${i}\nENV V${i}=$V${i - 1}\nCOPY --from=s${i - 1} a b` : 'FROM alpine AS s0',
    ),
    many(4_000, (i) => `FROM s$X AS s${i}`),
    `FROM x\n${many(10_000, (i) => `ENV V${i}=$V${i - 1}a`)}`,
    `FROM x\nARG ${many(10_000, (i) => `V${i}=$V${i - 1}a`).replaceAll('\n', ' ')}`,
    `FROM alpine\n${'WORKDIR a\n'.repeat(10_000)}`,
    `FROM x\nENV A=${'${A:-'.repeat(10_000)}${'}'.repeat(10_000)}`,
  ];
  for (const text of texts) {
    const model = modelOf(text);
    for (const instruction of model.instructions) {
      model.environmentAt(instruction);
      for (const { value } of instruction.pairs) if (value) model.expand(value, instruction);
    }
    assert.ok(model.finalStage);
    model.environmentAfter(model.finalStage);
    assert.ok(model.images.length >= 0);
  }
  const chain = modelOf(texts[0] ?? '');
  assert.equal(chain.finalStage?.chain.length, 4_000);
});

test('each part is made once', () => {
  const model = modelOf(samples[0] ?? '');
  const [first] = model.stages;
  const run = model.instructions.find(({ keyword }) => keyword === 'RUN');
  assert.ok(first && run);
  assert.equal(model.stages, model.stages);
  assert.equal(model.commands, model.commands);
  assert.equal(model.images, model.images);
  assert.equal(model.installs, model.installs);
  assert.equal(first.chain, first.chain);
  assert.equal(model.commandsOf(run), model.commandsOf(run));
});

test('a trigger stands in the place of its ONBUILD and answers for it', () => {
  const model = modelOf('FROM alpine\nONBUILD RUN apk add curl\nRUN true');
  assert.deepEqual(
    model.instructions.map(({ keyword }) => keyword),
    ['FROM', 'RUN', 'RUN'],
  );
  const [, onbuild] = model.file.instructions;
  const [, trigger] = model.instructions;
  assert.ok(onbuild && trigger);
  assert.equal(model.stageOf(trigger), model.stages[0]);
  assert.equal(model.commandsOf(onbuild), model.commandsOf(trigger));
  assert.deepEqual(
    model.installs.map(({ packages }) => packages.map(({ text }) => text)),
    [['curl']],
  );
});
