// Which lines of Node.js NodeSource never published for a release of a distribution. It adds a line to the suites that
// there are until the line's end of life, and since line 16 publishes one suite for all releases.
// Sources: the maintainers in nodesource/distributions, issues 1331 and 1258; the schedule in nodejs/Release; the
// months in which development of Debian and Ubuntu releases began.
import type { Release } from '../images/releases';

/** The end of life of the lines that have a suite for each release, as year and month. */
const endOfLife: ReadonlyMap<string, string> = new Map([
  ['0.10', '2016-10'],
  ['0.12', '2016-12'],
  ['4', '2018-04'],
  ['5', '2016-06'],
  ['6', '2019-04'],
  ['7', '2017-06'],
  ['8', '2019-12'],
  ['9', '2018-06'],
  ['10', '2021-04'],
  ['11', '2019-06'],
  ['12', '2022-04'],
  ['13', '2020-06'],
  ['14', '2023-04'],
  ['15', '2021-06'],
]);

/** When the development of a release began, before which there was no suite for it. */
const begun: ReadonlyMap<string, string> = new Map([
  ['buster', '2017-06'],
  ['bullseye', '2019-07'],
  ['bookworm', '2021-08'],
  ['trixie', '2023-06'],
  ['bionic', '2017-10'],
  ['focal', '2019-10'],
  ['jammy', '2021-10'],
  ['noble', '2023-10'],
]);

/** The oldest line that every release has. */
export const oldestForAll = '16';

/** Whether NodeSource certainly has no packages of a line for a release. @param line `10`, `0.12` */
export function lacksNodeLine({ name }: Release, line: string): boolean {
  const end = endOfLife.get(line);
  const start = begun.get(name);
  return end !== undefined && start !== undefined && end < start;
}
