// Flags of instructions, their values, and the keys of `--mount`.
import type { CompletionItem } from 'vscode-languageserver';
import { CompletionItemKind } from '../library';
import type { FlagInfo } from '../../core/knowledge/syntax/instructions';
import { flagInfo, instructions as knownInstructions } from '../../core/knowledge/syntax/instructions';
import type { MountKey } from '../../core/knowledge/syntax/mounts';
import { mountKey, mountType, mountTypeKey, mountTypes } from '../../core/knowledge/syntax/mounts';
import { escapeSnippet, inOrder, itemOf, snippetOf } from './completion-items';
import type { Place } from './completion-place';
import { ownerItems, stageItems } from './completion-names';
import type { FeatureInput } from './input';

type FlagPlace = Extract<Place, { kind: 'flag' | 'argument' }>;

/** Flags that are not there yet, with their `=`. */
export function flagItems(
  input: FeatureInput,
  { instruction, flags, token, text }: FlagPlace,
): CompletionItem[] {
  const known = knownInstructions.get(instruction.keyword)?.flags ?? [];
  const own = /^--([^=]*)/.exec(text)?.[1];
  const used = new Set(
    [...flags, ...instruction.flags.map(({ name }) => name)].filter((name) => name !== own),
  );
  // Behind `--name=` a value may stand that is kept.
  const hasValue = text.endsWith('=');
  return known
    .filter(({ name, repeatable }) => repeatable || !used.has(name))
    .map((flag, index) => {
      const more = {
        detail: flag.since === undefined ? undefined : `syntax ${flag.since}`,
        documentation: flag.documentation,
        sortText: `~${inOrder(index)}`,
      };
      const plain = flag.value === 'boolean' && !hasValue ? `--${flag.name}` : `--${flag.name}=`;
      const placeholder = hasValue ? '' : (placeholderOf(flag) ?? '');
      const snippet = `${escapeSnippet(plain)}${placeholder}`;
      return snippetOf(input, token, plain, snippet, plain, CompletionItemKind.Field, more);
    });
}

/** What a snippet offers to fill in; undefined where the list of values will be asked for next. */
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
  input: FeatureInput,
  { instruction, flag, token }: Extract<Place, { kind: 'flag-value' }>,
): CompletionItem[] {
  const info = flagInfo(instruction.keyword, flag);
  if (!info) return [];
  if (info.value === 'stage') return stageItems(input, instruction, token, 'copy');
  if (info.value === 'owner') return ownerItems(input, instruction, token);
  const values = info.value === 'platform' ? platforms(input, info) : info.values;
  return values.map((value, index) =>
    itemOf(input, token, value, value, CompletionItemKind.EnumMember, { sortText: inOrder(index) }),
  );
}

/** Those the file names come first. */
function platforms({ model }: FeatureInput, { values }: FlagInfo): readonly string[] {
  const used = model.stages.flatMap(({ platform }) => platform?.value?.value ?? []);
  return [...new Set([...values.slice(0, 2), ...used, ...values])].filter((value) => value !== '');
}

export function mountItems(
  input: FeatureInput,
  { instruction, key, others, token }: Extract<Place, { kind: 'mount' }>,
): CompletionItem[] {
  const type = mountType(others.get('type'));
  if (key === undefined) {
    const typed = others.has('type');
    const keys: readonly MountKey[] = type?.keys ?? [];
    const free = keys.filter((one) => ![one.name, ...one.aliases].some((name) => others.has(name)));
    return [
      ...(typed
        ? []
        : mountTypes.map(({ name, documentation }, index) =>
            itemOf(input, token, `type=${name}`, `type=${name}`, CompletionItemKind.EnumMember, {
              documentation,
              sortText: inOrder(index),
            }),
          )),
      ...free.map((one, index) => {
        const text = one.boolean ? one.name : `${one.name}=`;
        return itemOf(input, token, text, text, CompletionItemKind.Property, {
          detail: one.since === undefined ? undefined : `syntax ${one.since}`,
          documentation: one.documentation,
          sortText: inOrder(100 + index),
        });
      }),
    ];
  }
  if (key === 'type') {
    return mountTypes.map(({ name, documentation }, index) =>
      itemOf(input, token, name, name, CompletionItemKind.EnumMember, {
        documentation,
        sortText: inOrder(index),
      }),
    );
  }
  if (key === 'from') return stageItems(input, instruction, token, 'mount');
  const info = key === mountTypeKey.name ? mountTypeKey : type && mountKey(type, key);
  return (info?.values ?? []).map((value, index) =>
    itemOf(input, token, value, value, CompletionItemKind.Value, { sortText: inOrder(index) }),
  );
}
