// A list of what an image, a folder or a file holds (SBOM): what is asked, and the reader of both formats.
import type { FilePath, FolderPath, ImageId, ImageReference, PlainText } from '../checked-arguments';
import { list, object } from '../foreign-json';
import { answerWithNotes } from '../readers';
import type { Printed, Program, Reading, Run } from '../run';

export const sbomFormats = ['spdx', 'cyclonedx'] as const;
export type SbomFormat = (typeof sbomFormats)[number];

/** `docker`: in the store of the docker service. `archive`: as `docker save` writes it. */
export type CatalogueSubject =
  | { readonly kind: 'docker'; readonly image: ImageId }
  | { readonly kind: 'archive'; readonly file: FilePath }
  | { readonly kind: 'registry'; readonly image: ImageReference; readonly insecure: boolean }
  | { readonly kind: 'folder'; readonly folder: FolderPath }
  | { readonly kind: 'file'; readonly file: FilePath };

export interface CatalogueOrder {
  readonly subject: CatalogueSubject;
  readonly format: SbomFormat;
  /** What the document calls it: not the path of a scratch file. */
  readonly name: PlainText;
}

export interface Sbom {
  /** The document as the tool made it. */
  readonly text: string;
  readonly packages: number;
}

/** In characters. */
const longest = 200_000_000;

export function sbomRun(
  { id, program }: Program,
  args: readonly string[],
  format: SbomFormat,
  env: Readonly<Record<string, string>> = {},
): Run<Sbom, Printed> {
  return {
    tool: { id, program },
    args,
    env,
    answer: 'output',
    limit: { ms: Infinity, characters: longest },
    reader: () =>
      answerWithNotes(({ exit, stdout }) => (exit === 0 ? readSbom(stdout, format) : failed(exit))),
  };
}

/** Half a document of a tool that stopped is none. */
function failed(exit: number | undefined): Reading<Sbom> {
  return { unreadable: `exit status ${exit ?? 'unknown'}` };
}

export function readSbom(text: string, format: SbomFormat): Reading<Sbom> {
  let root;
  try {
    root = object(JSON.parse(text));
  } catch {
    return { unreadable: 'it is not JSON' };
  }
  if (format === 'cyclonedx') {
    if (root['bomFormat'] !== 'CycloneDX') return { unreadable: 'it is not a CycloneDX document' };
    const packages = list(root['components']).filter((one) => object(one)['type'] !== 'file');
    return { value: { text, packages: packages.length } };
  }
  if (typeof root['spdxVersion'] !== 'string') return { unreadable: 'it is not an SPDX document' };
  return { value: { text, packages: list(root['packages']).filter(isInside).length } };
}

/** SPDX lists the image or folder itself as a package, too. */
function isInside(one: unknown): boolean {
  const { primaryPackagePurpose: purpose, SPDXID: id } = object(one);
  const isRoot = purpose === 'CONTAINER' || (typeof id === 'string' && id.startsWith('SPDXRef-DocumentRoot'));
  return !isRoot;
}
