import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flagInfo, instructions, isKeyword } from '../../../server/src/core/knowledge/syntax/instructions';
import { mountKey, mountType, mountTypes } from '../../../server/src/core/knowledge/syntax/mounts';
import { predefinedVariables } from '../../../server/src/core/knowledge/syntax/predefined-variables';

// As BuildKit 0.32 declares them.
const flags: Record<string, string[]> = {
  ADD: ['checksum', 'chmod', 'chown', 'exclude', 'keep-git-dir', 'link', 'unpack'],
  COPY: ['chmod', 'chown', 'exclude', 'from', 'link', 'parents'],
  FROM: ['platform'],
  HEALTHCHECK: ['interval', 'retries', 'start-interval', 'start-period', 'timeout'],
  RUN: ['device', 'mount', 'network', 'security'],
};

test('each instruction has the flags that the builder knows, and no other', () => {
  for (const { keyword, flags: known } of instructions.values()) {
    assert.deepEqual(known.map(({ name }) => name).sort(), flags[keyword] ?? [], keyword);
  }
  assert.equal(instructions.size, 18);
});

test('values: a choice has its list, a boolean two, and those that repeat say so', () => {
  for (const { flags: known } of instructions.values()) {
    for (const { value, values, documentation, since } of known) {
      if (value === 'boolean') assert.deepEqual(values, ['true', 'false']);
      if (value === 'choice') assert.ok(values.length >= 2);
      assert.match(documentation, /\.$/);
      assert.match(since ?? '1.0', /^1\.\d+(-labs)?$/);
    }
  }
  const repeatable = [...instructions.values()].flatMap(({ keyword, flags: known }) =>
    known.filter((flag) => flag.repeatable).map(({ name }) => `${keyword} ${name}`),
  );
  assert.deepEqual(repeatable, ['ADD exclude', 'COPY exclude', 'RUN mount', 'RUN device']);
});

test('flag names are case-sensitive, keywords are given in capitals', () => {
  assert.equal(flagInfo('COPY', 'from')?.value, 'stage');
  assert.equal(flagInfo('COPY', 'FROM'), undefined);
  assert.equal(flagInfo('ADD', 'from'), undefined);
  assert.equal(isKeyword('RUN'), true);
  assert.equal(isKeyword('run'), false);
});

test('mounts: keys by type, aliases, the default type', () => {
  const keys = (name: string) =>
    mountTypes
      .find((type) => type.name === name)
      ?.keys.map((key) => key.name)
      .sort();
  assert.deepEqual(keys('secret'), ['env', 'gid', 'id', 'mode', 'required', 'target', 'uid']);
  assert.deepEqual(keys('tmpfs'), ['size', 'target']);
  assert.equal(mountType(undefined)?.name, 'bind');
  assert.equal(mountType('CACHE')?.name, 'cache');
  assert.equal(mountType('nfs'), undefined);
  const cache = mountType('cache');
  assert.ok(cache);
  assert.deepEqual(mountKey(cache, 'sharing')?.values, ['shared', 'private', 'locked']);
  assert.equal(mountKey(cache, 'dst')?.name, 'target');
  assert.equal(mountKey(cache, 'required'), undefined);
});

test('proxies are known in both cases, platform variables in one', () => {
  assert.equal(predefinedVariables.get('http_proxy')?.kind, 'proxy');
  assert.equal(predefinedVariables.get('HTTP_PROXY')?.kind, 'proxy');
  assert.equal(predefinedVariables.get('TARGETARCH')?.kind, 'platform');
  assert.equal(predefinedVariables.get('targetarch'), undefined);
});
