// Finds scripts that do not need a shell.
import { onlyInShells } from '../knowledge/programs/shell-builtins';
import type { ShellScript } from './types';

/**
 * The words of a script that is one command and uses no feature of a shell: no operators, redirections, assignments,
 * expansions, globs, `~` or shell builtins. A leading `exec` is dropped.
 * @returns the values for exec form; undefined if the script needs a shell
 */
export function execFormWords(script: ShellScript): readonly string[] | undefined {
  const [list] = script.lists;
  if (!script.valid || !list || script.lists.length !== 1 || list.end !== undefined) return undefined;
  if (list.pipelines.length !== 1) return undefined;
  const commands = script.commands.filter(({ nesting }) => nesting.length === 0);
  const [command] = commands;
  if (!command || commands.length !== 1 || command.chain !== list || command.pipeline || command.negated)
    return undefined;
  if (command.redirects.length > 0 || command.logical.start !== 0 || script.heredoc) return undefined;
  // There is a shell comment after it, or a blank before it.
  if (command.logical.end !== script.text.trimEnd().length) return undefined;
  if (command.fullSpan.start !== command.words[0]?.span.start) return undefined;
  const words = command.words[0].value === 'exec' ? command.words.slice(1) : command.words;
  if (words.length === 0 || onlyInShells.has(words[0]?.value ?? '')) return undefined;
  const values: string[] = [];
  for (const { value, text } of words) {
    if (value === undefined || text.startsWith('~') || /=~|:~/.test(text)) return undefined;
    values.push(value);
  }
  return values[0]?.startsWith('-') ? undefined : values;
}
