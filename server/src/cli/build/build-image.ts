// Builds the image of a Dockerfile with an engine of this machine, for the commands that need one.
import path, { basename, dirname, resolve } from 'node:path';
import { isThere } from '../../io/files/on-disk';
import { repositoryRoot } from '../../io/surroundings/repository-root';
import type { BuildDescription } from '../../workflow/build-description';
import type { BuildChoice } from '../../workflow/build/build-run';
import { completeChoice, toOrder } from '../../workflow/build/choices';
import type { SavedChoice } from '../../workflow/build/choices';
import { rankContextFolders } from '../../workflow/build/context-folder';
import { knowsSyntaxOf, oldBuilderText } from '../../workflow/build/old-builder';
import type { PlannedBuild } from '../../workflow/build/run-build';
import { filePath, folderPath, suggestImageName } from '../../workflow/checked-arguments';
import type { FolderPath, ImageName } from '../../workflow/checked-arguments';
import { findEngines } from '../../workflow/find-tools';
import { troubleText } from '../../workflow/outcome-text';
import type { Ability, Engine, FoundTool, Machine } from '../../workflow/tool';
import { engineNamed } from '../../workflow/tool-list';
import { english } from '../../workflow/translate';

/** What is asked of one build alone, and not remembered for the next. */
const ofThisBuild = [
  'attestations',
  'epoch',
  'pullNever',
  'singleLayer',
  'cacheFrom',
  'cacheTo',
] as const satisfies readonly (keyof BuildChoice)[];

export interface BuildWish {
  /** Path of the Dockerfile. */
  readonly file: string;
  /** Path of the build context; undefined: the folder that holds most of what the file copies. */
  readonly context: string | undefined;
  readonly saved: SavedChoice & Pick<BuildChoice, (typeof ofThisBuild)[number]>;
  /** For the engine, as they are. */
  readonly moreArguments: readonly string[];
  /** In the order of preference. */
  readonly engines: readonly Engine[];
}

/** @returns `problem`: why nothing can be built, without a full stop */
export async function planBuild(
  wish: BuildWish,
  description: BuildDescription,
  machine: Machine,
): Promise<PlannedBuild | { readonly problem: string }> {
  const dockerfile = filePath(resolve(wish.file));
  const context = await contextOf(wish, description);
  if (dockerfile === undefined || context === undefined)
    return { problem: `${wish.context ?? wish.file} has no path that a builder takes` };
  const all = await findEngines(wish.engines, {}, machine, context);
  const isAble = (one: FoundTool): boolean => {
    const tool = engineNamed(one.id);
    return !one.trouble && tool !== undefined && knowsSyntaxOf(description, tool, one);
  };
  const found = all.find(isAble) ?? all[0];
  const engine = found && engineNamed(found.id);
  const titles = wish.engines.map(({ title }) => title).join(', ');
  if (!engine)
    return { problem: `no engine is here that could build: install ${titles}, or see drydock doctor` };
  if (found.trouble)
    return { problem: `${engine.title} cannot build now: ${troubleText(found.trouble, english)}` };
  const names = { fileName: basename(dockerfile), projectName: basename(context) };
  const choice: BuildChoice = {
    ...completeChoice({ dockerfile, context, ...names }, wish.saved, description),
    ...Object.fromEntries(
      ofThisBuild.flatMap((key) => (wish.saved[key] === undefined ? [] : [[key, wish.saved[key]]])),
    ),
  };
  const lacking = whatIsLacking(choice, engine, found);
  if (lacking !== undefined) return { problem: `${engine.title} ${lacking}` };
  return {
    engine,
    found,
    choice,
    run: engine.commands.build(found, toOrder(choice, description, wish.moreArguments)),
    ...(isAble(found)
      ? {}
      : {
          warning: `${oldBuilderText(description, engine, english)} Get it: ${engine.getBuildKit ?? engine.get}`,
        }),
  };
}

/** What was asked for and the engine cannot do: it would build something else without a word. */
function whatIsLacking(choice: BuildChoice, engine: Engine, found: FoundTool): string | undefined {
  const needs: readonly (readonly [asked: boolean, ability: Ability, text: string])[] = [
    [choice.platforms.length > 1, 'severalPlatforms', 'cannot build for several platforms at once'],
    [choice.push === true, 'push', 'does not push what it builds: use drydock push afterwards'],
    [choice.attestations === true, 'attestations', 'cannot add attestations: that takes buildx'],
    [
      choice.epoch !== undefined,
      'timestamps',
      'cannot set the time of an image: that takes buildx, buildah or podman',
    ],
    [choice.builder !== undefined, 'builders', 'has no other builders: that takes buildx'],
    [
      choice.pullNever === true,
      'pullNever',
      'has no way to build without asking a registry: that takes buildah or podman',
    ],
    [
      choice.singleLayer === true,
      'singleLayer',
      'makes a layer of every step: one layer for all takes buildah or podman',
    ],
    [
      (choice.cacheFrom ?? choice.cacheTo) !== undefined,
      'registryCache',
      'cannot keep its cache in a registry: that takes buildx, nerdctl, buildah 1.28 or podman 4.3',
    ],
  ];
  const cannot = needs.find(([asked, ability]) => asked && !(engine.can[ability]?.(found) ?? false))?.[2];
  return cannot ?? engine.cacheProblem?.(choice, found);
}

/** The name that a build gives to the image of a file when nobody says another. @returns undefined for a path that no builder takes */
export async function suggestedName(
  file: string,
  description: BuildDescription,
): Promise<ImageName | undefined> {
  const context = await contextOf({ file, context: undefined }, description);
  return context && suggestImageName(basename(context), basename(file));
}

/** The folder of the build context: what was asked for, else the one that holds most of what the file copies. */
export async function contextOf(
  { file, context }: Pick<BuildWish, 'file' | 'context'>,
  { contextSources }: BuildDescription,
): Promise<FolderPath | undefined> {
  if (context !== undefined) return folderPath(resolve(context));
  const fileFolder = dirname(resolve(file));
  const question = {
    fileFolder,
    workspaceFolder: repositoryRoot(fileFolder),
    sources: contextSources,
    path,
  };
  const [best] = await rankContextFolders(question, isThere);
  return folderPath(best ?? fileFolder);
}
