// Archives and folders of images: what is read of them, and a clear word for all that cannot be read.
import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import { readImages } from '../../../server/src/io/images/read-images';
import type { ReadImage } from '../../../server/src/workflow/image/image';
import { archiveOf, dockerArchive, file, ociLayout, tarOf } from '../../harness/image-archive';
import type { ImageText } from '../../harness/image-archive';
import { makeFolder } from '../../harness/workspace';

const small: ImageText = {
  layers: [
    [file('./bin/tool', 2000, { mode: 0o4755 }), { name: 'bin/other', type: 'link', linkname: 'bin/tool' }],
    [{ name: 'etc/', type: 'directory', mode: 0o755 }, file('etc/a', 10), file('bin/.wh.tool', '')],
  ],
  steps: ['RUN make # buildkit', 'ENV A=1', 'COPY a /etc/a # buildkit'],
  config: { User: '65532', ExposedPorts: { '8080/tcp': {} } },
};

const options = { measure: true };

async function readBytes(t: TestContext, bytes: Buffer): Promise<Awaited<ReturnType<typeof readImages>>> {
  const path = join(makeFolder(t), 'image.tar');
  writeFileSync(path, bytes);
  return readImages(path, options);
}

async function one(t: TestContext, bytes: Buffer): Promise<ReadImage> {
  const read = await readBytes(t, bytes);
  assert.ok('images' in read, JSON.stringify(read));
  const [image] = read.images;
  assert.ok(image);
  return image;
}

async function trouble(t: TestContext, bytes: Buffer): Promise<string> {
  const read = await readBytes(t, bytes);
  assert.ok('trouble' in read, JSON.stringify(read));
  return `${read.trouble.kind} ${read.trouble.detail}`.trim();
}

function put(folder: string, parts: ReadonlyMap<string, Buffer>): string {
  for (const [name, bytes] of parts) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  return folder;
}

suite('what is read', () => {
  test('an archive of docker save', async (t) => {
    const image = await one(t, await dockerArchive(small));
    assert.deepEqual(image.names, ['team/app:1']);
    assert.equal(image.platform, 'linux/amd64');
    assert.deepEqual(image.config, { user: '65532', ports: ['8080/tcp'] });
    assert.deepEqual(
      image.history.map(({ createdBy, isEmpty }) => `${isEmpty} ${createdBy}`),
      ['false RUN make # buildkit', 'true ENV A=1', 'false COPY a /etc/a # buildkit'],
    );
    assert.deepEqual(
      image.layers.map(({ entries }) => entries.map(({ kind, path, bytes }) => `${kind} ${path} ${bytes}`)),
      [
        ['file bin/tool 2000', 'hardlink bin/other 0'],
        ['folder etc 0', 'file etc/a 10', 'whiteout bin/tool 0'],
      ],
    );
    assert.deepEqual(
      image.layers.map(({ compressed }) => compressed?.how),
      ['measured', 'measured'],
    );
  });

  test('the same archive in gzip, as a file and as a pipe of old docker with links', async (t) => {
    const archive = await dockerArchive(small);
    const plain = await one(t, archive);
    assert.deepEqual(await one(t, gzipSync(archive)), plain);
    const layer = await tarOf(small.layers[0] ?? []);
    const linked = await tarOf([
      file('one/layer.tar', layer),
      { name: 'two/layer.tar', type: 'symlink', linkname: '../one/layer.tar' },
      file('config.json', '{"os":"linux","architecture":"arm64"}'),
      file(
        'manifest.json',
        '[{"Config":"config.json","RepoTags":null,"Layers":["one/layer.tar","two/layer.tar"]}]',
      ),
    ]);
    const { layers, names } = await one(t, linked);
    assert.deepEqual(names, []);
    assert.deepEqual(
      layers.map(({ unpacked }) => unpacked),
      [2000, 2000],
    );
  });

  test('an OCI layout of several platforms, without what only tells of others', async (t) => {
    const attestation = {
      digest: `sha256:${'0'.repeat(64)}`,
      platform: { os: 'unknown', architecture: 'unknown' },
      annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
    };
    const absent = { digest: `sha256:${'1'.repeat(64)}`, platform: { os: 'linux', architecture: 's390x' } };
    const parts = await ociLayout([small, { ...small, platform: 'linux/arm64/v8' }], [attestation, absent]);
    const folder = put(makeFolder(t), parts);
    const read = await readImages(folder, options);
    assert.ok('images' in read, JSON.stringify(read));
    assert.deepEqual(
      read.images.map(({ platform }) => platform),
      ['linux/amd64', 'linux/arm64/v8'],
    );
    assert.deepEqual(
      read.images[0]?.layers.map(({ compressed }) => compressed?.how),
      ['stored', 'stored'],
    );
    const arm = await readImages(folder, { ...options, platform: 'linux/arm64' });
    assert.ok('images' in arm && arm.images.length === 1);
    const none = await readImages(folder, { ...options, platform: 'linux/s390x' });
    assert.deepEqual(none, { trouble: { kind: 'noPlatform', detail: 'linux/amd64, linux/arm64/v8' } });
    const archive = await readBytes(t, await archiveOf(parts));
    assert.deepEqual(archive, read);
  });

  test('an OCI layout as crane writes it, which says of an image what its configuration is', async (t) => {
    const parts = await ociLayout([small]);
    const { manifests } = JSON.parse(parts.get('index.json')?.toString() ?? '') as { manifests: object[] };
    for (const [artifactType, count] of [
      ['application/vnd.oci.image.config.v1+json', 1],
      ['application/vnd.dev.cosign.artifact.sig.v1+json', 0],
    ] as const) {
      const marked = manifests.map((one) => ({ ...one, artifactType }));
      parts.set('index.json', Buffer.from(JSON.stringify({ schemaVersion: 2, manifests: marked })));
      const read = await readImages(put(makeFolder(t), parts), options);
      assert.equal('images' in read ? read.images.length : 0, count, artifactType);
    }
  });

  test('long names, capabilities, and names that leave the image', async (t) => {
    const long = `${'folder/'.repeat(40)}file`;
    const image = await one(
      t,
      await dockerArchive({
        layers: [
          [
            file(long, 1),
            file('bin/ping', 5, { pax: { 'SCHILY.xattr.security.capability': 'x' } }),
            file('../../etc/passwd', 7),
            file('a/../../b', 7),
            file(`x${'y'.repeat(5000)}`, 7),
          ],
        ],
      }),
    );
    const [layer] = image.layers;
    assert.deepEqual(
      layer?.entries.map(({ path }) => path),
      [long, 'bin/ping'],
    );
    assert.deepEqual(
      layer.entries.map(({ isCapable = false }) => isCapable),
      [false, true],
    );
    assert.equal(layer.refused, 3);
  });

  test('foreign layers are named, not read', async (t) => {
    const parts = await ociLayout([small]);
    const [[path, bytes] = ['', Buffer.alloc(0)]] = [...parts].filter(([, text]) =>
      text.includes('schemaVersion":2,"config'),
    );
    const manifest = JSON.parse(bytes.toString()) as { layers: object[] };
    manifest.layers.unshift({
      mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
      digest: `sha256:${'2'.repeat(64)}`,
    });
    const folder = put(makeFolder(t), parts);
    writeFileSync(join(folder, path), JSON.stringify(manifest));
    const read = await readImages(folder, options);
    assert.ok('images' in read, JSON.stringify(read));
    assert.deepEqual(
      read.images[0]?.layers.map(({ isForeign }) => isForeign),
      [true, false, false],
    );
  });
});

suite('what cannot be read', () => {
  test('no archive, an archive of something else, nothing, a folder', async (t) => {
    assert.equal(await trouble(t, Buffer.from('hello')), 'notAnImage');
    assert.equal(await trouble(t, Buffer.alloc(0)), 'notAnImage');
    assert.equal(await trouble(t, await tarOf([file('readme', 'x')])), 'notAnImage');
    assert.equal(await trouble(t, await tarOf([file('manifest.json', '[]')])), 'noImage');
    assert.equal(
      await trouble(t, await tarOf([file('manifest.json', '[}')])),
      'damaged manifest.json is not JSON',
    );
    const folder = makeFolder(t, { 'a/': '' });
    const read = await readImages(folder, options);
    assert.deepEqual(read, { trouble: { kind: 'notAnImage', detail: '' } });
    assert.deepEqual(await readImages(join(folder, 'none'), options), {
      trouble: { kind: 'missing', detail: '' },
    });
  });

  test('a part that is missing, also one outside of the folder', async (t) => {
    const manifest = '[{"Config":"config.json","Layers":["0/layer.tar"]}]';
    const config = file('config.json', '{}');
    assert.equal(await trouble(t, await tarOf([file('manifest.json', manifest)])), 'blobMissing config.json');
    assert.equal(
      await trouble(t, await tarOf([file('manifest.json', manifest), config])),
      'blobMissing 0/layer.tar',
    );
    const outside = makeFolder(t, {
      'secret.json': '{}',
      'image/manifest.json': '[{"Config":"../secret.json","Layers":[]}]',
    });
    const read = await readImages(join(outside, 'image'), options);
    assert.deepEqual(read, { trouble: { kind: 'blobMissing', detail: '../secret.json' } });
    const parts = await ociLayout([small]);
    for (const path of parts.keys()) if (path.startsWith('blobs/')) parts.delete(path);
    assert.match(await trouble(t, await archiveOf(parts)), /^blobMissing blobs\/sha256\//);
  });

  test('an archive or a layer that ends early, and one in a format that Node.js does not know', async (t) => {
    const archive = await dockerArchive(small);
    assert.equal(await trouble(t, archive.subarray(0, 1500)), 'truncated');
    assert.equal(await trouble(t, gzipSync(archive).subarray(0, 300)), 'truncated');
    const cut = gzipSync(
      await tarOf([file('big', Buffer.from(Array.from({ length: 50_000 }, (_, at) => (at * 7919) % 251)))]),
    );
    const ofCut = await tarOf([
      file('0', cut.subarray(0, cut.length - 200)),
      file('config.json', '{}'),
      file('manifest.json', '[{"Config":"config.json","Layers":["0"]}]'),
    ]);
    assert.equal(await trouble(t, ofCut), 'truncated');
  });

  test('headers of any length are not kept', async (t) => {
    const header = await tarOf([file('a', 1)]);
    // A header for a long name that claims to have eight gigabytes.
    const claim = Buffer.from(header.subarray(0, 512));
    claim.write('77777777777\0', 124);
    claim.write('L', 156);
    claim.fill(' ', 148, 156);
    let sum = 0;
    for (const byte of claim) sum += byte;
    claim.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    const rest = Buffer.alloc(20_000_000, 'a');
    assert.equal(await trouble(t, Buffer.concat([header.subarray(0, 1024), claim, rest])), 'tooMuch headers');
  });

  test('a cancelled reading says so', async (t) => {
    const path = join(makeFolder(t), 'image.tar');
    writeFileSync(path, await dockerArchive(small));
    const read = await readImages(path, { ...options, signal: AbortSignal.abort() });
    assert.deepEqual(read, { trouble: { kind: 'cancelled', detail: '' } });
  });

  test('a link that leads back to itself', async (t) => {
    const folder = makeFolder(t);
    symlinkSync('image.tar', join(folder, 'image.tar'));
    const read = await readImages(join(folder, 'image.tar'), options);
    assert.deepEqual(read, { trouble: { kind: 'system', detail: 'its link leads back to itself' } });
  });
});

test('a layer larger than any header', async (t) => {
  const big = await one(
    t,
    await dockerArchive({ layers: [[file('a', 20_000_000)], [file('b', 20_000_000)]] }),
  );
  assert.deepEqual(
    big.layers.map(({ unpacked }) => unpacked),
    [20_000_000, 20_000_000],
  );
});
