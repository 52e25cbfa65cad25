// The commands of a release as they are started, in a folder without a repository: each says what is missing or wrong.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { tag } from '../../server/src/cli/commands/tag';
import { heardTerminal } from '../harness/heard-terminal';
import { machineWith } from '../harness/runs';
import { makeFolder } from '../harness/workspace';

test('what is missing or wrong is said, and nothing is printed as if it had passed', (t) => {
  const folder = makeFolder(t, { VERSION: '1.4.0\n', key: '' });
  const cli = join(process.cwd(), 'dist', 'cli.js');
  const options = { encoding: 'utf8', cwd: folder, env: { HOME: folder, PATH: folder } } as const;
  const cases: readonly (readonly [words: string, said: RegExp])[] = [
    ['tag app:dev --sha', /no commit is known/],
    ['tag app:dev --tag latest', /latest alone does not say later which image it was/],
    ['tag app:dev --version 1.4', /1\.4 is not a full version such as 1\.4\.0/],
    ['push app:latest', /app:latest has the tag latest alone: give --version or --sha/],
    ['sign r.io/app --key key', /r\.io\/app has neither a tag nor a digest/],
    ['sign r.io/app:1 --key nothing', /the key nothing is not there/],
    ['attest r.io/app:1 --key key --sbom VERSION', /VERSION is neither an SPDX nor a CycloneDX document/],
    ['verify r.io/app:1 --identity me', /give either --key FILE, or --identity NAME and --issuer URL/],
    ['run app:dev --output x', /--output goes with --service/],
    ['run', /run needs an image/],
    ['push', /push needs an image/],
    ['push App', /App is not the name of an image/],
    ['tag', /tag needs an image/],
    ['tag app:dev app:2', /tag takes one image/],
    ['sign r.io/app:1 r.io/app:2 --key key', /sign takes one image of a registry/],
  ];
  for (const [words, said] of cases) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words.split(' ')], options);
    assert.equal(status, 2, words);
    assert.match(stderr, said, words);
    assert.equal(stdout, '', words);
  }
});

test('the option --version of a command is its own; elsewhere it tells the version of Drydock', () => {
  const call = (...words: string[]): string =>
    spawnSync(process.execPath, ['dist/cli.js', ...words], { encoding: 'utf8' }).stdout;
  assert.match(call('--version'), /^drydock \d/);
  assert.match(call('check', '--version'), /^drydock \d/);
  assert.equal(call('tag', 'app:dev', '--version', 'x'), '');
});

/** Buildah with one image. It keeps the names that it gives in a file beside it. */
const buildah = `#!/bin/sh
case "$1 $2 $3" in
  '--version  ') echo 'buildah version 1.33.7' ;;
  'inspect --type=image app:'*) echo '{"FromImageID":"${'a'.repeat(64)}"}' ;;
  tag*) echo "$*" >> "\${0%/*}/tagged" ;;
  *) echo 'no such image' >&2; exit 125 ;;
esac
`;

test('the engine whose store has the image gives it its tags; an image that no engine has is said', async (t) => {
  const { machine, folder } = machineWith(t, { buildah });
  const name = (image: string): ReturnType<typeof heardTerminal> & { readonly ended: Promise<unknown> } => {
    const heard = heardTerminal();
    return { ...heard, ended: tag.run([image, '--version', '1.4.0'], heard.terminal, machine) };
  };
  const known = name('app:dev');
  assert.equal(await known.ended, 'clean', known.heard.out + known.heard.said);
  assert.match(readFileSync(join(folder, 'tagged'), 'utf8'), /^tag (?:.* )?app:dev app:1\.4\.0\n$/);
  assert.match(known.heard.out, /^app:1\.4\.0: tagged/m);
  const unknown = name('other:dev');
  assert.equal(await unknown.ended, 'undone');
  assert.match(unknown.heard.said, /no engine has an image other:dev\. Build it first, or check the name/);
});
