import { stopsHere } from '../core/analysis/text/stops';
import { defineRule, replace } from '../core/lint/rule';
import type { Fix, Instruction } from '../core/lint/rule';
import { nearest } from '../core/text/nearest';

/**
 * `HEALTHCHECK` takes `CMD` and a command, or `NONE`. The builder stops at anything else.
 *
 * ```dockerfile bad
 * FROM debian:12
 * HEALTHCHECK --interval=5s «curl» -f http://localhost/
 * HEALTHCHECK «CDM» curl -f http://localhost/
 * HEALTHCHECK «["/app/check"]»
 * ```
 * > HEALTHCHECK needs CMD or NONE in front of curl, so the build stops here
 * > HEALTHCHECK needs CMD or NONE in front of CDM, so the build stops here
 * > HEALTHCHECK needs CMD or NONE in front of ["/app/check"], so the build stops here
 * ```dockerfile fixed
 * FROM debian:12
 * HEALTHCHECK --interval=5s CMD curl -f http://localhost/
 * HEALTHCHECK CMD curl -f http://localhost/
 * HEALTHCHECK CMD ["/app/check"]
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * HEALTHCHECK --interval=5s «CMD»
 * HEALTHCHECK «CMD» []
 * HEALTHCHECK --interval=1m «30s» CMD check
 * ```
 * > HEALTHCHECK needs a command after CMD, so the build stops here
 * > HEALTHCHECK needs a command after CMD, so the build stops here
 * > HEALTHCHECK needs CMD or NONE in front of 30s, so the build stops here
 * ```dockerfile good
 * FROM debian:12
 * HEALTHCHECK --interval=5s CMD curl -f http://localhost/
 * HEALTHCHECK NONE
 * HEALTHCHECK cmd ["/app/check"]
 * HEALTHCHECK
 * ```
 */
export default defineRule({
  id: 'healthcheck-form-invalid',
  summary: 'HEALTHCHECK has neither CMD with a command nor NONE',
  category: 'syntax',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [
    'hadolint:DL1000',
    'dockerfile-utils:UNKNOWN_TYPE',
    'dockerfile-utils:HEALTHCHECK_CMD_ARGUMENT_MISSING',
  ],
  mentions: ['healthcheck'],

  *check({ model }) {
    for (const instruction of model.instructionsOf('HEALTHCHECK')) {
      const { words, json } = instruction;
      const [form, command] = words;
      const kind = form?.raw.toUpperCase();
      if (!form || kind === 'NONE') continue;
      if (kind !== 'CMD')
        yield {
          at: form.span,
          message: `HEALTHCHECK needs CMD or NONE in front of ${form.raw}, so ${stopsHere(instruction)}`,
          fix: insertForm(instruction),
        };
      else if (!command || json?.length === 0)
        yield {
          at: form.span,
          message: `HEALTHCHECK needs a command after CMD, so ${stopsHere(instruction)}`,
        };
    }
  },

  *hadolint({ model }) {
    for (const { words } of model.instructionsOf('HEALTHCHECK')) {
      const [form, command] = words;
      const kind = form?.raw.toUpperCase();
      if (form && kind !== 'NONE' && (kind !== 'CMD' || !command))
        yield { at: form.span, message: 'HEALTHCHECK needs CMD and a command, or NONE' };
    }
  },
});

/** Undefined where the form stands further right, behind something else. */
function insertForm({ words }: Instruction): Fix | undefined {
  const [form, ...more] = words;
  if (!form || more.some(({ raw }) => /^(?:CMD|NONE)$/i.test(raw))) return undefined;
  const isTypo = /^[a-z]{3,5}$/i.test(form.raw) && nearest(form.raw.toUpperCase(), ['CMD']) !== undefined;
  return isTypo
    ? { title: `Change ${form.raw} to CMD`, edits: [replace(form.span, 'CMD')] }
    : {
        title: 'Add CMD',
        edits: [{ start: form.span.start, end: form.span.start, text: 'CMD ' }],
      };
}
