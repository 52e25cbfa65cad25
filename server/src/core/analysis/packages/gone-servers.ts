// Finds the places of a file that fetch from a server that is gone.
import { readers, textEditors, textWriters } from '../../knowledge/programs/build-steps';
import { goneServers } from '../../knowledge/network/gone';
import type { GoneServer } from '../../knowledge/network/gone';
import type { Model } from '../../model/model';
import type { Command } from '../../shell/types';
import type { Instruction } from '../../syntax/nodes';
import { firstNotBefore } from '../../text/search';
import { wordKeys } from '../../text/mentions';
import type { Span } from '../../text/span';

export interface ServerUse {
  readonly server: GoneServer;
  /** The host. */
  readonly at: Span;
  /** The text that `server.to` replaces, and its replacement. Undefined if nothing takes its place. */
  readonly replacement: { readonly at: Span; readonly text: string } | undefined;
  /** RUN, ADD, COPY, ENV or ARG; the trigger, under ONBUILD. */
  readonly instruction: Instruction;
  /** The command that names it; undefined outside RUN, and in the text of a heredoc. */
  readonly command: Command | undefined;
  /** Whether a loop goes through it and others: one of them may answer. */
  readonly isAlternative: boolean;
}

/** Every place that names a server that is gone and needs an answer from it, in order. */
export function goneServersIn(model: Model): readonly ServerUse[] {
  const servers = telling.flatMap(({ server, word }) => (model.mentions.some(word) ? server : []));
  if (servers.length === 0) return [];
  const text = model.file.text.toLowerCase();
  // Some characters have another length in lower case.
  if (text.length !== model.file.text.length) return [];
  const found: ServerUse[] = [];
  const taken = new Set<number>();
  for (const server of servers) {
    const bare = server.address.replace(/^\./, '');
    for (let at = text.indexOf(bare); at >= 0; at = text.indexOf(bare, at + bare.length)) {
      const host = hostAt(text, at, server);
      if (!host || taken.has(host.start)) continue;
      const use = useAt(model, text, server, host);
      if (!use) continue;
      taken.add(host.start);
      found.push(use);
    }
  }
  return found.sort((a, b) => a.at.start - b.at.start);
}

/** Each server with the longest word of its address: hardly any other text has it. */
const telling = goneServers.map((server) => {
  const words = server.address.match(/[a-z]+/g) ?? [];
  return {
    server,
    word: wordKeys([words.reduce((longest, word) => (word.length > longest.length ? word : longest), '')]),
  };
});

/** The host of which the address at an offset is a part; undefined if it is another one, or has another scheme. */
function hostAt(text: string, at: number, { address, scheme, except }: GoneServer): Span | undefined {
  let start = at;
  while (start > 0 && /[\w.-]/.test(text.charAt(start - 1))) start -= 1;
  if (start < at && !(address.startsWith('.') && text.charAt(at - 1) === '.')) return undefined;
  const after = at + address.replace(/^\./, '').length;
  // Behind a whole host; behind the start of a path, anything may follow.
  if (!/[/ ]/.test(address) && /^(?:[\w-]|\.[a-z])/.test(text.slice(after, after + 2))) return undefined;
  if (scheme !== undefined && !text.startsWith(scheme, start - scheme.length)) return undefined;
  let end = start;
  while (end < text.length && /[\w.-]/.test(text.charAt(end))) end += 1;
  return except?.includes(text.slice(start, end)) ? undefined : { start, end };
}

function useAt(model: Model, text: string, server: GoneServer, host: Span): ServerUse | undefined {
  const { instructions } = model;
  const index = firstNotBefore(instructions, ({ span }) => span.end <= host.start);
  const instruction = instructions[index];
  if (!instruction || instruction.span.start > host.start) return undefined;
  if (instruction.comments.some(({ span }) => contains(span, host))) return undefined;
  const use = {
    server,
    at: host,
    replacement: replacementOf(text, server, host),
    instruction,
  };
  switch (instruction.keyword) {
    case 'RUN': {
      const command = model.commandsOf(instruction).find(({ fullSpan }) => contains(fullSpan, host));
      const isData = instruction.heredocs.some(({ body }) => contains(body, host));
      const from = Math.max(instruction.span.start, host.start - mostBefore);
      const before = command ? '' : model.document.text.slice(from, host.start);
      const after = command ? '' : model.document.text.slice(host.end, instruction.span.end);
      const list = listed.exec(before)?.[1];
      const isAlternative = list !== undefined && hasOthers(list, after);
      if (
        command
          ? !needsServer(model, command, server)
          : !isData && list === undefined && !assigned.test(before)
      )
        return undefined;
      return { ...use, command, isAlternative };
    }
    case 'ADD':
    case 'COPY':
    case 'ENV':
    case 'ARG':
      return { ...use, command: undefined, isAlternative: false };
    default:
      return undefined;
  }
}

/** More characters in front of an address are not looked at. */
const mostBefore = 1500;

/** In front of an address: `for server in`, with other words, or `SERVER=`. */
const listed = /\bfor\s+\w{1,80}\s+in\s([^;&|<>()]{0,1000})$/;
const assigned = /(?:^|[\s;&|(])[A-Za-z_]\w{0,80}=["']?(?:\w+:\/\/)?[\w.-]{0,200}$/;

/** Whether a loop has other words. @param before those above an address, with its own start @param after what follows it */
function hasOthers(before: string, after: string): boolean {
  const next = after
    .slice(0, 1000)
    .replace(/[;&|].*$/s, '')
    .replace(/^\S*/, '');
  const words = `${before.replace(/\S*$/, '')} ${next}`.match(/[^\s\\]+/g) ?? [];
  return words.some((word) => word !== 'do');
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether a command fetches from an address among its words, or writes it where another one reads it. */
function needsServer(
  model: Model,
  { program, args, redirects, pipeline }: Command,
  server: GoneServer,
): boolean {
  // Text that is searched for, or replaced.
  if (textEditors.has(program) || readers.has(program)) return false;
  if (program === 'git' && args.some(({ value }) => value === 'config')) return false;
  // git may have been told to ask another address.
  if (server.scheme === 'git://' && /insteadof/i.test(model.file.text)) return false;
  return !textWriters.has(program) || program === 'tee' || redirects.length > 0 || pipeline !== undefined;
}

function replacementOf(text: string, { address, to }: GoneServer, host: Span): ServerUse['replacement'] {
  if (to === undefined) return undefined;
  const bare = address.replace(/^\./, '');
  const at = text.indexOf(bare, host.start);
  const name = text.slice(host.start, Math.max(host.start, at - 1));
  const wanted = to.replace('*', name);
  const scheme = /[a-z+]+:\/\/$/.exec(text.slice(Math.max(0, host.start - 10), host.start))?.[0];
  if (scheme === undefined || !wanted.includes('://'))
    return { at: { start: host.start, end: at + bare.length }, text: wanted.replace(/^\w+:\/\//, '') };
  // `git+git://` of pip.
  const start = host.start - (scheme.split('+').at(-1) ?? scheme).length;
  return { at: { start, end: at + bare.length }, text: wanted };
}
