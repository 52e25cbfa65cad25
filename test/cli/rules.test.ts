// `drydock rules`, `drydock explain` and `drydock check --profile`, as they are started.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { rules } from '../../server/src/linter';
import { makeFolder } from '../harness/workspace';

interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const call = (...words: string[]): Answer =>
  spawnSync(process.execPath, ['dist/cli.js', ...words], { encoding: 'utf8' });

interface Row {
  readonly id: string;
  readonly profiles: readonly string[];
  readonly alsoKnownAs: readonly string[];
  readonly options: readonly { readonly name: string; readonly default: unknown }[];
}

test('rules lists every rule, as a table and as data, and those of a profile', () => {
  const { status, stdout } = call('rules');
  assert.equal(status, 0);
  assert.deepEqual(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.trim().split(' ')[0]),
    rules.map(({ id }) => id),
  );
  const rows = JSON.parse(call('rules', '--format=json').stdout) as readonly Row[];
  assert.deepEqual(
    rows.map(({ id }) => id),
    rules.map(({ id }) => id),
  );
  assert.equal(
    rows.find(({ id }) => id === 'apk-no-cache')?.options.find(({ name }) => name === 'packageCache')
      ?.default,
    'either',
  );
  const hadolint = call('rules', '--profile=hadolint', '--format=json').stdout;
  for (const row of JSON.parse(hadolint) as readonly Row[])
    assert.ok(
      row.alsoKnownAs.some((id) => id.startsWith('hadolint:')) && row.profiles.includes('hadolint'),
      row.id,
    );
  assert.equal(call('rules', 'x').status, 2);
});

test('explain prints the page of a rule by any of its ids, and guesses', () => {
  const { status, stdout } = call('explain', 'DL3015');
  assert.equal(status, 0);
  assert.match(stdout, /^# apt-no-install-recommends\n[^]*## Silence it/);
  assert.equal(call('explain', 'apt-no-install-recommends').stdout, stdout);
  assert.match(
    call('explain', 'apt-get-yess').stderr,
    /^drydock: unknown rule apt-get-yess. Did you mean apt-get-yes\?/,
  );
  assert.deepEqual(
    [call('explain').status, call('explain', '--all').status, call('explain', 'x').status],
    [2, 2, 2],
  );
});

test('check --profile takes the place of the profile in the configuration', (t) => {
  const folder = makeFolder(t);
  const file = join(folder, 'Dockerfile');
  writeFileSync(file, 'FROM debian:12.1\nMAINTAINER me\nRUN apt-get update && apt-get install -y curl\n');
  writeFileSync(join(folder, '.drydock.yaml'), 'profile: buildkit\n');
  const found = (...words: string[]): readonly (readonly [string, string])[] => {
    const { stdout } = call('check', '--format=json', ...words, file);
    const [report] = JSON.parse(stdout) as { findings: { rule: string; severity: string }[] }[];
    return report?.findings.map(({ rule, severity }) => [rule, severity] as const) ?? [];
  };
  assert.deepEqual(found(), [['maintainer-deprecated', 'warning']]);
  assert.ok(found('--profile=strict').some(([rule]) => rule === 'image-digest-missing'));
  const hadolint = new Map(found('--profile=hadolint'));
  assert.equal(hadolint.get('maintainer-deprecated'), 'error');
  assert.equal(hadolint.get('apt-lists-cleanup'), 'info');
  assert.ok(!hadolint.has('image-digest-missing') && !hadolint.has('healthcheck-missing'));
  assert.equal(call('check', '--profile=all', file).status, 2);
});
