// The manifest and the client agree: commands, texts, settings, trust, and what the matchers read.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sampleDockerfile } from '../../client/src/sample';
import { defaultConfig } from '../../server/src/core/lint/config';
import { fixAll, lint } from '../../server/src/linter';
import {
  dockerfileLanguage,
  hadolintConfiguration,
  ownConfiguration,
  sourceName,
} from '../../server/src/protocol/names';
import { engines, scanners, tools } from '../../server/src/workflow/tool-list';

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly submenus: readonly { readonly id: string; readonly label: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly configuration: readonly {
      readonly properties: Readonly<Record<string, { readonly scope: string }>>;
    }[];
    readonly languages: readonly Readonly<Record<string, unknown>>[];
    readonly walkthroughs: readonly { readonly steps: readonly Step[] }[];
    readonly problemPatterns: readonly { readonly name: string; readonly patterns: readonly Pattern[] }[];
    readonly problemMatchers: readonly { readonly pattern: string }[];
    readonly taskDefinitions: readonly { readonly type: string; readonly properties: object }[];
    readonly grammars?: unknown;
  };
}

interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
  readonly when: string;
}

interface Step {
  readonly title: string;
  readonly description: string;
  readonly completionEvents: readonly string[];
}

interface Setting {
  readonly scope: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly additionalProperties?: unknown;
}

interface Pattern {
  readonly regexp: string;
  readonly file?: number;
  readonly line?: number;
  readonly message?: number;
}

const manifestText = readFileSync('package.json', 'utf8');
const manifest = JSON.parse(manifestText) as Manifest;
const { contributes } = manifest;
const settings = Object.assign(
  {},
  ...contributes.configuration.map(({ properties }) => properties),
) as Readonly<Record<string, Setting>>;
const sources = readdirSync('client/src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join('client/src', name), 'utf8'))
  .join('\n');

test('every text has its place for translators, and every place its text', () => {
  const texts = Object.keys(JSON.parse(readFileSync('package.nls.json', 'utf8')) as object).sort();
  const used = [...new Set([...manifestText.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key))].sort();
  assert.deepEqual(used, texts);
  const check = spawnSync(process.execPath, ['server/tools/l10n.mjs', '--check'], { encoding: 'utf8' });
  assert.equal(check.status, 0, check.stderr);
});

test('every command of the manifest is registered, and no other', () => {
  const declared = contributes.commands.map(({ command }) => command).sort();
  const registered = [
    ...[...sources.matchAll(/registerCommand\('([\w.]+)'/g)].map(([, id]) => id),
    ...[...sources.matchAll(/\bonFile\('(\w+)'/g)].map(([, id]) => `${sourceName}.${id}`),
  ].sort();
  assert.deepEqual(registered, declared);
  for (const [menu, items] of Object.entries(contributes.menus)) {
    for (const { command = '', submenu, when } of items) {
      if (submenu !== undefined) assert.ok(contributes.menus[submenu], submenu);
      else assert.ok(declared.includes(command), command);
      // A folder has no language, and is where new files go.
      const place = /explorerResourceIsFolder/.test(when) && command === 'drydock.newFromPattern';
      const language = new RegExp(`(?:editor|resource)LangId == ${dockerfileLanguage}`).test(when);
      // Any file may be part of a build, where Dockerfiles are.
      const anyFile = /drydock\.isActive/.test(when) && command === 'drydock.whatRebuilds';
      const otherFile = /resourceFilename =~/.test(when) && command === 'drydock.buildOther';
      assert.ok(place || anyFile || otherFile || language, `${menu} ${command}`);
    }
  }
});

test('a build by another tool is offered on the files that are for images alone', () => {
  const items = Object.values(contributes.menus).flatMap((all) =>
    all.filter(({ command }) => command === 'drydock.buildOther'),
  );
  assert.ok(items.length >= 2);
  const names = tools.flatMap((tool) => (tool.kind === 'builder' ? tool.commands.files : []));
  // Most files of these names have nothing to do with images.
  const others = ['BUILD', 'pom.xml', 'build.gradle', 'build.gradle.kts'];
  for (const { when } of items) {
    const pattern = new RegExp(/resourceFilename =~ \/(.*)\/ &&/.exec(when)?.[1] ?? assert.fail(when));
    assert.deepEqual(
      names.filter((name) => !pattern.test(name)),
      others,
    );
    assert.ok(!pattern.test('app.yaml') && !pattern.test('xko.yaml'));
  }
});

test('the menu of the editor has one entry of ours, which bears our name', () => {
  assert.deepEqual(
    contributes.menus['editor/context']?.map(({ command, submenu }) => command ?? submenu),
    ['drydock.editor'],
  );
  assert.deepEqual(contributes.submenus, [{ id: 'drydock.editor', label: 'Drydock' }]);
});

test('each step of the walkthrough is done by a command that its text offers', () => {
  const texts = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Readonly<Record<string, string>>;
  const declared = contributes.commands.map(({ command }) => command);
  const steps = contributes.walkthroughs.flatMap((one) => one.steps);
  assert.equal(steps.length, 4);
  for (const { title, description, completionEvents } of steps) {
    const text = texts[description.slice(1, -1)] ?? '';
    const offered = [...text.matchAll(/\]\(command:([\w.]+)\)/g)].map(([, id]) => id ?? '');
    assert.ok(offered.length > 0, title);
    for (const id of offered) {
      assert.ok(declared.includes(id), id);
      assert.ok(completionEvents.includes(`onCommand:${id}`), id);
    }
  }
});

const noFacts = { context: undefined };

test('the sample of the walkthrough has findings of every weight, and its fixes leave none', () => {
  const before = lint(sampleDockerfile, defaultConfig, noFacts).findings;
  assert.deepEqual([...new Set(before.map(({ severity }) => severity))].sort(), ['hint', 'info', 'warning']);
  const safe = fixAll(sampleDockerfile, defaultConfig, noFacts, { safety: 'safe' });
  assert.match(safe.text, /apt-get install -y curl/);
  const { text } = fixAll(sampleDockerfile, defaultConfig, noFacts, { safety: 'suggested' });
  assert.deepEqual(lint(text, defaultConfig, noFacts).findings, []);
});

test('what starts a program is hidden from menus in untrusted workspaces', () => {
  const careful = [
    'build',
    'buildAgain',
    'buildOther',
    'inspectImage',
    'scan',
    'scanBase',
    'checkTools',
    'pinAll',
    'updateDigests',
  ].map((id) => `${sourceName}.${id}`);
  for (const [menu, items] of Object.entries(contributes.menus)) {
    if (menu === 'commandPalette') continue;
    for (const { command = '', when } of items) {
      if (careful.includes(command)) assert.match(when, /\bisWorkspaceTrusted\b/, `${menu} ${command}`);
    }
  }
});

test('settings that reach the network or a program are the machine’s, and void without trust', () => {
  const careful = Object.keys(settings).filter((key) =>
    /^drydock\.(?:patterns|registry|packages|build|engine|scan|tools)\./.test(key),
  );
  assert.ok(careful.length > 8);
  assert.deepEqual(
    [...manifest.capabilities.untrustedWorkspaces.restrictedConfigurations].sort(),
    careful.sort(),
  );
  // Hosts, mirrors and authorities decide where logins go: no workspace may have a say in that.
  for (const key of careful) {
    assert.equal(
      settings[key]?.scope,
      /\.(?:registry|packages|patterns)\./.test(key) ? 'machine' : 'machine-overridable',
      key,
    );
  }
});

test('settings that the client reads exist', () => {
  const opened = [...sources.matchAll(/'((?:build|scan)\.\w+)'/g)].map(([, key]) => `${sourceName}.${key}`);
  const linked = [...sources.matchAll(/arguments: \['(drydock\.[\w.]+)'\]/g)].map(([, key]) => key);
  assert.ok(opened.length > 2 && linked.length > 1);
  for (const key of [...opened, ...linked]) assert.ok(settings[key ?? ''], key);
});

test('the settings editor has a table for the levels of rules', () => {
  const { properties = {}, additionalProperties } = settings['drydock.rules'] ?? {};
  const values = [...Object.values(properties), additionalProperties] as readonly Setting[];
  assert.ok(values.length > 30);
  // It has one only if every value is declared as a text.
  for (const value of values) assert.equal(value.type, 'string', JSON.stringify(value));
});

test('the settings know every tool, and no other', () => {
  for (const [key, list] of [
    ['build', engines],
    ['scan', scanners],
  ] as const) {
    const ids = list.map(({ id }) => id);
    const choice = settings[`drydock.${key}.${key === 'build' ? 'engine' : 'scanner'}`];
    assert.deepEqual(choice?.enum, ['auto', ...ids]);
    assert.deepEqual(Object.keys(settings[`drydock.${key}.paths`]?.properties ?? {}), ids);
  }
});

test('the extension wakes up for Dockerfiles and their configuration, and claims no grammar', () => {
  // VS Code cannot be told the name of a file that is opened, and a YAML file of others should wake nobody.
  const names = [...ownConfiguration, ...hadolintConfiguration];
  assert.deepEqual(manifest.activationEvents, [
    `onLanguage:${dockerfileLanguage}`,
    ...names.map((name) => `workspaceContains:${name}`),
  ]);
  assert.equal(contributes.grammars, undefined);
});

/** As VS Code picks a language: whole name, then the longest pattern, then the longest extension. */
function languageOf(name: string): unknown {
  const lower = name.toLowerCase();
  const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
  const matches = contributes.languages.flatMap((language) => [
    ...list(language['filenames']).map((one) => ({
      id: language['id'],
      weight: one.toLowerCase() === lower ? 1e6 : 0,
    })),
    ...list(language['filenamePatterns']).map((one) => {
      const source = one.toLowerCase().replace(/[.]/g, '\\.').replaceAll('*', '.*');
      return { id: language['id'], weight: new RegExp(`^${source}$`).test(lower) ? 1000 + one.length : 0 };
    }),
    ...list(language['extensions']).map((one) => ({
      id: language['id'],
      weight: lower.endsWith(one.toLowerCase()) ? one.length : 0,
    })),
  ]);
  return matches.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight)[0]?.id;
}

test('file names', () => {
  for (const name of [
    'Dockerfile',
    'Containerfile',
    'dockerfile',
    'Dockerfile.web',
    'Containerfile.web',
    'web.Dockerfile',
    'web.dockerfile',
    'web.containerfile',
    'web.Containerfile',
  ]) {
    assert.equal(languageOf(name), 'dockerfile', name);
  }
  for (const name of [
    '.dockerignore',
    'Dockerfile.dockerignore',
    'Dockerfile.web.dockerignore',
    'web.Dockerfile.dockerignore',
    'Containerfile.dockerignore',
    'Containerfile.containerignore',
  ]) {
    assert.equal(languageOf(name), 'ignore', name);
  }
  for (const name of ['docker-compose.yml', 'dockerfile-notes.md', 'mydockerfile'])
    assert.equal(languageOf(name), undefined, name);
});

/** What BuildKit prints for a failure in the line: two lines around it, as far as the file has them. */
function buildkitBlock(line: number): string[] {
  const shown = [line - 2, line - 1, line, line + 1].filter((one) => one > 0);
  const source = shown.map(
    (one) => `${String(one).padStart(4)} | ${one === line ? '>>>' : '   '} RUN step ${one}`,
  );
  return [`Dockerfile.web:${line}`, '-'.repeat(20), ...source, '-'.repeat(20)];
}

test('one problem matcher reads what BuildKit prints, wherever the failing line stands', () => {
  const names = contributes.problemMatchers.map(({ pattern }) => pattern.replace('$', ''));
  assert.deepEqual(
    names,
    contributes.problemPatterns.map(({ name }) => name),
  );
  for (const line of [1, 2, 3, 40]) {
    const lines = buildkitBlock(line);
    const found = contributes.problemPatterns.flatMap(({ patterns }) => {
      const matches = patterns.map(({ regexp }, at) => new RegExp(regexp).exec(lines[at] ?? ''));
      if (matches.some((match) => match === null)) return [];
      const part = (key: 'file' | 'line' | 'message'): string | undefined => {
        const at = patterns.findIndex((pattern) => pattern[key] !== undefined);
        return matches[at]?.[patterns[at]?.[key] ?? 0];
      };
      return [`${part('file')}:${part('line')} ${part('message')}`];
    });
    assert.deepEqual(found, [`Dockerfile.web:${line} RUN step ${line}`]);
  }
});
