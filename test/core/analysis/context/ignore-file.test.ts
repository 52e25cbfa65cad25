// What a .dockerignore leaves out. The answers are those of moby's patternmatcher 0.6.1, which BuildKit uses.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IgnoreFile } from '../../../../server/src/core/analysis/context/ignore-file';

interface Row {
  readonly name: string;
  readonly text: string;
  /** Paths the builder does not see. */
  readonly out: readonly string[];
  /** Paths it sees. */
  readonly in: readonly string[];
}

const rows: readonly Row[] = [
  {
    name: 'a name is anchored at the root',
    text: 'node_modules\n',
    out: ['node_modules', 'node_modules/a/b.js'],
    in: ['web/node_modules', 'node_modules2', 'node_module'],
  },
  {
    name: 'a path is anchored too',
    text: 'web/dist\n',
    out: ['web/dist', 'web/dist/a.js'],
    in: ['web', 'dist', 'api/web/dist'],
  },
  {
    name: 'a slash in front and one behind mean nothing',
    text: '/build/\n',
    out: ['build', 'build/x'],
    in: ['src/build'],
  },
  {
    name: 'a dot in front means nothing',
    text: './build/./out\n',
    out: ['build/out', 'build/out/x'],
    in: ['build', 'out'],
  },
  {
    name: 'dots that lead up are worked in',
    text: 'build/../out\n/../top\n',
    out: ['out', 'top'],
    in: ['build', 'build/out'],
  },
  { name: 'dots that lead out match nothing', text: '../secret\n', out: ['../secret'], in: ['secret'] },
  {
    name: 'a star stops at a slash',
    text: '*.log\n',
    out: ['a.log', '.log', 'a.log/b'],
    in: ['logs/a.log', 'a.log.txt'],
  },
  {
    name: 'a star for a folder',
    text: '*/temp*\n',
    out: ['a/temp', 'a/temporary.txt'],
    in: ['temp', 'a/b/temp'],
  },
  { name: 'two stars for folders', text: '*/*/temp*\n', out: ['a/b/temp'], in: ['a/temp', 'a/b/c/temp'] },
  {
    name: 'a question mark is one character',
    text: 'temp?\n',
    out: ['tempa', 'temp1/x'],
    in: ['temp', 'temp/x', 'tempab'],
  },
  { name: 'two stars in front', text: '**/*.go\n', out: ['a.go', 'a/b.go', 'a/b/c.go'], in: ['a.gob'] },
  {
    name: 'two stars in front of a name',
    text: '**/node_modules\n',
    out: ['node_modules', 'a/node_modules', 'a/b/node_modules/c'],
    in: ['my_node_modules', 'a/my_node_modules'],
  },
  {
    name: 'two stars without a slash in front of a name',
    text: '**cache\n',
    out: ['cache', 'a/cache', 'mycache', 'a/mycache'],
    in: ['cache2'],
  },
  { name: 'two stars behind', text: 'logs/**\n', out: ['logs/a', 'logs/a/b'], in: ['logs', 'logs2/a'] },
  { name: 'two stars behind a name', text: 'lib**\n', out: ['lib', 'lib/a', 'library'], in: ['my/lib'] },
  {
    name: 'two stars between',
    text: 'src/**/test\n',
    out: ['src/test', 'src/a/test', 'src/a/b/test', 'src/a/test/x'],
    in: ['src/testing', 'a/src/test'],
  },
  {
    name: 'two stars between names without slashes',
    text: 'a**b\n',
    out: ['ab', 'a/b', 'ax/b', 'a/x/b'],
    in: ['axb'],
  },
  { name: 'two stars alone', text: '**\n', out: ['a', 'a/b', '.git'], in: [] },
  { name: 'one star alone', text: '*\n', out: ['a', 'a/b', '.git'], in: [] },
  { name: 'a dot alone means nothing', text: '.\n', out: [], in: ['a', 'a/b'] },
  { name: 'a slash alone means nothing', text: '/\n', out: [], in: ['a', 'a/b'] },
  { name: 'three stars', text: '***\n', out: ['a', 'a/b'], in: [] },
  {
    name: 'stars on both sides',
    text: '**/cache/**\n',
    out: ['cache/a', 'x/cache/a'],
    in: ['cache', 'x/cache', 'caches/a'],
  },
  { name: 'dot files by a star', text: ' .*\n', out: ['.git', '.git/config'], in: ['a/.git', 'a.b'] },
  {
    name: 'what comes last decides',
    text: '*\n!package.json\n!src\nsrc/*.test.js\n',
    out: ['src/a.test.js', 'README.md'],
    in: ['package.json', 'src', 'src/a.js', 'src/b/a.test.js'],
  },
  { name: 'the other way round', text: '!src\n*\n', out: ['src', 'a'], in: [] },
  {
    name: 'back, and out again',
    text: '*.md\n!README*.md\nREADME-secret.md\n',
    out: ['a.md', 'README-secret.md'],
    in: ['README.md', 'README-more.md'],
  },
  {
    name: 'back out of a folder that is left out',
    text: 'build\n!build/keep\n',
    out: ['build', 'build/a'],
    in: ['build/keep', 'build/keep/x'],
  },
  {
    name: 'back by stars',
    text: '**/*.md\n!**/README.md\n',
    out: ['a.md', 'docs/a.md'],
    in: ['README.md', 'docs/README.md'],
  },
  { name: 'blanks behind the exclamation mark', text: '*\n! keep\n', out: ['a'], in: ['keep'] },
  { name: 'a second exclamation mark is a name', text: '*\n!!odd\n', out: ['odd'], in: ['!odd'] },
  { name: 'an exclamation mark in the middle', text: 'a!b\n', out: ['a!b'], in: ['a', 'b'] },
  { name: 'comments begin in the first column', text: '#a\n #b\n\\#c\n', out: ['#b', '#c'], in: ['#a', 'a'] },
  { name: 'no comment behind a pattern', text: 'a # b\n', out: ['a # b'], in: ['a'] },
  { name: 'blanks around, and empty lines', text: '\n   a  \n\t\nb\t\n\n', out: ['a', 'b'], in: [' a'] },
  { name: 'blanks inside belong to it', text: 'a b\n', out: ['a b'], in: ['a', 'b'] },
  { name: 'ends of line of Windows', text: 'a\r\n#b\r\n!c\r\n*.d\r\n', out: ['a', 'x.d'], in: ['b', 'c'] },
  { name: 'without an end of line', text: 'a\nb', out: ['a', 'b'], in: [] },
  { name: 'a byte order mark', text: '\uFEFFa\n\uFEFFb\n', out: ['a'], in: ['b'] },
  { name: 'a byte order mark in front of a comment', text: '\uFEFF#a\nb\n', out: ['b'], in: ['a', '#a'] },
  { name: 'escaped characters', text: '\\*\n\\!a\nb\\?\n', out: ['*', '!a', 'b?'], in: ['a', 'bc', 'x'] },
  {
    name: 'classes',
    text: 'file[0-9].txt\n[!x]y\n[^z]w\n',
    out: ['file1.txt', '!y', 'xy', 'aw'],
    in: ['filea.txt', 'ay', 'zw'],
  },
  { name: 'a bracket that is escaped', text: '\\[a\\]\n', out: ['[a]'], in: ['a'] },
  {
    name: 'characters of expressions in a name',
    text: 'a+b\n(c)\nd.e\nf$\ng|h\n{i,j}\n^k\n',
    out: ['a+b', '(c)', 'd.e', 'f$', 'g|h', '{i,j}', '^k'],
    in: ['aab', 'c', 'dxe', 'f', 'g', 'i', 'k'],
  },
  {
    name: 'and in a pattern',
    text: 'a+b*\n(c)*\nd.e*\nf$*\n',
    out: ['a+bx', '(c)x', 'd.ex', 'f$x'],
    in: ['aab', 'c', 'dxe', 'f'],
  },
  { name: 'case counts', text: 'README\n', out: ['README'], in: ['readme'] },
  { name: 'not only ASCII', text: 'caché*\n?\n', out: ['caché1', 'é'], in: ['cach', 'éé'] },
  { name: 'slashes behind each other', text: 'a//b\n', out: ['a/b'], in: ['a', 'b'] },
  { name: 'a file of a folder that is left out', text: 'vendor\n', out: ['vendor/a/b/c/d'], in: [] },
];

for (const { name, text, out, in: kept } of rows) {
  test(`ignore file: ${name}`, () => {
    const ignore = new IgnoreFile(text);
    const paths = [...out, ...kept].sort();
    assert.deepEqual(
      paths.filter((path) => ignore.ignores(path)),
      [...out].sort(),
    );
  });
}

test('a pattern the builder refuses is left out, and the others count', () => {
  for (const text of ['[a\nb\n', 'a[]\nb\n', '[z-a]\nb\n', '!\nb\n', 'x\\\nb\n']) {
    const ignore = new IgnoreFile(text);
    assert.equal(ignore.ignores('b'), true, text);
    assert.equal(ignore.ignores('a'), false, text);
  }
});
