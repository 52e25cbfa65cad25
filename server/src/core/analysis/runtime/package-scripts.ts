// The scripts of package.json that a container starts with `npm start` and the like, where the build context is known.
import { scriptVerbs } from '../../knowledge/programs/subcommands';
import type { Model, Stage } from '../../model/model';
import { argumentsOf } from '../../shell/options';
import { readScript } from '../../shell/script';
import type { Command, ShellInForce } from '../../shell/types';
import { isRecord, readJsonObject } from '../../text/record';
import { folderOf } from '../commands/folder';
import { copiedFile } from '../context/copied-files';
import type { ContextFacts } from '../context/context-sources';
import type { AsksContext } from './started-files';

/** A script may run others. More than this are not followed. */
const most = 16;

/** A longer script is not read. */
const longest = 10_000;

/** npm, yarn, pnpm and bun hand a script to sh. */
const shell: ShellInForce = { dialect: 'posix', errexit: false, pipefail: false, sh: 'posix' };

/**
 * The commands of the script that a command at the start of a container runs, with those of the scripts around it and
 * of the scripts that it runs itself.
 * @returns undefined if the command runs none, or if its text is not known
 */
export function packageScript(
  model: Model,
  stage: Stage,
  facts: AsksContext,
  command: Command,
): readonly Command[] | undefined {
  const first = scriptName(command);
  const { context } = first === undefined ? nothing : facts;
  const scripts = context && scriptsOf(packageText(model, stage, context, command));
  if (first === undefined || typeof scripts?.[first] !== 'string') return undefined;
  const names = new Set([first]);
  const found: Command[] = [];
  // A set also walks what is added to it meanwhile.
  for (const name of names) {
    for (const one of [`pre${name}`, name, `post${name}`]) {
      const text = scripts[one];
      if (typeof text !== 'string' || text.length > longest) continue;
      for (const inner of commandsIn(command, text)) {
        found.push(inner);
        const next = scriptName(inner);
        if (next !== undefined && names.size < most) names.add(next);
      }
    }
  }
  return found;
}

const nothing: AsksContext = { context: undefined };

/** The script that a command runs: `npm start`, `yarn run serve`, `pnpm serve`. */
function scriptName(command: Command): string | undefined {
  const isOwn = scriptVerbs.get(command.program);
  if (!isOwn) return undefined;
  const [verb, more] = argumentsOf(command).operands.map(({ value }) => value);
  if (/^(?:run|run-script)$/.test(verb ?? '')) return more;
  return verb !== undefined && isOwn.test(verb) ? verb : undefined;
}

/** The text of the package.json that the stage has in the folder of a command, or of the one of the context. */
function packageText(
  model: Model,
  stage: Stage,
  context: ContextFacts,
  command: Command,
): string | undefined {
  const folder = folderOf(model, command);
  const path = folder === undefined ? undefined : `${folder === '/' ? '' : folder}/package.json`;
  const place = path === undefined ? undefined : copiedFile(model, context, stage, path, Infinity)?.place;
  return place?.includes('/') ? context.fileAt?.(place)?.text : context.textOf?.('package.json');
}

function scriptsOf(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  const scripts = text === undefined ? undefined : readJsonObject(text)?.scripts;
  return isRecord(scripts) ? scripts : undefined;
}

function commandsIn({ instruction }: Command, text: string): readonly Command[] {
  const source = { text, segments: [{ logical: 0, document: 0, length: text.length }] };
  return readScript({ instruction, source, shell, heredoc: false, wrappers: [], editable: false }).commands;
}
