// Brings an image to where it can be read: out of the store of an engine into an archive, or from its registry into a folder.
import { fileIn, folderPath, imageName, imageReference } from '../checked-arguments';
import type { FolderPath, ImageReference, PlatformName } from '../checked-arguments';
import { findTool } from '../find-tools';
import type { ToolPaths } from '../find-tools';
import { troubleText } from '../outcome-text';
import type { CancelSignal, Printed, RunOptions } from '../run';
import type { Machine } from '../tool';
import { registryTools } from '../tool-list';
import type { Translate } from '../translate';
import { lookInStores } from './look-in-stores';

export interface FetchOptions {
  readonly machine: Machine;
  readonly paths: ToolPaths;
  /** Empty, for what is fetched. */
  readonly scratch: FolderPath;
  readonly platform?: PlatformName | undefined;
  /** Where to look first: an image that was pushed may have the name of one that was built since. */
  readonly first: 'store' | 'registry';
  readonly signal?: CancelSignal | undefined;
  readonly t: Translate;
}

/** `from`: the title of the tool that had it. `problems`: a sentence for each place without it. */
export type Fetched =
  { readonly path: string; readonly from: string } | { readonly problems: readonly string[] };

/** @returns undefined if no image can have that name */
export async function fetchImage(name: string, options: FetchOptions): Promise<Fetched | undefined> {
  const reference = imageReference(name);
  if (reference === undefined) return undefined;
  const places = { store: fromStores, registry: fromRegistry } as const;
  const order =
    options.first === 'store' ? (['store', 'registry'] as const) : (['registry', 'store'] as const);
  const problems: string[] = [];
  for (const place of order) {
    const fetched = await places[place](reference, options);
    if ('path' in fetched) return fetched;
    problems.push(...fetched.problems);
  }
  return { problems };
}

async function fromStores(
  reference: ImageReference,
  { machine, paths, scratch, signal, t }: FetchOptions,
): Promise<Fetched> {
  // A store is asked by name or id; what has a digest comes from a registry.
  const name = imageName(reference);
  if (name === undefined) return { problems: [] };
  const problems: string[] = [];
  const options: RunOptions<Printed> = { folder: scratch, ...(signal ? { signal } : {}) };
  const search = { machine, paths, scratch, signal };
  for await (const { engine, program, outcome: stored } of lookInStores(name, search)) {
    if (stored.kind !== 'done') {
      problems.push(t('{0}: {1}', engine.title, troubleText(stored, t)));
      continue;
    }
    const file = fileIn(scratch, `${program.id}.tar`);
    const saved = await machine.runner.run(engine.commands.save(program, stored.value.id, file), options);
    if (saved.kind === 'done') return { path: file, from: engine.title };
    problems.push(t('{0}: {1}', engine.title, troubleText(saved, t)));
  }
  return { problems: problems.length === 0 ? [t('no engine is installed')] : problems };
}

async function fromRegistry(
  reference: ImageReference,
  { machine, paths, scratch, platform, signal, t }: FetchOptions,
): Promise<Fetched> {
  const problems: string[] = [];
  for (const tool of registryTools) {
    const found = await findTool(tool, paths, machine, scratch);
    const folder = folderPath(`${scratch}/${tool.id}`);
    if (!found || folder === undefined) continue;
    const run = tool.commands.fetch(found, reference, folder, platform);
    const fetched = await machine.runner.run(run, { folder: scratch, ...(signal ? { signal } : {}) });
    if (fetched.kind === 'done') return { path: folder, from: tool.title };
    problems.push(t('{0}: {1}', tool.title, troubleText(fetched, t)));
    if (fetched.kind === 'cancelled') break;
  }
  const titles = registryTools.map(({ title }) => title).join(t(' or '));
  return {
    problems: problems.length > 0 ? problems : [t('no tool for its registry is installed. Get {0}', titles)],
  };
}
