// What the README says about names, options and formats is what the code does.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { parse as parseYaml } from 'yaml';
import { commands } from '../../server/src/cli/commands/commands';
import { readCheckArguments } from '../../server/src/cli/commands/check';
import { configOptions, readConfig } from '../../server/src/core/lint/config';
import { lint, rules } from '../../server/src/linter';
import { lintFile } from '../../server/src/service/lint-file';
import { report } from '../../server/src/service/report';
import { noSurroundings } from '../../server/src/service/surroundings';
import { readSnippets } from '../snippets/expand';

const readme = readFileSync('README.md', 'utf8');

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly title: string }[];
  };
}
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const texts = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Readonly<Record<string, string>>;

/** Text of a chapter, without that of its parts. A single `#` is a comment in an example. */
function chapter(title: string): string {
  const [, text = ''] = readme.split(new RegExp(`^##+ ${title}\\n`, 'm'));
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

suite('the README', () => {
  test('leads to files and chapters that are there', () => {
    const headings = [...readme.matchAll(/^##+ (.*)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replaceAll(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    );
    for (const [, target = ''] of readme.matchAll(/\]\(([^)]+)\)/g)) {
      if (target.startsWith('#')) assert.ok(headings.includes(target.slice(1)), target);
      else assert.ok(existsSync(target), target);
    }
  });

  test('names every command of the palette', () => {
    const said = chapter('Quick start');
    for (const { title } of manifest.contributes.commands) {
      const text = texts[title.replaceAll('%', '')] ?? title;
      assert.ok(said.includes(text), text);
    }
  });

  test('names every option of the command line, and shows calls that are understood', () => {
    const said = names(chapter('Command line')).filter((word) => word.startsWith('--'));
    const options = commands.flatMap((command) =>
      Object.keys(command.options ?? {}).map((name) => `--${name}`),
    );
    options.push('--version', '--help');
    assert.deepEqual([...new Set(said.map((word) => word.split(/[= ]/)[0]))].sort(), options.sort());
    const calls = [...chapter('Command line').matchAll(/^ {4}drydock check\b ?(.*?)(?: +#.*| [<>].*)?$/gm)];
    assert.ok(calls.length > 2);
    for (const [, words = ''] of calls)
      assert.ok(!('wrong' in readCheckArguments(words.split(' ').filter(Boolean))), words);
  });

  test('shows a configuration with every key, and none that is wrong', () => {
    const [yaml = ''] = blocks('yaml', chapter('\\.drydock\\.yaml'));
    const raw = parseYaml(yaml) as Readonly<Record<string, unknown>>;
    assert.deepEqual(readConfig(raw, rules).problems, []);
    assert.deepEqual(Object.keys(raw).sort(), ['rules', ...Object.keys(configOptions)].sort());
  });

  test('shows the JSON that comes out', () => {
    const [json = ''] = blocks('json', chapter('JSON'));
    const [text = ''] = blocks('dockerfile', chapter('JSON'));
    const outcome = lintFile(text, noSurroundings());
    const said = JSON.parse(json) as readonly { readonly drydock: string }[];
    const drydock = said[0]?.drydock ?? '';
    assert.match(drydock, /^\d+\.\d+\.\d+$/);
    assert.deepEqual(said, [{ ...report({ path: 'Dockerfile', outcome }), drydock }]);
    // Every field there can be is in one of the tables.
    const described = chapter('JSON');
    const keys = fieldsOf(JSON.parse(readFileSync('server/docs/report.schema.json', 'utf8')));
    assert.ok(keys.length > 10);
    for (const key of keys) assert.ok(described.includes(`\`${key}\``), key);
  });

  test('shows comments that are obeyed', () => {
    const [text = ''] = blocks('dockerfile', chapter('Ignoring findings'));
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

  test('names every snippet', () => {
    const first = readSnippets().map(({ prefixes: [prefix = ''] }) => prefix);
    assert.deepEqual(names(chapter('Snippets')).sort(), first.sort());
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
