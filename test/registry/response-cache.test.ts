// What is forgotten of registries, and what is kept.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ResponseCache } from '../../server/src/io/registry/http/response-cache';

function filled(): ResponseCache {
  const cache = new ResponseCache(() => 1_000);
  for (const domain of ['example.com', 'example.com:5000']) {
    cache.learnTags(`${domain}/app`, { tags: ['a'], complete: true });
    cache.learnPause(domain, { code: 'RateLimited', host: domain, retryAt: 2_000, pullLimit: false });
  }
  return cache;
}

/** Of which registries something is known: lists, then pauses. */
function known(cache: ResponseCache): readonly string[] {
  const domains = ['example.com', 'example.com:5000'];
  return [
    ...domains.filter((domain) => cache.tags(`${domain}/app`)),
    ...domains.filter((domain) => cache.pauseOf(domain)).map((domain) => `pause ${domain}`),
  ];
}

test('one registry is forgotten, and none that begins like it', () => {
  const cache = filled();
  cache.forget('example.com');
  assert.deepEqual(known(cache), ['example.com:5000', 'pause example.com:5000']);
});

test('all are forgotten, with what they asked for', () => {
  const cache = filled();
  cache.forget();
  assert.deepEqual(known(cache), []);
});

test('a pause that is over is none', () => {
  const cache = new ResponseCache(() => 1_000);
  cache.learnPause('example.com', {
    code: 'RateLimited',
    host: 'example.com',
    retryAt: 1_000,
    pullLimit: false,
  });
  assert.equal(cache.pauseOf('example.com'), undefined);
});
