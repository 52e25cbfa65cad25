// Two archives of one file's image: the first layer that differs, and what of the images differs if no layer does.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { compareArchives } from '../../../server/src/io/images/compare-archives';
import { dockerArchive, file } from '../../harness/image-archive';
import type { ImageText, TarPart } from '../../harness/image-archive';
import { makeFolder } from '../../harness/workspace';

async function compare(t: TestContext, first: ImageText, second: ImageText): Promise<unknown> {
  const folder = makeFolder(t);
  const paths = [join(folder, 'first.tar'), join(folder, 'second.tar')] as const;
  writeFileSync(paths[0], await dockerArchive(first));
  writeFileSync(paths[1], await dockerArchive(second));
  return compareArchives(...paths);
}

const at = (seconds: number): Partial<TarPart> => ({ mtime: new Date(seconds * 1000) });
const base = [file('etc/os', 'x', at(0))];
const steps = ['COPY / /', 'ENV A=1', 'RUN make # buildkit'];

test('the files of the first layer that differs, with its step', async (t) => {
  const image = (last: readonly TarPart[]): ImageText => ({ layers: [base, last], steps });
  const found = await compare(
    t,
    image([file('a', 'x', { ...at(0), uid: 0 }), file('b', 'x', at(5))]),
    image([file('a', 'x', { ...at(0), uid: 7 }), file('b', 'x', at(6))]),
  );
  assert.deepEqual(found, {
    kind: 'layer',
    number: 2,
    step: 'RUN make # buildkit',
    differences: [
      { place: 'a', what: 'owner', first: '0:0', second: '7:0' },
      { place: 'b', what: 'time', first: '1970-01-01T00:00:05Z', second: '1970-01-01T00:00:06Z' },
    ],
  });
});

test('files in another order', async (t) => {
  const [a, b] = [file('a', 'x', at(0)), file('b', 'x', at(0))];
  const found = await compare(t, { layers: [[a, b]] }, { layers: [[b, a]] });
  assert.deepEqual(found, { kind: 'layer', number: 1, step: '', differences: [] });
});

test('more layers, or another configuration', async (t) => {
  assert.deepEqual(await compare(t, { layers: [base] }, { layers: [base, base] }), {
    kind: 'layers',
    first: 1,
    second: 2,
  });
  const user = (User: string): ImageText => ({ layers: [base], config: { User } });
  assert.deepEqual(await compare(t, user('1'), user('2')), {
    kind: 'config',
    differences: [{ place: 'config.User', what: 'value', first: '"1"', second: '"2"' }],
  });
});

test('an archive that cannot be read is not an equal one', async (t) => {
  const path = join(makeFolder(t, { 'x.tar': 'no archive' }), 'x.tar');
  const found = await compareArchives(path, path);
  assert.ok('trouble' in found);
  assert.equal(found.trouble.kind, 'notAnImage');
});
