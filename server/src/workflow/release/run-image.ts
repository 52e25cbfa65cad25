// Starting a container: its ports are reached from this machine alone, and it gets no more rights than it is given. The
// same order as a command and as a file for systemd.
import type {
  CapabilityName,
  ImageId,
  ImageName,
  InsidePath,
  PortPair,
  UserName,
} from '../checked-arguments';
import { partsOf } from '../checked-arguments';
import { registryOf } from './registry-problem';

export interface ContainerOrder {
  readonly image: ImageName | ImageId;
  readonly ports: readonly PortPair[];
  readonly user?: UserName;
  /** The root file system cannot be written. */
  readonly readOnly: boolean;
  /** Folders in memory, which stay writable. */
  readonly tmpfs: readonly InsidePath[];
  /** No program in it gets more rights than the one that started it. */
  readonly noNewPrivileges: boolean;
  readonly dropped: readonly CapabilityName[];
  /** A shell in place of what the image starts. */
  readonly shell: boolean;
  /** Words behind the image. */
  readonly command: readonly string[];
}

/** docker's and podman's arguments. */
export function runArguments(order: ContainerOrder, hasTerminal: boolean): string[] {
  return [
    'run',
    '--rm',
    '--interactive',
    ...(hasTerminal ? ['--tty'] : []),
    ...optionsOf(order),
    order.image,
    ...order.command,
  ];
}

function optionsOf(order: ContainerOrder): string[] {
  return [
    ...order.ports.map((pair) => `--publish=127.0.0.1:${pair}`),
    ...(order.user === undefined ? [] : [`--user=${order.user}`]),
    ...(order.readOnly ? ['--read-only'] : []),
    ...order.tmpfs.map((path) => `--tmpfs=${path}`),
    ...(order.noNewPrivileges ? ['--security-opt=no-new-privileges'] : []),
    ...order.dropped.map((name) => `--cap-drop=${name}`),
    ...(order.shell ? ['--entrypoint=/bin/sh'] : []),
  ];
}

/** A service of the user: podman ≥ 4.4 reads it as a Quadlet. @param name of the service */
export function quadlet(order: ContainerOrder & { readonly image: ImageName }, name: string): string {
  const [user, group] = order.user?.split(':') ?? [];
  const lines: readonly (readonly [key: string, value: string | undefined])[] = [
    ['Image', fullName(order.image)],
    ['ContainerName', name],
    ...order.ports.map((pair) => ['PublishPort', `127.0.0.1:${pair}`] as const),
    ['User', user],
    ['Group', group],
    ['ReadOnly', order.readOnly ? 'true' : undefined],
    ...order.tmpfs.map((path) => ['Tmpfs', path] as const),
    ['NoNewPrivileges', order.noNewPrivileges ? 'true' : undefined],
    ['DropCapability', order.dropped.length === 0 ? undefined : order.dropped.join(' ').toLowerCase()],
    ['Exec', order.command.length === 0 ? undefined : order.command.map(unitWord).join(' ')],
  ];
  const container = lines.flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${percent(value)}`],
  );
  return [
    '[Unit]',
    `Description=${name}`,
    '',
    '[Container]',
    ...container,
    '',
    '[Service]',
    'Restart=on-failure',
    '',
    '[Install]',
    'WantedBy=default.target',
    '',
  ].join('\n');
}

/** A service must not depend on the order in which registries are searched. */
function fullName(image: ImageName): string {
  const { repository } = partsOf(image);
  const hasRegistry = registryOf(repository) !== 'docker.io' || repository.startsWith('docker.io/');
  return hasRegistry ? image : `localhost/${image}`;
}

/** In a unit, a percent sign begins a placeholder. */
function percent(value: string): string {
  return value.replaceAll('%', '%%');
}

/** In a unit, quotes and backslashes work as in C, and a dollar begins a variable. */
function unitWord(word: string): string {
  const escaped = word
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('$', '$$$$');
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `"${escaped}"`;
}

/** `registry.example.com/team/app:1.4.0` → `app` */
export function serviceName(image: ImageName): string {
  const { repository } = partsOf(image);
  return repository.slice(repository.lastIndexOf('/') + 1);
}

/** The first podman that reads Quadlets. */
export function readsQuadlets(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 4 || (major === 4 && minor >= 4);
}

/** What an older podman needs instead: a container by name, and the unit that it makes of it. One command a line, as words. */
export function generateCommands(order: ContainerOrder, name: string): readonly (readonly string[])[] {
  return [
    ['create', `--name=${name}`, ...optionsOf(order), order.image, ...order.command],
    ['generate', 'systemd', '--new', '--files', '--name', name],
  ];
}
