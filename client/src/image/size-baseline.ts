// The size baseline that a project has committed, and the mark on the instruction that made the image outgrow it.
import * as vscode from 'vscode';
import type { BuildDescription } from '../../../server/src/workflow/build-description';
import type { ReadImage } from '../../../server/src/workflow/image/image';
import { reportOn } from '../../../server/src/workflow/image/report';
import {
  baselineFile,
  baselineKey,
  defaultLimits,
  growthSince,
  largestBaseline,
  readBaseline,
  sizeRecord,
} from '../../../server/src/workflow/image/size-budget';
import type { SizeRecord } from '../../../server/src/workflow/image/size-budget';
import { growthSentence } from '../../../server/src/workflow/image/size-text';
import { stageChain } from '../../../server/src/workflow/scan/attribution';
import type { Mark } from '../line-marks';

const { t } = vscode.l10n;

/** The code of the mark, and of no other. */
const sizeCode = 'size';

/** The sizes of one image by platform. */
export type Baseline = Readonly<Record<string, SizeRecord>>;

/**
 * The baseline of an image in the folder of its Dockerfile, or above it up to the workspace's.
 * @returns undefined if there is none, or if it does not know the image
 */
export async function findBaseline(uri: vscode.Uri, image: string): Promise<Baseline | undefined> {
  const top = vscode.workspace.getWorkspaceFolder(uri)?.uri.path;
  for (let folder = vscode.Uri.joinPath(uri, '..'); ; folder = vscode.Uri.joinPath(folder, '..')) {
    const read = await readFile(vscode.Uri.joinPath(folder, baselineFile));
    if (read !== undefined) {
      const baseline = readBaseline(read) ?? {};
      const key = baselineKey(image);
      return Object.hasOwn(baseline, key) ? baseline[key] : undefined;
    }
    if (top === undefined || folder.path === top || folder.path === '/') return undefined;
  }
}

async function readFile(uri: vscode.Uri): Promise<string | undefined> {
  try {
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.File) === 0 || size > largestBaseline) return undefined;
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    // It is not there, which most projects mean so.
    return undefined;
  }
}

/** Marks for an image that is larger than its budget; none while it is not. */
export function growthMarks(
  image: ReadImage,
  baseline: Baseline,
  description: BuildDescription,
  target: string | undefined,
): readonly Mark[] {
  const before = Object.hasOwn(baseline, image.platform) ? baseline[image.platform] : undefined;
  if (!before) return [];
  // As the baseline was written: without a file, whose texts may differ from those of the history.
  const plain = reportOn(image, { top: 1 });
  const now = { now: sizeRecord(image, plain), steps: plain.steps };
  const limits = [defaultLimits, { ...defaultLimits, measure: 'unpacked' as const }].find(
    ({ measure }) => before[measure] !== undefined && now.now[measure] !== undefined,
  );
  const growth = limits && growthSince(before, now, limits);
  if (!limits || !growth?.isTooMuch) return [];
  const { steps } = reportOn(image, { top: 1, description, target });
  const line = growth.step && steps[growth.step.at]?.line;
  const bottom = stageChain(description, target).at(-1);
  const instruction =
    line === undefined
      ? bottom === undefined
        ? undefined
        : description.stages[bottom]?.from
      : description.instructions.findIndex(({ mark }) => mark.start.line + 1 === line);
  if (instruction === undefined) return [];
  const message = growthSentence(growth, { limits, source: baselineFile }, t);
  return [{ instruction, severity: vscode.DiagnosticSeverity.Warning, message, code: sizeCode }];
}
