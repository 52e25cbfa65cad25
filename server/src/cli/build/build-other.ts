// Builds from another file than a Dockerfile with the tool that the file belongs to, for `drydock build`.
import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { inWords } from '../../io/files/file-errors';
import { foldersUpTo } from '../../io/files/on-disk';
import { readRegular } from '../../io/files/read-text';
import { kindOfFile } from '../../io/files/told-file';
import { lockBuild } from '../../io/processes/build-lock';
import { repositoryRoot } from '../../io/surroundings/repository-root';
import { cancelledAtEnd } from '../../io/processes/endings';
import { resultText } from '../../workflow/build/other-build';
import type { OtherOrder } from '../../workflow/build/other-build';
import { planOther } from '../../workflow/build/plan-other';
import type { OtherPlan } from '../../workflow/build/plan-other';
import {
  buildLabel,
  fileIn,
  filePath,
  folderPath,
  imageName,
  platformName,
  suggestImageName,
} from '../../workflow/checked-arguments';
import { troubleText } from '../../workflow/outcome-text';
import { shellText } from '../../workflow/shell-text';
import type { Machine, OtherBuilder } from '../../workflow/tool';
import { english } from '../../workflow/translate';
import type { Ending } from '../command';
import type { Terminal } from '../terminal';
import { jsonText } from '../visible';

/** The options of `drydock build` that these tools take; the others are of Dockerfiles alone. */
export interface OtherValues {
  readonly tag?: string | undefined;
  readonly target?: string | undefined;
  readonly platform?: string | undefined;
  readonly push: boolean;
  readonly argument: readonly string[];
  readonly 'dry-run': boolean;
  readonly format: 'text' | 'json';
}

const known: ReadonlySet<string> = new Set([
  'tag',
  'target',
  'platform',
  'push',
  'argument',
  'dry-run',
  'format',
] satisfies (keyof OtherValues)[]);

const longestFile = 1_000_000;

/** @param path of a file with one of the tool's names @param values of all options of `drydock build` */
export async function buildOther(
  path: string,
  tool: OtherBuilder,
  values: OtherValues & Readonly<Record<string, unknown>>,
  terminal: Terminal,
  machine: Machine,
): Promise<Ending> {
  const name = basename(path);
  const lost = Object.entries(values).find(([key, value]) => !known.has(key) && isGiven(value));
  if (lost) return { wrong: `${tool.title} builds ${name}, which takes no --${lost[0]}` };
  const order = readOrder(path, values);
  if ('wrong' in order) return order;
  if ('unreadable' in order) return stop(terminal, order.unreadable, 'unreadable');
  const { commands, title, get } = tool;
  if (!commands.fits(order.text))
    return stop(
      terminal,
      `${path} says nothing of an image: ${title} builds one if it has ${commands.needs}`,
    );
  const folders = foldersUpTo(order.folder, repositoryRoot(order.folder) ?? order.folder);
  const planned = await planOther(tool, order, folders, {}, machine);
  if ('missing' in planned) return stop(terminal, `${title} builds ${name}, and is not here. Get it: ${get}`);
  if ('problem' in planned) return stop(terminal, planned.problem);
  const { run, result } = planned.build;
  if (values['dry-run']) {
    terminal.print(`${shellText(run)}\n`);
    return 'clean';
  }
  if (result.kind === 'archive' && existsSync(result.file) && kindOfFile(result.file) !== 'archive')
    return stop(terminal, `${result.file} is there and not an archive: remove it, or move it away`);
  return build(planned, order, values.format === 'json', terminal, machine);
}

function stop(terminal: Terminal, message: string, ending: 'undone' | 'unreadable' = 'undone'): Ending {
  terminal.complain(message);
  return ending;
}

function isGiven(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
}

function readOrder(
  path: string,
  { tag, target, platform, push, argument }: OtherValues,
): OtherOrder | { readonly wrong: string } | { readonly unreadable: string } {
  const file = filePath(resolve(path));
  const folder = folderPath(dirname(resolve(path)));
  if (file === undefined || folder === undefined) return { wrong: `${path} has no path that a tool takes` };
  const image = tag === undefined ? suggestImageName(basename(folder), 'Dockerfile') : imageName(tag);
  if (image === undefined) return { wrong: `${tag ?? ''} cannot be the name of an image` };
  const label = target === undefined ? undefined : buildLabel(target);
  if (target !== undefined && label === undefined) return { wrong: `${target} cannot be a target` };
  const platforms = (platform ?? '').split(',').filter((one) => one !== '');
  const wrong = platforms.find((one) => platformName(one) === undefined);
  if (wrong !== undefined) return { wrong: `${wrong} cannot be a platform` };
  let text: string | undefined;
  try {
    text = readRegular(file, longestFile)?.bytes.toString('utf8');
  } catch (error) {
    return { unreadable: `cannot read ${path}: ${inWords(error)}` };
  }
  if (text === undefined) return { unreadable: `cannot read ${path}: it is larger than 1 MB` };
  return {
    file,
    folder,
    text,
    tag: image,
    push,
    platforms: platforms.map(platformName).filter((one) => one !== undefined),
    ...(label !== undefined && { target: label }),
    archive: fileIn(folder, 'image.tar'),
    moreArguments: argument,
  };
}

async function build(
  { tool, build: { run, result } }: OtherPlan,
  { file, folder, tag }: OtherOrder,
  json: boolean,
  terminal: Terminal,
  machine: Machine,
): Promise<Ending> {
  const lock = lockBuild(file);
  if ('heldBy' in lock)
    return stop(terminal, `process ${lock.heldBy} is building ${file} at the moment. Wait for it, or end it`);
  terminal.note(`Building ${tag} with ${tool.title}\n`);
  const outcome = await cancelledAtEnd((signal) =>
    machine.runner.run(run, { folder, onEvent: ({ text }) => terminal.note(text), signal }),
  );
  lock.release();
  const problem = outcome.kind === 'done' ? undefined : troubleText(outcome, english);
  if (json)
    terminal.print(
      jsonText({
        version: 1,
        file,
        tool: tool.id,
        command: shellText(run),
        image: problem === undefined ? { name: tag, ...result } : null,
        failure: problem ?? null,
      }),
    );
  if (problem !== undefined) {
    terminal.complain(`${tool.title} could not build ${tag}: ${problem}`);
    return outcome.kind === 'failed' ? 'unbuilt' : 'undone';
  }
  if (!json) terminal.print(`${tag} ${resultText(result, english)}\n`);
  return 'clean';
}
