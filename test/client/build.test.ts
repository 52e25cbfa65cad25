// What a build asks before it starts, and what it tells and offers when it has ended.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { AfterBuild } from '../../client/src/build/after-build';
import type { BuildPlan } from '../../client/src/build/build-plan';
import type { ExplainedFailure } from '../../server/src/protocol/messages';
import type { BuildChoice, BuildEnd } from '../../server/src/workflow/build/build-run';
import type { Outcome } from '../../server/src/workflow/run';
import { engineNamed } from '../../server/src/workflow/tool-list';
import { buildOrder } from '../harness/build-order';
import { describe } from '../harness/description';
import { fakeEditor, loadClient } from '../harness/fake-vscode';
import type { FakeEditor, Shown } from '../harness/fake-vscode';
import { scripted } from '../harness/runs';
import type { Said } from '../harness/runs';

const id = 'a'.repeat(64);
const file = 'FROM debian:12\nEXPOSE 8080\nRUN echo a && \\\n    ls /gone\n';
const uri = { scheme: 'file', fsPath: '/p/Dockerfile', toString: () => 'file:///p/Dockerfile' };

function planOf(text: string, choice: object = {}): BuildPlan {
  const engine = engineNamed('docker') ?? assert.fail();
  const found = { id: 'docker', program: '/bin/docker', version: '28', way: 'buildx' };
  const plain = { dockerfile: '/p/Dockerfile', context: '/p', tag: 'app:dev' };
  return {
    engine,
    found,
    description: describe(text),
    choice: { ...buildOrder(plain), ...choice },
    contexts: [],
  };
}

interface Told {
  readonly shown: readonly Shown[];
  readonly opened: readonly string[];
  readonly remembered: readonly unknown[];
  readonly marks: readonly unknown[];
  readonly lines: readonly string[];
  /** Images that are told of. */
  readonly images: readonly unknown[];
}

/** @param said what the engine says of the image */
async function tell(
  outcome: Outcome<BuildEnd>,
  said: Said,
  plan = planOf(file),
  choose?: (shown: Shown) => string | undefined,
  why?: Partial<ExplainedFailure> | Error,
): Promise<Told> {
  const editor = fakeEditor({ trusted: true, ...(choose ? { choose } : {}) });
  const module = await loadClient<{ AfterBuild: new (...given: unknown[]) => AfterBuild }>(
    'client/src/build/after-build.ts',
    editor,
  );
  const remembered: unknown[] = [];
  const marks: unknown[] = [];
  const images: unknown[] = [];
  const memory = {
    image: () => undefined,
    rememberImage: (_: unknown, image: unknown) => Promise.resolve(remembered.push(image)),
  };
  const session = { describe: () => Promise.resolve(plan.description) };
  const placed = {
    set: (_: unknown, __: string, set: readonly unknown[]) => marks.push(...set),
    age: () => undefined,
  };
  const explainer = {
    explain: () => (why instanceof Error ? Promise.reject(why) : Promise.resolve(why)),
    forget: () => undefined,
  };
  const after = new module.AfterBuild(memory, session, placed, explainer, (image: object) =>
    images.push(image),
  );
  const given = { uri, plan, outcome, taskName: 'x', runner: scripted(() => said), log: '' };
  const { lines } = await after.tell(given as unknown as Parameters<AfterBuild['tell']>[0]);
  await pause(20);
  return { shown: editor.shown, opened: editor.opened, remembered, marks, lines, images };
}

const built: Outcome<BuildEnd> = { kind: 'done', value: { kind: 'built', stored: true } };
const stored = { stdout: JSON.stringify([{ Id: `sha256:${id}`, Size: 78_400_000 }]) };

test('a built image is remembered by its id, and can be run and scanned', async () => {
  const { shown, remembered, opened, images } = await tell(built, stored, planOf(file), ({ choices }) =>
    choices.find((button) => button === 'Run'),
  );
  assert.deepEqual(shown, [
    { kind: 'information', text: 'Built app:dev (78 MB).', choices: ['Run', 'Scan for Vulnerabilities'] },
  ]);
  assert.deepEqual(remembered, [
    { id, tag: 'app:dev', context: '/p', engine: 'docker', program: '/bin/docker' },
  ]);
  assert.deepEqual(images, [{ uri, bytes: 78_400_000 }]);
  assert.deepEqual(opened, [`/bin/docker run --rm --interactive --tty --publish=127.0.0.1:8080:8080 ${id}`]);
});

test('what was built and not stored is neither scanned nor mistaken for an older image', async () => {
  const several: Outcome<BuildEnd> = { kind: 'done', value: { kind: 'built', stored: false } };
  const cases: readonly (readonly [Outcome<BuildEnd>, Said, object])[] = [
    [several, stored, {}],
    [built, { exit: 1, stderr: 'no such image' }, {}],
  ];
  for (const [outcome, said, choice] of cases) {
    const { shown, remembered } = await tell(outcome, said, planOf(file, choice));
    assert.deepEqual(shown, [
      {
        kind: 'information',
        text: 'Built app:dev, but no image is stored: the result is in the build cache of Docker alone. Choose one platform, or send the image to a registry.',
        choices: [],
      },
    ]);
    assert.deepEqual(remembered, [undefined]);
  }
  const pushed = await tell(built, stored, planOf(file, { push: true }));
  assert.equal(pushed.shown[0]?.text, 'Built app:dev and sent it to its registry.');
  assert.deepEqual(pushed.remembered, [undefined]);
});

test('a failure names image and file, and marks the command that failed', async () => {
  const failure = {
    family: 'buildkit',
    message: '',
    exitCode: 1,
    step: { text: 'RUN echo a &&     ls /gone' },
    output: ['ls: /gone: No such file or directory'],
  } as const;
  const outcome: Outcome<BuildEnd> = { kind: 'done', value: { kind: 'stopped', exit: 1, failure } };
  const { shown, marks, lines } = await tell(outcome, {});
  assert.equal(shown[0]?.text, 'Building app:dev from /p/Dockerfile failed: RUN ended with exit code 1');
  const [mark] = marks as { instruction: number; commands: object }[];
  assert.equal(mark?.instruction, 2);
  assert.deepEqual(mark.commands, { first: 1, last: 1 });
  assert.deepEqual(lines, ['', '/p/Dockerfile:4: RUN ended with exit code 1']);
});

test('the mark, the message and the terminal say the cause, if the log tells it', async () => {
  const failure = {
    family: 'buildkit',
    message: '',
    exitCode: 127,
    step: { text: 'RUN echo a &&     ls /gone' },
    output: ['/bin/sh: 1: ls: not found'],
  } as const;
  const outcome: Outcome<BuildEnd> = { kind: 'done', value: { kind: 'stopped', exit: 1, failure } };
  const message = 'The image has no command ls. Install the package that has it in a step before';
  const known = await tell(outcome, {}, planOf(file), undefined, { cause: 'command-missing', message });
  assert.equal(known.shown[0]?.text, `Building app:dev from /p/Dockerfile failed: ${message}`);
  assert.deepEqual(known.lines, ['', `/p/Dockerfile:4: ${message}`]);
  const [mark] = known.marks as { message: string; code: string }[];
  assert.equal(mark?.message, `The build fails here: ${message}\n/bin/sh: 1: ls: not found`);
  assert.equal(mark.code, 'build');
  // An unknown cause, and a server that does not answer: what the builder says.
  for (const why of [{ cause: 'unknown', message: 'nobody knows' }, new Error('the server is gone')]) {
    const { shown, lines } = await tell(outcome, {}, planOf(file), undefined, why);
    assert.equal(shown[0]?.text, 'Building app:dev from /p/Dockerfile failed: RUN ended with exit code 127');
    assert.deepEqual(lines, ['', '/p/Dockerfile:4: RUN ended with exit code 127']);
  }
});

test('a registry that fails marks no instruction', async () => {
  const failure = {
    family: 'buildkit',
    message: 'failed to do request: Head "https://r/v2/": dial tcp: lookup r: no such host',
    lines: { first: 0, last: 0 },
    step: { text: '[internal] load metadata for docker.io/library/debian:12' },
    output: [],
  } as const;
  const outcome: Outcome<BuildEnd> = { kind: 'done', value: { kind: 'stopped', exit: 1, failure } };
  const { shown, marks, lines } = await tell(outcome, {});
  assert.match(shown[0]?.text ?? '', /failed: the registry cannot be reached/);
  assert.deepEqual([marks, lines], [[], []]);
});

/** Answers the questions about secrets, in order. */
async function asked(
  text: string,
  answers: readonly (string | undefined)[],
  moreArguments: readonly string[] = [],
): Promise<{ readonly choice: BuildChoice | undefined; readonly editor: FakeEditor }> {
  const left = [...answers];
  const editor = fakeEditor({ trusted: true, choose: () => left.shift() });
  const { askForMounts } = await loadClient<{
    askForMounts(...given: unknown[]): Promise<BuildChoice | undefined>;
  }>('client/src/build/mount-menu.ts', editor);
  const { description, choice } = planOf(text);
  const answered = await askForMounts(description, choice, moreArguments);
  assert.deepEqual(left, []);
  return { choice: answered, editor };
}

test('secrets and keys that the file mounts are asked for', async () => {
  const secret = 'FROM debian:12\nRUN --mount=type=secret,id=token cat /run/secrets/token\n';
  const named = await asked(secret, ['An environment variable…', 'TOKEN']);
  assert.deepEqual(named.choice?.secrets, { token: 'env=TOKEN' });
  assert.deepEqual(named.editor.shown[0], {
    kind: 'pick',
    text: 'Secret token: where does it come from?',
    choices: ['A file…', 'An environment variable…', 'Build without it'],
  });
  assert.deepEqual((await asked(secret, ['Build without it'])).choice?.secrets, { token: null });
  // Closed: there is no build.
  assert.equal((await asked(secret, [undefined])).choice, undefined);
  // The settings give it.
  assert.equal((await asked(secret, [], ['--secret=id=token,env=X'])).choice?.secrets, undefined);
  const ssh = await asked('FROM a\nRUN --mount=type=ssh,required=true x\n', ['The SSH agent']);
  assert.deepEqual(ssh.choice?.ssh, { default: 'agent' });
  assert.deepEqual(ssh.editor.shown[0]?.choices, ['The SSH agent', 'A key file…']);
  assert.deepEqual((await asked('FROM a\n', [])).editor.shown, []);
});
