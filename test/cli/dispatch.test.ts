// From words to a command: which one is meant, what it is given, and the pages of help.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Command, CommandRow, Ending } from '../../server/src/cli/command';
import { commands } from '../../server/src/cli/commands/commands';
import { dispatch } from '../../server/src/cli/dispatch';
import { readOptions } from '../../server/src/cli/options';
import { exitStatus } from '../../server/src/cli/outcome';
import type { Outcome } from '../../server/src/cli/outcome';
import type { Terminal } from '../../server/src/cli/terminal';

interface Run {
  readonly outcome: Outcome;
  readonly printed: string;
  readonly noted: string;
  /** What the command was given; undefined when none ran. */
  readonly words: readonly string[] | undefined;
  /** The commands that were loaded. */
  readonly loaded: ReadonlySet<string>;
}

async function run(argv: readonly string[], ending: Ending | (() => Ending) = 'clean'): Promise<Run> {
  let printed = '';
  let noted = '';
  let words: readonly string[] | undefined;
  const terminal: Terminal = {
    print: (text) => void (printed += text.toString()),
    complain: (message) => void (noted += `drydock: ${message}\n`),
    note: (text) => void (noted += text.toString()),
    ask: () => Promise.resolve(undefined),
  };
  const look: Command = {
    usage: 'Usage: drydock look\n',
    options: {
      at: { type: 'string', form: '--at PLACE', does: 'where' },
      fix: { type: 'string', form: '--fix[=WAY]', does: 'how', bare: 'safe' },
    },
    run(given) {
      words = given;
      return typeof ending === 'function' ? ending() : ending;
    },
  };
  const rest: Command = { usage: '', run: () => 'clean' };
  const loaded: string[] = [];
  const row = (name: string, summary: string, command: Command): CommandRow => ({
    name,
    summary,
    load: () => {
      loaded.push(name);
      return Promise.resolve(command);
    },
  });
  const rows = [row('look', 'look at something', look), row('rest', 'do nothing', rest)];
  const outcome = await dispatch(argv, rows, terminal);
  return { outcome, printed, noted, words, loaded: new Set(loaded) };
}

test('the command is the first word that is not an option and no value of one, and is given all the others', async () => {
  for (const [argv, words] of [
    [['look'], []],
    [
      ['look', 'look', '--at', 'x'],
      ['look', '--at', 'x'],
    ],
    [
      ['--at', 'look', 'look', 'rest'],
      ['--at', 'look', 'rest'],
    ],
    [
      ['--fix', 'look', '.'],
      ['--fix', '.'],
    ],
    [['--fix=b', 'look'], ['--fix=b']],
    [
      ['look', '--', '--help'],
      ['--', '--help'],
    ],
    [['look', '--unknown'], ['--unknown']],
  ] as const)
    assert.deepEqual((await run(argv)).words, words, argv.join(' '));
});

test('how a command ends is how the run ends; words it cannot understand are told with its help', async () => {
  assert.equal((await run(['look'], 'findings')).outcome, 'findings');
  const wrong = await run(['look'], { wrong: '--at is a place' });
  assert.equal(wrong.outcome, 'misused');
  assert.equal(wrong.noted, 'drydock: --at is a place. Run drydock look --help for help\n');
});

test('without a command there is a list of them, and the exit status says that nothing was done', async () => {
  for (const [argv, message] of [
    [[], 'no command given'],
    [['--at', 'look'], 'no command given'],
  ] as const) {
    const { outcome, noted, words } = await run(argv);
    assert.equal(outcome, 'misused');
    assert.equal(words, undefined);
    assert.ok(noted.startsWith(`drydock: ${message}\n\nUsage: drydock COMMAND`), noted);
    assert.match(noted, /^ {2}look {2}look at something$/m);
  }
});

test('a word that is not a command gets a guess in one line, or the way to the help', async () => {
  for (const [argv, message] of [
    [['lock'], 'unknown command lock. Did you mean drydock look?'],
    [['Dockerfile.web'], 'unknown command Dockerfile.web. Did you mean drydock look Dockerfile.web?'],
    [['package.json'], 'unknown command package.json. Did you mean drydock look package.json?'],
    [['.'], 'unknown command .. Did you mean drydock look .?'],
    [['-'], 'unknown command -. Did you mean drydock look -?'],
    [
      [''],
      'the name of the command is empty, as a variable in quotes that is not set makes it. Run drydock --help for help',
    ],
    [['something'], 'unknown command something. Run drydock --help for help'],
  ] as const) {
    const { outcome, noted, words } = await run(argv);
    assert.deepEqual([outcome, noted, words], ['misused', `drydock: ${message}\n`, undefined]);
  }
});

test('a command that throws is a bug of ours, and the run says so', async () => {
  const { outcome, noted } = await run(['look'], () => {
    throw new Error('a bug');
  });
  assert.equal(outcome, 'broken');
  assert.match(noted, /^drydock: bug in Drydock: Error: a bug/);
});

test('help and version are answered and nothing is run', async () => {
  for (const argv of [['--help'], ['-h'], ['--version', '-h'], ['help'], ['help', '--help']]) {
    const { outcome, printed } = await run(argv);
    assert.equal(outcome, 'clean');
    assert.match(printed, /^ {2}rest {2}do nothing$/m);
  }
  for (const argv of [
    ['look', '--help'],
    ['-h', 'look', 'more'],
    ['help', 'look'],
    ['help', 'look', 'more'],
  ]) {
    const { words, printed } = await run(argv);
    assert.deepEqual([words, printed], [undefined, 'Usage: drydock look\n']);
  }
  assert.equal(
    (await run(['help', 'lock'])).noted,
    'drydock: unknown command lock. Did you mean drydock look?\n',
  );
  const version = await run(['look', '--version']);
  assert.deepEqual([version.words, version.printed], [undefined, 'drydock development\n']);
});

test('no command is loaded but the one that is wanted, or all to tell the value of an option from a command', async () => {
  for (const [argv, wanted] of [
    [['--version'], []],
    [['-h'], []],
    [[], []],
    [['lock'], []],
    [['rest'], ['rest']],
    [['rest', 'look'], ['rest']],
    [
      ['--at', 'x', 'rest'],
      ['look', 'rest'],
    ],
  ] as const)
    assert.deepEqual([...(await run(argv)).loaded], wanted, argv.join(' '));
});

test('every command says what it is in one line, and has a page with all of its options', async () => {
  assert.equal(new Set(commands.map(({ name }) => name)).size, commands.length);
  for (const { name, summary, load } of commands) {
    const { usage, options = {} } = await load();
    assert.match(summary, /^[^\n]{10,75}[^.\n]$/, name);
    assert.ok(usage.startsWith(`Usage: drydock ${name}`), usage);
    for (const option of Object.keys(options)) assert.match(usage, new RegExp(`^ {2}--${option}\\b`, 'm'));
    for (const line of usage.split('\n')) assert.ok(line.length <= 100, line);
  }
});

test('an option is read as its row says', () => {
  const rows = {
    way: { type: 'string', form: '', does: '', values: ['a', 'b', 'c'], default: 'b' },
    fix: { type: 'string', form: '', does: '', values: ['safe', 'all'], bare: 'safe' },
    loud: { type: 'boolean', form: '', does: '' },
    name: { type: 'string', form: '--name NAME', does: '' },
    list: { type: 'string', form: '--list FILE', does: '' },
  } as const;
  assert.deepEqual(readOptions([], rows), {
    values: { way: 'b', fix: undefined, loud: false, name: undefined, list: undefined },
    words: [],
  });
  assert.deepEqual(readOptions(['x', '--way', 'c', '--fix', '--loud', '--name=', 'y'], rows), {
    values: { way: 'c', fix: 'safe', loud: true, name: '', list: undefined },
    words: ['x', 'y'],
  });
  assert.deepEqual(readOptions(['--way=d'], rows), { wrong: '--way must be a, b or c' });
  assert.deepEqual(readOptions(['--fix=d'], rows), { wrong: '--fix must be safe or all' });
  for (const [argv, wrong] of [
    [['--lout'], 'unknown option --lout. Did you mean --loud?'],
    [['--hepl'], 'unknown option --hepl. Did you mean --help?'],
    [['--colour'], 'unknown option --colour'],
    [['-q'], 'unknown option -q'],
    [['--fix=saef'], '--fix must be safe or all. Did you mean safe?'],
    [['--name'], '--name needs a value'],
    [['--name', '--loud'], '--name needs a value'],
    [['--loud=1'], '--loud takes no value'],
    [['--list='], '--list needs a value'],
    [['--list', '', 'x'], '--list needs a value'],
    [['x', ''], 'an argument is empty, as a variable in quotes that is not set makes it'],
    [[' ', '--', 'x'], 'an argument is empty, as a variable in quotes that is not set makes it'],
  ] as const)
    assert.deepEqual(readOptions(argv, rows), { wrong });
  const { words } = readOptions(['--', '--fix'], rows) as { words: readonly string[] };
  assert.deepEqual(words, ['--fix'], 'behind -- everything is a path');
  const handedOn = readOptions(['x', '--', 'sh', ''], rows) as { words: readonly string[] };
  assert.deepEqual(handedOn.words, ['x', 'sh', ''], 'what stands behind -- may be for another program');
});

test('scripts see three numbers', () => {
  const statuses = (
    ['clean', 'findings', 'unreadable', 'unanswered', 'nothing', 'unwritable', 'broken', 'misused'] as const
  ).map(exitStatus);
  assert.deepEqual(statuses, [0, 1, 2, 2, 2, 2, 2, 2]);
});
