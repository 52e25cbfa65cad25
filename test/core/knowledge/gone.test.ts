import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goneServers, movedImages } from '../../../server/src/core/knowledge/network/gone';

test('every server and image that is gone names when and where that was said', () => {
  assert.ok(goneServers.length > 20 && movedImages.length > 15);
  for (const { evidence } of [...goneServers, ...movedImages]) {
    const [, date = ''] =
      /^(?:seen|said) (20\d\d-\d\d-\d\d) https:\/\/github\.com\/[\w.-]+\/[\w.-]+\/(?:issues|pull)\/\d+$/.exec(
        evidence,
      ) ?? [];
    assert.ok(!Number.isNaN(Date.parse(date)), evidence);
  }
});

test('addresses are in lower case, and a more specific one comes first', () => {
  const seen: string[] = [];
  for (const { address, scheme = '' } of goneServers) {
    assert.equal(address, address.toLowerCase());
    const whole = scheme + address;
    assert.ok(!seen.some((above) => whole.startsWith(above)), whole);
    seen.push(whole);
  }
});
