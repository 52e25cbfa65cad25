// What the builder refuses in the value of RUN --mount, in the order in which it reads it.
import type { MountKey } from '../../knowledge/syntax/mounts';
import {
  anyMountKey,
  buildahMountKeys,
  mountKey,
  mountKeyNames,
  mountType,
  mountTypeKey,
  strictMountKeys,
} from '../../knowledge/syntax/mounts';
import type { Flag, FlagOption } from '../../syntax/nodes';
import { resolvePath } from '../../text/paths';
import { nearest } from '../../text/nearest';
import type { Span } from '../../text/span';

export interface ValueProblem {
  readonly at: Span;
  /** A clause: `--link is true or false, not yes`. */
  readonly what: string;
  /** What was probably meant to stand there. */
  readonly meant?: string | undefined;
  /** Whether the text with the comma in front of it is too much. */
  readonly remove?: boolean;
  /** Whether the builder goes on as if the flag was not there. */
  readonly isIgnored?: boolean;
}

/**
 * @param workdir where the command runs; undefined if it is not known
 * @param builtByBuildah whether the file is for buildah and podman, which take more keys
 */
export function mountProblem(
  { options, value, span }: Flag,
  workdir: string | undefined,
  builtByBuildah: boolean,
): ValueProblem | undefined {
  if (options.length === 0) return { at: value?.span ?? span, what: '--mount needs a value' };
  let type: string | undefined;
  for (const option of options) {
    const problem = optionProblem(option, type, builtByBuildah);
    if (problem) return problem;
    if (option.key === mountTypeKey.name) type = option.value;
  }
  // A type that a variable gives decides what else is allowed.
  if (type?.includes('$')) return undefined;
  const known = mountType(type);
  return known && (misplacedKey(options, known.name) ?? missingKey(options, known.name, span, workdir));
}

/** @param type what type= in front of the option says */
function optionProblem(
  option: FlagOption,
  type: string | undefined,
  builtByBuildah: boolean,
): ValueProblem | undefined {
  const { key: name, keySpan, span, value } = option;
  if (name === '') return { at: span, what: '--mount has a comma with nothing behind it', remove: true };
  const key = anyMountKey(name);
  if (!key) {
    if (buildahMountKeys.has(name))
      return builtByBuildah
        ? undefined
        : { at: keySpan, what: 'Only buildah and podman know this key of --mount' };
    const near = nearest(name, mountKeyNames);
    return { at: keySpan, what: `--mount has no key ${name}`, meant: near };
  }
  // These are compared with the type that stands in front of them.
  if ((key.name === 'required' || key.name === 'size') && !type?.includes('$')) {
    const before = mountType(type);
    if (before && !mountKey(before, key.name))
      return {
        at: keySpan,
        what: `${name} is for another type of mount, and type= has to stand in front of it`,
      };
  }
  if (value === undefined) return key.boolean ? undefined : { at: span, what: `${name} needs a value` };
  if (value.includes('$') || isValid(key, value)) return undefined;
  const near = key.values.length > 0 ? nearest(value.toLowerCase(), key.values) : undefined;
  return {
    at: option.valueSpan ?? span,
    what: `${name} of --mount cannot be ${value === '' ? 'empty' : value}`,
    meant: near,
  };
}

function isValid(key: MountKey, value: string): boolean {
  if (key.boolean) return /^(?:1|0|t|f|T|F|true|false|True|False|TRUE|FALSE)$/.test(value);
  switch (key.name) {
    case 'type':
    case 'sharing':
      return key.values.includes(value.toLowerCase());
    case 'mode':
      return /^[0-7]{1,11}$/.test(value) && parseInt(value, 8) <= 0xffffffff;
    case 'uid':
    case 'gid':
      return /^\d{1,10}$/.test(value) && Number(value) <= 0xffffffff;
    case 'size':
      return /^\d+(?:\.\d+)* ?(?:[kmgtp]?i?b?)?$/i.test(value);
    default:
      return true;
  }
}

function misplacedKey(options: readonly FlagOption[], type: string): ValueProblem | undefined {
  const own = mountType(type);
  for (const option of options) {
    const name = anyMountKey(option.key)?.name ?? '';
    const refused =
      (own && strictMountKeys.has(name) && !mountKey(own, name)) ||
      (type === 'secret' && name === 'from' && option.value !== '') ||
      (type === 'ssh' && name === 'source' && option.value !== '');
    if (refused) return { at: option.keySpan, what: `A mount of type ${type} has no ${option.key}` };
  }
  return undefined;
}

function missingKey(
  options: readonly FlagOption[],
  type: string,
  at: ValueProblem['at'],
  workdir: string | undefined,
): ValueProblem | undefined {
  const given = new Map(options.map(({ key, value }) => [anyMountKey(key)?.name ?? '', value ?? '']));
  const has = (name: string): boolean => (given.get(name) ?? '') !== '';
  if (type === 'secret') {
    if (has('source') && has('id')) return { at, what: 'A secret mount takes id or source, not both' };
    return has('id') || has('source') || has('target')
      ? undefined
      : { at, what: 'A secret mount needs an id or a target' };
  }
  const target = given.get('target') ?? '';
  const isRoot = /^[/.]*$/.test(target) && resolvePath(workdir, target) === '/';
  return type !== 'ssh' && isRoot
    ? {
        at,
        what: target === '' ? `A mount of type ${type} needs a target` : 'A mount cannot take the place of /',
      }
    : undefined;
}
