// Tools that cannot be run where these tests run: each option that they are given stands in their published reference, which
// was read in November 2026. A new option has to be looked up, and added here.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  filePath,
  folderPath,
  imageId,
  imageName,
  imageReference,
  plainText,
  tagName,
} from '../../server/src/workflow/checked-arguments';
import { copa } from '../../server/src/workflow/tools/copa';
import { dockerScout } from '../../server/src/workflow/tools/docker-scout';
import { nerdctl } from '../../server/src/workflow/tools/nerdctl';
import { trivy } from '../../server/src/workflow/tools/trivy';
import { buildOrder, checked } from '../harness/build-order';

/** `VERBS: OPTIONS` of a reference, as far as they are used. */
type Reference = Readonly<Record<string, readonly string[]>>;

const file = checked(filePath, '/tmp/a.tar');
const folder = checked(folderPath, '/tmp');
const image = checked(imageName, 'team/app:1');
const stored = checked(imageId, 'a'.repeat(64));
const name = checked(plainText, 'app');
const reference = checked(imageReference, 'debian:12');
const extras = { ignoreFile: file, vex: file };
const subjects = [
  { kind: 'docker', image: stored },
  { kind: 'archive', file },
  { kind: 'sbom', file },
] as const;
const found = (id: string): { id: string; program: string; version: string; way: string } => ({
  id,
  program: `/bin/${id}`,
  version: '',
  way: id,
});

function check(all: readonly (readonly string[])[], known: Reference): void {
  const used = new Set<string>();
  for (const args of all) {
    const verbs = Object.keys(known).find((one) => args.join(' ').startsWith(`${one} `)) ?? '';
    assert.notEqual(verbs, '', args.join(' '));
    used.add(verbs);
    for (const word of args.filter((one) => one.startsWith('-')))
      assert.ok(known[verbs]?.includes(word.replace(/=.*/s, '')), `${verbs} ${word}`);
  }
  assert.deepEqual([...used].sort(), Object.keys(known).sort(), 'each command is used');
}

test('trivy: options as in its published reference (trivy image, sbom, filesystem; 0.74)', () => {
  const scans = subjects.map((subject) => trivy.commands.scan(found('trivy'), subject, folder, extras));
  const byName = trivy.commands.scanByName(found('trivy'), reference, folder, extras);
  const lists = [
    { kind: 'docker', image: stored },
    { kind: 'archive', file },
    { kind: 'registry', image: reference, insecure: true },
    { kind: 'folder', folder },
  ] as const;
  const listed = lists.flatMap(
    (subject) => trivy.catalogue?.list(found('trivy'), { subject, format: 'spdx', name }) ?? [],
  );
  check(
    [...scans, ...byName, ...listed].map(({ args }) => args),
    {
      image: [
        '--format',
        '--no-progress',
        '--scanners',
        '--input',
        '--image-src',
        '--ignorefile',
        '--vex',
        '--insecure',
      ],
      sbom: ['--format', '--no-progress', '--ignorefile', '--vex'],
      filesystem: ['--format', '--no-progress'],
    },
  );
});

test('Docker Scout: options as in its published reference (docker scout cves)', () => {
  const scans = subjects.map((subject) =>
    dockerScout.commands.scan(found('docker-scout'), subject, folder, extras),
  );
  check(
    scans.map(({ args }) => args),
    { 'scout cves': ['--format', '--output', '--vex-location', '--only-vex-affected'] },
  );
});

test('nerdctl: options as in its published reference (build, image inspect, save)', () => {
  const order = buildOrder({
    dockerfile: '/tmp/Dockerfile',
    context: '/tmp',
    tag: 'team/app:1',
    target: 'app',
    platforms: ['linux/amd64'],
    buildArgs: { A: '1' },
    noCache: true,
    pull: true,
    secrets: { token: 'env=TOKEN' },
    ssh: { default: 'agent' },
  });
  const full = { ...order, cacheFrom: [reference], cacheTo: [reference] };
  check(
    [
      nerdctl.commands.build(found('nerdctl'), full).args,
      nerdctl.commands.inspect(found('nerdctl'), image).args,
      nerdctl.commands.save(found('nerdctl'), stored, file).args,
    ],
    {
      build: [
        '--progress',
        '--file',
        '--target',
        '--platform',
        '--build-arg',
        '--no-cache',
        '--pull',
        '--secret',
        '--ssh',
        '--cache-from',
        '--cache-to',
        '--tag',
      ],
      'image inspect': [],
      save: ['--output'],
    },
  );
});

test('Copa: options as in its published reference (copa patch)', () => {
  const order = { image, tag: checked(tagName, 'patched') };
  check([copa.commands.patch(found('copa'), order).args], {
    patch: ['--image', '--tag', '--timeout'],
  });
});
