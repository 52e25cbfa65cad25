// What lies around a Dockerfile, as linting and fixing are given it. Nothing here looks for it: the caller has read it.
import { defaultConfig } from '../core/lint/config';
import type { Config } from '../core/lint/config';
import { noFacts } from '../core/lint/facts';
import type { Facts } from '../core/lint/facts';

/** Something wrong in a configuration file. */
export interface ConfigurationProblem {
  readonly path: string;
  /** Without the path in front and without a full stop. */
  readonly message: string;
}

export interface Surroundings {
  /** Files, settings and options taken together. */
  readonly config: Config;
  readonly facts: Facts;
  /** What was wrong with the files that `config` was read from. */
  readonly problems: readonly ConfigurationProblem[];
}

/** Of a text that lies nowhere. @param config what holds for it */
export function noSurroundings(config: Config = defaultConfig): Surroundings {
  return { config, facts: noFacts, problems: [] };
}
