// The light bulb on what a scan has found: what it offers for the base image and for an instruction, and what it writes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ScanActions } from '../../client/src/scan/scan-actions';
import type { ScannedLine } from '../../client/src/scan/scan-runner';
import type { Vulnerability } from '../../server/src/workflow/scan/report';
import { describe } from '../harness/description';
import { fakeEditor, loadClient } from '../harness/fake-vscode';

const text = 'FROM debian:12@sha256:' + 'a'.repeat(64) + '\nRUN apt-get install -y bash=5.2 tar\n';
const bash: Vulnerability = {
  id: 'CVE-1',
  severity: 'high',
  name: 'bash',
  version: '5.2',
  fixedIn: '5.3',
  ecosystem: 'deb',
};

interface Offered {
  readonly title: string;
  readonly isPreferred?: boolean;
  readonly command?: { readonly command: string };
  readonly edit?: { readonly all: readonly (readonly unknown[])[] };
}

/** What is offered on a line with a mark of the message. */
async function offered(
  line: ScannedLine,
  message: string,
  at: number,
  engine = 'docker',
): Promise<Offered[]> {
  const module = await loadClient<{ ScanActions: new (...given: unknown[]) => ScanActions }>(
    'client/src/scan/scan-actions.ts',
    fakeEditor({ trusted: true }),
  );
  const session = { describe: () => Promise.resolve(describe(text)) };
  const actions = new module.ScanActions(
    session,
    { linesOf: () => [line] },
    { lastImage: () => ({ engine }) },
    {},
  );
  const start = text.indexOf('RUN');
  const document = {
    uri: 'file:///Dockerfile',
    version: 1,
    getText: () => text.slice(start).trimEnd(),
    lineAt: () => ({ range: { end: 0 } }),
    offsetAt: () => start,
    positionAt: (offset: number) => offset,
  };
  const diagnostics = [{ source: 'drydock', code: 'scan', message, range: { start: { line: at } } }];
  const given = [document, undefined, { diagnostics }] as unknown as Parameters<
    ScanActions['provideCodeActions']
  >;
  return (await actions.provideCodeActions(...given)) as unknown as Offered[];
}

const line = (
  origin: ScannedLine['origin'],
  instruction: number,
  ...found: Vulnerability[]
): ScannedLine => ({
  message: 'known',
  instruction,
  origin,
  vulnerabilities: found,
});

test('an instruction: the pinned package first, then a build, a patch, and to ignore it', async () => {
  const all = await offered(line('step', 1, bash), 'known', 1);
  assert.deepEqual(
    all.map(({ title }) => title),
    [
      'Upgrade bash to 5.3',
      'Build again without the cache, which installs what is newest',
      'Patch the built image with Copa',
      'Ignore CVE-1 in the project, with a reason…',
    ],
  );
  assert.equal(all[0]?.isPreferred, true);
  const version = text.indexOf('5.2');
  assert.deepEqual(all[0].edit?.all, [['file:///Dockerfile', [version, version + 3], '5.3']]);
  // Copa patches what is in the store of Docker.
  const podman = await offered(line('step', 1, bash), 'known', 1, 'podman');
  assert.ok(podman.every(({ title }) => !title.includes('Copa')));
});

test('the base image: its digest, and to ignore; nothing to update without a fix', async () => {
  const base = await offered(line('base', 0, bash), 'known (out of date)', 0);
  assert.deepEqual(
    base.map(({ command }) => command?.command),
    ['drydock.updateDigests', 'drydock.buildFresh', 'drydock.ignoreVulnerability'],
  );
  const { fixedIn: _, ...unfixed } = bash;
  const without = await offered(line('step', 1, unfixed), 'known', 1);
  assert.deepEqual(
    without.map(({ title }) => title),
    ['Ignore CVE-1 in the project, with a reason…'],
  );
  assert.deepEqual(await offered(line('step', 1, bash), 'of another scan', 1), []);
});
