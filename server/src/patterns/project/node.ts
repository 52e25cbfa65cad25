// A project in JavaScript or TypeScript: package.json, its lock file, and what its scripts start.
import { isRecord } from '../../core/text/record';
import type { JsonObject } from '../../core/text/record';
import { folderOf, yes } from './project';
import type { Fact, FactBook, ProjectFiles } from './project';
import { tableAt, textAt } from './toml';
import { nodeLine } from './versions';

const locks = [
  ['package-lock.json', 'npm'],
  ['npm-shrinkwrap.json', 'npm'],
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
] as const;

const frameworks = [
  'next',
  'nuxt',
  '@nestjs/core',
  '@sveltejs/kit',
  'astro',
  'vite',
  'express',
  'fastify',
] as const;

/** The value of a JSON text that is a mapping; empty otherwise. */
export function readJson(text: string | undefined): JsonObject {
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    // Half-written: nothing is known from it.
    return {};
  }
}

export function findNode(files: ProjectFiles, book: FactBook): void {
  const source = 'package.json';
  findDeno(files, book);
  if (!files.paths.includes(source)) return;
  const manifest = readJson(files.text(source));
  book.add('node', yes, source);
  findManager(files, book, manifest);
  findVersion(files, book, manifest);

  const scripts = tableAt(manifest, 'scripts');
  const dependencies = { ...tableAt(manifest, 'devDependencies'), ...tableAt(manifest, 'dependencies') };
  if (textAt(scripts, 'build') !== undefined) book.add('node.build', yes, source);
  if ('typescript' in dependencies || files.paths.includes('tsconfig.json'))
    book.add('node.typescript', yes, 'typescript' in dependencies ? source : 'tsconfig.json');
  const framework = frameworks.find((name) => name in dependencies);
  book.add('node.framework', framework?.replace(/^@nestjs\/core$/, 'nest'), source);
  const output = /"outDir"\s*:\s*"(?:\.\/)?([\w./-]+?)\/?"/.exec(files.text('tsconfig.json') ?? '')?.[1];
  book.add('node.output', output, 'tsconfig.json');
  const next = files.paths.find((path) => /^next\.config\.\w+$/.test(path));
  if (next !== undefined && /output\s*:\s*['"]standalone['"]/.test(files.text(next) ?? ''))
    book.add('node.standalone', yes, next);

  const started = /(?:^|\s)node\s+(?:--?[\w=-]+\s+)*\.?\/?([\w@./-]+)/.exec(
    textAt(scripts, 'start') ?? '',
  )?.[1];
  const main = (started ?? textAt(manifest, 'main'))?.replace(/^\.\//, '');
  const present =
    main === undefined
      ? undefined
      : [main, `${main}.js`, `${main}/index.js`].find((path) => files.paths.includes(path));
  // What a build makes is not there yet.
  book.add('node.main', present ?? (book.has('node.build') ? main : undefined), source);
  const file = book.value('node.main');
  if (file?.includes('/')) book.add('node.folder', folderOf(file).split('/')[0], source);
  const port =
    present === undefined
      ? undefined
      : /\.listen\(\s*(?:\{[^}]{0,200}port:\s*)?(?:process\.env\.\w+\s*(?:\|\||\?\?)\s*)?(\d{2,5})/.exec(
          files.text(present) ?? '',
        )?.[1];
  book.add('port', port, present ?? '');
  const repository = manifest['repository'];
  const url = isRecord(repository) ? textAt(repository, 'url') : undefined;
  book.add('repository', webAddress(url), source);
}

/** A project in Deno: its task `start` says the file and the permissions. */
function findDeno(files: ProjectFiles, book: FactBook): void {
  const source = ['deno.json', 'deno.jsonc'].find((path) => files.paths.includes(path));
  if (source === undefined) return;
  book.add('deno', yes, source);
  // Remarks make deno.jsonc no JSON: nothing is known from such a file but that it is there.
  const manifest = readJson(files.text(source));
  book.add('deno.program', textAt(manifest, 'name')?.split('/').at(-1), source);
  const [, given = '', main] =
    /\bdeno run((?: -\S+)*) (?:\.\/)?([\w@./-]+)/.exec(textAt(tableAt(manifest, 'tasks'), 'start') ?? '') ??
    [];
  book.add('deno.main', main, source);
  // Those with quotes or globs are left to the person.
  const allowed = given
    .split(' ')
    .filter((word) => /^(?:-[AERNWS]+|--(?:allow|deny)-[\w.,:=/-]+)$/.test(word));
  book.add('deno.permissions', allowed.join(' '), source);
  const usual = ['main.ts', 'server.ts', 'src/main.ts', 'mod.ts'].find((path) => files.paths.includes(path));
  book.add('deno.main', usual, usual ?? '');
}

function findManager(files: ProjectFiles, book: FactBook, manifest: JsonObject): void {
  const wanted = /^(npm|pnpm|yarn|bun)@(\d+(?:\.\d+)*)/.exec(textAt(manifest, 'packageManager') ?? '');
  if (wanted) {
    book.add('node.manager', wanted[1], 'package.json');
    book.add('node.managerversion', wanted[2], 'package.json');
  }
  const found = locks
    .filter(([path]) => files.paths.includes(path))
    .map(([source, value]): Fact => ({ value, source }));
  book.choose('node.manager', found);
  if (book.value('node.manager') === 'bun') book.add('bun', yes, found[0]?.source ?? 'package.json');
  const workspace = files.paths.includes('pnpm-workspace.yaml')
    ? 'pnpm-workspace.yaml'
    : manifest['workspaces'] !== undefined && 'package.json';
  if (workspace !== false) {
    book.add('node.workspace', yes, workspace);
    const members = files.paths.filter((path) => /^(?:apps|services)\/[\w.-]+\/package\.json$/.test(path));
    book.choose(
      'node.app',
      members.map((path): Fact => ({ value: folderOf(path), source: path })),
    );
  }
}

function findVersion(files: ProjectFiles, book: FactBook, manifest: JsonObject): void {
  for (const path of ['.nvmrc', '.node-version']) {
    const line = nodeLine(files.text(path) ?? '');
    book.add('node.version', line?.split('.')[0], path);
  }
  book.add('node.version', textAt(tableAt(manifest, 'engines'), 'node'), 'package.json', { isRange: true });
  const runtime = tableAt(manifest, 'devEngines', 'runtime');
  if (textAt(runtime, 'name') === 'node')
    book.add('node.version', textAt(runtime, 'version'), 'package.json', { isRange: true });
}

/** The address of a repository for people; undefined where a text is none. */
export function webAddress(url: string | undefined): string | undefined {
  const [, host, path] =
    /^(?:git\+)?(?:https?:\/\/(?:[^@/\s]+@)?|ssh:\/\/git@|git@|git:\/\/)([\w.-]+)[/:]([\w./~-]+?)(?:\.git)?\/?$/.exec(
      url?.trim() ?? '',
    ) ?? [];
  return host === undefined || path === undefined ? undefined : `https://${host}/${path}`;
}
