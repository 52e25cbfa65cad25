// Derives files from the tools that build and scan images: their index, and the page that lists them.
import { readdirSync } from 'node:fs';
import { load } from './load.mjs';

const folder = 'server/src/workflow/tools';

/** @param {(path: string, text: string) => Promise<void>} emit writes a file, or compares it */
export async function emitTools(emit) {
  const names = readdirSync(folder)
    .filter((name) => /^[a-z0-9-]+\.ts$/.test(name))
    .map((name) => name.slice(0, -3))
    .sort();
  const camel = (name) => name.replaceAll(/-(\w)/g, (_, letter) => letter.toUpperCase());
  await emit(
    `${folder}/index.generated.ts`,
    `// Made by \`npm run generate\` from the files of this folder.
import type { Tool } from '../tool';
${names.map((name) => `import { ${camel(name)} } from './${name}';`).join('\n')}

export const tools: readonly Tool[] = [${names.map(camel).join(', ')}];
`,
  );
  const { tools } = await load('server/src/workflow/tool-list.ts');
  for (const { id } of tools)
    if (!names.includes(id)) throw new Error(`the tool ${id} must be in the file ${id}.ts`);
  const facts = tools.map(({ id, title, kind, programs }) => ({ id, title, kind, programs }));
  await emit(
    `${folder}/names.generated.ts`,
    `// Made by \`npm run generate\` from the files of this folder: what the settings say of the tools, in the order of
// preference. It is apart so that a reader of settings does not load what runs the tools.
import type { Tool } from '../tool';

export type ToolName = Pick<Tool, 'id' | 'title' | 'kind' | 'programs'>;

export const toolNames: readonly ToolName[] = ${JSON.stringify(facts)};
`,
  );
  await emit('server/docs/tools.md', page(tools));
}

const uses = {
  engine: { heading: 'Tools that build images', setting: 'drydock.build' },
  scanner: { heading: 'Tools that look for known vulnerabilities', setting: 'drydock.scan' },
  linter: { heading: 'Tools that check shell scripts' },
  registry: { heading: 'Tools that copy images to registries and read what they hold' },
  cataloguer: { heading: 'Tools that list what images hold' },
  signer: { heading: 'Tools that sign images and check signatures' },
  patcher: { heading: 'Tools that patch packages of finished images' },
  viewer: { heading: 'Tools that look into images and compare them' },
  builder: { heading: 'Tools that build images from other files' },
};

/** What stands above the table of a kind. */
function choice(kind, setting) {
  return setting === undefined
    ? ['A program that is not on the `PATH` is found through `drydock.tools.paths`.']
    : [
        `Where several are there, the first in this list is taken; \`${setting}.${kind}\` chooses another. A program`,
        `that is not on the \`PATH\` is found through \`${setting}.paths\`.`,
      ];
}

function page(tools) {
  const parts = Object.entries(uses).map(([kind, { heading, setting }]) => {
    const rows = tools
      .filter((tool) => tool.kind === kind)
      .map(
        ({ id, title, programs, get }) => `| [${title}](${get}) | \`${programs.join('`, `')}\` | \`${id}\` |`,
      );
    return [
      `## ${heading}`,
      '',
      ...choice(kind, setting),
      '',
      '| Tool | Program | Name in the settings |',
      '| --- | --- | --- |',
      ...rows,
    ].join('\n');
  });
  return `<!-- Made by \`npm run generate\` from server/src/workflow/tools. -->

# Tools

Checking and fixing files needs none of these. \`drydock doctor\` and the command “Drydock: Check Tools” say which of
them are here. Drydock starts a tool only when you ask for it, and never in a workspace that you have not trusted.
[ShellCheck](shellcheck.md) alone also runs by itself, where it is installed, whenever a file is checked.

${parts.join('\n\n')}
`;
}
