// Who runs a command: USER of the image, then whatever changes the user on the way to it (sudo, su, gosu …).
// A user's name is a name of the image; whether it exists there is another question.
import { optionValue } from './options';
import type { GivenValue } from './options';
import type { Command, ShellWord, Wrapper } from '../../shell/types';
import type { Model } from '../../model/model';

export interface CommandUser {
  /** Name or number; undefined where it is not known, and where the base image decides which one it is. */
  readonly name: string | undefined;
  /** Undefined where it is not known, and on Windows. */
  readonly isRoot: boolean | undefined;
  /** Whether the answer rests on the default of an ARG, which the command line may replace. */
  readonly overridable: boolean;
  /** The program that changed the user last; undefined where USER or the base image decides. */
  readonly by: Wrapper | undefined;
}

/** Who runs a command. */
export function userOf(model: Model, command: Command): CommandUser {
  return userBehind(model, command, command.wrappers.length);
}

/**
 * Who runs one of the wrappers of a command: whom `sudo` in `su app -c 'sudo x'` is called by.
 * @param wrapper of `command.wrappers`
 */
export function userOfWrapper(model: Model, command: Command, wrapper: Wrapper): CommandUser {
  return userBehind(model, command, Math.max(0, command.wrappers.indexOf(wrapper)));
}

function userBehind(model: Model, { instruction, wrappers }: Command, count: number): CommandUser {
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

/** Whom each program changes to; undefined where the user stays. Sources: the programs' manual pages. */
const changers: ReadonlyMap<string, (args: Args) => GivenValue | undefined> = new Map([
  // With a group alone the user stays.
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
  ['setuidgid', (args: Args) => firstOperand(args)],
  ['s6-setuidgid', (args: Args) => firstOperand(args)],
  ['chpst', (args: Args) => optionValue(args, '-u')],
  ['setpriv', (args: Args) => optionValue(args, '--euid') ?? optionValue(args, '--reuid')],
  ['chroot', (args: Args) => optionValue(args, '--userspec')],
]);

/** Of programs that take no options with values. */
function firstOperand(args: Args): GivenValue | undefined {
  const word = args.find(({ prefix, value }) => !(value ?? prefix).startsWith('-'));
  return word && { text: word.value };
}

const takesValue = /^-(?:\w*[sgGwT]|-(?:shell|group|supp-group|whitelist-environment))$/;

/** Whom su changes to: its first operand, root without one. The string of -c is not among the words. */
function loginUser(args: Args): GivenValue {
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at];
    const text = word?.value ?? word?.prefix ?? '';
    if (takesValue.test(text)) at += 1;
    else if (word && !text.startsWith('-')) return { text: word.value };
  }
  return root;
}
