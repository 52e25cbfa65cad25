// Real builds through the product's own argument arrays, process handling, output parser and line finding.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe as suite, test, type TestContext } from 'node:test';
import { buildCommand, type BuildChoice } from '../../server/src/workflow/build/build-run';
import { detectBuilders, probeIn, type Builder } from '../../server/src/workflow/find-tools';
import { locateFailure } from '../../server/src/workflow/build/locate-failure';
import { BuildOutputParser, type BuildFailure } from '../../server/src/workflow/build/output-parser';
import { capture, run, type Exit } from '../../server/src/io/spawn-runner';
import { describe } from '../harness/description';
import {
  addBuildx,
  addBusybox,
  dockerClients,
  groupMembers,
  processesWith,
  startBuildah,
  startDocker,
  startPodman,
  type TestEngine,
} from '../harness/engines';
import { makeFolder } from '../harness/workspace';

/** A base with a shell, out of nothing: no registry is asked. */
const BASE = `FROM scratch AS base
COPY busybox /bin/busybox
COPY busybox /bin/sh
`;

interface Failing {
  readonly name: string;
  /** The failing instruction is the one that begins at «. */
  readonly text: string;
  readonly exitCode?: number;
  readonly message?: RegExp;
}

const FAILING: readonly Failing[] = [
  { name: 'a RUN that ends with a code', text: `${BASE}RUN true\n«RUN exit 3\nRUN true\n`, exitCode: 3 },
  {
    name: 'a RUN of many lines with comments and quotes',
    text: `${BASE}«RUN true && \\\n    # why not\n    echo "a: b" && \\\n    exit 4\n`,
    exitCode: 4,
  },
  {
    name: 'the second of two equal steps',
    text: `${BASE}RUN busybox mkdir /x\n«RUN busybox mkdir /x\n`,
    exitCode: 1,
  },
  {
    name: 'a step in a later stage with the same text as one before',
    text: `${BASE}RUN busybox test ! -e /x\nRUN busybox touch /x\nFROM base AS other\nRUN busybox touch /x\n«RUN busybox test ! -e /x\n`,
    exitCode: 1,
  },
  { name: 'COPY of what is not there', text: `${BASE}«COPY nothing /y\n`, message: /nothing/ },
  {
    name: 'a variable in the instruction',
    text: `${BASE}ARG WHAT=nothing\nWORKDIR /w\n«COPY \${WHAT} /y\n`,
    message: /nothing/,
  },
  { name: 'an unknown instruction', text: `${BASE}«FRM x\n`, message: /unknown instruction|FRM/i },
];

async function build(
  builder: Builder,
  engine: TestEngine,
  folder: string,
  text: string,
  choice: Partial<BuildChoice> = {},
): Promise<{ exit: Exit; failure: BuildFailure; output: string }> {
  const dockerfile = join(folder, 'Dockerfile');
  writeFileSync(dockerfile, text);
  const full = {
    dockerfile,
    context: folder,
    tag: 'drydock-test:1',
    platforms: [],
    buildArgs: {},
    ...choice,
  };
  const command = buildCommand(builder, full, { needsDockerFormat: false, arguments: engine.arguments });
  const parser = new BuildOutputParser();
  let output = '';
  const running = run(
    { ...command, env: { ...command.env, ...engine.env } },
    { cwd: folder },
    (part, stream) => {
      parser.push(part, stream);
      output += part;
    },
  );
  const exit = await running.done;
  return { exit, failure: parser.failure(), output };
}

async function checkEngine(
  t: TestContext,
  builder: Builder,
  engine: TestEngine,
  failing: readonly Failing[] = FAILING,
): Promise<void> {
  const folder = makeFolder(t);
  if (!addBusybox(t, folder)) return;

  await t.test('builds a stage with a build argument', async () => {
    const text = `${BASE}ARG V=1\nRUN busybox test "$V" = 2 && echo "$V" > /v\nFROM base AS never\nRUN exit 1\n`;
    const choice = { target: 'base', tag: 'drydock-test:target', buildArgs: { V: '2' } };
    const { exit, output } = await build(builder, engine, folder, text, choice);
    assert.equal(exit.code, 0, output);
    const inspect = builder.engine === 'docker' ? ['image', 'inspect'] : ['inspect', '--type=image'];
    const command = { program: builder.program, args: [...inspect, choice.tag], env: engine.env };
    const asked = await capture(command, { cwd: folder, timeout: 30_000 });
    assert.equal(asked.code, 0, asked.stderr);
    assert.match(asked.stdout, /sha256:/);
  });

  for (const { name, text, exitCode, message } of failing) {
    await t.test(`finds the line of ${name}`, async () => {
      const plain = text.replace('«', '');
      const { exit, failure, output } = await build(builder, engine, folder, plain);
      assert.notEqual(exit.code, 0, output);
      const description = describe(plain);
      const found = description.instructions[locateFailure(failure, description) ?? -1];
      const line = text.slice(0, text.indexOf('«')).split('\n').length - 1;
      assert.equal(found?.mark.start.line, line, `${JSON.stringify(failure)}\n${output}`);
      if (exitCode !== undefined) assert.equal(failure.exitCode, exitCode, output);
      if (message) assert.match(failure.message, message, output);
    });
  }

  await t.test('keeps what the failing step printed', async () => {
    const text = `${BASE}RUN echo from-before\nRUN echo the-reason >&2; exit 1\n`;
    const { failure, output } = await build(builder, engine, folder, text);
    assert.ok(
      failure.output.some((line) => line.includes('the-reason')),
      output,
    );
    assert.ok(!failure.output.some((line) => line.includes('from-before')), output);
  });

  await t.test('ends everything when it is cancelled', async () => {
    const dockerfile = join(folder, 'Dockerfile');
    // The name of the step must not hold the word that is waited for.
    writeFileSync(dockerfile, `${BASE}RUN busybox printf 'now-%s\\n' waiting && busybox sleep 4711\n`);
    const choice = { dockerfile, context: folder, tag: 'drydock-test:cancel', platforms: [], buildArgs: {} };
    const command = buildCommand(builder, choice, { needsDockerFormat: false, arguments: engine.arguments });
    let output = '';
    const running = run({ ...command, env: { ...command.env, ...engine.env } }, { cwd: folder }, (part) => {
      output += part;
      if (output.includes('now-waiting')) running.cancel();
    });
    const exit = await running.done;
    assert.equal(exit.cancelled, true, output);
    await waitUntil(() => groupMembers(running.pid ?? 0).length === 0);
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

suite('builds', { concurrency: false }, () => {
  for (const name of ['buildah', 'podman'] as const) {
    test(`with ${name}`, async (t) => {
      const engine = name === 'buildah' ? startBuildah(t) : startPodman(t);
      if (!engine) return;
      const surroundings = { env: process.env, platform: process.platform };
      const [builder] = await detectBuilders({ engine: name, paths: {} }, surroundings, probeIn('/'));
      assert.ok(builder?.ready);
      assert.equal(builder.kind, name);
      // podman builds with buildah's code: what differs is how it is called.
      await checkEngine(t, builder, engine, name === 'buildah' ? FAILING : FAILING.slice(0, 1));
    });
  }

  test('with docker', async (t) => {
    const engine = await startDocker(t);
    if (!engine) return;
    for (const docker of dockerClients()) {
      const choice = { engine: 'docker', paths: { docker } } as const;
      const surroundings = { env: { ...process.env, ...engine.env }, platform: process.platform };
      const probe = (program: string, args: readonly string[]): ReturnType<typeof capture> =>
        capture({ program, args, env: engine.env }, { cwd: '/', timeout: 20_000 });
      const [builder] = await detectBuilders(choice, surroundings, probe);
      assert.ok(builder?.ready, builder?.problem);
      await t.test(`${builder.version} as ${builder.kind}`, (inner) => checkEngine(inner, builder, engine));
    }
  });

  test('with buildx', async (t) => {
    const engine = await startDocker(t);
    const engines = engine && (await addBuildx(t, engine));
    for (const [at, one] of (engines ?? []).entries()) {
      const probe = (program: string, args: readonly string[]): ReturnType<typeof capture> =>
        capture({ program, args, env: one.env }, { cwd: '/', timeout: 20_000 });
      const surroundings = { env: { ...process.env, ...one.env }, platform: process.platform };
      const [builder] = await detectBuilders({ engine: 'docker', paths: {} }, surroundings, probe);
      assert.equal(builder?.kind, 'buildx');
      await t.test(at === 0 ? "with docker's BuildKit" : 'with a BuildKit of its own', (inner) =>
        checkEngine(inner, builder, one),
      );
    }
  });
});
