// What an engine does with the images of its store beside building: look, name, send. The arguments are shared by docker,
// podman and buildah as far as they agree.
import type { DigestName, ImageId, ImageName } from '../checked-arguments';
import { digestName } from '../checked-arguments';
import type { Printed, Program, Reader, Run } from '../run';
import { successAlone } from '../readers';
import type { StoreImage } from './store-image';

export interface PushOrder {
  /** The name in the store, which says where it goes. */
  readonly name: ImageName;
  /** The registry has no certificate that this machine trusts, or speaks HTTP. */
  readonly insecure: boolean;
  /** Send it in docker's own format, which has a place for HEALTHCHECK. */
  readonly dockerFormat: boolean;
  /** All platforms of a list. */
  readonly several: boolean;
}

/** What a sender says at its end. */
export interface Sent {
  /** Undefined if it does not say it. */
  readonly digest: DigestName | undefined;
}

export interface StoreCommands {
  look(program: Program, image: ImageName | ImageId): Run<StoreImage>;
  /** Gives an image one more name. */
  tag(program: Program, image: ImageName | ImageId, name: ImageName): Run<undefined, Printed>;
  push(program: Program, order: PushOrder): Run<Sent, Printed>;
  /** Whether a name stands for several platforms; absent if the store keeps no lists. */
  several?(program: Program, image: ImageName | ImageId): Run<boolean>;
  /** Whether `insecure` does something: docker's service decides that by its own configuration. */
  readonly choosesSecurity: boolean;
}

export function tagRun(
  { id, program }: Program,
  image: ImageName | ImageId,
  name: ImageName,
): Run<undefined, Printed> {
  const limit = { ms: 60_000, characters: 1_000_000 };
  return {
    tool: { id, program },
    args: ['tag', image, name],
    env: {},
    answer: 'output',
    limit,
    reader: successAlone,
  };
}

/** How long it takes depends on the image and the network. */
export function pushRun({ id, program }: Program, args: readonly string[]): Run<Sent, Printed> {
  const limit = { ms: Infinity, characters: 50_000_000 };
  return { tool: { id, program }, args, env: {}, answer: 'output', limit, reader: readSent };
}

/** The arguments of podman and buildah, which push with the same code. */
export function containersPush(tool: Program, order: PushOrder): Run<Sent, Printed> {
  const { name, insecure, dockerFormat, several } = order;
  const verb = several ? ['manifest', 'push', '--all'] : ['push'];
  return pushRun(tool, [
    ...verb,
    ...(insecure ? ['--tls-verify=false'] : []),
    ...(dockerFormat ? ['--format=v2s2'] : []),
    name,
    `docker://${name}`,
  ]);
}

/** Keeps the end of what is printed: docker says the digest there. */
function readSent(): Reader<Sent, Printed> {
  let tail = '';
  return {
    push: (text, stream) => {
      tail = (tail + text).slice(-2000);
      return [{ kind: 'printed', text, stream }];
    },
    end: (exit) =>
      exit === 0
        ? { value: { digest: digestName(/digest: (sha256:[0-9a-f]{64})/.exec(tail)?.[1] ?? '') } }
        : { unreadable: `exit status ${exit ?? 'unknown'}` },
  };
}
