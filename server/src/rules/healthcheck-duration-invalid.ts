import { stopsHere } from '../core/analysis/text/stops';
import { usedFlags } from '../core/analysis/text/used-flags';
import { removeFlag } from '../core/fixes/remove-flag';
import { defineRule, replace } from '../core/lint/rule';

/**
 * `HEALTHCHECK` takes durations with a unit: `30s`, `1m30s`, `500ms`. The builder stops at a bare number, at a unit that it
 * does not know, and at less than a millisecond.
 *
 * ```dockerfile bad
 * FROM debian:12
 * HEALTHCHECK --interval=«30» --timeout=«10sec» --start-period=«"1 m"» CMD check
 * HEALTHCHECK --interval=«5S» --start-interval=«2min» --retries=«3x» CMD check
 * ```
 * > 30 has no unit, so the build stops here
 * > 10sec is not a duration such as 30s or 1m30s, so the build stops here
 * > 1 m is not a duration such as 30s or 1m30s, so the build stops here
 * > 5S is not a duration such as 30s or 1m30s, so the build stops here
 * > 2min is not a duration such as 30s or 1m30s, so the build stops here
 * > 3x is not a number of retries, so the build stops here
 * ```dockerfile fixed
 * FROM debian:12
 * HEALTHCHECK --interval=30s --timeout=10s --start-period=1m CMD check
 * HEALTHCHECK --interval=5s --start-interval=2m --retries=3 CMD check
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * HEALTHCHECK --interval=«1us» --timeout=«soon» --start-period=«1fortnight» --start-interval=«-5s» --retries=«many» CMD check
 * HEALTHCHECK --interval=«9999999h» CMD check
 * ```
 * > 1us is less than a millisecond, so the build stops here
 * > soon is not a duration such as 30s or 1m30s, so the build stops here
 * > 1fortnight is not a duration such as 30s or 1m30s, so the build stops here
 * > -5s is less than a millisecond, so the build stops here
 * > many is not a number of retries, so the build stops here
 * > 9999999h is longer than the builder can count, so the build stops here
 * Without a value, a flag does nothing:
 * ```dockerfile bad severity="warning"
 * FROM debian:12
 * HEALTHCHECK «--interval=» «--retries=» --timeout=5s CMD check
 * ```
 * > --interval has no value, so the builder takes the default
 * > --retries has no value, so the builder takes the default
 * ```dockerfile fixed
 * FROM debian:12
 * HEALTHCHECK --timeout=5s CMD check
 * ```
 * ```dockerfile good
 * FROM debian:12
 * HEALTHCHECK --interval=1m30s --timeout=1.5s --start-period=0 --start-interval=500ms --retries=0 CMD check
 * HEALTHCHECK --timeout=0s CMD check
 * COPY --link --chown=1 a b
 * ```
 */
export default defineRule({
  id: 'healthcheck-duration-invalid',
  summary: 'A duration or number of HEALTHCHECK cannot be read',
  category: 'syntax',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: [
    'hadolint:DL1000',
    'dockerfile-utils:FLAG_INVALID_DURATION',
    'dockerfile-utils:FLAG_MISSING_DURATION',
    'dockerfile-utils:FLAG_UNKNOWN_UNIT',
    'dockerfile-utils:FLAG_LESS_THAN_1MS',
    'dockerfile-utils:FLAG_AT_LEAST_ONE',
    'dockerfile-utils:INVALID_SYNTAX',
  ],
  mentions: ['healthcheck'],

  *check({ model }) {
    for (const { instruction, flag, info, first } of usedFlags(model)) {
      const { name, value } = flag;
      if (first || !value) continue;
      const text = value.value;
      const isNumber = info?.value === 'number';
      if (info?.value !== 'duration' && !isNumber) continue;
      if (text === '') {
        yield {
          at: flag.span,
          message: `--${name} has no value, so the builder takes the default`,
          severity: 'warning',
          fix: { title: `Remove --${name}=`, edits: [removeFlag(model, flag)] },
        };
        continue;
      }
      const problem = isNumber ? countProblem(text) : durationProblem(text);
      if (problem === undefined) continue;
      const meant = isNumber ? /^[+-]?(\d{1,9})\D*$/.exec(text)?.[1] : meantDuration(text);
      yield {
        at: value.span,
        message: `${problem}, so ${stopsHere(instruction)}`,
        fix:
          meant === undefined
            ? undefined
            : { title: `Write --${name}=${meant}`, edits: [replace(value.span, meant)] },
      };
    }
  },
});

function countProblem(text: string): string | undefined {
  const number = /^[+-]?\d+$/.test(text) ? Number(text) : NaN;
  if (number >= 0 && number <= 0x7fffffff) return undefined;
  return `${text} is not a number of retries`;
}

/** Units of Go in milliseconds. Two signs stand for micro. */
const units: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** Milliseconds in the largest number of nanoseconds. */
const longest = 9.2e12;

function durationProblem(text: string): string | undefined {
  if (/^[+-]?0$/.test(text)) return undefined;
  if (/^[+-]?\d+$/.test(text)) return `${text} has no unit`;
  const parts = text.replace(/^[+-]/, '').match(/(?:\d+\.?\d*|\.\d+)[^\d.]*|[^\d.]+|\./g) ?? [];
  let total = 0;
  for (const part of parts) {
    const [, number, unit = ''] = /^(\d+\.?\d*|\.\d+)(.*)$/.exec(part) ?? [];
    const factor = Object.hasOwn(units, unit) ? units[unit] : undefined;
    if (number === undefined || factor === undefined) return `${text} is not a duration such as 30s or 1m30s`;
    total += Number(number) * factor;
  }
  if (total === 0) return undefined;
  if (total > longest) return `${text} is longer than the builder can count`;
  return text.startsWith('-') || total < 1 ? `${text} is less than a millisecond` : undefined;
}

const written: Readonly<Record<string, string>> = {
  '': 's',
  sec: 's',
  secs: 's',
  second: 's',
  seconds: 's',
  min: 'm',
  mins: 'm',
  minute: 'm',
  minutes: 'm',
  hour: 'h',
  hours: 'h',
  hr: 'h',
  hrs: 'h',
  msec: 'ms',
  millis: 'ms',
  milliseconds: 'ms',
};

/** The duration in Go's units; undefined if a unit is not one that people write. */
function meantDuration(text: string): string | undefined {
  const parts = text.match(/\d+(?:\.\d+)?\s*[a-zµμ]*\s*/gi) ?? [];
  if (parts.length === 0 || parts.join('') !== text) return undefined;
  let meant = '';
  for (const part of parts) {
    const [, number = '', unit = ''] = /^([\d.]+)\s*([a-zµμ]*)\s*$/i.exec(part) ?? [];
    const lower = unit.toLowerCase();
    const right = Object.hasOwn(units, lower)
      ? lower
      : Object.hasOwn(written, lower)
        ? written[lower]
        : undefined;
    if (right === undefined) return undefined;
    meant += number + right;
  }
  return durationProblem(meant) === undefined ? meant : undefined;
}
