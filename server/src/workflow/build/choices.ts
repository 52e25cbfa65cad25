// Completes a build choice: the last choice for the file, checked against what the file declares now, else what the file
// suggests. Checks once what people wrote and what an earlier version remembered.
import type { BuildDescription, DescribedBuild } from '../build-description';
import {
  buildArgName,
  builderName,
  imageName,
  platformName,
  secretId,
  secretSource,
  sshSource,
  stageTarget,
  suggestImageName,
} from '../checked-arguments';
import type {
  BuildArgName,
  BuilderName,
  FilePath,
  FolderPath,
  ImageName,
  PlatformName,
  SecretId,
  SecretSource,
  SshSource,
  StageTarget,
} from '../checked-arguments';
import { object, text } from '../foreign-json';
import { isRecord } from '../../core/text/record';
import type { BuildChoice, BuildOrder } from './build-run';

/** A task's definition, and what is remembered of a choice: all but the file may be missing. */
export interface SavedChoice {
  /** As written: perhaps seen from the workspace folder. */
  readonly context?: string;
  readonly target?: StageTarget;
  readonly tag?: ImageName;
  readonly platforms?: readonly PlatformName[];
  readonly buildArgs?: Readonly<Record<BuildArgName, string>>;
  readonly noCache?: boolean;
  readonly pull?: boolean;
  readonly push?: boolean;
  readonly secrets?: Readonly<Record<SecretId, SecretSource | null>>;
  readonly ssh?: Readonly<Record<SecretId, SshSource | null>>;
  readonly engine?: string;
  readonly builder?: BuilderName;
}

export interface ChoiceQuestion {
  readonly dockerfile: FilePath;
  readonly fileName: string;
  /** Name of the folder that stands for the project. */
  readonly projectName: string;
  /** The chosen one, or the best of those that come into question. */
  readonly context: FolderPath;
}

/** @param saved what the user said earlier; a target or an argument that the file no longer declares is dropped */
export function completeChoice(
  { dockerfile, fileName, projectName, context }: ChoiceQuestion,
  saved: SavedChoice,
  { stages, args, secrets }: BuildDescription,
): BuildChoice {
  const named = stages.find((stage) => stage.target.toLowerCase() === saved.target?.toLowerCase());
  const target = named && stageTarget(named.target);
  const declared = new Set(args.map(({ name }) => name));
  const buildArgs = Object.entries(saved.buildArgs ?? {}).filter(([name]) => declared.has(name));
  return {
    dockerfile,
    context,
    tag: saved.tag ?? suggestImageName(projectName, fileName),
    platforms: saved.platforms ?? [],
    buildArgs: Object.fromEntries(buildArgs),
    ...(target === undefined ? {} : { target }),
    ...(saved.noCache ? { noCache: true } : {}),
    ...(saved.pull ? { pull: true } : {}),
    ...(saved.push ? { push: true } : {}),
    ...mounted('secrets', saved.secrets, idsOf(secrets, 'secret')),
    ...mounted('ssh', saved.ssh, idsOf(secrets, 'ssh')),
    ...(saved.engine === undefined ? {} : { engine: saved.engine }),
    ...(saved.builder === undefined ? {} : { builder: saved.builder }),
  };
}

function idsOf(secrets: BuildDescription['secrets'], wanted: 'secret' | 'ssh'): ReadonlySet<string> {
  return new Set(secrets.flatMap(({ kind, id }) => (kind === wanted ? [id] : [])));
}

/** What the file still mounts; nothing, not even an empty list, if that is nothing. */
function mounted<Key extends 'secrets' | 'ssh', Value>(
  key: Key,
  saved: Readonly<Record<SecretId, Value>> | undefined,
  ids: ReadonlySet<string>,
): { [K in Key]?: Readonly<Record<SecretId, Value>> } {
  const kept = Object.entries<Value>(saved ?? {}).filter(([id]) => ids.has(id));
  return kept.length === 0
    ? {}
    : ({ [key]: Object.fromEntries(kept) } as { [K in Key]?: Record<SecretId, Value> });
}

/**
 * What a Compose file, a Bake file or a workflow says of a build, as if the user had chosen it. The engine, its builder and
 * what was given for secrets stay.
 * @param base as chosen until now
 */
export function asStated(
  { context, target, args, tags }: DescribedBuild,
  base: Pick<SavedChoice, 'engine' | 'builder' | 'secrets' | 'ssh'> = {},
): SavedChoice {
  const { engine, builder, secrets, ssh } = base;
  return {
    ...readSavedChoice({ context, target, buildArgs: args, tag: tags.find((tag) => imageName(tag)) }),
    ...(engine === undefined ? {} : { engine }),
    ...(builder === undefined ? {} : { builder }),
    ...(secrets === undefined ? {} : { secrets }),
    ...(ssh === undefined ? {} : { ssh }),
  };
}

/** Reads what a person wrote into tasks.json, or what an earlier version remembered. */
export function readSavedChoice(raw: unknown): SavedChoice {
  const { context, target, tag, platforms, buildArgs, noCache, pull, push, secrets, ssh, engine, builder } =
    object(raw);
  const other = builderName(text(builder));
  const stage = stageTarget(text(target));
  const name = imageName(text(tag));
  return {
    ...(text(context) === '' ? {} : { context: text(context) }),
    ...(stage === undefined ? {} : { target: stage }),
    ...(name === undefined ? {} : { tag: name }),
    ...(Array.isArray(platforms) ? { platforms: knownPlatforms(platforms) } : {}),
    buildArgs: readBuildArgs(buildArgs),
    ...(noCache === true ? { noCache } : {}),
    ...(pull === true ? { pull } : {}),
    ...(push === true ? { push } : {}),
    ...(isRecord(secrets) ? { secrets: readSources(secrets, secretSource) } : {}),
    ...(isRecord(ssh) ? { ssh: readSources(ssh, sshSource) } : {}),
    ...(text(engine) === '' ? {} : { engine: text(engine) }),
    ...(other === undefined ? {} : { builder: other }),
  };
}

/** Null: the user has chosen to build without it. */
function readSources<T>(
  raw: Readonly<Record<string, unknown>>,
  read: (text: string) => T | undefined,
): Readonly<Record<SecretId, T | null>> {
  const given = Object.entries(raw).flatMap(([id, source]): [SecretId, T | null][] => {
    const name = secretId(id);
    const value = source === null ? null : read(text(source));
    return name === undefined || value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(given);
}

/** Those of the values that are names of platforms. */
export function knownPlatforms(values: readonly unknown[]): PlatformName[] {
  return values.map((one) => platformName(text(one))).filter((one) => one !== undefined);
}

function readBuildArgs(raw: unknown): Readonly<Record<BuildArgName, string>> {
  const given = Object.entries(object(raw));
  return Object.fromEntries(
    given.filter(
      (entry): entry is [BuildArgName, string] =>
        buildArgName(entry[0]) !== undefined && typeof entry[1] === 'string',
    ),
  );
}

/** Instructions that OCI images have no place for. */
const dockerOnly: ReadonlySet<string> = new Set(['HEALTHCHECK', 'SHELL', 'ONBUILD']);

/** @param moreArguments from the user's settings */
export function toOrder(
  choice: BuildChoice,
  { instructions, mountsContext }: BuildDescription,
  moreArguments: readonly string[],
): BuildOrder {
  const needsDockerFormat = instructions.some(({ keyword }) => dockerOnly.has(keyword));
  return { ...choice, needsDockerFormat, mountsContext, moreArguments };
}
