// One binary search for lists in order.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstNotBefore, lastNotAfter } from '../../../server/src/core/text/search';

test('both searches agree with a walk from the front, with few looks', () => {
  for (let length = 0; length < 40; length += 1) {
    const list = Array.from({ length }, (_, index) => index * 2);
    for (let wanted = -1; wanted <= length * 2; wanted += 1) {
      let looks = 0;
      const first = firstNotBefore(list, (value) => {
        looks += 1;
        return value < wanted;
      });
      const walked = list.findIndex((value) => value >= wanted);
      assert.equal(first, walked < 0 ? length : walked);
      assert.ok(looks <= Math.ceil(Math.log2(length + 1)), `${looks} looks at ${length} elements`);
      assert.equal(
        lastNotAfter(list, (value) => value <= wanted),
        list.filter((value) => value <= wanted).length - 1,
      );
    }
  }
});
