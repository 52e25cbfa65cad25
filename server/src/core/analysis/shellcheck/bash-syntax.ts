// What bash has and another shell lacks, in the commands of a script.
import {
  bashConstructs,
  bashOperators,
  bashOptions,
  bashPrograms,
  bashWords,
} from '../../knowledge/programs/bash-syntax';
import { parseShell } from '../../shell/parse-shell';
import type { TreeCompound, TreeScript, TreeStatement } from '../../shell/tree';
import type { Command, ShellScript } from '../../shell/types';
import { toDocumentSpan } from '../../syntax/logical-line';
import type { Span } from '../../text/span';
import type { ShellDialect } from './shell-body';

export interface BashSyntax {
  readonly at: Span;
  /** As people call it: `[[`, `an array`. */
  readonly called: string;
  /** The number that ShellCheck gives it. */
  readonly code: number;
  /** What the shell has instead, if one word can take its place. */
  readonly instead: string | undefined;
}

/** What the shell of a script does not understand in it. A shell of an unknown kind understands all. */
export function* bashSyntaxIn(script: ShellScript, dialect: ShellDialect): Generator<BashSyntax> {
  if (dialect !== 'dash' && dialect !== 'busybox') return;
  for (const command of script.commands) {
    // Another program reads the words behind it.
    if (command.wrappers.length > 0) continue;
    yield* inCommand(command, dialect);
    yield* inWords(command, dialect);
  }
  const { text, source } = script;
  const wanted = bashConstructs.filter(
    ({ opens, lackedBy }) => lackedBy.includes(dialect) && text.includes(opens),
  );
  if (wanted.length === 0) return;
  for (const { start, blocks } of constructsIn(parseShell(text).statements))
    for (const { opens, called, code } of wanted)
      if (blocks.length === 0 && text.startsWith(opens, start)) {
        const at = toDocumentSpan(source, { start, end: start + opens.length });
        yield { at, called, code, instead: undefined };
      }
}

function* inCommand(
  { program, name, args, redirects, nesting }: Command,
  dialect: 'dash' | 'busybox',
): Generator<BashSyntax> {
  const ofProgram = bashPrograms.get(program);
  if (ofProgram?.lackedBy.includes(dialect) && name.value === program)
    yield { at: name.span, called: program, code: ofProgram.code, instead: ofProgram.instead };
  if ((program === '[' || program === 'test') && dialect === 'dash')
    for (const { text, span } of args)
      if (text === '==') yield { at: span, called: `== in ${program}`, code: 3014, instead: '=' };
  for (const { word, called, code, lackedBy } of name.value === program
    ? (bashOptions.get(program) ?? [])
    : []) {
    const given = lackedBy.includes(dialect) ? args.find(({ value }) => word.test(value ?? '')) : undefined;
    // A subshell asks first whether the shell has it.
    if (given && nesting.length === 0) yield { at: given.span, called, code, instead: undefined };
  }
  for (const { operator, span } of redirects) {
    const found = bashOperators.get(operator);
    const at = { start: span.start, end: span.start + operator.length };
    if (found?.lackedBy.includes(dialect))
      yield { at, called: operator, code: found.code, instead: undefined };
  }
}

function* inWords({ name, args }: Command, dialect: 'dash' | 'busybox'): Generator<BashSyntax> {
  for (const { text, span } of [name, ...args]) {
    if (!text.includes('${') && !text.startsWith("$'") && !text.startsWith('<(')) continue;
    const found = bashWords.find(({ form, lackedBy }) => lackedBy.includes(dialect) && form.test(text));
    if (found) yield { at: span, called: found.called, code: found.code, instead: undefined };
  }
}

/** Every construct of a script, those in substitutions too where their text is as written. */
function* constructsIn(statements: readonly TreeStatement[]): Generator<TreeCompound> {
  for (const { pipelines } of statements)
    for (const { nodes } of pipelines)
      for (const node of nodes) {
        if (node.kind === 'command') {
          for (const { scripts } of node.words) yield* inScripts(scripts);
          for (const { value } of node.assignments) yield* inScripts(value.scripts);
          continue;
        }
        yield node;
        yield* inScripts(node.scripts);
        for (const block of node.blocks) yield* constructsIn(block.statements);
      }
}

function* inScripts(scripts: readonly TreeScript[]): Generator<TreeCompound> {
  for (const { statements, decoded } of scripts) if (decoded === undefined) yield* constructsIn(statements);
}
