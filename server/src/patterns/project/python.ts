// A project in Python: its lock file names the manager, pyproject.toml the version, and its packages the program.
import { isBrokenToml, readToml, tableAt, textAt } from './toml';
import { factOf, folderOf, nameOf, notToml, sourcesAtTop, yes } from './project';
import type { Fact, FactBook, ProjectFiles } from './project';

const locks = [
  ['uv.lock', 'uv'],
  ['poetry.lock', 'poetry'],
  ['pdm.lock', 'pdm'],
  ['Pipfile.lock', 'pipenv'],
] as const;

/** How many files are read in search of an application. */
const mostFiles = 200;

export function findPython(files: ProjectFiles, book: FactBook): void {
  const has = (path: string): boolean => files.paths.includes(path);
  const requirements = files.paths.find((path) =>
    /^(?:requirements\/(?:prod|production|base)|requirements)\.txt$/.test(path),
  );
  const found = locks.filter(([path]) => has(path));
  const manifest = ['pyproject.toml', requirements, 'setup.py', 'Pipfile', 'manage.py'].find(
    (path) => path !== undefined && has(path),
  );
  if (manifest === undefined && found.length === 0) return;
  if (isBrokenToml(files.text('pyproject.toml'))) book.stop('pyproject.toml', notToml);
  const pyproject = readToml(files.text('pyproject.toml'));
  book.add('python', yes, manifest ?? found[0]?.[0] ?? '');
  book.choose(
    'python.manager',
    found.map(([source, value]) => ({ value, source })),
  );
  if (found.length === 0) book.add('python.manager', requirements && 'pip', requirements ?? '');
  book.add('python.requirements', requirements, requirements ?? '');
  if (Object.keys(tableAt(pyproject, 'tool', 'uv', 'workspace')).length > 0) {
    book.add('python.workspace', yes, 'pyproject.toml');
    findMembers(files, book);
  }
  if (Object.keys(tableAt(pyproject, 'build-system')).length > 0)
    book.add('python.buildsystem', yes, 'pyproject.toml');
  findVersion(files, book, pyproject);
  findSources(
    files,
    book,
    textAt(tableAt(pyproject, 'project'), 'name') ?? textAt(tableAt(pyproject, 'tool', 'poetry'), 'name'),
  );
  findFramework(files, book, pyproject, requirements);
}

function findVersion(
  files: ProjectFiles,
  book: FactBook,
  pyproject: Readonly<Record<string, unknown>>,
): void {
  const exact = ['.python-version', 'runtime.txt'].flatMap((path) =>
    factOf(/^(?:python-)?(\d+\.\d+)(?:\.\d+)?\s*$/m.exec(files.text(path) ?? '')?.[1], path),
  );
  const range =
    textAt(tableAt(pyproject, 'project'), 'requires-python') ??
    textAt(tableAt(pyproject, 'tool', 'poetry', 'dependencies'), 'python');
  book.agree('python.version', [...exact, ...factOf(range, 'pyproject.toml', { isRange: true })]);
}

/** The members of a workspace that can be started, and the module that starts them. */
function findMembers(files: ProjectFiles, book: FactBook): void {
  const members = files.paths.flatMap((path) => {
    const folder = folderOf(path);
    if (nameOf(path) !== 'pyproject.toml' || folder === '') return [];
    const manifest = tableAt(readToml(files.text(path)), 'project');
    const name = textAt(manifest, 'name');
    const isStart = /^(?:src\/)?[A-Za-z_]\w*\/__main__\.py$/;
    const main = files.paths.find(
      (one) => one.startsWith(`${folder}/`) && isStart.test(one.slice(folder.length + 1)),
    );
    const isProgram = main !== undefined || Object.keys(tableAt(manifest, 'scripts')).length > 0;
    return name !== undefined && isProgram ? [{ name, path, main }] : [];
  });
  book.choose(
    'python.member',
    members.map(({ name, path }): Fact => ({ value: name, source: path })),
  );
  const [only] = members;
  if (only?.main !== undefined && members.length === 1)
    book.add('python.module', nameOf(folderOf(only.main)), only.main);
}

/** Files at the top that are tools of the developer. */
const toolScript = /^(?:setup|conftest|noxfile|fabfile|tasks|manage|test_\w+|\w+_test)\.py$/;

/**
 * What is copied, and where to: the package that the project is about, which is the one of its name or else the only one;
 * the files at the top where there are no packages; everything where there are both and a file at the top starts it.
 */
function findSources(files: ProjectFiles, book: FactBook, name: string | undefined): void {
  const packages = files.paths
    .filter((path) => /^(?:src\/)?[A-Za-z_]\w*\/__(?:init|main)__\.py$/.test(path))
    .map((path) => ({ folder: folderOf(path), source: path }))
    .filter(({ folder }) => !/^(?:tests?|docs?|scripts|migrations)$/.test(folder));
  const wanted = name?.toLowerCase().replaceAll(/[-.]/g, '_');
  const own = packages.filter(({ folder }) => nameOf(folder) === wanted);
  // The first file of each.
  const folders = new Map([...(own.length > 0 ? own : packages)].reverse().map((one) => [one.folder, one]));
  const [only] = folders.values();
  const main = only && folders.size === 1 ? `${only.folder}/__main__.py` : '';
  const startsItself = files.paths.includes(main);
  if (only && startsItself) book.add('python.module', nameOf(only.folder), main);
  const script = ['main.py', 'app.py', 'server.py'].find((path) => files.paths.includes(path));
  book.add('python.module', script?.replace(/\.py$/, ''), script ?? '');
  const add = (source: string, target: string, from: string): void => {
    book.add('python.source', source, from);
    book.add('python.target', target, from);
  };
  if (only && folders.size === 1 && (startsItself || script === undefined))
    add(only.folder, nameOf(only.folder), only.source);
  else if (script !== undefined) {
    const sources = sourcesAtTop(files, /\.py$/).filter((one) => !toolScript.test(one));
    const all = sources.every((one) => one.endsWith('.py')) ? '*.py' : '.';
    add(sources.length === 1 ? script : all, './', script);
  }
}

function findFramework(
  files: ProjectFiles,
  book: FactBook,
  pyproject: Readonly<Record<string, unknown>>,
  requirements: string | undefined,
): void {
  const listed = tableAt(pyproject, 'project')['dependencies'];
  const lines = [
    ...(Array.isArray(listed) ? listed.map(String) : []),
    ...Object.keys(tableAt(pyproject, 'tool', 'poetry', 'dependencies')),
    ...(files.text(requirements ?? '') ?? '').split('\n'),
  ];
  const names = new Set(lines.map((line) => /^[\w-]+/.exec(line.trim())?.[0].toLowerCase() ?? ''));
  const framework = ['django', 'fastapi', 'flask'].find((one) => names.has(one));
  book.add('python.framework', framework, requirements ?? 'pyproject.toml');
  const settings = files.paths.find((path) => /^(?:src\/)?[A-Za-z_]\w*\/(?:wsgi|asgi)\.py$/.test(path));
  if (settings !== undefined) book.add('python.django', nameOf(folderOf(settings)), settings);
  book.choose('python.app', applicationsOf(files));
}

/** `package.module:variable` of every object that a server can run. */
function applicationsOf(files: ProjectFiles): readonly Fact[] {
  return files.paths
    .filter((path) => path.endsWith('.py') && !/(?:^|\/)(?:tests?|docs?|examples?)\//.test(path))
    .slice(0, mostFiles)
    .flatMap((path) => {
      const variable = /^(\w+)(?:\s*:\s*\w+)?\s*=\s*(?:FastAPI|Flask|Starlette)\(/m.exec(
        files.text(path) ?? '',
      )?.[1];
      if (variable === undefined) return [];
      const module = path
        .replace(/^src\//, '')
        .replace(/(?:\/__init__)?\.py$/, '')
        .replaceAll('/', '.');
      return { value: `${module}:${variable}`, source: path };
    });
}
