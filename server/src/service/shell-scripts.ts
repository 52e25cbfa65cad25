// The scripts of a file that ShellCheck reads, for a run over many files that asks about all of them at once.
import { fileKind, isForeign } from '../core/analysis/text/file-kind';
import { askedOf, scriptsForHadolint, scriptsToCheck } from '../core/analysis/shellcheck/shell-body';
import type { ShellBody } from '../core/analysis/shellcheck/shell-body';
import { buildModel } from '../core/model/model';
import { parse } from '../core/syntax/parse';
import { TextFile } from '../core/text/document';
import type { Surroundings } from './surroundings';

/** What a check of the text will ask ShellCheck; nothing if it may not. */
export function shellScripts(text: string, { config, facts }: Surroundings): readonly ShellBody[] {
  if (!facts.shellCheck) return [];
  const model = buildModel(parse(text), new TextFile(text));
  if (isForeign(fileKind(model, facts.path))) return [];
  const scripts = config.profile === 'hadolint' ? scriptsForHadolint(model) : scriptsToCheck(model);
  return askedOf(scripts).map(({ body }) => body);
}
