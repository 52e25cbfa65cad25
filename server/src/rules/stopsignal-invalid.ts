import { builtText } from '../core/analysis/symbols/variable-names';
import { stopsHere } from '../core/analysis/text/stops';
import { signalNumbers } from '../core/knowledge/syntax/signals';
import { defineRule, replace } from '../core/lint/rule';
import { nearest } from '../core/text/nearest';

/**
 * `STOPSIGNAL` takes the name or the number of a signal. The builder stops at any other word.
 *
 * ```dockerfile bad
 * FROM debian:12
 * STOPSIGNAL «SIGTEMR»
 * STOPSIGNAL «finish»
 * STOPSIGNAL «0»
 * STOPSIGNAL «""»
 * STOPSIGNAL «$UNSET»
 * ENV SIGNAL=SIGNONE
 * STOPSIGNAL «$SIGNAL»
 * ```
 * > There is no signal SIGTEMR, so the build stops here
 * > There is no signal finish, so the build stops here
 * > There is no signal 0, so the build stops here
 * > STOPSIGNAL needs a signal, so the build stops here
 * > STOPSIGNAL needs a signal, so the build stops here
 * > There is no signal SIGNONE, so the build stops here
 * ```dockerfile fixed
 * FROM debian:12
 * STOPSIGNAL SIGTERM
 * STOPSIGNAL finish
 * STOPSIGNAL 0
 * STOPSIGNAL ""
 * STOPSIGNAL $UNSET
 * ENV SIGNAL=SIGNONE
 * STOPSIGNAL $SIGNAL
 * ```
 * Builders take these, and people read the whole name:
 * ```dockerfile bad severity="hint"
 * FROM debian:12
 * STOPSIGNAL «term»
 * STOPSIGNAL «3»
 * ```
 * > The full name of the signal term is SIGTERM
 * > The full name of the signal 3 is SIGQUIT
 * ```dockerfile fixed
 * FROM debian:12
 * STOPSIGNAL SIGTERM
 * STOPSIGNAL SIGQUIT
 * ```
 * ```dockerfile good
 * FROM debian:12
 * ARG SIGNAL
 * STOPSIGNAL SIGINT
 * STOPSIGNAL SIGRTMIN+3
 * STOPSIGNAL 37
 * STOPSIGNAL
 * STOPSIGNAL $SIGNAL
 * ENV SIGNAL=term
 * STOPSIGNAL $SIGNAL
 * ```
 * The builder takes every other number, and Linux does not:
 * ```dockerfile bad severity="warning"
 * FROM debian:12
 * STOPSIGNAL «99»
 * ```
 * > Linux has no signal 99, so nothing stops the container but a kill
 */
export default defineRule({
  id: 'stopsignal-invalid',
  summary: 'STOPSIGNAL names a signal that does not exist',
  category: 'syntax',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['dockerfile-utils:INVALID_SIGNAL'],
  mentions: ['stopsignal'],

  *check({ model }) {
    for (const instruction of model.instructionsOf('STOPSIGNAL')) {
      const [word] = instruction.words;
      // More words are instruction-argument-extra.
      if (!word || /\s/.test(word.raw)) continue;
      const text = builtText(model, word, instruction);
      if (text === undefined) continue;
      const name = signalName(text);
      const canFix = word.variables.length === 0;
      if ((name === text && isOfLinux(text)) || (name !== undefined && !canFix && isOfLinux(name))) continue;
      if (name !== undefined && !isOfLinux(name)) {
        yield {
          at: word.span,
          message: `Linux has no signal ${text}, so nothing stops the container but a kill`,
          severity: 'warning',
        };
        continue;
      }
      const meant = name ?? nearest(text.toUpperCase(), signalNumbers.keys());
      yield {
        at: word.span,
        message:
          name === undefined
            ? `${text === '' ? 'STOPSIGNAL needs a signal' : `There is no signal ${text}`}, so ${stopsHere(instruction)}`
            : `The full name of the signal ${text} is ${name}`,
        ...(name !== undefined && { severity: 'hint' }),
        ...(meant !== undefined &&
          canFix && { fix: { title: `Change ${text} to ${meant}`, edits: [replace(word.span, meant)] } }),
      };
    }
  },
});

/** The whole name of a signal; a number without a name stays. @returns undefined if the builder refuses it */
function signalName(text: string): string | undefined {
  if (/^[+-]?\d+$/.test(text)) {
    if (Number(text) === 0) return undefined;
    for (const [name, number] of signalNumbers) if (String(number) === text) return name;
    return text;
  }
  const upper = text.toUpperCase();
  const name = upper.startsWith('SIG') ? upper : `SIG${upper}`;
  return signalNumbers.has(name) ||
    /^SIGRTM(?:IN(?:\+(?:[1-9]|1[0-5]))?|AX(?:-(?:[1-9]|1[0-4]))?)$/.test(name)
    ? name
    : undefined;
}

/** Numbers from 1 to 64; names are checked already. */
function isOfLinux(signal: string): boolean {
  return /^\D/.test(signal.replace(/^[+-]/, '')) || (Number(signal) >= 1 && Number(signal) <= 64);
}
