// Finds the command that the arguments name and runs it. Also holds the help that all commands share.
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isDockerfileName } from '../io/files/find-dockerfiles';
import { version } from '../version';
import type { CommandRow } from './command';
import { table } from './help-text';
import { didYouMean } from '../core/text/nearest';
import type { OptionRow } from './options';
import { describeStatuses } from './outcome';
import type { Outcome } from './outcome';
import type { Terminal } from './terminal';

/** Options that work without a command; each replaces running one. */
const sharedOptions = { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean' } } as const;
const sharedWords: readonly string[] = ['-h', '--help', '--version'];

/**
 * Runs the command that the arguments name.
 * @param argv without node and script
 */
export async function dispatch(
  argv: readonly string[],
  commands: readonly CommandRow[],
  terminal: Terminal,
): Promise<Outcome> {
  try {
    return await run(argv, commands, terminal);
  } catch (error) {
    terminal.complain(
      `bug in Drydock: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    return 'broken';
  }
}

async function run(
  given: readonly string[],
  commands: readonly CommandRow[],
  terminal: Terminal,
): Promise<Outcome> {
  // `drydock help check`, as many programs have it.
  const argv = given[0] === 'help' ? [...given.slice(1, 2), '--help'] : given;
  const { words, options, name } = read(argv, await optionsFor(argv, commands));
  const command = await commands.find((one) => one.name === name)?.load();
  const usage = command?.usage ?? overview(commands);
  const misused = (message: string): Outcome => {
    const help = name === undefined || !command ? 'drydock --help' : `drydock ${name} --help`;
    terminal.complain(message.endsWith('?') ? message : `${message}. Run ${help} for help`);
    return 'misused';
  };
  if (options.has('help') && name !== undefined && !command && given[0] === 'help')
    return misused(`unknown command ${name}${guess(name, commands)}`);
  if (options.has('help')) terminal.print(usage);
  else if (options.has('version') && command?.options?.['version'] === undefined)
    terminal.print(`drydock ${version}\n`);
  else if (name === undefined) {
    terminal.note(`drydock: no command given\n\n${usage}`);
    return 'misused';
  } else if (name.trim() === '')
    return misused('the name of the command is empty, as a variable in quotes that is not set makes it');
  else if (!command) return misused(`unknown command ${name}${guess(name, commands)}`);
  else {
    const ending = await command.run(words, terminal);
    return typeof ending === 'string' ? ending : misused(ending.wrong);
  }
  return 'clean';
}

/**
 * The options that may stand among the arguments. Those of the command that is their first word; behind an option all of
 * all commands, as nothing else tells whether the next word is its value.
 */
async function optionsFor(
  argv: readonly string[],
  commands: readonly CommandRow[],
): Promise<readonly (readonly [name: string, row: OptionRow])[]> {
  if (argv.every((word) => sharedWords.includes(word))) return [];
  const [first = ''] = argv;
  const wanted = first.startsWith('-') ? commands : commands.filter(({ name }) => name === first);
  const loaded = await Promise.all(wanted.map((row) => row.load()));
  return loaded.flatMap(({ options = {} }) => Object.entries(options));
}

/** People give a file where a command should stand, or mistype the command. */
function guess(word: string, commands: readonly CommandRow[]): string {
  const near = didYouMean(
    word,
    commands.map(({ name }) => name),
    'drydock ',
  );
  const takesPaths = commands[0];
  const isPath = word === '-' || existsSync(word) || isDockerfileName(word);
  return near === '' && isPath && takesPaths ? `. Did you mean drydock ${takesPaths.name} ${word}?` : near;
}

/** The command's name is the first word that is neither an option nor the value of one. */
function read(
  argv: readonly string[],
  rows: Awaited<ReturnType<typeof optionsFor>>,
): { words: string[]; options: Set<string>; name: string | undefined } {
  const { tokens } = parseArgs({
    // The command itself checks whether an option may come without a value.
    args: [...argv],
    options: {
      ...Object.fromEntries(
        rows.map(([key, { type, bare }]) => [key, { type: bare === undefined ? type : 'boolean' }]),
      ),
      help: sharedOptions.help,
      // A command may have an option of this name, with a value.
      ...(rows.some(([key]) => key === 'version') ? {} : { version: sharedOptions.version }),
    },
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const first = tokens.find(({ kind }) => kind === 'positional');
  return {
    words: argv.filter((_, at) => at !== first?.index),
    options: new Set(tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : []))),
    name: first === undefined ? undefined : argv[first.index],
  };
}

/** What `drydock --help` says. */
function overview(commands: readonly CommandRow[]): string {
  return `Usage: drydock COMMAND [options]

Commands
${table(commands.map(({ name, summary }) => [name, summary]))}
Options
${table([
  ['-h, --help', 'show this help, or after a command the help of that command'],
  ['--version', 'show the version of Drydock'],
])}
${describeStatuses()}`;
}
