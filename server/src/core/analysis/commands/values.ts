// The values of variables in the words of a command: what its script assigns, else ENV and ARG of the file.
import type { Model } from '../../model/model';
import type { Command, ShellScript } from '../../shell/types';
import { once } from '../../text/memo';

/** `NAME=value` where a command can begin, and after export. The value is text without expansions. */
const assignment =
  /(?:^|[\n;&|({]|\b(?:then|do|else|export|local|readonly)[ \t])[ \t]*([A-Za-z_]\w*)=(?:"([^"$`\\]*)"|'([^']*)'|([^\s;&|<>()$`"'\\]*)(?=[\s;&|)]|$)|())/g;
/** Names that get other values. */
const changed = /\b(?:for|read|unset|select|getopts)[ \t](?:[ \t]*-\w+[ \t])*[ \t]*([A-Za-z_]\w*)/g;

/** By name; undefined for a variable that a script changes to something that is not known. */
const assignedIn = once(({ text }: ShellScript): ReadonlyMap<string, string | undefined> => {
  const values = new Map<string, string | undefined>();
  for (const [, name = '', double, single, plain] of text.matchAll(assignment)) {
    const value = double ?? single ?? plain;
    values.set(name, values.has(name) && values.get(name) !== value ? undefined : value);
  }
  for (const [, name = ''] of text.matchAll(changed)) values.set(name, undefined);
  return values;
});

/**
 * The value of a variable in the words of a command. The default of an ARG counts as its value.
 * @returns undefined if it is not known
 */
export function valueFor(model: Model, { script, instruction }: Command, name: string): string | undefined {
  const own = script && assignedIn(script);
  return own?.has(name) ? own.get(name) : model.environmentAt(instruction).variables.get(name)?.value;
}
