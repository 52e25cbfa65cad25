// Reads any log that holds a build's output: of a terminal, of a file, or of a CI system. Bounded: what it keeps does not
// grow with the log.
import { BuildOutputParser } from '../build/output-parser';
import type { BuildFailure } from '../build/output-parser';

export interface ReadLog {
  readonly failure: BuildFailure;
  /** No line had anything but blanks. */
  readonly isEmpty: boolean;
}

export class LogReader {
  readonly #parser = new BuildOutputParser();
  #isEmpty = true;

  /** @param text any part of the log, cut anywhere */
  push(text: string): void {
    if (this.#isEmpty && /\S/.test(text)) this.#isEmpty = false;
    this.#parser.push(text, 'stdout');
  }

  end(): ReadLog {
    return { failure: this.#parser.failure(), isEmpty: this.#isEmpty };
  }
}
