// The scan commands: ask what to scan, show progress, and mark each line that brought vulnerable packages. workflow/ does
// the rest.
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { withScratchFolder } from '../../../server/src/io/files/on-disk';
import type { BuildDescription } from '../../../server/src/protocol';
import type { FolderPath } from '../../../server/src/workflow/checked-arguments';
import { findScanner } from '../../../server/src/workflow/find-tools';
import { troubleText } from '../../../server/src/workflow/outcome-text';
import type { Outcome } from '../../../server/src/workflow/run';
import { watched } from '../../../server/src/workflow/runners';
import { attribute, attributeToBase } from '../../../server/src/workflow/scan/attribution';
import type { Blame } from '../../../server/src/workflow/scan/attribution';
import type { ScanReport, ScanSeverity } from '../../../server/src/workflow/scan/report';
import { attemptsOnBuilt, knownBases, scanImage } from '../../../server/src/workflow/scan/scan-image';
import type { KnownBase, ScanAttempt } from '../../../server/src/workflow/scan/scan-image';
import { countBySeverity, listed, summarize, worst } from '../../../server/src/workflow/scan/summary';
import type { FoundTool, Machine, Scanner } from '../../../server/src/workflow/tool';
import { engineNamed, scannerNamed } from '../../../server/src/workflow/tool-list';
import type { BuildTasks } from '../build/tasks';
import type { LineMarks, Mark } from '../line-marks';
import type { ServerSession } from '../server-session';
import { oneOf, tellMissing } from '../tell-missing';
import { scanSettings } from '../tool-settings';
import { requireMachine } from '../trust';

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
  readonly folder: string;
  attempts(scratch: FolderPath): readonly ScanAttempt[];
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
      attempts: (scratch) => attemptsOnBuilt(built, engine, scratch),
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
      folder: uri.scheme === 'file' ? dirname(uri.fsPath) : tmpdir(),
      attempts: () => [{ subject: { kind: 'reference', image } }],
      blame: (report, now) => {
        const stage = now.stages.find(({ baseImage }) => baseImage === image);
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

  async #scan(machine: Machine, scan: Scan): Promise<void> {
    const { wanted, paths } = scanSettings(scan.uri);
    const found = await findScanner(wanted, paths, machine, scan.folder);
    const scanner = found && scannerNamed(found.id);
    if (!scanner) {
      void tellNoScanner(wanted);
      return;
    }
    const title = t('Scanning {0} with {1}', scan.image, scanner.title);
    const options = { location: vscode.ProgressLocation.Notification, cancellable: true, title };
    const outcome = await vscode.window.withProgress(options, (_, token) =>
      this.#outcome(machine, scan, scanner, found, token),
    );
    if (outcome.kind === 'done') await this.#publish(scan, outcome.value);
    else if (outcome.kind !== 'cancelled') {
      const why = troubleText(outcome, t);
      void this.#show(
        'error',
        t('{0} could not scan {1}: {2}', scanner.title, scan.image, why),
        t('Show Log'),
      );
    }
  }

  #outcome(
    machine: Machine,
    scan: Scan,
    scanner: Scanner,
    found: FoundTool,
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
    const options = { folder: scan.folder, signal: cancel.signal };
    return withScratchFolder((scratch) =>
      scanImage(scan.attempts(scratch), scanner, found, scratch, runner, options),
    );
  }

  async #publish({ uri, image, blame }: Scan, report: ScanReport): Promise<void> {
    const { vulnerabilities } = report;
    this.#log.info([`${image}: ${vulnerabilities.length}`, ...listed(vulnerabilities)].join('\n'));
    const description = await this.#session.describe(uri);
    if (description) {
      const marks = blame(report, description).map((one) => toMark(one, description, image));
      this.#marks.set(uri, 'scan', marks, description);
    }
    if (vulnerabilities.length === 0) {
      void vscode.window.showInformationMessage(t('No known vulnerabilities in {0}.', image));
      return;
    }
    const counts = countBySeverity(vulnerabilities, t);
    const message =
      vulnerabilities.length === 1
        ? t('1 known vulnerability in {0}: {1}.', image, counts)
        : t('{0} known vulnerabilities in {1}: {2}.', vulnerabilities.length, image, counts);
    void this.#show('information', message, t('Show List'));
  }

  /** @param button opens the log, which has the details */
  async #show(kind: 'error' | 'information', message: string, button: string): Promise<void> {
    const { showErrorMessage, showInformationMessage } = vscode.window;
    const show = kind === 'error' ? showErrorMessage : showInformationMessage;
    if ((await show(message, button)) === button) this.#log.show();
  }
}

function toMark(
  { instruction, fromBase, vulnerabilities }: Blame,
  description: BuildDescription,
  image: string,
): Mark {
  const base = description.stages.find(({ from }) => from === instruction)?.baseImage ?? image;
  const place = fromBase ? base : t('this instruction');
  const message = summarize(vulnerabilities, place, t);
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
