// Completion of the arguments of instructions.
import { imageLabels } from '../knowledge/images/image-labels';
import { platformVariables } from '../knowledge/syntax/predefined-variables';
import { signals } from '../knowledge/syntax/signals';
import { keywordLike } from '../analysis/text/keyword-case';
import { flagItems } from './completion-flags';
import { inOrder, proposal } from './proposal';
import type { Proposal } from './proposal';
import { stageItems, userItems } from './completion-names';
import { packageItems } from './completion-packages';
import { contextPathItems, stagePathItems } from './completion-paths';
import { portItems } from './completion-ports';
import type { ArgumentPlace } from './completion-place';
import type { Subject } from './subject';

/** @param trigger see `completion` */
export function argumentItems(
  subject: Subject,
  place: ArgumentPlace,
  trigger: string | undefined,
): Proposal[] {
  const items = ofInstruction(subject, place);
  // Propose flags only on request, not after every blank that follows RUN or COPY.
  const flags =
    !place.json && place.words.length === 0 && place.prefix === '' && place.text === '' && trigger !== ' ';
  return flags ? [...items, ...flagItems(place)] : items;
}

function ofInstruction(subject: Subject, place: ArgumentPlace): Proposal[] {
  switch (place.instruction.keyword) {
    case 'FROM':
      return from(subject, place);
    case 'ARG':
      return args(subject, place);
    case 'USER':
      return user(subject, place);
    case 'EXPOSE':
      return portItems(subject, place);
    case 'RUN':
      return packageItems(subject, place);
    case 'LABEL':
      return labels(subject, place);
    case 'STOPSIGNAL':
      return place.words.length > 0
        ? []
        : [...signals].map(([name, text], index) =>
            proposal(place.token, name, name, 'choice', {
              detail: text,
              order: inOrder(index),
            }),
          );
    case 'SHELL':
      return shells(subject, place);
    case 'HEALTHCHECK':
      return healthcheck(subject, place);
    case 'WORKDIR':
      return place.words.length > 0 ? [] : directories(subject, place);
    case 'COPY':
    case 'ADD':
      return copyWords(subject, place);
    default:
      return [];
  }
}

function from(subject: Subject, { instruction, token, words, text }: ArgumentPlace): Proposal[] {
  if (words.length === 0) {
    // Only a registry knows what can follow `name:` and `name@`.
    if (/[:@/]/.test(text)) return [];
    return [
      ...stageItems(subject, instruction, token, 'from'),
      proposal(token, 'scratch', 'scratch', 'stage', {
        detail: 'empty image',
        order: '9',
      }),
    ];
  }
  const as = keywordLike(subject.model.file, 'AS');
  return words.length === 1
    ? [
        {
          ...proposal(token, as, as, 'keyword', {
            documentation:
              'Names the stage, so that FROM, COPY --from, RUN --mount from= and --target can refer to it.',
          }),
          snippet: { label: `${as} name`, text: `${as} \${1:name}` },
        },
      ]
    : [];
}

/** The first word is a source, the last one the destination or one more source. */
function copyWords(subject: Subject, place: ArgumentPlace): Proposal[] {
  const { words, token, prefix, instruction, json } = place;
  const isFollowed = (instruction.json ?? instruction.words).some(({ span }) => span.start > token.end);
  const isFirst = words.length === 0;
  const folders = !isFirst && !isFollowed && /^[./]?$/.test(prefix) ? directories(subject, place) : [];
  const isSource = isFirst || isFollowed || /^[^./]/.test(prefix);
  const origin = instruction.flags.find(({ name }) => name === 'from')?.value?.value;
  if (origin !== undefined)
    return isFirst || isFollowed ? stagePathItems(subject, instruction, origin, { token, prefix }) : folders;
  return isSource
    ? contextPathItems(subject, {
        token,
        prefix,
        form: json ? 'json' : isFirst && !isFollowed ? 'only' : 'word',
      })
    : folders;
}

/** In a stage: the ARGs above the first FROM, and the variables that the builder sets. */
function args(subject: Subject, { instruction, token, words, text }: ArgumentPlace): Proposal[] {
  const { model } = subject;
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
        detail: value ? `default: ${value.raw}` : 'no default',
      })),
    );
  const platforms = platformVariables.map(({ name, documentation }) => ({ name, detail: documentation }));
  return [...globals, ...platforms]
    .filter(
      ({ name }, index, all) => !declared.has(name) && all.findIndex((one) => one.name === name) === index,
    )
    .map(({ name, detail }, index) =>
      proposal(token, name, name, 'variable', { detail, order: inOrder(index) }),
    );
}

function user(subject: Subject, { instruction, token, words, prefix, text }: ArgumentPlace): Proposal[] {
  if (words.length > 0) return [];
  const colon = text.indexOf(':');
  if (colon < 0) return userItems(subject, instruction, token);
  // In nearly every image, a group has the same name as its user.
  return prefix.length > colon
    ? userItems(subject, instruction, { start: token.start + colon + 1, end: token.end })
    : userItems(subject, instruction, { start: token.start, end: token.start + colon });
}

function labels(subject: Subject, { instruction, token, prefix, text }: ArgumentPlace): Proposal[] {
  const equals = text.indexOf('=');
  if (text.startsWith('"') || (equals >= 0 && prefix.length > equals)) return [];
  const key = equals < 0 ? token : { start: token.start, end: token.start + equals };
  const stage = subject.model.stageOf(instruction);
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
      const more = { detail, order: inOrder(index) };
      return equals < 0
        ? {
            ...proposal(key, name, `${name}=`, 'key', more),
            snippet: { label: name, text: `${name}="$1"` },
          }
        : proposal(key, name, name, 'key', more);
    });
}

const shellForms: readonly { readonly text: string; readonly detail: string; readonly windows?: true }[] = [
  {
    text: '["/bin/bash", "-o", "pipefail", "-c"]',
    detail: 'bash; a pipeline fails if any command in it fails',
  },
  {
    text: '["/bin/bash", "-euxo", "pipefail", "-c"]',
    detail: 'bash; also stops on errors and unset variables, and prints commands',
  },
  {
    text: '["/bin/ash", "-o", "pipefail", "-c"]',
    detail: 'Alpine and BusyBox; a pipeline fails if any command in it fails',
  },
  { text: '["/bin/sh", "-c"]', detail: 'default on Linux' },
  {
    text: '["powershell", "-Command", "$ErrorActionPreference = \'Stop\'; $ProgressPreference = \'SilentlyContinue\';"]',
    detail: 'Windows PowerShell',
    windows: true,
  },
  { text: '["pwsh", "-Command", "$ErrorActionPreference = \'Stop\';"]', detail: 'PowerShell', windows: true },
  { text: '["cmd", "/S", "/C"]', detail: 'default on Windows', windows: true },
];

function shells(subject: Subject, { instruction, token, words, text }: ArgumentPlace): Proposal[] {
  if (words.length > 0) return [];
  const distribution = subject.model.stageOf(instruction)?.base.distribution;
  // An opening bracket that an editor has closed already belongs to the token.
  if (!/^(?:\[?\]?|\S*)$/.test(text)) return [];
  return shellForms
    .filter(
      ({ windows }) => distribution === undefined || (distribution === 'windows') === (windows === true),
    )
    .map((form, index) =>
      proposal(token, form.text, form.text, 'form', {
        detail: form.detail,
        order: inOrder(index),
      }),
    );
}

function healthcheck(subject: Subject, { token, words, flags }: ArgumentPlace): Proposal[] {
  if (words.length > 0) return [];
  const cmd = keywordLike(subject.model.file, 'CMD');
  const none = keywordLike(subject.model.file, 'NONE');
  const items = [
    proposal(token, cmd, `${cmd} `, 'keyword', {
      documentation: 'Command that checks the container. Exit code 0 means healthy, 1 means unhealthy.',
    }),
  ];
  // NONE does not accept flags.
  if (flags.length > 0) return items;
  return [
    ...items,
    proposal(token, none, none, 'keyword', {
      documentation: 'Disables the health check of the base image.',
    }),
  ];
}

/** Working directories that the file has set so far. */
function directories(subject: Subject, { instruction, token }: ArgumentPlace): Proposal[] {
  const { model } = subject;
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
    .map((path, index) => proposal(token, path, path, 'folder', { order: inOrder(index) }));
}
