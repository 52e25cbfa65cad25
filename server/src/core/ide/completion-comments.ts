// Completion of directives at the top of the file, and of comments that hide findings.
import { buildkitChecks } from '../knowledge/syntax/buildkit-checks';
import type { Span } from '../text/span';
import { inOrder, proposal } from './proposal';
import type { Proposal } from './proposal';
import type { Place } from './completion-place';
import type { Subject } from './subject';

const syntaxes = [
  ['docker/dockerfile:1', 'newest stable syntax'],
  ['docker/dockerfile:1-labs', 'newest syntax with experimental features'],
] as const;

/** @param trigger see `completion` */
export function commentItems(
  subject: Subject,
  place: Extract<Place, { kind: 'comment' }>,
  trigger: string | undefined,
): Proposal[] {
  const { before, token, top } = place;
  const value = /^[ \t]*(.*?)[ \t]*=[ \t]*(.*)$/.exec(before);
  if (!value) return trigger === ' ' ? [] : names(subject, token, before, top);
  const [, name = '', text = ''] = value;
  const offset = token.start + before.length;
  return values(subject, name.toLowerCase().replace(/[ \t]+/g, ' '), text, offset, token.end);
}

/** The possible beginnings of a comment. */
function names(subject: Subject, token: Span, before: string, top: boolean): Proposal[] {
  const present = new Set(subject.model.file.directives.map(({ name }) => name));
  const options: [text: string, detail: string][] = [];
  if (top) {
    const directives: [string, string][] = [
      ['syntax=docker/dockerfile:1', 'frontend that reads this file'],
      ['escape=`', 'character that continues lines'],
      ['check=skip=', 'build checks to skip'],
    ];
    options.push(...directives.filter(([text]) => !present.has(text.replace(/=.*$/, ''))));
  }
  options.push(
    ['drydock ignore=', 'hide findings of the next instruction'],
    ['drydock global ignore=', 'hide findings in the whole file'],
    ['hadolint ignore=', 'hide findings of the next instruction, also in hadolint'],
    ['hadolint shell=', 'which shell the base image runs, also for hadolint'],
  );
  const typed = before.trimStart().toLowerCase();
  const start = token.start + (before.length - before.trimStart().length);
  const end =
    start +
    (/^[A-Za-z]*(?: [a-z]*)?/.exec(subject.model.file.text.slice(start, token.end))?.[0].trimEnd().length ??
      0);
  return options
    .filter(([text]) => text.startsWith(typed))
    .map(([text, detail], index) =>
      proposal({ start, end: Math.max(end, start + typed.length) }, text, text, 'keyword', {
        detail,
        order: inOrder(index),
      }),
    );
}

function values(subject: Subject, name: string, text: string, offset: number, lineEnd: number): Proposal[] {
  const token = (typed: string): Span => {
    const rest = /^[^\s,;]*/.exec(subject.model.file.text.slice(offset, lineEnd))?.[0].length ?? 0;
    return { start: offset - typed.length, end: offset + rest };
  };
  const list = (
    typed: string,
    options: Iterable<readonly [string, string]>,
    used: ReadonlySet<string>,
  ): Proposal[] =>
    [...options]
      .filter(([option]) => !used.has(option))
      .map(([option, detail], index) =>
        proposal(token(typed), option, option, 'value', {
          detail,
          order: inOrder(index),
        }),
      );
  const parts = text.split(',').map((part) => part.trim());
  const last = parts.pop() ?? '';
  const used = new Set(parts);
  switch (name) {
    case 'syntax':
      return list(text, syntaxes, new Set());
    case 'escape':
      return list(
        text,
        [
          ['`', 'for Windows paths'],
          ['\\', 'default'],
        ],
        new Set(),
      );
    case 'check': {
      const inner = /^(?:.*;)?[ \t]*(?:skip|experimental)=([^;]*)$/.exec(text);
      if (inner) {
        const names = (inner[1] ?? '').split(',');
        const typed = names.pop() ?? '';
        const all: [string, string][] = names.length === 0 ? [['all', 'all checks']] : [];
        return list(typed.trimStart(), [...all, ...buildkitChecks], new Set(names.map((one) => one.trim())));
      }
      if (/=/.test(text.slice(text.lastIndexOf(';') + 1))) {
        return list(
          text.slice(text.lastIndexOf('=') + 1),
          [
            ['true', 'findings fail the build'],
            ['false', 'default'],
          ],
          new Set(),
        );
      }
      const typed = text.slice(text.lastIndexOf(';') + 1).trimStart();
      return list(
        typed,
        [
          ['skip=', 'checks to skip'],
          ['error=true', 'findings fail the build'],
          ['experimental=', 'experimental checks to run'],
        ],
        new Set(),
      );
    }
    case 'drydock ignore':
    case 'drydock global ignore':
      return list(
        last,
        subject.rules.map(({ id, summary }) => [id, summary] as const),
        used,
      );
    case 'hadolint ignore':
    case 'hadolint global ignore':
      return list(last, foreignIds(subject, 'hadolint:'), used);
    default:
      return [];
  }
}

function foreignIds({ rules }: Subject, prefix: string): [string, string][] {
  const ids = new Map<string, string>();
  for (const { alsoKnownAs = [], summary } of rules) {
    for (const id of alsoKnownAs) if (id.startsWith(prefix)) ids.set(id.slice(prefix.length), summary);
  }
  return [...ids].sort(([a], [b]) => (a < b ? -1 : 1));
}
