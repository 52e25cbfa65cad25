// What a real builder has to show: it builds, its failures are found on their lines, and it ends when it is cancelled. Through the
// product's own argument arrays, process handling, output parser and line finding.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { TestContext } from 'node:test';
import type { BuildEnd } from '../../server/src/workflow/build/build-run';
import { locateFailure } from '../../server/src/workflow/build/locate-failure';
import type { BuildFailure } from '../../server/src/workflow/build/output-parser';
import { findEngines } from '../../server/src/workflow/find-tools';
import type { Outcome, Printed, Run } from '../../server/src/workflow/run';
import type { FoundTool } from '../../server/src/workflow/tool';
import { chosen, engines } from '../../server/src/workflow/tool-list';
import { buildOrder } from './build-order';
import type { OrderText } from './build-order';
import { describe } from './description';
import { addBusybox, processesWith } from './engines';
import type { TestEngine } from './engines';
import { ask, machineWithEnvironment } from './runs';
import { makeFolder } from './workspace';

/** A base with a shell, out of nothing: no registry is asked. */
const base = `FROM scratch AS base
COPY busybox /bin/busybox
COPY busybox /bin/sh
`;

export interface Failing {
  readonly name: string;
  /** The failing instruction is the one that begins at «. */
  readonly text: string;
  readonly exitCode?: number;
  readonly message?: RegExp;
}

export const failing: readonly Failing[] = [
  { name: 'a RUN that ends with a code', text: `${base}RUN true\n«RUN exit 3\nRUN true\n`, exitCode: 3 },
  {
    name: 'a RUN of many lines with comments and quotes',
    text: `${base}«RUN true && \\\n    # why not\n    echo "a: b" && \\\n    exit 4\n`,
    exitCode: 4,
  },
  {
    name: 'the second of two equal steps',
    text: `${base}RUN busybox mkdir /x\n«RUN busybox mkdir /x\n`,
    exitCode: 1,
  },
  {
    name: 'a step in a later stage with the same text as one before',
    text: `${base}RUN busybox test ! -e /x\nRUN busybox touch /x\nFROM base AS other\nRUN busybox touch /x\n«RUN busybox test ! -e /x\n`,
    exitCode: 1,
  },
  { name: 'COPY of what is not there', text: `${base}«COPY nothing /y\n`, message: /nothing/ },
  {
    name: 'a variable in the instruction',
    text: `${base}ARG WHAT=nothing\nWORKDIR /w\n«COPY \${WHAT} /y\n`,
    message: /nothing/,
  },
  { name: 'an unknown instruction', text: `${base}«FRM x\n`, message: /unknown instruction|FRM/i },
];

/** The build of a file in a folder, as the product would start it. */
function buildOf(
  found: FoundTool,
  engine: TestEngine,
  folder: string,
  choice: Partial<OrderText> = {},
): Run<BuildEnd, Printed> {
  const [tool] = chosen(engines, found.id);
  assert.ok(tool);
  const usual = { dockerfile: join(folder, 'Dockerfile'), context: folder, tag: 'drydock-test:1' };
  return tool.commands.build(found, buildOrder({ ...usual, moreArguments: engine.arguments, ...choice }));
}

interface Built {
  readonly outcome: Outcome<BuildEnd>;
  readonly output: string;
}

async function build(
  found: FoundTool,
  engine: TestEngine,
  folder: string,
  text: string,
  choice: Partial<OrderText> = {},
): Promise<Built> {
  writeFileSync(join(folder, 'Dockerfile'), text);
  let output = '';
  const outcome = await machineWithEnvironment(engine.env).runner.run(
    buildOf(found, engine, folder, choice),
    {
      folder,
      onEvent: (printed) => {
        output += printed.text;
      },
    },
  );
  return { outcome, output };
}

/** @throws when the build did not fail */
function failureOf({ outcome, output }: Built): BuildFailure {
  assert.ok(outcome.kind === 'done' && outcome.value.kind === 'stopped', output);
  return outcome.value.failure;
}

/** @param cases the failing files to try */
export async function checkEngine(
  t: TestContext,
  builder: FoundTool,
  engine: TestEngine,
  cases: readonly Failing[] = failing,
): Promise<void> {
  const folder = makeFolder(t);
  if (!addBusybox(t, folder)) return;

  await t.test('builds a stage with a build argument', async () => {
    const text = `${base}ARG V=1\nRUN busybox test "$V" = 2 && echo "$V" > /v\nFROM base AS never\nRUN exit 1\n`;
    const choice = { target: 'base', tag: 'drydock-test:target', buildArgs: { V: '2' } };
    const { outcome, output } = await build(builder, engine, folder, text, choice);
    assert.deepEqual(outcome, { kind: 'done', value: { kind: 'built', stored: true } }, output);
    const inspect = builder.id === 'docker' ? ['image', 'inspect'] : ['inspect', '--type=image'];
    const command = { program: builder.program, args: [...inspect, choice.tag], env: engine.env };
    const asked = await ask(command, folder, 30_000);
    assert.equal(asked.exit, 0, asked.stderr);
    assert.match(asked.stdout, /sha256:/);
  });

  for (const { name, text, exitCode, message } of cases) {
    await t.test(`finds the line of ${name}`, async () => {
      const plain = text.replace('«', '');
      const built = await build(builder, engine, folder, plain);
      const { output } = built;
      const failure = failureOf(built);
      const description = describe(plain);
      const found = description.instructions[locateFailure(failure, description) ?? -1];
      const line = text.slice(0, text.indexOf('«')).split('\n').length - 1;
      assert.equal(found?.mark.start.line, line, `${JSON.stringify(failure)}\n${output}`);
      if (exitCode !== undefined) assert.equal(failure.exitCode, exitCode, output);
      if (message) assert.match(failure.message, message, output);
    });
  }

  await t.test('keeps what the failing step printed', async () => {
    // buildah loses words that a program says while it ends.
    const text = `${base}RUN echo from-before\nRUN echo the-reason >&2; busybox sleep 0.2; exit 1\n`;
    const built = await build(builder, engine, folder, text);
    const { output } = built;
    const failure = failureOf(built);
    assert.ok(
      failure.output.some((line) => line.includes('the-reason')),
      output,
    );
    assert.ok(!failure.output.some((line) => line.includes('from-before')), output);
  });

  const skip = builder.way === 'legacy' && 'optional: this builder knows no mounts';
  await t.test('sees that a mounted file has changed', { skip }, async () => {
    const text = `${base}RUN --mount=type=bind,source=step,target=/step busybox sh /step\n`;
    const choice = { tag: 'drydock-test:mount', mountsContext: describe(text).mountsContext };
    writeFileSync(join(folder, 'step'), 'exit 0\n');
    const { outcome, output } = await build(builder, engine, folder, text, choice);
    assert.deepEqual(outcome, { kind: 'done', value: { kind: 'built', stored: true } }, output);
    writeFileSync(join(folder, 'step'), 'exit 3\n');
    failureOf(await build(builder, engine, folder, text, choice));
  });

  await t.test('ends everything when it is cancelled', async () => {
    const dockerfile = join(folder, 'Dockerfile');
    // The name of the step must not hold the word that is waited for.
    writeFileSync(dockerfile, `${base}RUN busybox printf 'now-%s\\n' waiting && busybox sleep 4711\n`);
    const choice = { dockerfile, tag: 'drydock-test:cancel' };
    const cancel = new AbortController();
    let output = '';
    const outcome = await machineWithEnvironment(engine.env).runner.run(
      buildOf(builder, engine, folder, choice),
      {
        folder,
        signal: cancel.signal,
        onEvent: (printed) => {
          output += printed.text;
          if (output.includes('now-waiting')) cancel.abort();
        },
      },
    );
    assert.deepEqual(outcome, { kind: 'cancelled' }, output);
    await waitUntil(() => processesWith(`--file=${dockerfile}`).length === 0);
    // What runs inside the build may be the service's child instead; it goes a moment later.
    await waitUntil(() => processesWith('4711').length === 0);
  });
}

/** @throws when it does not become true */
async function waitUntil(condition: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (condition()) return;
    await pause(100);
  }
  assert.fail('it is still running');
}

/** The engine as the product finds it. */
export async function findEngine(
  id: string,
  engine: TestEngine,
  paths: Readonly<Record<string, string>> = {},
): Promise<FoundTool> {
  const [found] = await findEngines(chosen(engines, id), paths, machineWithEnvironment(engine.env), '/');
  assert.ok(found && !found.trouble, JSON.stringify(found));
  return found;
}
