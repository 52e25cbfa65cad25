// The YAML at the start of a page of a user's own pattern, within bounds.
import type { PatternSources } from '../../patterns/read-pattern';
import { parseYaml, yamlValue } from './bounded-yaml';

/** Tags of the user's own patterns stand in no table: they have defaults. */
export const patternSources: PatternSources = {
  parseYaml(text) {
    const { document, problem } = parseYaml(text);
    if (!document) throw new Error(problem);
    return yamlValue(document);
  },
  versionsOf: () => undefined,
};
