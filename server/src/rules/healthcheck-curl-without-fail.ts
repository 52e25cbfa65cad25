import { defineRule, insertAfter } from '../core/lint/rule';
import type { Fix } from '../core/lint/rule';
import type { Command } from '../core/shell/types';

/**
 * curl succeeds as soon as a server answers, also with the error 500. A health check without `--fail` only finds a program
 * that does not answer at all.
 *
 * ```dockerfile bad
 * FROM nginx:1.29
 * HEALTHCHECK CMD «curl» -s http://localhost/ || exit 1
 * ```
 * > curl takes any answer, so this check passes even when the server answers with an error
 * ```dockerfile fixed
 * FROM nginx:1.29
 * HEALTHCHECK CMD curl -f -s http://localhost/ || exit 1
 * ```
 * ```dockerfile bad
 * FROM nginx:1.29
 * HEALTHCHECK --interval=30s CMD ["«curl»", "-sS", "-o", "/dev/null", "http://localhost:$PORT/"]
 * ```
 * > curl takes any answer, so this check passes even when the server answers with an error
 * ```dockerfile fixed
 * FROM nginx:1.29
 * HEALTHCHECK --interval=30s CMD ["curl", "-f", "-sS", "-o", "/dev/null", "http://localhost:$PORT/"]
 * ```
 * There is no fix inside a string with escapes:
 * ```dockerfile bad
 * FROM nginx:1.29
 * HEALTHCHECK CMD ["sh", "-c", "«curl» -s \"http://localhost/\""]
 * ```
 * > curl takes any answer, so this check passes even when the server answers with an error
 * What reads the answer itself is fine, and so is another protocol:
 * ```dockerfile good
 * FROM nginx:1.29
 * HEALTHCHECK CMD curl -fsS http://localhost/
 * FROM nginx:1.29
 * HEALTHCHECK CMD curl --fail-with-body http://localhost/
 * FROM nginx:1.29
 * HEALTHCHECK CMD curl -s http://localhost/ | grep -q ok
 * FROM nginx:1.29
 * HEALTHCHECK CMD test "$(curl -s -o /dev/null -w '%{http_code}' http://localhost/)" = 200
 * FROM nginx:1.29
 * HEALTHCHECK CMD curl -s -o /tmp/state http://localhost/ && grep -q ok /tmp/state
 * FROM redis:8
 * HEALTHCHECK CMD curl -s telnet://localhost:6379
 * FROM nginx:1.29
 * HEALTHCHECK CMD curl $OPTIONS http://localhost/
 * FROM nginx:1.29
 * HEALTHCHECK NONE
 * ```
 */
export default defineRule({
  id: 'healthcheck-curl-without-fail',
  summary: 'The health check passes even when the server answers with an error',
  category: 'runtime',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [],
  mentions: ['healthcheck'],

  *check({ model }) {
    for (const check of model.instructionsOf('HEALTHCHECK')) {
      for (const command of model.commandsOf(check)) {
        if (command.program !== 'curl' || !takesAnyAnswer(command)) continue;
        // Another program may look at what curl wrote.
        if (command.after === '&&') continue;
        yield {
          at: command.name.span,
          message: 'curl takes any answer, so this check passes even when the server answers with an error',
          fix: failing(command),
        };
      }
    }
  },
});

function takesAnyAnswer({ args, nesting, pipeline, redirects }: Command): boolean {
  if (nesting.length > 0 || pipeline || redirects.length > 1 || args.length === 0) return false;
  return args.every(({ value, text }) => {
    if (value === undefined) return !/^["']?\$/.test(text);
    if (/^--(?:fail|write-out|config)|^-K/.test(value)) return false;
    if (/^-[A-Za-z]+$/.test(value)) return !/[fwK]/.test(value);
    return !/^[a-z]+:\/\//i.test(value) || /^https?:/i.test(value);
  });
}

function failing({ name, editable, instruction }: Command): Fix | undefined {
  if (!editable) return undefined;
  const title = 'Let curl fail with --fail';
  if (!instruction.json) return { title, edits: [insertAfter(name.span, ' -f')] };
  const quote = { start: name.span.start, end: name.span.end + 1 };
  return { title, edits: [insertAfter(quote, ', "-f"')] };
}
