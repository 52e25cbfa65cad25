// The licences of what the bundles contain: their authors ask that the texts go with every copy.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Names of files with a licence, or with what it asks to pass on. */
const licenceFile = /^(?:licen[cs]e|copying|notice|third-?party-?notices?)(?:[.-].*)?$/i;

/**
 * @param {import('esbuild').Metafile} metafile
 * @returns {string} a text with the licence of every package of which something is in the bundles
 * @throws {Error} when a package has none
 */
export function thirdPartyNotices(metafile) {
  const folders = new Set();
  for (const { inputs } of Object.values(metafile.outputs))
    for (const [path, { bytesInOutput }] of Object.entries(inputs))
      if (bytesInOutput > 0) folders.add(packageFolder(path));
  folders.delete(undefined);
  const parts = [...folders].map(describe).sort((a, b) => (a.name < b.name ? -1 : 1));
  const head = 'Drydock contains parts of these packages. Their licences follow.\n';
  return [head, ...parts.map(({ text }) => text)].join(`\n${'='.repeat(80)}\n\n`);
}

/** `node_modules/a/node_modules/@b/c/lib/x.js` → `node_modules/a/node_modules/@b/c` */
function packageFolder(path) {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path.replaceAll('\\', '/'))?.[0];
}

function describe(folder) {
  const { name, version, license, homepage } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => licenceFile.test(file))
        .sort()
    : [];
  if (files.length === 0) throw new Error(`${name} has no file with its licence, so it cannot be passed on.`);
  const texts = files.map((file) =>
    readFileSync(join(folder, file), 'utf8')
      .replace(/^\uFEFF/, '')
      .replaceAll('\r\n', '\n')
      .trim(),
  );
  const title = `${name} ${version} (${license})${homepage ? `\n${homepage}` : ''}`;
  return { name: `${name} ${version}`, text: `${title}\n\n${texts.join('\n\n')}\n` };
}
