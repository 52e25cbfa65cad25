// What the pages for users say about names, options and formats is what the code does.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { posix } from 'node:path';
import { suite, test } from 'node:test';
import { parse as parseYaml } from 'yaml';
import { commands } from '../../server/src/cli/commands/commands';
import { readCheckArguments } from '../../server/src/cli/check-arguments';
import { configOptions } from '../../server/src/core/lint/config';
import { readConfig } from '../../server/src/core/lint/read-config';
import { lint, rules } from '../../server/src/linter';
import { lintFile } from '../../server/src/service/lint-file';
import { report } from '../../server/src/service/report';
import { noSurroundings } from '../../server/src/service/surroundings';

/** Every page for people, with the folder its links start from. */
const pages = new Map(
  [
    'README.md',
    'CHANGELOG.md',
    '.github/CONTRIBUTING.md',
    ...readdirSync('server/docs')
      .filter((name) => name.endsWith('.md'))
      .map((name) => `server/docs/${name}`),
  ].map((path) => [path, readFileSync(path, 'utf8')]),
);

/** Text of a page below server/docs. */
function page(name: string): string {
  const text = pages.get(`server/docs/${name}.md`);
  assert.ok(text !== undefined, `there is no page ${name}`);
  return text;
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly title: string }[];
  };
}
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const texts = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Readonly<Record<string, string>>;

/** Text of a chapter of a page, without that of its parts. A single `#` is a comment in an example. */
function chapter(name: string, title: string): string {
  const [, text = ''] = page(name).split(new RegExp(`^##+ ${title}\\n`, 'm'));
  return text.split(/^##+ /m)[0] ?? '';
}

/** Code words of the first column of the tables in a text. */
function names(text: string): string[] {
  return [...text.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word),
  );
}

/** Names of all fields that a JSON schema describes. */
function fieldsOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) => [
    ...(key === 'properties' ? Object.keys(value as object) : []),
    ...fieldsOf(value),
  ]);
}

/** The blocks of a language in a text. */
function blocks(language: string, text: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, body = '']) => body,
  );
}

suite('the pages for users', () => {
  test('lead to files and chapters that are there', () => {
    const anchors = (text: string): string[] =>
      [...text.matchAll(/^##+ (.*)$/gm)].map(([, title = '']) =>
        title
          .toLowerCase()
          .replaceAll(/[^\w -]/g, '')
          .replaceAll(' ', '-'),
      );
    for (const [path, text] of pages) {
      for (const [, target = ''] of text.matchAll(/\]\((?!https:)([^)]+)\)/g)) {
        const [file = '', anchor] = target.split('#');
        const to = file === '' ? path : posix.join(posix.dirname(path), file);
        assert.ok(existsSync(to), `${path} links to ${target}`);
        if (anchor !== undefined)
          assert.ok(anchors(readFileSync(to, 'utf8')).includes(anchor), `${path} links to ${target}`);
      }
    }
  });

  test('begin with one that fits on a screen', () => {
    assert.ok((pages.get('README.md') ?? '').split('\n').length <= 80);
  });

  test('names every command of the palette', () => {
    const said = page('commands');
    for (const { title } of manifest.contributes.commands) {
      const text = texts[title.replaceAll('%', '')] ?? title;
      assert.ok(said.includes(text), text);
    }
  });

  test('names every option of the command line, and shows calls that are understood', async () => {
    const said = names(page('command-line')).filter((word) => word.startsWith('--'));
    const loaded = await Promise.all(commands.map(({ load }) => load()));
    const options = loaded.flatMap((command) =>
      Object.keys(command.options ?? {}).map((name) => `--${name}`),
    );
    options.push('--version', '--help');
    const wordsOf = (texts: readonly string[]): string[] => texts.map((word) => word.split(/[= ]/)[0] ?? '');
    const unknown = wordsOf(said).filter((word) => !options.includes(word));
    assert.deepEqual([...new Set(unknown)], []);
    // Commands with many options have a page of their own.
    const anywhere = new Set(wordsOf([...pages.values()].flatMap(names)));
    assert.deepEqual([...new Set(options.filter((option) => !anywhere.has(option)))].sort(), []);
    const calls = [...page('command-line').matchAll(/^ {4}drydock check\b ?(.*?)(?: +#.*| [<>].*)?$/gm)];
    assert.ok(calls.length > 2);
    for (const [, words = ''] of calls)
      assert.ok(!('wrong' in readCheckArguments(words.split(' ').filter(Boolean))), words);
  });

  test('shows a configuration with every key, and none that is wrong', () => {
    const [yaml = ''] = blocks('yaml', chapter('configuration', '\\.drydock\\.yaml'));
    const raw = parseYaml(yaml) as Readonly<Record<string, unknown>>;
    assert.deepEqual(readConfig(raw, rules).problems, []);
    assert.deepEqual(Object.keys(raw).sort(), ['rules', ...Object.keys(configOptions)].sort());
  });

  test('shows the JSON that comes out', () => {
    const [json = ''] = blocks('json', chapter('command-line', 'JSON'));
    const [text = ''] = blocks('dockerfile', chapter('command-line', 'JSON'));
    const outcome = lintFile(text, noSurroundings());
    const said = JSON.parse(json) as readonly { readonly drydock: string }[];
    const drydock = said[0]?.drydock ?? '';
    assert.match(drydock, /^\d+\.\d+\.\d+$/);
    assert.deepEqual(said, [{ ...report({ path: 'Dockerfile', outcome }), drydock }]);
    // Every field there can be is in one of the tables.
    const described = chapter('command-line', 'JSON');
    const keys = fieldsOf(JSON.parse(readFileSync('server/docs/report.schema.json', 'utf8')));
    assert.ok(keys.length > 10);
    for (const key of keys) assert.ok(described.includes(`\`${key}\``), key);
  });

  test('shows comments that are obeyed', () => {
    const [text = ''] = blocks('dockerfile', chapter('fixes', 'Ignoring findings'));
    const ids = [...text.matchAll(/ignore=([\w,-]+)/g)].flatMap(([, list = '']) => list.split(','));
    assert.ok(ids.length > 1);
    const { suppressions } = lint(text);
    assert.deepEqual(
      suppressions.flatMap((one) => one.ids),
      ids,
    );
    for (const id of ids)
      assert.ok(
        rules.some((rule) => rule.id === id),
        id,
      );
  });
});

test('the changelog has a line for every rule of the coming version, with a link to its page', () => {
  const [, unreleased = ''] = readFileSync('CHANGELOG.md', 'utf8').split(/^## Unreleased$/m);
  const lines = (unreleased.split(/^## /m)[0] ?? '').split('\n').filter((line) => line.startsWith('- '));
  for (const { id, since } of rules) {
    if (since !== 'next') continue;
    const link = `[${id}](server/docs/rules/${id}.md)`;
    assert.ok(
      lines.some((line) => line.includes(link)),
      link,
    );
  }
});
