import { posixShells } from '../core/knowledge/programs/shells';
import { malformedArrayOf } from '../core/analysis/text/loose-array';
import { unreadable } from '../core/analysis/text/refused-text';
import { stopsHere } from '../core/analysis/text/stops';
import { defineRule, replace } from '../core/lint/rule';
import type { Fix, Instruction } from '../core/lint/rule';

/**
 * `SHELL` takes a JSON array of strings, and the builder stops at anything else.
 *
 * ```dockerfile bad
 * FROM debian:12
 * SHELL «/bin/bash»
 * SHELL «/bin/bash -o pipefail -c»
 * SHELL «['/bin/sh', '-c']»
 * SHELL «["pwsh" "-Command"]»
 * SHELL «pwsh»
 * SHELL «cmd»
 * SHELL «python3»
 * ```
 * > SHELL needs a JSON array of strings, so the build stops here
 * ```dockerfile fixed
 * FROM debian:12
 * SHELL ["/bin/bash", "-c"]
 * SHELL ["/bin/bash", "-o", "pipefail", "-c"]
 * SHELL ["/bin/sh", "-c"]
 * SHELL ["pwsh", "-Command"]
 * SHELL ["pwsh", "-Command"]
 * SHELL ["cmd", "/C"]
 * SHELL ["python3"]
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * SHELL «[]»
 * SHELL «["/bin/sh", "-c"] && true»
 * SHELL «"/opt/my shell/sh" -c»
 * ```
 * > SHELL needs a program in its array, so the build stops here
 * > SHELL needs a JSON array of strings, so the build stops here
 * > SHELL needs a JSON array of strings, so the build stops here
 * ```dockerfile good
 * FROM debian:12
 * SHELL ["/bin/bash", "-o", "pipefail", "-c"]
 * SHELL
 * SHELL ["/bin/sh", 1]
 * ```
 */
export default defineRule({
  id: 'shell-not-json',
  summary: 'SHELL is not a JSON array of strings',
  category: 'syntax',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['dockerfile-utils:SHELL_JSON_FORM', 'dockerfile-utils:SHELL_REQUIRES_ONE'],
  mentions: ['shell'],

  *check({ model }) {
    for (const instruction of model.instructionsOf('SHELL')) {
      const { json, argumentsSpan, argumentsLogical } = instruction;
      if (json ? json.length > 0 : argumentsLogical.start === argumentsLogical.end) continue;
      if (unreadable(model).has(instruction)) continue;
      yield {
        at: argumentsSpan,
        message: json
          ? `SHELL needs a program in its array, so ${stopsHere(instruction)}`
          : `SHELL needs a JSON array of strings, so ${stopsHere(instruction)}`,
        fix: json ? undefined : writeArray(instruction),
      };
    }
  },
});

function writeArray(instruction: Instruction): Fix | undefined {
  const { line, argumentsLogical, argumentsSpan, comments } = instruction;
  const text = line.text.slice(argumentsLogical.start, argumentsLogical.end);
  const array = malformedArrayOf(instruction);
  if (comments.length > 0 || array?.items.length === 0 || (!array && /["'`[\]\\$&|;<>#]/.test(text)))
    return undefined;
  const words = array ? array.items.map(({ value }) => value) : text.split(/\s+/);
  const [program = '', ...more] = words;
  const option = more.length === 0 ? commandOption(program) : undefined;
  const all = option === undefined ? words : [...words, option];
  return {
    title: 'Write it as a JSON array',
    edits: [replace(argumentsSpan, `[${all.map((word) => JSON.stringify(word)).join(', ')}]`)],
  };
}

/** The option that makes a shell run the command behind it. */
function commandOption(program: string): string | undefined {
  const name = program.slice(Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\')) + 1);
  if (posixShells.has(name)) return '-c';
  if (/^(?:pwsh|powershell)(?:\.exe)?$/i.test(name)) return '-Command';
  return /^cmd(?:\.exe)?$/i.test(name) ? '/C' : undefined;
}
