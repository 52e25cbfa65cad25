// What is known of the findings of ShellCheck by their numbers. Its program has the messages. Sources: its wiki, and what
// ShellCheck 0.9.0 and hadolint 2.15.1 print.

/** The first and the last number of each series: reading, meaning, and what a plain POSIX shell does not have. */
const series = [
  [1000, 1150],
  [2000, 2340],
  [3001, 3062],
] as const;

/** `SC1000`, `SC1001`, … */
export const shellCheckIds: readonly string[] = series.flatMap(([first, last]) =>
  Array.from({ length: last - first + 1 }, (_, at) => `SC${first + at}`),
);

const known: ReadonlySet<string> = new Set(shellCheckIds);

/** Whether it is a number that ShellCheck may have, with `SC` in front. */
export function isShellCheckId(name: string): boolean {
  return known.has(name);
}

/** The page about a finding. @param id such as `SC2086` */
export function shellCheckPage(id: string): string {
  return `https://www.shellcheck.net/wiki/${id}`;
}

/**
 * Findings that say nothing about a Dockerfile. hadolint leaves out the same.
 * 1009, 1073: where the construct begins that 1072 finds broken.
 * 1090, 1091: a file that `.` reads lies in the image, where ShellCheck cannot look.
 * 2187: ShellCheck reads a script for ash as one for dash.
 */
export const unwantedCodes: ReadonlySet<number> = new Set([1009, 1073, 1090, 1091, 2187]);

/**
 * What the ash of BusyBox has, or has in part, although a POSIX shell need not: ShellCheck before 0.10 takes it for dash.
 * Source: runs of BusyBox 1.35. 3003: $' '; 3010: [[ ]]; 3012: \\<; 3013: -ef, -nt; 3014: ==; 3018: ++; 3019: **; 3020, 3021: &>, >&;
 * 3026: [^a]; 3028: RANDOM and others; 3036, 3037: flags of echo; 3038: exec -a; 3039: let; 3040: pipefail; 3043: local;
 * 3045: flags of read and others; 3046, 3051: source; 3047, 3048: ERR, SIGINT in trap; 3057: ${x:1:2}; 3060: ${x/a/b}; 3061: read alone.
 */
export const codesOfAsh: ReadonlySet<number> = new Set([
  3001, 3003, 3010, 3012, 3013, 3014, 3018, 3019, 3020, 3021, 3026, 3028, 3036, 3037, 3038, 3039, 3040, 3043,
  3045, 3046, 3047, 3048, 3051, 3057, 3060, 3061,
]);

/**
 * Warnings that matter to few steps of a build, whose files the author knows. 2046: an unquoted $(…); 2010: `ls | grep`;
 * 2038: find and xargs without -print0; 2043: a loop over one word; 2155: export A=$(…), where a failure is not seen.
 */
export const tasteCodes: ReadonlySet<number> = new Set([2010, 2038, 2043, 2046, 2155]);

/** Whether the finding is only that a plain POSIX shell lacks something, which other shells have. 2112, 2113: `function`. */
export function isBeyondPlainSh(code: number): boolean {
  return code >= 3000 || code === 2112 || code === 2113;
}

/** The number that ShellCheck gives the same thing in a script for a plain sh, where that is another one. */
export const codeInPlainSh: ReadonlyMap<number, number> = new Map([[3036, 3037]]);

/** What a fix of ShellCheck does, by its number. @returns undefined for one without a name of its own */
export function shellCheckFixTitle(code: number): string | undefined {
  return titles.get(code);
}

const titles: ReadonlyMap<number, string> = new Map([
  [2006, 'Write $(…) instead of backticks'],
  [2046, 'Put it in double quotes'],
  [2086, 'Put it in double quotes'],
  [2164, 'Stop where cd fails'],
]);
