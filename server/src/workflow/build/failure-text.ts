// Describes a failed build in one sentence.
import type { BuildFailure } from './output-parser';
import { registryTrouble } from './registry-trouble';
import type { Translate } from '../translate';

export function failureText(failure: BuildFailure, t: Translate): string {
  const { message, exitCode, step, output } = failure;
  if (exitCode !== undefined) {
    const what = step?.text.split(/\s/, 1)[0]?.toUpperCase();
    return what
      ? t('{0} ended with exit code {1}', what, exitCode)
      : t('a command ended with exit code {0}', exitCode);
  }
  switch (registryTrouble(failure)) {
    case 'unreachable':
      return t('the registry cannot be reached ({0})', message);
    case 'login':
      return t('the registry wants a login ({0})', message);
    case 'limit':
      return t('the registry allows no more pulls for now ({0})', message);
    case undefined:
      return message || output.at(-1) || t('the engine gave no reason');
  }
}

/**
 * For the mark on the failing instruction: the sentence, and the last lines that the step printed.
 * @param cause what a log like this one means; undefined if nobody knows
 */
export function failureMark(failure: BuildFailure, cause: string | undefined, t: Translate): string {
  const text = cause ?? failureText(failure, t);
  const tail = failure.output.slice(-4).join('\n');
  return t('The build fails here: {0}', tail === '' ? text : `${text}\n${tail}`);
}
