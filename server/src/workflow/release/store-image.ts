// What an engine's store knows of an image that is to leave it: its content, and whether its HEALTHCHECK is still there.
import { askStore } from '../build/stored-image';
import { imageId } from '../checked-arguments';
import type { ImageId, ImageName } from '../checked-arguments';
import { list, object, text } from '../foreign-json';
import type { Json } from '../foreign-json';
import { wholeAnswer } from '../readers';
import type { Program, Reading, Run } from '../run';

/**
 * `kept`: the image has one. `lost`: its file says one, and the format of the image, OCI, has no place for it. `none`:
 * nobody has said one.
 */
export type Healthcheck = 'kept' | 'lost' | 'none';

export interface StoreImage {
  readonly id: ImageId;
  readonly healthcheck: Healthcheck;
  /** Of its manifest; undefined if the engine does not say it, as docker, which has one of its own. */
  readonly format: 'docker' | 'oci' | undefined;
  /** Digests under which registries know it, as far as the engine remembers: `sha256:…`. */
  readonly digests: readonly string[];
  /** `linux/amd64`; empty if the engine does not say it. */
  readonly platform: string;
}

/** @param args end with the name */
export function lookRun(tool: Program, args: readonly string[], image: ImageName | ImageId): Run<StoreImage> {
  return askStore(tool, args, image, readStoreImage);
}

/** docker and podman answer with a list, buildah with an object that holds the manifest and the configuration as texts. */
function readStoreImage(answer: string): Reading<StoreImage> {
  const root = parsed(answer);
  const found = object(Array.isArray(root) ? root[0] : root);
  const id = imageId(text(found['Id']) || text(found['FromImageID']));
  if (id === undefined) return { unreadable: root === undefined ? 'it is not JSON' : 'it names no image' };
  const configuration = object(parsed(text(found['Config'])));
  const docker = object(configuration['config'] ?? found['Config']);
  const manifest = object(parsed(text(found['Manifest'])));
  const mediaType = text(found['ManifestType']) || text(manifest['mediaType']);
  const has = isRealCheck(docker['Healthcheck'] ?? found['Healthcheck']);
  const history = list(found['History'] ?? configuration['history']).map((step) =>
    text(object(step)['created_by']),
  );
  const digests = list(found['RepoDigests']).map((one) => text(one).replace(/^.*@/, ''));
  return {
    value: {
      id,
      healthcheck: has ? 'kept' : saysCheck(history) ? 'lost' : 'none',
      format: mediaType === '' ? undefined : /oci\.image/.test(mediaType) ? 'oci' : 'docker',
      digests: digests.filter((digest) => digest.startsWith('sha256:')),
      platform: platformOf({ ...configuration, ...found }),
    },
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // Not JSON: the caller finds nothing in it.
    return undefined;
  }
}

function platformOf(image: Json): string {
  const os = text(image['Os']) || text(image['os']);
  const architecture = text(image['Architecture']) || text(image['architecture']);
  return os === '' || architecture === '' ? '' : `${os}/${architecture}`;
}

/** `["NONE"]` switches off what the base image checks. */
function isRealCheck(check: unknown): boolean {
  const [first] = list(object(check)['Test']);
  return first !== undefined && first !== 'NONE';
}

/** Whether the last HEALTHCHECK among the steps is one. */
function saysCheck(history: readonly string[]): boolean {
  const last = [...history].reverse().find((step) => /(?:^|#\(nop\)\s+)HEALTHCHECK\s/.test(step));
  return last !== undefined && !/HEALTHCHECK\s+(?:\[?"?)NONE/.test(last);
}

/** Whether a name stands for images of several platforms. */
export function severalRun({ id, program }: Program, image: ImageName | ImageId): Run<boolean> {
  return {
    tool: { id, program },
    args: ['manifest', 'exists', image],
    env: {},
    answer: 'output',
    limit: { ms: 30_000, characters: 100_000 },
    reader: () =>
      wholeAnswer(({ exit, stderr }) => {
        if (exit === 0) return { value: true };
        // An image without a list is an error to it, and one that is not there has the status 1.
        return exit === 1 || /not a manifest list/.test(stderr)
          ? { value: false }
          : { unreadable: `exit status ${exit ?? 'unknown'}` };
      }),
  };
}
