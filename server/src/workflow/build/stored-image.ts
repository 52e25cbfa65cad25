// What an engine's store knows of an image: its id, and its size for people.
import { imageId } from '../checked-arguments';
import type { ImageId, ImageName, PortName } from '../checked-arguments';
import { list, object, text } from '../foreign-json';
import { wholeAnswer } from '../readers';
import type { Program, Reading, Run } from '../run';

export interface StoredImage {
  readonly id: ImageId;
  /** Undefined if the engine does not say it. */
  readonly bytes: number | undefined;
}

/** @param args end with the name */
export function inspectRun(tool: Program, args: readonly string[], image: ImageName): Run<StoredImage> {
  return askStore(tool, args, image, readStored);
}

/** Asks an engine's store about an image. @param args end with the name @param read of what it prints */
export function askStore<T>(
  { id, program }: Program,
  args: readonly string[],
  image: ImageName | ImageId,
  read: (answer: string) => Reading<T>,
): Run<T> {
  return {
    tool: { id, program },
    args: [...args, image],
    env: {},
    answer: 'output',
    limit: { ms: 30_000, characters: 10_000_000 },
    reader: () => wholeAnswer(({ stdout }) => read(stdout)),
  };
}

/** docker and podman answer with a list and the size, buildah with an object and the manifest as a text. */
function readStored(answer: string): Reading<StoredImage> {
  let root: unknown;
  try {
    root = JSON.parse(answer);
  } catch {
    return { unreadable: 'it is not JSON' };
  }
  const found = object(Array.isArray(root) ? root[0] : root);
  const id = imageId(text(found['Id']) || text(found['FromImageID']));
  if (id === undefined) return { unreadable: 'it names no image' };
  const size = found['Size'];
  return { value: { id, bytes: typeof size === 'number' ? size : sizeOf(text(found['Manifest'])) } };
}

/** buildah keeps its layers as they are, so that their sizes in the manifest are those on the disk. */
function sizeOf(manifest: string): number | undefined {
  try {
    const sizes = list(object(JSON.parse(manifest))['layers']).map((layer) => object(layer)['size']);
    return sizes.reduce<number>((sum, size) => sum + (typeof size === 'number' ? size : 0), 0);
  } catch {
    // There is none.
    return undefined;
  }
}

/** Docker's and podman's way to start a container in a terminal. Its ports are reached from this machine alone. */
export function startArguments(image: ImageId, ports: readonly PortName[]): string[] {
  const published = ports.map((port) => `--publish=127.0.0.1:${port.replace(/\/.*/, '')}:${port}`);
  return ['run', '--rm', '--interactive', '--tty', ...published, image];
}

/** `78 MB`, as engines count: a thousand bytes are a kilobyte. */
export function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const shown = value < 9.95 && unit > 0 ? value.toFixed(1) : String(Math.round(value));
  return `${shown} ${units[unit] ?? ''}`;
}
