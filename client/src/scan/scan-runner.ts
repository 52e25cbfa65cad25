// The scan commands: ask what to scan, show progress, and mark each line that brought vulnerable packages. workflow/ does
// the rest.
import * as vscode from 'vscode';
import { withScratchFolder } from '../../../server/src/io/files/on-disk';
import type { BuildDescription } from '../../../server/src/protocol';
import type { FolderPath } from '../../../server/src/workflow/checked-arguments';
import { findScanner } from '../../../server/src/workflow/find-tools';
import type { Outcome } from '../../../server/src/workflow/run';
import { watched } from '../../../server/src/workflow/runners';
import { attribute, attributeToBase } from '../../../server/src/workflow/scan/attribution';
import type { Blame, Origin } from '../../../server/src/workflow/scan/attribution';
import { everything, judge } from '../../../server/src/workflow/scan/policy';
import type { ScanReport, ScanSeverity, Vulnerability } from '../../../server/src/workflow/scan/report';
import {
  attemptsByName,
  attemptsOnBuilt,
  knownBases,
  scanImage,
} from '../../../server/src/workflow/scan/scan-image';
import type { KnownBase, ReadyScanner, ScanAttempt } from '../../../server/src/workflow/scan/scan-image';
import { scanTroubleText } from '../../../server/src/workflow/scan/scan-problem';
import { countBySeverity, listed, summarize, worst } from '../../../server/src/workflow/scan/summary';
import type { Machine, Scanner } from '../../../server/src/workflow/tool';
import { engineNamed, scannerNamed } from '../../../server/src/workflow/tool-list';
import type { BuildTasks } from '../build/tasks';
import type { LineMarks, Mark } from '../line-marks';
import type { ServerSession } from '../server-session';
import { oneOf, tellMissing } from '../tell-missing';
import { scanSettings } from '../tool-settings';
import { requireMachine } from '../trust';
import { offerList } from './vulnerability-list';

const { t } = vscode.l10n;

const levels: Readonly<Record<ScanSeverity, vscode.DiagnosticSeverity>> = {
  critical: vscode.DiagnosticSeverity.Error,
  high: vscode.DiagnosticSeverity.Warning,
  medium: vscode.DiagnosticSeverity.Information,
  low: vscode.DiagnosticSeverity.Hint,
  negligible: vscode.DiagnosticSeverity.Hint,
  unknown: vscode.DiagnosticSeverity.Information,
};

interface Scan {
  readonly uri: vscode.Uri;
  /** As the user knows it. */
  readonly image: string;
  /** Where configuration files of the project are; undefined if it has no folder. */
  readonly folder: string | undefined;
  attempts(ready: ReadyScanner, scratch: FolderPath): readonly ScanAttempt[];
  blame(report: ScanReport, description: BuildDescription): readonly Blame[];
}

export class ScanRunner {
  readonly #session: ServerSession;
  readonly #marks: LineMarks;
  readonly #builds: BuildTasks;
  readonly #log: vscode.LogOutputChannel;

  constructor(session: ServerSession, marks: LineMarks, builds: BuildTasks, log: vscode.LogOutputChannel) {
    this.#session = session;
    this.#marks = marks;
    this.#builds = builds;
    this.#log = log;
  }

  /** Scans the image that was built last from the file. */
  async scanBuilt(document: vscode.TextDocument): Promise<void> {
    const machine = requireMachine();
    if (!machine) return;
    const { uri } = document;
    const built = this.#builds.lastImage(uri);
    const engine = built && engineNamed(built.engine);
    if (!engine) return this.#offerOthers(document);
    await this.#scan(machine, {
      uri,
      image: built.tag,
      folder: built.context,
      attempts: (ready, scratch) => attemptsOnBuilt(built, engine, ready, scratch),
      blame: (report, description) => attribute(report, description, built.target),
    });
  }

  /** Scans the image that the last stage is based on. */
  async scanBase(document: vscode.TextDocument): Promise<void> {
    const machine = requireMachine();
    if (!machine) return;
    const { uri } = document;
    const bases = knownBases((await this.#session.describe(uri)) ?? { stages: [] });
    if (bases.length === 0) {
      void vscode.window.showInformationMessage(
        t('No base image in this file can be scanned by name. Build the image and scan that instead.'),
      );
      return;
    }
    const image = (await pickBase(bases))?.image;
    if (image === undefined) return;
    await this.#scan(machine, {
      uri,
      image,
      folder: vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath,
      attempts: (ready, scratch) => attemptsByName(image, ready, scratch),
      blame: (report, now) => {
        // The last stage that is based on it: what is above may only build.
        const stage = [...now.stages].reverse().find(({ baseImage }) => baseImage === image);
        return stage ? attributeToBase(report, now, stage.index) : [];
      },
    });
  }

  async #offerOthers(document: vscode.TextDocument): Promise<void> {
    const build = t('Build Image…');
    const base = t('Scan Base Image');
    const message = t('No image has been built from this file yet.');
    const chosen = await vscode.window.showInformationMessage(message, build, base);
    if (chosen === build) await this.#builds.build(document);
    else if (chosen === base) await this.scanBase(document);
  }

  #scan(machine: Machine, scan: Scan): Promise<void> {
    // Programs look for configuration in the folder they start in, and take names for those of files in it.
    return withScratchFolder(async (scratch) => {
      const { wanted, paths } = scanSettings(scan.uri);
      const found = await findScanner(wanted, paths, machine, scratch);
      const scanner = found && scannerNamed(found.id);
      if (!scanner) {
        void tellNoScanner(wanted);
        return;
      }
      const title = t('Scanning {0} with {1}', scan.image, scanner.title);
      const options = { location: vscode.ProgressLocation.Notification, cancellable: true, title };
      const outcome = await vscode.window.withProgress(options, (_, token) =>
        this.#outcome(machine, scan, { scanner, found }, scratch, token),
      );
      if (outcome.kind === 'done') await this.#publish(scan, outcome.value);
      else if (outcome.kind !== 'cancelled') {
        const why = scanTroubleText(outcome, scanner, t);
        void this.#showFailure(t('{0} could not scan {1}: {2}', scanner.title, scan.image, why));
      }
    });
  }

  #outcome(
    machine: Machine,
    scan: Scan,
    ready: ReadyScanner,
    scratch: FolderPath,
    token: vscode.CancellationToken,
  ): Promise<Outcome<ScanReport>> {
    const cancel = new AbortController();
    token.onCancellationRequested(() => cancel.abort());
    const runner = watched(machine.runner, {
      onStart: (command) => this.#log.info(command),
      onPrinted: ({ text }) => {
        if (text.trim() !== '') this.#log.info(text.trim());
      },
    });
    const { projectConfiguration } = scanSettings(scan.uri);
    const folder = projectConfiguration ? (scan.folder ?? scratch) : scratch;
    return scanImage(scan.attempts(ready, scratch), runner, { folder, signal: cancel.signal });
  }

  async #publish({ uri, image, blame }: Scan, report: ScanReport): Promise<void> {
    const all = report.vulnerabilities;
    this.#log.info([`${image}: ${all.length}`, ...listed(all)].join('\n'));
    // No entry ends in the editor, which has no ignores of its own.
    const { shown: vulnerabilities } = judge(all, { ...everything, ...scanSettings(uri).shown }, '');
    const description = await this.#session.describe(uri);
    const blames = description ? blame({ ...report, vulnerabilities }, description) : [];
    if (description) {
      const marks = blames.map((one) => toMark(one, description, image));
      this.#marks.set(uri, 'scan', marks, description);
    }
    if (vulnerabilities.length === 0) {
      const message =
        all.length === 0
          ? t('No known vulnerabilities in {0}.', image)
          : t('{0} known vulnerabilities in {1}, none of which your settings show.', all.length, image);
      void vscode.window.showInformationMessage(message);
      return;
    }
    const counts = countBySeverity(vulnerabilities, t);
    const message =
      vulnerabilities.length === 1
        ? t('1 known vulnerability in {0}: {1}.', image, counts)
        : t('{0} known vulnerabilities in {1}: {2}.', vulnerabilities.length, image, counts);
    void offerList(message, image, vulnerabilities, description ? linesOf(blames, description) : new Map());
  }

  async #showFailure(message: string): Promise<void> {
    const show = t('Show Log');
    if ((await vscode.window.showErrorMessage(message, show)) === show) this.#log.show();
  }
}

/** The line of each vulnerability, zero-based. */
function linesOf(blames: readonly Blame[], { instructions }: BuildDescription): Map<Vulnerability, number> {
  return new Map(
    blames.flatMap(({ instruction, vulnerabilities }) =>
      vulnerabilities.map((one) => [one, instructions[instruction]?.mark.start.line ?? 0] as const),
    ),
  );
}

function toMark(
  { instruction, origin, vulnerabilities }: Blame,
  description: BuildDescription,
  image: string,
): Mark {
  const places: Readonly<Record<Origin, () => string>> = {
    base: () => description.stages.find(({ from }) => from === instruction)?.baseImage ?? image,
    step: () => t('this instruction'),
    steps: () => t('this instruction or one above it'),
    image: () => image,
  };
  const message = summarize(vulnerabilities, places[origin](), t);
  return { instruction, severity: levels[worst(vulnerabilities)], message, code: 'scan' };
}

async function tellNoScanner(wanted: readonly Scanner[]): Promise<void> {
  const names = oneOf(wanted);
  const message =
    wanted.length > 1
      ? t('No scanner found. Install {0}, or set its path.', names)
      : t('{0} was not found on the PATH. Install it, or set its path.', names);
  await tellMissing(wanted, message, 'scan.paths');
}

/** Asks only if there are several names. */
async function pickBase(bases: readonly KnownBase[]): Promise<KnownBase | undefined> {
  const items = [...bases]
    .reverse()
    .map((base) => ({ label: base.image, description: base.stage.target, base }));
  const distinct = items.filter(({ label }, at) => items.findIndex((other) => other.label === label) === at);
  if (distinct.length === 1) return distinct[0]?.base;
  return (await vscode.window.showQuickPick(distinct, { title: t('Scan which base image?') }))?.base;
}
