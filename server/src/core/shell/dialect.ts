// Finds out which shell reads a script. Other interpreters are recognised, so that nothing reads them as POSIX shell.
import type { BaseImage } from '../knowledge/images/base-image';
import { baseName } from '../text/paths';
import type { Dialect, ShellInForce } from './types';

const dialects: ReadonlyMap<string, Dialect> = new Map([
  ['sh', 'posix'],
  ['bash', 'bash'],
  ['rbash', 'bash'],
  ['dash', 'dash'],
  ['ash', 'ash'],
  ['zsh', 'zsh'],
  ['ksh', 'ksh'],
  ['mksh', 'ksh'],
  ['ksh93', 'ksh'],
  ['cmd', 'cmd'],
  ['powershell', 'powershell'],
  ['pwsh', 'powershell'],
]);

/** Last part of a path with slashes or backslashes, in lower case, without `.exe`. */
function programNamed(path: string): string {
  return baseName(path.replaceAll('\\', '/'))
    .toLowerCase()
    .replace(/\.exe$/, '');
}

/** The dialect of a base name, where `sh` is of unknown kind; undefined if it is not a known shell. */
export function dialectNamed(name: string): Dialect | undefined {
  return dialects.get(name);
}

/**
 * The dialect of a program; undefined if it is not a known shell.
 * @param program name or path
 * @param sh the dialect of /bin/sh in the image, if known
 */
export function dialectOfProgram(program: string, sh: Dialect = 'posix'): Dialect | undefined {
  const name = programNamed(program);
  return name === 'sh' ? sh : dialects.get(name);
}

/**
 * The shell that the words of SHELL start. The shell may stand after a launcher
 * (`["conda", "run", "-n", "env", "/bin/bash", "-c"]`): the first word that names one counts.
 * @param words the words of SHELL; undefined if no SHELL is in force and the default is not known
 * @param base the shell that the image is known to run as /bin/sh
 */
export function shellInForce(words: readonly string[] | undefined, base: BaseImage['shell']): ShellInForce {
  const sh = base === 'dash' || base === 'ash' || base === 'bash' ? base : 'posix';
  if (!words?.length) {
    const dialect = base === 'cmd' || base === 'powershell' ? base : sh;
    return { dialect, ...noOptions, sh };
  }
  const at = words.findIndex((word) => dialects.has(programNamed(word)));
  const dialect = at < 0 ? 'other' : (dialectOfProgram(words[at] ?? '', sh) ?? 'other');
  const options = isReadable(dialect) ? startOptions(words.slice(at + 1)) : noOptions;
  // dash has no such option.
  return { dialect, ...options, pipefail: options.pipefail && dialect !== 'dash', sh };
}

const noOptions = { errexit: false, pipefail: false };

/** The options that `-e`, `-o NAME` and their clusters (`-euxo pipefail`) before `-c` switch on. */
export function startOptions(words: readonly (string | undefined)[]): {
  errexit: boolean;
  pipefail: boolean;
} {
  let errexit = false;
  let pipefail = false;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word?.startsWith('--') && word.length > 2) continue;
    if (word === undefined || !/^-[A-Za-z]+$/.test(word)) break;
    if (word.includes('e')) errexit = true;
    if (word.endsWith('o')) {
      at += 1;
      if (words[at] === 'pipefail') pipefail = true;
      if (words[at] === 'errexit') errexit = true;
    }
    if (word.includes('c')) break;
  }
  return { errexit, pipefail };
}

/**
 * The interpreter that the first line of a heredoc body names: BuildKit writes a body with `#!` into a file and
 * runs that (dispatchRun in dockerfile2llb).
 * @param sh the dialect of /bin/sh in the image
 * @returns undefined without a `#!` line
 */
export function shellOfShebang(body: string, sh: Dialect): ShellInForce | undefined {
  if (!body.startsWith('#!')) return undefined;
  const words = (/^#!([^\n]*)/.exec(body)?.[1] ?? '').trim().split(/\s+/);
  if (programNamed(words[0] ?? '') === 'env') {
    words.shift();
    while (words[0]?.startsWith('-') || words[0]?.includes('=')) words.shift();
  }
  const dialect = dialectOfProgram(words[0] ?? '', sh) ?? 'other';
  return { dialect, ...(isReadable(dialect) ? startOptions(words.slice(1)) : noOptions), sh };
}

/** Whether scripts of the dialect are read into commands. */
export function isReadable(dialect: Dialect): boolean {
  return dialect !== 'cmd' && dialect !== 'powershell' && dialect !== 'other';
}
