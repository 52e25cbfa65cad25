// Turns BuildKit's `--progress=rawjson` into the lines of `--progress=plain`, and the objects of Docker's API into the lines of
// the old builder, so that one reader knows all.
import { printableFromBase64 } from '../base64';
import { list, object, text } from '../foreign-json';

/** Steps beyond this many are not told apart; no build has so many. */
const mostSteps = 5000;
const longestLine = 8192;

export class RawJson {
  readonly #numbers = new Map<string, number>();
  /** What a step has printed of a line that has not ended yet. */
  readonly #partial = new Map<number, string>();

  /** @returns the lines it says in the plain form; undefined if it is not one of a builder's objects */
  read(line: string): readonly string[] | undefined {
    if (!/^\{"(?:vertexes|statuses|logs|warnings|stream|errorDetail)":/.test(line)) return undefined;
    let said;
    try {
      said = object(JSON.parse(line));
    } catch {
      // Cut, or a step has printed it.
      return undefined;
    }
    const { stream, error } = said;
    if (typeof stream === 'string' || typeof error === 'string')
      return `${text(stream)}${text(error)}`.replace(/\r?\n$/, '').split('\n');
    return [
      ...list(said['logs']).flatMap((one) => this.#log(object(one))),
      ...list(said['vertexes']).flatMap((one) => this.#vertex(object(one))),
    ];
  }

  #number(digest: string): number {
    const known = this.#numbers.get(digest);
    if (known !== undefined || this.#numbers.size >= mostSteps) return known ?? mostSteps;
    const next = this.#numbers.size + 1;
    this.#numbers.set(digest, next);
    return next;
  }

  #log(log: Readonly<Record<string, unknown>>): string[] {
    const step = this.#number(text(log['vertex']));
    const lines = `${this.#partial.get(step) ?? ''}${printableFromBase64(text(log['data']))}`.split('\n');
    this.#partial.set(step, (lines.pop() ?? '').slice(0, longestLine));
    return lines.map((line) => `#${step} 0.0 ${line}`);
  }

  #vertex(vertex: Readonly<Record<string, unknown>>): string[] {
    const step = this.#number(text(vertex['digest']));
    const name = `#${step} ${text(vertex['name'])}`;
    const error = text(vertex['error']);
    if (error === '' || /context canceled$/.test(error)) return [name];
    const rest = this.#partial.get(step) ?? '';
    this.#partial.delete(step);
    const printed = rest === '' ? [] : [`#${step} 0.0 ${rest}`];
    return [name, ...printed, ...`ERROR: ${error}`.split('\n').map((line) => `#${step} ${line}`)];
  }
}
