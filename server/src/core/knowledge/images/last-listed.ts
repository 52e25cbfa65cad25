// Reads the generated table of the months in which release lines of official images were last listed. A line is an
// image, then `|YYMM:LINE,…`: 3.6, 3, a word that tags begin with, or nothing for the whole image. Where several minor
// versions are kept up at the same time, each is a line; else the major version is.
import { imageTablesDate, lastListedTable } from './image-tables.generated';
import { partsOf } from './table-lines';
import { splitTag } from './tag-versions';

/** Read when an image is first asked for. */
const images = new Map<string, ReadonlyMap<string, string>>();

/**
 * The month (YYYY-MM) in which the release line of an official image's tag was last listed.
 * @param tag in lower case
 * @returns undefined for a line that was still listed when the table was made, and for one that it does not know
 */
export function lastListedOf(image: string, tag: string): string | undefined {
  let months = images.get(image);
  if (!months) {
    const parts = partsOf(lastListedTable, image);
    if (!parts) return undefined;
    months = new Map(
      parts.flatMap(({ front, rest }) => rest.split(',').map((line) => [line, front] as const)),
    );
    images.set(image, months);
  }
  const { version, ending } = splitTag(tag);
  const [major = '', minor] = version ?? [ending.split('-', 1)[0] ?? ''];
  // A line that ended together with the one above it has no entry of its own.
  const month = months.get(`${major}.${minor ?? ''}`) ?? months.get(major) ?? months.get('');
  return month === undefined ? undefined : `20${month.slice(0, 2)}-${month.slice(2)}`;
}

const monthNames =
  `January February March April May June July August September October November December`.split(' ');

/** `2022-01` → `January 2022`. */
export function monthOf(date: string): string {
  return `${monthNames[Number(date.slice(5, 7)) - 1] ?? ''} ${date.slice(0, 4)}`;
}

/** The month of the list that the table was made from. */
export const listMonth = monthOf(imageTablesDate);
