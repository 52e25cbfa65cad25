// The user that runs a command: USER of the image, then every program that changes the user (sudo, su, gosu …).
// A user name belongs to the image; whether the user exists there is another question.
import { optionValue } from './options';
import type { GivenValue } from './options';
import type { Command, ShellWord, Wrapper } from '../../shell/types';
import type { Model } from '../../model/model';

export interface CommandUser {
  /** Name or number; undefined if not known, or if the base image decides. */
  readonly name: string | undefined;
  /** Undefined if not known, and on Windows. */
  readonly isRoot: boolean | undefined;
  /** Whether the answer depends on the default of an ARG, which the command line can replace. */
  readonly overridable: boolean;
  /** The program that changed the user last; undefined if USER or the base image decides. */
  readonly by: Wrapper | undefined;
}

/** The user that runs a command. */
export function userOf(model: Model, command: Command): CommandUser {
  return userAfter(model, command, command.wrappers.length);
}

/**
 * The user that runs one of the wrappers of a command, such as `sudo` in `su app -c 'sudo x'`.
 * @param wrapper an element of `command.wrappers`
 */
export function userOfWrapper(model: Model, command: Command, wrapper: Wrapper): CommandUser {
  return userAfter(model, command, Math.max(0, command.wrappers.indexOf(wrapper)));
}

function userAfter(model: Model, { instruction, wrappers }: Command, count: number): CommandUser {
  const { user, isRoot } = model.environmentAt(instruction);
  const base = model.stageOf(instruction)?.base.user;
  let found: CommandUser = {
    name: user ? user.name : base === '' ? 'root' : base,
    isRoot,
    overridable: user?.overridable ?? false,
    by: undefined,
  };
  for (const wrapper of wrappers.slice(0, count)) {
    const change = changers.get(wrapper.program)?.(wrapper.args);
    if (!change) continue;
    // `user:group`, and `#1000` of sudo.
    const name = change.text && /^[#:]?([^:]*)/.exec(change.text)?.[1];
    const becomesRoot = name === undefined ? undefined : name === 'root' || /^0+$/.test(name);
    found = { name, isRoot: becomesRoot, overridable: false, by: wrapper };
  }
  return found;
}

type Args = readonly ShellWord[];

const root: GivenValue = { text: 'root' };

/** The user that each program changes to; undefined if the user stays the same. Sources: the programs' manual pages. */
const changers: ReadonlyMap<string, (args: Args) => GivenValue | undefined> = new Map([
  // With only a group, the user stays the same.
  [
    'sudo',
    (args: Args) =>
      optionValue(args, '-u', '--user') ?? (optionValue(args, '-g', '--group') ? undefined : root),
  ],
  ['doas', (args: Args) => optionValue(args, '-u') ?? root],
  ['su', (args: Args) => loginUser(args)],
  ['runuser', (args: Args) => optionValue(args, '-u', '--user') ?? loginUser(args)],
  ['gosu', (args: Args) => firstOperand(args)],
  ['su-exec', (args: Args) => firstOperand(args)],
  ['setuser', (args: Args) => firstOperand(args)],
  ['setuidgid', (args: Args) => firstOperand(args)],
  ['s6-setuidgid', (args: Args) => firstOperand(args)],
  ['chpst', (args: Args) => optionValue(args, '-u')],
  ['setpriv', (args: Args) => optionValue(args, '--euid') ?? optionValue(args, '--reuid')],
  ['chroot', (args: Args) => optionValue(args, '--userspec')],
]);

/** For programs without options that take values. */
function firstOperand(args: Args): GivenValue | undefined {
  const word = args.find(({ prefix, value }) => !(value ?? prefix).startsWith('-'));
  return word && { text: word.value };
}

const takesValue = /^-(?:\w*[sgGwT]|-(?:shell|group|supp-group|whitelist-environment))$/;

/** The user that su changes to: its first operand, or root. The string of -c is not among the words. */
function loginUser(args: Args): GivenValue {
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at];
    const text = word?.value ?? word?.prefix ?? '';
    if (takesValue.test(text)) at += 1;
    else if (word && !text.startsWith('-')) return { text: word.value };
  }
  return root;
}
