// The report on an image as a sheet for people.
import { sizeText } from '../build/stored-image';
import type { Translate } from '../translate';
import type { ImageReport, ReportNote, ReportStep } from './report';
import type { Sheet, SheetSection, SheetTable } from './sheet';
import { shortened } from './step-text';
import type { Surface } from './surface';

export interface SheetOptions {
  /** What the user called it. */
  readonly name: string;
  /** As the lines of the Dockerfile are shown: `Dockerfile`; undefined if none was given. */
  readonly file?: string | undefined;
  /** With the attack surface. */
  readonly surface: boolean;
  /** Characters of an instruction. */
  readonly width: number;
}

export function reportSheet(report: ImageReport, options: SheetOptions, t: Translate): Sheet {
  const named = names(report.steps, options);
  const sections = [
    { title: '', lines: [summary(report, t), ...report.notes.map((note) => noteText(note, t))] },
    stepSection(report, named, t),
    fileSection(report, named, t),
    hiddenSection(report, named, t),
    wasteSection(report, named, t),
    ...(options.surface ? [surfaceSection(report.surface, t)] : []),
  ];
  return { title: `${options.name} (${report.platform})`, sections };
}

export function summary(
  { unpacked, compressed, compressedHow, steps, surface }: ImageReport,
  t: Translate,
): string {
  const parts = [t('{0} unpacked', sizeText(unpacked))];
  if (compressed !== undefined)
    parts.push(
      compressedHow === 'stored'
        ? t('{0} compressed', sizeText(compressed))
        : t('{0} compressed, as gzip packs it', sizeText(compressed)),
    );
  parts.push(counted(steps.length, t('1 layer'), t('{0} layers', steps.length)));
  parts.push(counted(surface.files, t('1 file'), t('{0} files', surface.files)));
  return parts.join(', ');
}

function counted(count: number, one: string, many: string): string {
  return count === 1 ? one : many;
}

export function noteText({ kind, count }: ReportNote, t: Translate): string {
  switch (kind) {
    case 'foreign':
      return t('Not counted: {0} layers that lie on another server.', count);
    case 'refused':
      return t('Not counted: {0} files whose path leads out of the image or is too long.', count);
    case 'history':
      return t('The history does not say what made {0} of the layers.', count);
  }
}

/** How each step is named in the tables. */
function names(steps: readonly ReportStep[], { file, width }: SheetOptions): (step: number) => string {
  return (at) => {
    const step = steps[at];
    if (!step) return '';
    return `${placeOf(step, file)}${shortened(step.instruction || step.digest, width)}`;
  };
}

export function placeOf(
  { line, origin }: Pick<ReportStep, 'line' | 'origin'>,
  file: string | undefined,
): string {
  if (file !== undefined && line !== undefined) return `${file}:${line} `;
  return file !== undefined && origin === 'base' ? '(base) ' : '';
}

function stepSection({ steps }: ImageReport, named: (step: number) => string, t: Translate): SheetSection {
  const isMeasured = steps.some(({ compressed }) => compressed !== undefined);
  const rows = steps.map((step, at) => [
    sizeText(step.unpacked),
    ...(isMeasured ? [step.compressed === undefined ? '?' : sizeText(step.compressed)] : []),
    named(at),
  ]);
  const columns = [
    { title: t('unpacked'), isNumber: true as const },
    ...(isMeasured ? [{ title: t('compressed'), isNumber: true as const }] : []),
    { title: t('instruction') },
  ];
  return { title: t('Size of each instruction'), lines: [], table: { columns, rows } };
}

function fileSection({ biggest }: ImageReport, named: (step: number) => string, t: Translate): SheetSection {
  const rows = biggest.map(({ path, bytes, step }) => [sizeText(bytes), path, named(step)]);
  return rows.length === 0
    ? { title: t('Biggest files'), lines: [t('No file has content.')] }
    : { title: t('Biggest files'), lines: [], table: { columns: fileColumns(t), rows } };
}

function fileColumns(t: Translate): SheetTable['columns'] {
  return [{ title: t('size'), isNumber: true }, { title: t('file') }, { title: t('brought by') }];
}

function hiddenSection(
  { hidden, hiddenBytes, hiddenFiles }: ImageReport,
  named: (step: number) => string,
  t: Translate,
): SheetSection {
  const title = t('Deleted or replaced by a later layer, but still sent');
  if (hiddenFiles === 0) return { title, lines: [t('Nothing.')] };
  const rows = hidden.map(({ path, bytes, step, by, how }) => [
    sizeText(bytes),
    path,
    named(step),
    how === 'deleted' ? t('deleted by {0}', named(by)) : t('replaced by {0}', named(by)),
  ]);
  const columns = [...fileColumns(t), { title: t('what happened') }];
  const lines = [
    t('{0} in {1}', sizeText(hiddenBytes), counted(hiddenFiles, t('1 file'), t('{0} files', hiddenFiles))),
  ];
  return { title, lines, table: { columns, rows } };
}

function wasteSection({ waste }: ImageReport, named: (step: number) => string, t: Translate): SheetSection {
  const title = t('What few images need');
  if (waste.length === 0) return { title, lines: [t('Nothing found.')] };
  const rows = waste.map((one) => [
    sizeText(one.bytes),
    one.title,
    counted(one.files, t('1 file'), t('{0} files', one.files)),
    one.biggest,
    named(one.steps[0] ?? -1),
  ]);
  const columns = [
    { title: t('size'), isNumber: true as const },
    { title: t('kind') },
    { title: t('files') },
    { title: t('biggest') },
    { title: t('brought by') },
  ];
  return { title, lines: [], table: { columns, rows } };
}

/** How many paths a line names. */
const mostNamed = 12;

export function surfaceRows(surface: Surface, t: Translate): readonly (readonly [string, string])[] {
  const listed = (all: readonly string[]): string => {
    if (all.length === 0) return t('none');
    const shown = all.slice(0, mostNamed).join(', ');
    return all.length > mostNamed ? t('{0} and {1} more', shown, all.length - mostNamed) : shown;
  };
  const yes = (is: boolean): string => (is ? t('yes') : t('no'));
  return [
    [t('system'), surface.system === '' ? t('not said') : surface.system],
    [t('user'), surface.user],
    [t('shells'), listed(surface.shells)],
    [t('package managers'), listed(surface.packageManagers)],
    [t('programs that fetch'), listed(surface.downloaders)],
    [t('interpreters'), listed(surface.interpreters)],
    [t('setuid and setgid files'), listed(surface.setuid)],
    [t('files with capabilities'), listed(surface.capable)],
    [t('writable by everyone'), listed(surface.writable)],
    [t('open ports'), listed(surface.ports)],
    [t('packages'), packagesText(surface, t)],
    [t('files'), String(surface.files)],
    [t('CA certificates'), yes(surface.hasCertificates)],
    [t('time zones'), yes(surface.hasTimeZones)],
    [t('list of users'), yes(surface.hasUserList)],
    [t('/tmp'), yes(surface.hasTemporaryFolder)],
    [t('C library'), surface.libc === 'none' ? t('none') : surface.libc],
  ];
}

function packagesText({ packages, unreadPackages }: Surface, t: Translate): string {
  const rpm = unreadPackages.length > 0 ? t('those of rpm are not read') : '';
  const count = packages.length > 0 || rpm === '' ? String(packages.length) : '';
  return [count, rpm].filter((part) => part !== '').join(', ');
}

function surfaceSection(surface: Surface, t: Translate): SheetSection {
  return {
    title: t('Attack surface'),
    lines: [],
    table: { columns: [{ title: '' }, { title: '' }], rows: surfaceRows(surface, t) },
  };
}
