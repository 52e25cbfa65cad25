// `drydock inspect` and `drydock size` as they are started, on archives of images.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { suite, test } from 'node:test';
import { dockerArchive, file } from '../harness/image-archive';
import type { ImageText } from '../harness/image-archive';
import { makeFolder } from '../harness/workspace';

interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function drydock(cwd: string, ...args: readonly string[]): Promise<Ended> {
  const env = { PATH: cwd, HOME: cwd };
  return new Promise((done) => {
    execFile(process.execPath, [resolve('dist/cli.js'), ...args], { cwd, env }, (error, stdout, stderr) =>
      done({ status: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

/** Bytes that gzip cannot make fewer. */
function noise(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = 12345;
  for (let at = 0; at < length; at += 1) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    bytes[at] = state >>> 16;
  }
  return bytes;
}

const base = noise(1_100_000);
const dockerfile = 'FROM scratch\nCOPY base /base\nCOPY more /more\n';

function app(more: number, extra: Partial<ImageText> = {}): ImageText {
  return {
    layers: [[file('base', base)], [file('more', base.subarray(0, more))]],
    steps: ['COPY base /base # buildkit', 'COPY more /more # buildkit'],
    ...extra,
  };
}

suite('inspect', () => {
  test('text, JSON and Markdown, with the lines of the file', async (t) => {
    const folder = makeFolder(t, { Dockerfile: dockerfile });
    writeFileSync(join(folder, 'app.tar'), await dockerArchive(app(2000)));
    const text = await drydock(folder, 'inspect', 'app.tar', '--file', 'Dockerfile', '--surface');
    assert.deepEqual([text.status, text.stderr], [0, '']);
    assert.match(
      text.stdout,
      /^app\.tar \(linux\/amd64\)\n1\.1 MB unpacked, 1\.1 MB compressed, as gzip packs it, 2 layers/,
    );
    assert.match(text.stdout, /2\.0 kB +[\d.]+ kB +Dockerfile:3 COPY more \/more\n/);
    assert.match(text.stdout, /CA certificates +no\n/);
    const json = await drydock(
      folder,
      'inspect',
      'app.tar',
      '--file',
      'Dockerfile',
      '--format',
      'json',
      '--top',
      '1',
    );
    const [report] = JSON.parse(json.stdout) as readonly {
      steps: readonly { line: number }[];
      biggest: unknown[];
    }[];
    assert.deepEqual(
      report?.steps.map(({ line }) => line),
      [2, 3],
    );
    assert.equal(report.biggest.length, 1);
    const markdown = await drydock(folder, 'inspect', 'app.tar', '--format', 'markdown');
    assert.match(
      markdown.stdout,
      /^# app\.tar \(linux\/amd64\)\n\n[^#]+## Size of each instruction\n\n\| unpacked \|/,
    );
    const same = await drydock(folder, 'inspect', 'app.tar', '--compare', 'app.tar');
    assert.match(same.stdout, /New files\nNone\.\n/);
  });

  test('what is missing or cannot be read is status 2 with a reason', async (t) => {
    const folder = makeFolder(t, { text: 'hello', 'empty/': '' });
    const cases: readonly (readonly [string[], RegExp])[] = [
      [['text'], /^drydock: cannot read text: it is neither an archive/],
      [['--compare'], /needs a value/],
      [['a', 'b'], /inspect takes one image/],
      [['a', '--top', '0'], /--top must be a number/],
      [['a', '--platform', '--x'], /Option|platform/],
      [['-'], /neither an image name/],
      [['nope:1'], /cannot find the image nope:1\ndrydock: {3}\S/],
      [['text', '--file', 'none'], /cannot read none: there is no such file/],
    ];
    for (const [words, said] of cases) {
      const { status, stderr } = await drydock(folder, 'inspect', ...words);
      assert.equal(status, 2, words.join(' '));
      assert.match(stderr, said);
    }
  });
});

suite('size', () => {
  const put = async (folder: string, more: number): Promise<void> =>
    writeFileSync(join(folder, 'app.tar'), await dockerArchive(app(more)));

  test('a budget: missing is 2, within is 0, beyond is 1 with the instruction and the file', async (t) => {
    const folder = makeFolder(t, { Dockerfile: dockerfile });
    await put(folder, 2000);
    const plain = await drydock(folder, 'size', 'app.tar');
    assert.deepEqual([plain.status, plain.stderr], [0, '']);
    assert.match(
      plain.stdout,
      /^app\.tar \(linux\/amd64\): 1\.1 MB compressed \(as gzip packs it\), 1\.1 MB unpacked\n$/,
    );

    const missing = await drydock(folder, 'size', 'app.tar', '--check');
    assert.equal(missing.status, 2);
    assert.match(
      missing.stderr,
      /there is no baseline: \.drydock-size\.json is missing\. Write it with --write-baseline/,
    );

    const written = await drydock(folder, 'size', 'app.tar', '--write-baseline');
    assert.equal(written.status, 0, written.stderr);
    const text = readFileSync(join(folder, '.drydock-size.json'), 'utf8');
    assert.match(text, /"team\/app": \{\n {6}"linux\/amd64": \{/);
    await drydock(folder, 'size', 'app.tar', '--write-baseline');
    assert.equal(readFileSync(join(folder, '.drydock-size.json'), 'utf8'), text);

    await put(folder, 2000 + 54_000);
    const fine = await drydock(folder, 'size', 'app.tar', '--check', '--floor', '20kB');
    assert.equal(fine.status, 0, fine.stderr);
    assert.match(
      fine.stdout,
      /\+54 kB \(\+4\.9 %\) compressed since \.drydock-size\.json[^]*fine: at most 5 % and 20 kB/,
    );
    assert.equal(
      (await drydock(folder, 'size', 'app.tar', '--check', '--limit', '4%', '--floor', '20kB')).status,
      1,
    );
    assert.equal((await drydock(folder, 'size', 'app.tar', '--check', '--limit', '4%')).status, 0);

    await put(folder, 1_002_000);
    const grown = await drydock(folder, 'size', 'app.tar', '--check', '--file', 'Dockerfile');
    assert.equal(grown.status, 1);
    assert.match(
      grown.stdout,
      /too much: more than 5 %[^]*\+1\.0 MB {2}Dockerfile:3 COPY more \/more\n {2}\+1\.0 MB {2}\/more \(new, or small before\)\n/,
    );
    assert.equal((await drydock(folder, 'size', 'app.tar')).status, 0);
    const json = await drydock(folder, 'size', 'app.tar', '--check', '--format', 'json', '--unpacked');
    const [size] = JSON.parse(json.stdout) as readonly {
      measure: string;
      isTooMuch: boolean;
      step: { instruction: string };
    }[];
    assert.deepEqual(
      [size?.measure, size?.isTooMuch, size?.step.instruction],
      ['unpacked', true, 'COPY more /more'],
    );
  });

  test('an image as the baseline, one that is missing, and files that are none', async (t) => {
    const folder = makeFolder(t, { 'not.json': '{}' });
    await put(folder, 1000);
    writeFileSync(
      join(folder, 'old.tar'),
      await dockerArchive({ layers: [[file('base', 1000)]], steps: ['COPY base /base'] }),
    );
    const grown = await drydock(folder, 'size', 'app.tar', '--check', '--baseline', 'old.tar');
    assert.equal(grown.status, 1, grown.stderr);
    assert.match(grown.stdout, /since old\.tar/);
    const none = await drydock(folder, 'size', 'app.tar', '--check', '--baseline', 'team/app:0');
    assert.equal(none.status, 2);
    assert.match(none.stderr, /there is no baseline: cannot find the image team\/app:0/);
    for (const path of ['gone.json', './gone', '../gone.tar']) {
      const gone = await drydock(folder, 'size', 'app.tar', '--check', '--baseline', path);
      assert.equal(gone.status, 2);
      assert.match(
        gone.stderr,
        /^drydock: there is no baseline: \S*gone\S* is missing\. Write it with --write-baseline of drydock size, and commit it\n$/,
      );
    }
    const wrong = await drydock(folder, 'size', 'app.tar', '--check', '--baseline', 'not.json');
    assert.equal(wrong.status, 2);
    assert.match(wrong.stderr, /not\.json is not a baseline/);
    writeFileSync(join(folder, 'other.json'), '{"version":1,"images":{"other":{}}}');
    const other = await drydock(folder, 'size', 'app.tar', '--check', '--baseline', 'other.json');
    assert.equal(other.status, 2);
    assert.match(other.stderr, /has no size of team\/app, but of other\. Add it with --write-baseline/);
    const unknown = await drydock(folder, 'size', '--build');
    assert.equal(unknown.status, 2);
    assert.match(unknown.stderr, /there is no Dockerfile in \./);
  });
});
