// Both maps against plain ones, over random histories.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PersistentMap } from '../../../server/src/core/text/persistent-map';
import { VersionedMap } from '../../../server/src/core/text/versioned-map';
import { seededRandom } from '../../harness/random';

const sorted = <V>(entries: Iterable<[string, V]>) => [...entries].sort(([a], [b]) => (a < b ? -1 : 1));

test('a persistent map keeps every state it ever had', () => {
  const random = seededRandom(1);
  let map = PersistentMap.empty<number>();
  const plain = new Map<string, number>();
  const states: (readonly [PersistentMap<number>, [string, number][]])[] = [];
  for (let step = 0; step < 600; step += 1) {
    // Rising keys for half of the time: what would make an unbalanced tree a list.
    const key = step % 2 ? `k${String(step).padStart(4, '0')}` : `k${Math.floor(random() * 200)}`;
    map = map.with(key, step);
    plain.set(key, step);
    if (step % 50 === 0) states.push([map, sorted(plain)]);
  }
  for (const [state, expected] of states) {
    assert.deepEqual([...state], expected);
    for (const [key, value] of expected) assert.equal(state.get(key), value);
    assert.equal(state.has('absent'), false);
  }
});

test('a versioned map can be read as it was at every step, and inherits', () => {
  const random = seededRandom(2);
  let inherited = PersistentMap.empty<number | undefined>();
  let plain = new Map<string, number | undefined>();
  for (let stage = 0; stage < 4; stage += 1) {
    const map = new VersionedMap<number | undefined>(inherited);
    const states = [new Map(plain)];
    for (let step = 1; step <= 60; step += 1) {
      const key = `k${Math.floor(random() * 25)}`;
      const value = random() < 0.2 ? undefined : stage * 100 + step;
      map.set(key, step, value);
      plain = new Map(plain).set(key, value);
      states.push(plain);
    }
    states.forEach((state, step) => {
      const view = map.at(step);
      assert.deepEqual(sorted(view), sorted(state));
      assert.equal(view.size, state.size);
      for (let k = 0; k < 26; k += 1) {
        assert.equal(view.get(`k${k}`), state.get(`k${k}`));
        assert.equal(view.has(`k${k}`), state.has(`k${k}`));
      }
    });
    inherited = map.latest();
    assert.deepEqual([...inherited], sorted(plain));
  }
});
