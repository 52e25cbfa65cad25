// What the creation of files from a pattern needs of the disk: the project, the context of its Dockerfile, and patterns of
// the user's own.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ContextFacts } from '../../core/lint/facts';
import type { Draft, DraftInput } from '../../patterns/draft';
import type * as patternLibrary from '../../patterns/library';
import type { Pattern } from '../../patterns/pattern';
import type { Project } from '../../patterns/project/project';
import type { PatternSources } from '../../patterns/read-pattern';
import { newIgnoreFile } from '../../service/new-ignore-file';
import { inWords } from '../files/file-errors';
import { readText } from '../files/read-text';
import { parseYaml, yamlValue } from './bounded-yaml';
import { describeFolder, listFolder } from './context-facts';
import { readProjectFiles } from './project-files';

/** A page of a pattern is shorter. */
const maximumBytes = 200_000;

/** A folder that is to get files. */
export interface SurveyedFolder {
  readonly paths: readonly string[];
  readonly project: Project;
  readonly draft: (input: Omit<DraftInput, 'files' | 'project' | 'ignoreFile'>) => Draft;
}

/**
 * Reads the project of a folder, once for all drafts.
 * @param folder absolute
 * @param library of patterns, which its users load when they need it
 */
export function surveyFolder(
  folder: string,
  { draft, findProject }: Pick<typeof patternLibrary, 'draft' | 'findProject'>,
): SurveyedFolder {
  const files = readProjectFiles(folder);
  const project = findProject(files);
  const ignoreFile = (dockerfile: string): string | undefined => {
    const context = contextWithoutIgnoreFile(folder);
    return context && newIgnoreFile(dockerfile, context);
  };
  return { paths: files.paths, project, draft: (input) => draft({ ...input, files, project, ignoreFile }) };
}

/** The facts about a folder that is to get a Dockerfile; undefined if it has an ignore file, or cannot be listed. */
function contextWithoutIgnoreFile(folder: string): ContextFacts | undefined {
  const listing = listFolder(folder, new Map());
  const unwatched = { onList: (): void => undefined, onRead: (): void => undefined };
  const facts = listing && describeFolder(folder, join(folder, 'Dockerfile'), folder, listing, unwatched);
  return facts?.ignoreFile === undefined ? facts : undefined;
}

/** Tags of the user's own patterns stand in no table: they have defaults, and a registry may list newer ones. */
const sources: Omit<PatternSources, 'patternNamed'> = {
  parseYaml(text) {
    const { document, problem } = parseYaml(text);
    if (!document) throw new Error(problem);
    return yamlValue(document);
  },
  versionsOf: () => ({ versions: [], ever: [], moves: true }),
};

export interface OwnPatterns {
  readonly patterns: readonly Pattern[];
  /** Each begins with a path; without a full stop. */
  readonly problems: readonly string[];
}

/**
 * The patterns in folders of the user's own.
 * @param library the reader of patterns, and those that stages can be taken from
 */
export function readOwnPatterns(
  folders: readonly string[],
  library: Pick<typeof patternLibrary, 'readPattern' | 'patterns'>,
): OwnPatterns {
  const patternNamed = (id: string): Pattern | undefined => library.patterns.find((one) => one.id === id);
  const patterns: Pattern[] = [];
  const problems: string[] = [];
  for (const folder of folders) {
    try {
      for (const name of readdirSync(folder).sort()) {
        if (!name.endsWith('.md')) continue;
        const path = join(folder, name);
        const text = readText(path, maximumBytes) ?? '';
        const result = library.readPattern(name.slice(0, -'.md'.length), text, { ...sources, patternNamed });
        if (result.page) patterns.push(result.page.pattern);
        problems.push(...(result.problems ?? []).map((problem) => `${path}: ${problem}`));
      }
    } catch (error) {
      problems.push(`${folder}: ${inWords(error)}`);
    }
  }
  return { patterns, problems };
}
