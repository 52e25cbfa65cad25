// Adds packages to an installation, in the style of its list.
import { insertAfter } from '../text/edit';
import type { Edit } from '../text/edit';
import type { Install } from '../model/installs';
import type { Model } from '../model/model';
import type { ShellWord } from '../shell/types';

/**
 * Inserts package names behind one of an installation.
 * @param after a package of the installation
 * @returns nothing where the place of that is not exact
 */
export function addPackages(
  { document }: Model,
  { command }: Install,
  after: ShellWord,
  names: readonly string[],
): readonly Edit[] {
  if (!command.editable || !command.script) return [];
  const line = document.slice(document.line(document.lineAt(after.span.start)));
  // A list with a package on each line goes on like that.
  const [, indent, end] = /^([ \t]*)[\w.=~+:-]+([ \t]+[\\`])\s*$/.exec(line) ?? [];
  const isAlone = indent !== undefined && end !== undefined;
  const joint = isAlone ? `${end}${document.eol}${indent}` : ' ';
  return [insertAfter(after.span, names.map((name) => joint + name).join(''))];
}
