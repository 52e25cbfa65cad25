// The types that a schema gives to labels, and how the value of each type looks. A schema is hadolint's `label-schema`.
import { isLicenseExpression, licenseMeant } from './spdx';

export type LabelType = 'text' | 'url' | 'rfc3339' | 'spdx' | 'hash' | 'semver' | 'email';

/** A type whose values have a form. */
export interface LabelForm {
  /** As in "the label VERSION is not …". */
  readonly called: string;
  /** Whether a value has the form. */
  readonly fits: (value: string) => boolean;
  /** A value of the form that certainly means the same; undefined if there is none. */
  readonly repaired?: (value: string) => string | undefined;
}

/** RFC 3986: a scheme, and what it allows behind it. */
const url = /^[a-z][a-z\d+.-]*:[^\s<>"{}|\\^`]+$/i;
const date = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const time = /^(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?$/;
const zone = /(?:z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i;
const number = '(?:0|[1-9]\\d*)';
const semver = new RegExp(
  `^${number}\\.${number}\\.${number}(?:-(?:${number}|\\d*[a-z-][\\da-z-]*)(?:\\.(?:${number}|\\d*[a-z-][\\da-z-]*))*)?(?:\\+[\\da-z-]+(?:\\.[\\da-z-]+)*)?$`,
  'i',
);
const email = /^[^\s@<>()[\],;:"\\]+@[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)+$/i;

export const labelForms = {
  url: {
    called: 'a URL',
    fits: (value) => url.test(value),
    repaired: (value) =>
      /^[a-z\d-]+(?:\.[a-z\d-]+)+(?:\/\S*)?$/i.test(value) ? `https://${value}` : undefined,
  },
  rfc3339: {
    called: 'a time as in RFC 3339',
    fits: isTime,
    repaired(value) {
      const withTime = date.test(value) ? `${value}T00:00:00` : value.trim().replace(/^(\S{10})\s+/, '$1T');
      const whole = zone.test(withTime) ? withTime : `${withTime}Z`;
      return isTime(whole) ? whole : undefined;
    },
  },
  spdx: {
    called: 'an SPDX license expression',
    fits: isLicenseExpression,
    repaired: licenseMeant,
  },
  hash: {
    called: 'the hash of a Git commit',
    fits: (value) => /^(?:[\da-f]{7,40}|[\da-f]{64})$/.test(value),
    repaired: (value) => (/^(?:[\da-f]{7,40}|[\da-f]{64})$/i.test(value) ? value.toLowerCase() : undefined),
  },
  semver: {
    called: 'a semantic version',
    fits: (value) => semver.test(value),
    repaired(value) {
      const [, numbers = '', rest = ''] = /^v?(\d+(?:\.\d+){0,2})((?:[-+].*)?)$/i.exec(value) ?? [];
      const whole = [...numbers.split('.'), '0', '0'].slice(0, 3).join('.') + rest;
      return semver.test(whole) ? whole : undefined;
    },
  },
  email: {
    called: 'an email address',
    fits: (value) => email.test(value),
    repaired(value) {
      const address = /<([^<>]+)>\s*$/.exec(value)?.[1] ?? value.trim().replace(/^mailto:/i, '');
      return email.test(address) ? address : undefined;
    },
  },
} satisfies Readonly<Record<string, LabelForm>>;

function isTime(value: string): boolean {
  const [, day = '', rest = ''] = /^(\S{10})t(\S+)$/i.exec(value) ?? [];
  return date.test(day) && zone.test(rest) && time.test(rest.replace(zone, ''));
}

/** What a key of a label consists of, by Docker's guidelines for labels. */
export function isLabelKey(key: string): boolean {
  return /^[a-z](?:[a-z\d./_-]*[a-z\d])?$/.test(key) && !/\.\.|--/.test(key);
}

/** Keys that Docker keeps for itself. */
const reserved = /^(?:com\.docker|io\.docker|org\.dockerproject)\./;
/** Those that Docker asks others to set: for extensions of Docker Desktop. */
const reservedForOthers = /^com\.docker\.(?:desktop\.)?extension\./;

/** Whether Docker keeps a key for itself. */
export function isReservedKey(key: string): boolean {
  return reserved.test(key) && !reservedForOthers.test(key);
}

/** The key with what it must not hold replaced; undefined if nothing usable is left. */
export function validKey(key: string): string | undefined {
  const made = key
    .toLowerCase()
    .replaceAll(/[^a-z\d./_-]+/g, '-')
    .replaceAll(/\.{2,}/g, '.')
    .replaceAll(/-{2,}/g, '-')
    .replace(/^[^a-z]+/, '');
  let end = made.length;
  while (end > 0 && !/[a-z\d]/.test(made.charAt(end - 1))) end -= 1;
  const usable = made.slice(0, end);
  return isLabelKey(usable) && !reserved.test(usable) ? usable : undefined;
}
