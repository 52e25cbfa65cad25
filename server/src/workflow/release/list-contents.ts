// The steps of a list of contents (SBOM): the tool reads the image where it is, or we write it out of the engine's store
// first.
import { fileIn } from '../checked-arguments';
import type { FilePath, FolderPath, ImageId, ImageReference } from '../checked-arguments';
import { locateProgram } from '../find-tools';
import type { ToolPaths } from '../find-tools';
import type { Outcome, Printed, Program, Runner, RunOptions } from '../run';
import type { CatalogueCommands, Engine, Machine, Tool } from '../tool';
import { cataloguers, scanners } from '../tool-list';
import type { Translate } from '../translate';
import type { CatalogueOrder, CatalogueSubject, Sbom } from './sbom';

/** What to list. `stored`: in the store of an engine. */
export type Contents =
  | { readonly kind: 'stored'; readonly image: ImageId; readonly engine: Engine; readonly program: Program }
  | { readonly kind: 'registry'; readonly image: ImageReference; readonly insecure: boolean }
  | { readonly kind: 'archive' | 'file'; readonly file: FilePath }
  | { readonly kind: 'folder'; readonly folder: FolderPath };

export interface ReadyCataloguer {
  readonly tool: Tool;
  readonly commands: CatalogueCommands;
  readonly found: Program;
}

/** Those that list contents, the best first: what is made for it, then scanners that can. */
export const listing: readonly (readonly [Tool, CatalogueCommands])[] = [
  ...cataloguers.map((tool) => [tool, tool.commands] as const),
  ...scanners.flatMap((tool) => (tool.catalogue ? [[tool, tool.catalogue] as const] : [])),
];

/** @param id of one tool; undefined: the first that is there */
export async function findCataloguer(
  id: string | undefined,
  paths: ToolPaths,
  machine: Machine,
): Promise<ReadyCataloguer | undefined> {
  for (const [tool, commands] of listing) {
    if (id !== undefined && tool.id !== id) continue;
    const found = await locateProgram(tool, paths, machine);
    if (found) return { tool, commands, found };
  }
  return undefined;
}

/** Says that no tool is there that lists contents. @param id of one tool; undefined: any @returns no full stop */
export function noCataloguerText(id: string | undefined, t: Translate): string {
  const [first] = listing.find(([tool]) => id === undefined || tool.id === id) ?? [];
  return t('no tool that lists contents is here. Install {0}: {1}', first?.title ?? '', first?.get ?? '');
}

/** @returns undefined if the tool cannot read such a thing */
export async function listContents(
  contents: Contents,
  { format, name }: Pick<CatalogueOrder, 'format' | 'name'>,
  { commands, found }: ReadyCataloguer,
  scratch: FolderPath,
  runner: Runner,
  options: RunOptions<Printed>,
): Promise<Outcome<Sbom> | undefined> {
  const list = (subject: CatalogueSubject): Promise<Outcome<Sbom>> | undefined => {
    const run = commands.list(found, { subject, format, name });
    return run && runner.run(run, options);
  };
  if (contents.kind !== 'stored') return list(contents);
  const { image, engine, program } = contents;
  if (engine.keepsImagesInService) {
    const outcome = await list({ kind: 'docker', image });
    if (outcome?.kind === 'done') return outcome;
  }
  const file = fileIn(scratch, 'image.tar');
  const saved = await runner.run(engine.commands.save(program, image, file), options);
  return saved.kind === 'done' ? list({ kind: 'archive', file }) : saved;
}
