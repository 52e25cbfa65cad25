// Without trust no program is started, whatever command is called; with it, the scan of a base image says how it
// ended in words of its own.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { BuildTasks } from '../../client/src/build/tasks';
import type { ReleaseRunner } from '../../client/src/release/release-runner';
import type { ScanRunner } from '../../client/src/scan/scan-runner';
import type { Machine } from '../../server/src/workflow/tool';
import { describe } from '../harness/description';
import { fakeEditor, loadClient } from '../harness/fake-vscode';
import type { FakeEditor, FakeOptions, Shown } from '../harness/fake-vscode';
import { makeFolder } from '../harness/workspace';

const dockerfile = 'FROM debian:12\nRUN true\n';
const built = {
  id: 'a'.repeat(64),
  tag: 'app:dev',
  context: '/',
  engine: 'docker',
  program: '/bin/true',
};

interface Client {
  readonly editor: FakeEditor;
  readonly scans: ScanRunner;
  readonly builds: BuildTasks;
  readonly releases: ReleaseRunner;
  /** Marks that were set: the kind and their messages. */
  readonly marks: string[];
  /** The instructions that were marked. */
  readonly instructions: number[];
  readonly document: Parameters<ScanRunner['scanBase']>[0];
}

async function client(
  options: FakeOptions,
  text = dockerfile,
  image: object = built,
  sections: object | null = null,
): Promise<Client> {
  const editor = fakeEditor(options);
  const marks: string[] = [];
  const instructions: number[] = [];
  const session = {
    describe: () => Promise.resolve(describe(text)),
    projectSections: () => Promise.resolve(sections),
  };
  const placed = {
    set: (
      _: unknown,
      kind: string,
      set: readonly { readonly message: string; readonly instruction: number }[],
    ) => {
      marks.push(...set.map(({ message }) => `${kind}: ${message}`));
      instructions.push(...set.map(({ instruction }) => instruction));
    },
    clear: () => undefined,
  };
  const log = { info: () => undefined, show: () => undefined };
  const memory = { get: () => image, update: () => Promise.resolve() };
  const buildModule = await loadClient<{ BuildTasks: new (...given: unknown[]) => BuildTasks }>(
    'client/src/build/tasks.ts',
    editor,
  );
  const scanModule = await loadClient<{ ScanRunner: new (...given: unknown[]) => ScanRunner }>(
    'client/src/scan/scan-runner.ts',
    editor,
  );
  const releaseModule = await loadClient<{ ReleaseRunner: new (...given: unknown[]) => ReleaseRunner }>(
    'client/src/release/release-runner.ts',
    editor,
  );
  const builds = new buildModule.BuildTasks(memory, session, placed, log);
  const uri = { scheme: 'file', fsPath: '/Dockerfile', toString: () => 'file:///Dockerfile' };
  return {
    editor,
    marks,
    instructions,
    builds,
    releases: new releaseModule.ReleaseRunner(builds, { ...memory, get: () => undefined }, log),
    scans: new scanModule.ScanRunner(session, placed, builds, log),
    document: { uri, isDirty: false } as Client['document'],
  };
}

const refusal = 'Drydock starts programs and contacts registries only in a trusted workspace.';

test('without trust no command starts a program, and each says why', async (t) => {
  const { settings } = fakeTrivy(t, 'echo {}');
  const commands: Readonly<Record<string, (one: Client) => Promise<void>>> = {
    'Scan Base Image': ({ scans, document }) => scans.scanBase(document),
    'Scan Built Image': ({ scans, document }) => scans.scanBuilt(document),
    'Build Image': ({ builds, document }) => builds.build(document),
    'Build Image Again': ({ builds, document }) => builds.buildAgain(document),
    'Push Built Image': ({ releases, document }) => releases.push(document),
    'List What the Built Image Holds': ({ releases, document }) => releases.list(document),
    'Tag Built Image': ({ releases, document }) => releases.tag(document),
    'Build Fresh': ({ builds, document }) => builds.buildFresh(document),
    'Run Built Image': async ({ editor }) => {
      const { runBuilt } = await loadClient<{ runBuilt(...given: unknown[]): Promise<void> }>(
        'client/src/release/run-image.ts',
        editor,
      );
      await runBuilt(built, null);
    },
    'Clean Up Built Images': async ({ editor, document }) => {
      const { cleanUp } = await loadClient<{ cleanUp(...given: unknown[]): Promise<void> }>(
        'client/src/release/clean-up.ts',
        editor,
      );
      await cleanUp(document.uri, built, {});
    },
    'Compare Images': async ({ editor, document }) => {
      const { compareWith } = await loadClient<{ compareWith(...given: unknown[]): Promise<void> }>(
        'client/src/image/compare-images.ts',
        editor,
      );
      await compareWith(document.uri, built, {}, {});
    },
    'Three-Image Diet': async ({ editor, builds }) => {
      const { dietOf } = await loadClient<{ dietOf(...given: unknown[]): Promise<void> }>(
        'client/src/image/diet.ts',
        editor,
      );
      await dietOf(undefined, {}, builds, {});
    },
    'Check Whether the Build Is Reproducible': async ({ editor, builds, document }) => {
      const { checkReproducible } = await loadClient<{
        checkReproducible(...given: unknown[]): Promise<void>;
      }>('client/src/image/check-reproducible.ts', editor);
      await checkReproducible(document, builds, {}, {});
    },
    'Run the Cycle': async ({ editor, builds, document }) => {
      const client = await loadClient<{
        CycleRunner: new (...given: unknown[]) => { run(one: unknown): Promise<void> };
      }>('client/src/release/cycle-runner.ts', editor);
      await new client.CycleRunner({}, builds, { get: () => undefined }, {}, {}).run(document);
    },
    ...Object.fromEntries(
      (['sign', 'attest', 'verify'] as const).map((name) => [
        name,
        async ({ editor, document }: Client) => {
          const client = await loadClient<{
            SigningCommands: new (log: object) => Record<typeof name, (one: unknown) => Promise<void>>;
          }>('client/src/release/signing.ts', editor);
          await new client.SigningCommands({})[name](document);
        },
      ]),
    ),
    'Check Tools': async ({ editor }) => {
      const { checkTools } = await loadClient<{ checkTools(): Promise<void> }>(
        'client/src/check-tools.ts',
        editor,
      );
      await checkTools();
    },
  };
  for (const [name, call] of Object.entries(commands)) {
    const one = await client({ trusted: false, settings });
    await call(one);
    assert.deepEqual(one.editor.started, [], name);
    assert.deepEqual(
      one.editor.shown.map(({ kind, text }) => `${kind}: ${text}`),
      [`warning: ${refusal}`],
      name,
    );
  }
});

test('trust alone hands a machine out', async () => {
  for (const trusted of [true, false]) {
    const editor = fakeEditor({ trusted });
    const trust = await loadClient<{ requireMachine(): Machine | undefined; requireTrust(): boolean }>(
      'client/src/trust.ts',
      editor,
    );
    assert.equal(trust.requireTrust(), trusted);
    assert.equal(trust.requireMachine() !== undefined, trusted);
    assert.equal(editor.shown.length, trusted ? 0 : 2);
  }
});

/** @param script what the scanner does */
function fakeTrivy(t: TestContext, script: string): { settings: Record<string, unknown>; program: string } {
  const program = join(makeFolder(t), 'trivy');
  writeFileSync(program, `#!/bin/sh\n${script}\n`);
  chmodSync(program, 0o755);
  return { program, settings: { scan: { scanner: 'trivy', paths: { trivy: program } } } };
}

/** What is shown at the end of a scan of the base image. */
async function scanBase(
  t: TestContext,
  script: string,
): Promise<{ readonly last: string; readonly marks: readonly string[]; readonly started: number }> {
  const { settings, program } = fakeTrivy(t, script);
  const { scans, document, editor, marks } = await client({ trusted: true, settings });
  await scans.scanBase(document);
  // Engines are asked whether they have the image.
  const others = editor.started.filter((path) => path !== program);
  assert.ok(others.every((path) => /\/(?:docker|podman|buildah|nerdctl|finch)$/.test(path)));
  const { kind, text } = editor.shown.at(-1) ?? { kind: '', text: '' };
  return { last: `${kind}: ${text}`, marks, started: editor.started.length - others.length };
}

test('the scan of a base image says how it ended, each ending in its own words', async (t) => {
  const clean = await scanBase(t, `echo '{"SchemaVersion":2}'`);
  assert.deepEqual(clean, {
    last: 'information: No known vulnerabilities in debian:12.',
    marks: [],
    started: 1,
  });
  const found = `echo '{"SchemaVersion":2,"Results":[{"Type":"debian","Vulnerabilities":[{"VulnerabilityID":"CVE-1","PkgName":"tar","InstalledVersion":"1","Severity":"LOW"}]}]}'`;
  assert.deepEqual(await scanBase(t, found), {
    last: 'information: 1 known vulnerability in debian:12: 1 low.',
    marks: ['scan: 1 known vulnerability from debian:12 (1 low), no fix yet'],
    started: 1,
  });
  const failed = await scanBase(t, 'echo "FATAL no such image" >&2; exit 1');
  assert.equal(
    failed.last,
    'error: Trivy could not scan debian:12: there is no such image, neither on this machine nor in its registry (no such image)',
  );
  const silent = await scanBase(t, 'exit 3');
  assert.equal(
    silent.last,
    'error: Trivy could not scan debian:12: it ended with exit code 3 and gave no reason',
  );
  const unreadable = await scanBase(t, 'echo "{}"');
  assert.equal(
    unreadable.last,
    'error: Trivy could not scan debian:12: its output cannot be read (SchemaVersion is missing)',
  );
  assert.deepEqual(unreadable.marks, []);
  const nothing = await scanBase(t, 'exit 0');
  assert.equal(
    nothing.last,
    'error: Trivy could not scan debian:12: its output cannot be read (it is empty)',
  );
});

test('a scanner starts in an empty folder, unless the user wants the configuration of the project', async (t) => {
  const folder = makeFolder(t);
  const { settings } = fakeTrivy(
    t,
    `pwd > ${folder}/where; ls -A >> ${folder}/where; echo '{"SchemaVersion":2}'`,
  );
  const { scans, document } = await client({ trusted: true, settings });
  await scans.scanBase(document);
  const [where = '', ...files] = readFileSync(join(folder, 'where'), 'utf8').trim().split('\n');
  assert.ok(where.startsWith(tmpdir()), where);
  assert.deepEqual(files, []);
  assert.ok(!existsSync(where), 'and the folder goes');
});

test('the base of the last stage is marked where two stages have it', async (t) => {
  const found = `echo '{"SchemaVersion":2,"Results":[{"Type":"debian","Vulnerabilities":[{"VulnerabilityID":"CVE-1","PkgName":"tar","InstalledVersion":"1","Severity":"LOW"}]}]}'`;
  const { settings } = fakeTrivy(t, found);
  const file = 'FROM debian:12 AS build\nRUN true\nFROM debian:12\n';
  const one = await client({ trusted: true, settings }, file);
  await one.scans.scanBase(one.document);
  assert.deepEqual(one.instructions, [2]);
});

test('the list of what was found opens a page for each row', async (t) => {
  const found = `echo '{"SchemaVersion":2,"Results":[{"Type":"debian","Vulnerabilities":[{"VulnerabilityID":"CVE-2099-1","PkgName":"tar","InstalledVersion":"1","Severity":"LOW"},{"VulnerabilityID":"CVE-2099-2","PkgName":"bash","InstalledVersion":"5","FixedVersion":"6","Severity":"HIGH"}]}]}'`;
  const { settings } = fakeTrivy(t, found);
  const rows = ['$(warning) CVE-2099-2', undefined];
  const choose = ({ kind, choices }: Shown): string | undefined =>
    kind === 'pick' ? rows.shift() : choices.find((button) => button === 'Show List');
  const { scans, document, editor } = await client({ trusted: true, settings, choose });
  await scans.scanBase(document);
  await until(() => rows.length === 0);
  assert.deepEqual(editor.shown.at(-1), {
    kind: 'pick',
    text: 'Known vulnerabilities in debian:12',
    choices: ['From the base image debian:12', '$(warning) CVE-2099-2', '$(circle-outline) CVE-2099-1'],
  });
  assert.deepEqual(editor.opened, ['https://nvd.nist.gov/vuln/detail/CVE-2099-2']);
});

async function until(condition: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 100 && !condition(); attempt += 1) await pause(10);
  assert.ok(condition());
}

test('a base image that is not the name of an image never reaches the scanner', async (t) => {
  const { settings } = fakeTrivy(t, `echo '{"SchemaVersion":2}'`);
  for (const base of ['sbom:/etc/passwd', 'dir:/', '-x', '--config=/x']) {
    const { scans, document, editor } = await client({ trusted: true, settings }, `FROM ${base}\n`);
    await scans.scanBase(document);
    assert.deepEqual(editor.started, [], base);
    assert.equal(
      editor.shown.at(-1)?.text,
      'No base image in this file can be scanned by name. Build the image and scan that instead.',
    );
  }
});

test('a scanner that is missing is said to be missing', async () => {
  const settings = { scan: { scanner: 'trivy', paths: { trivy: '/nowhere/trivy' } } };
  const { scans, document, editor } = await client({ trusted: true, settings });
  await scans.scanBase(document);
  assert.deepEqual(editor.shown.at(-1), {
    kind: 'error',
    text: 'Trivy was not found on the PATH. Install it, or set its path.',
    choices: ['Get Trivy', 'Set Path'],
  });
});

test('Check Tools lists every tool under what it is for', async (t) => {
  const { settings } = fakeTrivy(t, 'echo "Version: 0.58.1"');
  const editor = fakeEditor({ trusted: true, settings });
  const { checkTools } = await loadClient<{ checkTools(): Promise<void> }>(
    'client/src/check-tools.ts',
    editor,
  );
  await checkTools();
  const { text, choices } = editor.shown.at(-1) ?? assert.fail();
  assert.equal(text, 'Tools that Drydock can use');
  assert.ok(choices.includes('$(check) Trivy'), choices.join('\n'));
  for (const title of ['Docker', 'Podman', 'Buildah', 'Grype', 'Docker Scout'])
    assert.ok(
      choices.some((label) => label.endsWith(` ${title}`)),
      title,
    );
});

/** An engine with one image, whose push works, and a registry that has this under every name. */
function fakeRegistry(
  t: TestContext,
  manifest: string,
): { settings: Record<string, unknown>; image: object } {
  const folder = makeFolder(t);
  const script = (name: string, text: string): string => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder, name), 0o755);
    return join(folder, name);
  };
  const program = script(
    'podman',
    `case "$1" in image) echo '[{"Id":"${built.id}"}]';; manifest) exit 1;; push) touch ${folder}/pushed;; esac`,
  );
  const there = `if [ -f ${folder}/pushed ] || [ -n '${manifest}' ]; then echo '${manifest || `{"config":{"digest":"sha256:${built.id}"}}`}'`;
  const skopeo = script('skopeo', `${there}; else echo 'manifest unknown' >&2; exit 1; fi`);
  return { settings: { tools: { paths: { skopeo } } }, image: { ...built, engine: 'podman', program } };
}

/** What is shown at the end of a push. */
async function push(
  t: TestContext,
  manifest: string,
  choose: FakeOptions['choose'],
): Promise<readonly Shown[]> {
  const { settings, image } = fakeRegistry(t, manifest);
  const { releases, document, editor } = await client(
    { trusted: true, settings, ...(choose ? { choose } : {}) },
    dockerfile,
    image,
  );
  await releases.push(document);
  return editor.shown;
}

const answers = ({ text, choices }: Shown): string | undefined =>
  text.includes('version') ? '1.4.0' : text.includes('repository') ? 'r.io/team/app' : choices[0];

test('a push asks for the repository and the version, and says which digest the registry has', async (t) => {
  const shown = await push(t, '', answers);
  assert.deepEqual(
    shown.slice(0, 2).map(({ text }) => text),
    ['Push to which repository?', 'Push as which version?'],
  );
  const { kind, text } = shown.at(-1) ?? { kind: '', text: '' };
  assert.equal(kind, 'information');
  assert.match(text, /^r\.io\/team\/app:1\.4\.0: pushed sha256:[0-9a-f]{64}$/);
});

test('a push that would overwrite a version asks first, and does it when it is told to', async (t) => {
  const other = `{"config":{"digest":"sha256:${'b'.repeat(64)}"}}`;
  const refused = await push(t, other, (one) => (one.kind === 'warning' ? undefined : answers(one)));
  assert.equal(refused.at(-1)?.kind, 'warning');
  assert.match(refused.at(-1)?.text ?? '', /refused: the registry has another image under it/);
  const forced = await push(t, other, (one) => (one.kind === 'warning' ? 'Overwrite' : answers(one)));
  assert.match(forced.at(-1)?.text ?? '', /pushed sha256:[0-9a-f]{64}, in place of sha256:/);
});
