// The scan commands: one scanner, one run, one summarising diagnostic per line that brought vulnerable packages.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { BuildDescription, Scanner, ScanSettings } from '../../../server/src/protocol';
import { SOURCE } from '../../../server/src/protocol';
import { openSettings, strings } from '../build/engine-finder';
import { probeIn } from '../../../server/src/workflow/find-tools';
import { run, type CommandLine, type Exit } from '../../../server/src/io/spawn-runner';
import type { BuildTasks, BuiltImage } from '../build/tasks';
import type { LineMarks, Mark } from '../line-marks';
import type { ServerSession } from '../server-session';
import { requireTrust } from '../trust';
import { attribute, attributeToBase, type Blame } from '../../../server/src/workflow/scan/attribution';
import {
  UnreadableReport,
  type ScanResult,
  type ScanSeverity,
} from '../../../server/src/workflow/scan/report';
import {
  exportCommand,
  findScanner,
  scanCommand,
  SCANNERS,
} from '../../../server/src/workflow/scan/scan-image';
import type { FoundScanner, Subject } from '../../../server/src/workflow/scan/scan-image';
import { countBySeverity, listed, summarize, worst } from '../../../server/src/workflow/scan/summary';

const { t } = vscode.l10n;

/** A report of more characters than this is no report anybody acts on. */
const REPORT_LIMIT = 200_000_000;

const HOW_TO_GET: Readonly<Record<Scanner, string>> = {
  trivy: 'https://trivy.dev/docs/latest/getting-started/installation/',
  grype: 'https://oss.anchore.com/docs/installation/grype/',
  'docker-scout': 'https://docs.docker.com/scout/install/',
};

const LEVEL: Readonly<Record<ScanSeverity, vscode.DiagnosticSeverity>> = {
  critical: vscode.DiagnosticSeverity.Error,
  high: vscode.DiagnosticSeverity.Warning,
  medium: vscode.DiagnosticSeverity.Information,
  low: vscode.DiagnosticSeverity.Hint,
  negligible: vscode.DiagnosticSeverity.Hint,
  unknown: vscode.DiagnosticSeverity.Information,
};

/** The text comes from the file: nothing in it may read as an option or as another kind of source. */
const REFERENCE = /^[\w][\w.-]*(?::\d+)?(?:\/[\w.-]+)*(?::[\w.-]+)?(?:@[\w+.]+:[0-9a-f]+)?$/;

/** What the user is told when a scan cannot go on. */
class ScanProblem extends Error {}

interface Scan {
  readonly uri: vscode.Uri;
  /** As the user knows it. */
  readonly image: string;
  readonly cwd: string;
  /** Tried in order until one gives a report. */
  subjects(scratch: string, token: vscode.CancellationToken): AsyncIterable<Subject>;
  blame(result: ScanResult, description: BuildDescription): readonly Blame[];
}

export class ScanRunner {
  constructor(
    private readonly session: ServerSession,
    private readonly marks: LineMarks,
    private readonly builds: BuildTasks,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** Scans the image that was built last from the file. */
  async scanBuilt(document: vscode.TextDocument): Promise<void> {
    if (!requireTrust()) return;
    const { uri } = document;
    const built = this.builds.lastImage(uri);
    if (!built) return this.#offerOthers(document);
    await this.#scan({
      uri,
      image: built.tag,
      cwd: built.context,
      subjects: (scratch, token) => this.#builtSubjects(built, scratch, token),
      blame: (result, description) => attribute(result, description, built.target),
    });
  }

  /** Scans the image that the last stage is based on. */
  async scanBase(document: vscode.TextDocument): Promise<void> {
    if (!requireTrust()) return;
    const { uri } = document;
    const description = await this.session.describe(uri);
    const bases = (description?.stages ?? []).filter(
      ({ baseImage }) => baseImage !== undefined && REFERENCE.test(baseImage),
    );
    const base = bases.length > 1 ? await pickBase(bases) : bases[0];
    if (base?.baseImage === undefined) {
      if (bases.length === 0) {
        void vscode.window.showInformationMessage(
          t('No base image in this file has a name that is known without a build.'),
        );
      }
      return;
    }
    const image = base.baseImage;
    await this.#scan({
      uri,
      image,
      cwd: uri.scheme === 'file' ? dirname(uri.fsPath) : tmpdir(),
      subjects: async function* () {
        yield { kind: 'reference', image };
      },
      blame: (result, now) => {
        const stage = now.stages.find(({ baseImage }) => baseImage === image);
        return stage ? attributeToBase(result, now, stage.index) : [];
      },
    });
  }

  async #offerOthers(document: vscode.TextDocument): Promise<void> {
    const build = t('Build Image…');
    const base = t('Scan Base Image');
    const message = t('No image has been built from this file yet.');
    const chosen = await vscode.window.showInformationMessage(message, build, base);
    if (chosen === build) await this.builds.build(document);
    else if (chosen === base) await this.scanBase(document);
  }

  async #scan(scan: Scan): Promise<void> {
    const scanner = await this.#findScanner(scan.uri, scan.cwd);
    if (!scanner) return;
    const title = t('Scanning {0} with {1}', scan.image, scanner.scanner);
    const options = { location: vscode.ProgressLocation.Notification, cancellable: true, title };
    const scratch = await mkdtemp(join(tmpdir(), 'drydock-scan-'));
    try {
      const result = await vscode.window.withProgress(options, (_, token) =>
        this.#report(scan, scanner, scratch, token),
      );
      if (result) await this.#publish(scan, result);
    } catch (error) {
      if (!(error instanceof ScanProblem)) throw error;
      const show = t('Show Log');
      const message = t('{0} could not scan {1}: {2}', scanner.scanner, scan.image, error.message);
      void vscode.window.showErrorMessage(message, show).then((chosen) => chosen === show && this.log.show());
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  }

  /** @returns undefined when it was cancelled. @throws ScanProblem */
  async #report(
    scan: Scan,
    scanner: FoundScanner,
    scratch: string,
    token: vscode.CancellationToken,
  ): Promise<ScanResult | undefined> {
    let problem = t('there is no image to scan');
    for await (const subject of scan.subjects(scratch, token)) {
      const { command, reportFile, read } = scanCommand(scanner, subject, scratch);
      const { exit, stdout, stderr } = await this.#run(command, scan.cwd, token);
      if (exit.cancelled || token.isCancellationRequested) return undefined;
      const report = reportFile === undefined ? stdout : await readFile(reportFile, 'utf8').catch(() => '');
      try {
        // A scanner may end with an error because its own configuration asks it to; the report counts.
        return read(report);
      } catch (error) {
        if (!(error instanceof UnreadableReport)) throw error;
        problem = exit.problem ?? (lastLine(stderr) || t('its report cannot be read ({0})', error.message));
      }
    }
    throw new ScanProblem(problem);
  }

  /** First as the scanner finds it by itself, then out of the engine's store. */
  async *#builtSubjects(
    { tag, engine, program, context }: BuiltImage,
    scratch: string,
    token: vscode.CancellationToken,
  ): AsyncGenerator<Subject> {
    if (engine === 'docker') yield { kind: 'docker', image: tag };
    const file = join(scratch, 'image.tar');
    const { exit, stderr } = await this.#run(exportCommand({ engine, program }, tag, file), context, token);
    if (exit.cancelled) return;
    if (exit.code !== 0) throw new ScanProblem(exit.problem ?? lastLine(stderr));
    yield { kind: 'archive', file };
  }

  async #run(
    command: CommandLine,
    cwd: string,
    token: vscode.CancellationToken,
  ): Promise<{ exit: Exit; stdout: string; stderr: string }> {
    this.log.info([command.program, ...command.args].join(' '));
    const kept = { stdout: '', stderr: '' };
    const running = run(command, { cwd }, (text, stream) => {
      if (kept[stream].length < REPORT_LIMIT) kept[stream] += text;
    });
    const subscription = token.onCancellationRequested(() => running.cancel());
    if (token.isCancellationRequested) running.cancel();
    const exit = await running.done;
    subscription.dispose();
    if (kept.stderr.trim() !== '') this.log.info(kept.stderr.trim());
    return { exit, ...kept };
  }

  async #publish({ uri, image, blame }: Scan, result: ScanResult): Promise<void> {
    const { vulnerabilities } = result;
    this.log.info([`${image}: ${vulnerabilities.length}`, ...listed(vulnerabilities)].join('\n'));
    const description = await this.session.describe(uri);
    const blames = description ? blame(result, description) : [];
    const marks = blames.map(({ instruction, fromBase, vulnerabilities: found }): Mark => {
      const place = fromBase ? baseName(description, instruction, image) : t('this instruction');
      return {
        instruction,
        severity: LEVEL[worst(found)],
        message: summarize(found, place, t),
        code: 'scan',
      };
    });
    if (description) this.marks.set(uri, 'scan', marks, description);
    if (vulnerabilities.length === 0) {
      void vscode.window.showInformationMessage(t('No known vulnerabilities in {0}.', image));
      return;
    }
    const show = t('Show List');
    const counts = countBySeverity(vulnerabilities, t);
    const message = t('{0} known vulnerabilities in {1}: {2}.', vulnerabilities.length, image, counts);
    void vscode.window
      .showInformationMessage(message, show)
      .then((chosen) => chosen === show && this.log.show());
  }

  /** @returns undefined after telling how to get one */
  async #findScanner(scope: vscode.Uri, folder: string): Promise<FoundScanner | undefined> {
    const settings: ScanSettings = vscode.workspace.getConfiguration(SOURCE, scope).get('scan') ?? {};
    const scanner: 'auto' | Scanner = SCANNERS.find((one) => one === settings.scanner) ?? 'auto';
    const surroundings = { env: process.env, platform: process.platform };
    const choice = { scanner, paths: strings(settings.paths) };
    const found = await findScanner(choice, surroundings, probeIn(folder));
    if (found) return found;
    void this.#tellMissing(scanner);
    return undefined;
  }

  async #tellMissing(scanner: 'auto' | Scanner): Promise<void> {
    const wanted = scanner === 'auto' ? SCANNERS : [scanner];
    const message =
      scanner === 'auto'
        ? t('To scan an image, install trivy, grype or Docker Scout: none of them is on the PATH.')
        : t('To scan an image with {0}, install it: it is not on the PATH.', scanner);
    const get = wanted.map((one) => t('Get {0}', one));
    const path = t('Set Its Path');
    const chosen = await vscode.window.showErrorMessage(message, ...get, path);
    if (chosen === path) openSettings('scan.paths');
    const link = wanted[chosen === undefined ? -1 : get.indexOf(chosen)];
    if (link !== undefined) await vscode.env.openExternal(vscode.Uri.parse(HOW_TO_GET[link]));
  }
}

function baseName(description: BuildDescription | null, instruction: number, image: string): string {
  return description?.stages.find(({ from }) => from === instruction)?.baseImage ?? image;
}

async function pickBase(
  stages: BuildDescription['stages'],
): Promise<BuildDescription['stages'][number] | undefined> {
  const items = [...stages]
    .reverse()
    .map((stage) => ({ label: stage.baseImage ?? '', description: stage.target, stage }));
  const distinct = items.filter(({ label }, at) => items.findIndex((other) => other.label === label) === at);
  if (distinct.length === 1) return distinct[0]?.stage;
  return (await vscode.window.showQuickPick(distinct, { title: t('Scan which base image?') }))?.stage;
}

function lastLine(text: string): string {
  const lines = text.replace(/\u001b\[[0-9;]*m/g, '').split('\n');
  return (
    lines
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .at(-1) ?? ''
  ).slice(0, 500);
}
