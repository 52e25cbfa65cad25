// What the builder reads in the words of EXPOSE: [[ip:]host:]container[/protocol].
import type { Model } from '../../model/model';
import type { Instruction, Word } from '../../syntax/nodes';
import type { Span } from '../../text/span';
import { builtText } from '../symbols/variable-names';

export interface ExposedWord {
  readonly at: Span;
  /** Without quotes. */
  readonly text: string;
  /** Everything in front of the slash. */
  readonly ports: string;
  /** Behind the slash; undefined without one. */
  readonly protocol: string | undefined;
}

/** The words in which no variable decides. */
export function exposedWords({ words }: Instruction): readonly ExposedWord[] {
  return words.flatMap(({ span, value, variables, unterminated }) => {
    return variables.length > 0 || unterminated || value === '' ? [] : [readPort(span, value)];
  });
}

/**
 * The words of those in which a variable decides.
 * @param textOf what the builder makes of a word; undefined if that is not known
 */
function builtPorts(
  { words }: Instruction,
  textOf: (word: Word) => string | undefined,
): readonly ExposedWord[] {
  return words.flatMap((word) => {
    if (word.variables.length === 0) return [];
    const parts =
      textOf(word)
        ?.split(/\s+/)
        .filter((part) => part !== '') ?? [];
    return parts.map((part) => readPort(word.span, part));
  });
}

/** The words in which a variable decides, with the defaults of the file, where these are known. */
export function variablePorts(model: Model, instruction: Instruction): readonly ExposedWord[] {
  return builtPorts(instruction, (word) => builtText(model, word, instruction));
}

/** All ports of a file as BuildKit checks them: not in triggers, and a variable without a value is nothing. */
export function portsForBuildkit(model: Model): readonly ExposedWord[] {
  return model.instructionsOf('EXPOSE').flatMap((instruction) => {
    if (instruction.onbuild) return [];
    const built = builtPorts(instruction, (word) => model.expansion(word, instruction, '').text);
    return [...exposedWords(instruction), ...built];
  });
}

function readPort(at: Span, text: string): ExposedWord {
  // Only the part behind the last colon may hold a slash.
  const slash = text.indexOf('/', text.lastIndexOf(':') + 1);
  const ports = slash < 0 ? text : text.slice(0, slash);
  return { at, text, ports, protocol: slash < 0 ? undefined : text.slice(slash + 1) };
}

/** What is wrong with the ports, as a clause; undefined if the builder takes them. */
export function portProblem(ports: string): string | undefined {
  const parts = ports.split(':');
  const container = parts.at(-1) ?? '';
  const host = parts.at(-2) ?? '';
  const address = parts.slice(0, -2).join(':');
  if (container === '') return 'EXPOSE needs the port of the container';
  if (address !== '' && !isAddress(address)) return `${address} is not an IP address`;
  const inside = range(container);
  const outside = host === '' ? undefined : range(host);
  if (typeof inside === 'string') return inside;
  if (typeof outside === 'string') return outside;
  return outside && inside.length > 1 && outside.length !== inside.length
    ? `The ranges ${host} and ${container} differ in length`
    : undefined;
}

interface Range {
  readonly length: number;
}

/** @returns a clause for a text that is neither a port nor a range */
function range(text: string): Range | string {
  const [, first, last = first] = /^\+?(\d+)(?:-\+?(\d+))?$/.exec(text) ?? [];
  if (first === undefined) return `${text} is not a port`;
  const [from, to] = [Number(first), Number(last)];
  if (from > 65535 || to > 65535) return `Ports end at 65535, and ${text} is above`;
  return to < from ? `The range ${text} runs backwards` : { length: to - from + 1 };
}

function isAddress(text: string): boolean {
  const bare = /^\[(.*)\]$/.exec(text)?.[1] ?? text;
  const numbers = bare.split('.');
  if (numbers.length === 4) return numbers.every((one) => /^\d{1,3}$/.test(one) && Number(one) < 256);
  // An IPv6 address has eight groups, or two colons in the place of some.
  const groups = bare.split(':').length;
  return /^[\da-f:]+$/i.test(bare) && (groups === 8 || (groups > 2 && bare.includes('::')));
}
