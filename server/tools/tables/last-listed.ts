// The month in which each release line of an official image was last listed, for the lines that are listed no more.
import { splitTag } from '../../src/core/knowledge/images/tag-versions';
import type { TagHistory } from './library-files';
import { pushTo, rare } from './pack';

interface Span {
  first: string;
  /** `now` if it is listed. */
  last: string;
}

/** Days for which a version is still listed beside the next one where both are kept up. */
const overlap = 45;

/** The text for `last-listed.ts`: a line for each image, `|YYMM:LINE,…` for each month. */
export function packLastListed(library: ReadonlyMap<string, ReadonlyMap<string, TagHistory>>): string {
  const lines = [...library]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([image, tags]) => ofImage(image, tags));
  return `\n${lines.join('\n')}\n`;
}

function ofImage(image: string, tags: ReadonlyMap<string, TagHistory>): readonly string[] {
  const spans = new Map<string, Span>();
  for (const history of tags.values()) {
    // `3.15-rc` and `3.15.0b3` are not releases yet.
    if (rare.test(history.tag) || /^\d[\d.]*[ab]\d/.test(history.tag)) continue;
    for (const line of linesOf(history.tag)) widen(spans, line, history);
  }
  const months = new Map<string, string[]>();
  for (const [line, { last }] of spans) {
    if (last === 'now') continue;
    const [major = '', minor] = line.split('.');
    if (minor !== undefined && !areKeptUp(spans, major)) continue;
    // The same month as the line above it says nothing more.
    const above = minor === undefined ? '' : major;
    if (line !== '' && monthOf(spans.get(above)?.last) === monthOf(last)) continue;
    pushTo(months, monthOf(last), line);
  }
  if (months.size === 0) return [];
  const parts = [...months]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([month, all]) => `${month}:${all.sort().join(',')}`);
  return [[image, ...parts].join('|')];
}

/** The lines that a tag belongs to: all of the image, 3 and 3.6; or the word that it begins with. */
function linesOf(tag: string): readonly string[] {
  const { version } = splitTag(tag);
  if (!version) return ['', tag.toLowerCase().split('-', 1)[0] ?? ''];
  const [major = '', minor] = version;
  return minor === undefined ? ['', major] : ['', major, `${major}.${minor}`];
}

function widen(spans: Map<string, Span>, line: string, { first, gone = 'now' }: TagHistory): void {
  const span = spans.get(line);
  if (!span) {
    spans.set(line, { first, last: gone });
    return;
  }
  if (first < span.first) span.first = first;
  // `now` is after every day.
  if (gone > span.last) span.last = gone;
}

/** Whether several minor versions of a major one are listed at the same time, so that each is a line of its own. */
function areKeptUp(spans: ReadonlyMap<string, Span>, major: string): boolean {
  const minors = [...spans]
    .filter(([line]) => line.startsWith(`${major}.`))
    .sort(([a], [b]) => Number(a.split('.')[1]) - Number(b.split('.')[1]));
  const pairs = minors.slice(1).map(([, next], at) => {
    const last = minors[at]?.[1].last ?? '';
    return last === 'now' || days(last) - days(next.first) > overlap;
  });
  return pairs.length > 0 && pairs.filter(Boolean).length * 2 > pairs.length;
}

function days(date: string): number {
  return Date.parse(date) / 86_400_000;
}

function monthOf(date = ''): string {
  return date.slice(2, 7).replace('-', '');
}
