// Reads a section of `.drydock.yaml` that a command of the command line and of the editor share, such as `scan`.
import { sentence } from '../core/lint/option';
import { didYouMean } from '../core/text/nearest';
import { listed } from '../core/text/listed';
import type { Options, OptionValues } from '../core/lint/option';
import { isRecord } from '../core/text/record';

export interface Section<O extends Options> {
  /** What the file says; a key that it leaves out or that does not fit is missing. */
  readonly values: Partial<OptionValues<O>>;
  /** What is wrong, in whole sentences. */
  readonly problems: readonly string[];
}

/**
 * @param name of the section, for messages
 * @param raw what stands in the file; undefined and null: nothing
 */
export function readSection<O extends Options>(name: string, raw: unknown, options: O): Section<O> {
  if (raw === undefined || raw === null) return { values: {}, problems: [] };
  const known = Object.keys(options);
  if (!isRecord(raw))
    return { values: {}, problems: [`${name} must be a mapping with the keys ${listed(known, 'and')}.`] };
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [key, said] of Object.entries(raw)) {
    const option = Object.hasOwn(options, key) ? options[key] : undefined;
    if (!option) {
      const hint = didYouMean(key, known) || `. The keys are ${listed(known, 'and')}`;
      problems.push(sentence(`Unknown key ${name}.${key}${hint}`));
      continue;
    }
    if (said === null) continue;
    const { value, problem } = option.read(said);
    if (value !== undefined) values[key] = value;
    if (problem !== undefined) problems.push(sentence(`${name}.${key} ${problem}`));
  }
  return { values: values as Partial<OptionValues<O>>, problems };
}
