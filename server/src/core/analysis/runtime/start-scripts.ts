// The scripts that a container starts, and what in a start needs root. A script is known if the Dockerfile holds it in
// a heredoc, or copies it from a known build context; what any other script does is not known.
import { interactive, needsRoot, waitingScript } from '../../knowledge/programs/programs';
import { fileWriters } from '../../knowledge/programs/user-programs';
import type { Model, Stage } from '../../model/model';
import { isReadable, shellOfShebang } from '../../shell/dialect';
import { readScript } from '../../shell/script';
import { heredocSource } from '../../shell/source';
import type { Command, ShellInForce } from '../../shell/types';
import { once } from '../../text/memo';
import { baseName } from '../../text/paths';
import { managerOfProgram } from '../../knowledge/packages/package-managers';
import { projectScript } from './project-scripts';
import { startedFiles } from './started-files';
import type { AsksContext, StartedFile } from './started-files';
import { finalInstruction } from './what-runs';

interface StartScript {
  /** As the start command names it. */
  readonly name: string;
  /** Its commands; undefined if they are not known, or not all of them. */
  readonly commands: readonly Command[] | undefined;
  /** The commands that are known, also where others are not. */
  readonly seen: readonly Command[];
}

const looksLikeScript =
  /\.(?:sh|bash)$|entry-?point|^(?:docker-)?(?:start|run|init|boot|launch|setup)(?:[-_]|$)/i;

/** The commands of ENTRYPOINT and CMD, as far as they are in force. */
export function commandsAtStart(model: Model, stage: Stage): readonly Command[] {
  return ['ENTRYPOINT', 'CMD'].flatMap((keyword) => {
    const instruction = finalInstruction(stage, keyword);
    return instruction ? model.commandsOf(instruction) : [];
  });
}

/** Whether what starts is in none of the steps, as in an image to build what is mounted later. */
export function startsMounted(model: Model, stage: Stage): boolean {
  const stages = new Set(stage.chain);
  const isOwn = (one: Stage | undefined): boolean => one !== undefined && stages.has(one);
  return (
    commandsAtStart(model, stage).some(({ name }) => name.text.startsWith('./')) &&
    !model.copies.some((copy) => isOwn(copy.stage)) &&
    !model.commandsNamed('git', 'hg', 'svn').some(({ instruction }) => isOwn(model.stageOf(instruction)))
  );
}

/** The scripts that the start commands of a stage name. @param facts asked where the file itself does not tell */
export function startScripts(model: Model, stage: Stage, facts: AsksContext): readonly StartScript[] {
  const written = scriptsInHeredocs(model)(stage);
  const found = new Map<string, StartScript>();
  for (const command of commandsAtStart(model, stage)) {
    const { name, args, program } = command;
    const script = projectScript(model, stage, facts, command);
    if (script) {
      const title = [program, ...args.map(({ text }) => text)].join(' ');
      found.set(title, { name: title, commands: script.some(readsMore) ? undefined : script, seen: script });
      continue;
    }
    // `sh -e start.sh`: the script is the first word that is not an option.
    const word = interactive.has(program) ? args.find(({ prefix }) => !prefix.startsWith('-')) : name;
    const path = word?.value ?? word?.text ?? '';
    const file = baseName(word?.suffix ?? '');
    const isLikely = looksLikeScript.test(file);
    const seen = written.get(file) ?? (isLikely ? commandsInContext(model, stage, facts, file) : undefined);
    const commands = seen?.some(readsMore) ? undefined : seen;
    if (seen || isLikely) found.set(path, { name: path, commands, seen: seen ?? [] });
  }
  return [...found.values()];
}

/** The commands of a script that a stage copies from the context and starts. */
function commandsInContext(
  model: Model,
  stage: Stage,
  facts: AsksContext,
  name: string,
): readonly Command[] | undefined {
  const started = startedFiles(model, facts).find(
    (one) => one.stage === stage && baseName(one.path) === name,
  );
  return started && commandsOfFile(started);
}

/** A longer text may not be whole. */
const longest = 60_000;

const commandsOfFile = once((started: StartedFile): readonly Command[] | undefined => {
  const {
    file: { text },
    reader,
    command,
  } = started;
  const shell = shellOfShebang(text, 'posix') ?? (reader === undefined ? undefined : plainShell);
  if (!shell || text.length > longest) return undefined;
  const { commands, valid, dialect } = readScript({
    instruction: command.instruction,
    source: { text, segments: [{ logical: 0, document: 0, length: text.length }] },
    shell,
    heredoc: false,
    wrappers: [],
    editable: false,
  });
  return valid && isReadable(dialect) ? commands : undefined;
});

const plainShell: ShellInForce = { dialect: 'posix', errexit: false, pipefail: false, sh: 'posix' };

/** Whether a command runs another script, which may do anything. */
function readsMore({ program, name, args }: Command): boolean {
  if (waitingScript.test(program)) return args.some(({ value }) => value === '--');
  return /^(?:\.|source|eval)$/.test(program) || looksLikeScript.test(baseName(name.suffix));
}

/** The commands of the files that COPY and ADD write from heredocs, by base name. The last one of a name counts. */
const scriptsInHeredocs = once((model: Model) =>
  once((stage: Stage): ReadonlyMap<string, readonly Command[]> => {
    const scripts = new Map<string, readonly Command[]>();
    const copies = [...stage.chain].reverse().flatMap(({ instructions }) => instructions);
    for (const instruction of copies) {
      for (const source of model.copyOf(instruction)?.sources ?? []) {
        if (source.kind !== 'heredoc' || source.target === undefined) continue;
        const text = heredocSource(model.file.text, source.heredoc);
        const { sh } = model.shellAt(instruction);
        const shell = shellOfShebang(text.text, sh) ?? { ...plainShell, dialect: sh, sh };
        const { commands } = readScript({
          instruction,
          source: text,
          shell,
          heredoc: true,
          wrappers: [],
          editable: false,
        });
        scripts.set(baseName(source.target), commands);
      }
    }
    return scripts;
  }),
);

export interface RootNeed {
  /** `certain`: a command needs root. `possible`: what a script does is not known. */
  readonly kind: 'certain' | 'possible';
  /** The program or the script. */
  readonly by: string;
}

/** What in the start of a container needs root, or may; undefined if nothing is known to. */
export function rootNeedOf(model: Model, stage: Stage, facts: AsksContext): RootNeed | undefined {
  const scripts = startScripts(model, stage, facts);
  for (const { name, seen } of [{ name: undefined, seen: commandsAtStart(model, stage) }, ...scripts]) {
    const needing = seen.find(isForRoot);
    if (needing)
      return { kind: 'certain', by: name === undefined ? needing.program : `${needing.program} in ${name}` };
  }
  const unread = scripts.find(({ commands }) => !commands);
  return unread && { kind: 'possible', by: unread.name };
}

/** Whether a command needs root: by its kind, or because it writes to folders of the system. */
function isForRoot({ program, args, redirects }: Command): boolean {
  if (needsRoot.has(program)) return true;
  // Without arguments it may be another program of that name, such as a game.
  if (managerOfProgram(program)?.scope === 'system' && args.length > 0) return true;
  if (redirects.some(({ operator, target }) => operator.includes('>') && isOfSystem(target?.prefix ?? '')))
    return true;
  if (!fileWriters.has(program)) return false;
  return (program === 'sed' ? args.slice(1) : args.slice(-1)).some(({ prefix }) => isOfSystem(prefix));
}

function isOfSystem(path: string): boolean {
  return /^\/(?:etc|usr|bin|sbin|lib)\//.test(path);
}
