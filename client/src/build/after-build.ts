// What follows a build: an image to run and to scan, or a mark on what failed.
import * as vscode from 'vscode';
import type { BuildDescription } from '../../../server/src/workflow/build-description';
import type { ExplainedFailure } from '../../../server/src/protocol/messages';
import type { BuildEnd } from '../../../server/src/workflow/build/build-run';
import { failureMark, failureText } from '../../../server/src/workflow/build/failure-text';
import { placeFailure } from '../../../server/src/workflow/build/locate-failure';
import type { BuildFailure } from '../../../server/src/workflow/build/output-parser';
import { sizeText } from '../../../server/src/workflow/build/stored-image';
import type { StoredImage } from '../../../server/src/workflow/build/stored-image';
import { portName } from '../../../server/src/workflow/checked-arguments';
import type { PortName } from '../../../server/src/workflow/checked-arguments';
import { troubleText } from '../../../server/src/workflow/outcome-text';
import type { Outcome, Runner } from '../../../server/src/workflow/run';
import { stageChain } from '../../../server/src/workflow/scan/attribution';
import type { LineMarks } from '../line-marks';
import type { ServerSession } from '../server-session';
import { requireTrust } from '../trust';
import type { BuildMemory } from './build-memory';
import type { BuildPlan } from './build-plan';
import { buildCode } from './explained-builds';
import type { ExplainedBuilds } from './explained-builds';
import { nameOf } from './save-choice';

const { t } = vscode.l10n;

export interface FinishedBuild {
  readonly uri: vscode.Uri;
  readonly plan: BuildPlan;
  readonly outcome: Outcome<BuildEnd>;
  /** Name of the terminal with its output. */
  readonly taskName: string;
  readonly runner: Runner;
  /** The end of what the builder printed. */
  readonly log: string;
}

/** An image that a build has left in its engine's store. */
export interface FinishedImage {
  readonly uri: vscode.Uri;
  /** Undefined if the engine does not say it. */
  readonly bytes: number | undefined;
}

export interface Aftermath {
  /** For the end of the terminal's text. */
  readonly lines: readonly string[];
  /** Whether the engine may be the cause of a failure. */
  readonly suspectsEngine: boolean;
}

export class AfterBuild {
  readonly #memory: BuildMemory;
  readonly #session: ServerSession;
  readonly #marks: LineMarks;
  readonly #explained: ExplainedBuilds;
  readonly #onImage: (image: FinishedImage) => void;

  constructor(
    memory: BuildMemory,
    session: ServerSession,
    marks: LineMarks,
    explained: ExplainedBuilds,
    onImage: (image: FinishedImage) => void,
  ) {
    this.#memory = memory;
    this.#session = session;
    this.#marks = marks;
    this.#explained = explained;
    this.#onImage = onImage;
  }

  /** Tells the user how the build ended. */
  async tell(build: FinishedBuild): Promise<Aftermath> {
    const { outcome } = build;
    if (outcome.kind === 'cancelled') return { lines: [], suspectsEngine: false };
    if (outcome.kind !== 'done') {
      tellFailure(build, troubleText(outcome, t));
      return { lines: [], suspectsEngine: true };
    }
    if (outcome.value.kind === 'built') {
      this.#explained.forget(build.uri);
      await this.#tellBuilt(build, outcome.value.stored);
      return { lines: [], suspectsEngine: false };
    }
    const { failure } = outcome.value;
    const why = await this.#explain(build);
    const text = why?.message ?? failureText(failure, t);
    const line = await this.#markFailure(build, failure, why);
    tellFailure(build, text);
    const lines = line === undefined ? [] : ['', `${build.uri.fsPath}:${line + 1}: ${text}`];
    return { lines, suspectsEngine: line === undefined };
  }

  /** The cause, as far as the log tells it. Without the server there is still what the builder says. */
  async #explain({ uri, log }: FinishedBuild): Promise<ExplainedFailure | undefined> {
    const explained = await this.#explained.explain(uri, log).catch(() => undefined);
    return explained?.cause === 'unknown' ? undefined : explained;
  }

  async #tellBuilt({ uri, plan, runner }: FinishedBuild, stored: boolean): Promise<void> {
    const { choice, engine, found } = plan;
    const { tag, target, context, push } = choice;
    const known =
      push || !stored
        ? undefined
        : await runner.run(engine.commands.inspect(found, tag), { folder: context });
    const before = this.#memory.image(uri)?.id;
    if (known?.kind !== 'done' || known.value.id !== before) this.#marks.age(uri, 'scan');
    if (known?.kind !== 'done') {
      await this.#memory.rememberImage(uri, undefined);
      const message = push
        ? t('Built {0} and sent it to its registry.', tag)
        : t(
            'Built {0}, but no image is stored: the result is in the build cache of {1} alone. Choose one platform, or send the image to a registry.',
            tag,
            engine.title,
          );
      void vscode.window.showInformationMessage(message);
      return;
    }
    const image = known.value;
    const stage = target === undefined ? {} : { target };
    const { id, program } = found;
    await this.#memory.rememberImage(uri, { id: image.id, tag, context, engine: id, program, ...stage });
    this.#onImage({ uri, bytes: image.bytes });
    void offerNext(uri, plan, image);
  }

  /** @returns the line of the failing command or instruction, zero-based, if it is known and still there */
  async #markFailure(
    { uri, plan }: FinishedBuild,
    failure: BuildFailure,
    why: ExplainedFailure | undefined,
  ): Promise<number | undefined> {
    const { description } = plan;
    const now = (await this.#session.describe(uri)) ?? description;
    const place = placeFailure(failure, description, now);
    if (place?.instruction !== undefined) {
      const { instruction, commands } = place;
      const severity = vscode.DiagnosticSeverity.Error;
      const message = failureMark(failure, why?.message, t);
      const mark = { instruction, severity, message, code: buildCode, ...(commands ? { commands } : {}) };
      this.#marks.set(uri, 'build', [mark], now);
    }
    return place?.line;
  }
}

async function offerNext(uri: vscode.Uri, plan: BuildPlan, image: StoredImage): Promise<void> {
  const { choice, engine, found, description } = plan;
  const run = t('Run');
  const scan = t('Scan for Vulnerabilities');
  const message =
    image.bytes === undefined
      ? t('Built {0}.', choice.tag)
      : t('Built {0} ({1}).', choice.tag, sizeText(image.bytes));
  const start = engine.commands.start?.(image.id, portsOf(description, choice.target));
  const chosen = await vscode.window.showInformationMessage(message, ...(start ? [run] : []), scan);
  if (chosen === scan) await vscode.commands.executeCommand('drydock.scan', uri);
  else if (chosen === run && start && requireTrust()) {
    const options = {
      name: choice.tag,
      shellPath: found.program,
      shellArgs: [...start],
      cwd: choice.context,
    };
    vscode.window.createTerminal(options).show();
  }
}

/** What the stages of the target expose. */
function portsOf(description: BuildDescription, target: string | undefined): PortName[] {
  const values = stageChain(description, target).flatMap((at) => description.stages[at]?.exposes ?? []);
  return [...new Set(values)].map(portName).filter((port) => port !== undefined);
}

function tellFailure({ uri, plan, taskName }: FinishedBuild, why: string): void {
  const message = t('Building {0} from {1} failed: {2}', plan.choice.tag, nameOf(uri), why);
  void showOutputOf(taskName, message);
}

async function showOutputOf(terminalName: string, message: string): Promise<void> {
  const show = t('Show Output');
  if ((await vscode.window.showErrorMessage(message, show)) !== show) return;
  vscode.window.terminals.find(({ name }) => name.includes(terminalName))?.show();
}
