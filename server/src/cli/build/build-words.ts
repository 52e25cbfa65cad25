// The words of `drydock build`: its options, and what they ask for.
import { resolve } from 'node:path';
import { readSavedChoice } from '../../workflow/build/choices';
import {
  builderName,
  imageName,
  imageReference,
  platformName,
  stageTarget,
} from '../../workflow/checked-arguments';
import type { ImageReference } from '../../workflow/checked-arguments';
import { engines } from '../../workflow/tool-list';
import { nameAndValue, textOrJson } from '../options';
import type { BuildWish } from './build-image';

const several = 'may be given several times';

export const buildOptions = {
  context: {
    type: 'string',
    form: '--context FOLDER',
    does: 'the build context (default: the folder that holds most of\nwhat the file copies)',
  },
  tag: {
    type: 'string',
    form: '--tag NAME',
    does: 'the name of the image (default: made from the folder: app:dev)',
  },
  target: { type: 'string', form: '--target STAGE', does: 'the stage to build (default: the last one)' },
  platform: {
    type: 'string',
    form: '--platform LIST',
    does: 'platforms, with commas between them: linux/amd64,linux/arm64',
  },
  'build-arg': {
    type: 'string',
    form: '--build-arg NAME=VALUE',
    does: `the value of an ARG; ${several}`,
    multiple: true,
  },
  secret: {
    type: 'string',
    form: '--secret id=ID,SOURCE',
    does: `where a secret comes from that the file mounts: id=token,env=TOKEN\nor id=token,src=FILE; ${several}`,
    multiple: true,
  },
  ssh: {
    type: 'string',
    form: '--ssh ID[=FILE]',
    does: `a key that the file mounts, of the agent or of a file;\n${several}`,
    multiple: true,
  },
  from: {
    type: 'string',
    form: '--from NAME',
    does: 'build as this service of Compose, target of Bake, dev container or\nworkflow says',
  },
  'no-cache': { type: 'boolean', form: '--no-cache', does: 'run every step again' },
  'no-layers': {
    type: 'boolean',
    form: '--no-layers',
    does: 'make one layer of all steps of a stage (buildah, podman)',
  },
  pull: { type: 'boolean', form: '--pull', does: 'ask for newer base images' },
  'pull-never': {
    type: 'boolean',
    form: '--pull-never',
    does: 'take base images from this machine alone (buildah, podman)',
  },
  'cache-from': {
    type: 'string',
    form: '--cache-from IMAGE',
    does: `where a registry has results of earlier builds;\n${several}`,
    multiple: true,
  },
  'cache-to': {
    type: 'string',
    form: '--cache-to IMAGE',
    does: `where to send the results of this build;\n${several}`,
    multiple: true,
  },
  push: { type: 'boolean', form: '--push', does: 'send the image to its registry instead of keeping it' },
  attest: {
    type: 'boolean',
    form: '--attest',
    does: 'add where the image comes from and what it holds\n(provenance and SBOM; needs buildx)',
  },
  epoch: {
    type: 'string',
    form: '--epoch git|SECONDS',
    does: 'one time for everything in the image, so that it can be built again\nas it is: that of the commit, or seconds since 1970',
  },
  engine: {
    type: 'string',
    form: '--engine NAME',
    does: 'the engine that builds (default: the first that is ready)',
    values: engines.map(({ id }) => id),
  },
  prefer: {
    type: 'string',
    form: '--prefer rootless|daemon',
    does: 'which engines come first: those without a service that has the rights\nof root, or Docker',
    values: ['rootless', 'daemon'],
  },
  builder: {
    type: 'string',
    form: '--builder NAME',
    does: 'the builder of buildx: on another machine, in a cluster',
  },
  argument: {
    type: 'string',
    form: '--argument=ARGUMENT',
    does: `one more argument for the engine: --argument=--network=host;\n${several}`,
    multiple: true,
  },
  'dry-run': { type: 'boolean', form: '--dry-run', does: 'print the command instead of running it' },
  format: textOrJson,
} as const;

interface Values {
  readonly tag?: string | undefined;
  readonly target?: string | undefined;
  readonly platform?: string | undefined;
  readonly 'build-arg'?: readonly string[] | undefined;
  readonly secret?: readonly string[] | undefined;
  readonly ssh?: readonly string[] | undefined;
  readonly builder?: string | undefined;
  readonly 'no-cache'?: boolean | undefined;
  readonly pull?: boolean | undefined;
  readonly 'pull-never'?: boolean | undefined;
  readonly 'no-layers'?: boolean | undefined;
  readonly 'cache-from'?: readonly string[] | undefined;
  readonly 'cache-to'?: readonly string[] | undefined;
  readonly push?: boolean | undefined;
  readonly attest?: boolean | undefined;
}

/** Checks each word before anything starts, so that none is dropped without a word. */
export function readWish(values: Values): Pick<BuildWish, 'saved'> | { readonly wrong: string } {
  const platforms = (values.platform ?? '').split(',').filter((one) => one !== '');
  const buildArgs = (values['build-arg'] ?? []).map(nameAndValue);
  const secrets = (values.secret ?? []).map(readSecret);
  const keys = (values.ssh ?? []).map((text): readonly [string, string] => {
    const at = text.indexOf('=');
    return at < 0 ? [text, 'agent'] : [text.slice(0, at), resolve(text.slice(at + 1))];
  });
  const wrong =
    (values.tag !== undefined &&
      imageName(values.tag) === undefined &&
      `${values.tag} cannot be the name of an image`) ||
    (values.target !== undefined &&
      stageTarget(values.target) === undefined &&
      `${values.target} cannot be a stage`) ||
    platforms
      .filter((one) => platformName(one) === undefined)
      .map((one) => `${one} cannot be a platform`)[0] ||
    (values.builder !== undefined &&
      builderName(values.builder) === undefined &&
      `${values.builder} cannot be a builder`) ||
    (values.pull &&
      values['pull-never'] &&
      'give --pull or --pull-never, not both: one asks registries, the other does not') ||
    [...(values['cache-from'] ?? []), ...(values['cache-to'] ?? [])]
      .filter((one) => imageReference(one) === undefined)
      .map((one) => `${one} cannot be the name of an image in a registry`)[0];
  if (wrong) return { wrong };
  const saved = readSavedChoice({
    tag: values.tag,
    target: values.target,
    platforms,
    buildArgs: Object.fromEntries(buildArgs),
    secrets: Object.fromEntries(secrets),
    ssh: Object.fromEntries(keys),
    noCache: values['no-cache'],
    pull: values.pull,
    push: values.push,
    builder: values.builder,
  });
  const lost = buildArgs.find(([name]) => name === '' || !(name in (saved.buildArgs ?? {})));
  if (lost) return { wrong: '--build-arg takes NAME=VALUE' };
  if (secrets.some(([id]) => !(id in (saved.secrets ?? {}))))
    return { wrong: '--secret takes id=ID,env=NAME or id=ID,src=FILE' };
  if (keys.some(([id]) => !(id in (saved.ssh ?? {})))) return { wrong: '--ssh takes ID or ID=FILE' };
  const cacheFrom = references(values['cache-from']);
  const cacheTo = references(values['cache-to']);
  return {
    saved: {
      ...saved,
      ...(values.attest && { attestations: true }),
      ...(values['pull-never'] && { pullNever: true }),
      ...(values['no-layers'] && { singleLayer: true }),
      ...(cacheFrom.length > 0 && { cacheFrom }),
      ...(cacheTo.length > 0 && { cacheTo }),
    },
  };
}

function references(texts: readonly string[] = []): readonly ImageReference[] {
  return texts.map(imageReference).filter((one) => one !== undefined);
}

/** As docker takes it: `id=token,env=TOKEN`, `id=token,src=FILE`, `id=token` for the variable of that name. */
function readSecret(text: string): readonly [string, string] {
  const parts = new Map(
    text.split(',').map((part): [string, string] => {
      const at = part.indexOf('=');
      return [part.slice(0, Math.max(0, at)), part.slice(at + 1)];
    }),
  );
  const id = parts.get('id') ?? '';
  const file = parts.get('src') ?? parts.get('source');
  return [id, file === undefined ? `env=${parts.get('env') ?? id}` : `src=${resolve(file)}`];
}
