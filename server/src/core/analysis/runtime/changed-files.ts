// Whether a step between the copy of a file and its start may change the file.
import { changesModes, convertsLineEnds, keepsText } from '../../knowledge/programs/build-steps';
import { posixShells } from '../../knowledge/programs/shells';
import type { Model } from '../../model/model';
import type { Command } from '../../shell/types';
import type { Instruction } from '../../syntax/nodes';
import { once } from '../../text/memo';
import { baseName, isBelow, resolvePath } from '../../text/paths';
import { folderOf } from '../commands/folder';
import { startedFiles } from './started-files';
import type { StartedFile } from './started-files';

/** Whether a step may give a file another mode. */
export function mayChangeMode(model: Model, started: StartedFile): boolean {
  return mayChange(model, started, changesModes, leaveModes);
}

/** Whether a step may change the line ends of a file. */
export function mayChangeLineEnds(model: Model, started: StartedFile): boolean {
  return mayChange(model, started, convertsLineEnds, leaveLineEnds);
}

interface Step {
  readonly text: string;
  readonly commands: readonly Command[];
}

type NamesOf = (files: readonly StartedFile[]) => ReadonlySet<string>;

const leaveModes = namesWithout(changesModes);
const leaveLineEnds = namesWithout(convertsLineEnds);

/** The names of the scripts without such commands. Their texts are long, so they are searched once. */
function namesWithout(words: RegExp): NamesOf {
  return once(
    (files: readonly StartedFile[]) =>
      new Set(files.flatMap(({ path, file }) => (words.test(file.text) ? [] : baseName(path)))),
  );
}

/** @param words of commands that make such a change @param namesOf the scripts without them */
function mayChange(model: Model, started: StartedFile, words: RegExp, namesOf: NamesOf): boolean {
  const names = new Set([baseName(started.path), baseName(started.place)]);
  const harmless = namesOf(startedFiles(model, started));
  return [...stepsBetween(model, started)].some(
    (step) =>
      step.commands.length === 0 ||
      (words.test(step.text) && mayReach(model, step, words, started)) ||
      mayUse(step, names) ||
      step.commands.some((command) => runsOther(command, names, harmless)),
  );
}

/** The steps after the copy and before the start; of the step that starts the file what comes before. */
function* stepsBetween(model: Model, { stage, copy, command: start }: StartedFile): Generator<Step> {
  const isStep = start.instruction.keyword === 'RUN';
  for (const run of stage.chain.flatMap(({ instructions }) => instructions)) {
    if (run.keyword !== 'RUN' || run.index <= copy.instruction.index) continue;
    if (isStep && run.index > start.instruction.index) continue;
    const end = run === start.instruction ? start.fullSpan.start : run.span.end;
    const commands = model.commandsOf(run).filter(({ fullSpan }) => fullSpan.start < end);
    if (commands.length > 0 || run !== start.instruction)
      yield { text: textUntil(model, run, end), commands };
  }
}

function textUntil(model: Model, { span }: Instruction, end: number): string {
  return model.document.slice({ start: span.start, end });
}

/** Whether a step names the file in a way that may change it. */
function mayUse({ text, commands }: Step, names: ReadonlySet<string>): boolean {
  const said = [...names].filter((name) => text.includes(name));
  if (said.length === 0) return false;
  const users = commands.filter(({ name, args, redirects }) =>
    [name, ...args, ...redirects.flatMap(({ target }) => target ?? [])].some((word) =>
      said.some((one) => word.text.includes(one)),
    ),
  );
  // The list of a loop, or a text.
  if (users.length === 0) return true;
  return users.some(
    ({ name, program, redirects }) =>
      redirects.some(({ target }) => said.some((one) => target?.text.includes(one))) ||
      !(keepsText.has(program) || posixShells.has(program) || names.has(baseName(name.value ?? ''))),
  );
}

/** Whether a command runs another script, which may do anything unless its text is known. */
function runsOther(
  { name, program, args }: Command,
  names: ReadonlySet<string>,
  harmless: ReadonlySet<string>,
): boolean {
  const script = posixShells.has(program) ? args[0]?.value : name.value;
  if (script === undefined) return posixShells.has(program) ? args.length > 0 : program === '';
  const file = baseName(script);
  if (names.has(file) || harmless.has(file) || script.startsWith('-')) return false;
  return (
    (posixShells.has(program) || script.includes('/')) &&
    !/(?:^|\/)s?bin\/|^(?:\.\/)?(?:gradlew|mvnw)$/.test(script) &&
    /^[^.]*$|\.(?:sh|bash)$/.test(file)
  );
}

/** Whether the commands of a step that make a change may make it to the file. */
function mayReach(model: Model, { commands }: Step, words: RegExp, started: StartedFile): boolean {
  const changing = commands.filter(({ fullSpan }) => words.test(model.document.slice(fullSpan)));
  return changing.length === 0 || changing.some((command) => mayName(model, command, started));
}

/** Whether a command may mean the file: it names it or its folder, or what is not known. */
function mayName(model: Model, command: Command, { path }: StartedFile): boolean {
  const folder = folderOf(model, command);
  return command.args.some(({ value }) => {
    const named = value === undefined ? undefined : resolvePath(folder, value);
    return named === undefined || isBelow(path, named) || baseName(named) === baseName(path);
  });
}
