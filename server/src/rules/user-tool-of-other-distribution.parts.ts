// The command of one distribution that creates the same user or group as that of another. Sources: useradd(8),
// groupadd(8), and `adduser --help` and `addgroup --help` of busybox.
import { groupCreators } from '../core/knowledge/programs/user-programs';
import { argumentsOf } from '../core/shell/options';
import type { Option } from '../core/shell/options';
import type { Command } from '../core/shell/types';

/** An option of the other tool; `''` if it needs none. */
type Names = ReadonlyMap<string, string>;

const fromUseradd: Names = new Map([
  ['-u', '-u'],
  ['--uid', '-u'],
  ['-g', '-G'],
  ['--gid', '-G'],
  ['-d', '-h'],
  ['--home', '-h'],
  ['--home-dir', '-h'],
  ['-s', '-s'],
  ['--shell', '-s'],
  ['-M', ''],
  ['--no-create-home', ''],
  ['-m', ''],
  ['--create-home', ''],
  ['-r', ''],
  ['--system', ''],
  ['-U', ''],
  ['--user-group', ''],
  ['-l', ''],
  ['--no-log-init', ''],
]);
const fromGroupadd: Names = new Map([
  ['-g', '-g'],
  ['--gid', '-g'],
  ['-r', '-S'],
  ['--system', '-S'],
]);
const fromAdduser: Names = new Map([
  ['-S', '-r'],
  ['--system', '-r'],
  ['-D', ''],
  ['-H', '-M'],
  ['-G', '-g'],
  ['-u', '-u'],
  ['-h', '-d'],
  ['-s', '-s'],
]);
const fromAddgroup: Names = new Map([
  ['-S', '-r'],
  ['-g', '-g'],
]);

/**
 * The same task in the words of another distribution.
 * @returns undefined if an option has no counterpart, or a word is not known
 */
export function inOtherDistribution(command: Command): string | undefined {
  const { options, operands } = argumentsOf(command);
  const [name, ...more] = operands;
  if (!name || more.length > 0 || !/^[\w.-]+$/.test(name.value ?? '')) return undefined;
  const given = (...names: readonly string[]): boolean => options.some((one) => names.includes(one.name));
  const words = (names: Names): readonly string[] | undefined => translated(options, names);
  if (groupCreators.has(command.program))
    return command.program === 'groupadd'
      ? joined('addgroup', words(fromGroupadd), name.text)
      : joined('groupadd', words(fromAddgroup), name.text);
  switch (command.program) {
    case 'adduser': {
      // useradd creates the home directory only if told to.
      const home = given('-H') ? [] : ['-m'];
      const other = words(fromAdduser);
      return joined('useradd', other && [...home, ...other], name.text);
    }
    case 'useradd': {
      const other = words(fromUseradd);
      if (!other) return undefined;
      const isSystem = given('-r', '--system');
      const isHomeless = !given('-m', '--create-home');
      const own = isSystem && !given('-g', '--gid');
      const start = [...(isSystem ? ['-S'] : []), '-D', ...other, ...(isHomeless ? ['-H'] : [])];
      // busybox gives a system user no group of its own name.
      const group = own ? ['-G', name.text] : [];
      const user = joined('adduser', [...start, ...group], name.text);
      return own ? `addgroup -S ${name.text} && ${user ?? ''}` : user;
    }
    default:
      return undefined;
  }
}

function joined(program: string, words: readonly string[] | undefined, name: string): string | undefined {
  return words && [program, ...words, name].join(' ');
}

/** The options with their values in the words of the other tool, as the file writes the values. */
function translated(options: readonly Option[], names: Names): readonly string[] | undefined {
  const words: string[] = [];
  for (const { name, word, valueWord, value } of options) {
    const other = names.get(name);
    if (other === undefined || (valueWord && value === undefined)) return undefined;
    if (other === '') continue;
    words.push(other);
    if (valueWord) words.push(valueWord === word ? (value ?? '') : valueWord.text);
  }
  return words;
}
