import { defineRule } from '../core/lint/rule';
import type { Fix, Instruction, Model } from '../core/lint/rule';
import { operatorPrograms } from '../core/knowledge/programs/shell-builtins';
import type { JsonString } from '../core/syntax/nodes';
import { baseName } from '../core/text/paths';

/**
 * No shell reads an array, so `&&` and `>` in it are arguments like any others: the first program gets them with all that
 * follows, and nothing else runs. Give the command line to a shell as one string.
 *
 * ```dockerfile bad
 * FROM node:22
 * USER node
 * CMD ["npm", "run", "migrate", "«&&»", "node", "server.js"]
 * ```
 * > npm gets && and what follows as arguments, because no shell reads an array
 * ```dockerfile fixed
 * FROM node:22
 * USER node
 * CMD ["/bin/sh", "-c", "npm run migrate && node server.js"]
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * RUN ["/opt/a", "-v", "«||»", "/opt/b", ">", "/log"]
 * HEALTHCHECK CMD ["/opt/check", "«|»", "grep", "ok"]
 * ```
 * > a gets || and what follows as arguments, because no shell reads an array
 * > check gets | and what follows as arguments, because no shell reads an array
 * ```dockerfile fixed
 * FROM debian:12
 * RUN ["/bin/sh", "-c", "/opt/a -v || /opt/b > /log"]
 * HEALTHCHECK CMD ["/bin/sh", "-c", "/opt/check | grep ok"]
 * ```
 * There is no fix where words would need quotes, or where the image has no `/bin/sh`:
 * ```dockerfile bad
 * FROM debian:12
 * ENTRYPOINT ["/opt/a", "two words", "«&&»", "/opt/b"]
 * ```
 * > a gets && and what follows as arguments, because no shell reads an array
 * ```dockerfile bad
 * FROM scratch
 * COPY a /
 * CMD ["/a", "«2>&1»"]
 * ```
 * > a gets 2>&1 and what follows as arguments, because no shell reads an array
 * ```dockerfile bad
 * FROM mcr.microsoft.com/windows/servercore:ltsc2022
 * RUN ["dotnet", "restore", "«&&»", "dotnet", "publish"]
 * ```
 * > dotnet gets && and what follows as arguments, because no shell reads an array
 * Some programs take such words, and a string for a shell is one word:
 * ```dockerfile good
 * FROM debian:12
 * RUN ["expr", "1", "|", "0"]
 * RUN ["/bin/sh", "-c", "a && b"]
 * CMD ["&&"]
 * ```
 */
export default defineRule({
  id: 'exec-form-operator',
  summary: 'An array holds an operator of the shell',
  category: 'runtime',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],

  *check({ model }) {
    for (const instruction of model.instructionsOf('RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK')) {
      const [program, ...args] = instruction.json ?? [];
      const operator = args.find(({ value }) => isOperator.test(value));
      if (!program || !operator || operatorPrograms.has(baseName(program.value))) continue;
      const { start, end } = operator.span;
      yield {
        at: { start: start + 1, end: end - 1 },
        message: `${baseName(program.value)} gets ${operator.value} and what follows as arguments, because no shell reads an array`,
        fix: withShell(model, instruction, [program, ...args]),
      };
    }
  },
});

const isOperator = /^(?:&&|\|\|?|[12&]?>>?(?:&[12]|\/dev\/null)?)$/;

function withShell(model: Model, instruction: Instruction, words: readonly JsonString[]): Fix | undefined {
  const [first, last] = [words[0], words.at(-1)];
  const isPlain = words.every(({ value }) => isOperator.test(value) || /^[\w@%+=:,./-]+$/.test(value));
  const base = model.stageOf(instruction)?.base;
  if (!first || !last || !isPlain || base?.shell === 'none' || base?.distribution === 'windows')
    return undefined;
  const line = words.map(({ value }) => value).join(' ');
  return {
    title: 'Let /bin/sh read the command line',
    edits: [{ start: first.span.start, end: last.span.end, text: `"/bin/sh", "-c", "${line}"` }],
  };
}
