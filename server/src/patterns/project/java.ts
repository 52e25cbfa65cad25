// A project in Java: Maven or Gradle, the release it compiles for, and Spring Boot.
import { nameOf, yes } from './project';
import type { Fact, FactBook, ProjectFiles } from './project';

export function findJava(files: ProjectFiles, book: FactBook): void {
  const gradle = ['build.gradle.kts', 'build.gradle', 'settings.gradle.kts', 'settings.gradle'].filter(
    (path) => files.paths.includes(path),
  );
  const managers: Fact[] = [];
  if (files.paths.includes('pom.xml')) managers.push({ value: 'maven', source: 'pom.xml' });
  if (gradle[0] !== undefined) managers.push({ value: 'gradle', source: gradle[0] });
  const [first] = managers;
  if (!first) return;
  book.add('java', yes, first.source);
  book.choose('java.manager', managers);
  if (first.value === 'maven') readMaven(files, book);
  else readGradle(files, book, gradle);
  findPrograms(files, book);
  const wrapper = files.paths.find((path) => path === 'mvnw' || path === 'gradlew');
  if (wrapper !== undefined) book.add('java.wrapper', yes, wrapper);
}

/** How many sources are read in search of a main method. */
const mostFiles = 400;

/** The classes with a main method, and the module that each lies in. */
function findPrograms(files: ProjectFiles, book: FactBook): void {
  const sources = files.paths.filter((path) =>
    /(?:^|\/)src\/main\/(?:java|kotlin)\/.*\.(?:java|kt)$/.test(path),
  );
  const mains = sources.slice(0, mostFiles).flatMap((source) => {
    const text = files.text(source) ?? '';
    const isKotlin = source.endsWith('.kt');
    const starts = isKotlin
      ? /^fun main\(/m.test(text)
      : /\bstatic\s+(?:final\s+)?void\s+main\s*\(/.test(text);
    if (!starts) return [];
    const [module = '', path = ''] = source.split(/\/?src\/main\/(?:java|kotlin)\//);
    const name = path.replace(/\.\w+$/, '').replaceAll('/', '.');
    return { source, module, name: isKotlin ? `${name}Kt` : name };
  });
  book.choose(
    'java.main',
    mains.map(({ source, name }): Fact => ({ value: name, source })),
  );
  if (!book.has('java.modules')) return;
  book.choose(
    'java.module',
    mains
      .filter(({ module }) => module !== '')
      .map(({ source, module }): Fact => ({ value: module, source })),
  );
  const module = book.value('java.module');
  if (module === undefined) return;
  for (const name of ['build.gradle.kts', 'build.gradle']) {
    const path = `${module}/${name}`;
    book.add('java.version', releaseOfGradle(files.text(path) ?? ''), path, { isMinimum: true });
  }
  // Gradle calls the jar after the folder, Maven after the artifact.
  const manifest = `${module}/pom.xml`;
  const own = (files.text(manifest) ?? '').replace(/<parent>[^]*?<\/parent>/, '');
  book.add('java.version', releaseOfMaven(own), manifest, { isMinimum: true });
  book.add('java.program', /<artifactId>\s*([\w.-]+)\s*</.exec(own)?.[1], manifest);
  book.add('java.program', nameOf(module), book.facts.get('java.module')?.source ?? module);
}

function readMaven(files: ProjectFiles, book: FactBook): void {
  const source = 'pom.xml';
  const text = files.text(source) ?? '';
  // The first names of the file may be those of the parent.
  const [before = '', rest = ''] = splitAt(text, '<parent>');
  const [parent = '', after = ''] = splitAt(rest, '</parent>');
  const own = before + after;
  const first = /<artifactId>\s*([\w.-]+)\s*</.exec(own)?.[1];
  book.add('java.name', first, source);
  book.add('java.version', releaseOfMaven(own), source, { isMinimum: true });
  if (/<artifactId>\s*spring-boot-starter-parent\s*</.test(parent))
    book.add('java.boot', valuesOfMaven(parent).get('version'), source);
  const imported = /<artifactId>\s*spring-boot-dependencies\s*<\/artifactId>\s*<version>\s*([\d.]+)/.exec(
    text,
  )?.[1];
  book.add('java.boot', imported, source);
  if (/<modules>/.test(own)) book.add('java.modules', yes, source);
  if (/<artifactId>\s*native-maven-plugin\s*</.test(own)) book.add('java.native', yes, source);
}

/** The texts of the elements of a POM that hold a single word, by their names; of those of one name the last. */
function valuesOfMaven(pom: string): ReadonlyMap<string, string> {
  return new Map(
    [...pom.matchAll(/<([\w.-]+)>\s*([\w.-]+)\s*<\//g)].map(([, name = '', one = '']) => [name, one]),
  );
}

/** The release of Java that a POM without its parent compiles for. */
function releaseOfMaven(pom: string): string | undefined {
  const values = valuesOfMaven(pom);
  const names = ['maven.compiler.release', 'java.version', 'maven.compiler.target', 'release'];
  return names.flatMap((name) => values.get(name) ?? [])[0]?.replace(/^1\./, '');
}

/** What stands before the first occurrence of a word, and behind it. */
function splitAt(text: string, word: string): readonly [before: string, after: string] {
  const at = text.indexOf(word);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + word.length)];
}

function readGradle(files: ProjectFiles, book: FactBook, paths: readonly string[]): void {
  for (const path of paths) {
    const text = files.text(path) ?? '';
    book.add('java.version', releaseOfGradle(text), path, { isMinimum: true });
    book.add(
      'java.boot',
      /org\.springframework\.boot["')\s]+version\s*\(?["']([\d.]+)/.exec(text)?.[1],
      path,
    );
    book.add('java.name', /rootProject\.name\s*=\s*["']([\w.-]+)/.exec(text)?.[1], path);
    if (/^[ \t]*include\b/m.test(text) && nameOf(path).startsWith('settings'))
      book.add('java.modules', yes, path);
    if (text.includes('org.graalvm.buildtools.native')) book.add('java.native', yes, path);
  }
}

function releaseOfGradle(text: string): string | undefined {
  return (
    /JavaLanguageVersion\.of\(\s*(\d+)/.exec(text)?.[1] ??
    /jvmToolchain\(\s*(\d+)/.exec(text)?.[1] ??
    /(?:source|target)Compatibility\s*=\s*(?:JavaVersion\.VERSION_)?['"]?(\d+)/.exec(text)?.[1]
  );
}
