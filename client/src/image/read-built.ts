// Reads the image that was built from a file: written out of its engine's store into a folder that goes away again.
import * as vscode from 'vscode';
import { withScratchFolder } from '../../../server/src/io/files/on-disk';
import { readImages } from '../../../server/src/io/images/read-images';
import type { BuiltImage } from '../../../server/src/workflow/build/built-image';
import { fileIn } from '../../../server/src/workflow/checked-arguments';
import { imageTroubleText } from '../../../server/src/workflow/image/image';
import type { ReadImage } from '../../../server/src/workflow/image/image';
import { troubleText } from '../../../server/src/workflow/outcome-text';
import type { CancelSignal } from '../../../server/src/workflow/run';
import type { Machine } from '../../../server/src/workflow/tool';
import { engineNamed } from '../../../server/src/workflow/tool-list';

const { t } = vscode.l10n;

/** `problem`: a sentence for the user. */
export type BuiltRead = { readonly images: readonly ReadImage[] } | { readonly problem: string };

/**
 * @param measure whether to measure what gzip makes of the layers, which takes long
 * @returns undefined if it was cancelled
 */
export function readBuilt(
  { runner }: Machine,
  { id, tag, engine: engineId, program }: BuiltImage,
  { measure, signal }: { readonly measure: boolean; readonly signal: CancelSignal },
): Promise<BuiltRead | undefined> {
  return withScratchFolder(async (scratch): Promise<BuiltRead | undefined> => {
    const engine = engineNamed(engineId);
    if (!engine) return { problem: t('{0} is not an engine that Drydock knows.', engineId) };
    const file = fileIn(scratch, 'image.tar');
    const save = engine.commands.save({ id: engine.id, program }, id, file);
    const saved = await runner.run(save, { folder: scratch, signal });
    if (saved.kind === 'cancelled') return undefined;
    if (saved.kind !== 'done')
      return { problem: t('{0} could not write out {1}: {2}', engine.title, tag, troubleText(saved, t)) };
    const read = await readImages(file, { measure, signal });
    if ('images' in read) return read;
    if (read.trouble.kind === 'cancelled') return undefined;
    return { problem: t('Drydock cannot read {0}: {1}', tag, imageTroubleText(read.trouble, t)) };
  });
}
