// Makes drydock.vsix, one package for every platform; `vscode:prepublish` bundles before.
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { createVSIX } from '@vscode/vsce';

export const packagePath = 'drydock.vsix';

export async function packageExtension() {
  await createVSIX({
    packagePath,
    // The bundles contain all dependencies.
    dependencies: false,
    // The README links to paths in the repository, and those pages are in the package.
    rewriteRelativeLinks: false,
    allowMissingRepository: true,
  });
}

if (basename(process.argv[1] ?? '') === 'package.mjs') {
  await packageExtension();
  console.log(`${packagePath}: ${Math.round(statSync(packagePath).size / 1024)} KiB`);
}
