// npm run bench: how fast, beside others.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { sourceName } from '../../server/src/protocol/names';
import { table } from '../../server/tools/corpus/show';
import type { ServerCommand } from './language-server';
import { measureCommandLine } from './measure-command-line';
import type { CommandLineFigures } from './measure-command-line';
import { measureLinter } from './measure-linter';
import type { LinterFigures } from './measure-linter';
import { measureReaders } from './measure-readers';
import type { ReaderFigures } from './measure-readers';
import { measureServers } from './measure-servers';
import type { ServerFigures } from './measure-servers';

const usage = `Usage: npm run bench -- [options]

Times the language server beside dockerfile-language-server-nodejs, on generated files and with all rules on,
the linter alone, and the readers of long build logs and reports. Prints Markdown, and writes the figures to
out/bench.json.

  --edits N        keystrokes per run (default 200)
  --rounds N       runs of each server at each length (default 3)
  --lines N,N      lengths (default 30,300,5000)
  --corpus PATH    also time the command line over a collection, beside hadolint where that is installed:
                   a folder of Dockerfiles, or JSON lines with a "text" each (.jsonl, .jsonl.gz)
  --readers        only the readers
  --help
`;

const peer = 'dockerfile-language-server-nodejs';
const settings = { [sourceName]: { allRules: true } };
const ours = { words: ['dist/server.js', '--stdio'], settings };
const commands: readonly ServerCommand[] = [
  { name: 'drydock', ...ours, pull: true },
  { name: peer, words: [`node_modules/${peer}/bin/docker-langserver`, '--stdio'], settings: {}, pull: false },
  { name: 'drydock (pushing)', ...ours, pull: false },
];

export async function main(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      edits: { type: 'string', default: '200' },
      rounds: { type: 'string', default: '3' },
      lines: { type: 'string', default: '30,300,5000' },
      corpus: { type: 'string' },
      readers: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const progress = (line: string): void => console.error(line);
  if (values.readers) {
    console.log(readerTable(await measureReaders(progress)));
    return 0;
  }
  const lengths = values.lines.split(',').map(Number);
  const servers = await measureServers(commands, lengths, {
    edits: Number(values.edits),
    rounds: Number(values.rounds),
    progress,
  });
  progress('linter alone');
  const linter = measureLinter([...lengths, 50_000]);
  const readers = await measureReaders(progress);
  const commandLine = values.corpus === undefined ? [] : measureCommandLine(values.corpus, progress);
  const { version } = JSON.parse(readFileSync(`node_modules/${peer}/package.json`, 'utf8')) as {
    version: string;
  };
  const machine = `Node.js ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}`;
  mkdirSync('out', { recursive: true });
  writeFileSync(
    'out/bench.json',
    JSON.stringify(
      { machine, peer: `${peer} ${version}`, servers, linter, readers, commandLine },
      undefined,
      2,
    ) + '\n',
  );
  console.log(
    [
      `${machine}; ${peer} ${version}\n`,
      serverTable(servers),
      ratioTable(servers),
      linterTable(linter),
      readerTable(readers),
      commandLineTable(commandLine),
    ].join('\n'),
  );
  return 0;
}

function show(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '–';
  return value >= 100 ? value.toFixed(0) : value.toFixed(1);
}

function serverTable(figures: readonly ServerFigures[]): string {
  const rows = figures.map((one) => [
    one.lines,
    one.server,
    show(one.start),
    show(one.open),
    `${show(one.editP50)} / ${show(one.editP95)}`,
    `${show(one.actionP50)} / ${show(one.actionP95)}`,
    show(one.memory),
    one.diagnostics,
    one.actionable,
  ]);
  const head = [
    'Lines',
    'Server',
    'Start, ms',
    'Open, ms',
    'Edit p50 / p95, ms',
    'Code action p50 / p95, ms',
    'Peak memory, MiB',
    'Diagnostics',
    'With an action',
  ];
  return table(head, rows);
}

/** Ours divided by theirs: below 1 is better. */
function ratioTable(figures: readonly ServerFigures[]): string {
  const rows = figures.flatMap((one) => {
    const other = figures.find(({ server, lines }) => server === peer && lines === one.lines);
    if (!other || one === other) return [];
    const ratio = (value: (of: ServerFigures) => number | undefined): string => {
      const [a, b] = [value(one), value(other)];
      return a === undefined || b === undefined || Number.isNaN(a / b) ? '–' : (a / b).toFixed(2);
    };
    const columns = [
      ({ start }) => start,
      ({ open }) => open,
      ({ editP50 }) => editP50,
      ({ editP95 }) => editP95,
      ({ actionP95 }) => actionP95,
      ({ memory }) => memory,
    ] satisfies ((of: ServerFigures) => number | undefined)[];
    return [[one.lines, one.server, ...columns.map(ratio)]];
  });
  return (
    `Ratios to ${peer}:\n\n` +
    table(
      ['Lines', 'Server', 'Start', 'Open', 'Edit p50', 'Edit p95', 'Code action p95', 'Peak memory'],
      rows,
    )
  );
}

function linterTable(figures: readonly LinterFigures[]): string {
  return (
    'Text to findings, warm, all rules:\n\n' +
    table(
      ['Lines', 'p50, ms', 'p95, ms', 'µs per line'],
      figures.map(({ lines, p50, p95 }) => [lines, show(p50), show(p95), ((p50 * 1000) / lines).toFixed(1)]),
    )
  );
}

function readerTable(figures: readonly ReaderFigures[]): string {
  return (
    'Long output of a program, read as it comes:\n\n' +
    table(
      ['What', 'MB', 'Wall clock, ms', 'Longest turn, ms', 'Longest wait, ms', 'Kept at most, MiB', 'Answer'],
      figures.map(({ what, megabytes, wall, longestTurn, longestWait, kept, answer }) => [
        what,
        show(megabytes),
        show(wall),
        show(longestTurn),
        show(longestWait),
        show(kept),
        answer,
      ]),
    )
  );
}

function commandLineTable(figures: readonly CommandLineFigures[]): string {
  if (figures.length === 0) return '';
  const [first] = figures;
  return (
    'Command line over a collection, one process:\n\n' +
    table(
      ['Program', 'Files', 'CPU, s', 'Wall clock, s', 'CPU against drydock'],
      figures.map(({ program, files, cpu, wall }) => [
        program,
        files,
        cpu.toFixed(1),
        wall.toFixed(1),
        `× ${(cpu / (first?.cpu ?? NaN)).toFixed(1)}`,
      ]),
    )
  );
}
