// `drydock debug`: the ways to look into a running container or pod, also without a shell in the image; prints the command
// of each, or runs one.
import { cwd } from 'node:process';
import { runInTerminal } from '../../io/processes/in-terminal';
import { thisMachine } from '../../io/processes/machine';
import { imageReference, insidePath, kubernetesName, portPair } from '../../workflow/checked-arguments';
import { commandOf, findPid, findStarter, findTargets } from '../../workflow/debug/find-targets';
import type { FoundTargets, Surroundings } from '../../workflow/debug/find-targets';
import { targetName } from '../../workflow/debug/targets';
import type { DebugTarget } from '../../workflow/debug/targets';
import { blanksOf, debugWays, filled, waysFor } from '../../workflow/debug/ways';
import type { DebugInput, DebugPlace, DebugWay, DebugWish, Word } from '../../workflow/debug/ways';
import { sheetText } from '../../workflow/image/sheet';
import { troubleText } from '../../workflow/outcome-text';
import { posixWord } from '../../workflow/shell-text';
import type { Machine } from '../../workflow/tool';
import { engines } from '../../workflow/tool-list';
import { english } from '../../workflow/translate';
import type { Ending } from '../command';
import { pickTarget } from '../debug/pick-target';
import { describeOptions, readOptions, textOrJson } from '../options';
import type { Given } from '../options';
import type { Terminal } from '../terminal';
import { jsonText } from '../visible';

const options = {
  way: {
    type: 'string',
    form: '--way NAME',
    does: 'run this way now: shell, exec, nsenter, strace, perf,\ncp, port, logs, node (default: print them all)',
    values: debugWays.map(({ id }) => id),
  },
  'dry-run': { type: 'boolean', form: '--dry-run', does: 'run nothing; print the command of the way' },
  pod: {
    type: 'boolean',
    form: '--pod',
    does: 'look for pods, in the cluster and namespace that\nkubectl uses now',
  },
  namespace: {
    type: 'string',
    form: '--namespace NAME',
    does: 'the namespace of the pods, or all',
  },
  container: { type: 'string', form: '--container NAME', does: 'which container of the pod' },
  image: {
    type: 'string',
    form: '--image IMAGE',
    does: 'the image with the tools to use (default: busybox:1;\nfor strace in a pod nicolaka/netshoot)',
  },
  path: { type: 'string', form: '--path PATH', does: 'what cp takes out of the container' },
  to: { type: 'string', form: '--to PATH', does: 'where cp puts it (default: this folder)' },
  port: { type: 'string', form: '--port [OUTSIDE:]INSIDE', does: 'the port for port' },
  engine: {
    type: 'string',
    form: '--engine NAME',
    does: 'the engine that runs the container (default: all)',
    values: engines.filter(({ commands }) => commands.containers).map(({ id }) => id),
  },
  format: textOrJson,
} as const;

const usage = `Usage: drydock debug [CONTAINER|POD] [options] [-- COMMAND...]

Looks into a container that runs, also one whose image has no shell. Without --way it prints the
command of each way and starts nothing. Without a name it lists what there is, and what is not
known stays a blank: <container>. COMMAND starts instead of a shell.

Options
${describeOptions(options)}
Exit status: 0 printed, or ended well; 2 there is no such container, a blank is open, or it failed.
`;

type Values = Given<typeof options>['values'];

/** Starts a program in the terminal of the person. */
type Starter = typeof runInTerminal;

/** @param words the arguments except the name of the command */
export async function run(
  words: readonly string[],
  terminal: Terminal,
  machine: Machine = thisMachine(),
  start: Starter = runInTerminal,
): Promise<Ending> {
  const given = readOptions(words, options);
  if ('wrong' in given) return given;
  const { values } = given;
  const [named, ...command] = given.words;
  const wish = readWish(values, command);
  if ('wrong' in wish) return wish;
  const { namespace: word } = values;
  const namespace = word === undefined || word === 'all' ? word : kubernetesName(word);
  if (word !== undefined && namespace === undefined) return { wrong: `${word} cannot be a namespace` };
  const place: DebugPlace =
    values.pod || word !== undefined || values.container !== undefined ? 'pod' : 'container';
  const way = debugWays.find(({ id }) => id === values.way);
  if (way && !way.places.includes(place))
    return {
      wrong:
        place === 'pod' ? `${way.id} is for containers of this machine` : `${way.id} is for pods: give --pod`,
    };

  const around = { machine, paths: {}, folder: cwd(), t: english };
  const found = await findTargets({ place, engine: values.engine, namespace }, around);
  if (found.targets.length === 0) {
    for (const problem of found.problems) terminal.note(`${problem}\n`);
    // What could not be asked may well be there.
    if (named !== undefined && found.problems.length > 0) {
      terminal.complain(`it is not known whether ${named} is there`);
      return 'undone';
    }
  }
  const chosen = named ?? (way && (await ask(found.targets, terminal)));
  const target = chosen === undefined ? undefined : pickTarget(found.targets, chosen, values.container);
  if (target && 'problem' in target) {
    terminal.complain(target.problem);
    return 'nothing';
  }
  const input = { place, target, wish, pid: await findPid(target, found, around) };
  if (!way) {
    terminal.print(values.format === 'json' ? toJson(input, found) : listText(input, found));
    return 'clean';
  }
  if (target && way.needsRunning && !target.isRunning) {
    terminal.complain(`${targetName(target)} does not run (${target.status}): use --way logs or --way cp`);
    return 'undone';
  }
  return carryOut(way, input, { found, around, dryRun: values['dry-run'], terminal, start });
}

function readWish(values: Values, command: readonly string[]): DebugWish | { readonly wrong: string } {
  const image = values.image === undefined ? undefined : imageReference(values.image);
  if (values.image !== undefined && image === undefined)
    return { wrong: `${values.image} cannot be the name of an image` };
  const path = values.path === undefined ? undefined : insidePath(values.path);
  if (values.path !== undefined && path === undefined)
    return { wrong: '--path needs an absolute path such as /app/log' };
  const port = values.port === undefined ? undefined : portPair(values.port);
  if (values.port !== undefined && port === undefined)
    return { wrong: '--port needs a port such as 8080 or 9090:8080' };
  if (values.to?.startsWith('-') === true) return { wrong: '--to needs a path' };
  return { image, path, port, to: values.to, command };
}

/** Which target a person means; undefined if there is none, or nobody is there. */
async function ask(targets: readonly DebugTarget[], terminal: Terminal): Promise<string | undefined> {
  const names = [...new Set(targets.map(targetName))];
  if (names.length === 0) return undefined;
  return (await terminal.ask(`Look into which one: ${names.join(', ')}?`)) || undefined;
}

interface Start {
  readonly found: FoundTargets;
  readonly around: Surroundings;
  readonly dryRun: boolean;
  readonly terminal: Terminal;
  readonly start: Starter;
}

async function carryOut(
  way: DebugWay,
  input: DebugInput,
  { found, around, dryRun, terminal, start }: Start,
): Promise<Ending> {
  const words = way.words(input);
  if (dryRun) {
    terminal.print(`${textOf(way, input, found)}\n`);
    return 'clean';
  }
  const args = filled(words);
  if (!args) {
    const blanks = blanksOf(words).map((blank) => `<${blank}>`);
    terminal.complain(`${blanks.join(' and ')} is not known${helpFor(words, input)}`);
    terminal.print(`${textOf(way, input, found)}\n`);
    return 'open';
  }
  const tool = await findStarter(way, input, found, around);
  if ('problem' in tool) {
    terminal.complain(tool.problem);
    return 'undone';
  }
  const note = way.note(input, english);
  if (note !== '') terminal.note(`${note}\n`);
  const hasTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true;
  const fitting = hasTerminal ? args : args.filter((word) => word !== '--tty');
  const outcome = await start({ tool, args: fitting, env: {} }, cwd());
  if (outcome.kind === 'done') return 'clean';
  const root = way.needsRoot && input.place === 'container' && process.getuid?.() !== 0;
  terminal.complain(
    `${way.id} did not end well: ${troubleText(outcome, english)}${root ? '. It needs the rights of root' : ''}`,
  );
  return 'undone';
}

/** How to fill the first blank. */
function helpFor(words: readonly Word[], { target }: DebugInput): string {
  const [first] = blanksOf(words);
  if (first === 'path') return ': give --path';
  if (first === 'port') return ': give --port';
  if (first === 'pid') return target ? ': its engine does not say it' : ': name a container';
  return ': name one';
}

/** The command of a way for people. */
function textOf(way: DebugWay, input: DebugInput, found: FoundTargets): string {
  return commandOf(way, input, found, posixWord);
}

function listText(input: DebugInput, found: FoundTargets): string {
  const { target, place } = input;
  const ways = waysFor(input).map((way) => {
    const notes = [
      way.note(input, english),
      way.needsRoot && place === 'container' ? 'It needs the rights of root.' : '',
    ].filter((note) => note !== '');
    return [
      `${way.id}: ${way.title(english)}`,
      `  ${textOf(way, input, found)}`,
      ...notes.map((note) => `  ${note}`),
    ];
  });
  const title = target
    ? `${targetName(target)} (${target.image}, ${target.status})`
    : place === 'pod'
      ? 'Ways to look into a pod'
      : 'Ways to look into a container';
  const list = `${[title, ...ways.flat().map((line) => `  ${line}`)].join('\n')}\n`;
  return target ? list : `${targetsText(found.targets)}${list}`;
}

function targetsText(targets: readonly DebugTarget[]): string {
  if (targets.length === 0) return '';
  const rows = targets.map((one) => [
    targetName(one),
    one.kind === 'pod' ? one.container : one.engine,
    one.image,
    one.status,
  ]);
  const columns = [{ title: 'name' }, { title: '' }, { title: 'image' }, { title: 'status' }];
  return `${sheetText({ title: 'What there is', sections: [{ title: '', lines: [], table: { columns, rows } }] })}\n`;
}

function toJson(input: DebugInput, found: FoundTargets): string {
  const { targets, problems } = found;
  const ways = waysFor(input).map((way) => ({
    id: way.id,
    title: way.title(english),
    command: textOf(way, input, found),
    blanks: blanksOf(way.words(input)),
    needsRoot: way.needsRoot,
    note: way.note(input, english),
  }));
  return jsonText({ version: 1, target: input.target ?? null, targets, ways, problems });
}

export const debug = {
  usage,
  options,
  run: (words: readonly string[], terminal: Terminal): Promise<Ending> => run(words, terminal),
};
