// The build menu. The first row builds with the last choice, or with what the file suggests; every other row changes one
// thing. It has no rows for what the file does not declare.
import * as vscode from 'vscode';
import type {
  BuildDescription,
  DescribedArg,
  DescribedBuild,
} from '../../../server/src/workflow/build-description';
import type { BuildChoice } from '../../../server/src/workflow/build/build-run';
import { knownPlatforms } from '../../../server/src/workflow/build/choices';
import {
  buildArgName,
  folderPath,
  imageName,
  stageTarget,
} from '../../../server/src/workflow/checked-arguments';
import type { FolderPath } from '../../../server/src/workflow/checked-arguments';
import { mountRows } from './mount-menu';

const { t } = vscode.l10n;

export type MenuAnswer =
  | {
      readonly action: 'build' | 'engine' | 'builder' | 'copy' | 'save';
      readonly choice: BuildChoice;
    }
  | { readonly action: 'like'; readonly build: DescribedBuild; readonly choice: BuildChoice };

export interface MenuQuestion {
  readonly description: BuildDescription;
  readonly choice: BuildChoice;
  /** Best first. */
  readonly contexts: readonly FolderPath[];
  readonly severalPlatforms: boolean;
  /** Whether the engine has several builders. */
  readonly builders: boolean;
  /** Whether the engine can send the image to its registry. */
  readonly push: boolean;
  /** As people write it, with its version. */
  readonly engineName: string;
}

type Row = vscode.QuickPickItem & {
  readonly pick?: (choice: BuildChoice) => Promise<BuildChoice | MenuAnswer | undefined>;
};

/** @returns undefined if the user closed the menu */
export async function askWhatToBuild(question: MenuQuestion): Promise<MenuAnswer | undefined> {
  let { choice } = question;
  for (;;) {
    const rows = menuRows(question, choice);
    const title = t('Build {0}', vscode.workspace.asRelativePath(choice.dockerfile));
    const placeHolder = t('Press Enter to build, or choose what to change');
    const row = await vscode.window.showQuickPick(rows, { title, placeHolder, matchOnDescription: true });
    if (!row?.pick) return undefined;
    const answer = await row.pick(choice);
    // Closed without an answer: show the menu again.
    if (answer === undefined) continue;
    if ('action' in answer) return answer;
    choice = answer;
  }
}

function menuRows(question: MenuQuestion, choice: BuildChoice): Row[] {
  const { description, severalPlatforms } = question;
  const done = (action: 'build' | 'engine' | 'builder' | 'copy' | 'save') => (current: BuildChoice) =>
    Promise.resolve({ action, choice: current });
  const rows: Row[] = [
    { label: `$(play) ${t('Build')}`, description: summary(choice), pick: done('build') },
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    ...likeRow(description),
    { label: t('Engine'), description: question.engineName, pick: done('engine') },
    ...(question.builders
      ? [{ label: t('Builder'), description: choice.builder ?? t('the one in use'), pick: done('builder') }]
      : []),
    { label: t('Image name'), description: choice.tag, pick: pickTag },
  ];
  if (description.stages.length > 1) {
    const shown = choice.target ?? t('the last stage');
    rows.push({ label: t('Target stage'), description: shown, pick: (now) => pickTarget(description, now) });
  }
  rows.push(...argRows(description, choice), ...mountRows(description, choice));
  rows.push({
    label: t('Platforms'),
    description: choice.platforms.join(', ') || t("the engine's default"),
    pick: (now) => pickPlatforms(description, now, severalPlatforms),
  });
  rows.push({
    label: t('Build context'),
    description: vscode.workspace.asRelativePath(choice.context, true),
    pick: (now) => pickContext(question.contexts, now),
  });
  const toggle = (key: 'noCache' | 'pull' | 'push', label: string): Row => ({
    label,
    description: choice[key] ? t('yes') : t('no'),
    pick: (now) => Promise.resolve({ ...now, [key]: !now[key] }),
  });
  // An image for several platforms has no other place where it stays.
  if (question.push) rows.push(toggle('push', t('Send to the registry')));
  rows.push(
    toggle('noCache', t('Build without the cache')),
    toggle('pull', t('Pull newer base images')),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { label: `$(copy) ${t('Copy as command line')}`, pick: done('copy') },
    { label: `$(save) ${t('Save as task')}`, pick: done('save') },
  );
  return rows;
}

/** Files that say how to build this one: choosing a service or target takes over what they say. */
function likeRow({ builds }: BuildDescription): Row[] {
  const rows = builds.map((build) => ({
    label: build.name,
    description: vscode.workspace.asRelativePath(build.source),
    build,
  }));
  const [first] = rows;
  if (!first) return [];
  const pick = async (choice: BuildChoice): Promise<MenuAnswer | undefined> => {
    const title = t('Which of these says how to build?');
    const picked = await vscode.window.showQuickPick(rows, { title, matchOnDescription: true });
    return picked && { action: 'like', build: picked.build, choice };
  };
  return [{ label: t('As stated by'), description: `${first.label} (${first.description})`, pick }];
}

function summary({ tag, target, platforms, buildArgs }: BuildChoice): string {
  const args = Object.entries(buildArgs).map(([name, value]) => `${name}=${value}`);
  return [tag, ...(target === undefined ? [] : [target]), ...platforms, ...args].join(' · ');
}

/** One row per name: a build argument has one value for all stages that declare it. */
function argRows({ args }: BuildDescription, choice: BuildChoice): Row[] {
  const byName = new Map<string, DescribedArg>();
  for (const arg of args) {
    if (arg.default !== undefined || !byName.has(arg.name)) byName.set(arg.name, arg);
  }
  return [...byName.values()].map((arg) => ({
    label: `ARG ${arg.name}`,
    description:
      valueOf(choice, arg.name) ??
      (arg.default === undefined ? t('not set') : t('{0} (default)', arg.default)),
    pick: (now) => pickArg(arg, now),
  }));
}

async function pickTag(choice: BuildChoice): Promise<BuildChoice | undefined> {
  const tag = await vscode.window.showInputBox({
    title: t('Image name'),
    prompt: t('name, name:tag or registry/name:tag'),
    value: choice.tag,
    validateInput: (text) =>
      imageName(text) ? undefined : t('Not a valid image name. Use lower case, as in team/app:dev.'),
  });
  const name = imageName(tag ?? '');
  return name && { ...choice, tag: name };
}

async function pickTarget(
  { stages }: BuildDescription,
  choice: BuildChoice,
): Promise<BuildChoice | undefined> {
  const items = [...stages].reverse().map((stage) => ({
    label: stage.target,
    description: stage.isFinal ? t('last stage') : '',
    detail: stage.baseImage ?? '',
    target: stage.isFinal ? undefined : stage.target,
  }));
  const picked = await vscode.window.showQuickPick(
    lastFirst(items, (item) => item.target === choice.target),
    {
      title: t('Target stage'),
    },
  );
  if (!picked) return undefined;
  const { target: _, ...rest } = choice;
  const chosen = stageTarget(picked.target ?? '');
  return chosen === undefined ? rest : { ...rest, target: chosen };
}

async function pickPlatforms(
  { platforms }: BuildDescription,
  choice: BuildChoice,
  several: boolean,
): Promise<BuildChoice | undefined> {
  const usual = ['linux/amd64', 'linux/arm64', 'linux/arm/v7'];
  const known = [...new Set([...choice.platforms, ...knownPlatforms([...platforms, ...usual])])];
  const title = t('Platforms');
  if (!several) {
    const own = t("the engine's default");
    const picked = await vscode.window.showQuickPick([own, ...known], { title });
    return picked === undefined
      ? undefined
      : { ...choice, platforms: knownPlatforms(picked === own ? [] : [picked]) };
  }
  const items = known.map((label) => ({ label, picked: choice.platforms.includes(label) }));
  const placeHolder = t("Check none to use the engine's default");
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder, canPickMany: true });
  return picked && { ...choice, platforms: knownPlatforms(picked.map(({ label }) => label)) };
}

async function pickContext(
  contexts: readonly FolderPath[],
  choice: BuildChoice,
): Promise<BuildChoice | undefined> {
  const other = t('Another folder…');
  const items = lastFirst<string>(contexts, (folder) => folder === choice.context);
  const title = t('Build context');
  const picked = await vscode.window.showQuickPick([...items, other], { title });
  if (picked === undefined) return undefined;
  if (picked !== other) return withContext(choice, picked);
  const options = { canSelectFiles: false, canSelectFolders: true, title };
  const opened = await vscode.window.showOpenDialog({
    ...options,
    defaultUri: vscode.Uri.file(choice.context),
  });
  return opened?.[0] && withContext(choice, opened[0].fsPath);
}

function withContext(choice: BuildChoice, folder: string): BuildChoice | undefined {
  const context = folderPath(folder);
  return context && { ...choice, context };
}

/** The value that the user set for a build argument. */
function valueOf({ buildArgs }: BuildChoice, arg: string): string | undefined {
  const name = buildArgName(arg);
  return name && buildArgs[name];
}

/** An empty answer removes the value, so the file's default applies again. */
async function pickArg(arg: DescribedArg, choice: BuildChoice): Promise<BuildChoice | undefined> {
  const value = await vscode.window.showInputBox({
    title: `ARG ${arg.name}`,
    prompt: t('Stored in the image history, so do not enter secrets. Leave empty for the default.'),
    value: valueOf(choice, arg.name) ?? '',
    placeHolder: arg.default ?? '',
  });
  const name = buildArgName(arg.name);
  if (value === undefined || name === undefined) return undefined;
  const { [name]: _, ...others } = choice.buildArgs;
  return { ...choice, buildArgs: value === '' ? others : { ...others, [name]: value } };
}

function lastFirst<T>(items: readonly T[], isLast: (item: T) => boolean): T[] {
  return [...items.filter(isLast), ...items.filter((item) => !isLast(item))];
}
