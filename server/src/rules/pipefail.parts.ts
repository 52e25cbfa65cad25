// Which pipes hide a failure that matters, and the shell option that shows it.
import { pipefailShells, windowsShells } from '../core/knowledge/programs/shells';
import type { Fix, Instruction, Model, Stage } from '../core/lint/rule';
import { flowOf } from '../core/analysis/commands/folder';
import { guardOf } from '../core/analysis/commands/guard';
import { keywordLike } from '../core/analysis/text/keyword-case';
import { isUnread } from '../core/families/hadolint-commands';
import { insertBehind } from '../core/fixes/insert-lines';
import { printers } from '../core/knowledge/programs/build-steps';
import { checkers, fetchers, filters, tellers } from '../core/knowledge/programs/pipes';
import type { Command, ShellScript } from '../core/shell/types';
import { once } from '../core/text/memo';
import type { Span } from '../core/text/span';

interface Pipe {
  /** The command whose failure goes unnoticed. */
  readonly left: Command;
  /** The command whose status counts; undefined for a loop or another construct. */
  readonly last: Command | undefined;
}

/**
 * The first pipe of a step that hides a failure.
 * @param isStrict whether a left side counts that fetches nothing, and a right side that fails too
 */
export function unnoticed(model: Model, run: Instruction, isStrict: boolean): Pipe | undefined {
  for (const script of model.scriptsOf(run)) {
    for (const left of script.commands) {
      if (!isLeft(left) || neverFails(left) || left.nesting.includes('string')) continue;
      if (!isStrict && !fetches(left)) continue;
      const last = lastOf(script, left);
      if (!isStrict && (!last || checksInput(last))) continue;
      if (left.negated || mayNotice(model, script, left, isStrict)) continue;
      if (last ? counts(model, last, isStrict) : isPlain(left)) return { left, last };
    }
  }
  return undefined;
}

/** Whether the status of a command ends the step. In a function, which the step may call, that is not known. */
function counts(model: Model, last: Command, isStrict: boolean): boolean {
  const { kind } = guardOf(model, last);
  return kind === 'stops' || (isStrict && kind === 'unknown' && last.nesting.includes('function'));
}

/** Whether the option may be on. A function gets it from where it is called, so for it the whole script counts. */
function mayNotice(model: Model, script: ShellScript, left: Command, isStrict: boolean): boolean {
  const { pipefail } = flowOf(model, script).at(left);
  const isFunction = isStrict && pipefail === undefined && left.nesting.includes('function');
  return isFunction ? script.pipefail || script.text.includes('pipefail') : pipefail !== false;
}

/** Whether nothing around a pipe answers its failure. */
function isPlain({ nesting, chain, position }: Command): boolean {
  return (
    nesting.every((kind) => kind === 'subshell' || kind === 'group' || kind === 'function') &&
    chain?.joints[position] !== '||'
  );
}

/** git asks about the sources in `$( )`, and often has no answer: `git describe` where there is no tag. */
function fetches({ program, nesting }: Command): boolean {
  return fetchers.has(program) && !(program === 'git' && nesting.includes('substitution'));
}

function isLeft({ pipeline }: Command): boolean {
  return pipeline !== undefined && pipeline.index < pipeline.length - 1;
}

/** The last command of a pipeline; undefined if that is a construct. */
function lastOf(script: ShellScript, { chain, position, index }: Command): Command | undefined {
  for (let at = index + 1; at < script.commands.length; at += 1) {
    const command = script.commands[at];
    if (!command || (command.chain === chain && command.position !== position)) return undefined;
    const { pipeline } = command;
    if (command.chain === chain && pipeline && pipeline.index === pipeline.length - 1) return command;
  }
  return undefined;
}

/** Whether pipes are fine for hadolint in a shell with these words: it has pipefail, or is a shell of Windows. */
export function isSafeForHadolint(shell: readonly string[]): boolean {
  const [program = '', ...rest] = shell.flatMap((word) => word.split(' '));
  if ([...windowsShells].some((name) => program.startsWith(name))) return true;
  return (
    pipefailShells.has(program.replace(/^\/bin\//, '')) &&
    rest.some((word) => /^(?:-\w*|--)o/.test(word)) &&
    rest.some((word) => /^pipefail;?$/.test(word))
  );
}

/** The first command that a pipe follows, as hadolint reads a RUN: also in substitutions, not in texts for `sh -c`. */
export function firstPipe(model: Model, run: Instruction): Span | undefined {
  if (isUnread(model, run) && /[^|^]\|[^|]/.test(run.line.text.replaceAll(/"[^"]*"|'[^']*'/g, '')))
    return run.argumentsSpan;
  if (run.json?.some(({ value }) => value === '|')) return run.argumentsSpan;
  return model.commandsOf(run).find(({ pipeline, nesting, chain, script }) => {
    if (pipeline && (!nesting.includes('string') || !script)) return true;
    for (let place = chain?.block.place; place; place = place.chain.block.place)
      if (place.pipeline && !place.chain.block.nesting.includes('string')) return true;
    return false;
  })?.span;
}

interface Noticed {
  readonly fix: Fix;
  /** Whether it serves the later steps of the stage, too. */
  readonly lasts: boolean;
}

/** Switches the option on: in the step, if its shell knows it, else with bash. */
export function noticed(model: Model, { instruction, script }: Command): Noticed | undefined {
  if (!script || script.heredoc || instruction.json || breaks(model, instruction)) return undefined;
  if (script.dialect === 'bash' || script.dialect === 'ash' || script.dialect === 'zsh') {
    const { start } = instruction.argumentsSpan;
    const edits = [{ start, end: start, text: `set -o pipefail${script.lists.length > 1 ? ';' : ' &&'} ` }];
    return { fix: { title: 'Add set -o pipefail', edits }, lasts: false };
  }
  const stage = model.stageOf(instruction);
  if (!stage?.base.hasBash || script.dialect !== 'dash' || instruction.onbuild) return undefined;
  // dash turns \n in the words of echo into a new line, and bash does not.
  if (/\becho\b[^|;&\n]{0,200}\\/.test(script.text)) return undefined;
  const { document, file } = model;
  const keyword = keywordLike(file, 'SHELL');
  const before = document.insertLinesBefore(
    instruction.span.start,
    `${keyword} ["/bin/bash", "-o", "pipefail", "-c"]`,
  );
  const title = 'Run it with bash and pipefail';
  const reliesOnShell =
    lastThatRelies(model)(stage) > instruction.index || stage.usedBy.some(({ via }) => via === 'from');
  if (!reliesOnShell) return { fix: { title, edits: [before] }, lasts: true };
  const after = insertBehind(model, instruction, [`${keyword} ["/bin/sh", "-c"]`]);
  return after && { fix: { title: `${title}, this step only`, edits: [before, after] }, lasts: false };
}

/** Whether the step itself fails with the option: the left side dies when the right side stops to read. */
function breaks(model: Model, run: Instruction): boolean {
  return model
    .commandsOf(run)
    .some((command) =>
      isLeft(command) ? command.program === 'yes' : command.pipeline && stopsReading(command),
    );
}

const starts: ReadonlySet<string> = new Set(['CMD', 'ENTRYPOINT', 'HEALTHCHECK']);

/** The number of the last instruction of a stage that another shell may change; -1 if there is none. */
const lastThatRelies = once((model: Model) =>
  once((stage: Stage) => [...stage.instructions].reverse().find((one) => relies(model, one))?.index ?? -1),
);

/** Whether an instruction is read by the shell and may behave differently. */
function relies(model: Model, instruction: Instruction): boolean {
  const { keyword, json, heredocs } = instruction;
  if (keyword === 'SHELL' || keyword === 'ONBUILD') return true;
  if (keyword === 'RUN')
    return (
      heredocs.length > 0 ||
      breaks(model, instruction) ||
      /\becho\b[^|;&\n]{0,200}\\/.test(instruction.line.text)
    );
  return starts.has(keyword) && !json;
}

/** Whether a command on the left of a pipe has nothing to report. */
function neverFails({ program, args, pipeline, wrappers, redirects }: Command): boolean {
  if (wrappers.length > 0) return false;
  if (printers.has(program) || tellers.has(program)) return true;
  if (program === 'dpkg') return args.some(({ value }) => value === '--print-architecture');
  if (program === 'cat')
    return args.length === 0 && redirects.some(({ operator }) => operator.startsWith('<<'));
  return filters.has(program) && pipeline?.index !== 0;
}

/** Whether a command at the end fails if its input is cut off or empty. */
function checksInput({ program, args }: Command): boolean {
  if (/^(?:sha\d+|b2|md5)sum$|^shasum$/.test(program))
    return args.some(({ value }) => /^-\w*c\w*$|^--check$/.test(value ?? ''));
  return (
    checkers.has(program) ||
    (program === 'gpg' && args.some(({ value }) => /^--(?:dearmor|import)$/.test(value ?? '')))
  );
}

/** Whether a command may stop to read before its input ends, so that the left side dies. */
function stopsReading({ program, args }: Command): boolean {
  if (program === 'grep')
    return args.some(({ value }) => /^-\w*[qm]|^--(?:quiet|max-count)/.test(value ?? ''));
  return program === 'head' || program === 'sed' || program === 'awk';
}
