// How old the versions are that patterns propose. An old table is a note in the tests and stops a release, never a change:
// no test may turn red by the calendar.
import { readFileSync } from 'node:fs';

const mostDays = 120;
const day = 24 * 60 * 60 * 1000;

/** @returns {string | undefined} what to say of a table that is too old */
export function oldVersions() {
  const { date } = JSON.parse(readFileSync('snippets/versions.json', 'utf8'));
  const days = Math.floor((Date.now() - Date.parse(date)) / day);
  return days > mostDays
    ? `snippets/versions.json is ${days} days old. Renew it: npm run tables -- --versions DIR`
    : undefined;
}
