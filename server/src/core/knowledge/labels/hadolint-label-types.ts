// How the value of each type of label looks for hadolint. Source: what hadolint 2.15.1 answers.
import type { labelForms } from './label-types';
import { isLicenseForHadolint } from './spdx';

/** What every part of a URL may hold, by RFC 3986. */
const plain = "[\\w.~!$&'()*+,;=-]|%[\\da-f]{2}";
const address = '\\[(?!.*::.*::)(?:[\\da-f]{0,4}:){2,7}[\\da-f.]*\\]';
const authority = `(?:(?:${plain}|:)*@)?(?:${address}|(?:${plain})*)(?::\\d*)?`;
const path = `(?:${plain}|[:@/])*`;
const query = `(?:${plain}|[:@/?])*`;
const url = new RegExp(
  `^[a-z][a-z\\d+.-]*:(?://${authority}(?:/${path})?|(?!//)${path})(?:\\?${query})?(?:#${query})?$`,
  'i',
);

const dateAndTime =
  /^ *(\d+)-(\d\d)-(\d\d)t(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d*)?(?:z|[+-]\d\d:?\d\d) *$/i;

const identifiers = '(?:[\\da-z-]+(?:\\.[\\da-z-]+)*\\.?)?';
const version = new RegExp(`^\\d+\\.\\d+\\.\\d+(?:-${identifiers})?(?:\\+${identifiers})?$`, 'i');

const word = String.raw` *(?:[\w!#$%&'*+/=?^\x60{|}~-]+|"(?:[^"\\]|\\.)*") *`;
const mailbox = new RegExp(`^${word}(?:\\.${word})*$`);
const host =
  /^ *(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*\.?|\[[^[\]\\]*\]) *$/i;

/** Whether a value has the form of a type. */
export const fitsForHadolint: Readonly<Record<keyof typeof labelForms, (value: string) => boolean>> = {
  url: (value) => url.test(value),
  rfc3339: isTime,
  spdx: (value) => isLicenseForHadolint(value.trimEnd()),
  hash: (value) => /^(?:[\da-f]{7}|[\da-f]{40})$/.test(value),
  semver: (value) => version.test(value),
  email: isAddress,
};

function isTime(value: string): boolean {
  const [year = 0, month = 0, day = 0] = (dateAndTime.exec(value) ?? []).slice(1).map(Number);
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day > 0 && day <= days;
}

/** RFC 5322, with comments, and without a dot in the host. */
function isAddress(value: string): boolean {
  const bare = value.replaceAll(/\([^()]*\)/g, '');
  const at = bare.lastIndexOf('@');
  if (at < 1 || at > 64 || bare.length - at > 254) return false;
  return mailbox.test(bare.slice(0, at)) && host.test(bare.slice(at + 1));
}
