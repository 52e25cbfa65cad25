// What the words of `drydock scan` mean: an image, a Dockerfile, an archive, an SBOM, or the report of an earlier scan.
import { resolve } from 'node:path';
import { inWords } from '../../io/files/file-errors';
import { isDockerfileName } from '../../io/files/find-dockerfiles';
import { eachPart, kindOfFile } from '../../io/files/told-file';
import { filePath, imageReference } from '../../workflow/checked-arguments';
import type { FilePath, ImageReference } from '../../workflow/checked-arguments';
import type { ScanReport } from '../../workflow/scan/report';
import { ReportReader } from '../../workflow/scan/report-reader';
import { reportForms } from '../../workflow/scan/report-forms';

/** `name` is what the user wrote. */
export type ScanSubject =
  | { readonly kind: 'image'; readonly name: string; readonly image: ImageReference }
  | { readonly kind: 'dockerfile'; readonly name: string }
  | { readonly kind: 'archive'; readonly name: string; readonly file: FilePath }
  | { readonly kind: 'sbom'; readonly name: string; readonly file: FilePath }
  | { readonly kind: 'report'; readonly name: string; readonly report: ScanReport };

/** `problem`: why there is nothing to scan, without a full stop. */
export type FoundSubject = ScanSubject | { readonly problem: string };

export async function subjectOf(name: string): Promise<FoundSubject> {
  const kind = kindOfFile(name);
  const file = filePath(resolve(name));
  if (kind === 'missing' || file === undefined) {
    const image = imageReference(name);
    return image === undefined
      ? { problem: `${name} is neither a file nor the name of an image` }
      : { kind: 'image', name, image };
  }
  if (kind === 'archive') return { kind: 'archive', name, file };
  if (kind === 'xml' || kind === 'spdx') return { kind: 'sbom', name, file };
  if (kind === 'json') return jsonSubject(name, file);
  if (isDockerfileName(name)) return { kind: 'dockerfile', name };
  return {
    problem: `${name} is no Dockerfile by its name, no archive, no SBOM and no report. Give a Dockerfile with --file`,
  };
}

/** One of them is in every CycloneDX, SPDX and syft document, and in the attestation of one. */
const sbomKeys: ReadonlySet<string> = new Set([
  'bomFormat',
  'spdxVersion',
  'artifacts',
  'predicateType',
  'payloadType',
]);

async function jsonSubject(name: string, file: FilePath): Promise<FoundSubject> {
  const reader = new ReportReader(reportForms);
  try {
    await eachPart(file, (text) => reader.push(text));
  } catch (error) {
    return { problem: `cannot read ${name}: ${inWords(error)}` };
  }
  const read = reader.end();
  if ('value' in read) return { kind: 'report', name, report: read.value };
  if (reader.keys.some((key) => sbomKeys.has(key))) return { kind: 'sbom', name, file };
  return { problem: `cannot read ${name}: ${read.unreadable}` };
}
