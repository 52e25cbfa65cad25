// "Run the Cycle": build, inspect, scan, tag, push and sign as the project's configuration says, up to the first gate that
// fails, with a report. The steps are those of `drydock cycle`.
import { basename, dirname, resolve } from 'node:path';
import * as vscode from 'vscode';
import { cycleFiles } from '../../../server/src/io/images/cycle-files';
import { baselineAt } from '../../../server/src/io/images/size-baseline';
import { isThere, withScratchFolder } from '../../../server/src/io/files/on-disk';
import { filePath, folderPath } from '../../../server/src/workflow/checked-arguments';
import type { FilePath } from '../../../server/src/workflow/checked-arguments';
import { runCycle } from '../../../server/src/workflow/cycle/cycle';
import type { CycleResult } from '../../../server/src/workflow/cycle/cycle';
import { completePlan, cycleGate, cycleSteps, readKept } from '../../../server/src/workflow/cycle/cycle-plan';
import { cycleMarkdown, outcomeLine, stopReason } from '../../../server/src/workflow/cycle/cycle-report';
import { cycleSection } from '../../../server/src/workflow/cycle/cycle-section';
import type { CyclePlan, Surroundings } from '../../../server/src/workflow/cycle/steps';
import { findScanner } from '../../../server/src/workflow/find-tools';
import type { Outlet } from '../../../server/src/workflow/release/compare-targets';
import type { Runner } from '../../../server/src/workflow/run';
import { everything, scanSection } from '../../../server/src/workflow/scan/policy';
import { scanImage } from '../../../server/src/workflow/scan/scan-image';
import { scanTroubleText } from '../../../server/src/workflow/scan/scan-problem';
import { readSection } from '../../../server/src/workflow/section';
import type { Machine } from '../../../server/src/workflow/tool';
import { scannerNamed } from '../../../server/src/workflow/tool-list';
import type { BuildTasks } from '../build/tasks';
import type { BuildPlan } from '../build/build-plan';
import type { Pages } from '../image/pages';
import { reporting, tellFailure } from '../reporting';
import type { ServerSession } from '../server-session';
import { oneOf } from '../tell-missing';
import { scanSettings, toolPaths } from '../tool-settings';
import { requireMachine } from '../trust';
import { outletFor } from './outlet';
import { projectFacts } from './project-facts';
import { passwordFor, withEnvironment } from './signing';

const { t } = vscode.l10n;

interface Ready {
  readonly machine: Machine;
  readonly uri: vscode.Uri;
  readonly build: BuildPlan;
  readonly plan: CyclePlan;
  /** For the signer: the password of its key. */
  readonly secret: Readonly<Record<string, string>>;
}

export class CycleRunner {
  readonly #session: ServerSession;
  readonly #builds: BuildTasks;
  readonly #memory: vscode.Memento;
  readonly #pages: Pages;
  readonly #log: vscode.LogOutputChannel;

  constructor(
    session: ServerSession,
    builds: BuildTasks,
    memory: vscode.Memento,
    pages: Pages,
    log: vscode.LogOutputChannel,
  ) {
    this.#session = session;
    this.#builds = builds;
    this.#memory = memory;
    this.#pages = pages;
    this.#log = log;
  }

  async run(document: vscode.TextDocument): Promise<void> {
    const machine = requireMachine();
    if (!machine) return;
    const ready = await this.#prepare(machine, document);
    if (!ready) return;
    if ('problem' in ready) return void tellFailure(this.#log, `${ready.problem}.`);
    const kept = await this.#keptFor(document.uri);
    if (!kept) return;
    const programs = reporting(machine, this.#log);
    const title = t('Running the cycle of {0}', ready.plan.fileName);
    const result = await programs.run(title, async (runner, signal, say) => {
      const outlet = await this.#outlet(ready, runner, signal);
      if (!outlet) return undefined;
      const steps = cycleSteps(ready.plan, this.#surroundings(ready, outlet, runner, signal));
      const onStart = (id: string): void => {
        if (!signal.aborted) say(id);
      };
      return runCycle(steps, { kept, dryRun: false, onStart, onEnd: () => undefined });
    });
    if (!result) return void tellFailure(this.#log, t('{0} cannot push images.', ready.build.engine.title));
    await this.#memory.update(keyOf(document.uri), result.kept);
    await this.#tell(ready, result);
  }

  /** What the last run left; empty to begin startOver. @returns undefined if the user closed the question */
  async #keptFor(uri: vscode.Uri): Promise<CycleResult['kept'] | undefined> {
    const kept = readKept(this.#memory.get(keyOf(uri)));
    if (Object.keys(kept).length === 0) return {};
    const goOn = {
      label: t('Continue'),
      detail: t('Skips the steps that passed in the last run with the same input.'),
    };
    const startOver = { label: t('Start over') };
    const picked = await vscode.window.showQuickPick([goOn, startOver], { title: t('Run the cycle') });
    return picked && (picked === goOn ? kept : {});
  }

  async #prepare(
    machine: Machine,
    document: vscode.TextDocument,
  ): Promise<Ready | { readonly problem: string } | undefined> {
    const { uri } = document;
    const build = await this.#builds.planFor(machine, document, {});
    if (!build) return undefined;
    const sections = await this.#session.projectSections(uri);
    if (sections?.problem !== undefined) return { problem: `${sections.path ?? ''}: ${sections.problem}` };
    const cycle = readSection('cycle', sections?.cycle, cycleSection);
    const scan = readSection('scan', sections?.scan, scanSection);
    const [wrong] = [...cycle.problems, ...scan.problems];
    // A gate that reads half of its rules is none.
    if (wrong !== undefined) return { problem: `${sections?.path ?? ''}: ${wrong.replace(/\.$/, '')}` };
    const { values } = cycle;
    const home = dirname(sections?.path ?? uri.fsPath);
    const { dockerfile } = build.choice;
    const context =
      values.context === undefined ? build.choice.context : folderPath(resolve(home, values.context));
    const key = await fileAt(values.signKey, home);
    const signingConfig = await fileAt(values.signingConfig, home);
    if (key === 'missing') return { problem: t('{0} is not there', values.signKey ?? '') };
    if (signingConfig === 'missing') return { problem: t('{0} is not there', values.signingConfig ?? '') };
    if (context === undefined) return { problem: t('{0} is not there', values.context ?? '') };
    const sbom = values.sbom === undefined ? undefined : filePath(resolve(home, values.sbom));
    if (values.sbom !== undefined && sbom === undefined)
      return { problem: t('{0} cannot be a path', values.sbom) };
    const plan = completePlan(
      values,
      {
        fileName: vscode.workspace.asRelativePath(uri),
        dockerfile,
        context,
        names: { fileName: basename(dockerfile), projectName: basename(context) },
        description: build.description,
        saved: build.choice,
      },
      {
        version: undefined,
        repositories: [],
        scanner: undefined,
        today: new Date().toISOString().slice(0, 10),
        policy: cycleGate(
          { ...everything, ...scanSettings(uri).shown, ...scan.values },
          scan.values.failOn !== undefined,
        ),
        key,
        signingConfig,
        baseline:
          values.sizeBaseline === undefined ? undefined : baselineAt(resolve(home, values.sizeBaseline)),
        sbom,
      },
    );
    if ('problem' in plan) return plan;
    const secret =
      typeof plan.sign === 'object' ? await passwordFor({ kind: 'key', file: plan.sign.key }) : {};
    return secret && { machine, uri, build, plan, secret };
  }

  async #outlet(
    { machine, uri, build }: Ready,
    runner: Runner,
    signal: AbortSignal,
  ): Promise<Outlet | undefined> {
    const { found } = build;
    const outlet = await outletFor(machine, uri, { engine: found.id, program: found.program }, runner);
    return outlet && { ...outlet, found, signal };
  }

  #surroundings(
    { machine, uri, secret }: Ready,
    outlet: Outlet,
    runner: Runner,
    signal: AbortSignal,
  ): Surroundings {
    return {
      outlet,
      machine: { ...machine, runner },
      paths: toolPaths(uri),
      files: cycleFiles,
      // The watched runner has told it to the log already.
      say: () => undefined,
      now: () => performance.now(),
      explain: async (_, log) => {
        const explained = await this.#session.explainFailure(uri, log).catch(() => null);
        return explained ?? { message: t('the build failed: see the log of Drydock') };
      },
      scan: (name, attempts) =>
        withScratchFolder(async (scratch) => {
          const { wanted, paths } = scanSettings(uri);
          const found = await findScanner(wanted, paths, machine, scratch);
          const scanner = found && scannerNamed(found.id);
          if (!scanner) return { problem: t('no scanner is here: install {0}', oneOf(wanted)) };
          const outcome = await scanImage(await attempts({ scanner, found }, scratch), runner, {
            folder: scratch,
            signal,
          });
          if (outcome.kind === 'done')
            return { scanned: { subject: name, scanner: scanner.title, report: outcome.value } };
          const why = scanTroubleText(outcome, scanner, t);
          return { problem: t('{0} could not scan {1}: {2}', scanner.title, name, why) };
        }),
      projectFacts: () => projectFacts(machine, uri),
      sign: (run) =>
        withEnvironment(runner, machine.runner, secret).run(run, { folder: dirname(uri.fsPath), signal }),
      t,
    };
  }

  async #tell({ plan, uri }: Ready, result: CycleResult): Promise<void> {
    const subject = { file: plan.fileName, repositories: plan.repositories };
    const lines = cycleMarkdown(subject, result);
    this.#log.info(lines.join('\n'));
    await this.#pages.show(uri, lines.join('\n'), '.cycle');
    const reason = stopReason(result);
    const message = `${outcomeLine(result)}${reason === undefined ? '' : `: ${reason}`}.`;
    if (result.outcome === 'passed') void vscode.window.showInformationMessage(message);
    else void tellFailure(this.#log, message);
  }
}

function keyOf(uri: vscode.Uri): string {
  return `cycle:${uri.toString()}`;
}

async function fileAt(name: string | undefined, home: string): Promise<FilePath | undefined | 'missing'> {
  if (name === undefined) return undefined;
  const path = filePath(resolve(home, name));
  return path !== undefined && (await isThere(path)) ? path : 'missing';
}
