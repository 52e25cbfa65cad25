// Patterns for other programs: every file is well-formed for what reads it, scripts are in order for shellcheck, and
// workflows are pinned and ask for no more rights than they name.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { parse as parseToml } from 'smol-toml';
import { parseAllDocuments } from 'yaml';
import { patterns } from '../../server/src/patterns/library';
import { requireTool } from '../harness/tools';
import { makeFolder } from '../harness/workspace';
import { filledFiles } from './expand';

const files = filledFiles(({ as }) => as === 'files');

const isScript = (text: string): boolean => /^#!\S*(?:\/| )(?:ba|da)?sh\n/.test(text);
const isWorkflow = (path: string): boolean => path.startsWith('.github/workflows/');

suite('well-formed', () => {
  for (const { id, path, text } of files) {
    test(`${id}: ${path}`, () => {
      assert.doesNotMatch(text, /«|»/);
      assert.ok(text.endsWith('\n') && !text.endsWith('\n\n'));
      if (/\.ya?ml$/.test(path)) {
        for (const { errors, warnings } of parseAllDocuments(text))
          assert.deepEqual([...errors, ...warnings], []);
      } else if (path.endsWith('.json')) JSON.parse(text);
      else if (path.endsWith('.toml')) parseToml(text);
    });
  }
});

test('two patterns that can be taken together do not write one file', () => {
  // Those of one group are alternatives.
  const groups = new Map<string, string>();
  for (const { id, path } of files) {
    const group = patterns.find((one) => one.id === id)?.group ?? '';
    const other = groups.get(path);
    assert.ok(other === undefined || other === group, `${path}: ${group} and ${other ?? ''}`);
    groups.set(path, group);
  }
});

test('scripts are in order for shellcheck', (t) => {
  const shellcheck = requireTool(t, 'shellcheck');
  if (shellcheck === undefined) return;
  const scripts = files.filter(({ text }) => isScript(text));
  assert.ok(scripts.length > 5);
  const named = scripts.map(({ id, text }) => [`${id}.sh`, text]);
  const folder = makeFolder(t, Object.fromEntries(named) as Record<string, string>);
  const paths = named.map(([name = '']) => join(folder, name));
  const { stdout } = spawnSync(shellcheck, ['--severity=style', '--format=gcc', ...paths], {
    encoding: 'utf8',
  });
  assert.equal(stdout, '');
  for (const { id, path, text } of scripts) {
    assert.match(text, /^set -eu/m, id);
    // A hook is started by a program, not by a person.
    if (path.endsWith('.sh')) assert.match(text, /--help/, id);
  }
});

suite('workflows', () => {
  for (const { id, path, text } of files) {
    if (!isWorkflow(path)) continue;
    test(`${id} names every action by its commit, and its rights`, () => {
      const used = [...text.matchAll(/\buses:\s*(\S+)(.*)$/gm)];
      assert.ok(used.length > 0);
      for (const [, action = '', rest = ''] of used) {
        assert.match(action, /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/, action);
        assert.match(rest, /^ # v\d/, action);
      }
      assert.match(text, /^permissions:(?: \{\}| read-all|\n)/m);
      const [document] = parseAllDocuments(text);
      const { jobs = {} } = document?.toJS() as {
        jobs?: Record<string, { steps: readonly Step[]; permissions?: unknown }>;
      };
      for (const { steps, permissions } of Object.values(jobs)) {
        assert.ok(permissions, 'each job says its rights');
        for (const { uses, run, with: given } of steps) {
          // What people can choose (a branch, a title) must not become a part of a script.
          assert.doesNotMatch(run ?? '', /\$\{\{/, run);
          if (uses?.startsWith('actions/checkout@')) assert.equal(given?.['persist-credentials'], false);
        }
      }
    });
  }
});

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

test('what a page says of other patterns is there', () => {
  const ids = new Set(patterns.map(({ id }) => id));
  for (const id of ids) {
    const page = readFileSync(`snippets/patterns/${id}.md`, 'utf8');
    for (const [, other = ''] of page.matchAll(/\bas ([a-z]+(?:-[a-z0-9]+)+) does\b/g))
      assert.ok(ids.has(other), `${id}: ${other}`);
  }
});
