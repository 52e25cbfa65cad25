// "What Rebuilds If I Change This File?" and the lines above COPY and ADD: lists the steps that run again, and shows the one
// that the user chooses.
import * as vscode from 'vscode';
import type { Rebuilds, RebuiltStep } from '../../server/src/protocol/messages';
import type { ServerSession } from './server-session';

const { t } = vscode.l10n;

/** What Drydock takes for a Dockerfile, and where nobody keeps one. */
const dockerfiles =
  '**/{[Dd]ockerfile,[Cc]ontainerfile,[Dd]ockerfile.*,[Cc]ontainerfile.*,*.[Dd]ockerfile,*.[Cc]ontainerfile}';
const skipped = '**/{node_modules,.git}/**';
const mostDockerfiles = 200;

/** @param given the file as a menu says it; undefined from the palette: the file in the editor */
export async function whatRebuilds(session: ServerSession, given: unknown): Promise<void> {
  const file = given instanceof vscode.Uri ? given : vscode.window.activeTextEditor?.document.uri;
  if (file?.scheme !== 'file') {
    tell(t('Open a file of the project first.'));
    return;
  }
  const found = await vscode.workspace.findFiles(dockerfiles, skipped, mostDockerfiles);
  const answers = await session.rebuilds(file, found);
  const name = vscode.workspace.asRelativePath(file);
  if (!answers || answers.length === 0) {
    tell(t('No Dockerfile of the workspace has a build context that holds {0}.', name));
    return;
  }
  await show(answers, t('What runs again if {0} changes', name));
}

/** @param line of an instruction, counted from 0 */
export async function showRebuilds(session: ServerSession, uri: string, line: number): Promise<void> {
  const answer = await session.rebuildsOfLine(vscode.Uri.parse(uri), line);
  if (!answer) {
    tell(t('The file changed in the meantime. Try again.'));
    return;
  }
  await show([answer], t('What runs again if files of line {0} change', line + 1));
}

interface StepItem extends vscode.QuickPickItem {
  readonly dockerfile?: string;
  readonly line?: number;
}

async function show(answers: readonly Rebuilds[], title: string): Promise<void> {
  if (answers.every(({ steps }) => steps.length === 0)) {
    tell(answers.map(saidOf).join(' '));
    return;
  }
  const items = answers.flatMap((answer): StepItem[] => [
    { label: saidOf(answer), kind: vscode.QuickPickItemKind.Separator },
    ...answer.steps.map((step) => itemOf(answer.dockerfile, step)),
  ]);
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (chosen?.dockerfile === undefined || chosen.line === undefined) return;
  const place = new vscode.Range(chosen.line, 0, chosen.line, 0);
  await vscode.window.showTextDocument(vscode.Uri.parse(chosen.dockerfile), { selection: place });
}

function itemOf(dockerfile: string, { line, instruction, runs, why }: RebuiltStep): StepItem {
  const label = `$(${runs === 'yes' ? 'sync' : 'question'}) ${String(line + 1)}  ${instruction}`;
  return { label, detail: runs === 'yes' ? why : t('may run again: {0}', why), dockerfile, line };
}

/** One or more sentences about a Dockerfile. */
function saidOf({ dockerfile, total, steps, notes }: Rebuilds): string {
  const name = vscode.workspace.asRelativePath(vscode.Uri.parse(dockerfile));
  const certain = steps.filter(({ runs }) => runs === 'yes').length;
  const count = certain === steps.length ? String(certain) : t('{0} to {1}', certain, steps.length);
  return [t('{0}: {1} of {2} steps run again', name, count, total), ...notes]
    .map((one) => `${one}.`)
    .join(' ');
}

function tell(message: string): void {
  void vscode.window.showInformationMessage(message);
}
