import { defineRule, insertAfter, remove, replace } from '../core/lint/rule';
import type { Edit, Fix, Instruction, Model } from '../core/lint/rule';
import { malformedArrayOf } from '../core/analysis/text/loose-array';
import type { ArrayFault, MalformedArray } from '../core/analysis/text/loose-array';

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
 * RUN «["npm"; "test"]»
 * VOLUME «[/data]»
 * HEALTHCHECK CMD «["node", "check.js"»
 * ENTRYPOINT «[“node”, \
 *   # the program
 *   "server.js"]»
 * ```
 * > A comma stands behind the last string, so the words with their brackets are paths
 * > A comma is missing between two strings, so a shell runs this with its brackets
 * > A comma is missing between two strings, so a shell runs this with its brackets
 * > The strings need double quotes, so the words with their brackets are paths
 * > The array has no ] at its end, so a shell runs this with its brackets
 * > The strings need double quotes, so a shell runs this with its brackets
 * ```dockerfile fixed
 * FROM node:22
 * COPY ["my file", "/srv/"]
 * RUN ["npm", "ci"]
 * RUN ["npm", "test"]
 * VOLUME ["/data"]
 * HEALTHCHECK CMD ["node", "check.js"]
 * ENTRYPOINT ["node", \
 *   # the program
 *   "server.js"]
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * ENTRYPOINT «[\"/srv/web\", "--port", \"80\"]»
 * ```
 * > The strings need double quotes, so a shell runs this with its brackets
 * ```dockerfile fixed
 * FROM debian:12
 * ENTRYPOINT ["/srv/web", "--port", "80"]
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
 * A stray character behind the array does the same:
 * ```dockerfile bad
 * FROM node:22
 * HEALTHCHECK CMD «["node", "check.js"]];»
 * CMD «["node", "server.js"].»
 * ```
 * > Nothing can stand behind the array, so a shell runs this with its brackets
 * ```dockerfile fixed
 * FROM node:22
 * HEALTHCHECK CMD ["node", "check.js"]
 * CMD ["node", "server.js"]
 * ```
 * So does a command behind it:
 * ```dockerfile bad
 * FROM node:22
 * HEALTHCHECK CMD «["node", "check.js"] || exit 1»
 * CMD «["node", "server.js"] && echo done»
 * ```
 * > Nothing can stand behind the array, so a shell runs this with its brackets
 * ```dockerfile fixed
 * FROM node:22
 * HEALTHCHECK CMD ["node", "check.js"]
 * CMD ["node", "server.js"] && echo done
 * ```
 * Where the strings begin and end is not always clear:
 * ```dockerfile bad
 * FROM debian:12
 * ENTRYPOINT «["sh", "-c", "echo "ready""]»
 * CMD «["a"], ["b"]»
 * ```
 * > The quotes, commas and brackets make no array of strings, so a shell runs this with its brackets
 * The rule accepts tests of a shell, and commands that only begin with one:
 * ```dockerfile good
 * FROM debian:12
 * RUN [ -f /etc/debian_version ]
 * RUN [ "$A" = "$B" ] && echo same
 * RUN [ -n "$A" ] || [ -n "$B" ]
 * RUN [ "a" = "b" ]
 * HEALTHCHECK CMD [ -f /ready ]
 * HEALTHCHECK NONE
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
  effect: 'declared',
  since: 'next',
  alsoKnownAs: [
    'dockerfile-utils:JSON_IN_SINGLE_QUOTES',
    'kics:not_using_proper_exec_form_in_cmd_and_entrypoint_arguments',
  ],

  *check({ model }) {
    for (const instruction of model.instructionsOf(...Object.keys(kinds))) {
      const kind = kinds[instruction.keyword];
      const array = kind && malformedArrayOf(instruction);
      if (!array || (kind === 'test' && array.mayBeTest)) continue;
      const effect =
        kind === 'paths' ? 'the words with their brackets are paths' : 'a shell runs this with its brackets';
      yield {
        at: array.at,
        message: `${faults[array.fault]}, so ${effect}`,
        fix: isCommand(model, instruction, array) ? undefined : writeArray(instruction, array),
      };
    }
  },
});

/** Whether a command stands behind the array that says more than the status of the one in it, as `|| exit 1` of a check. */
function isCommand({ document }: Model, { keyword }: Instruction, { rest }: MalformedArray): boolean {
  const text = rest ? document.slice(rest).trim() : '';
  return /^[|&]/.test(text) && !(keyword === 'HEALTHCHECK' && /^\|\|\s*exit\s+1$/.test(text));
}

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
  rest: 'Nothing can stand behind the array',
  backslash: 'A backslash in a string needs a second one',
  unreadable: 'The quotes, commas and brackets make no array of strings',
};

function writeArray(
  { keyword }: Instruction,
  { items, closed, lastComma, rest }: MalformedArray,
): Fix | undefined {
  if (items.length === 0) return undefined;
  const edits = items.flatMap(({ span, value, valid, comma }, index): Edit[] => {
    const isLast = index === items.length - 1;
    const after = isLast ? (closed ? '' : ']') : comma ? '' : ',';
    if (!valid) return [replace(span, JSON.stringify(value) + after)];
    return after === '' ? [] : [insertAfter(span, after)];
  });
  if (lastComma) edits.push(remove(lastComma));
  if (rest) edits.push(remove(rest));
  return {
    title: 'Write it as a JSON array',
    edits,
    // With these the build stops today; the others change what the image starts.
    ...(!/^(?:RUN|COPY|ADD)$/.test(keyword) && { safety: 'suggested' }),
  };
}
