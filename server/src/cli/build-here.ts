// Builds an image for a command of the command line that needs one, with the engine at hand.
import { existsSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { thisMachine } from '../io/processes/machine';
import type { BuildDescription } from '../protocol';
import { completeChoice, toOrder } from '../workflow/build/choices';
import { failureText } from '../workflow/build/failure-text';
import { filePath, folderPath } from '../workflow/checked-arguments';
import type { ImageName } from '../workflow/checked-arguments';
import { findEngines } from '../workflow/find-tools';
import { troubleText } from '../workflow/outcome-text';
import type { Machine } from '../workflow/tool';
import { engineNamed, engines } from '../workflow/tool-list';
import { english } from '../workflow/translate';
import { describeFile } from './described-file';
import type { Terminal } from './terminal';

export interface BuiltHere {
  readonly name: ImageName;
  readonly description: BuildDescription;
}

/**
 * What the builder prints goes to standard error.
 * @param folder the build context
 * @param file the Dockerfile; without it that of the folder
 * @param tag without it a name made from the folder's
 * @returns `problem`: without a full stop
 */
export async function buildHere(
  folder: string,
  file: string | undefined,
  terminal: Pick<Terminal, 'note'>,
  { tag, machine = thisMachine() }: { readonly tag?: ImageName; readonly machine?: Machine } = {},
): Promise<BuiltHere | { readonly problem: string }> {
  const context = folderPath(resolve(folder));
  if (context === undefined || !statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    return { problem: `${folder} is not a folder` };
  const found =
    file ??
    ['Dockerfile', 'Containerfile'].map((name) => join(folder, name)).find((path) => existsSync(path));
  if (found === undefined) return { problem: `there is no Dockerfile in ${folder}. Name one with --file` };
  const dockerfile = filePath(resolve(found));
  const described = describeFile(found);
  if ('problem' in described) return described;
  if (dockerfile === undefined) return { problem: `${found} has no path that a builder takes` };
  const [program] = await findEngines(engines, {}, machine, context);
  const engine = program && engineNamed(program.id);
  if (!engine)
    return { problem: `no engine is installed. Get one of ${engines.map(({ title }) => title).join(', ')}` };
  if (program.trouble)
    return { problem: `${engine.title} cannot build now: ${troubleText(program.trouble, english)}` };
  const { description } = described;
  const question = { dockerfile, fileName: basename(found), projectName: basename(context), context };
  const choice = completeChoice(question, tag === undefined ? {} : { tag }, description);
  const run = engine.commands.build(program, toOrder(choice, description, []));
  const outcome = await machine.runner.run(run, {
    folder: context,
    onEvent: ({ text }) => terminal.note(text),
  });
  if (outcome.kind !== 'done')
    return { problem: `${engine.title} could not build ${found}: ${troubleText(outcome, english)}` };
  if (outcome.value.kind === 'stopped')
    return { problem: `building ${found} failed: ${failureText(outcome.value.failure, english)}` };
  return { name: choice.tag, description };
}
