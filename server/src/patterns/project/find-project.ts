// What a folder holds, asked language by language.
import { findGo } from './go';
import { findJava } from './java';
import { findNode } from './node';
import { findC, findDotnet, findEvidence, findPhp, findRuby, findStatic } from './others';
import { FactBook, folderOf, nameOf } from './project';
import type { Project, ProjectFiles } from './project';
import { findPython } from './python';
import { findRust } from './rust';

/** In the order in which their patterns are proposed. */
const searches = [
  findGo,
  findRust,
  findJava,
  findDotnet,
  findPython,
  findNode,
  findRuby,
  findPhp,
  findC,
  findStatic,
];

/** The facts about the project of a folder. Never throws. */
export function findProject(files: ProjectFiles): Project {
  const book = new FactBook();
  for (const search of searches) search(files, book);
  findEvidence(files, book);
  stopWithoutLock(book);
  return book;
}

/** Every pattern for Node.js installs what a lock file says. Beside another language package.json may be for tools alone. */
function stopWithoutLock(book: FactBook): void {
  const isOther = ['go', 'rust', 'java', 'dotnet', 'python', 'ruby', 'php', 'deno'].some((name) =>
    book.has(name),
  );
  const isOpen = book.conflicts.some(({ name }) => name === 'node.manager');
  if (book.has('node') && !book.has('node.manager') && !isOther && !isOpen)
    book.stop(
      'package.json',
      'has no lock file beside it, and without one each build gets other versions: npm install, pnpm install or yarn install writes one',
    );
}

const manifests =
  /^(?:go\.mod|Cargo\.toml|pom\.xml|build\.gradle(?:\.kts)?|[\w.-]+\.(?:cs|fs|vb)proj|pyproject\.toml|requirements\.txt|package\.json|Gemfile|composer\.json|CMakeLists\.txt)$/;

/** Folders below that hold a project of their own, for a folder that holds none. */
export function projectFolders({ paths }: Pick<ProjectFiles, 'paths'>): readonly string[] {
  return [...new Set(paths.filter((path) => manifests.test(nameOf(path))).map(folderOf))].filter(
    (folder) => folder !== '',
  );
}
