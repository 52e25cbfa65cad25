// Deletions that look as if they emptied a folder, and delete nothing: the glob is quoted, or the shell does not expand
// braces. The finding about what stays then says so.
import type { Model } from '../../model/model';
import { argumentsOf } from '../../shell/options';
import type { Command, ShellWord } from '../../shell/types';
import { shellOf } from '../commands/shell';
import { deletes, placesOf } from './layer-contents';

export interface VainDeletion {
  readonly word: ShellWord;
  /** The word without its quotes, if these are what is wrong. */
  readonly unquoted: string | undefined;
  /** A sentence without a full stop. */
  readonly reason: string;
}

/** The first word of `rm` that was meant to empty a folder. @param folder absolute, or below `~` */
export function vainDeletion(
  model: Model,
  commands: readonly Command[],
  folder: string,
): VainDeletion | undefined {
  for (const command of commands) {
    if (command.program !== 'rm') continue;
    const shell = shellOf(model, command);
    if (shell.dialect === undefined) continue;
    const reading = { ...shell, expandsBraces: true };
    for (const word of argumentsOf(command).operands) {
      const text = word.text.replace(/["']/g, '');
      if (!/[*?[{]/.test(text) || /[\\`]/.test(text)) continue;
      const { known } = placesOf(model, command, [{ ...word, text }], reading);
      if (!known.some((one) => deletes(one, folder))) continue;
      const isQuoted = text !== word.text;
      return {
        word,
        unquoted: isQuoted && !text.includes('{') && command.editable ? text : undefined,
        reason: isQuoted
          ? 'In quotes the shell does not expand this, so nothing is deleted here'
          : `${shell.dialect} does not expand braces, so nothing is deleted here`,
      };
    }
  }
  return undefined;
}

/** The place to show beside a finding about what stays in a folder. */
export function relatedTo(
  vain: VainDeletion | undefined,
): readonly { readonly at: ShellWord['span']; readonly message: string }[] | undefined {
  return vain && [{ at: vain.word.span, message: vain.reason }];
}
