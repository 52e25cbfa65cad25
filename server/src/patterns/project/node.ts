// A project in JavaScript or TypeScript: package.json, its lock file, and what its scripts start.
import { isRecord } from '../../core/text/record';
import type { JsonObject } from '../../core/text/record';
import { factOf, folderOf, nameOf, notJson, sourcesAtTop, toolVersion, yes } from './project';
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

/** Bundlers whose result a browser runs by itself, with the folder that they make. */
const bundlers: readonly (readonly [string, string])[] = [
  ['vite', 'dist'],
  ['react-scripts', 'build'],
  ['@vue/cli-service', 'dist'],
  ['@docusaurus/core', 'build'],
  ['gatsby', 'public'],
  ['astro', 'dist'],
  ['parcel', 'dist'],
];

/** Programs that serve the pages themselves, or more than pages. */
const servers = [
  'next',
  'nuxt',
  '@nestjs/core',
  '@sveltejs/kit',
  '@astrojs/node',
  '@remix-run/node',
  '@react-router/node',
  'express',
  'fastify',
  'koa',
  'hono',
  '@hapi/hapi',
];

/** The value of a JSON text that is a mapping; empty otherwise. */
function readJson(text: string | undefined): JsonObject {
  return (text === undefined ? undefined : parsed(text)) ?? {};
}

/** @returns undefined for what is not a mapping in JSON: nothing is known from it */
function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    // Half-written.
    return undefined;
  }
}

/** What a manifest in JSON says. Without one that can be read, nothing of the project is known. */
export function readManifest(files: ProjectFiles, book: FactBook, source: string): JsonObject {
  const text = files.text(source);
  if (text === undefined) return {};
  const manifest = parsed(text);
  if (!manifest) book.stop(source, notJson);
  return manifest ?? {};
}

export function findNode(files: ProjectFiles, book: FactBook): void {
  const source = 'package.json';
  findDeno(files, book);
  if (!files.paths.includes(source)) return;
  book.add('node', yes, source);
  const manifest = readManifest(files, book, source);
  findManager(files, book, manifest);
  findVersion(files, book, manifest);

  const scripts = tableAt(manifest, 'scripts');
  const dependencies = { ...tableAt(manifest, 'devDependencies'), ...tableAt(manifest, 'dependencies') };
  if (textAt(scripts, 'build') !== undefined) book.add('node.build', yes, source);
  if ('typescript' in dependencies || files.paths.includes('tsconfig.json'))
    book.add('node.typescript', yes, 'typescript' in dependencies ? source : 'tsconfig.json');
  const framework = frameworks.find((name) => name in dependencies);
  book.add('node.framework', framework?.replace(/^@nestjs\/core$/, 'nest'), source);
  if (!servers.some((name) => name in dependencies)) findPages(files, book, dependencies);
  const output = /"outDir"\s*:\s*"(?:\.\/)?([\w./-]+?)\/?"/.exec(files.text('tsconfig.json') ?? '')?.[1];
  book.add('node.output', output, 'tsconfig.json');
  const next = files.paths.find((path) => /^next\.config\.\w+$/.test(path));
  if (next !== undefined && /output\s*:\s*['"]standalone['"]/.test(files.text(next) ?? ''))
    book.add('node.standalone', yes, next);

  const isBuilt = book.has('node.build');
  // `npm init` writes "main": "index.js", which says nothing about what a build makes.
  const named = startedByScript(manifest) ?? (isBuilt ? namedBelow(manifest) : namedBy(manifest));
  const main = named ?? (framework === '@nestjs/core' ? `${output ?? 'dist'}/main.js` : undefined);
  const present = presentOf(files, main) ?? (book.has('node.build') ? undefined : usualMain(files, book));
  if (isBuilt && present !== undefined && !book.has('node.pages') && !book.has('node.workspace'))
    book.stop(
      source,
      `starts ${present} from the sources and has a build besides, and no pattern puts both into the image`,
    );
  // What a build makes is not there yet.
  book.add('node.main', present ?? (book.has('node.build') ? main : undefined), source);
  if (output !== undefined && book.has('node.build')) findCompiledMain(files, book, output);
  const file = book.value('node.main');
  if (present === undefined && file?.includes('/'))
    book.add('node.folder', folderOf(file).split('/')[0], source);
  const sources = sourcesAtTop(files, /\.(?:[cm]?[jt]sx?|vue|svelte)$/).filter(
    (name) => !/^\.|\.config\.\w+$|\.(?:test|spec|d)\.\w+$|^(?:gulpfile|Gruntfile)\./.test(name),
  );
  const [only] = sources;
  // What a bundler copies as it is stands beside the sources.
  const assets = files.paths.find((path) => /^(?:public|static)\//.test(path));
  if (book.has('node.pages') && assets !== undefined) book.add('node.sources', '.', assets);
  if (present !== undefined) book.add('node.folder', sources.length === 1 ? only : '.', present);
  else if (only !== undefined) book.add('node.sources', sources.length === 1 ? only : '.', only);
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

/** The folder of the pages that a browser runs without a server of their own. */
function findPages(files: ProjectFiles, book: FactBook, dependencies: JsonObject): void {
  const [name, usual] = bundlers.find(([one]) => one in dependencies) ?? [];
  const settings = files.paths.find((path) => /^vite\.config\.\w+$/.test(path));
  const own =
    name === 'vite' && settings !== undefined
      ? /\boutDir\s*:\s*['"](?:\.\/)?([\w./-]+?)\/?['"]/.exec(files.text(settings) ?? '')?.[1]
      : undefined;
  book.add('node.pages', own, settings ?? '');
  book.add('node.pages', usual, 'package.json');
  book.add('node.pages', pagesOfAngular(readJson(files.text('angular.json'))), 'angular.json');
}

/** What `ng build` makes of the only project; undefined where there are several, and where it has a server. */
function pagesOfAngular(workspace: JsonObject): string | undefined {
  const [first, ...others] = Object.entries(tableAt(workspace, 'projects'));
  if (!first || others.length > 0) return undefined;
  const [name, project] = first;
  const build = isRecord(project) ? tableAt(project, 'architect', 'build') : {};
  const builder = textAt(build, 'builder') ?? '';
  const options = tableAt(build, 'options');
  if (options['server'] !== undefined || options['ssr'] !== undefined) return undefined;
  const path =
    textAt(options, 'outputPath') ?? textAt(tableAt(options, 'outputPath'), 'base') ?? `dist/${name}`;
  // The newer builder puts what browsers get in a folder of its own.
  return builder.endsWith(':application') ? `${path}/browser` : path;
}

/** The file that Node.js starts, as package.json has it. */
function startedBy(manifest: JsonObject): string | undefined {
  return startedByScript(manifest) ?? namedBy(manifest);
}

function namedBy(manifest: JsonObject): string | undefined {
  return (textAt(manifest, 'main') ?? textAt(manifest, 'module'))?.replace(/^\.\//, '');
}

function namedBelow(manifest: JsonObject): string | undefined {
  const file = namedBy(manifest);
  return file?.includes('/') ? file : undefined;
}

function startedByScript(manifest: JsonObject): string | undefined {
  const scripts = tableAt(manifest, 'scripts');
  for (const name of ['start:prod', 'start']) {
    const file = /(?:^|\s)(?:node|bun(?: run)?)\s+(?:--?[\w=-]+\s+)*\.?\/?([\w@-][\w@./-]*)/.exec(
      textAt(scripts, name) ?? '',
    )?.[1];
    if (file !== undefined) return file;
  }
  return undefined;
}

function presentOf(files: ProjectFiles, main: string | undefined): string | undefined {
  if (main === undefined) return undefined;
  return [main, `${main}.js`, `${main}/index.js`].find((path) => files.paths.includes(path));
}

/** The file with a usual name, if there is one alone. */
function usualMain(files: ProjectFiles, book: FactBook): string | undefined {
  const isUsual = book.has('bun')
    ? /^(?:src\/)?(?:index|server|app|main)\.[cm]?[jt]sx?$/
    : /^(?:src\/)?(?:index|server|app|main)\.[cm]?js$/;
  const [first, ...others] = files.paths.filter((path) => isUsual.test(path));
  return others.length === 0 ? first : undefined;
}

/** What the compiler makes of the one source with a usual name: it keeps the names below `src`. */
function findCompiledMain(files: ProjectFiles, book: FactBook, output: string): void {
  const sources = files.paths.filter((path) => /^src\/(?:index|server|app|main)\.ts$/.test(path));
  const [first, ...others] = sources;
  if (first !== undefined && others.length === 0)
    book.add('node.main', `${output}/${nameOf(first).replace(/ts$/, 'js')}`, first);
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
  const classic = /^# yarn lockfile v1$/m.test(files.text('yarn.lock') ?? '');
  if (
    book.value('node.manager') === 'yarn' &&
    (classic || book.value('node.managerversion')?.startsWith('1.'))
  )
    book.stop(
      classic ? 'yarn.lock' : 'package.json',
      'is for Yarn 1, which gets no new versions and has no pattern: yarn set version stable changes to Yarn 4',
    );
  if (book.value('node.manager') === 'bun') book.add('bun', yes, found[0]?.source ?? 'package.json');
  const workspace = hasMembers(files.text('pnpm-workspace.yaml'))
    ? 'pnpm-workspace.yaml'
    : manifest['workspaces'] !== undefined && 'package.json';
  if (workspace !== false) {
    book.add('node.workspace', yes, workspace);
    findMembers(files, book);
  }
}

/** Whether pnpm-workspace.yaml names packages besides the one at the top: pnpm keeps its settings there too. */
function hasMembers(text: string | undefined): boolean {
  const [, inline, lines = ''] =
    /^packages:[ \t]*(?:(\[.*\])|\r?\n((?:[ \t]*-.*(?:\r?\n|$)|[ \t]*(?:#.*)?\r?\n)*))/m.exec(text ?? '') ??
    [];
  const items = inline?.slice(1, -1).split(',') ?? lines.split('\n');
  return items.some((item) => /^[\s'"-]*[^\s'"!#-].*[\w*]/.test(item));
}

/** The applications of a workspace: those in the usual folders, else those that can be started. */
function findMembers(files: ProjectFiles, book: FactBook): void {
  const members = files.paths.filter((path) => nameOf(path) === 'package.json' && path.includes('/'));
  const usual = members.filter((path) => /^(?:apps|services)\/[\w.-]+\/package\.json$/.test(path));
  const started = members.filter(
    (path) => textAt(tableAt(readJson(files.text(path)), 'scripts'), 'start') !== undefined,
  );
  const apps = usual.length > 0 ? usual : started;
  book.choose(
    'node.app',
    apps.map((path): Fact => ({ value: folderOf(path), source: path })),
  );
  const [only] = apps;
  if (only === undefined || apps.length > 1) return;
  book.add('node.appmain', startedBy(readJson(files.text(only))), only);
  const shared = members.filter((path) => path !== only).map((path) => path.split('/')[0] ?? '');
  const [folder] = shared;
  if (folder !== undefined && shared.every((one) => one === folder)) book.add('node.shared', folder, only);
}

function findVersion(files: ProjectFiles, book: FactBook, manifest: JsonObject): void {
  const source = 'package.json';
  const runtime = tableAt(manifest, 'devEngines', 'runtime');
  const isNode = textAt(runtime, 'name') === 'node';
  book.agree('node.version', [
    ...['.nvmrc', '.node-version'].flatMap((path) =>
      factOf(nodeLine(files.text(path) ?? '')?.split('.')[0], path),
    ),
    ...toolVersion(files, 'nodejs', 1),
    ...factOf(textAt(tableAt(manifest, 'engines'), 'node'), source, { isRange: true }),
    ...factOf(isNode ? textAt(runtime, 'version') : undefined, source, { isRange: true }),
  ]);
}

/** The address of a repository for people; undefined where a text is none. */
export function webAddress(url: string | undefined): string | undefined {
  const [, host, path] =
    /^(?:git\+)?(?:https?:\/\/(?:[^@/\s]+@)?|ssh:\/\/git@|git@|git:\/\/)([\w.-]+)[/:]([\w./~-]+?)(?:\.git)?\/?$/.exec(
      url?.trim() ?? '',
    ) ?? [];
  return host === undefined || path === undefined ? undefined : `https://${host}/${path}`;
}
