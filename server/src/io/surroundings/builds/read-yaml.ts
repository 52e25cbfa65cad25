// Reads YAML that others wrote, within bounds: what cannot be read is nothing, and never an error.
import { isRecord } from '../../../core/text/record';
import type { JsonObject } from '../../../core/text/record';
import { parseYaml, yamlValue } from '../bounded-yaml';

const longest = 64_000;
/** Documents in one text. */
const mostDocuments = 20;

/** The mappings that the documents of a text are; none if it is too long or not YAML. */
export function readYaml(text: string): readonly JsonObject[] {
  if (text.length > longest) return [];
  const documents = text.split(/^---[ \t]*\r?$/m).filter((document) => document.trim() !== '');
  return documents.slice(0, mostDocuments).flatMap((document) => {
    try {
      const read = parseYaml(document, { merge: true, uniqueKeys: false });
      const value = read.document && yamlValue(read.document);
      return isRecord(value) ? [value] : [];
    } catch {
      // Too deep, or an alias that leads nowhere.
      return [];
    }
  });
}
