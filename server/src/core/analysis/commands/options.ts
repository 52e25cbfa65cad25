// Options among the words of a wrapper: `sudo -Eu app`, `env --chdir=/x`.
import type { ShellWord } from '../../shell/types';

/** The value of an option; its text is undefined if it contains an expansion. */
export interface GivenValue {
  readonly text: string | undefined;
}

/**
 * The value of an option, in the same word or in the next one. The last one counts.
 * @param names with their dashes: `-u`, `--user`
 */
export function optionValue(args: readonly ShellWord[], ...names: readonly string[]): GivenValue | undefined {
  let found: GivenValue | undefined;
  args.forEach(({ value, prefix }, at) => {
    const text = value ?? prefix;
    for (const name of names) {
      if (takesNext(text, name)) found = { text: args[at + 1]?.value };
      else if (text.startsWith(name.startsWith('--') ? `${name}=` : name))
        found = { text: value?.slice(name.length).replace(/^=/, '') };
    }
  });
  return found;
}

/** `-u`, `--user` and `-Eu`: the value is the next word. */
function takesNext(text: string, name: string): boolean {
  if (text === name || name.startsWith('--')) return text === name;
  return /^-[A-Za-z]+$/.test(text) && !text.startsWith(name) && text.endsWith(name.slice(1));
}
