// Completion of packages in a command that installs some: those that the file installs elsewhere.
import type { ArgumentPlace } from './completion-place';
import { inOrder, proposal } from './proposal';
import type { Proposal } from './proposal';
import type { Subject } from './subject';

/** More are no help as a list. */
const mostPackages = 200;

export function packageItems({ model }: Subject, { instruction, token, prefix }: ArgumentPlace): Proposal[] {
  if (prefix.startsWith('-')) return [];
  const own = model.installs
    .filter(({ command, verb }) => command.instruction === instruction && verb.span.end < token.start)
    .at(-1);
  if (!own) return [];
  // The cursor is in the command, or only blanks and the end of a line are in between.
  const between = model.file.text.slice(own.command.fullSpan.end, token.start);
  if (!/^[\s\\`]*$/.test(between)) return [];
  const given = new Set(
    own.packages.flatMap(({ span, value }) => (span.start === token.start ? [] : (value ?? []))),
  );
  const found = new Map<string, number>();
  for (const { manager, packages } of model.installs) {
    if (manager.family !== own.manager.family) continue;
    for (const { value, span } of packages)
      if (value !== undefined && span.start !== token.start && !given.has(value) && !found.has(value))
        found.set(value, span.start);
  }
  return [...found].slice(0, mostPackages).map(([name, at], index) =>
    proposal(token, name, name, 'value', {
      detail: `also on line ${model.document.lineAt(at) + 1}`,
      order: inOrder(index),
    }),
  );
}
