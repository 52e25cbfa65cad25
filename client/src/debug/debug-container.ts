// "Debug a Container…": the ways to look into a container or a pod that runs, also one without a shell; starts the chosen one
// in a terminal.
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { insidePath, portPair } from '../../../server/src/workflow/checked-arguments';
import {
  commandOf,
  findPid,
  findStarter,
  findTargets,
} from '../../../server/src/workflow/debug/find-targets';
import type { FoundTargets, Surroundings } from '../../../server/src/workflow/debug/find-targets';
import { targetName } from '../../../server/src/workflow/debug/targets';
import type { DebugTarget } from '../../../server/src/workflow/debug/targets';
import { blanksOf, filled, waysFor } from '../../../server/src/workflow/debug/ways';
import type { DebugInput, DebugPlace, DebugWay, DebugWish } from '../../../server/src/workflow/debug/ways';
import { posixWord } from '../../../server/src/workflow/shell-text';
import { capitalized } from '../../../server/src/workflow/outcome-text';
import { engineNamed } from '../../../server/src/workflow/tool-list';
import { startInTerminal } from '../in-terminal';
import { reporting, tellFailure } from '../reporting';
import { toolPaths } from '../tool-settings';
import { requireMachine } from '../trust';

const { t } = vscode.l10n;

const nothingAsked: DebugWish = {
  image: undefined,
  path: undefined,
  port: undefined,
  to: undefined,
  command: [],
};

export async function debugContainer(log: vscode.LogOutputChannel): Promise<void> {
  const machine = requireMachine();
  if (!machine) return;
  const scope = vscode.window.activeTextEditor?.document.uri;
  const workspace =
    (scope && vscode.workspace.getWorkspaceFolder(scope)) ?? vscode.workspace.workspaceFolders?.[0];
  const around: Surroundings = {
    machine,
    paths: toolPaths(scope),
    folder: workspace?.uri.fsPath ?? homedir(),
    t,
  };
  const picked = await pickTarget('container', around, log);
  if (!picked) return;
  const { found, target } = picked;
  const place = target.kind;
  const input = { place, target, wish: nothingAsked, pid: await findPid(target, found, around) };
  const way = await pickWay(input, found);
  const wish = way && (await fillBlanks(way, input));
  if (!wish) return;
  await start(way, { ...input, wish }, { found, around, log });
}

interface Picked {
  readonly found: FoundTargets;
  readonly target: DebugTarget;
}

/** Containers first; pods once somebody asks for them, because that asks a cluster. */
async function pickTarget(
  place: DebugPlace,
  around: Surroundings,
  log: vscode.LogOutputChannel,
): Promise<Picked | undefined> {
  const title = place === 'pod' ? t('Looking for pods') : t('Looking for containers');
  const found = await reporting(around.machine, log).run(title, (runner, signal) => {
    const asked = { place, engine: undefined, namespace: undefined };
    return findTargets(asked, { ...around, machine: { ...around.machine, runner }, signal });
  });
  for (const problem of found.problems) log.warn(problem);
  if (place === 'pod' && found.targets.length === 0) {
    const problems = found.problems.length > 0 ? found.problems.join('. ') : t('This namespace has no pods');
    await tellFailure(log, `${capitalized(problems)}.`);
    return undefined;
  }
  interface Row extends vscode.QuickPickItem {
    readonly target?: DebugTarget;
  }
  const rows: Row[] = found.targets.map((target) => ({
    label: targetName(target),
    description: `${target.image} · ${target.status}`,
    detail: target.kind === 'pod' ? target.container : (engineNamed(target.engine)?.title ?? target.engine),
    target,
  }));
  const pods: Row = {
    label: `$(search) ${t('Pods of the cluster that kubectl uses…')}`,
    detail: found.problems.length > 0 ? `${capitalized(found.problems.join('. '))}.` : '',
    alwaysShow: true,
  };
  const row = await vscode.window.showQuickPick(place === 'pod' ? rows : [...rows, pods], {
    title: place === 'pod' ? t('Look into which pod?') : t('Look into which container?'),
    matchOnDescription: true,
  });
  if (!row) return undefined;
  return row.target ? { found, target: row.target } : pickTarget('pod', around, log);
}

async function pickWay(input: DebugInput, found: FoundTargets): Promise<DebugWay | undefined> {
  const rows = waysFor(input).map((way) => {
    const notes = [way.needsRoot && input.place === 'container' ? t('It needs the rights of root.') : ''];
    return {
      label: capitalized(way.title(t)),
      description: [way.note(input, t), ...notes].filter((note) => note !== '').join(' '),
      detail: commandOf(way, input, found, posixWord),
      way,
    };
  });
  const title = input.target ? t('Look into {0} how?', targetName(input.target)) : '';
  return (await vscode.window.showQuickPick(rows, { title, matchOnDetail: true }))?.way;
}

/** Asks for what the command of a way leaves open. @returns undefined if the person gives up */
async function fillBlanks(way: DebugWay, input: DebugInput): Promise<DebugWish | undefined> {
  let { wish } = input;
  const open = blanksOf(way.words(input));
  if (open.includes('path')) {
    const path = await askFor(insidePath, {
      title: t('Copy what out of it?'),
      prompt: t('An absolute path such as /app/log. It is copied into the folder of the workspace.'),
      wrong: t('This is not an absolute path.'),
    });
    if (path === undefined) return undefined;
    wish = { ...wish, path };
  }
  if (open.includes('port')) {
    const port = await askFor(portPair, {
      title: t('Which port of it?'),
      prompt: t('Such as 8080, or 9090:8080 for another port outside.'),
      wrong: t('Ports are 8080 or 8080:80.'),
    });
    if (port === undefined) return undefined;
    wish = { ...wish, port };
  }
  return wish;
}

interface Question {
  readonly title: string;
  readonly prompt: string;
  /** Said of an answer that cannot be read. */
  readonly wrong: string;
}

/** @param read undefined for what cannot be read @returns undefined if the person gives up */
async function askFor<T>(
  read: (text: string) => T | undefined,
  { title, prompt, wrong }: Question,
): Promise<T | undefined> {
  const validateInput = (text: string): string | undefined => (read(text) === undefined ? wrong : undefined);
  const given = await vscode.window.showInputBox({ title, prompt, validateInput });
  return given === undefined ? undefined : read(given);
}

interface Start {
  readonly found: FoundTargets;
  readonly around: Surroundings;
  readonly log: vscode.LogOutputChannel;
}

async function start(way: DebugWay, input: DebugInput, { found, around, log }: Start): Promise<void> {
  const words = way.words(input);
  const args = filled(words);
  if (!args) {
    const blanks = blanksOf(words).join(', ');
    return tellFailure(log, t('The command needs what is not known of this container: {0}.', blanks));
  }
  const tool = await findStarter(way, input, found, around);
  if ('problem' in tool) return tellFailure(log, `${capitalized(tool.problem)}.`);
  const name = t('debug {0}', input.target ? targetName(input.target) : way.id);
  await startInTerminal({ name, program: tool.program, args, folder: around.folder });
}
