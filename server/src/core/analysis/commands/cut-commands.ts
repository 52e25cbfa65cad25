// Commands in heredocs that a comment line or a blank line cuts in two: there the shell itself reads these lines, and
// a continuation that runs into one ends the command.
import type { Model } from '../../model/model';
import { isReadable, shellOfShebang } from '../../shell/dialect';
import { readScript } from '../../shell/script';
import { heredocSource } from '../../shell/source';
import type { ShellInForce, ShellScript } from '../../shell/types';
import type { Instruction } from '../../syntax/nodes';
import { once } from '../../text/memo';
import type { Span } from '../../text/span';
import { packageCommandOf } from '../packages/package-commands';

export interface CutCommand {
  /** The line where the command begins. */
  readonly head: number;
  /** The escape character before the first cut. */
  readonly at: Span;
  /** The first comment, if it comes before a blank line. */
  readonly comment: Span | undefined;
  /** The comment lines and blank lines that cut the command. */
  readonly lines: readonly number[];
}

/** The commands that are cut so that another command results. */
export const cutCommands = once((model: Model): readonly CutCommand[] =>
  model.instructions.flatMap((instruction) =>
    instruction.heredocs.length === 0
      ? []
      : [...model.scriptsOf(instruction), ...writtenScripts(model, instruction)]
          .filter(({ heredoc, dialect }) => heredoc && isReadable(dialect))
          .flatMap((script) => cutsIn(model, script)),
  ),
);

const plainShell: ShellInForce = { dialect: 'posix', errexit: false, pipefail: false, sh: 'posix' };

/** The scripts that COPY or ADD writes from heredocs: by their first line, or by the ending of their name. */
function writtenScripts(model: Model, instruction: Instruction): readonly ShellScript[] {
  const sources = model.copyOf(instruction)?.sources ?? [];
  return sources.flatMap((source) => {
    if (source.kind !== 'heredoc') return [];
    const text = heredocSource(model.file.text, source.heredoc);
    const isNamed = /\.(?:sh|bash)$/.test(source.target ?? '');
    const shell = shellOfShebang(text.text, 'posix') ?? (isNamed ? plainShell : undefined);
    if (!shell) return [];
    return [readScript({ instruction, source: text, shell, heredoc: true, wrappers: [], editable: false })];
  });
}

const continues = /(?:^|[^\\])(?:\\\\)*\\$/;

function cutsIn(model: Model, script: ShellScript): readonly CutCommand[] {
  const { document } = model;
  // Where a command ends, quotes and data are no matter. Empty installations can only go on.
  const ends = new Map<number, boolean>();
  for (const command of script.commands) {
    const use = packageCommandOf(model, command);
    ends.set(command.fullSpan.end, use?.action === 'install' && use.packages.length === 0);
  }
  const found: CutCommand[] = [];
  const last = document.lineAt(Math.max(script.span.start, script.span.end - 1));
  let head: number | undefined;
  let open: { cut: { head: number; at: Span; lines: number[] }; isEmpty: boolean } | undefined;
  let current: { head: number; at: Span; lines: number[] } | undefined;
  let pending: number[] = [];
  for (let line = document.lineAt(script.span.start); line <= last; line += 1) {
    const { start, end } = document.line(line);
    const text = document.text.slice(start, end);
    const isSkipped = /^[ \t]*(?:#|$)/.test(text);
    if (open && isSkipped) {
      pending.push(line);
      continue;
    }
    if (open && pending.length > 0) {
      const isMeant =
        open.isEmpty ||
        /^[ \t]*(?:-|&&|\|)/.test(text) ||
        indentOf(text) > indentOf(document.slice(document.line(open.cut.head)));
      if (isMeant) {
        open.cut.lines.push(...pending);
        current = open.cut;
      } else {
        if (current) found.push(finish(model, current));
        current = undefined;
        head = undefined;
      }
    }
    pending = [];
    open = undefined;
    if (continues.test(text)) {
      head ??= line;
      const code = text.slice(0, -1).trimEnd();
      const isEmpty = ends.get(start + code.length);
      const at = { start: end - 1, end };
      if (isEmpty !== undefined) open = { cut: current ?? { head, at, lines: [] }, isEmpty };
    } else {
      if (current) found.push(finish(model, current));
      current = undefined;
      head = undefined;
    }
  }
  if (current) found.push(finish(model, current));
  return found;
}

function finish(
  { document }: Model,
  { head, at, lines }: { head: number; at: Span; lines: number[] },
): CutCommand {
  const { start, end } = document.line(lines[0] ?? head);
  const text = document.text.slice(start, end);
  const comment = text.trim() === '' ? undefined : { start: start + indentOf(text), end };
  return { head, at, comment, lines };
}

function indentOf(text: string): number {
  return /^[ \t]*/.exec(text)?.[0].length ?? 0;
}
