// A project in Go: go.mod and go.work, and the packages with a main function.
import { compareVersions } from '../../core/knowledge/images/releases';
import { folderOf, nameOf, yes } from './project';
import type { Fact, FactBook, ProjectFiles } from './project';
import { shortened } from './versions';

/** How many files are read in search of main packages and cgo. */
const mostFiles = 300;

export function findGo(files: ProjectFiles, book: FactBook): void {
  const module = files.text('go.mod');
  const workspace = files.text('go.work');
  if (module === undefined && workspace === undefined) return;
  const source = module === undefined ? 'go.work' : 'go.mod';
  const text = module ?? workspace ?? '';
  book.add('go', yes, source);
  if (workspace !== undefined) book.add('go.workspace', yes, 'go.work');
  else if (/=>[ \t]*\.\.?\//.test(text)) book.add('go.workspace', yes, source);
  const path = /^module\s+"?([^\s"]+)"?/m.exec(text)?.[1];
  book.add('go.module', path, source);
  const language = /^go\s+(\d+\.\d+(?:\.\d+)?)/m.exec(text)?.[1];
  const toolchain = /^toolchain\s+go(\d+\.\d+(?:\.\d+)?)/m.exec(text)?.[1];
  const versions = [language, toolchain].flatMap((one) => one ?? []).sort(compareVersions);
  const newest = versions.at(-1);
  if (newest !== undefined) book.add('go.version', shortened(newest, 2), source, { isMinimum: true });
  if (files.paths.includes('vendor/modules.txt')) book.add('go.vendor', yes, 'vendor/modules.txt');
  findPrivate(files, book);
  findMains(files, book, path);
}

/** The folders of the modules in a workspace that are below it; the top as an empty text. */
function modulesOf({ paths }: ProjectFiles): readonly string[] {
  return paths.filter((path) => nameOf(path) === 'go.mod').map(folderOf);
}

/** Where teams write down which modules are private, and how git reaches them. */
const privateSources =
  /^(?:Makefile|Taskfile\.ya?ml|justfile|\.envrc|\.gitlab-ci\.ya?ml|Jenkinsfile|Dockerfile|Containerfile|(?:docker-)?compose\.ya?ml|\.github\/workflows\/[^/]+\.ya?ml)$/;

function findPrivate(files: ProjectFiles, book: FactBook): void {
  for (const source of files.paths.filter((path) => privateSources.test(path))) {
    const text = files.text(source) ?? '';
    const hosts = /\bGOPRIVATE\s*[:?]?[=:]\s*["']?([\w.@+*/,-]*[\w*])/.exec(text)?.[1];
    // A prefix of a module's path matches all below it.
    book.add('go.private', hosts?.replaceAll(/\/\*(?=,|$)/g, ''), source);
    const host = /\burl\.["']?(?:ssh:\/\/)?git@([\w.-]+)[/:][^\s=]*\.insteadOf\b/i.exec(text)?.[1];
    book.add('go.privatehost', host, source);
  }
}

function findMains(files: ProjectFiles, book: FactBook, module: string | undefined): void {
  const sources = files.paths.filter(
    (path) =>
      path.endsWith('.go') &&
      !path.endsWith('_test.go') &&
      !/(?:^|\/)(?:vendor|testdata|examples?)\//.test(path),
  );
  const mains = new Map<string, Fact>();
  for (const path of sources.slice(0, mostFiles)) {
    const text = files.text(path) ?? '';
    if (/^[ \t]*(?:import[ \t]+)?(?:\w+[ \t]+)?"C"[ \t]*$/m.test(text)) book.add('go.cgo', yes, path);
    const isMain = /^package\s+main\b/m.test(text) && /^func[ \t]+main[ \t]*\([ \t]*\)/m.test(text);
    const isTool = /^\/\/go:build\s+(?:ignore|tools?)\b/m.test(text);
    const folder = folderOf(path);
    if (isMain && !isTool && !mains.has(folder))
      mains.set(folder, { value: folder === '' ? '.' : `./${folder}`, source: path });
    findPort(text, path, book);
  }
  const all = [...mains.values()];
  book.choose('go.package', all);
  if (book.has('go.workspace')) findMembers(files, book, all);
  const [only] = all;
  if (only && all.length === 1)
    book.add('go.program', only.value === '.' ? programOf(module) : nameOf(only.value), only.source);
}

/** Of each program in a workspace: the folder of its module, and the package within that. */
function findMembers(files: ProjectFiles, book: FactBook, mains: readonly Fact[]): void {
  const modules = modulesOf(files);
  const members = mains.flatMap(({ value, source }) => {
    const folder = value === '.' ? '' : value.slice('./'.length);
    const module = modules
      .filter((one) => one === '' || folder === one || folder.startsWith(`${one}/`))
      .sort((a, b) => b.length - a.length)[0];
    if (module === undefined) return [];
    const rest = module === '' ? folder : folder.slice(module.length + 1);
    return { module: module === '' ? '.' : module, rest: rest === '' ? '.' : `./${rest}`, source };
  });
  book.choose(
    'go.folder',
    members.map(({ module, source }) => ({ value: module, source })),
  );
  book.choose(
    'go.memberpackage',
    members.map(({ rest, source }) => ({ value: rest, source })),
  );
}

/** The last part of the module's path that is no major version: what `go build` calls the program. */
function programOf(module: string | undefined): string | undefined {
  return module
    ?.split('/')
    .filter((part) => !/^v\d+$/.test(part))
    .at(-1);
}

function findPort(text: string, path: string, book: FactBook): void {
  const port = /(?:ListenAndServe(?:TLS)?\(|\.Listen\("tcp",\s*|\bAddr:\s*)"[^"\s]*:(\d{2,5})"/.exec(
    text,
  )?.[1];
  book.add('port', port, path);
}
