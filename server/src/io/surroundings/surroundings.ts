// Reads the surroundings of a Dockerfile, for the language server and the command line, so that both report the same: its
// configuration and, when a rule first asks, its build context.
import { dirname } from 'node:path';
import type { Config } from '../../core/lint/config';
import type { ContextFacts } from '../../core/lint/facts';
import { parse } from '../../core/syntax/parse';
import { rules } from '../../linter';
import type { Surroundings } from '../../service/surroundings';
import { findBuildContext } from './build-context';
import type { BuildContext } from './build-context';
import { findBuilds } from './builds/find-builds';
import type { BuildDefinition, BuildMemory, FoundBuilds } from './builds/find-builds';
import type { Listings } from './context-facts';
import { findConfig } from './configuration-files';
import type { FileProblem, FoundConfig, KnownFiles } from './configuration-files';

/** A cache of the folders around, for a run over many files that change nothing; filled as it goes. */
export interface SurroundingsMemory {
  /** By folder of the Dockerfile. */
  readonly configs: Map<string, FoundConfig>;
  readonly files: KnownFiles;
  readonly listings: Listings;
  readonly builds: BuildMemory;
}

export function newMemory(): SurroundingsMemory {
  return {
    configs: new Map(),
    files: { hadolint: new Map(), own: new Map() },
    listings: new Map(),
    builds: { files: new Map(), folders: new Map() },
  };
}

export interface SurroundingsOptions {
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
  readonly memory?: SurroundingsMemory;
}

export interface FileSurroundings extends Surroundings {
  readonly problems: readonly FileProblem[];
  /** Absolute folder of the build context; undefined if unknown. */
  readonly contextFolder: string | undefined;
  /** What Compose, Bake and other files say about the build of this file, the nearest first. */
  readonly builds: readonly BuildDefinition[];
}

/**
 * What lies around one Dockerfile. Never throws: what cannot be read is a problem of the configuration, or not known.
 * @param path absolute path of the Dockerfile
 * @param text decides on the build context: its sources must lie there
 */
export function readSurroundings(path: string, text: string, options: SurroundingsOptions): FileSurroundings {
  const { config, problems } = options.named ?? configFor(dirname(path), options);
  // Look each up once, and only when asked: for most files no rule asks.
  const found = later((): FoundBuilds =>
    findBuilds(path, options.contextRoot, options.memory?.builds ?? { files: new Map() }),
  );
  const context = later((): BuildContext | undefined =>
    findBuildContext({
      path,
      file: parse(text),
      root: options.contextRoot,
      found: found(),
      listings: options.memory?.listings,
    }),
  );
  return {
    config: options.allRules ? { ...config, allRules: true } : config,
    problems,
    facts: {
      path: path.replaceAll('\\', '/'),
      get context(): ContextFacts | undefined {
        return context()?.facts;
      },
      get builtImages(): readonly string[] {
        return found().images;
      },
    },
    get contextFolder(): string | undefined {
      return context()?.folder;
    },
    get builds(): readonly BuildDefinition[] {
      return found().builds;
    },
  };
}

function later<T>(compute: () => T): () => T {
  let computed: { readonly value: T } | undefined;
  return () => {
    computed ??= { value: compute() };
    return computed.value;
  };
}

function configFor(folder: string, { configRoot, base, memory }: SurroundingsOptions): FoundConfig {
  const known = memory?.configs.get(folder);
  if (known) return known;
  const found = findConfig(folder, configRoot, rules, base, memory?.files);
  memory?.configs.set(folder, found);
  return found;
}
