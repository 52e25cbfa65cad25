// Makes drydock-cli-VERSION.tgz: the command line alone as an npm package, without dependencies.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What the command line loads: its own files, and these that it shares with the editor. Its threads run cli.js again. */
const bundles = /^(?:cli(?:-.*)?|patterns|registry|yaml)\.js$/;

const readme = `# Drydock

The command line of Drydock: finds what is wrong in Dockerfiles and fixes it.

    drydock check                     # every Dockerfile below this folder
    drydock check --fix               # apply safe fixes
    drydock check --since main...     # only what this branch has made worse
    drydock explain DL3015            # why a rule exists, and how to fix what it finds

\`drydock --help\` lists all commands. The pages are in \`server/docs\`: command-line.md, ci.md and rules/README.md.
`;

/**
 * Packs what lies in dist/.
 * @param {string} [folder] for the package
 * @returns {string} path of the package
 */
export function packageCli(folder = '.') {
  const { version, license, engines, keywords } = JSON.parse(readFileSync('package.json', 'utf8'));
  const root = join('out', 'drydock-cli');
  rmSync(root, { recursive: true, force: true });
  mkdirSync(join(root, 'dist'), { recursive: true });
  for (const name of readdirSync('dist').filter((file) => bundles.test(file)))
    cpSync(join('dist', name), join(root, 'dist', name));
  chmodSync(join(root, 'dist', 'cli.js'), 0o755);
  cpSync(join('dist', 'THIRD-PARTY-NOTICES.txt'), join(root, 'THIRD-PARTY-NOTICES.txt'));
  cpSync('LICENSE', join(root, 'LICENSE'));
  const docs = join('server', 'docs');
  for (const path of ['rules', 'command-line.md', 'ci.md', 'drydock.schema.json', 'report.schema.json'])
    cpSync(join(docs, path), join(root, docs, path), { recursive: true });
  cpSync(join(docs, 'ci', 'problem-matcher.json'), join(root, 'problem-matcher.json'));
  writeFileSync(join(root, 'README.md'), readme);
  const manifest = {
    name: 'drydock-cli',
    version,
    description: 'Finds what is wrong in Dockerfiles and fixes it',
    license,
    keywords: keywords.filter((word) => word !== 'vscode'),
    bin: { drydock: 'dist/cli.js' },
    engines: { node: engines.node },
    files: ['dist', 'server', 'problem-matcher.json', 'THIRD-PARTY-NOTICES.txt'],
  };
  writeFileSync(join(root, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  mkdirSync(folder, { recursive: true });
  const { status, stdout, stderr, error } = spawnSync(
    'npm',
    ['pack', '--silent', '--offline', '--pack-destination', resolve(folder)],
    { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' },
  );
  if (status !== 0) throw new Error(`npm pack failed: ${error?.message ?? stderr}`);
  return join(folder, stdout.trim().split('\n').at(-1) ?? '');
}
