// Where hadolint stops reading a file, mostly one that the builder reads: it then reports DL1000 there and nothing else.
// Source: runs of hadolint 2.15.1. What the builder refuses too is found by the rules that say so.
import { mountOption, mountValue } from './mount-options';
import { instructions as knownInstructions, isKeyword } from '../../knowledge/syntax/instructions';
import type { Model } from '../../model/model';
import type { Flag, Instruction } from '../../syntax/nodes';
import type { Span } from '../../text/span';

/** The first place; undefined if hadolint reads the whole file. */
export function unreadableForHadolint(model: Model): Span | undefined {
  for (const instruction of model.file.instructions) {
    const at =
      behindBlanks(model, instruction) ??
      unreadableIn(instruction.trigger ?? instruction) ??
      behindHeredoc(model, instruction);
    if (at) return at;
  }
  return undefined;
}

/** A line of blanks ends an instruction: what goes on below it has to be another one. */
function behindBlanks({ document }: Model, { blankLines, comments, span }: Instruction): Span | undefined {
  const [first] = blankLines.filter(({ start, end }) => start < end);
  if (!first) return undefined;
  const skipped = new Set([...blankLines, ...comments.map((one) => one.span)].map(({ end }) => end));
  for (let line = document.lineAt(first.start) + 1; line < document.lineCount; line += 1) {
    const at = document.line(line);
    if (at.start >= span.end) return undefined;
    if (skipped.has(at.end)) continue;
    const [keyword = ''] = document.slice(at).trim().split(/\s/, 1);
    return isKeyword(keyword.toUpperCase()) ? undefined : at;
  }
  return undefined;
}

/** A blank line has to follow a heredoc; a RUN has one alone, an ADD none, and tabs may not stand in front of its end. */
function behindHeredoc({ document }: Model, instruction: Instruction): Span | undefined {
  const { heredocs } = instruction;
  const { keyword } = instruction.trigger ?? instruction;
  const last = keyword === 'RUN' ? heredocs[0] : heredocs.at(-1);
  if (!last) return undefined;
  const { terminator, body } = last;
  if (!terminator || keyword === 'ADD' || document.slice(terminator).startsWith('\t')) return body;
  const next = document.lineAt(terminator.start) + 1;
  if (next >= document.lineCount) return undefined;
  const at = document.line(next);
  return document.slice(at).trim() === '' ? undefined : at;
}

function unreadableIn(instruction: Instruction): Span | undefined {
  const { keyword, keywordSpan, words, pairs, flags, argumentsLogical, line } = instruction;
  if (needsWords.has(keyword) && words.length === 0) return keywordSpan;
  const flag = flags.find((one) => isUnreadable(one, keyword));
  if (flag) return flag.span;
  if (keyword === 'FROM')
    return words.length > 3 && !words[3]?.raw.startsWith('#')
      ? words[3]?.span
      : brokenName.test((words[0]?.raw ?? '').replaceAll(/\$\{[^}]*\}/g, 'x').replace(registry, ''))
        ? words[0]?.span
        : undefined;
  if (keyword === 'EXPOSE') return words.find(({ raw }) => !port.test(raw))?.span;
  if (keyword === 'HEALTHCHECK') {
    const [form] = words;
    if (form?.raw.toUpperCase() === 'NONE' && (form.raw !== 'NONE' || flags.length > 0)) return form.span;
  }
  const text = line.text.slice(argumentsLogical.start, argumentsLogical.end);
  if (keyword === 'ENV' && pairs[0]?.legacy && text.endsWith('\\\\')) return instruction.argumentsSpan;
  return hasArray.has(keyword) && arrayWithMore.test(text) ? instruction.argumentsSpan : undefined;
}

const needsWords: ReadonlySet<string> = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'MAINTAINER']);
const hasArray: ReadonlySet<string> = new Set('ADD CMD COPY ENTRYPOINT HEALTHCHECK RUN SHELL'.split(' '));
/** Strings in brackets, and something behind them. */
const arrayWithMore = /^(?:CMD\s+)?\[\s*(?:"(?:[^"\\]|\\.)*"\s*(?:,\s*"(?:[^"\\]|\\.)*"\s*)*)?\]\s*\S/is;
/** A port alone does not show that it is one. */
const registry = /^[^/]*\.[^/]*\//;
const brokenName = /^[:@]|[:@]$|:[^@]*:|@.*@/;
const portNumber = String.raw`(?:\d+|\$\w+|\$\{\w+\})`;
const port = new RegExp(String.raw`^${portNumber}(?:-${portNumber})?(?:/(?:tcp|udp))?$`, 'i');

function isUnreadable(flag: Flag, keyword: string): boolean {
  const value = flag.value?.raw;
  if (keyword === 'RUN') {
    if (flag.name === 'mount') return !isReadableMount(flag);
    const choices = runChoices.get(flag.name);
    return choices !== undefined && !choices.has(value ?? '');
  }
  const info = knownInstructions.get(keyword)?.flags.find(({ name }) => name === flag.name);
  if (keyword === 'HEALTHCHECK')
    return !info || !(flag.name === 'retries' ? /^\d+$/ : /^\d+(?:\.\d+)?[smh]$/).test(value ?? '');
  if (keyword === 'COPY' || keyword === 'ADD')
    return flag.value !== undefined ? !info || value === '' : keyword === 'ADD' && !info;
  return keyword === 'FROM' && (!info || (value ?? '') === '');
}

const runChoices: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['network', new Set(['default', 'host', 'none'])],
  ['security', new Set(['insecure', 'sandbox'])],
]);
const mountKeys: ReadonlySet<string> = new Set(
  'destination dst env from gid id mode readonly readwrite required ro rw sharing size source src target type uid'.split(
    ' ',
  ),
);
const mountChoices: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['type', new Set(['bind', 'cache', 'secret', 'ssh', 'tmpfs'])],
  ['sharing', new Set(['locked', 'private', 'shared'])],
]);

function isReadableMount(mount: Flag): boolean {
  const type = mountValue(mount, 'type');
  if (!mountOption(mount, 'target') && type !== 'secret' && type !== 'ssh') return false;
  return mount.options.every(
    ({ key, value = '' }) => mountKeys.has(key) && mountChoices.get(key)?.has(value) !== false,
  );
}

/** The first word of ENV or LABEL that has no value: one without `=` takes the next word. */
export function pairWithoutValue({ pairs }: Instruction): Span | undefined {
  if (pairs.length === 1 && !pairs[0]?.value) return pairs[0]?.span;
  if (!pairs[0]?.value) return undefined;
  for (let at = 0; at < pairs.length; at += 1) {
    const pair = pairs[at];
    if (!pair || pair.value) continue;
    at += 1;
    if (!pairs[at]) return pair.span;
  }
  return undefined;
}
