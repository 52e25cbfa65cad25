// "Three-Image Diet": builds the project as several images, from everything in one stage to nothing but the program, and
// saves a table that compares them. The Dockerfiles of patterns lie in a folder that goes away again.
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { isThere, withScratchFolder } from '../../../server/src/io/files/on-disk';
import type { DietImage, DietPlan } from '../../../server/src/protocol/messages';
import { runBuild } from '../../../server/src/workflow/build/run-build';
import { fileIn } from '../../../server/src/workflow/checked-arguments';
import type { FolderPath } from '../../../server/src/workflow/checked-arguments';
import { dietSheet, dietTable, dietTag } from '../../../server/src/workflow/image/diet';
import type { DietRow } from '../../../server/src/workflow/image/diet';
import { reportOn } from '../../../server/src/workflow/image/report';
import { sheetMarkdown } from '../../../server/src/workflow/image/sheet';
import { troubleText } from '../../../server/src/workflow/outcome-text';
import { removeRun } from '../../../server/src/workflow/release/clean-up';
import type { CancelSignal } from '../../../server/src/workflow/run';
import type { Machine } from '../../../server/src/workflow/tool';
import { explain } from '../../../server/src/workflow/why/explain';
import { planBuild, planRun } from '../build/build-plan';
import type { ReadyEngine } from '../build/engine-finder';
import type { BuildTasks } from '../build/tasks';
import { askFor, folderFor } from '../new-from-pattern';
import { reporting, tellFailure } from '../reporting';
import type { ServerSession } from '../server-session';
import { requireMachine } from '../trust';
import { readBuilt } from './read-built';

const { t } = vscode.l10n;

/** @param given the URI of a folder or a file in it; undefined from the palette */
export async function dietOf(
  given: unknown,
  session: Pick<ServerSession, 'dietPlan'>,
  builds: Pick<BuildTasks, 'engineFor'>,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const machine = requireMachine();
  const start = machine && (await folderFor(given));
  if (!machine || !start) return;
  const planned = await answered(start, session);
  if (!planned) return;
  const { folder, plan } = planned;
  const table = vscode.Uri.joinPath(folder, dietTable);
  if (!(await mayWrite(table))) return;
  const engine = await builds.engineFor(machine, folder);
  if (!engine) return;
  const title = t('Building {0} as {1} images', basename(folder.fsPath), plan.variants.length);
  const rows = await reporting(machine, log).run(title, (runner, signal, say) =>
    buildAll(plan.variants, { folder, engine, machine: { ...machine, runner }, signal, say }),
  );
  if (!rows) return;
  const built = rows.flatMap(({ result }) => ('report' in result ? [result.image] : []));
  if (built.length === 0) {
    const problems = rows.flatMap(({ result }) => ('problem' in result ? [result.problem] : []));
    return void tellFailure(log, t('No image could be built: {0}.', [...new Set(problems)].join('; ')));
  }
  const { missing: gaps, language = '' } = plan;
  const sheet = dietSheet({ rows, gaps, language }, basename(folder.fsPath), t);
  await vscode.workspace.fs.writeFile(table, new TextEncoder().encode(sheetMarkdown(sheet)));
  await vscode.commands.executeCommand('markdown.showPreview', table);
  // Not awaited, as nobody has to answer.
  void offerRemoval(rows, engine, machine, folder, log);
}

interface PlannedDiet {
  readonly folder: vscode.Uri;
  readonly plan: DietPlan;
}

/**
 * The project of a folder, or of the nearest one above it in the workspace, with the answers of the user.
 * @returns undefined after telling that there is none, or if the user gave up
 */
async function answered(
  start: vscode.Uri,
  session: Pick<ServerSession, 'dietPlan'>,
): Promise<PlannedDiet | undefined> {
  const top = vscode.workspace.getWorkspaceFolder(start)?.uri.fsPath ?? start.fsPath;
  const values: Record<string, string> = {};
  for (let folder = start; ;) {
    const plan = await session.dietPlan(folder, values);
    const [question] = plan?.open ?? [];
    if (question) {
      const value = await askFor(question.ask, question.candidates, `${question.reason}.`);
      if (value === undefined) return undefined;
      values[question.name] = value;
    } else if (plan && plan.variants.length > 1) return { folder, plan };
    else if (plan && plan.language === undefined && folder.fsPath !== top)
      folder = vscode.Uri.joinPath(folder, '..');
    else {
      void vscode.window.showInformationMessage(
        t('Nothing in {0} says how to build the project, so there are no images to compare.', start.fsPath),
      );
      return undefined;
    }
  }
}

/** Asked before the builds, which take long. */
async function mayWrite(table: vscode.Uri): Promise<boolean> {
  if (!(await isThere(table.fsPath))) return true;
  const overwrite = t('Overwrite');
  const message = t('{0} is there already. Overwrite it?', vscode.workspace.asRelativePath(table));
  return (await vscode.window.showWarningMessage(message, { modal: true }, overwrite)) === overwrite;
}

interface Place {
  readonly folder: vscode.Uri;
  readonly engine: ReadyEngine;
  readonly machine: Machine;
  readonly signal: CancelSignal;
  say(text: string): void;
}

/** @returns undefined if it was cancelled */
function buildAll(variants: readonly DietImage[], place: Place): Promise<DietRow[] | undefined> {
  return withScratchFolder(async (scratch) => {
    const rows: DietRow[] = [];
    for (const variant of variants) {
      place.say(variant.name);
      const result = await buildOne(variant, scratch, place);
      if (!result) return undefined;
      rows.push({ name: variant.name, result });
    }
    return rows;
  });
}

async function buildOne(
  { name, path, text, description }: DietImage,
  scratch: FolderPath,
  { folder, engine, machine, signal }: Place,
): Promise<DietRow['result'] | undefined> {
  const tag = dietTag(basename(folder.fsPath), name);
  if (tag === undefined) return { problem: t('{0} cannot be the tag of an image', name) };
  const file = vscode.Uri.file(path ?? fileIn(scratch, `Dockerfile.${name}`));
  if (path === undefined) await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  const plan = await planBuild(file, { context: folder.fsPath, tag }, engine, description);
  // The settings are those of the project, not of the folder that goes away.
  const run = planRun(folder, plan, plan.choice);
  const options = { print: () => undefined, now: () => performance.now(), signal, t };
  const { outcome, image } = await runBuild({ ...engine, choice: plan.choice, run }, machine, options);
  if (outcome.kind === 'cancelled') return undefined;
  if (outcome.kind !== 'done')
    return { problem: t('{0} could not build it: {1}', engine.engine.title, troubleText(outcome, t)) };
  if (outcome.value.kind === 'stopped')
    return { problem: explain(outcome.value.failure, description).message };
  if (!image)
    return { problem: t('the builder keeps the image in its cache alone, where it cannot be compared') };
  const { id, program } = engine.found;
  const built = { id: image.id, tag, context: plan.choice.context, engine: id, program };
  const read = await readBuilt(machine, built, { measure: true, signal });
  if (!read) return undefined;
  if ('problem' in read) return { problem: read.problem.replace(/\.$/, '') };
  const [first] = read.images;
  return first
    ? { image: tag, report: reportOn(first, { top: 1 }) }
    : { problem: t('{0} holds no image', tag) };
}

async function offerRemoval(
  rows: readonly DietRow[],
  { engine, found }: ReadyEngine,
  machine: Machine,
  folder: vscode.Uri,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const tags = rows.flatMap(({ result }) => ('report' in result ? [result.image] : []));
  const remove = t('Remove Images');
  const message = t('Saved {0}. {1} keeps {2}.', dietTable, engine.title, tags.join(', '));
  if ((await vscode.window.showInformationMessage(message, remove)) !== remove) return;
  for (const tag of tags) {
    const gone = await machine.runner.run(removeRun(found, tag), { folder: folder.fsPath });
    if (gone.kind !== 'done')
      return void tellFailure(log, t('{0} stays in {1}: {2}', tag, found.id, troubleText(gone, t)));
  }
}
