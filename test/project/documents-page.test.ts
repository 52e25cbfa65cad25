// The page that says where Drydock answers the documents names only patterns, rules, commands and options that are there.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { commands } from '../../server/src/cli/commands/commands';
import { profiles } from '../../server/src/core/lint/profiles';
import { rules } from '../../server/src/linter';
import { linkPatterns, readPatterns } from '../../server/tools/pattern-files';

const page = readFileSync('server/docs/documents.md', 'utf8');

/** The cells of every row, without the heads of the tables. */
const rows = [...page.matchAll(/^\| (.*) \|$/gm)]
  .map(([, text = '']) => text.split(' | '))
  .filter(([part]) => part !== 'Part' && part !== '---');

function all(expression: RegExp): readonly string[] {
  return [...new Set([...page.matchAll(expression)].map(([, name = '']) => name))];
}

test('each row has three cells, and the last says where the answer is', () => {
  assert.ok(rows.length > 150, String(rows.length));
  for (const cells of rows) {
    const said = cells.join(' | ');
    assert.equal(cells.length, 3, said);
    assert.match(cells[2] ?? '', /\]\(|\*\*|`drydock |Not found|No pattern|No rule/, said);
  }
});

test('every pattern is there, and its link leads to it', () => {
  const pages = readPatterns();
  const ids = new Set(pages.map(({ pattern }) => pattern.id));
  const named = all(/\[`([^`]+)`\]\(patterns\.md#/g);
  assert.ok(named.length > 60, String(named.length));
  assert.deepEqual(
    named.filter((id) => !ids.has(id)),
    [],
  );
  assert.equal(linkPatterns(page, pages), page, 'npm run generate');
});

test('every rule is there', () => {
  const ids = new Set(rules.map(({ id }) => id));
  const named = [...page.matchAll(/\[([a-z-]+)\]\(rules\/((?!README)[^)]*)\.md\)/g)];
  assert.ok(named.length > 80, String(named.length));
  for (const [link, id = '', target] of named) {
    assert.ok(ids.has(id), link);
    assert.equal(target, id);
  }
  for (const id of all(/profile `(\w+)`/g)) assert.ok((profiles as readonly string[]).includes(id), id);
});

test('every command of the editor is there', () => {
  const manifest = readFileSync('package.json', 'utf8');
  const texts = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Readonly<Record<string, string>>;
  const titles = Object.entries(texts).flatMap(([key, text]) =>
    manifest.includes(`"title": "%${key}%"`) ? text : [],
  );
  const others = ['commands', 'build-and-scan'].map((name) => readFileSync(`server/docs/${name}.md`, 'utf8'));
  for (const name of all(/\*\*([^*]+)\*\*/g)) {
    if (/^(?:Broken|Not answered|not answered)$/.test(name)) continue;
    if (name.startsWith('Drydock: ')) assert.ok(titles.includes(name.slice('Drydock: '.length)), name);
    // Of menus and notifications, which the other pages tell of.
    else
      assert.ok(
        others.some((text) => text.replaceAll('\n', ' ').includes(`**${name}**`)),
        name,
      );
  }
});

test('every call of the command line is understood', async () => {
  const ids = new Set(readPatterns().map(({ pattern }) => pattern.id));
  const calls = all(/`drydock ([^`]+)`/g);
  assert.ok(calls.length > 2);
  for (const call of calls) {
    const [name, ...words] = call.split(' ');
    const command = await commands.find((one) => one.name === name)?.load();
    assert.ok(command, call);
    for (const [at, word] of words.entries()) {
      if (word.startsWith('--')) assert.ok(word.slice(2) in (command.options ?? {}), call);
      else if (words[at - 1] === '--pattern') assert.ok(ids.has(word), call);
    }
  }
});
