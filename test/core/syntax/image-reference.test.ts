import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  formatReference,
  imageOfDirective,
  imageOfOption,
  imageOfWord,
  parseReference,
  pinnedText,
  splitImage,
} from '../../../server/src/core/syntax/image-reference';
import type { ImageReference } from '../../../server/src/core/syntax/nodes';
import { parse } from '../../../server/src/core/syntax/parse';
import { mark, parseMarked } from '../../harness/marked';

const hex = '0123456789abcdef'.repeat(4);

function imageOf(text: string): ImageReference {
  const [instruction] = parse(text).instructions;
  const word = instruction?.words[0];
  assert.ok(instruction && word);
  return imageOfWord(word, instruction.line);
}

// FROM with marks around host, path, tag and digest; a dash for what is not written.
const written: readonly (readonly [string, readonly (string | undefined)[]])[] = [
  ['«alpine»', [undefined, 'alpine', undefined, undefined]],
  ['«alpine»:«3.20»', [undefined, 'alpine', '3.20', undefined]],
  ['«library/alpine»', [undefined, 'library/alpine', undefined, undefined]],
  ['«docker.io»/«library/alpine»', ['docker.io', 'library/alpine', undefined, undefined]],
  [`«reg:5000»/«a/b»:«1.2»@«sha256:${hex}»`, ['reg:5000', 'a/b', '1.2', `sha256:${hex}`]],
  ['«localhost»/«a»', ['localhost', 'a', undefined, undefined]],
  ['«localhost»:«5000»', [undefined, 'localhost', '5000', undefined]],
  ['«[::1]:5000»/«a»:«b»', ['[::1]:5000', 'a', 'b', undefined]],
  ['«Foo»/«a»', ['Foo', 'a', undefined, undefined]],
  ['«a/b.c»', [undefined, 'a/b.c', undefined, undefined]],
  ['«a.b»/«c»', ['a.b', 'c', undefined, undefined]],
  ['«${REG}»/«x»:«${TAG}»', ['${REG}', 'x', '${TAG}', undefined]],
  ['«$REG»/«x»', ['$REG', 'x', undefined, undefined]],
  ['«${REG:-a.b:5000/c}»/«x»', ['${REG:-a.b:5000/c}', 'x', undefined, undefined]],
  ['«${REG}.io»/«x»', ['${REG}.io', 'x', undefined, undefined]],
  ['«${REG}app/x»', [undefined, '${REG}app/x', undefined, undefined]],
  ['«${IMAGE:-alpine:3}»', [undefined, '${IMAGE:-alpine:3}', undefined, undefined]],
  ['«alpine»:«${A:-${B:-3}}»@«$D»', [undefined, 'alpine', '${A:-${B:-3}}', '$D']],
  ['«alpine»:«»', [undefined, 'alpine', '', undefined]],
  ['«alpine»@«»', [undefined, 'alpine', undefined, '']],
  ['"«alpine»:«3»"', [undefined, 'alpine', '3', undefined]],
  ["'«a.b»/«c»'", ['a.b', 'c', undefined, undefined]],
  ['"«a.b»"/«c»:"«3»"', ['a.b', 'c', '3', undefined]],
  ['«al\\\npine»:«3\\\n.2»', [undefined, 'alpine', '3.2', undefined]],
];

for (const [marked, parts] of written) {
  test(`parts of ${JSON.stringify(marked)}`, () => {
    const source = `FROM --platform=x ${marked} AS y`;
    const { text } = parseMarked(source);
    const image = imageOf(text);
    const found = [image.host, image.path, image.tag, image.digest];
    assert.deepEqual(
      found.map((part) => part?.text),
      parts,
    );
    assert.equal(
      mark(
        text,
        found.flatMap((part) => part?.span ?? []),
      ),
      source,
    );
    assert.equal(image.variable, text.includes('$'));
  });
}

test('an image and its name as a whole', () => {
  const { text, spans } = parseMarked('FROM "««a.b/c»:1»"');
  const { span, name, text: whole } = imageOf(text);
  assert.deepEqual([span, name.span], spans);
  assert.deepEqual([whole, name.text], ['a.b/c:1', 'a.b/c']);
});

test('images of flags, options and directives', () => {
  const { text, spans } = parseMarked(
    '# syntax=docker/dockerfile:«1.7» --x\nCOPY --from=a.b/c:«2» x y\n' +
      'RUN --mount=type=bind,\\\nfrom=d:«3» --mount=\'"from=e:«4»"\' z\n',
  );
  const { directives, instructions } = parse(text);
  const [copy, run] = instructions;
  const from = copy?.flags[0]?.value;
  assert.ok(directives[0] && copy && run && from);
  const images = [
    imageOfDirective(directives[0]),
    imageOfWord(from, copy.line),
    ...run.flags.flatMap(({ options }) =>
      options.filter(({ key }) => key === 'from').map((option) => imageOfOption(option, run.line)),
    ),
  ];
  assert.deepEqual(
    images.map((image) => [image?.tag?.text, image?.tag?.span]),
    [
      ['1.7', spans[0]],
      ['2', spans[1]],
      ['3', spans[2]],
      ['4', spans[3]],
    ],
  );
});

// What distribution/reference 0.6.0 answers.
const valid: readonly (readonly [string, string])[] = [
  ['python', 'docker.io library/python'],
  ['library/python', 'docker.io library/python'],
  ['docker.io/python', 'docker.io library/python'],
  ['index.docker.io/python', 'docker.io library/python'],
  ['foo/bar/baz', 'docker.io foo/bar/baz'],
  ['localhost', 'docker.io library/localhost'],
  ['localhost/foo', 'localhost foo'],
  ['localhost:5000', 'docker.io library/localhost :5000'],
  ['a:5000', 'docker.io library/a :5000'],
  ['localhost:5000/foo', 'localhost:5000 foo'],
  ['a:5000/b', 'a:5000 b'],
  ['[::1]:5000/foo', '[::1]:5000 foo'],
  ['[2001:db8::1]/foo', '[2001:db8::1] foo'],
  ['Foo/bar', 'Foo bar'],
  ['FOO.io/bar', 'FOO.io bar'],
  ['Docker.io/python', 'Docker.io python'],
  ['a.b', 'docker.io library/a.b'],
  ['a.b/c', 'a.b c'],
  ['registry-1.docker.io/library/python', 'registry-1.docker.io library/python'],
  ['example.com:99999/foo', 'example.com:99999 foo'],
  ['0x7f.1/foo', '0x7f.1 foo'],
  ['python:3.13-Slim', 'docker.io library/python :3.13-Slim'],
  ['python:_x', 'docker.io library/python :_x'],
  ['foo__bar', 'docker.io library/foo__bar'],
  ['foo---bar', 'docker.io library/foo---bar'],
  [`python@sha256:${hex}`, `docker.io library/python @sha256:${hex}`],
  [`python:3@sha256:${hex}`, `docker.io library/python :3 @sha256:${hex}`],
  [`python@sha512:${hex}${hex}`, `docker.io library/python @sha512:${hex}${hex}`],
  [`python@sha384:${hex}${hex.slice(32)}`, `docker.io library/python @sha384:${hex}${hex.slice(32)}`],
  [`sha256:${hex}`, `docker.io library/sha256 :${hex}`],
  [`a:${'t'.repeat(128)}`, `docker.io library/a :${'t'.repeat(128)}`],
  [`x.y/${'a/'.repeat(127)}b`, `x.y ${'a/'.repeat(127)}b`],
];

const invalid: readonly (readonly [string, string])[] = [
  ['', 'empty'],
  ['Python', 'uppercase'],
  ['foo/Bar', 'uppercase'],
  ['docker.io/Foo/bar', 'uppercase'],
  ['my.registry/A', 'uppercase'],
  ['python:', 'format'],
  ['python@', 'format'],
  [`python:@sha256:${hex}`, 'format'],
  ['python@sha256:abc', 'format'],
  [`python@sha256:${hex}:tag`, 'format'],
  [`python@sha256:${hex.toUpperCase()}`, 'digest-invalid'],
  [`python@sha256:${hex.slice(1)}`, 'digest-invalid'],
  [`python@md5:${hex.slice(32)}`, 'digest-unsupported'],
  [hex, 'image-id'],
  ['foo___bar', 'format'],
  ['foo..bar', 'format'],
  ['-foo/bar', 'format'],
  ['foo.', 'format'],
  ['a//b', 'format'],
  ['a/b/', 'format'],
  ['/x', 'format'],
  ['https://docker.io/python', 'format'],
  ['user@host/foo', 'format'],
  ['x?y', 'format'],
  ['x#y', 'format'],
  ['x%2fy', 'format'],
  ['../', 'format'],
  ['é', 'format'],
  ['a b', 'format'],
  ['a\n', 'format'],
  ['$X', 'format'],
  ['${X}/a', 'format'],
  ['a_b.c/d', 'format'],
  ['-a.b/c', 'format'],
  ['a:x/b', 'format'],
  ['[::g]/b', 'format'],
  ['[]/b', 'format'],
  ['docker.io/', 'format'],
  [`a:${'t'.repeat(129)}`, 'format'],
  [`x.y/${'a/'.repeat(127)}bc`, 'path-too-long'],
  ['a'.repeat(5000), 'too-long'],
];

test('valid references are normalised as Docker does, and survive being written out', () => {
  for (const [text, wanted] of valid) {
    const parsed = parseReference(text);
    assert.ok(parsed.ok, text);
    const { domain, path, tag, digest } = parsed.ref;
    const shown = `${domain} ${path}${tag === undefined ? '' : ` :${tag}`}${digest === undefined ? '' : ` @${digest}`}`;
    assert.equal(shown, wanted);
    assert.deepEqual(parseReference(formatReference(parsed.ref)), parsed);
  }
});

test('invalid references say why', () => {
  for (const [text, code] of invalid) assert.deepEqual(parseReference(text), { ok: false, code }, text);
});

test('a pinned name keeps the spelling and has a tag', () => {
  const digest = `sha256:${hex}`;
  const rows: readonly (readonly [string, string])[] = [
    ['python', `python:latest@${digest}`],
    ['python:3.13', `python:3.13@${digest}`],
    ['Docker.io/Python:X', `Docker.io/Python:X@${digest}`],
    ['localhost:5000/a', `localhost:5000/a:latest@${digest}`],
    [`python:3@sha256:${'0'.repeat(64)}`, `python:3@${digest}`],
    ['python@', `python:latest@${digest}`],
  ];
  for (const [original, pinned] of rows) assert.equal(pinnedText(original, digest), pinned);
});

test('hostile names are cut up all the same', () => {
  const locate = (start: number, end: number): { start: number; end: number } => ({ start, end });
  for (const text of [
    '',
    '@',
    ':',
    '/',
    '${',
    '${${${',
    '$',
    '@@::',
    '}/{',
    `${'${'.repeat(50_000)}/a:b`,
    'a'.repeat(100_000),
  ]) {
    const image = splitImage(text, locate);
    assert.equal(image.text, text);
    assert.ok(image.path.span.start <= image.path.span.end);
  }
});
