// How the readers of the three kinds of indexes are fed.

export interface IndexReader {
  /** @param text the next piece @returns the lines of the packages that are complete now (see `encodePackage`) */
  push(text: string): string;
  /** @returns the lines of what is left */
  end(): string;
}
