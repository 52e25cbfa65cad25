// Every beginning of an archive, and archives with flipped bytes: the reader always answers.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readImages } from '../../../server/src/io/images/read-images';
import { reportOn } from '../../../server/src/workflow/image/report';
import { dockerArchive, file } from '../../harness/image-archive';
import { makeFolder } from '../../harness/workspace';

const image = {
  layers: [
    [file('var/lib/dpkg/status', 'Package: a\nStatus: install ok installed\nVersion: 1\n')],
    [file('b/.wh..wh..opq', '')],
  ],
  steps: ['RUN a', 'RUN b'],
};

async function answers(path: string, bytes: Buffer): Promise<void> {
  writeFileSync(path, bytes);
  const read = await readImages(path, { measure: true });
  if ('trouble' in read) assert.ok(read.trouble.kind);
  else for (const one of read.images) assert.ok(reportOn(one, { top: 3 }).steps);
}

test('beginnings of an archive', async (t) => {
  const path = join(makeFolder(t), 'image.tar');
  const archive = await dockerArchive(image);
  for (let length = 0; length < archive.length; length += 97)
    await answers(path, archive.subarray(0, length));
  const packed = gzipSync(archive);
  for (let length = 0; length < packed.length; length += 7) await answers(path, packed.subarray(0, length));
});

test('flipped bytes', async (t) => {
  const path = join(makeFolder(t), 'image.tar');
  const archive = await dockerArchive(image);
  for (const original of [archive, gzipSync(archive)]) {
    for (let at = 0; at < original.length; at += original === archive ? 61 : 3) {
      const bytes = Buffer.from(original);
      bytes[at] = (bytes[at] ?? 0) ^ 0x41;
      await answers(path, bytes);
    }
  }
});
