// The commands of a script that a container starts by its name, where the build context is known: npm start, make run,
// composer start, deno task.
import { folderOptions } from '../../knowledge/programs/command-options';
import { scriptRunners } from '../../knowledge/programs/script-runners';
import type { ScriptRunner } from '../../knowledge/programs/script-runners';
import type { Model, Stage } from '../../model/model';
import { parseArguments } from '../../shell/options';
import { readScript } from '../../shell/script';
import type { Command, ShellInForce } from '../../shell/types';
import { resolvePath } from '../../text/paths';
import { folderOf } from '../commands/folder';
import { copiedFile } from '../context/copied-files';
import type { ContextFacts } from '../context/context-sources';
import { readProjectScripts } from './script-files';
import type { ProjectScripts } from './script-files';
import type { AsksContext } from './started-files';

/** A script may run others. More than this are not followed. */
const most = 16;

/** A longer script is not read. */
const longest = 10_000;

/** What runs scripts hands them to sh; deno has a shell of its own that reads the same. */
const shell: ShellInForce = { dialect: 'posix', errexit: false, pipefail: false, sh: 'posix' };

/**
 * The commands of the script that a command at the start of a container runs, with those of the scripts around it and
 * of the scripts that it runs itself.
 * @returns undefined if the command runs none, or if its text is not known
 */
export function projectScript(
  model: Model,
  stage: Stage,
  facts: AsksContext,
  command: Command,
): readonly Command[] | undefined {
  const start = scriptsAsked(command);
  const context = start && facts.context;
  if (!start || !context) return undefined;
  const read = new Map<string, ProjectScripts | undefined>();
  const scriptsOf = (asked: AskedScripts): ProjectScripts | undefined => {
    const key = asked.file ?? asked.runner.files.map(({ name }) => name).join(' ');
    if (!read.has(key)) read.set(key, scriptsFor(model, stage, context, command, asked));
    return read.get(key);
  };
  const found: Command[] = [];
  const done = new Set<string>();
  let isKnown = false;
  const follow = (asked: AskedScripts): void => {
    const scripts = scriptsOf(asked);
    for (const name of asked.names ?? (scripts?.first === undefined ? [] : [scripts.first])) {
      const key = `${asked.runner.files[0]?.name} ${name}`;
      const parts = done.has(key) || done.size >= most ? undefined : scripts?.partsOf(name);
      done.add(key);
      isKnown ||= parts !== undefined;
      for (const part of parts ?? []) {
        if ('script' in part) follow({ ...asked, names: [part.script] });
        else if (part.shell.length <= longest) {
          for (const inner of commandsIn(command, part.shell)) {
            found.push(inner);
            const next = scriptsAsked(inner);
            // In another folder they are those of another file.
            if (next && !next.isElsewhere) follow(next);
          }
        }
      }
    }
  };
  follow(start);
  return isKnown ? found : undefined;
}

interface AskedScripts {
  readonly runner: ScriptRunner;
  /** Undefined: the first of the file. */
  readonly names: readonly string[] | undefined;
  /** The file that an option names. */
  readonly file: string | undefined;
  /** Whether an option names the folder. */
  readonly isElsewhere: boolean;
}

/** The scripts that a command runs: `npm start`, `yarn run serve`, `pnpm serve`, `make run`. */
function scriptsAsked({ program, args }: Command): AskedScripts | undefined {
  const runner = scriptRunners.get(program);
  if (!runner) return undefined;
  const { verbs, bare, takesMany, fileOptions = [], elsewhere = [] } = runner;
  const folders = folderOptions.get(program) ?? [];
  const { options, operands } = parseArguments(args, { values: [...folders, ...fileOptions, ...elsewhere] });
  if (options.some(({ name }) => elsewhere.includes(name))) return undefined;
  const fileOption = options.find(({ name }) => fileOptions.includes(name));
  if (fileOption && fileOption.value === undefined) return undefined;
  const asked = {
    runner,
    file: fileOption?.value,
    isElsewhere: options.some(({ name }) => folders.includes(name)),
  };
  const words = operands.map(({ value }) => value);
  if (takesMany) {
    const names = words.filter((word) => word === undefined || bare?.test(word));
    const known = names.filter((name) => name !== undefined);
    if (known.length < names.length) return undefined;
    return { ...asked, names: known.length > 0 ? known : undefined };
  }
  const [verb, more] = words;
  const name =
    verb !== undefined && verbs?.test(verb)
      ? more
      : verb !== undefined && bare?.test(verb)
        ? verb
        : undefined;
  return name === undefined ? undefined : { ...asked, names: [name] };
}

/** The scripts that the stage has in the folder of a command, or of the one of the context. */
function scriptsFor(
  model: Model,
  stage: Stage,
  context: ContextFacts,
  command: Command,
  { runner, file, isElsewhere }: AskedScripts,
): ProjectScripts | undefined {
  const folder = folderOf(model, command);
  const [first] = runner.files;
  const files = file === undefined ? runner.files : first ? [{ ...first, name: file }] : [];
  for (const { name, format } of files) {
    const path = resolvePath(folder, name);
    const place = path === undefined ? undefined : copiedFile(model, context, stage, path, Infinity)?.place;
    const text =
      place === undefined ? (isElsewhere ? undefined : context.textOf?.(name)) : textAt(context, place);
    if (text !== undefined) return readProjectScripts(format, text);
  }
  return undefined;
}

function textAt(context: ContextFacts, place: string): string | undefined {
  return place.includes('/') ? context.fileAt?.(place)?.text : context.textOf?.(place);
}

function commandsIn({ instruction }: Command, text: string): readonly Command[] {
  const source = { text, segments: [{ logical: 0, document: 0, length: text.length }] };
  return readScript({ instruction, source, shell, heredoc: false, wrappers: [], editable: false }).commands;
}
