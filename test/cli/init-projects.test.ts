// Projects as people have them: what `drydock init --yes` finds out, or why it stops. Each file of the folder is one project,
// with what is told above its first file; `npm test -- init-projects --update-goldens` writes that anew. Where files are
// written, a second run changes none, and the strict profile finds nothing but pins and what the pattern allows.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { InitFiles } from '../../server/src/cli/init-files';
import type { Terminal } from '../../server/src/cli/terminal';
import { defaultConfig } from '../../server/src/core/lint/config';
import { lint } from '../../server/src/linter';
import { readSurroundings } from '../../server/src/io/surroundings/surroundings';
import { patterns } from '../../server/src/patterns/library';
import { readTxtar } from '../../server/src/patterns/read-pattern';
import { makeFolder } from '../harness/workspace';

const projects = 'test/cli/projects';

const choices = {
  pattern: undefined,
  with: undefined,
  list: false,
  builders: false,
  bases: false,
  yes: true,
  newest: false,
  'dry-run': false,
  patterns: [],
  format: 'text',
} as const;

/** What is printed, without what follows the table of versions and moves with it. */
async function init(folder: string, pattern?: string): Promise<{ ending: unknown; said: string }> {
  let said = '';
  const add = (text: string): void => {
    said += text;
  };
  const terminal = {
    print: add,
    note: () => undefined,
    complain: (text: string) => add(`${text}\n`),
    ask: () => assert.fail('nobody is there'),
  } as unknown as Terminal;
  const files = new InitFiles(folder, new Map(), { ...choices, pattern }, terminal);
  const ending = await files.run();
  await files.dispose();
  return { ending, said: said.replaceAll(/^.* from the table of .*\n/gm, '').replaceAll(/ {2,}/g, '  ') };
}

function allFiles(folder: string): readonly (readonly [string, string])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => [path, readFileSync(path, 'utf8')] as const);
}

test('every pattern goes into an empty folder, or asks', async (t) => {
  for (const { id, as, parameters, files } of patterns) {
    const { ending, said } = await init(makeFolder(t), id);
    const isOpen = parameters.some(({ required }) => required === true);
    assert.equal(ending, isOpen ? 'open' : 'clean', said);
    // A part has no file: it is printed.
    const words = (text = ''): string => text.replaceAll(/\s+/g, ' ');
    if (as === 'part' && !isOpen) assert.ok(words(said).includes(words(files[0]?.text.split('«')[0])), said);
    else assert.match(said, isOpen ? /Give --set / : new RegExp(`^Pattern: ${id},`));
  }
});

for (const name of readdirSync(projects)) {
  test(name.replace(/\.txt$/, ''), async (t) => {
    const path = join(projects, name);
    const text = readFileSync(path, 'utf8');
    const folder = makeFolder(t, Object.fromEntries(readTxtar(text)));
    const { ending, said } = await init(folder);
    const start = /^-- /m.exec(text)?.index ?? text.length;
    const told = `${String(ending)}\n${said}\n`;
    if (process.env['DRYDOCK_UPDATE_GOLDENS']) writeFileSync(path, told + text.slice(start));
    else assert.equal(told, text.slice(0, start));

    const written = allFiles(folder);
    await init(folder);
    assert.deepEqual(allFiles(folder), written);
    if (ending !== 'clean') return;
    const id = /^Pattern: ([\w-]+)/.exec(said)?.[1];
    const { allows = {} } = patterns.find((one) => one.id === id) ?? {};
    const dockerfile = join(folder, 'Dockerfile');
    const content = readFileSync(dockerfile, 'utf8');
    const { facts } = readSurroundings(dockerfile, content, { contextRoot: folder, configRoot: folder });
    const { findings } = lint(content, { ...defaultConfig, profile: 'strict' }, facts);
    // Sources that lie in several places at the top are copied with all that the ignore file leaves.
    const isWhole = /^ +(?:source|folder) = \. /m.test(said);
    const ids = findings.map(({ rule }) => rule.id).filter((one) => !isWhole || one !== 'copy-everything');
    assert.deepEqual(
      [...new Set(ids)].filter((one) => one !== 'image-digest-missing' && !(one in allows)),
      [],
    );
  });
}
