// What the user chose for a build, the arguments that all builders share, and the reader of what a build prints.
import { partsOf } from '../checked-arguments';
import type {
  BuildArgName,
  BuilderName,
  FilePath,
  FolderPath,
  ImageName,
  ImageReference,
  PlatformName,
  SecretId,
  SecretSource,
  SshSource,
  StageTarget,
} from '../checked-arguments';
import { successAlone } from '../readers';
import type { Printed, Program, Reader, Run } from '../run';
import { BuildOutputParser } from './output-parser';
import type { BuildFailure } from './output-parser';

export interface BuildChoice {
  readonly dockerfile: FilePath;
  readonly context: FolderPath;
  /** Without it the last stage is built. */
  readonly target?: StageTarget;
  readonly tag: ImageName;
  /** Empty: the engine's own platform. */
  readonly platforms: readonly PlatformName[];
  /** Those the user set; the others keep their defaults. */
  readonly buildArgs: Readonly<Record<BuildArgName, string>>;
  readonly noCache?: boolean;
  /** Ask for a newer base image even if there is one in the store. */
  readonly pull?: boolean;
  /** Take base images from the store alone, and ask no registry. */
  readonly pullNever?: boolean;
  /** Make one layer of all steps of a stage, and keep none of them as a cache. */
  readonly singleLayer?: boolean;
  /** Where registries keep results of earlier builds. */
  readonly cacheFrom?: readonly ImageReference[];
  /** Where to send the results of this one. */
  readonly cacheTo?: readonly ImageReference[];
  /** Send the image to its registry instead of keeping it, where the engine can. */
  readonly push?: boolean;
  /** What RUN mounts; null: the user builds without it. */
  readonly secrets?: Readonly<Record<SecretId, SecretSource | null>>;
  readonly ssh?: Readonly<Record<SecretId, SshSource | null>>;
  /** Id of the engine to build with; without it the settings decide. */
  readonly engine?: string;
  /** Where buildx builds: on another machine, in a cluster. Without it, on the builder in use. */
  readonly builder?: BuilderName;
  /** Add what the image was built from and what it holds (provenance and SBOM), where the engine can. */
  readonly attestations?: boolean;
  /** Seconds since 1970 that stand for every time in the image, so that it can be built again as it is. */
  readonly epoch?: number;
}

/** A choice with all that a builder has to know beside it. */
export interface BuildOrder extends BuildChoice {
  /**
   * The file has HEALTHCHECK, SHELL or ONBUILD: podman and buildah drop them, as their usual image format, OCI,
   * has no place for them.
   */
  readonly needsDockerFormat: boolean;
  /** A step mounts files of the context, whose changes old versions of podman and buildah do not see. */
  readonly mountsContext: boolean;
  /** From the user's own settings, as they are; put in front of the context. */
  readonly moreArguments: readonly string[];
}

export type BuildEnd =
  /** `stored`: false if the builder says that it keeps the result in its cache alone. */
  | { readonly kind: 'built'; readonly stored: boolean }
  /** `exit`: undefined when a signal ended the builder. */
  | { readonly kind: 'stopped'; readonly exit: number | undefined; readonly failure: BuildFailure };

/** Arguments that every builder knows by the same names. */
export function sharedArguments(choice: BuildChoice): string[] {
  return [
    `--file=${choice.dockerfile}`,
    ...(choice.target === undefined ? [] : [`--target=${choice.target}`]),
    ...(choice.platforms.length === 0 ? [] : [`--platform=${choice.platforms.join(',')}`]),
    ...Object.entries(choice.buildArgs).map(([name, value]) => `--build-arg=${name}=${value}`),
    ...(choice.noCache ? ['--no-cache'] : []),
    ...(choice.pull ? ['--pull'] : []),
  ];
}

/** For builders that know mounts. */
export function secretArguments({ secrets = {}, ssh = {} }: BuildChoice): string[] {
  return [
    ...Object.entries(secrets).flatMap(([id, source]) => (source ? [`--secret=id=${id},${source}`] : [])),
    ...Object.entries(ssh).flatMap(([id, source]) =>
      source ? [source === 'agent' ? `--ssh=${id}` : `--ssh=${id}=${source}`] : [],
    ),
  ];
}

/**
 * BuildKit's way to keep results in a registry. `mode=max` also sends those of the stages that do not reach the image:
 * without them a build in two stages compiles anew every time.
 */
export function registryCache({ cacheFrom = [], cacheTo = [] }: BuildChoice): string[] {
  return [
    ...cacheFrom.map((image) => `--cache-from=type=registry,ref=${image}`),
    ...cacheTo.map((image) => `--cache-to=type=registry,ref=${image},mode=max`),
  ];
}

/** Podman and buildah choose the tag by themselves: a name with one is refused. @returns why it does not fit, without a full stop */
export function tagOfCache({ cacheFrom = [], cacheTo = [] }: BuildChoice): string | undefined {
  const named = [...cacheFrom, ...cacheTo].find((image) => {
    const { tag, digest } = partsOf(image);
    return tag !== undefined || digest !== undefined;
  });
  return (
    named && `takes a repository for its cache, without a tag: ${partsOf(named).repository}, not ${named}`
  );
}

/** For buildx alone. */
export function buildxArguments({ builder, attestations }: BuildChoice): string[] {
  return [
    ...(builder === undefined ? [] : [`--builder=${builder}`]),
    ...(attestations ? ['--attest=type=provenance,mode=max', '--attest=type=sbom'] : []),
  ];
}

/** BuildKit takes the time from here; its files keep theirs in the layers of builders before 0.13. */
export function epochVariable({ epoch }: BuildChoice): Readonly<Record<string, string>> {
  return epoch === undefined ? {} : { SOURCE_DATE_EPOCH: String(epoch) };
}

/** What stands last: the user's own arguments and the context. */
export function lastArguments({ moreArguments, context }: BuildOrder): string[] {
  return [...moreArguments, context];
}

/** Whether the image is one for several platforms at once. */
export function isManifest({ platforms }: BuildChoice): boolean {
  return platforms.length > 1;
}

/**
 * Before 1.39, buildah takes a step from its cache although the files that it mounts have changed, and the image has the
 * old program. Podman has that version since 5.4.
 */
export function withFreshMounts(order: BuildOrder, isMended: boolean): BuildOrder {
  return isMended || !order.mountsContext ? order : { ...order, noCache: true };
}

/**
 * The arguments of podman and buildah, which build with the same code.
 * @param verb the words before them
 */
export function containersBuild(
  tool: Program,
  verb: readonly string[],
  order: BuildOrder,
): Run<BuildEnd, Printed> {
  const name = isManifest(order) ? `--manifest=${order.tag}` : `--tag=${order.tag}`;
  const format = order.needsDockerFormat ? ['--format=docker'] : [];
  const time = order.epoch === undefined ? [] : [`--timestamp=${order.epoch}`];
  const layers = order.singleLayer ? ['--layers=false'] : [];
  const pull = order.pullNever ? ['--pull=never'] : [];
  const cache = [
    ...(order.cacheFrom ?? []).map((image) => `--cache-from=${image}`),
    ...(order.cacheTo ?? []).map((image) => `--cache-to=${image}`),
  ];
  const shared = [...sharedArguments(order), ...pull, ...cache, ...secretArguments(order), ...time];
  return buildRun(tool, [...verb, ...layers, ...format, ...shared, name, ...lastArguments(order)]);
}

/** The arguments of nerdctl and Finch, which build with BuildKit and keep the image in the store of containerd. */
export function nerdctlBuild(tool: Program, order: BuildOrder): Run<BuildEnd, Printed> {
  const shared = [...sharedArguments(order), ...registryCache(order), ...secretArguments(order)];
  const args = ['build', '--progress=plain', ...shared, `--tag=${order.tag}`, ...lastArguments(order)];
  return buildRun(tool, args, epochVariable(order));
}

/** A build takes as long as it takes, and of what it prints only a little is kept. */
export function buildRun(
  tool: Program,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Run<BuildEnd, Printed> {
  const limit = { ms: Infinity, characters: Infinity };
  return { tool, args, env, answer: 'output', limit, reader: readBuild };
}

/** Writes an image out of a store: what the file holds is for others to read. */
export function saveRun(tool: Program, args: readonly string[]): Run<undefined, Printed> {
  const limit = { ms: Infinity, characters: 10_000_000 };
  return { tool, args, env: {}, answer: 'output', limit, reader: successAlone };
}

const noticeStart = 'DEPRECATED: The legacy builder';

/** Without docker's advice to remove a variable that the user never set: the run sets it. */
export function withoutNotice(run: Run<BuildEnd, Printed>): Run<BuildEnd, Printed> {
  return {
    ...run,
    reader: () => {
      const inner = run.reader();
      // Undefined: the errors no longer begin with the notice.
      let held: string | undefined = '';
      return {
        push: (text, stream) => {
          if (stream !== 'stderr' || held === undefined) return inner.push(text, stream);
          held += text;
          const isNotice = held.startsWith(noticeStart);
          const end = held.indexOf('\n\n');
          if (isNotice ? end < 0 && held.length < 1000 : noticeStart.startsWith(held)) return [];
          const rest = isNotice && end >= 0 ? held.slice(end + 2) : held;
          held = undefined;
          return rest === '' ? [] : inner.push(rest, stream);
        },
        end: (exit) => inner.end(exit),
      };
    },
  };
}

/** Tells everything that is printed, and keeps what is needed to say where a build failed. */
function readBuild(): Reader<BuildEnd, Printed> {
  const parser = new BuildOutputParser();
  return {
    push: (text, stream) => {
      parser.push(text, stream);
      return [{ kind: 'printed', text, stream }];
    },
    end: (exit) => ({
      value:
        exit === 0
          ? { kind: 'built', stored: !parser.keptInCache }
          : { kind: 'stopped', exit, failure: parser.failure() },
    }),
  };
}
