// Finds the words of an installation that name a package and no version of it, so that the index decides at build time.
import type { PackageManager } from '../../knowledge/packages/package-managers';
import { takesAnyVersion } from '../../knowledge/packages/version-marks';
import type { Install, PackageCommand } from '../../model/installs';
import type { Model } from '../../model/model';
import type { ShellWord } from '../../shell/types';
import { wordsIn } from '../../shell/assigned';
import { variableIn } from '../../shell/whole-words';
import { valueFor } from '../commands/values';

/**
 * The words of an installation whose package may have any version. A variable counts by its value.
 */
export function unpinnedWords(model: Model, use: Install): readonly ShellWord[] {
  const { manager, phrase, packages } = use;
  if (!manager.takesVersions.includes(phrase)) return [];
  return packages.filter((word) =>
    word.value === undefined
      ? textsOf(model, use, word)?.some((text) => isUnpinned(use, text))
      : isUnpinned(use, word.value),
  );
}

/** The packages that a word names; undefined if it holds something unknown. */
export function textsOf(
  model: Model,
  { command }: PackageCommand,
  { value, text }: ShellWord,
): readonly string[] | undefined {
  if (value !== undefined) return [value];
  // To a shell the brackets of an extra are a pattern, and one that matches no file stays as it is.
  if (/^[\w.-]+\[[\w.,-]+\][^*?$`"'\s]*$/.test(text)) return [text];
  const name = variableIn(text);
  const list =
    name === undefined
      ? undefined
      : (valueFor(model, command, name) ?? (command.script && wordsIn(command.script).get(name)));
  return list?.split(/\s+/).filter((one) => one !== '' && !one.startsWith('-'));
}

function isUnpinned({ manager, phrase }: Install, text: string): boolean {
  const takesAny = takesAnyVersion.get(manager.family);
  if (takesAny) return text !== '' && takesAny(text);
  // A path, an address, a group, a provided file, a package that must not be there.
  if (/^[./@!*~+]|:\/\/|-$/.test(text) || text === '' || isFile(manager, text)) return false;
  // Of a module or a pattern the stream or the name follows.
  if (phrase.startsWith('module') || /^(?:pattern|product|patch):/.test(text)) return !text.includes(':');
  return !marksVersion(manager, text) && !(manager.pinsWithDash && hasDashedVersion(text));
}

function isFile({ packageFiles }: PackageManager, text: string): boolean {
  return packageFiles.some((end) => text.endsWith(end));
}

/** The first character may be part of the name: npm scopes begin with @. */
function marksVersion({ pins }: PackageManager, text: string): boolean {
  return pins.some((mark) => text.includes(mark, 1));
}

/** Whether all that follows the first dash is a version: `curl-7.76.1-26.el9`, `gcc-c++-11.5.0`, not `rpm-sign`. */
function hasDashedVersion(text: string): boolean {
  const [, ...parts] = text.split('-');
  return parts.every((part) => /^[\w.~^:+]+$/.test(part)) && parts.some((part) => /^\d/.test(part));
}
