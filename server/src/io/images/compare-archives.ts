// Compares two archives as engines save them, down to the first layer that differs: only of that one the files are read.
import { createHash } from 'node:crypto';
import { configDifferences, fileDifferences } from '../../workflow/image/first-difference';
import type { ArchivesCompared, FilePrint, LayerPrint } from '../../workflow/image/first-difference';
import type { ImageTrouble } from '../../workflow/image/image';
import { readImageConfig, readSavedImages } from '../../workflow/image/manifest';
import type { StoredConfig } from '../../workflow/image/manifest';
import { ArchiveStore } from './blob-store';
import type { Bytes } from './bytes';
import { unpacked } from './bytes';
import { ImageError, toTrouble } from './image-error';
import { LayerBudget } from './read-layer';
import { tarFiles } from './tar-files';

interface Saved {
  readonly store: ArchiveStore;
  readonly root: unknown;
  readonly config: StoredConfig;
  readonly layers: readonly string[];
}

/** @returns never rejects */
export async function compareArchives(
  first: string,
  second: string,
): Promise<ArchivesCompared | { readonly trouble: ImageTrouble }> {
  try {
    const [one, other] = [await open(first), await open(second)];
    if (one.layers.length !== other.layers.length)
      return { kind: 'layers', first: one.layers.length, second: other.layers.length };
    const at = one.config.diffIds.findIndex((digest, index) => digest !== other.config.diffIds[index]);
    if (at < 0) return { kind: 'config', differences: configDifferences(one.root, other.root) };
    const [before, now] = [await readPrint(one, at), await readPrint(other, at)];
    const { number, step } = before;
    return { kind: 'layer', number, step, differences: fileDifferences(before, now) };
  } catch (error) {
    return { trouble: toTrouble(error) };
  }
}

async function open(path: string): Promise<Saved> {
  const store = await ArchiveStore.open(path);
  const [saved] = readSavedImages(await json(store, 'manifest.json')) ?? [];
  if (!saved) throw new ImageError('noImage');
  const root = await json(store, saved.config);
  return { store, root, config: readImageConfig(root), layers: saved.layers };
}

async function json(store: ArchiveStore, part: string): Promise<unknown> {
  const bytes = await store.small(part);
  if (!bytes) throw new ImageError('blobMissing', part);
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    throw new ImageError('damaged', `${part} is not JSON`);
  }
}

async function readPrint({ store, config, layers }: Saved, at: number): Promise<LayerPrint> {
  const files: FilePrint[] = [];
  const budget = new LayerBudget();
  await store.each(new Set([layers[at] ?? '']), async (_, stored) => {
    const { bytes } = await unpacked(stored);
    for await (const file of tarFiles(bytes)) {
      budget.take(file.size);
      const { name: path, type: kind, mode, owner, modified, target, records } = file;
      const attributes = Object.entries(records).filter(([name]) => name.includes('xattr'));
      const content = kind === 'file' ? await digestOf(file.content) : '';
      files.push({
        path,
        kind,
        mode,
        owner,
        modified,
        target,
        content,
        attributes: attributes.map(([name, value]) => `${name}=${value}`).join(' '),
      });
    }
  });
  const step = config.history.filter(({ isEmpty }) => !isEmpty)[at]?.createdBy ?? '';
  return { number: at + 1, step, files };
}

async function digestOf(content: Bytes): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of content) hash.update(chunk);
  return hash.digest('hex');
}
