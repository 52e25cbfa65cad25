import { defineRule, remove, replace } from '../core/lint/rule';
import type { Edit, Fix, Instruction } from '../core/lint/rule';
import { readLooseArray } from '../core/analysis/text/loose-array';
import type { ArrayFault, LooseArray } from '../core/analysis/text/loose-array';
import { toDocumentSpan } from '../core/syntax/logical-line';
import type { Span } from '../core/text/span';

/**
 * If the text behind an instruction is not valid JSON, the builder says nothing and reads it in another way: a shell
 * runs it with its brackets and quotes, or its words are the names of files.
 *
 * ```dockerfile bad
 * FROM node:22
 * USER node
 * CMD «['node', 'server.js']»
 * ```
 * > The strings need double quotes, so a shell runs this with its brackets
 * ```dockerfile fixed
 * FROM node:22
 * USER node
 * CMD ["node", "server.js"]
 * ```
 * ```dockerfile bad
 * FROM node:22
 * COPY «["my file", "/srv/",]»
 * RUN «["npm" "ci"]»
 * VOLUME «[/data]»
 * HEALTHCHECK CMD «["node", "check.js"»
 * ENTRYPOINT «[“node”, \
 *   # the program
 *   "server.js"]»
 * ```
 * > A comma stands behind the last string, so the words with their brackets are paths
 * > A comma is missing between two strings, so a shell runs this with its brackets
 * > The strings need double quotes, so the words with their brackets are paths
 * > The array has no ] at its end, so a shell runs this with its brackets
 * > The strings need double quotes, so a shell runs this with its brackets
 * ```dockerfile fixed
 * FROM node:22
 * COPY ["my file", "/srv/"]
 * RUN ["npm", "ci"]
 * VOLUME ["/data"]
 * HEALTHCHECK CMD ["node", "check.js"]
 * ENTRYPOINT ["node", \
 *   # the program
 *   "server.js"]
 * ```
 * A backslash needs a second one:
 * ```dockerfile bad
 * # escape=`
 * FROM mcr.microsoft.com/windows/nanoserver:ltsc2022
 * CMD «["C:\app\my.exe", "--fast"]»
 * ```
 * > A backslash in a string needs a second one, so a shell runs this with its brackets
 * ```dockerfile fixed
 * # escape=`
 * FROM mcr.microsoft.com/windows/nanoserver:ltsc2022
 * CMD ["C:\\app\\my.exe", "--fast"]
 * ```
 * The rule accepts tests of a shell, and commands that only begin with one:
 * ```dockerfile good
 * FROM debian:12
 * RUN [ -f /etc/debian_version ]
 * RUN [ "$A" = "$B" ] && echo same
 * RUN [ -n "$A" ] || [ -n "$B" ]
 * RUN [ "a" = "b" ]
 * HEALTHCHECK CMD [ -f /ready ]
 * HEALTHCHECK NONE
 * CMD ["a", "b"] && c
 * ```
 * ```dockerfile good
 * FROM debian:12
 * CMD []
 * ```
 */
export default defineRule({
  id: 'json-array-malformed',
  summary: 'An array of strings is not valid JSON, so the builder reads it in another way',
  category: 'runtime',
  severity: 'warning',
  fix: 'safe',
  since: 'next',
  alsoKnownAs: [],

  *check({ model }) {
    for (const instruction of model.instructions) {
      const kind = kinds[instruction.keyword];
      const start = arrayStart(instruction);
      if (!kind || start === undefined) continue;
      const { line, argumentsLogical } = instruction;
      const text = line.text.slice(start, argumentsLogical.end);
      const array = readLooseArray(text);
      const fault = array?.faults[0];
      if (!array || !fault || (kind === 'test' && isTest(text, array))) continue;
      const effect =
        kind === 'paths' ? 'the words with their brackets are paths' : 'a shell runs this with its brackets';
      yield {
        at: toDocumentSpan(line, { start, end: argumentsLogical.end }),
        message: `${faults[fault]}, so ${effect}`,
        fix: writeArray(instruction, start, array),
      };
    }
  },
});

/** `test`: a shell may be meant to read the brackets. `paths`: the words are taken for paths. */
const kinds: Readonly<Record<string, 'command' | 'test' | 'paths'>> = {
  RUN: 'test',
  HEALTHCHECK: 'test',
  CMD: 'command',
  ENTRYPOINT: 'command',
  COPY: 'paths',
  ADD: 'paths',
  VOLUME: 'paths',
};

const faults: Readonly<Record<ArrayFault, string>> = {
  quotes: 'The strings need double quotes',
  comma: 'A comma is missing between two strings',
  'last-comma': 'A comma stands behind the last string',
  end: 'The array has no ] at its end',
  backslash: 'A backslash in a string needs a second one',
};

/** Logical offset of the `[`; undefined if there is none, and if the array is valid. */
function arrayStart({
  keyword,
  json,
  words,
  argumentsLogical,
  line,
  heredocs,
}: Instruction): number | undefined {
  if (json || heredocs.length > 0) return undefined;
  const start = keyword === 'HEALTHCHECK' ? words[1]?.logical.start : argumentsLogical.start;
  return start !== undefined && line.text[start] === '[' ? start : undefined;
}

/** `[ "a" = "b" ]`: blanks around everything, and no commas. */
function isTest(text: string, { items }: LooseArray): boolean {
  return /^\[\s/.test(text) && items.every(({ comma }) => !comma);
}

function writeArray(instruction: Instruction, from: number, array: LooseArray): Fix {
  const { keyword, line } = instruction;
  const at = (start: number, end: number): Span =>
    toDocumentSpan(line, { start: from + start, end: from + end });
  const edits = array.items.flatMap(({ start, end, value, valid, comma }, index): Edit[] => {
    const isLast = index === array.items.length - 1;
    const after = isLast ? (array.closed ? '' : ']') : comma ? '' : ',';
    if (!valid) return [replace(at(start, end), JSON.stringify(value) + after)];
    return after === '' ? [] : [replace(at(end - 1, end), `"${after}`)];
  });
  if (array.lastComma !== undefined) edits.push(remove(at(array.lastComma, array.lastComma + 1)));
  return {
    title: 'Write it as a JSON array',
    edits,
    // With these the build stops today; the others change what the image starts.
    ...(!/^(?:RUN|COPY|ADD)$/.test(keyword) && { safety: 'suggested' }),
  };
}
