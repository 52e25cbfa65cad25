// The configuration of one file: that of its folder, with the parts of it that name the file by a pattern.
import { relative, sep } from 'node:path';
import { readPattern } from '../../core/analysis/context/ignore-pattern';
import { readConfig } from '../../core/lint/read-config';
import type { Config, Override } from '../../core/lint/config';
import { rulesWith } from '../../core/lint/own-rules/own-rule-check';
import { once } from '../../core/text/memo';
import { namedRules } from '../../linter';
import type { FoundConfig } from './configuration-files';

/**
 * @param path absolute path of a Dockerfile
 * @returns the same object for the same overrides, as the active rules are kept beside it
 */
export function configForFile({ config, ownFolder }: FoundConfig, path: string): Config {
  if (config.overrides.length === 0 || ownFolder === undefined) return config;
  const wanted = config.overrides.filter(({ files }) => namesFile(files, ownFolder, path));
  if (wanted.length === 0) return config;
  const known = variantsOf(config);
  const key = wanted.map((one) => config.overrides.indexOf(one)).join(' ');
  const variant = known.get(key) ?? wanted.reduce(applied, config);
  known.set(key, variant);
  return variant;
}

/**
 * Whether one of the patterns of a configuration names a file.
 * @param folder absolute folder of the configuration
 * @param path absolute
 */
export function namesFile(patterns: readonly string[], folder: string, path: string): boolean {
  const text = relative(folder, path).split(sep).join('/');
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0);
  return patterns.some(
    (pattern) =>
      // A name alone stands for files of that name in any folder.
      readPattern(pattern.includes('/') ? pattern.replace(/^\.?\//, '') : `**/${pattern}`)?.({
        text,
        codes,
      }) ?? false,
  );
}

const variantsOf = once((_: Config) => new Map<string, Config>());

function applied(config: Config, { raw }: Override): Config {
  return readConfig(raw, rulesWith(namedRules, config), config).config;
}
