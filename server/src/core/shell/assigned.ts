// What the text of a script says about its variables: the values that it assigns, and the lists of its loops.
import { once } from '../text/memo';
import type { ShellScript } from './types';

/** `NAME=value` where a command can begin, and after export. The value is text without expansions. */
const assignment =
  /(?:^|[\n;&|({]|\b(?:then|do|else|export|local|readonly)[ \t])[ \t]*([A-Za-z_]\w*)=(?:"([^"$`\\]*)"|'([^']*)'|([^\s;&|<>()$`"'\\]*)(?=[\s;&|)]|$)|())/g;
/** Names that get other values. */
const changed = /\b(?:read|unset|select|getopts)[ \t](?:[ \t]*-\w+[ \t])*[ \t]*([A-Za-z_]\w*)/g;
/** `NAME+=more` */
const extended = /\b([A-Za-z_]\w*)\+=/g;
/** `for NAME in a b;`, where the list is plain text. */
const loop = /\bfor[ \t]+([A-Za-z_]\w*)(?:[ \t]+in[ \t]+([^;&|<>()$`"'\\\n]*)(?=;|\n))?/g;

/** By name; undefined for a variable that a script changes to something that is not known. */
export const assignedIn = once((script: ShellScript): ReadonlyMap<string, string | undefined> => {
  const values = new Map(wordsIn(script));
  for (const [, name = ''] of script.text.matchAll(loop)) values.set(name, undefined);
  return values;
});

/** The same, with all words of a list that a loop goes through, with blanks in between. */
export const wordsIn = once(({ text }: ShellScript): ReadonlyMap<string, string | undefined> => {
  const values = new Map<string, string | undefined>();
  for (const [, name = '', double, single, plain] of text.matchAll(assignment)) {
    const value = double ?? single ?? plain;
    values.set(name, values.has(name) && values.get(name) !== value ? undefined : value);
  }
  for (const [, name = '', list] of text.matchAll(loop))
    values.set(name, values.has(name) ? undefined : list?.trim());
  for (const pattern of [changed, extended])
    for (const [, name = ''] of text.matchAll(pattern)) values.set(name, undefined);
  return values;
});
