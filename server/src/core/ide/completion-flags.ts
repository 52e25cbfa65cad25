// Completion of flags of instructions, their values, and the keys of `--mount`.
import type { FlagInfo } from '../knowledge/syntax/instructions';
import { flagInfo, instructions as knownInstructions } from '../knowledge/syntax/instructions';
import type { MountKey } from '../knowledge/syntax/mounts';
import { mountKey, mountType, mountTypeKey, mountTypes } from '../knowledge/syntax/mounts';
import { escapeSnippet, inOrder, proposal } from './proposal';
import type { Proposal } from './proposal';
import type { Place } from './completion-place';
import { ownerItems, stageItems } from './completion-names';
import { contextPathItems, stagePathItems } from './completion-paths';
import type { Subject } from './subject';

type FlagPlace = Extract<Place, { kind: 'flag' | 'argument' }>;

/** Flags that the instruction does not have yet, with their `=`. */
export function flagItems({ instruction, flags, token, text }: FlagPlace): Proposal[] {
  const known = knownInstructions.get(instruction.keyword)?.flags ?? [];
  const own = /^--([^=]*)/.exec(text)?.[1];
  const used = new Set(
    [...flags, ...instruction.flags.map(({ name }) => name)].filter((name) => name !== own),
  );
  // There may be a value after `--name=`, which is kept.
  const hasValue = text.endsWith('=');
  return known
    .filter(({ name, repeatable }) => repeatable || !used.has(name))
    .map((flag, index) => {
      const plain = flag.value === 'boolean' && !hasValue ? `--${flag.name}` : `--${flag.name}=`;
      const placeholder = hasValue ? '' : (placeholderOf(flag) ?? '');
      const snippet = `${escapeSnippet(plain)}${placeholder}`;
      return {
        ...proposal(token, plain, plain, 'flag', {
          detail: flag.since === undefined ? undefined : `since syntax ${flag.since}`,
          documentation: flag.documentation,
          order: `~${inOrder(index)}`,
        }),
        snippet: { label: plain, text: snippet },
      };
    });
}

/** The placeholder of a snippet; undefined if completion of the value follows. */
function placeholderOf({ value, values, name }: FlagInfo): string | undefined {
  if (name === 'mount')
    return 'type=${1|' + mountTypes.map((type) => type.name).join(',') + '|},${2:target}=${3:/path}';
  if (value === 'choice') return '${1|' + values.join(',') + '|}';
  if (value === 'owner') return '${1:user}:${2:group}';
  if (value === 'checksum') return 'sha256:${1:digest}';
  if (value === 'duration' || value === 'number' || value === 'mode')
    return `\${1:${escapeSnippet(values[0] ?? '')}}`;
  return undefined;
}

export function flagValueItems(
  subject: Subject,
  { instruction, flag, token }: Extract<Place, { kind: 'flag-value' }>,
): Proposal[] {
  const info = flagInfo(instruction.keyword, flag);
  if (!info) return [];
  if (info.value === 'stage') return stageItems(subject, instruction, token, 'copy');
  if (info.value === 'owner') return ownerItems(subject, instruction, token);
  const values = info.value === 'platform' ? platforms(subject, info) : info.values;
  return values.map((value, index) => proposal(token, value, value, 'choice', { order: inOrder(index) }));
}

/** The platforms to propose; those that the file uses come first. */
function platforms({ model }: Subject, { values }: FlagInfo): readonly string[] {
  const used = model.stages.flatMap(({ platform }) => platform?.value?.value ?? []);
  return [...new Set([...values.slice(0, 2), ...used, ...values])].filter((value) => value !== '');
}

export function mountItems(
  subject: Subject,
  { instruction, key, others, token, prefix }: Extract<Place, { kind: 'mount' }>,
): Proposal[] {
  const type = mountType(others.get('type'));
  if (key === undefined) {
    const typed = others.has('type');
    const keys: readonly MountKey[] = type?.keys ?? [];
    const free = keys.filter((one) => ![one.name, ...one.aliases].some((name) => others.has(name)));
    return [
      ...(typed
        ? []
        : mountTypes.map(({ name, documentation }, index) =>
            proposal(token, `type=${name}`, `type=${name}`, 'choice', {
              documentation,
              order: inOrder(index),
            }),
          )),
      ...free.map((one, index) => {
        const text = one.boolean ? one.name : `${one.name}=`;
        return proposal(token, text, text, 'key', {
          detail: one.since === undefined ? undefined : `since syntax ${one.since}`,
          documentation: one.documentation,
          order: inOrder(100 + index),
        });
      }),
    ];
  }
  if (key === 'type') {
    return mountTypes.map(({ name, documentation }, index) =>
      proposal(token, name, name, 'choice', {
        documentation,
        order: inOrder(index),
      }),
    );
  }
  if (key === 'from') return stageItems(subject, instruction, token, 'mount');
  const origin = others.get('from');
  if ((key === 'source' || key === 'src') && (others.get('type') ?? 'bind') === 'bind')
    return origin === undefined
      ? contextPathItems(subject, { token, prefix, form: 'option' })
      : stagePathItems(subject, instruction, origin, { token, prefix });
  const info = key === mountTypeKey.name ? mountTypeKey : type && mountKey(type, key);
  return (info?.values ?? []).map((value, index) =>
    proposal(token, value, value, 'value', { order: inOrder(index) }),
  );
}
