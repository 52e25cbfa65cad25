// Hover texts for the text under the pointer. Names first (variables, stages, here-documents), then images, flags,
// mount options, keywords and directives.
import { mountTypeOf } from '../analysis/text/mount-options';
import { buildkitChecks } from '../knowledge/syntax/buildkit-checks';
import { flagInfo, isKeyword } from '../knowledge/syntax/instructions';
import { mountKey, mountType, mountTypeKey } from '../knowledge/syntax/mounts';
import type { Model } from '../model/model';
import type { Directive, Flag, Instruction } from '../syntax/nodes';
import type { Span } from '../text/span';
import { userAt } from './completion-names';
import { describeImage, describeName } from './descriptions';
import { findingsHover } from './hover-findings';
import { packageHover } from './hover-packages';
import { pathHover, portHover } from './hover-places';
import type { Subject } from './subject';
import { at, commentAt, heredocAt, instructionAt } from './locate';
import type { Hover, Paragraph } from './markup';
import { occurrenceAt, symbolTable } from '../analysis/symbols/symbol-table';

/** @returns undefined if there is nothing to show */
export async function hoverAt(subject: Subject, offset: number): Promise<Hover | undefined> {
  const findings = await findingsHover(subject, offset);
  const named = await nameHover(subject, offset);
  if (!findings || !named) return findings ?? named;
  return { span: named.span, text: [...findings.text, ...named.text] };
}

async function nameHover(subject: Subject, offset: number): Promise<Hover | undefined> {
  const { model } = subject;
  const occurrence = occurrenceAt(symbolTable(model), offset);
  if (occurrence) return { span: occurrence.span, text: describeName(model, occurrence) };
  const use = model.images.find(({ image }) => at(image.span, offset));
  if (use) return { span: use.image.span, text: describeImage(model, use) };
  const comment = commentAt(model.file, offset);
  if (comment)
    return (
      ('nameSpan' in comment ? directive(comment, offset) : undefined) ??
      ruleId(subject, comment.span, offset)
    );
  const instruction = instructionAt(model.file, offset);
  if (!instruction || heredocAt(instruction, offset)) return undefined;
  if (at(instruction.keywordSpan, offset)) return keyword(subject, instruction);
  const flag = instruction.flags.find(({ span }) => at(span, offset));
  if (flag)
    return (
      user(subject, instruction, offset) ??
      pathHover(subject, offset) ??
      describeFlag(instruction, flag, offset)
    );
  return (
    packageHover(subject, offset) ??
    user(subject, instruction, offset) ??
    portHover(model, instruction, offset) ??
    pathHover(subject, offset) ??
    word(model, instruction, offset)
  );
}

function user(subject: Subject, instruction: Instruction, offset: number): Hover | undefined {
  const found = userAt(subject, instruction, offset);
  if (!found) return undefined;
  const { name, detail, at: place } = found.account;
  const where = place ? ` on line ${subject.model.document.lineAt(place.start) + 1}` : '';
  return { span: found.span, text: [[{ code: name }, ` – ${detail}${where}`]] };
}

async function keyword(
  { service }: Subject,
  { keyword: name, keywordSpan }: Instruction,
): Promise<Hover | undefined> {
  if (!isKeyword(name)) return undefined;
  const documentation = await service.documentation(name);
  return documentation === undefined
    ? undefined
    : { span: keywordSpan, text: [[{ markdown: documentation }]] };
}

function describeFlag(instruction: Instruction, flag: Flag, offset: number): Hover | undefined {
  const info = flagInfo(instruction.keyword, flag.name);
  if (!info) return undefined;
  if (info.value === 'mount' && offset > flag.nameSpan.end) {
    const option = flag.options.find(({ span }) => at(span, offset));
    if (option) return describeMountOption(flag, option);
  }
  if (flag.value && offset > flag.nameSpan.end) return undefined;
  const facts: Paragraph[] = [];
  if (info.value === 'choice') facts.push(['One of ', ...codes(info.values), '.']);
  if (info.since !== undefined) facts.push([`Since Dockerfile syntax ${info.since}.`]);
  return {
    span: { start: flag.span.start, end: flag.nameSpan.end },
    text: [[{ code: `--${flag.name}` }], [info.documentation], ...facts],
  };
}

function describeMountOption(flag: Flag, option: Flag['options'][number]): Hover | undefined {
  const type = mountType(mountTypeOf(flag));
  if (option.key === 'type') {
    const named = mountType(option.value ?? '');
    return {
      span: option.span,
      text: named
        ? [
            [{ code: `type=${named.name}` }],
            [named.documentation],
            ['Options: ', ...codes(named.keys.map(({ name }) => name)), '.'],
          ]
        : [[{ code: 'type' }], [mountTypeKey.documentation], ['One of ', ...codes(mountTypeKey.values), '.']],
    };
  }
  const key = type && mountKey(type, option.key);
  if (!type || !key) return undefined;
  const facts: Paragraph[] = [];
  if (key.aliases.length > 0) facts.push(['Also known as ', ...codes(key.aliases), '.']);
  if (key.since !== undefined) facts.push([`Since Dockerfile syntax ${key.since}.`]);
  return {
    span: option.span,
    text: [[{ code: key.name }, ` (${type.name} mount)`], [key.documentation], ...facts],
  };
}

function codes(values: readonly string[]): Paragraph {
  return values.flatMap((code, index) => (index === 0 ? [{ code }] : [', ', { code }]));
}

function word(model: Model, instruction: Instruction, offset: number): Hover | undefined {
  const found = instruction.words.find(({ span }) => at(span, offset));
  if (!found) return undefined;
  if (
    instruction.keyword === 'FROM' &&
    found.value.toLowerCase() === 'scratch' &&
    found === instruction.words[0]
  ) {
    return {
      span: found.span,
      text: [[{ code: 'scratch' }], ['The empty image, without files, shell and users.']],
    };
  }
  const stage = model.stageOf(instruction);
  if (instruction.keyword === 'FROM' && stage?.as && stage.as === found) {
    return {
      span: found.span,
      text: [
        [{ code: 'AS' }],
        ['Names the stage, so that FROM, COPY --from, RUN --mount from= and --target can refer to it.'],
      ],
    };
  }
  return undefined;
}

const directives: Readonly<Record<string, readonly Paragraph[]>> = {
  syntax: [
    [{ code: '# syntax=' }],
    [
      'Image of the Dockerfile frontend that reads this file. docker/dockerfile:1 is the newest stable version, independent of the version of the builder.',
    ],
    [{ markdown: '[Online documentation](https://docs.docker.com/reference/dockerfile/#syntax)' }],
  ],
  escape: [
    [{ code: '# escape=' }],
    [
      'The character that continues a line and escapes the next character: \\ or `. Use a backtick in Windows files, where \\ separates paths.',
    ],
    [{ markdown: '[Online documentation](https://docs.docker.com/reference/dockerfile/#escape)' }],
  ],
  check: [
    [{ code: '# check=' }],
    [
      'The build checks to skip (skip=Name,Name or skip=all), and whether a finding fails the build (error=true).',
    ],
    [{ markdown: '[Online documentation](https://docs.docker.com/reference/dockerfile/#check)' }],
  ],
};

function directive({ name, nameSpan }: Directive, offset: number): Hover | undefined {
  const text = directives[name];
  return text && at(nameSpan, offset) ? { span: nameSpan, text } : undefined;
}

/** Describes an id in a comment or directive that hides findings. */
function ruleId({ model, rules }: Subject, comment: Span, offset: number): Hover | undefined {
  const text = model.file.text.slice(comment.start, comment.end);
  const list = /(?:ignore|check)[ \t]*=/i.exec(text);
  if (!list) return undefined;
  for (const { 0: id, index } of text.matchAll(/[A-Za-z][A-Za-z0-9-]*/g)) {
    const span = { start: comment.start + index, end: comment.start + index + id.length };
    if (index < list.index + list[0].length || !at(span, offset)) continue;
    const own = rules.find((rule) => rule.id === id || rule.alsoKnownAs?.includes(`hadolint:${id}`));
    const summary = buildkitChecks.get(id) ?? own?.summary;
    if (summary === undefined) return undefined;
    return { span, text: [[{ code: id }, own && own.id !== id ? ` (${own.id})` : ''], [`${summary}.`]] };
  }
  return undefined;
}
