// A command as a line to paste, quoted for the shell of the person who pastes it.
import type { Run } from './run';

export type PasteShell = 'posix' | 'powershell' | 'cmd';

/** @param program path or name of a shell, as an editor knows it @returns `posix` for bash, zsh, fish and all others */
export function pasteShell(program: string): PasteShell {
  const name = program.slice(Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\')) + 1).toLowerCase();
  if (/^(?:pwsh|powershell)(?:-preview)?(?:\.exe)?$/.test(name)) return 'powershell';
  return /^cmd(?:\.exe)?$/.test(name) ? 'cmd' : 'posix';
}

export function shellText(
  { tool, args, env }: Pick<Run<unknown, unknown>, 'tool' | 'args' | 'env'>,
  shell: PasteShell = 'posix',
): string {
  const variables = Object.entries(env);
  const words = [tool.program, ...args];
  switch (shell) {
    case 'posix':
      return [
        ...variables.map(([name, value]) => `${name}=${posixWord(value)}`),
        ...words.map(posixWord),
      ].join(' ');
    case 'powershell': {
      const [program = '', ...rest] = words.map(powershellWord);
      const call = [program.startsWith("'") ? `& ${program}` : program, ...rest].join(' ');
      return [...variables.map(([name, value]) => `$env:${name} = ${quoted(value)}`), call].join('; ');
    }
    case 'cmd':
      return [
        ...variables.map(([name, value]) => `set "${name}=${value}"`),
        words.map(cmdWord).join(' '),
      ].join(' && ');
  }
}

/** A word as a shell of POSIX reads it back. */
export function posixWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** A comma makes a list, `@` and `$` begin something else. */
function powershellWord(word: string): string {
  return /^[\w+=:./\\-]+$/.test(word) ? word : quoted(word);
}

/** PowerShell takes the typographic quotes for the plain one. */
function quoted(word: string): string {
  return `'${word.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}

/** In quotes as programs of Windows read them; carets take the meaning of all that cmd would read, also in quotes. */
function cmdWord(word: string): string {
  if (/^[\w@+=:,./\\-]+$/.test(word)) return word;
  let inside = '';
  let slashes = 0;
  for (const character of word) {
    if (character === '\\') {
      slashes += 1;
      continue;
    }
    // Backslashes count twice in front of a quote, and only there.
    inside += '\\'.repeat(character === '"' ? slashes * 2 + 1 : slashes) + character;
    slashes = 0;
  }
  inside += '\\'.repeat(slashes * 2);
  return `"${inside}"`.replace(/[()[\]{}%!^"<>&|;,*? ]/g, '^$&');
}
