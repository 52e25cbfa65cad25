// Builds an image from another file than a Dockerfile with the tool that the file belongs to, as a task in a terminal. If
// the tool is not here, says how to get it.
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { foldersUpTo } from '../../../server/src/io/files/on-disk';
import { planOther } from '../../../server/src/workflow/build/plan-other';
import {
  fileIn,
  filePath,
  folderPath,
  imageName,
  suggestImageName,
} from '../../../server/src/workflow/checked-arguments';
import type { OtherBuilder } from '../../../server/src/workflow/tool';
import { builderOf } from '../../../server/src/workflow/tool-list';
import { startInTerminal } from '../in-terminal';
import { tellMissing } from '../tell-missing';
import { toolPaths } from '../tool-settings';
import { requireMachine } from '../trust';
import { onDisk } from './on-disk';
import { nameOf } from './save-choice';

const { t } = vscode.l10n;

/** @param given the file, if the command comes from its menu; undefined from the palette */
export async function buildOther(given: unknown): Promise<void> {
  const document =
    given instanceof vscode.Uri
      ? await vscode.workspace.openTextDocument(given)
      : vscode.window.activeTextEditor?.document;
  const tool = document && builderOf(basename(document.uri.path));
  if (!document || !tool) {
    void vscode.window.showInformationMessage(
      t('Open a file that another tool builds from, such as .ko.yaml, apko.yaml or project.toml.'),
    );
    return;
  }
  const { commands, title } = tool;
  if (!commands.fits(document.getText())) {
    void vscode.window.showInformationMessage(
      t(
        '{0} says nothing of an image: {1} builds one if it has {2}.',
        nameOf(document.uri),
        title,
        commands.needs,
      ),
    );
    return;
  }
  await start(document, tool);
}

async function start(document: vscode.TextDocument, tool: OtherBuilder): Promise<void> {
  const { uri } = document;
  const machine = requireMachine();
  if (!machine || !(await onDisk(document))) return;
  const file = filePath(uri.fsPath);
  const folder = folderPath(dirname(uri.fsPath));
  if (file === undefined || folder === undefined) return;
  const typed = await vscode.window.showInputBox({
    title: t('Image name'),
    prompt: t('name, name:tag or registry/name:tag'),
    value: suggestImageName(basename(folder), 'Dockerfile'),
    validateInput: (text) =>
      imageName(text) ? undefined : t('Not a valid image name. Use lower case, as in team/app:dev.'),
  });
  const tag = imageName(typed ?? '');
  if (tag === undefined) return;
  const archive = fileIn(folder, 'image.tar');
  const order = { file, folder, text: document.getText(), tag, archive, push: false, platforms: [] };
  const planned = await planOther(
    tool,
    { ...order, moreArguments: [] },
    // Those above it in the workspace may hold the wrapper of a tool.
    foldersUpTo(folder, vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? folder),
    toolPaths(uri),
    machine,
  );
  if ('missing' in planned) {
    const message = t(
      '{0} builds {1}, and was not found. Install it, or set its path.',
      tool.title,
      basename(file),
    );
    await tellMissing([tool], message, 'tools.paths');
    return;
  }
  if ('problem' in planned) {
    void vscode.window.showErrorMessage(`${planned.problem}.`);
    return;
  }
  const { run } = planned.build;
  await startInTerminal({
    name: t('build {0}', nameOf(uri)),
    program: run.tool.program,
    args: run.args,
    folder,
    env: run.env,
    scope: vscode.workspace.getWorkspaceFolder(uri),
    isBuild: true,
  });
}
