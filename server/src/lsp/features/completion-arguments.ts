// Arguments of instructions.
import type { CompletionItem } from 'vscode-languageserver';
import { CompletionItemKind } from '../library';
import { imageLabels } from '../../core/knowledge/images/image-labels';
import { predefinedVariables } from '../../core/knowledge/syntax/predefined-variables';
import { signals } from '../../core/knowledge/syntax/signals';
import { keywordLike } from '../../core/analysis/text/keyword-case';
import { flagItems } from './completion-flags';
import { inOrder, itemOf, snippetOf } from './completion-items';
import { stageItems, userItems } from './completion-names';
import type { Place } from './completion-place';
import type { FeatureInput } from './input';

type ArgumentPlace = Extract<Place, { kind: 'argument' }>;

/** @param trigger see `completion` */
export function argumentItems(
  input: FeatureInput,
  place: ArgumentPlace,
  trigger: string | undefined,
): CompletionItem[] {
  const items = ofInstruction(input, place);
  // Flags are for those who ask: not behind every blank that follows RUN or COPY.
  const flags = place.words.length === 0 && place.prefix === '' && place.text === '' && trigger !== ' ';
  return flags ? [...items, ...flagItems(input, place)] : items;
}

function ofInstruction(input: FeatureInput, place: ArgumentPlace): CompletionItem[] {
  switch (place.instruction.keyword) {
    case 'FROM':
      return from(input, place);
    case 'ARG':
      return args(input, place);
    case 'USER':
      return user(input, place);
    case 'EXPOSE':
      return expose(input, place);
    case 'LABEL':
      return labels(input, place);
    case 'STOPSIGNAL':
      return place.words.length > 0
        ? []
        : [...signals].map(([name, text], index) =>
            itemOf(input, place.token, name, name, CompletionItemKind.EnumMember, {
              detail: text,
              sortText: inOrder(index),
            }),
          );
    case 'SHELL':
      return shells(input, place);
    case 'HEALTHCHECK':
      return healthcheck(input, place);
    case 'WORKDIR':
      return place.words.length > 0 ? [] : directories(input, place);
    case 'COPY':
    case 'ADD':
      // The destination; sources come from the build context, which is not ours to look at.
      return place.words.length > 0 && /^[./]?$/.test(place.prefix) ? directories(input, place) : [];
    default:
      return [];
  }
}

function from(input: FeatureInput, { instruction, token, words, text }: ArgumentPlace): CompletionItem[] {
  if (words.length === 0) {
    // Behind `name:` and `name@` only a registry knows what may follow.
    if (/[:@/]/.test(text)) return [];
    return [
      ...stageItems(input, instruction, token, 'from'),
      itemOf(input, token, 'scratch', 'scratch', CompletionItemKind.Module, {
        detail: 'the empty image',
        sortText: '9',
      }),
    ];
  }
  const as = keywordLike(input.file, 'AS');
  return words.length === 1
    ? [
        snippetOf(
          input,
          token,
          input.capabilities.snippets ? `${as} name` : as,
          `${as} \${1:name}`,
          as,
          CompletionItemKind.Keyword,
          {
            documentation: 'Names the stage, for FROM, COPY --from, RUN --mount from= and --target.',
          },
        ),
      ]
    : [];
}

/** In a stage: what is declared above the first FROM, and what the builder sets. */
function args(input: FeatureInput, { instruction, token, words, text }: ArgumentPlace): CompletionItem[] {
  const { model } = input;
  const stage = model.stageOf(instruction);
  if (!stage?.from || text.includes('=')) return [];
  const declared = new Set([
    ...model.environmentAt(instruction).args.keys(),
    ...words.map((word) => word.replace(/=.*$/s, '')),
  ]);
  const globals = model.preamble
    .filter(({ keyword }) => keyword === 'ARG')
    .flatMap(({ pairs }) =>
      pairs.map(({ key, value }) => ({
        name: key.value,
        detail: value ? `default ${value.raw}` : 'no default',
      })),
    );
  const platforms = [...predefinedVariables.values()]
    .filter(({ kind }) => kind === 'platform')
    .map(({ name, documentation }) => ({ name, detail: documentation }));
  return [...globals, ...platforms]
    .filter(
      ({ name }, index, all) => !declared.has(name) && all.findIndex((one) => one.name === name) === index,
    )
    .map(({ name, detail }, index) =>
      itemOf(input, token, name, name, CompletionItemKind.Variable, { detail, sortText: inOrder(index) }),
    );
}

function user(
  input: FeatureInput,
  { instruction, token, words, prefix, text }: ArgumentPlace,
): CompletionItem[] {
  if (words.length > 0) return [];
  const colon = text.indexOf(':');
  if (colon < 0) return userItems(input, instruction, token);
  // Groups are called like their users on nearly every image.
  return prefix.length > colon
    ? userItems(input, instruction, { start: token.start + colon + 1, end: token.end })
    : userItems(input, instruction, { start: token.start, end: token.start + colon });
}

const protocols = ['tcp', 'udp', 'sctp'];

function expose(input: FeatureInput, { token, prefix, text }: ArgumentPlace): CompletionItem[] {
  const slash = text.indexOf('/');
  const port = slash < 0 ? text : text.slice(0, slash);
  if (port === '' || prefix.length < port.length) return [];
  if (slash < 0) {
    return protocols.map((protocol, index) =>
      itemOf(input, token, `${port}/${protocol}`, `${port}/${protocol}`, CompletionItemKind.EnumMember, {
        sortText: inOrder(index),
      }),
    );
  }
  const value = { start: token.start + slash + 1, end: token.end };
  if (prefix.length <= slash) return [];
  return protocols.map((protocol, index) =>
    itemOf(input, value, protocol, protocol, CompletionItemKind.EnumMember, { sortText: inOrder(index) }),
  );
}

function labels(input: FeatureInput, { instruction, token, prefix, text }: ArgumentPlace): CompletionItem[] {
  const equals = text.indexOf('=');
  if (text.startsWith('"') || (equals >= 0 && prefix.length > equals)) return [];
  const key = equals < 0 ? token : { start: token.start, end: token.start + equals };
  const stage = input.model.stageOf(instruction);
  const used = new Set(
    (stage?.instructions ?? [])
      .filter(({ keyword }) => keyword === 'LABEL')
      .flatMap(({ pairs }) => pairs)
      .filter(({ key: { span } }) => span.start !== token.start)
      .map((pair) => pair.key.value),
  );
  return [...imageLabels]
    .filter(([name]) => !used.has(name))
    .map(([name, detail], index) => {
      const more = { detail, sortText: inOrder(index) };
      return equals < 0
        ? snippetOf(input, key, name, `${name}="$1"`, `${name}=`, CompletionItemKind.Property, more)
        : itemOf(input, key, name, name, CompletionItemKind.Property, more);
    });
}

const shellForms: readonly { readonly text: string; readonly detail: string; readonly windows?: true }[] = [
  {
    text: '["/bin/bash", "-o", "pipefail", "-c"]',
    detail: 'bash; a pipeline fails with any of its commands',
  },
  {
    text: '["/bin/bash", "-euxo", "pipefail", "-c"]',
    detail: 'bash; also stops at errors and unset variables, and prints commands',
  },
  {
    text: '["/bin/ash", "-o", "pipefail", "-c"]',
    detail: 'Alpine and BusyBox; a pipeline fails with any of its commands',
  },
  { text: '["/bin/sh", "-c"]', detail: 'the default on Linux' },
  {
    text: '["powershell", "-Command", "$ErrorActionPreference = \'Stop\'; $ProgressPreference = \'SilentlyContinue\';"]',
    detail: 'Windows PowerShell',
    windows: true,
  },
  { text: '["pwsh", "-Command", "$ErrorActionPreference = \'Stop\';"]', detail: 'PowerShell', windows: true },
  { text: '["cmd", "/S", "/C"]', detail: 'the default on Windows', windows: true },
];

function shells(input: FeatureInput, { instruction, token, words, text }: ArgumentPlace): CompletionItem[] {
  if (words.length > 0) return [];
  const distribution = input.model.stageOf(instruction)?.base.distribution;
  // An opening bracket that an editor has closed already belongs to the token.
  if (!/^(?:\[?\]?|\S*)$/.test(text)) return [];
  return shellForms
    .filter(
      ({ windows }) => distribution === undefined || (distribution === 'windows') === (windows === true),
    )
    .map((form, index) =>
      itemOf(input, token, form.text, form.text, CompletionItemKind.Snippet, {
        detail: form.detail,
        sortText: inOrder(index),
      }),
    );
}

function healthcheck(input: FeatureInput, { token, words, flags }: ArgumentPlace): CompletionItem[] {
  if (words.length > 0) return [];
  const cmd = keywordLike(input.file, 'CMD');
  const none = keywordLike(input.file, 'NONE');
  const items = [
    itemOf(input, token, cmd, `${cmd} `, CompletionItemKind.Keyword, {
      documentation:
        'The command whose exit code says whether the container is healthy: 0 healthy, 1 unhealthy.',
    }),
  ];
  // NONE takes no flags.
  if (flags.length > 0) return items;
  return [
    ...items,
    itemOf(input, token, none, none, CompletionItemKind.Keyword, {
      documentation: 'Switches off the check of the base image.',
    }),
  ];
}

/** Working directories that the file has set so far. */
function directories(input: FeatureInput, { instruction, token }: ArgumentPlace): CompletionItem[] {
  const { model } = input;
  const known = new Set<string>();
  for (const one of model.instructions) {
    if (
      one.keyword !== 'WORKDIR' ||
      one.index === instruction.index ||
      one.span.start > instruction.span.start
    )
      continue;
    const path = one.words[0]?.value ?? '';
    if (/^\/[^$\s]*$/.test(path)) known.add(path);
  }
  const own = instruction.keyword === 'WORKDIR' ? undefined : model.environmentAt(instruction).workdir;
  if (own !== undefined) known.add(own);
  return [...known]
    .reverse()
    .map((path, index) =>
      itemOf(input, token, path, path, CompletionItemKind.Folder, { sortText: inOrder(index) }),
    );
}
