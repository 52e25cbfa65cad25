// A text for each way in which a run can fail.
import type { Trouble } from './run';
import type { Translate } from './translate';

/** @returns the second half of a sentence that begins with the tool: "grype could not scan …: …" */
export function troubleText(trouble: Trouble, t: Translate): string {
  switch (trouble.kind) {
    case 'failed':
      if (trouble.said !== '') return trouble.said;
      return trouble.exit === undefined
        ? t('a signal ended it: someone stopped it, or there was not enough memory')
        : t('it ended with exit code {0} and gave no reason', trouble.exit);
    case 'unreadable':
      return t('its output cannot be read ({0})', trouble.why);
    case 'cancelled':
      return t('it was cancelled');
    case 'timedOut':
      return t('it did not answer within {0} seconds', Math.round(trouble.ms / 1000));
    case 'tooMuch':
      return t('its output is longer than {0} characters', trouble.characters);
    case 'missing':
      return t('the program {0} was not found', trouble.program);
  }
}

/** A half of a sentence that stands alone: with a capital. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
