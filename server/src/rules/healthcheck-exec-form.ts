import { defineRule, remove, replace } from '../core/lint/rule';
import { isList } from '../core/families/hadolint-commands';
import type { Fix } from '../core/lint/rule';
import { execFormWords } from '../core/shell/exec-form-words';
import type { Command, ShellScript } from '../core/shell/types';

/**
 * A check in shell form starts a shell each time, and fails for good on an image without one.
 *
 * ```dockerfile bad
 * FROM alpine:3.20
 * «HEALTHCHECK» --interval=10s CMD wget -q --spider \
 *   http://localhost:8080/
 * ```
 * > A shell starts this check for no reason, each time it runs
 * ```dockerfile fixed
 * FROM alpine:3.20
 * HEALTHCHECK --interval=10s CMD ["wget", "-q", "--spider", \
 *   "http://localhost:8080/"]
 * ```
 * Every status but 0 means the same, so the fix drops `|| exit 1`:
 * ```dockerfile bad
 * FROM nginx:1.29
 * «HEALTHCHECK» CMD curl -f http://localhost/ || exit 1
 * ```
 * > A shell starts this check for no reason, each time it runs
 * ```dockerfile fixed
 * FROM nginx:1.29
 * HEALTHCHECK CMD ["curl", "-f", "http://localhost/"]
 * ```
 * What needs a shell gets no fix:
 * ```dockerfile bad
 * FROM alpine:3.20
 * «HEALTHCHECK» CMD wget -q -O - http://localhost:$PORT/ || exit 1
 * «HEALTHCHECK» CMD wget -q -O - http://localhost/ | grep ok
 * ```
 * > A shell starts this check, each time it runs
 * An image without a shell has a rule of its own:
 * ```dockerfile good
 * FROM alpine:3.20
 * HEALTHCHECK CMD ["/app", "--ping"]
 * HEALTHCHECK NONE
 * FROM scratch
 * HEALTHCHECK CMD /app --ping
 * ```
 */
export default defineRule({
  id: 'healthcheck-exec-form',
  summary: 'A shell starts the check for no reason',
  category: 'runtime',
  severity: 'hint',
  enabled: false,
  profiles: ['strict'],
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3025'],
  mentions: ['healthcheck'],
  *check({ model }) {
    for (const instruction of model.instructionsOf('HEALTHCHECK')) {
      const { json, words, keywordSpan } = instruction;
      const script = model.scriptsOf(instruction)[0];
      if (json || words.length < 2 || !script) continue;
      if (model.stageOf(instruction)?.base.shell === 'none') continue;
      const fix = execForm(script);
      const why = fix ? ' for no reason' : '';
      yield { at: keywordSpan, message: `A shell starts this check${why}, each time it runs`, fix };
    }
  },

  *hadolint({ model }) {
    for (const one of model.instructionsOf('HEALTHCHECK')) {
      const [cmd, ...more] = one.words;
      if (cmd && more.length > 0 && !one.onbuild && !isList(one, cmd.logical.end))
        yield { at: one.keywordSpan, message: 'A shell starts this check' };
    }
  },
});

/** Word by word, so that lines stay as they are. Undefined if the check needs its shell. */
function execForm(script: ShellScript): Fix | undefined {
  const [command, exit] = script.commands;
  const tail = exit && endsWithExit(script) ? exit : undefined;
  const last = command?.words.at(-1);
  if (!command?.editable || !last || !(tail ? needsNoShell(command) : execFormWords(script)))
    return undefined;
  const edits = command.words.map((word) => {
    const text = (word === command.words[0] ? '[' : '') + JSON.stringify(word.value);
    return replace(word.span, text + (word === last ? ']' : ','));
  });
  if (tail) edits.push(remove({ start: last.span.end, end: tail.span.end }));
  return { title: 'Change HEALTHCHECK to exec form', edits };
}

/** `command || exit 1` and nothing else. */
function endsWithExit({ lists, commands, valid, text }: ShellScript): boolean {
  const isPair = valid && lists.length === 1 && lists[0]?.joints.join() === '||' && commands.length === 2;
  return isPair && / exit 1\s*$/.test(text);
}

function needsNoShell({ words, redirects, assignments, negated, nesting }: Command): boolean {
  return (
    words.every(({ value, text }) => value !== undefined && !/^~|[=:]~/.test(text)) &&
    redirects.length + assignments.length + nesting.length === 0 &&
    !negated
  );
}
