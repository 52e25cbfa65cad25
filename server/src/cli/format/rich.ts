// Decides how much a terminal is shown: excerpts and colour, or plain lines for a pipe.
import { isatty } from 'node:tty';
import { existingRulePage } from '../../io/files/rule-pages';
import type { RichOptions } from './format';

/** What --color takes. */
export const colorChoices = ['auto', 'always', 'never'] as const;
export type ColorChoice = (typeof colorChoices)[number];

const usualWidth = 80;

export interface Surface {
  readonly isTerminal: boolean;
  readonly columns: number | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Standard output, or standard error. */
export function surfaceOf(descriptor: 1 | 2): Surface {
  const isTerminal = isatty(descriptor);
  // Asking a pipe for its stream would change how we write to it.
  const stream = descriptor === 1 ? () => process.stdout : () => process.stderr;
  return { isTerminal, columns: isTerminal ? stream().columns : undefined, env: process.env };
}

/**
 * A choice on the command line counts more than NO_COLOR and FORCE_COLOR, and those more than what the output is.
 * @returns undefined for plain lines
 */
export function richOptions(
  choice: ColorChoice,
  { isTerminal, columns, env }: Surface,
): RichOptions | undefined {
  const { NO_COLOR: no = '', FORCE_COLOR: force, TERM: term } = env;
  const forced = force !== undefined && force !== '0' && force !== 'false';
  const refused = no !== '' || force === '0' || force === 'false';
  const color =
    choice === 'auto' ? (forced || (isTerminal && term !== 'dumb')) && !refused : choice === 'always';
  if (!color && !isTerminal) return undefined;
  return { color, width: columns ?? usualWidth, pageOf: existingRulePage };
}
