// Projects in .NET, Ruby, PHP and C, and folders of static files.
import { firstRule, readMakefile } from '../../core/text/makefile';
import { factOf, folderOf, nameOf, sourcesAtTop, toolVersion, yes } from './project';
import type { Fact, FactBook, ProjectFiles } from './project';
import { readManifest, webAddress } from './node';
import { tableAt, textAt } from './toml';
import { shortened } from './versions';

export function findDotnet(files: ProjectFiles, book: FactBook): void {
  const projects = files.paths.filter(
    (path) => /\.(?:cs|fs|vb)proj$/.test(path) && !/\btests?\b/i.test(path),
  );
  const [first] = projects;
  if (first === undefined) return;
  book.add('dotnet', yes, first);
  const texts = projects.map((path) => ({ path, text: files.text(path) ?? '' }));
  // What can be started: web projects, and those that ask for a program.
  const programs = texts.filter(({ text }) =>
    /Sdk="Microsoft\.NET\.Sdk\.(?:Web|Worker)"|<OutputType>\s*Exe\s*</i.test(text),
  );
  book.choose(
    'dotnet.project',
    programs.map(({ path }): Fact => ({ value: path, source: path })),
  );
  const chosen = texts.find(({ path }) => path === book.value('dotnet.project'));
  if (chosen) {
    book.add('dotnet.name', nameOf(chosen.path).replace(/\.\w+proj$/, ''), chosen.path);
    // Those above it count for all projects that do not say their own.
    for (const path of [chosen.path, ...propsAbove(files, chosen.path)]) {
      const text = files.text(path) ?? '';
      book.add('dotnet.version', /<TargetFramework>\s*net(\d+\.\d+)\s*</.exec(text)?.[1], path);
    }
    if (chosen.text.includes('Microsoft.NET.Sdk.Web')) book.add('dotnet.web', yes, chosen.path);
  }
  const shared = files.paths.find((path) => /^Directory\.\w+\.props$/.test(path));
  if (shared !== undefined) book.add('dotnet.props', yes, shared);
}

/** `Directory.Build.props` in the folders above a file, the nearest first. */
function propsAbove({ paths }: ProjectFiles, path: string): readonly string[] {
  const found: string[] = [];
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    const props = folder === '' ? 'Directory.Build.props' : `${folder}/Directory.Build.props`;
    if (paths.includes(props)) found.push(props);
    if (folder === '') return found;
  }
}

export function findRuby(files: ProjectFiles, book: FactBook): void {
  if (!files.paths.includes('Gemfile')) return;
  const gems = files.text('Gemfile') ?? '';
  book.add('ruby', yes, 'Gemfile');
  const [, sign = '', wanted] = /^[ \t]*ruby[ \t]+["']([~>=<]*)[ \t]*(\d+(?:\.\d+)+)/m.exec(gems) ?? [];
  const range = sign === '' ? undefined : wanted && `${sign.replace('~>', '~=')}${wanted}`;
  const locked = /^RUBY VERSION\n\s+ruby (\d+\.\d+)/m.exec(files.text('Gemfile.lock') ?? '')?.[1];
  book.agree('ruby.version', [
    ...factOf(/(\d+\.\d+)(?:\.\d+)?/.exec(files.text('.ruby-version') ?? '')?.[1], '.ruby-version'),
    ...factOf(sign === '' ? wanted && shortened(wanted, 2) : undefined, 'Gemfile'),
    ...factOf(range, 'Gemfile', { isRange: true }),
    ...factOf(locked, 'Gemfile.lock'),
    ...toolVersion(files, 'ruby', 2),
  ]);
  book.choose(
    'ruby.main',
    ['app.rb', 'main.rb', 'server.rb']
      .filter((path) => files.paths.includes(path))
      .map((path): Fact => ({ value: path, source: path })),
  );
  const main = book.value('ruby.main');
  const sources = sourcesAtTop(files, /\.(?:rb|erb)$/).filter((name) => name !== main);
  if (main !== undefined && sources.length < 2) book.add('ruby.sources', sources[0] ?? main, main);
  else if (main !== undefined) book.add('ruby.sources', '.', main);
  book.add('ruby.framework', /^[ \t]*gem[ \t]+["'](rails|sinatra)["']/m.exec(gems)?.[1], 'Gemfile');
}

export function findPhp(files: ProjectFiles, book: FactBook): void {
  if (!files.paths.includes('composer.json')) return;
  book.add('php', yes, 'composer.json');
  const required = tableAt(readManifest(files, book, 'composer.json'), 'require');
  book.add('php.version', textAt(required, 'php'), 'composer.json', { isRange: true });
  const isLaravel = 'laravel/framework' in required;
  const isSymfony = 'symfony/framework-bundle' in required;
  book.add(
    'php.framework',
    (isLaravel && 'laravel') || (isSymfony && 'symfony') || undefined,
    'composer.json',
  );
  const extensions = Object.keys(required).flatMap((name) => /^ext-(\w+)$/.exec(name)?.[1] ?? []);
  book.add('php.extensions', extensions.join(' '), 'composer.json');
}

export function findC(files: ProjectFiles, book: FactBook): void {
  const source = files.paths.find((path) => /^(?:src\/)?[\w-]+\.(?:c|cc|cpp|cxx)$/.test(path));
  const build = ['CMakeLists.txt', 'Makefile'].find((path) => files.paths.includes(path));
  if (source === undefined || build === undefined) return;
  book.add('c', yes, source);
  const text = files.text(build) ?? '';
  if (build === 'CMakeLists.txt') {
    book.add('c.cmake', yes, build);
    book.add('c.program', /add_executable\(\s*([\w.-]+)/i.exec(text)?.[1], build);
  } else {
    const made = firstTarget(text);
    book.add('c.program', made && nameOf(made), build);
    book.add('c.binary', made, build);
  }
}

/** What `make` makes without words: the first rule's file, or what `all` needs first. Undefined where that is no plain path. */
function firstTarget(text: string): string | undefined {
  const rule = firstRule(readMakefile(text));
  const made = rule?.targets[0] === 'all' ? rule.prerequisites[0] : rule?.targets[0];
  return made !== undefined && /^[\w.-]+(?:\/[\w.-]+)*$/.test(made) ? made : undefined;
}

/** Files for a web server, in a folder that no other language claims. */
export function findStatic(files: ProjectFiles, book: FactBook): void {
  const page = ['index.html', 'public/index.html', 'dist/index.html'].find((path) =>
    files.paths.includes(path),
  );
  if (page === undefined || book.facts.size > 0) return;
  book.add('static', yes, page);
  book.add('static.folder', folderOf(page) === '' ? '.' : folderOf(page), page);
}

/** What people have written down already: the port of a Compose file, the address of the repository. */
export function findEvidence(files: ProjectFiles, book: FactBook): void {
  const docker = files.paths.filter((path) => /^(?:Dockerfile|Containerfile)$/.test(path));
  for (const path of docker)
    book.add('port', /^EXPOSE\s+(\d{2,5})\b/im.exec(files.text(path) ?? '')?.[1], path);
  for (const path of files.paths.filter((one) => /^(?:docker-)?compose\.ya?ml$/.test(one)))
    book.add(
      'port',
      /^[ \t]*-[ \t]*["']?(?:[\d.]+:)?\d+:(\d{2,5})["']?[ \t]*$/m.exec(files.text(path) ?? '')?.[1],
      path,
    );
  const origin = /\[remote "origin"\][^[]*?url\s*=\s*(\S+)/.exec(files.text('.git/config') ?? '')?.[1];
  book.add('repository', webAddress(origin), '.git/config');
  const own = /^https:\/\/github\.com\/([\w.-]+\/[\w.-]+)$/.exec(book.value('repository') ?? '')?.[1];
  // The registry of GitHub takes no capitals.
  book.add('image', own && `ghcr.io/${own.toLowerCase()}`, book.facts.get('repository')?.source ?? '');
}
