// Text as XML: XML 1.0 allows no control characters, not even escaped, so they are shown as in other formats.
import { visible, visibleLines } from '../visible';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** For an attribute in quotes. */
export function attribute(text: string): string {
  return escape(visible(text));
}

/** For the text of an element; lines stay. */
export function content(text: string): string {
  return escape(visibleLines(text));
}

function escape(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => entities[character] ?? character)
    .replace(/[\uFFFE\uFFFF]/g, '\uFFFD');
}

/** Writes a file of XML piece by piece. @param root its first tag @returns a piece, the first one with what stands above it */
export function xmlFile(root: string): (piece: string) => string {
  let head = `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
  return (piece) => {
    const all = head + piece;
    head = '';
    return all;
  };
}
