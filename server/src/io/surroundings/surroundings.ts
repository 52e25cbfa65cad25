// Reads the surroundings of a Dockerfile, for the language server and the command line, so that both report the same: its
// configuration and, when a rule first asks, its build context.
import { dirname } from 'node:path';
import type { RenameOutside } from '../../core/analysis/context/outside-names';
import type { Config, FailOn } from '../../core/lint/config';
import type { ContextFacts, Facts } from '../../core/lint/facts';
import { rulesWith } from '../../core/lint/own-rules/own-rule-check';
import { choiceOf } from '../../core/lint/select';
import type { Rule } from '../../core/lint/rule';
import type { RuleChoice } from '../../core/lint/select';
import { parse } from '../../core/syntax/parse';
import { once } from '../../core/text/memo';
import type { JsonObject } from '../../core/text/record';
import { namedRules } from '../../linter';
import { noSurroundings } from '../../service/surroundings';
import type { Surroundings } from '../../service/surroundings';
import { foldersUpTo } from '../files/on-disk';
import { findBuildContext } from './build-context';
import type { BuildContext } from './build-context';
import { renameInBuilds } from './builds/rename-in-builds';
import { findBuilds, isBuildFile, newFolderMemory } from './builds/find-builds';
import type { BuildDefinition, BuildMemory, FoundBuilds } from './builds/find-builds';
import type { Listings } from './context-facts';
import { findConfig } from './configuration-files';
import type { FileProblem, FoundConfig, KnownFiles } from './configuration-files';
import { configForFile } from './overrides';
import { renameInConfiguration } from './rename-in-configuration';
import { userHadolint } from './user-configuration';

/** A cache of the folders around, for a run over many files that change nothing; filled as it goes. */
export interface SurroundingsMemory {
  /** By folder of the Dockerfile. */
  readonly configs: Map<string, FoundConfig>;
  readonly files: KnownFiles;
  /** The user's own configuration of hadolint. */
  readonly userFile: () => string | undefined;
  readonly listings: Listings;
  readonly builds: BuildMemory;
}

/** @param userFile finds a configuration of hadolint for files without one above them */
export function newMemory(userFile: () => string | undefined = userHadolint): SurroundingsMemory {
  return {
    configs: new Map(),
    files: { hadolint: new Map(), own: new Map(), read: new Map(), hadolintRead: new Map() },
    userFile: later(userFile),
    listings: new Map(),
    builds: { files: new Map(), folders: newFolderMemory() },
  };
}

/** What is asked about a file outside its folders. */
export interface Outside {
  /** The package indexes that were read, or will be. */
  readonly packages?: Facts['packages'];
  /** Asks ShellCheck, where that is allowed and it is installed. */
  readonly shellCheck?: Facts['shellCheck'];
}

export interface SurroundingsOptions extends Outside {
  /** Absolute folder at which the search for configuration files ends; without one it ends at a repository's root. */
  readonly configRoot: string | undefined;
  /** Absolute folder at which the search for the build context ends; without one only the file's own is looked at. */
  readonly contextRoot: string | undefined;
  /** The values to use if the configuration files say nothing. */
  readonly base?: Config;
  /** The configuration that the user named; then there is no search. */
  readonly named?: FoundConfig | undefined;
  /** Runs every rule that is not turned off by name, whatever the configuration says. */
  readonly allRules?: boolean;
  /** What hadolint's environment variables say: for the command line, not for an editor. */
  readonly environment?: JsonObject;
  /** Takes the place of the profile in the configuration. */
  readonly profile?: Config['profile'] | undefined;
  /** Which rules run, on top of that: always the same object in a run. */
  readonly choice?: RuleChoice | undefined;
  readonly memory?: SurroundingsMemory;
}

export interface FileSurroundings extends Surroundings {
  readonly problems: readonly FileProblem[];
  /** Undefined if the configuration does not say it. */
  readonly failOn?: FailOn | undefined;
  /** Absolute folder of the build context; undefined if unknown. */
  readonly contextFolder: string | undefined;
  /** What Compose, Bake and other files say about the build of this file, the nearest first. */
  readonly builds: readonly BuildDefinition[];
  /** The edits of the files around that state how this file is built, for a name in them; or why there are none. */
  readonly renameOutside: RenameOutside;
  /** Whether a change of a file may change any of this. @param content only its content changed */
  readonly dependsOn: (path: string, content: boolean) => boolean;
  /** Absolute folders that were read so far. */
  readonly foldersRead: () => readonly string[];
}

/** For a text that is not on disk. */
export function nothingAround(config: Config, outside: Outside = {}): FileSurroundings {
  const nothing = noSurroundings(config);
  return {
    ...nothing,
    facts: { ...nothing.facts, ...outsideFacts(config, outside) },
    problems: [],
    contextFolder: undefined,
    builds: [],
    renameOutside: () => [],
    dependsOn: () => false,
    foldersRead: () => [],
  };
}

/**
 * What lies around one Dockerfile. Never throws: what cannot be read is a problem of the configuration, or not known.
 * @param path absolute path of the Dockerfile
 * @param text decides on the build context: its sources must lie there
 */
export function readSurroundings(path: string, text: string, options: SurroundingsOptions): FileSurroundings {
  const found = options.named ?? configFor(dirname(path), options);
  const { problems, failOn } = found;
  const config = chosenRules(withChoices(configForFile(found, path), options), options);
  // Look each up once, and only when asked: for most files no rule asks.
  const builds = later((): FoundBuilds =>
    findBuilds(path, options.contextRoot, options.memory?.builds ?? { files: new Map() }),
  );
  const context = later((): BuildContext | undefined =>
    findBuildContext({
      path,
      file: parse(text),
      root: options.contextRoot,
      found: builds(),
      listings: options.memory?.listings,
    }),
  );
  const foldersRead = (): readonly string[] => {
    const { known } = context;
    // What nobody has asked for yet is read when somebody does.
    if (!context.isKnown()) return builds.known()?.folders ?? [];
    const candidates = foldersUpTo(dirname(path), options.contextRoot ?? dirname(path));
    return [...new Set([...candidates, ...(known()?.listed() ?? []), ...(builds.known()?.folders ?? [])])];
  };
  return {
    config,
    problems,
    failOn,
    facts: {
      path: path.replaceAll('\\', '/'),
      ...outsideFacts(config, options),
      get context(): ContextFacts | undefined {
        return context()?.facts;
      },
      get builtImages(): readonly string[] {
        return builds().images;
      },
      get buildTargets(): readonly string[] {
        return [...config.targets, ...builds().builds.flatMap(({ target }) => target ?? [])];
      },
    },
    get contextFolder(): string | undefined {
      return context()?.folder;
    },
    get builds(): readonly BuildDefinition[] {
      return builds().builds;
    },
    // Edits are for the files as they are now.
    renameOutside: (renamed) => {
      const { sources } = findBuilds(path, options.contextRoot, { files: new Map() });
      const inBuilds = renameInBuilds(path, sources(), renamed);
      const inConfiguration = renameInConfiguration(path, options.configRoot, renamed);
      if ('refused' in inBuilds) return inBuilds;
      return 'refused' in inConfiguration ? inConfiguration : [...inBuilds, ...inConfiguration];
    },
    foldersRead,
    dependsOn: (changed, content) => {
      const folder = dirname(changed);
      if (!foldersRead().includes(folder)) return false;
      // Manifests and ignore files lie right in the context; of what is deeper names count, and scripts that were read.
      const known = context.known();
      return !content || isBuildFile(changed) || folder === known?.folder || known?.hasRead(changed) === true;
    },
  };
}

function outsideFacts({ shellcheck }: Config, { packages, shellCheck }: Outside): Outside {
  return { packages, ...(shellCheck && shellcheck !== 'off' ? { shellCheck } : {}) };
}

/** Drydock's rules and those that the project has written. @param path absolute path of a Dockerfile */
export function rulesAround(path: string, options: SurroundingsOptions): readonly Rule[] {
  return rulesWith(namedRules, (options.named ?? configFor(dirname(path), options)).config);
}

/** A configuration with what the command line chooses: the same object for the same, as its rules are kept beside it. */
function withChoices(config: Config, { allRules, profile }: SurroundingsOptions): Config {
  const chosen = { allRules: allRules || config.allRules, profile: profile ?? config.profile };
  if (chosen.allRules === config.allRules && chosen.profile === config.profile) return config;
  const variants = variantsOf(config);
  const name = `${chosen.profile} ${chosen.allRules}`;
  const variant = variants.get(name) ?? { ...config, ...chosen };
  variants.set(name, variant);
  return variant;
}

function chosenRules(config: Config, { choice }: SurroundingsOptions): Config {
  return choice ? choiceOf(choice)(config)(rulesWith(namedRules, config)) : config;
}

const variantsOf = once((_: Config) => new Map<string, Config>());

/** A value that is computed when it is first asked for, and can be looked at without asking. */
interface Later<T> {
  (): T;
  readonly known: () => T | undefined;
  readonly isKnown: () => boolean;
}

function later<T>(compute: () => T): Later<T> {
  let computed: { readonly value: T } | undefined;
  const ask = (): T => {
    computed ??= { value: compute() };
    return computed.value;
  };
  return Object.assign(ask, { known: () => computed?.value, isKnown: () => computed !== undefined });
}

function configFor(
  folder: string,
  { configRoot, base, memory, environment }: SurroundingsOptions,
): FoundConfig {
  const known = memory?.configs.get(folder);
  if (known) return known;
  const found = findConfig(
    folder,
    configRoot,
    namedRules,
    base,
    memory?.files,
    memory?.userFile,
    environment,
  );
  memory?.configs.set(folder, found);
  return found;
}
