// The scan commands: ask what to scan, show progress, and mark each line that brought vulnerable packages. workflow/ does
// the rest.
import * as vscode from 'vscode';
import { withScratchFolder } from '../../../server/src/io/files/on-disk';
import type { BuildDescription } from '../../../server/src/workflow/build-description';
import { findScanner } from '../../../server/src/workflow/find-tools';
import { attribute, attributeToBase } from '../../../server/src/workflow/scan/attribution';
import type { Blame, Origin } from '../../../server/src/workflow/scan/attribution';
import { everything, judge, scanSection } from '../../../server/src/workflow/scan/policy';
import type { ScanPolicy } from '../../../server/src/workflow/scan/policy';
import type { ScanReport, ScanSeverity, Vulnerability } from '../../../server/src/workflow/scan/report';
import {
  attemptsEverywhere,
  attemptsOnBuilt,
  knownBases,
  scanImage,
} from '../../../server/src/workflow/scan/scan-image';
import type { KnownBase, ScanAttempts } from '../../../server/src/workflow/scan/scan-image';
import { scanTroubleText } from '../../../server/src/workflow/scan/scan-problem';
import { countBySeverity, listed, summarize, worst } from '../../../server/src/workflow/scan/summary';
import { readSection } from '../../../server/src/workflow/section';
import type { Machine, Scanner } from '../../../server/src/workflow/tool';
import { engineNamed, scannerNamed } from '../../../server/src/workflow/tool-list';
import type { BuildTasks } from '../build/tasks';
import type { LineMarks, Mark } from '../line-marks';
import { reporting, tellFailure } from '../reporting';
import type { ServerSession } from '../server-session';
import { oneOf, tellMissing } from '../tell-missing';
import { scanSettings, toolPaths } from '../tool-settings';
import { requireMachine } from '../trust';
import { offerList } from './vulnerability-list';
import type { VulnerabilityGroup } from './vulnerability-list';

const { t } = vscode.l10n;

/** The code of the marks of a scan. */
export const scanCode = 'scan';

const levels: Readonly<Record<ScanSeverity, vscode.DiagnosticSeverity>> = {
  critical: vscode.DiagnosticSeverity.Error,
  high: vscode.DiagnosticSeverity.Warning,
  medium: vscode.DiagnosticSeverity.Information,
  low: vscode.DiagnosticSeverity.Hint,
  negligible: vscode.DiagnosticSeverity.Hint,
  unknown: vscode.DiagnosticSeverity.Information,
};

/** What a scan has marked in a file, for the light bulb. */
export interface ScannedLine {
  readonly message: string;
  readonly instruction: number;
  readonly origin: Origin;
  /** Best to act on first. */
  readonly vulnerabilities: readonly Vulnerability[];
}

interface Scan {
  readonly uri: vscode.Uri;
  /** As the user knows it. */
  readonly image: string;
  /** What was built from the file, and not the base image alone. */
  readonly isBuilt: boolean;
  /** Where configuration files of the project are; undefined if it has no folder. */
  readonly folder: string | undefined;
  readonly attempts: ScanAttempts;
  blame(report: ScanReport, description: BuildDescription): readonly Blame[];
}

export class ScanRunner {
  readonly #session: ServerSession;
  readonly #marks: LineMarks;
  readonly #builds: BuildTasks;
  readonly #log: vscode.LogOutputChannel;
  /** The last scan of each file. */
  readonly #last = new Map<string, { readonly scan: Scan; readonly report: ScanReport }>();
  readonly #lines = new Map<string, readonly ScannedLine[]>();

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
      isBuilt: true,
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
      isBuilt: false,
      folder: vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath,
      attempts: (ready, scratch) =>
        attemptsEverywhere(image, ready, scratch, { machine, paths: toolPaths(uri) }),
      blame: (report, now) => {
        // The last stage that is based on it: what is above may only build.
        const stage = [...now.stages].reverse().find(({ baseImage }) => baseImage === image);
        return stage ? attributeToBase(report, now, stage.index) : [];
      },
    });
  }

  /** What the last scan of a file has marked. */
  linesOf(uri: vscode.Uri): readonly ScannedLine[] {
    return this.#lines.get(uri.toString()) ?? [];
  }

  /** Judges the last scan of a file again, after the project has decided to ignore something. */
  async judgeAgain(uri: vscode.Uri): Promise<void> {
    const last = this.#last.get(uri.toString());
    if (last) await this.#mark(last.scan, last.report);
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
      const { projectConfiguration } = scanSettings(scan.uri);
      const ways = await scan.attempts({ scanner, found }, scratch);
      const folder = projectConfiguration ? (scan.folder ?? scratch) : scratch;
      const outcome = await reporting(machine, this.#log).run(title, (runner, signal) =>
        scanImage(ways, runner, { folder, signal }),
      );
      if (outcome.kind === 'done') await this.#publish(scan, outcome.value);
      else if (outcome.kind !== 'cancelled') {
        const why = scanTroubleText(outcome, scanner, t);
        void tellFailure(this.#log, t('{0} could not scan {1}: {2}', scanner.title, scan.image, why));
      }
    });
  }

  async #publish(scan: Scan, report: ScanReport): Promise<void> {
    const { uri, image } = scan;
    const all = report.vulnerabilities;
    this.#log.info([`${image}: ${all.length}`, ...listed(all)].join('\n'));
    this.#last.set(uri.toString(), { scan, report });
    const { vulnerabilities, ignored, blames, description } = await this.#mark(scan, report);
    if (vulnerabilities.length === 0) {
      const message =
        all.length === 0
          ? t('No known vulnerabilities in {0}.', image)
          : ignored === all.length
            ? t('{0} known vulnerabilities in {1}, all of which the project ignores.', all.length, image)
            : t('{0} known vulnerabilities in {1}, none of which your settings show.', all.length, image);
      void vscode.window.showInformationMessage(message);
      return;
    }
    const counts = countBySeverity(vulnerabilities, t);
    const message =
      vulnerabilities.length === 1
        ? t('1 known vulnerability in {0}: {1}.', image, counts)
        : t('{0} known vulnerabilities in {1}: {2}.', vulnerabilities.length, image, counts);
    void offerList(
      message,
      image,
      description ? groupsOf(blames, description, image) : [{ title: image, vulnerabilities }],
    );
  }

  /** Marks what counts: neither ignored by the project nor hidden by the settings. */
  async #mark({ uri, image, blame, isBuilt }: Scan, report: ScanReport): Promise<Marked> {
    const policy = await this.#policy(uri);
    const today = new Date().toISOString().slice(0, 10);
    const { shown: vulnerabilities, ignored } = judge(report.vulnerabilities, policy, today);
    const description = await this.#session.describe(uri);
    const blames = description ? blame({ ...report, vulnerabilities }, description) : [];
    if (description) {
      const marks = blames.map((one) => ({
        ...toMark(one, description, image),
        ...(isBuilt ? { isOfImage: true as const } : {}),
      }));
      this.#marks.set(uri, 'scan', marks, description);
      const lines = blames.map((one, at) => ({ ...one, message: marks[at]?.message ?? '' }));
      this.#lines.set(uri.toString(), lines);
    }
    return { vulnerabilities, ignored: ignored.length, blames, description };
  }

  /** The project's section `scan` counts more than the settings. What is wrong in it is told where it stands. */
  async #policy(uri: vscode.Uri): Promise<ScanPolicy> {
    const sections = await this.#session.projectSections(uri).catch(() => null);
    const { values } = readSection('scan', sections?.scan, scanSection);
    return { ...everything, ...scanSettings(uri).shown, ...values };
  }
}

interface Marked {
  readonly vulnerabilities: readonly Vulnerability[];
  /** How many the project ignores. */
  readonly ignored: number;
  readonly blames: readonly Blame[];
  readonly description: BuildDescription | null;
}

/** The base image and the file's own, told apart. */
function groupsOf(
  blames: readonly Blame[],
  description: BuildDescription,
  image: string,
): readonly VulnerabilityGroup[] {
  return blames.map(({ instruction, origin, vulnerabilities }) => ({
    title:
      origin === 'base'
        ? t('From the base image {0}', placeOf(origin, instruction, description, image))
        : t('From {0}', placeOf(origin, instruction, description, image)),
    line: description.instructions[instruction]?.mark.start.line ?? 0,
    vulnerabilities,
  }));
}

function toMark(
  { instruction, origin, vulnerabilities }: Blame,
  description: BuildDescription,
  image: string,
): Mark {
  const message = summarize(vulnerabilities, placeOf(origin, instruction, description, image), t);
  return { instruction, severity: levels[worst(vulnerabilities)], message, code: scanCode };
}

function placeOf(origin: Origin, instruction: number, description: BuildDescription, image: string): string {
  switch (origin) {
    case 'base':
      return description.stages.find(({ from }) => from === instruction)?.baseImage ?? image;
    case 'step':
      return t('this instruction');
    case 'steps':
      return t('this instruction or one above it');
    case 'image':
      return image;
  }
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
