// The options of a mount, in every spelling.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  hasMountOf,
  mountOption,
  mountsOf,
  mountTypeOf,
  mountValue,
} from '../../../../server/src/core/analysis/text/mount-options';
import { parse } from '../../../../server/src/core/syntax/parse';
import type { Flag, Instruction } from '../../../../server/src/core/syntax/nodes';

function run(flags: string): Instruction {
  const [, instruction] = parse(`FROM a\nRUN ${flags} make\n`).instructions;
  assert.ok(instruction);
  return instruction;
}

function mount(value: string): Flag {
  const [first] = mountsOf(run(`--mount=${value}`));
  assert.ok(first);
  return first;
}

test('an option has several spellings, in any case, and the last of several counts', () => {
  for (const spelling of ['target', 'dst', 'destination', 'DST'])
    assert.equal(mountValue(mount(`type=cache,${spelling}=/a`), 'target'), '/a', spelling);
  assert.equal(mountValue(mount('src=a,target=/b'), 'source'), 'a');
  assert.equal(mountValue(mount('target=/a,dst=/b'), 'target'), '/b');
  assert.equal(mountValue(mount('type=cache'), 'target'), undefined);
  const found = mountOption(mount('type=secret,required'), 'required');
  assert.deepEqual([found?.key, found?.value], ['required', undefined]);
});

test('a mount without a type is a bind', () => {
  assert.equal(mountTypeOf(mount('target=/a')), 'bind');
  assert.equal(mountTypeOf(mount('type=Secret,id=a')), 'secret');
});

test('only flags with the name of a mount are mounts', () => {
  const both = run('--network=none --mount=type=ssh --mount=target=/a');
  assert.deepEqual(mountsOf(both).map(mountTypeOf), ['ssh', 'bind']);
  assert.equal(hasMountOf(both, 'ssh'), true);
  assert.equal(hasMountOf(both, 'secret'), false);
});
