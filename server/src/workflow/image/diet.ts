// The table of `drydock diet`: one program as several images, what each weighs, and what each lacks.
import type { MissingVariant } from '../../patterns/diet';
import { sizeText } from '../build/stored-image';
import { imageName, partsOf, suggestImageName } from '../checked-arguments';
import type { ImageName } from '../checked-arguments';
import type { Translate } from '../translate';
import type { ImageReport } from './report';
import type { Sheet, SheetSection } from './sheet';
import type { Surface } from './surface';

/** What a variant became. `problem`: why there is no image, without a full stop. */
export interface DietRow {
  readonly name: string;
  readonly result: { readonly image: ImageName; readonly report: ImageReport } | { readonly problem: string };
}

/** Where the table is saved in a project, if nobody says another place. */
export const dietTable = 'image-diet.md';

/** The name that a variant gets in the store. @param folder the last part of the project's path */
export function dietTag(folder: string, variant: string): ImageName | undefined {
  return imageName(`${partsOf(suggestImageName(folder, 'Dockerfile')).repository}-diet:${variant}`);
}

/** What is compared. */
export interface DietTable {
  /** From fat to lean. */
  readonly rows: readonly DietRow[];
  readonly gaps: readonly MissingVariant[];
  /** What the project is written in, as people write it. */
  readonly language: string;
}

interface Lack {
  /** In JSON. */
  readonly id: string;
  isLacking(surface: Surface): boolean;
  title(t: Translate): string;
  /** What follows from it, and what helps. */
  effect(t: Translate): string;
}

const lacks: readonly Lack[] = [
  {
    id: 'shell',
    isLacking: ({ shells }) => shells.length === 0,
    title: (t) => t('shell'),
    effect: (t) => t('Nobody can look around inside with exec. drydock debug shows other ways.'),
  },
  {
    id: 'package-manager',
    isLacking: ({ packageManagers }) => packageManagers.length === 0,
    title: (t) => t('package manager'),
    effect: (t) => t('Nothing can be installed in a running container.'),
  },
  {
    id: 'certificates',
    isLacking: ({ hasCertificates }) => !hasCertificates,
    title: (t) => t('CA certificates'),
    effect: (t) =>
      t(
        'Every HTTPS call fails, unless the program brings certificates: COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/',
      ),
  },
  {
    id: 'time-zones',
    isLacking: ({ hasTimeZones }) => !hasTimeZones,
    title: (t) => t('time zones'),
    effect: (t) => t('Only UTC is known, unless the program brings them: COPY /usr/share/zoneinfo.'),
  },
  {
    id: 'user-list',
    isLacking: ({ hasUserList }) => !hasUserList,
    title: (t) => t('list of users'),
    effect: (t) => t('USER needs a number, and looking up a name fails.'),
  },
  {
    id: 'tmp',
    isLacking: ({ hasTemporaryFolder }) => !hasTemporaryFolder,
    title: (t) => t('/tmp'),
    effect: (t) => t('Temporary files fail, unless a folder is mounted there: --tmpfs /tmp'),
  },
  {
    id: 'c-library',
    isLacking: ({ libc }) => libc === 'none',
    title: (t) => t('C library'),
    effect: (t) => t('Only static programs start.'),
  },
];

/** @param project what the user calls it */
export function dietSheet(table: DietTable, project: string, t: Translate): Sheet {
  const { rows } = table;
  return {
    title: t('{0} on a diet', project),
    sections: [tableOf(table, t), ...effects(rows, t), ...problems(rows, t)],
  };
}

function tableOf({ rows, gaps, language }: DietTable, t: Translate): SheetSection {
  const reports = rows.flatMap(({ result }) => ('report' in result ? [result.report] : []));
  const largest = Math.max(0, ...reports.map(({ unpacked }) => unpacked));
  const isMeasured = reports.some(({ compressedHow }) => compressedHow !== 'stored');
  const cells = ({ name, result }: DietRow): readonly string[] => {
    if ('problem' in result) return [name, '-', '-', '-', '-', '-', '-', t('not built')];
    const { unpacked, compressed, surface } = result.report;
    return [
      name,
      sizeText(unpacked),
      compressed === undefined ? '?' : sizeText(compressed),
      largest === 0 ? '-' : percentText((unpacked * 100) / largest),
      String(surface.files),
      packagesText(surface),
      surface.user,
      lacks
        .filter((one) => one.isLacking(surface))
        .map((one) => one.title(t))
        .join(', ') || t('none of these'),
    ];
  };
  const columns = [
    { title: t('image') },
    { title: t('unpacked'), isNumber: true as const },
    { title: t('compressed'), isNumber: true as const },
    { title: t('of the largest'), isNumber: true as const },
    { title: t('files'), isNumber: true as const },
    { title: t('packages'), isNumber: true as const },
    { title: t('user') },
    { title: t('lacks') },
  ];
  const lines = isMeasured ? [t('Compressed is what gzip makes of the layers, as a push sends them.')] : [];
  const none = gaps.map(({ name, why }) => [
    name,
    ...columns.slice(2).map(() => '-'),
    gapText(why, language, t),
  ]);
  return { title: '', lines, table: { columns, rows: [...rows.map(cells), ...none] } };
}

/** Why there is no such image. */
function gapText(why: MissingVariant['why'], language: string, t: Translate): string {
  switch (why) {
    case 'runtime':
      return t('none for {0}: the program needs a runtime and a C library', language);
    case 'base':
      return t('none for {0}: no base without a shell has its runtime', language);
    case 'pattern':
      return t('none: Drydock has no pattern for it');
  }
}

/** `0.4 %`, `12 %` */
function percentText(percent: number): string {
  return `${percent < 9.95 ? percent.toFixed(1) : Math.round(percent)} %`;
}

/** Those of dpkg and apk; a list of rpm is there and not read. */
function packagesText({ packages, unreadPackages }: Surface): string {
  return packages.length === 0 && unreadPackages.length > 0 ? '?' : String(packages.length);
}

/** What follows from each thing that an image lacks. */
function effects(rows: readonly DietRow[], t: Translate): SheetSection[] {
  const lines = lacks.flatMap((lack): string[][] => {
    const names = rows.flatMap(({ name, result }) =>
      'report' in result && lack.isLacking(result.report.surface) ? [name] : [],
    );
    return names.length === 0 ? [] : [[lack.title(t), names.join(', '), lack.effect(t)]];
  });
  if (lines.length === 0) return [];
  const columns = [{ title: t('without') }, { title: t('image') }, { title: t('what follows') }];
  return [{ title: t('What that means'), lines: [], table: { columns, rows: lines } }];
}

function problems(rows: readonly DietRow[], t: Translate): SheetSection[] {
  const lines = rows.flatMap(({ name, result }) =>
    'problem' in result ? [t('{0}: {1}', name, result.problem)] : [],
  );
  return lines.length === 0 ? [] : [{ title: t('Not built'), lines }];
}

/** The same for programs. */
export function dietJson({ rows, gaps, language }: DietTable, folder: string): object {
  return {
    version: 1,
    folder,
    language,
    missing: gaps,
    images: rows.map(({ name, result }) => {
      if ('problem' in result) return { name, problem: result.problem };
      const { unpacked, compressed, compressedHow, platform, surface } = result.report;
      return {
        name,
        image: result.image,
        platform,
        unpacked,
        compressed: compressed ?? null,
        compressedHow: compressedHow ?? null,
        lacks: lacks.filter((one) => one.isLacking(surface)).map(({ id }) => id),
        surface,
      };
    }),
  };
}
