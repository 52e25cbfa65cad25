// Guesses the folder of the build context: the one that contains what the file copies.

/** The part of Node's `path` that is needed here: the one of the platform, or another in tests. */
export interface PathStyle {
  readonly sep: string;
  join(...parts: string[]): string;
  dirname(path: string): string;
  basename(path: string): string;
  relative(from: string, to: string): string;
  isAbsolute(path: string): boolean;
}

export interface ContextQuestion {
  /** Folder of the Dockerfile. */
  readonly fileFolder: string;
  /** Folder of the workspace that holds the Dockerfile, if it lies in one. */
  readonly workspaceFolder: string | undefined;
  /** Sources of COPY and ADD as written, without variables. */
  readonly sources: readonly string[];
  readonly path: PathStyle;
}

/** Folders that exist to hold build files for the project above them. */
const buildFolder =
  /^(?:\.?docker|dockerfiles?|\.?containers?|containerfiles?|\.?build|deploy(?:ment)?|\.?ci|packaging|\.devcontainer)$/i;

/**
 * The candidates are the folder of the file and those above it, up to the workspace folder. The one that holds
 * most of the sources wins; a tie goes to the folder nearest to the file, except that a file in a folder such as
 * `docker/` belongs to the project around it.
 * @param exists whether an absolute path is there
 * @returns all candidates, best first
 */
export async function rankContextFolders(
  question: ContextQuestion,
  exists: (path: string) => Promise<boolean>,
): Promise<readonly string[]> {
  const { path } = question;
  const folders = candidates(question);
  const wanted = [...new Set(question.sources)]
    .map(fixedPart)
    .filter((source) => source !== '')
    .slice(0, 100);
  const scored = await Promise.all(
    folders.map(async (folder, distance) => {
      const there = await Promise.all(wanted.map((source) => exists(path.join(folder, source))));
      const holding = distance === 0 && folders.length > 1 && buildFolder.test(path.basename(folder));
      return { folder, found: there.filter(Boolean).length, distance: holding ? 1.5 : distance };
    }),
  );
  return scored.sort((a, b) => b.found - a.found || a.distance - b.distance).map(({ folder }) => folder);
}

function candidates({ fileFolder, workspaceFolder, path }: ContextQuestion): string[] {
  const folders = [fileFolder];
  if (workspaceFolder === undefined) return folders;
  const below = path.relative(workspaceFolder, fileFolder);
  if (below === '..' || below.startsWith(`..${path.sep}`) || path.isAbsolute(below)) return folders;
  for (let folder = fileFolder; folder !== workspaceFolder && folders.length < 32;) {
    folder = path.dirname(folder);
    folders.push(folder);
  }
  return folders;
}

/** The part of a source in front of the first wildcard; empty when nothing is left that could be looked for. */
function fixedPart(source: string): string {
  const [plain = ''] = source.split(/[*?[]/, 1);
  const fixed = plain.length < source.length ? plain.slice(0, plain.lastIndexOf('/') + 1) : plain;
  return fixed.replace(/^(?:\.?\/)+/, '').replace(/^\.$/, '');
}
