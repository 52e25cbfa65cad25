// A project in Python: its lock file names the manager, pyproject.toml the version, and its packages the program.
import { readToml, tableAt, textAt } from './toml';
import { folderOf, nameOf, yes } from './project';
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
  const pyproject = readToml(files.text('pyproject.toml'));
  book.add('python', yes, manifest ?? found[0]?.[0] ?? '');
  book.choose(
    'python.manager',
    found.map(([source, value]) => ({ value, source })),
  );
  if (found.length === 0) book.add('python.manager', requirements && 'pip', requirements ?? '');
  book.add('python.requirements', requirements, requirements ?? '');
  if (Object.keys(tableAt(pyproject, 'tool', 'uv', 'workspace')).length > 0)
    book.add('python.workspace', yes, 'pyproject.toml');
  if (Object.keys(tableAt(pyproject, 'build-system')).length > 0)
    book.add('python.buildsystem', yes, 'pyproject.toml');
  findVersion(files, book, pyproject);
  findPackage(
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
  for (const path of ['.python-version', 'runtime.txt']) {
    const version = /^(?:python-)?(\d+\.\d+)(?:\.\d+)?\s*$/m.exec(files.text(path) ?? '')?.[1];
    book.add('python.version', version, path);
  }
  const range =
    textAt(tableAt(pyproject, 'project'), 'requires-python') ??
    textAt(tableAt(pyproject, 'tool', 'poetry', 'dependencies'), 'python');
  book.add('python.version', range, 'pyproject.toml', { isRange: true });
}

/** The package that the project is about: the one of its name, else the only one that can be started. */
function findPackage(files: ProjectFiles, book: FactBook, name: string | undefined): void {
  const packages = files.paths
    .filter((path) => /^(?:src\/)?[A-Za-z_]\w*\/__(?:init|main)__\.py$/.test(path))
    .map((path) => ({ folder: folderOf(path), source: path }))
    .filter(({ folder }) => !/^(?:tests?|docs?|scripts|migrations)$/.test(folder));
  const wanted = name?.toLowerCase().replaceAll(/[-.]/g, '_');
  const own = packages.filter(({ folder }) => nameOf(folder) === wanted);
  // The first file of each.
  const folders = new Map([...(own.length > 0 ? own : packages)].reverse().map((one) => [one.folder, one]));
  const [only] = folders.values();
  if (only && folders.size === 1) {
    const value = nameOf(only.folder);
    book.add('python.package', value, only.source);
    book.add('python.folder', only.folder, only.source);
    const main = `${only.folder}/__main__.py`;
    if (files.paths.includes(main)) book.add('python.module', value, main);
  }
  for (const script of ['main.py', 'app.py', 'server.py'])
    if (files.paths.includes(script)) book.add('python.module', script.replace(/\.py$/, ''), script);
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
