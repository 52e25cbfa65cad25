// Makes drydock.vsix, one package for every platform; `vscode:prepublish` bundles before.
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { createVSIX } from '@vscode/vsce';

export const packagePath = 'drydock.vsix';

export async function packageExtension() {
  await createVSIX({
    packagePath,
    // Everything is in the bundles.
    dependencies: false,
    // Links in the README are paths within the repository, and the pages they lead to are in the package.
    rewriteRelativeLinks: false,
    allowMissingRepository: true,
  });
}

if (basename(process.argv[1] ?? '') === 'package.mjs') {
  await packageExtension();
  console.log(`${packagePath}: ${Math.round(statSync(packagePath).size / 1024)} KiB`);
}
