// Reads YAML that others wrote, within bounds: what cannot be read is nothing, and never an error.
import { parseDocument } from 'yaml';
import { isRecord } from '../../../core/text/record';
import type { JsonObject } from '../../../core/text/record';

const longest = 64_000;
/** Documents in one text. */
const mostDocuments = 20;

/** With deeper nesting, more aliases or more signs of lists and mappings on one line the library takes seconds. */
const deepest = 40;
const mostAliases = 200;
const mostSigns = 4000;

/** Whether a text is nested or linked like no file that people write. Looks at signs alone, so quotes count too. */
function isExcessive(text: string): boolean {
  // Entries of lists in lists, and keys of keys, that begin on one line.
  if (/^[ \t]*(?:[-?:][ \t]+){8}/m.test(text)) return true;
  let depth = 0;
  let aliases = 0;
  let signs = 0;
  for (const character of text) {
    if (character === '*' || character === '&') aliases += 1;
    else if (/[[\]{},]/.test(character)) {
      signs += 1;
      if (character === '[' || character === '{') depth += 1;
      else if (character !== ',') depth = Math.max(0, depth - 1);
    }
    if (depth > deepest) return true;
  }
  return aliases > mostAliases || signs > mostSigns;
}

/** The mappings that the documents of a text are; none if it is too long or not YAML. */
export function readYaml(text: string): readonly JsonObject[] {
  if (text.length > longest || isExcessive(text)) return [];
  const documents = text.split(/^---[ \t]*\r?$/m).filter((document) => document.trim() !== '');
  return documents.slice(0, mostDocuments).flatMap((document) => {
    try {
      // An excerpt for each error would cost their number times the length of a line.
      const read = parseDocument(document, {
        logLevel: 'silent',
        merge: true,
        prettyErrors: false,
        uniqueKeys: false,
      });
      const value = read.toJS({ maxAliasCount: 100 }) as unknown;
      return isRecord(value) ? [value] : [];
    } catch {
      // Too deep, or an alias that leads nowhere.
      return [];
    }
  });
}
