// Answers "New from Pattern…" and "Three-Image Diet": which patterns there are and suit, and what they would write. Reads the
// project; writes nothing.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CancellationToken } from 'vscode-languageserver/node';
import { parseReference } from '../../core/syntax/image-reference';
import { readOwnPatterns, surveyFolder } from '../../io/surroundings/new-files';
import type { OwnPatterns } from '../../io/surroundings/new-files';
import type * as patternLibrary from '../../patterns/library';
import type { OpenQuestion } from '../../patterns/answers';
import type { Pattern } from '../../patterns/pattern';
import type {
  DietParams,
  DietPlan,
  DraftParams,
  DraftQuestion,
  DraftedFiles,
  FolderParams,
  NewestVersions,
  NewestVersionsParams,
  PatternChoices,
} from '../../protocol/messages';
import { describeText } from '../../service/build-description';
import type { Context } from '../context';

/** Loaded when the first person wants a pattern. */
const load = (): Promise<typeof patternLibrary> => import('../../patterns/library');

async function ownPatterns({ session }: Context): Promise<OwnPatterns> {
  const { patternFolders } = await session.globalSettings();
  return readOwnPatterns(patternFolders, await load());
}

/** The user's own come first. */
async function allPatterns(context: Context): Promise<readonly Pattern[]> {
  return [...(await ownPatterns(context)).patterns, ...(await load()).patterns];
}

/** The same with the versions that were looked up in this session. */
async function currentPatterns(context: Context): Promise<readonly Pattern[]> {
  const { withCurrentVersions } = await load();
  const { tagLists } = context.answerer;
  return (await allPatterns(context)).map((one) => withCurrentVersions(one, tagLists));
}

export async function patternChoices(
  context: Context,
  { folder }: FolderParams,
): Promise<PatternChoices | null> {
  const path = context.session.pathOf(folder);
  if (path === undefined) return null;
  const library = await load();
  const { patterns: own, problems } = await ownPatterns(context);
  const patterns = [...own, ...library.patterns];
  const { project } = surveyFolder(path, library);
  return {
    patterns: patterns.map(({ id, title, summary, as, group, advice: { take, not, costs } }) => ({
      id,
      title,
      summary,
      as,
      group: library.groupTitle(group),
      advice: [take, not, costs],
    })),
    suited: library.choosePatterns(patterns, project).map(({ id }) => id),
    builders: library.chooseBuilders(patterns, project).map(({ id }) => id),
    problems: [...problems, ...project.obstacles.map(({ source, why }) => `${source} ${why}`)],
  };
}

export async function draftFiles(
  context: Context,
  { folder, pattern: wanted, values }: DraftParams,
): Promise<DraftedFiles | null> {
  const path = context.session.pathOf(folder);
  if (path === undefined) return null;
  const library = await load();
  const patterns = await currentPatterns(context);
  const { pattern, used, answers, open, files, first } = surveyFolder(path, library).draft({
    patterns,
    wanted,
    given: new Map(Object.entries(values)),
    extras: new Set(),
  });
  if (!pattern) return null;
  return {
    values: answers.map((one) => ({
      name: one.parameter.name,
      ask: one.parameter.ask,
      value: one.value,
      source: library.sourceOf(one),
      proposals: one.parameter.proposals,
    })),
    open: open.map(toQuestion),
    files: files.map(({ path: below, text, state }) => ({
      path: below,
      uri: pathToFileURL(join(path, below)).href,
      text,
      state,
    })),
    first,
    registries: hostsOf(
      library.repositoriesToList(used).filter((one) => !context.answerer.tagLists.has(one)),
    ),
  };
}

function toQuestion({ parameter: { name, ask }, reason, candidates }: OpenQuestion): DraftQuestion {
  return { name, ask, reason, candidates };
}

export async function dietPlan(context: Context, { folder, values }: DietParams): Promise<DietPlan | null> {
  const path = context.session.pathOf(folder);
  if (path === undefined) return null;
  const library = await load();
  const patterns = await currentPatterns(context);
  const surveyed = surveyFolder(path, library);
  const { variants, missing, language, open } = library.planDiet({
    patterns,
    project: surveyed.project,
    given: new Map(Object.entries(values)),
    draft: (pattern, given, extras) => surveyed.draft({ patterns, wanted: pattern.id, given, extras }),
  });
  return {
    variants: variants.map(({ name, path: below, text, isOwn }) => ({
      name,
      ...(isOwn && { path: join(path, below) }),
      text,
      description: describeText(text),
    })),
    missing,
    ...(language !== undefined && { language }),
    open: open.map(toQuestion),
  };
}

/** Asks registries, which a person chose to do. Reads no project. */
export async function newestVersions(
  context: Context,
  { folder, pattern: wanted }: NewestVersionsParams,
  token: CancellationToken,
): Promise<NewestVersions | null> {
  if (context.session.pathOf(folder) === undefined) return null;
  const library = await load();
  const pattern = library.patternNamed(await allPatterns(context), wanted);
  if (!pattern) return null;
  const { registry } = await context.session.globalSettings();
  const repositories = library.repositoriesToList([pattern]);
  const problems = await context.answerer.listTags(repositories, registry, token);
  return problems ? { problems } : null;
}

function hostsOf(repositories: readonly string[]): readonly string[] {
  const hosts = repositories.flatMap((one) => {
    const parsed = parseReference(one);
    return parsed.ok ? parsed.ref.domain : [];
  });
  return [...new Set(hosts)];
}
