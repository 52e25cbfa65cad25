import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import tls from 'node:tls';
import { DockerfileLanguageServiceFactory } from 'dockerfile-language-service';
import { Guard, baseService } from '../../../server/src/lsp/base-service';
import { completion, hover, plainInput, signatureHelp } from './request';

/** Runs something with every way to the network closed. @returns what was tried, as "module.function" */
async function withoutNetwork(run: () => Promise<unknown>): Promise<string[]> {
  const tried: string[] = [];
  const doors: [object, string, string[]][] = [
    [https, 'https', ['request', 'get']],
    [http, 'http', ['request', 'get']],
    [net, 'net', ['connect', 'createConnection']],
    [tls, 'tls', ['connect']],
    [dns, 'dns', ['lookup', 'resolve']],
    [globalThis, 'global', ['fetch']],
  ];
  const restore: (() => void)[] = [];
  for (const [module, name, functions] of doors) {
    for (const key of functions) {
      const holder = module as Record<string, unknown>;
      const original = holder[key];
      holder[key] = () => {
        tried.push(`${name}.${key}`);
        throw new Error('the network is closed');
      };
      restore.push(() => (holder[key] = original));
    }
  }
  try {
    await run();
  } finally {
    for (const undo of restore) undo();
  }
  return tried;
}

const images = [
  'FROM ubuntu:',
  'FROM ubuntu:2',
  'FROM ghcr.io/org/private:',
  'FROM localhost:5000/x:',
  'FROM --platform=linux/amd64 node: AS x',
  'FROM a AS b\nFROM b:\nCOPY --from=node: a b\nRUN --mount=from=node:,target=/x y\n',
  'ONBUILD COPY --from=node: a b',
  '# syntax=docker/dockerfile:\nFROM a:',
];

test('the library by itself goes to a registry: the doors are watched', async () => {
  const service = DockerfileLanguageServiceFactory.createLanguageService();
  const tried = await withoutNetwork(async () => {
    try {
      await service.computeCompletionItems('FROM ubuntu:', { line: 0, character: 12 });
    } catch {
      // The closed door.
    }
  });
  assert.ok(tried.length > 0);
});

test('no feature touches the network, at any position', async () => {
  const tried = await withoutNetwork(async () => {
    for (const text of images) {
      const input = plainInput(text);
      for (let offset = 0; offset <= text.length; offset += 1) {
        const position = input.document.positionAt(offset);
        await completion(input, position);
        await hover(input, position);
        await signatureHelp(input, position);
      }
    }
  });
  assert.deepEqual(tried, []);
});

test('behind a colon nothing is offered', async () => {
  for (const text of images.slice(0, 4)) {
    const input = plainInput(text);
    assert.deepEqual(await completion(input, input.document.positionAt(text.length)), [], text);
  }
});

test('one file knows the library, and loads it on first use', async () => {
  const folder = 'server/src';
  const importers: string[] = [];
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.ts')) continue;
    const source = readFileSync(join(folder, path), 'utf8');
    if (!/from 'dockerfile-|import\('dockerfile-|require\('dockerfile-/.test(source)) continue;
    importers.push(path.replaceAll('\\', '/'));
    assert.doesNotMatch(
      source,
      /^import (?!type)[^;]* from 'dockerfile-/m,
      'a static import loads it at the start',
    );
  }
  assert.deepEqual(importers, ['lsp/base-service.ts']);
});

test('keywords and their texts come from the library', async () => {
  const keywords = await baseService.keywords(false);
  assert.ok(keywords.some(({ label, snippet }) => label.startsWith('RUN') && snippet === 'RUN ${1:command}'));
  for (const { key } of keywords) assert.ok(await baseService.documentation(key), key);
  assert.equal(await baseService.documentation('NOTHING'), undefined);
});

test('guard: an exception is no answer, and is not tried again', async () => {
  const guard = new Guard();
  let calls = 0;
  const call = (): number => {
    calls += 1;
    throw new TypeError();
  };
  assert.equal(guard.run('a', 'text', '', 100, call), undefined);
  assert.equal(guard.run('a', 'text', '', 100, call), undefined);
  assert.equal(calls, 1);
});

test('guard: an answer is kept for its text and its question', async () => {
  const guard = new Guard();
  let calls = 0;
  const call = () => (calls += 1);
  assert.equal(guard.run('a', 'text', '', 100, call), 1);
  assert.equal(guard.run('a', 'text', '', 100, call), 1);
  assert.equal(guard.run('a', 'text', 'other', 100, call), 2);
  assert.equal(guard.run('b', 'text', '', 100, call), 3);
  assert.equal(guard.run('a', 'changed', '', 100, call), 4);
  for (let index = 0; index < 200; index += 1) guard.run('a', `text ${index}`, '', 100, call);
  assert.equal(guard.run('a', 'text', '', 100, call), 205, 'but not for ever');
});

test('guard: a text above the limit is not shown', async () => {
  const guard = new Guard();
  assert.equal(
    guard.run('a', 'x'.repeat(11), '', 10, () => 1),
    undefined,
  );
  assert.equal(
    guard.run('a', 'x'.repeat(10), '', 10, () => 1),
    1,
  );
});

test('guard: what took too long is not asked again for texts as long', async () => {
  let now = 0;
  const guard = new Guard(() => now, 100);
  const slow = (): number => {
    now += 101;
    return 1;
  };
  assert.equal(guard.run('a', 'long text', '', 100, slow), 1, 'the answer is there, so it is given');
  assert.equal(
    guard.run('a', 'also long', '', 100, () => 2),
    undefined,
  );
  assert.equal(
    guard.run('a', 'short', '', 100, () => 2),
    2,
  );
  assert.equal(
    guard.run('b', 'also long', '', 100, () => 2),
    2,
    'other calls are not concerned',
  );
});
