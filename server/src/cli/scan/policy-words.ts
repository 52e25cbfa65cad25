// What the options of a scan and the section `scan` of `.drydock.yaml` say together; an option counts more than the file.
import { resolve } from 'node:path';
import { kindOfFile } from '../../io/files/told-file';
import { findSection, readYamlFile } from '../../io/surroundings/command-section';
import { filePath } from '../../workflow/checked-arguments';
import type { FilePath } from '../../workflow/checked-arguments';
import { isRecord } from '../../core/text/record';
import { ignoreOption } from '../../workflow/scan/ignores';
import type { ScanIgnore } from '../../workflow/scan/ignores';
import { everything, scanSection } from '../../workflow/scan/policy';
import type { ScanPolicy } from '../../workflow/scan/policy';
import { scanSeverities } from '../../workflow/scan/report';
import { readSection } from '../../workflow/section';
import { scanners } from '../../workflow/tool-list';
import { listed } from '../../core/text/listed';

interface PolicyWords {
  readonly 'fail-on': ScanPolicy['failOn'] | undefined;
  readonly 'ignore-unfixed': boolean;
  readonly 'ignore-file': string | undefined;
  readonly config: string | undefined;
}

/** @param word as in `--severity high,critical` */
export function readSeverities(
  word: string | undefined,
): { readonly severities: ScanPolicy['severities'] | undefined } | { readonly wrong: string } {
  if (word === undefined) return { severities: undefined };
  const said = word.split(',').map((one) => one.trim().toLowerCase());
  const known = said.map((one) => scanSeverities.find((severity) => severity === one));
  if (known.includes(undefined))
    return { wrong: `--severity takes ${listed(scanSeverities)}, with commas between them` };
  return { severities: known.filter((one) => one !== undefined) };
}

/** @param folder where the search for `.drydock.yaml` begins @returns `hasGate`: somebody chose one, or chose none */
export function policyFor(
  words: PolicyWords,
  severities: ScanPolicy['severities'] | undefined,
  folder: string,
): { readonly policy: ScanPolicy; readonly hasGate: boolean } | { readonly problem: string } {
  const section = findSection('scan', folder, words.config);
  if (section && 'problem' in section) return { problem: `${section.path}: ${section.problem}` };
  const { values, problems } = readSection('scan', section?.value, scanSection);
  // A gate that reads half of its rules is none.
  if (section && problems.length > 0) return { problem: `${section.path}: ${problems.join(' ')}` };
  const own = ownIgnores(words['ignore-file']);
  if ('problem' in own) return own;
  return {
    hasGate: words['fail-on'] !== undefined || values.failOn !== undefined,
    policy: {
      ...everything,
      ...values,
      ...(severities === undefined ? {} : { severities }),
      ...(words['ignore-unfixed'] ? { ignoreUnfixed: true } : {}),
      ...(words['fail-on'] === undefined ? {} : { failOn: words['fail-on'] }),
      ignore: [...(values.ignore ?? []), ...own.ignore],
    },
  };
}

/** Whether a file is in the form of a scanner, by its name. */
function isOfScanner(name: string): boolean {
  return scanners.some(({ ignoreFile }) => ignoreFile?.fits.test(name));
}

function ownIgnores(
  name: string | undefined,
): { readonly ignore: readonly ScanIgnore[] } | { readonly problem: string } {
  if (name === undefined || isOfScanner(name)) return { ignore: [] };
  const read = readYamlFile(name);
  if ('problem' in read) return { problem: `${name}: ${read.problem}` };
  const { value } = read;
  const { value: ignore = [], problem } = ignoreOption.read(isRecord(value) ? value['ignore'] : value);
  return problem === undefined ? { ignore } : { problem: `${name}: ignore ${problem}` };
}

/** The ignore file that the scanner itself reads, if the name is one of such. */
export function scannerFile(name: string | undefined): FilePath | { readonly problem: string } | undefined {
  return name === undefined || !isOfScanner(name) ? undefined : checkedFile(name);
}

export function checkedFile(name: string): FilePath | { readonly problem: string } {
  const path = filePath(resolve(name));
  return path === undefined || kindOfFile(path) === 'missing'
    ? { problem: `${name} is not a file that can be read` }
    : path;
}
