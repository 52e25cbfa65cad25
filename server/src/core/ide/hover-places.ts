// Hovers of what lies outside the file: paths of the build context, and ports.
import { contextEntries, isIgnored, lookUp } from '../analysis/context/context-paths';
import type { NamedPath } from '../analysis/context/named-paths';
import { namedPaths } from '../analysis/context/named-paths';
import { ignoreFileOf } from '../analysis/context/ignore-file';
import { portsOf, serviceOn } from '../knowledge/images/ports';
import type { Model } from '../model/model';
import type { Instruction } from '../syntax/nodes';
import { at } from './locate';
import type { Hover, Paragraph } from './markup';
import type { Subject } from './subject';

/** The path of the build context under the pointer. */
export function namedPathAt({ model }: Subject, offset: number): NamedPath | undefined {
  return namedPaths(model).find(({ span }) => at(span, offset));
}

/** What a source of COPY, ADD or a bind mount is in the build context, and whether the builder is sent it. */
export function pathHover(subject: Subject, offset: number): Hover | undefined {
  const { context } = subject;
  const named = context && namedPathAt(subject, offset);
  if (!named) return undefined;
  const { path, span } = named;
  const kind = lookUp(context, path);
  if (kind === 'unknown') return undefined;
  const what = { file: 'a file', folder: 'a folder', missing: 'not' }[kind];
  const text: Paragraph[] = [[{ code: path }, ` – ${what} in the build context`]];
  const by = context.ignoreFile?.path ?? 'the ignore file';
  if (kind !== 'missing' && isIgnored(context, path)) {
    const inside = kind === 'folder' && ignoreFileOf(context).mayKeepIn(path);
    text.push([{ code: by }, inside ? ' keeps most of it out of the build.' : ' keeps it out of the build.']);
  } else if (kind === 'folder') {
    const entries = contextEntries(context, path);
    if (entries) text.push([`The build is sent ${counted(entries.length)}.`]);
  }
  return { span, text };
}

function counted(entries: number): string {
  if (entries === 0) return 'none of its entries';
  return entries === 1 ? '1 of its entries' : `${entries} of its entries`;
}

/** The service that usually listens on a port of EXPOSE. */
export function portHover(model: Model, instruction: Instruction, offset: number): Hover | undefined {
  if (instruction.keyword !== 'EXPOSE') return undefined;
  const word = instruction.words.find(({ span }) => at(span, offset));
  const [, digits] = /^(\d{1,5})(?:\/(?:tcp|udp|sctp))?$/i.exec(word?.value ?? '') ?? [];
  if (!word || digits === undefined) return undefined;
  const port = Number(digits);
  const service = serviceOn(port);
  const image = model.stageOf(instruction)?.base.name;
  const listens = portsOf(image).includes(port);
  if (service === undefined && !listens) return undefined;
  return {
    span: word.span,
    text: [
      [{ code: digits }, ...(service === undefined ? [] : [` – usually ${service}`])],
      ...(listens ? [[{ code: image ?? '' }, ' listens on it by default.']] : []),
      ['EXPOSE is only a note: it opens nothing.'],
    ],
  };
}
