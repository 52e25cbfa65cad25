// Makes drydock.vsix, one package for every platform; `vscode:prepublish` bundles before. The same sources give the same
// bytes, whoever packs them and when.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { bundle } from './bundle.mjs';
import { packageCli } from './package-cli.mjs';
import { oldVersions } from './version-age.mjs';

export const packagePath = 'drydock.vsix';

/** Seconds: the first day that a ZIP archive knows. */
const timeOfFiles = '315532800';

/** @param {string} [path] of the package */
export async function packageExtension(path = packagePath) {
  const { SOURCE_DATE_EPOCH: time, TZ: zone } = process.env;
  // The packer takes the time of all files from there, and writes it as local time.
  Object.assign(process.env, { SOURCE_DATE_EPOCH: timeOfFiles, TZ: 'UTC' });
  try {
    await pack(path);
  } finally {
    for (const [name, value] of Object.entries({ SOURCE_DATE_EPOCH: time, TZ: zone }))
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
  }
  writeFileSync(path, withUsualModes(readFileSync(path)));
}

async function pack(path) {
  await createVSIX({
    packagePath: path,
    // The bundles contain all dependencies.
    dependencies: false,
    // The README links to paths in the repository, and those pages are in the package.
    rewriteRelativeLinks: false,
    allowMissingRepository: true,
  });
}

const directoryEnd = 0x06054b50;
const attributesAt = 38;
const usualMode = 0o100644;

/** Every file readable for all: its mode on this machine depends on the umask of whoever took the sources. */
function withUsualModes(archive) {
  let end = archive.length - 22;
  while (archive.readUInt32LE(end) !== directoryEnd) end -= 1;
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    archive.writeUInt32LE(usualMode * 0x10000, at + attributesAt);
    at += 46 + [28, 30, 32].reduce((sum, field) => sum + archive.readUInt16LE(at + field), 0);
  }
  return archive;
}

if (basename(process.argv[1] ?? '') === 'package.mjs') {
  const old = oldVersions();
  if (old !== undefined) console.warn(old);
  // `npm run package -- --release` makes the file that is published.
  if (old !== undefined && process.argv.includes('--release')) process.exit(1);
  // `npm run package -- cli` makes the npm package of the command line.
  if (process.argv.includes('cli')) {
    await bundle();
    console.log(packageCli());
    process.exit(0);
  }
  await packageExtension();
  console.log(`${packagePath}: ${Math.round(statSync(packagePath).size / 1024)} KiB`);
}
