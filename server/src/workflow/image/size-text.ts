// What `drydock size` says of one platform of an image.
import { sizeText } from '../build/stored-image';
import type { Translate } from '../translate';
import { signed } from './compare';
import type { ImageReport } from './report';
import { placeOf } from './report-sheet';
import type { SizeGrowth, SizeLimits } from './size-budget';
import { shortened } from './step-text';

export interface PlatformSize {
  readonly report: ImageReport;
  /** Undefined without a baseline. */
  readonly growth: SizeGrowth | undefined;
}

export interface SizeTextOptions {
  readonly limits: SizeLimits;
  /** Where the baseline comes from. */
  readonly source: string | undefined;
  /** How the Dockerfile is shown. */
  readonly file: string | undefined;
}

/** @returns ends with a line break */
export function sizeLines(
  name: string,
  { report, growth }: PlatformSize,
  { limits, source, file }: SizeTextOptions,
  t: Translate,
): string {
  const { compressed, compressedHow, unpacked, platform } = report;
  const packed =
    compressed === undefined
      ? ''
      : compressedHow === 'stored'
        ? t('{0} compressed, ', sizeText(compressed))
        : t('{0} compressed (as gzip packs it), ', sizeText(compressed));
  const lines = [t('{0} ({1}): {2}{3} unpacked', name, platform, packed, sizeText(unpacked))];
  if (growth) lines.push(...growthLines(report, growth, { limits, source, file }, t));
  return `${lines.join('\n')}\n`;
}

function growthLines(
  { steps }: ImageReport,
  growth: SizeGrowth,
  { limits, source, file }: SizeTextOptions,
  t: Translate,
): string[] {
  const { before, now, isTooMuch } = growth;
  const grown = now - before;
  const percent = before === 0 ? '' : ` (${grown < 0 ? '' : '+'}${((grown * 100) / before).toFixed(1)} %)`;
  const measure = limits.measure === 'compressed' ? t('compressed') : t('unpacked');
  const lines = [
    `  ${t('{0}{1} {2} since {3}, which has {4}', signed(grown), percent, measure, source ?? '', sizeText(before))}`,
  ];
  const budget = t('{0} % and {1}', limits.percent, sizeText(limits.floor));
  if (grown > 0)
    lines.push(`  ${isTooMuch ? t('too much: more than {0}', budget) : t('fine: at most {0}', budget)}`);
  if (grown <= 0) return lines;
  const step = growth.step && steps[growth.step.at];
  if (growth.step && step)
    lines.push(
      `  ${signed(growth.step.bytes)}  ${placeOf(step, file)}${shortened(step.instruction || step.digest, 80)}`,
    );
  for (const one of growth.files)
    lines.push(
      one.before === 0
        ? `  ${signed(one.now)}  ${one.path} ${t('(new, or small before)')}`
        : `  ${signed(one.now - one.before)}  ${one.path} ${t('(had {0})', sizeText(one.before))}`,
    );
  if (isTooMuch) lines.push(`  ${t('If that is wanted, write a new baseline with --write-baseline')}`);
  return lines;
}

/** The growth of an image in one sentence, for the instruction that grew most. */
export function growthSentence(
  growth: SizeGrowth,
  { limits, source }: Pick<SizeTextOptions, 'limits'> & { readonly source: string },
  t: Translate,
): string {
  const { before, now, step, files } = growth;
  const grown = now - before;
  const percent = before === 0 ? '' : ` (+${((grown * 100) / before).toFixed(1)} %)`;
  const measure = limits.measure === 'compressed' ? t('compressed') : t('unpacked');
  const whole = t(
    'The image grew by {0}{1} {2} since {3}, more than {4} % and {5}',
    sizeText(grown),
    percent,
    measure,
    source,
    limits.percent,
    sizeText(limits.floor),
  );
  const here = step ? t('. This instruction grew by {0}', sizeText(step.bytes)) : '';
  const named = files.map(
    (one) => `${one.path} (${one.before === 0 ? sizeText(one.now) : signed(one.now - one.before)})`,
  );
  return `${whole}${here}${named.length > 0 ? t('. New or larger: {0}', named.join(', ')) : ''}`;
}
