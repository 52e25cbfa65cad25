// Writes what is derived from the rules: their registry, a page each with a table of all, and the rule levels among
// the settings; and from the tools their index and page. `--check` compares instead of writing.
import { build } from 'esbuild';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { rulePage, rulesTable } from './rule-page.mjs';
import { emitTools } from './tool-catalogue.mjs';

const check = process.argv.includes('--check');
const rulesFolder = 'server/src/rules';
const pagesFolder = 'server/docs/rules';
const stale = [];

/** Writes a file, or notes that it is not what it should be. */
async function emit(path, text) {
  const parser = { ts: 'typescript', json: 'json', md: 'markdown' }[path.split('.').at(-1)];
  const formatted = path.endsWith('.md')
    ? text
    : await format(text, { ...(await resolveConfig(path)), parser });
  const present = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  if (present === formatted) return;
  if (check) stale.push(path);
  else writeFileSync(path, formatted);
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

mkdirSync('out/tools', { recursive: true });
await emitTools(emit);
await build({
  entryPoints: ['server/tools/rule-catalogue.ts'],
  outfile: 'out/tools/rule-catalogue.mjs',
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  logLevel: 'warning',
});
const { catalogue } = await import(pathToFileURL(resolve('out/tools/rule-catalogue.mjs')).href);
const rules = catalogue(rulesFolder);
for (const rule of rules) {
  if (!ids.includes(rule.id)) throw new Error(`the rule ${rule.id} stands in a file of another name`);
}

mkdirSync(pagesFolder, { recursive: true });
for (const rule of rules) await emit(`${pagesFolder}/${rule.id}.md`, rulePage(rule));
await emit(`${pagesFolder}/README.md`, rulesTable(rules));
for (const name of readdirSync(pagesFolder)) {
  if (name === 'README.md' || ids.includes(name.replace(/\.md$/, ''))) continue;
  if (check) stale.push(`${pagesFolder}/${name}`);
  else rmSync(`${pagesFolder}/${name}`);
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const setting = manifest.contributes?.configuration
  ? [manifest.contributes.configuration].flat().find(({ properties }) => properties?.['drydock.rules'])
      ?.properties['drydock.rules']
  : undefined;
if (setting) {
  setting.properties = Object.fromEntries(
    rules.map(({ id, summary, severity, enabled }) => [
      id,
      {
        enum: ['off', 'on', 'error', 'warning', 'info', 'hint'],
        default: enabled === false ? 'off' : severity,
        description: summary,
      },
    ]),
  );
  const text = JSON.stringify(manifest, null, 2) + '\n';
  if (JSON.stringify(JSON.parse(readFileSync('package.json', 'utf8'))) !== JSON.stringify(manifest)) {
    if (check) stale.push('package.json');
    else
      writeFileSync(
        'package.json',
        await format(text, { ...(await resolveConfig('package.json')), filepath: 'package.json' }),
      );
  }
}

if (stale.length > 0) {
  console.error(`Not up to date, run npm run generate:\n${stale.map((path) => `  ${path}`).join('\n')}`);
  process.exit(1);
}
console.log(`${rules.length} rules: registry, pages and settings are up to date`);
