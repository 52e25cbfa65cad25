// Writes a JSON array one element after another.
import { visibleJson } from '../visible';

export class JsonArray {
  #count = 0;
  readonly #indent: string;

  /** @param indent of the array itself */
  constructor(indent = '') {
    this.#indent = indent;
  }

  /** @returns what comes next in the array, with its opening bracket */
  add(element: unknown): string {
    this.#count += 1;
    const inner = `\n${this.#indent}  `;
    const text = JSON.stringify(element, undefined, 2).replaceAll('\n', inner);
    return `${this.#count === 1 ? '[' : ','}${inner}${visibleJson(text)}`;
  }

  end(): string {
    return this.#count === 0 ? '[]' : `\n${this.#indent}]`;
  }
}
