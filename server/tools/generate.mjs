// Writes the derived files: from the rules, their index, pages, table and number in the README; from the settings, their part of package.json,
// their texts and page, and the schema of `.drydock.yaml`; from the tools, their index and page; from the patterns, their
// index, page and snippets, and where the links to them lead.
// `--check` compares instead of writing.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { load } from './load.mjs';
import { rulePage, rulesTable } from './rule-page.mjs';
import { emitTools } from './tool-catalogue.mjs';

const check = process.argv.includes('--check');
const rulesFolder = 'server/src/rules';
const pagesFolder = 'server/docs/rules';
const stale = [];

/** Writes a file, or with `--check` notes that it is out of date. */
async function emit(path, text) {
  const parser = {
    ts: 'typescript',
    json: path.startsWith('package') ? 'json-stringify' : 'json',
    md: 'markdown',
  }[path.split('.').at(-1)];
  const formatted = path.endsWith('.md')
    ? text
    : await format(text, { ...(await resolveConfig(path)), parser });
  const present = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  if (present === formatted) return;
  if (check) stale.push(path);
  else writeFileSync(path, formatted);
}

/** Writes what stands between two marks of a page. */
async function emitBetween(path, mark, text) {
  const page = readFileSync(path, 'utf8');
  const [start, end] = [`<!-- ${mark} -->\n`, `\n<!-- /${mark} -->`];
  const [before, rest = ''] = page.split(start);
  await emit(path, `${before}${start}\n${text}\n${end}${rest.split(end.trimStart()).slice(1).join('')}`);
}

const ids = readdirSync(rulesFolder)
  .filter((name) => /^[a-z0-9-]+\.ts$/.test(name))
  .map((name) => name.slice(0, -3))
  .sort();
const camel = (id) => id.replaceAll(/-(\w)/g, (_, letter) => letter.toUpperCase());

await emit(
  `${rulesFolder}/index.generated.ts`,
  `// Made by \`npm run generate\` from the files of this folder.
import type { Rule } from '../core/lint/rule';
${ids.map((id) => `import ${camel(id)} from './${id}';`).join('\n')}

export const rules: readonly Rule[] = [${ids.map(camel).join(', ')}];
`,
);

const { readPatterns, snippetsJson, patternsModule, patternsTable, linkPatterns } = await load(
  'server/tools/pattern-files.ts',
);
const pages = readPatterns();
await emit('snippets/dockerfile.json', snippetsJson(pages));
await emit('server/src/patterns/index.generated.ts', patternsModule(pages));
await emitBetween('server/docs/patterns.md', 'patterns', patternsTable(pages));
const documents = 'server/docs/documents.md';
await emit(documents, linkPatterns(readFileSync(documents, 'utf8'), pages));

await emitTools(emit);
const { catalogue } = await load('server/tools/rule-catalogue.ts');
const rules = catalogue(rulesFolder);
for (const rule of rules) {
  if (!ids.includes(rule.id)) throw new Error(`the rule ${rule.id} must be in the file ${rule.id}.ts`);
}

mkdirSync(pagesFolder, { recursive: true });
for (const rule of rules) await emit(`${pagesFolder}/${rule.id}.md`, rulePage(rule));
await emit(`${pagesFolder}/README.md`, rulesTable(rules));
const readme = readFileSync('README.md', 'utf8');
await emit('README.md', readme.replace(/(?<=\| Checks \| )\d+(?= rules)/, String(rules.length)));
for (const name of readdirSync(pagesFolder)) {
  if (name === 'README.md' || ids.includes(name.replace(/\.md$/, ''))) continue;
  if (check) stale.push(`${pagesFolder}/${name}`);
  else rmSync(`${pagesFolder}/${name}`);
}

const { manifestSettings, restrictedSettings, settingTexts, settingsTable, configSchema } = await load(
  'server/tools/settings-files.ts',
);
const schemaPath = 'server/docs/drydock.schema.json';
await emit(schemaPath, JSON.stringify(configSchema()));

await emitBetween('server/docs/settings.md', 'settings', settingsTable());

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
manifest.contributes.configuration = manifestSettings();
manifest.contributes.yamlValidation = [
  { fileMatch: ['.drydock.yaml', '.drydock.yml'], url: `./${schemaPath}` },
];
manifest.capabilities.untrustedWorkspaces.restrictedConfigurations = restrictedSettings();
await emit('package.json', JSON.stringify(manifest, null, 2));

// Texts of commands and tasks are written by hand; texts of settings are generated and come last.
const texts = Object.entries(JSON.parse(readFileSync('package.nls.json', 'utf8')));
const own = texts.filter(([key]) => !/^settings?\./.test(key));
await emit('package.nls.json', JSON.stringify({ ...Object.fromEntries(own), ...settingTexts() }, null, 2));

if (stale.length > 0) {
  console.error(
    `These files are out of date. Run npm run generate:\n${stale.map((path) => `  ${path}`).join('\n')}`,
  );
  process.exit(1);
}
console.log(`${rules.length} rules, ${pages.length} patterns: registry, pages and settings are up to date`);
