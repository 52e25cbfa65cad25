// What surrounds a Dockerfile, as input for linting and fixing. The caller has read it; nothing here does.
import { defaultConfig } from '../core/lint/config';
import type { Config } from '../core/lint/config';
import { noFacts } from '../core/lint/facts';
import type { Facts } from '../core/lint/facts';

/** Something wrong in a configuration file. */
export interface ConfigurationProblem {
  readonly path: string;
  /** Without the path in front and without a full stop. */
  readonly message: string;
  /** In the file, from 1; left out where no line is wrong more than others. */
  readonly line?: number;
  /** Nothing in the file could be read; left out where something was. */
  readonly unreadable?: boolean;
}

export interface Surroundings {
  /** From files, settings and options together. */
  readonly config: Config;
  readonly facts: Facts;
  /** What was wrong with the files that `config` was read from. */
  readonly problems: readonly ConfigurationProblem[];
}

/** For a text that is not on disk. @param config the configuration to use */
export function noSurroundings(config: Config = defaultConfig): Surroundings {
  return { config, facts: noFacts, problems: [] };
}
