// Scans one subject for the command line, and says why it could not.
import { withScratchFolder } from '../../io/files/on-disk';
import { cancelledAtEnd } from '../../io/processes/endings';
import type { FilePath } from '../../workflow/checked-arguments';
import { findScanner } from '../../workflow/find-tools';
import { attemptsEverywhere, attemptsOnFile, scanImage } from '../../workflow/scan/scan-image';
import type { ScanAttempts, ScanEnd } from '../../workflow/scan/scan-image';
import { scanTroubleText } from '../../workflow/scan/scan-problem';
import { chosen, scannerNamed, scanners } from '../../workflow/tool-list';
import type { Machine } from '../../workflow/tool';
import { english } from '../../workflow/translate';
import { listed } from '../../core/text/listed';
import type { Terminal } from '../terminal';
import type { ScanSubject } from './subject';

export interface ScanWish {
  /** Id of a scanner; undefined: the first that is there. */
  readonly scanner: string | undefined;
  readonly ignoreFile: FilePath | undefined;
  readonly vex: FilePath | undefined;
}

export async function scanSubject(
  subject: Exclude<ScanSubject, { kind: 'dockerfile' }>,
  wish: ScanWish,
  machine: Machine,
  terminal: Pick<Terminal, 'note'>,
): Promise<ScanEnd> {
  switch (subject.kind) {
    case 'report':
      return { scanned: { subject: subject.name, report: subject.report } };
    case 'image':
      return scanWith(
        subject.name,
        (ready, scratch, extras) =>
          attemptsEverywhere(subject.image, ready, scratch, { machine, paths: {} }, extras),
        wish,
        machine,
        terminal,
      );
    case 'archive':
    case 'sbom':
      return scanWith(
        subject.name,
        (ready, scratch, extras) => attemptsOnFile(subject.kind, subject.file, ready, scratch, extras),
        wish,
        machine,
        terminal,
      );
  }
}

/** @param name of what is scanned, as the user knows it */
export function scanWith(
  name: string,
  attempts: ScanAttempts,
  wish: ScanWish,
  machine: Machine,
  terminal: Pick<Terminal, 'note'>,
): Promise<ScanEnd> {
  // Programs look for configuration in the folder they start in, and take names for those of files in it.
  return withScratchFolder(async (scratch) => {
    const wanted = chosen(scanners, wish.scanner);
    const found = await findScanner(wanted, {}, machine, scratch);
    const scanner = found && scannerNamed(found.id);
    if (!scanner) {
      const names = listed(wanted.map(({ title }) => title));
      return { problem: `no scanner is here: install ${names}, or see drydock doctor` };
    }
    const refused = refusal(scanner.title, scanner.ignoreFile, scanner.readsVex, wish);
    if (refused !== undefined) return { problem: refused };
    const { ignoreFile, vex } = wish;
    const extras = {
      ...(ignoreFile === undefined ? {} : { ignoreFile }),
      ...(vex === undefined ? {} : { vex }),
    };
    terminal.note(`Scanning ${name} with ${scanner.title}\n`);
    const ways = await attempts({ scanner, found }, scratch, extras);
    const outcome = await cancelledAtEnd((signal) =>
      scanImage(ways, machine.runner, { folder: scratch, signal }),
    );
    if (outcome.kind === 'done')
      return { scanned: { subject: name, scanner: scanner.title, report: outcome.value } };
    const why = scanTroubleText(outcome, scanner, english);
    return { problem: `${scanner.title} could not scan ${name}: ${why}` };
  });
}

/** What was asked for and this scanner cannot do: a report without it would say too much. */
function refusal(
  title: string,
  ignores: { readonly called: string; readonly fits: RegExp } | undefined,
  readsVex: boolean,
  { ignoreFile, vex }: ScanWish,
): string | undefined {
  if (vex !== undefined && !readsVex) return `${title} reads no VEX file: choose another with --scanner`;
  if (ignoreFile === undefined || ignores?.fits.test(ignoreFile)) return undefined;
  return ignores === undefined
    ? `${title} reads no ignore file of its own: choose another with --scanner, or use scan.ignore in .drydock.yaml`
    : `${title} reads ${ignores.called} as its ignore file, not ${ignoreFile}: choose another with --scanner`;
}
