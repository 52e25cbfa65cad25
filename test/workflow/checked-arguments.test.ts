// What may reach the arguments of a program, and what may not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  buildArgName,
  filePath,
  fileIn,
  folderPath,
  imageId,
  imageName,
  imageReference,
  platformName,
  portName,
  secretId,
  secretSource,
  sshSource,
  stageTarget,
  suggestImageName,
} from '../../server/src/workflow/checked-arguments';
import { checked } from '../harness/build-order';

/** What none of the makers may let through. */
const never = ['', '-x', '--tag', '--output=/etc/passwd', 'a b', 'a\nb', 'a\0b', '$(id)', 'a;b', "a'b", ' a'];

/** Ways to name another kind of source, as scanners and engines read them. */
const sources = [
  'sbom:/etc/passwd',
  'sbom:./x.json',
  'docker-archive:/x.tar',
  'oci-dir:/x',
  'dir:/',
  'dir:.',
  'file:/etc/passwd',
  'registry:/x',
  'docker-daemon:',
  'https://example.com/x',
  'fs:///',
  'local://x',
  '/etc/passwd',
  './x',
  '../x',
];

test('no maker takes an option, a blank or what a shell reads', () => {
  for (const maker of [
    imageName,
    imageReference,
    folderPath,
    filePath,
    buildArgName,
    stageTarget,
    platformName,
    imageId,
    portName,
    secretId,
    secretSource,
    sshSource,
  ]) {
    for (const text of never) {
      // A file may have any name; it is absolute and holds no zero character.
      if (text.startsWith('/')) continue;
      const harmless = maker === buildArgName && /^[$a][^\s\0]*$/.test(text);
      if (!harmless) assert.equal(maker(text), undefined, `${maker.name}: ${JSON.stringify(text)}`);
    }
  }
});

test('neither a name nor a reference of an image is another kind of source', () => {
  for (const text of sources) {
    assert.equal(imageName(text), undefined, text);
    assert.equal(imageReference(text), undefined, text);
  }
});

test('names of images', () => {
  for (const name of [
    'app',
    'app:dev',
    'a/b-c/d_e:1.0',
    'localhost:5000/app:x',
    'r.example.com/team',
    '[::1]:5000/x',
  ]) {
    assert.equal(imageName(name), name);
  }
  for (const name of ['App', 'app:', ':dev', 'app:dev:dev', 'a//b', 'app@sha256:00', 'a..b', 'a'.repeat(256)])
    assert.equal(imageName(name), undefined, name);
});

test('references of images', () => {
  for (const name of [
    'debian',
    'debian:12',
    'registry:2',
    'debian:12@sha256:0123',
    'ghcr.io/Team/x@sha256:0123',
    'localhost:5000/app',
  ]) {
    assert.equal(imageReference(name), name);
  }
});

test('ids of images are whole', () => {
  const hex = '0123456789abcdef'.repeat(4);
  assert.equal(imageId(hex), hex);
  assert.equal(imageId(`sha256:${hex}`), hex);
  for (const text of [hex.slice(1), `${hex}0`, `sha512:${hex}`, hex.toUpperCase()])
    assert.equal(imageId(text), undefined, text);
});

test('sources of secrets are a variable or a file, which a builder does not split', () => {
  for (const text of ['env=TOKEN', 'src=/home/me/a b', 'src=C:\\token'])
    assert.equal(secretSource(text), text);
  for (const text of [
    'token',
    'env=',
    'env=A=B',
    'env=1',
    'src=x',
    'src=/a,b',
    'src=/a"b',
    'src=/a\nb',
    'type=env',
  ])
    assert.equal(secretSource(text), undefined, text);
  for (const text of ['agent', '/home/me/.ssh/id']) assert.equal(sshSource(text), text);
  for (const text of ['', 'default', '~/.ssh/id', '/a,b']) assert.equal(sshSource(text), undefined, text);
  for (const text of ['token', 'a.b-c', '_x', '1']) assert.equal(secretId(text), text);
  for (const text of ['a,src=/etc/shadow', 'a=b', '-x', '']) assert.equal(secretId(text), undefined, text);
});

test('paths are absolute', () => {
  for (const path of ['/p', '/', "/it's here", 'C:\\p', 'c:/p', '\\\\server\\share']) {
    assert.equal(folderPath(path), path);
    assert.equal(filePath(path), path);
  }
  for (const path of ['p', './p', '../p', '~', 'C:p', 'dir:/p', '/p\0.tar'])
    assert.equal(folderPath(path), undefined, path);
  assert.equal(fileIn(checked(folderPath, '/s'), 'x.tar'), '/s/x.tar');
  assert.equal(fileIn(checked(folderPath, 'C:\\s'), 'x.tar'), 'C:\\s\\x.tar');
});

test('platforms, stages and build arguments', () => {
  for (const name of ['linux/arm64', 'linux/arm/v7', 'local', 'windows(10.0.17763)/amd64'])
    assert.equal(platformName(name), name);
  for (const name of ['linux/amd64,linux/arm64', 'a/b/c/d', 'linux/'])
    assert.equal(platformName(name), undefined);
  for (const name of ['build', '0', 'stage-1', 'a_b.c']) assert.equal(stageTarget(name), name);
  for (const name of ['V', 'my-arg', 'a.b']) assert.equal(buildArgName(name), name);
  for (const name of ['A=1', 'A B']) assert.equal(buildArgName(name), undefined);
});

test('suggested names are names, and tell variants apart', () => {
  const cases: readonly [string, string, string][] = [
    ['shop', 'Dockerfile', 'shop:dev'],
    ['My Shop_2', 'Dockerfile', 'my-shop-2:dev'],
    ['shop', 'Dockerfile.web', 'shop-web:dev'],
    ['shop', 'worker.Dockerfile', 'shop-worker:dev'],
    ['shop', 'api.dockerfile', 'shop-api:dev'],
    ['Käse', 'Containerfile', 'ka-se:dev'],
    ['日本', 'Dockerfile', 'image:dev'],
    [`${'a'.repeat(99)}-b`, 'Dockerfile', `${'a'.repeat(99)}:dev`],
  ];
  for (const [folder, file, expected] of cases) {
    assert.equal(suggestImageName(folder, file), expected);
    assert.equal(imageName(expected), expected);
  }
});
