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
 * ENV A=${NAME:-a} B=${NAME-a} C=${NAME:+a} D=${NAME+a} E=${NAME:?a} F=${NAME?a}
 * ENV A=${NAME#a} B=${NAME##a} C=${NAME%a} D=${NAME%%a} E=${NAME/a/b} F=${NAME//a/b} G='${NAME^^}'
 * RUN echo ${NAME^^}
 * COPY <<'EOF' /etc/motd
 * ${NAME^^}
 * EOF
 * ```
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
        if (modifier === undefined || supported.has(modifier)) continue;
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

function useDefault({ nameSpan }: VariableReference): Fix {
  const at = { start: nameSpan.end, end: nameSpan.end + ':='.length };
  return { title: 'Change := to :-', edits: [replace(at, ':-')] };
}
