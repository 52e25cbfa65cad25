// "Compare Images…": the image that was built last from the file with another one, from a store or a registry.
import * as vscode from 'vscode';
import { withScratchFolder } from '../../../server/src/io/files/on-disk';
import { readImages } from '../../../server/src/io/images/read-images';
import type { BuiltImage } from '../../../server/src/workflow/build/built-image';
import { imageReference } from '../../../server/src/workflow/checked-arguments';
import { compareImages, comparisonSheet } from '../../../server/src/workflow/image/compare';
import { fetchImage } from '../../../server/src/workflow/image/fetch-image';
import { imageTroubleText } from '../../../server/src/workflow/image/image';
import type { ReadImage } from '../../../server/src/workflow/image/image';
import { sheetMarkdown } from '../../../server/src/workflow/image/sheet';
import type { CancelSignal, Runner } from '../../../server/src/workflow/run';
import type { Machine } from '../../../server/src/workflow/tool';
import { reporting, tellFailure } from '../reporting';
import { toolPaths } from '../tool-settings';
import { requireMachine } from '../trust';
import type { Pages } from './pages';
import { readBuilt } from './read-built';

const { t } = vscode.l10n;

/** How many files each list has. */
const top = 20;

type Read = { readonly images: readonly ReadImage[] } | { readonly problem: string } | undefined;

export async function compareWith(
  uri: vscode.Uri,
  built: BuiltImage,
  pages: Pages,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const machine = requireMachine();
  if (!machine) return;
  const other = await vscode.window.showInputBox({
    title: t('Compare {0} with which image?', built.tag),
    prompt: t('A name such as team/app:1.0, in a store of this machine or in its registry.'),
    validateInput: (text) =>
      imageReference(text) === undefined ? t('This is not the name of an image.') : undefined,
  });
  if (other === undefined || imageReference(other) === undefined) return;
  const title = t('Comparing {0} with {1}', built.tag, other);
  const read = await reporting(machine, log).run(title, async (runner, signal) => {
    const watching = { ...machine, runner };
    const now = await readBuilt(watching, built, { measure: false, signal });
    if (!now || 'problem' in now) return now;
    const before = await readNamed(other, uri, watching, signal);
    if (!before || 'problem' in before) return before;
    return { now: now.images, before: before.images };
  });
  if (!read) return;
  if ('problem' in read) return void tellFailure(log, read.problem);
  const sheets = read.now.flatMap((image) => {
    const same = read.before.find(({ platform }) => platform === image.platform);
    const names = { before: other, now: `${built.tag} (${image.platform})` };
    return same ? [sheetMarkdown(comparisonSheet(compareImages(same, image, top), names, t))] : [];
  });
  if (sheets.length === 0)
    return void tellFailure(log, t('{0} and {1} have no platform in common.', built.tag, other));
  await pages.show(uri, sheets.join('\n'), '.compare');
}

function readNamed(
  name: string,
  uri: vscode.Uri,
  machine: Machine & { readonly runner: Runner },
  signal: CancelSignal,
): Promise<Read> {
  return withScratchFolder(async (scratch): Promise<Read> => {
    const options = { machine, paths: toolPaths(uri), scratch, platform: undefined, first: 'store' as const };
    const fetched = await fetchImage(name, { ...options, signal, t });
    if (signal.aborted) return undefined;
    if (!fetched || !('path' in fetched))
      return { problem: [t('{0} was not found.', name), ...(fetched?.problems ?? [])].join(' ') };
    const read = await readImages(fetched.path, { measure: false, signal });
    if ('images' in read) return read;
    if (read.trouble.kind === 'cancelled') return undefined;
    return { problem: t('Drydock cannot read {0}: {1}', name, imageTroubleText(read.trouble, t)) };
  });
}
