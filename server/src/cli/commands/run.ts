// `drydock run`: starts a container with no more rights than it is given, or writes it down as a service.
import { basename, dirname, resolve } from 'node:path';
import { cwd } from 'node:process';
import { createFile } from '../../io/files/create-file';
import { runInTerminal } from '../../io/processes/in-terminal';
import { thisMachine } from '../../io/processes/machine';
import { capabilityName, insidePath, portPair, userName } from '../../workflow/checked-arguments';
import type { ImageName } from '../../workflow/checked-arguments';
import { troubleText } from '../../workflow/outcome-text';
import {
  generateCommands,
  quadlet,
  readsQuadlets,
  runArguments,
  serviceName,
} from '../../workflow/release/run-image';
import type { ContainerOrder } from '../../workflow/release/run-image';
import { shellText } from '../../workflow/shell-text';
import type { Machine } from '../../workflow/tool';
import { english } from '../../workflow/translate';
import type { Ending } from '../command';
import { describeOptions, readOptions } from '../options';
import type { Given } from '../options';
import { findOutlet, readImage } from '../release/find-outlet';
import type { Terminal } from '../terminal';

const options = {
  port: {
    type: 'string',
    multiple: true,
    form: '--port [OUTSIDE:]INSIDE',
    does: 'a port that this machine alone reaches; repeat it\nfor each',
  },
  user: { type: 'string', form: '--user USER[:GROUP]', does: 'who runs it' },
  'read-only': { type: 'boolean', form: '--read-only', does: 'nothing in its file system can be written' },
  tmpfs: {
    type: 'string',
    multiple: true,
    form: '--tmpfs PATH',
    does: 'a folder in memory that can; repeat it for each',
  },
  'no-new-privileges': {
    type: 'boolean',
    form: '--no-new-privileges',
    does: 'no program in it gets more rights',
  },
  'cap-drop': {
    type: 'string',
    multiple: true,
    form: '--cap-drop NAME',
    does: 'a right that it loses, such as ALL; repeat it for\neach',
  },
  hardened: {
    type: 'boolean',
    form: '--hardened',
    does: 'all of these: read-only, /tmp in memory, no new\nprivileges, no capabilities',
  },
  shell: { type: 'boolean', form: '--shell', does: 'start /bin/sh instead' },
  service: {
    type: 'boolean',
    form: '--service',
    does: 'print it as a service of systemd instead: a file\nfor Quadlet, or what an older podman needs',
  },
  output: {
    type: 'string',
    form: '--output FILE',
    does: 'write the service to this new file',
  },
  engine: {
    type: 'string',
    form: '--engine docker|podman',
    does: 'the engine that starts it (default: the first that\nhas the image)',
    values: ['docker', 'podman'],
  },
  'dry-run': { type: 'boolean', form: '--dry-run', does: 'start nothing; print the command' },
} as const;

const usage = `Usage: drydock run IMAGE [options] [-- COMMAND...]

Starts a container from an image of this machine, and removes it when it ends.

Options
${describeOptions(options)}
Exit status: 0 it ended well; 2 it did not, or could not start.
`;

type Values = Given<typeof options>['values'];

async function run(
  words: readonly string[],
  terminal: Terminal,
  machine: Machine = thisMachine(),
): Promise<Ending> {
  const given = readOptions(words, options);
  if ('wrong' in given) return given;
  const named = readImage(given.words, 'run');
  if ('wrong' in named) return named;
  const { image } = named;
  const { values } = given;
  const order = readOrder(image, values, named.others);
  if ('wrong' in order) return order;
  if (values.output !== undefined && !values.service) return { wrong: '--output goes with --service' };
  if (values.service) return service(order, values.output, machine, terminal);
  const outlet = await findOutlet(
    image,
    { engine: values.engine, insecure: false },
    machine,
    cwd(),
    terminal,
  );
  if (!outlet) return 'undone';
  if (!outlet.engine.commands.start) {
    terminal.complain(
      `${outlet.engine.title} starts no containers: install podman, or load the image into docker`,
    );
    return 'undone';
  }
  const hasTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true;
  const call = { tool: outlet.found, args: runArguments(order, hasTerminal || values['dry-run']), env: {} };
  if (values['dry-run']) {
    terminal.print(`${shellText(call)}\n`);
    return 'clean';
  }
  const outcome = await runInTerminal(call, cwd());
  if (outcome.kind === 'done') return 'clean';
  terminal.complain(`${image} did not end well: ${troubleText(outcome, english)}`);
  return 'undone';
}

function readOrder(
  image: ImageName,
  values: Values,
  command: readonly string[],
): (ContainerOrder & { readonly image: ImageName }) | { readonly wrong: string } {
  const { hardened } = values;
  const ports = values.port.map(portPair);
  const tmpfs = [...(hardened ? ['/tmp'] : []), ...values.tmpfs].map(insidePath);
  const dropped = [...(hardened ? ['ALL'] : []), ...values['cap-drop']].map(capabilityName);
  const user = values.user === undefined ? undefined : userName(values.user);
  if (ports.includes(undefined)) return { wrong: '--port needs a port such as 8080 or 8080:80' };
  if (tmpfs.includes(undefined)) return { wrong: '--tmpfs needs an absolute path such as /tmp' };
  if (dropped.includes(undefined)) return { wrong: '--cap-drop needs a name such as ALL or NET_RAW' };
  if (values.user !== undefined && user === undefined)
    return { wrong: '--user needs a name or a number such as 1000:1000' };
  return {
    image,
    ports: ports.filter((one) => one !== undefined),
    ...(user === undefined ? {} : { user }),
    readOnly: values['read-only'] || hardened,
    tmpfs: [...new Set(tmpfs.filter((one) => one !== undefined))],
    noNewPrivileges: values['no-new-privileges'] || hardened,
    dropped: [...new Set(dropped.filter((one) => one !== undefined))],
    shell: values.shell,
    command,
  };
}

async function service(
  order: ContainerOrder & { readonly image: ImageName },
  output: string | undefined,
  machine: Machine,
  terminal: Terminal,
): Promise<Ending> {
  const outlet = await findOutlet(
    order.image,
    { engine: 'podman', insecure: false },
    machine,
    cwd(),
    terminal,
  );
  if (!outlet) return 'undone';
  const name = serviceName(order.image);
  if (!readsQuadlets(outlet.found.version)) {
    const lines = generateCommands(order, name).map((args) =>
      shellText({ tool: outlet.found, args, env: {} }),
    );
    terminal.note(
      `podman ${outlet.found.version} reads no Quadlets (since 4.4). It makes the service itself:\n`,
    );
    terminal.print(lines.map((line) => `${line}\n`).join(''));
    return output === undefined ? 'clean' : 'undone';
  }
  const text = quadlet(order, name);
  if (output === undefined) terminal.print(text);
  else if (!write(output, text, terminal)) return 'differs';
  const file = `~/.config/containers/systemd/${name}.container`;
  terminal.note(
    `As ${file} it starts with: systemctl --user daemon-reload && systemctl --user start ${name}\n` +
      `It stays after the logout with: loginctl enable-linger\n`,
  );
  return 'clean';
}

/** @returns false after saying that something is there */
function write(output: string, text: string, terminal: Terminal): boolean {
  const path = resolve(output);
  try {
    if (createFile(dirname(path), basename(path), text) !== undefined) return true;
    terminal.complain(`${output} is there already: remove it first, or choose another name`);
  } catch (error) {
    terminal.complain(`${output} cannot be written: ${error instanceof Error ? error.message : ''}`);
  }
  return false;
}

export const runCommand = {
  usage,
  options,
  run,
};
