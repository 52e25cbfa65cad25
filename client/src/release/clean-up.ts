// "Clean Up Built Images…": shows what the engines have under the name of the file's image and what the builder keeps, and
// removes what is agreed to. Nothing is forced.
import * as vscode from 'vscode';
import type { BuiltImage } from '../../../server/src/workflow/build/built-image';
import { sizeText } from '../../../server/src/workflow/build/stored-image';
import { durationText } from '../../../server/src/workflow/checked-arguments';
import { findEngines } from '../../../server/src/workflow/find-tools';
import { troubleText } from '../../../server/src/workflow/outcome-text';
import {
  cacheUseRun,
  findImages,
  pruneCacheRun,
  removeRun,
} from '../../../server/src/workflow/release/clean-up';
import type { Doomed } from '../../../server/src/workflow/release/clean-up';
import type { FoundTool } from '../../../server/src/workflow/tool';
import { engines } from '../../../server/src/workflow/tool-list';
import { reporting, tellFailure } from '../reporting';
import { toolPaths } from '../tool-settings';
import { requireMachine } from '../trust';

const { t } = vscode.l10n;

/** Of the cache goes what nobody needed for so long. */
const unused = '48h';

type Row = vscode.QuickPickItem & ({ readonly doomed: Doomed } | { readonly cacheOf: FoundTool });

export async function cleanUp(
  uri: vscode.Uri,
  built: BuiltImage,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const machine = requireMachine();
  if (!machine) return;
  const folder = built.context;
  const programs = reporting(machine, log);
  const rows = await programs.run(t('Looking for {0}', built.tag), async (runner) => {
    const found = await findEngines(engines, toolPaths(uri), machine, folder);
    const looked = await findImages([built.tag], found, runner, folder);
    if ('trouble' in looked)
      return t(
        '{0} does not say whether it has {1}: {2}',
        looked.engine.title,
        looked.name,
        troubleText(looked.trouble, t),
      );
    const images = looked.images.map((doomed): Row => ({
      label: doomed.name,
      description: [
        doomed.image.bytes === undefined ? '' : sizeText(doomed.image.bytes),
        doomed.found.id,
      ].join(' '),
      picked: true,
      doomed,
    }));
    const buildx = found.find(({ way, trouble }) => way === 'buildx' && !trouble);
    const use = buildx && (await runner.run(cacheUseRun(buildx), { folder }));
    const cache: Row[] =
      buildx && use?.kind === 'done'
        ? [
            {
              label: t("The builder's cache, what nobody needed for two days"),
              description: t('{0}, {1} of it not in use', use.value.total, use.value.reclaimable),
              cacheOf: buildx,
            },
          ]
        : [];
    return [...images, ...cache];
  });
  if (typeof rows === 'string') return void tellFailure(log, rows);
  if (rows.length === 0) {
    void vscode.window.showInformationMessage(t('Nothing to remove: no engine has {0}.', built.tag));
    return;
  }
  const chosen = await vscode.window.showQuickPick(rows, {
    title: t('Remove which of these?'),
    placeHolder: t('What a container uses stays.'),
    canPickMany: true,
  });
  if (!chosen || chosen.length === 0) return;
  const lines = await programs.run(t('Cleaning up'), async (runner, signal) => {
    const said: string[] = [];
    for (const row of chosen) {
      const time = durationText(unused);
      if (signal.aborted || time === undefined) break;
      const run =
        'doomed' in row ? removeRun(row.doomed.found, row.doomed.name) : pruneCacheRun(row.cacheOf, time);
      const outcome = await runner.run(run, { folder, signal });
      said.push(
        outcome.kind === 'done'
          ? t('{0} is gone.', row.label)
          : t('{0} stays: {1}.', row.label, troubleText(outcome, t)),
      );
    }
    return said;
  });
  void vscode.window.showInformationMessage(lines.length === 0 ? t('Nothing was removed.') : lines.join(' '));
}
