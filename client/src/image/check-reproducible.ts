// "Check Whether the Build Is Reproducible": builds the file twice without a cache and says whether the images are the same, else what differs first.
import * as vscode from 'vscode';
import { withScratchFolder } from '../../../server/src/io/files/on-disk';
import { compareArchives } from '../../../server/src/io/images/compare-archives';
import { buildTwice } from '../../../server/src/workflow/build/build-twice';
import type { Built } from '../../../server/src/workflow/build/build-twice';
import type { PlannedBuild } from '../../../server/src/workflow/build/run-build';
import { fileIn, imageName } from '../../../server/src/workflow/checked-arguments';
import { differenceText } from '../../../server/src/workflow/image/first-difference';
import type { ArchivesCompared } from '../../../server/src/workflow/image/first-difference';
import { imageTroubleText } from '../../../server/src/workflow/image/image';
import { sheetMarkdown } from '../../../server/src/workflow/image/sheet';
import { troubleText } from '../../../server/src/workflow/outcome-text';
import type { Runner } from '../../../server/src/workflow/run';
import { planRun } from '../build/build-plan';
import type { BuildPlan } from '../build/build-plan';
import type { BuildTasks } from '../build/tasks';
import { reporting, tellFailure } from '../reporting';
import { requireMachine } from '../trust';
import type { Pages } from './pages';

const { t } = vscode.l10n;

export async function checkReproducible(
  document: vscode.TextDocument,
  builds: BuildTasks,
  pages: Pages,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const machine = requireMachine();
  if (!machine) return;
  const { uri } = document;
  const plan = await builds.planFor(machine, document, { noCache: true, push: false, platforms: [] });
  if (!plan) return;
  const { engine, found } = plan;
  if (engine.can.timestamps?.(found) !== true) {
    const message = t(
      '{0} cannot set the time of an image: that takes buildx, buildah or podman.',
      engine.title,
    );
    void vscode.window.showErrorMessage(message);
    return;
  }
  const plans = { first: planned(uri, plan, 'first'), second: planned(uri, plan, 'second') };
  const title = t('Building {0} twice', vscode.workspace.asRelativePath(uri));
  const twice = await reporting(machine, log).run(title, (runner, signal, say) =>
    buildTwice<ArchivesCompared>(
      plans,
      { ...machine, runner },
      {
        print: () => undefined,
        now: () => performance.now(),
        signal,
        t,
        onBuild: (which) => say(which === 'first' ? t('the first build') : t('the second build')),
        explain: (first, second) => explain(first, second, runner),
        onLeft: (message) => log.warn(message),
      },
    ),
  );
  switch (twice.kind) {
    case 'cancelled':
      return;
    case 'unbuilt':
      void tellFailure(log, `${twice.problem}.`);
      return;
    case 'same':
      void vscode.window.showInformationMessage(t('Reproducible: both builds made {0}.', twice.id));
      return;
    case 'different': {
      const { why } = twice;
      if ('problem' in why) {
        void tellFailure(log, t('Not reproducible, and what differs is not known: {0}', why.problem));
        return;
      }
      await pages.show(uri, differencePage(twice.ids, why), '.reproducible');
      void vscode.window.showWarningMessage(t('Not reproducible: {0}.', differenceText(why, t).head));
    }
  }
}

/** With a name of its own, and one time for everything in it. */
function planned(uri: vscode.Uri, plan: BuildPlan, which: string): PlannedBuild {
  const tag = imageName(`drydock-reproducible:${process.pid}-${which}`) ?? plan.choice.tag;
  const choice = { ...plan.choice, tag, epoch: 0 };
  return { engine: plan.engine, found: plan.found, choice, run: planRun(uri, plan, choice) };
}

function explain(
  first: Built,
  second: Built,
  runner: Runner,
): Promise<ArchivesCompared | { readonly problem: string }> {
  return withScratchFolder(async (scratch) => {
    const files = [fileIn(scratch, 'first.tar'), fileIn(scratch, 'second.tar')] as const;
    for (const [at, { plan, image }] of [first, second].entries()) {
      const save = plan.engine.commands.save(plan.found, image.id, files[at === 0 ? 0 : 1]);
      const saved = await runner.run(save, { folder: scratch });
      if (saved.kind !== 'done') return { problem: troubleText(saved, t) };
    }
    const compared = await compareArchives(...files);
    return 'trouble' in compared ? { problem: imageTroubleText(compared.trouble, t) } : compared;
  });
}

function differencePage(ids: readonly string[], compared: ArchivesCompared): string {
  const { head, rows, more, advice } = differenceText(compared, t);
  const lines = [
    ...ids,
    `${head}.`,
    ...(more > 0 ? [t('{0} more differences are not shown.', more)] : []),
    ...(advice === '' ? [] : [`${advice}.`]),
  ];
  const columns = [{ title: t('place') }, { title: t('what differs') }];
  const table = rows.length === 0 ? {} : { table: { columns, rows: rows.map((row) => [...row]) } };
  return sheetMarkdown({ title: t('Two builds, two images'), sections: [{ title: '', lines, ...table }] });
}
