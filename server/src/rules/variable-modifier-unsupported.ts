import { expandedReferences } from '../core/analysis/symbols/variable-names';
import { stopsHere } from '../core/analysis/text/stops';
import { defineRule, replace } from '../core/lint/rule';
import type { Fix } from '../core/lint/rule';
import type { VariableReference } from '../core/syntax/nodes';

/**
 * Outside of commands the builder itself puts in variables. It knows `:-`, `-`, `:+`, `+`, `:?`, `?`, `#`, `##`, `%`, `%%`,
 * `/` and `//`, and stops at what else a shell knows.
 *
 * ```dockerfile bad
 * FROM debian:12
 * ARG NAME=app
 * ENV APP=«${NAME:=app}» UPPER=«${NAME^^}» PART="«${NAME:0:3}»"
 * COPY --chown=«${NAME,,}» ${NAME:-«${NAME@Q}»} /srv/
 * COPY <<EOF /etc/motd
 * «${NAME!}»
 * EOF
 * ```
 * > Only a shell knows ${NAME:=app}, so the build stops here
 * > Only a shell knows ${NAME^^}, so the build stops here
 * > Only a shell knows ${NAME:0:3}, so the build stops here
 * > Only a shell knows ${NAME,,}, so the build stops here
 * > Only a shell knows ${NAME@Q}, so the build stops here
 * > Only a shell knows ${NAME!}, so the build stops here
 * ```dockerfile fixed
 * FROM debian:12
 * ARG NAME=app
 * ENV APP=${NAME:-app} UPPER=${NAME^^} PART="${NAME:0:3}"
 * COPY --chown=${NAME,,} ${NAME:-${NAME@Q}} /srv/
 * COPY <<EOF /etc/motd
 * ${NAME!}
 * EOF
 * ```
 * ```dockerfile good
 * FROM debian:12
 * ARG NAME=app
 * ENV Z=${NAME} A=${NAME:-a} B=${NAME-a} C=${NAME:+a} D=${NAME+a} E=${NAME:?a} F=${NAME?a}
 * ENV A=${NAME#a} B=${NAME##a} C=${NAME%a} D=${NAME%%a} E=${NAME/a/b} F=${NAME//a/b} G='${NAME^^}'
 * RUN echo ${NAME^^}
 * COPY <<'EOF' /etc/motd
 * ${NAME^^}
 * EOF
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * ARG NAME=app
 * ENV A=«${NAME#\a}» B=«${NAME/\./-}» C=${NAME%\*} D=${NAME/\//\.}
 * ```
 * > A backslash in the pattern of ${NAME#\a} can only protect * ? and \, so the build stops here
 * > A backslash in the pattern of ${NAME/\./-} can only protect * ? and \, so the build stops here
 * ```dockerfile good
 * FROM debian:12
 * ```
 */
export default defineRule({
  id: 'variable-modifier-unsupported',
  summary: 'A variable has a modifier that only a shell knows',
  category: 'syntax',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['dockerfile-utils:UNSUPPORTED_MODIFIER'],

  *check({ model }) {
    if (!model.file.text.includes('${')) return;
    for (const instruction of model.instructions) {
      if (!instruction.line.text.includes('${') && instruction.heredocs.length === 0) continue;
      for (const variable of expandedReferences(model, instruction)) {
        const { modifier, span } = variable;
        if (modifier === undefined) continue;
        const known = supported.has(modifier);
        if (known && isPattern.test(modifier) && hasWrongEscape(variable))
          yield {
            at: span,
            message: `A backslash in the pattern of ${model.document.slice(span)} can only protect * ? and \\, so ${stopsHere(instruction)}`,
          };
        if (known) continue;
        yield {
          at: span,
          message: `Only a shell knows ${model.document.slice(span)}, so ${stopsHere(instruction)}`,
          fix: modifier === ':=' ? useDefault(variable) : undefined,
        };
      }
    }
  },
});

const supported: ReadonlySet<string> = new Set([
  ':-',
  '-',
  ':+',
  '+',
  ':?',
  '?',
  '#',
  '##',
  '%',
  '%%',
  '/',
  '//',
]);

const isPattern = /^[#%/]/;

/** Whether a pattern has a backslash in front of something that needs none; for `/` the pattern ends at the next one. */
function hasWrongEscape({ modifier, operand = '' }: VariableReference): boolean {
  const rest = operand.replaceAll(/\\[*?\\}/]/g, '');
  return (modifier?.startsWith('/') ? rest.slice(0, rest.indexOf('/')) : rest).includes('\\');
}

function useDefault({ nameSpan }: VariableReference): Fix {
  const at = { start: nameSpan.end, end: nameSpan.end + ':='.length };
  return { title: 'Change := to :-', edits: [replace(at, ':-')] };
}
