// The lines of the generated tables about images: the name of an image, then parts as `FRONT:REST`, all behind `|`.

export interface TablePart {
  readonly front: string;
  readonly rest: string;
}

/** The parts of an image's line; undefined if the table has none. @param table with a line break before each line */
export function partsOf(table: string, image: string): readonly TablePart[] | undefined {
  const start = table.indexOf(`\n${image}|`) + 1;
  if (start === 0) return undefined;
  const [, ...parts] = table.slice(start, table.indexOf('\n', start)).split('|');
  return parts.map((part) => {
    const colon = part.indexOf(':');
    return { front: part.slice(0, colon), rest: part.slice(colon + 1) };
  });
}
