// The folder in which a command works: WORKDIR, then every `cd` before it, then an option such as `npm --prefix`.
import { folderOptions } from '../../knowledge/programs/command-options';
import type { Model } from '../../model/model';
import { spellWord } from '../../shell/spelling';
import type { Command, ShellScript, ShellWord } from '../../shell/types';
import { once } from '../../text/memo';
import { resolvePath } from '../../text/paths';
import { optionValue } from './options';
import { folderAfter, ScriptFlow } from './script-flow';
import { shellOf } from './shell';
import { valueFor } from './values';

const flows = once((_model: Model) => new Map<ShellScript, ScriptFlow>());

/** The flow of a script; computed when it is first needed. */
export function flowOf(model: Model, script: ShellScript): ScriptFlow {
  const known = flows(model).get(script);
  if (known) return known;
  const { instruction, lists } = script;
  const outer = outerCommand(model, script);
  const folder = outer
    ? folderOf(model, outer)
    : folderAfter(lists[0]?.block.wrappers ?? [], model.environmentAt(instruction).workdir);
  const flow = new ScriptFlow(script, folder, (command, word) => destinationOf(model, command, word));
  flows(model).set(script, flow);
  return flow;
}

/** What the word of a `cd` says, as far as it is known. */
function destinationOf(model: Model, command: Command, word: ShellWord | undefined): string | undefined {
  const [one, ...more] = word
    ? (spellWord(word, shellOf(model, command), (name) => valueFor(model, command, name)) ?? [])
    : [{ pattern: '~', text: '~', isGlob: false }];
  if (!one || one.isGlob || one.text === '' || more.length > 0) return undefined;
  if (!one.pattern.startsWith('~')) return one.text;
  const home = homeOf(model, command);
  return home !== undefined && /^~(?:\/|$)/.test(one.pattern) ? home + one.text.slice(1) : undefined;
}

/** The home directory, where ENV or the user tells. */
function homeOf(model: Model, { instruction, wrappers }: Command): string | undefined {
  const { isRoot, variables } = model.environmentAt(instruction);
  const home = variables.get('HOME');
  if (home) return home.value;
  return isRoot === true && wrappers.length === 0 ? '/root' : undefined;
}

/** The command that reads a script from a heredoc: the bash of `bash <<EOF`. Undefined for other scripts. */
export function outerCommand(model: Model, script: ShellScript): Command | undefined {
  const [line] = model.scriptsOf(script.instruction);
  const reader = script.heredoc && line !== script ? script.lists[0]?.block.wrappers.at(-1) : undefined;
  return reader && line?.commands.find(({ span }) => span.start === reader.span.start);
}

/** The absolute path of the folder in which a command works; undefined if not known. */
export function folderOf(model: Model, command: Command): string | undefined {
  const { script, wrappers, chain, instruction, program, args } = command;
  const folder = script
    ? folderAfter(wrappers.slice(chain?.block.wrappers.length ?? 0), flowOf(model, script).at(command).folder)
    : folderAfter(wrappers, model.environmentAt(instruction).workdir);
  const names = folderOptions.get(program);
  const given = names && optionValue(args, ...names);
  if (!given) return folder;
  return given.text === undefined ? undefined : resolvePath(folder, given.text);
}
