// What bash has and another shell lacks, in the commands of a script.
import {
  bashAssignments,
  bashConstructs,
  bashOperators,
  bashOptions,
  bashPrograms,
  bashVariables,
  bashWords,
  mayHaveBashTree,
  mayHaveBashVariables,
  mayHaveBashWords,
} from '../../knowledge/programs/bash-syntax';
import { smallShells } from '../../knowledge/programs/programs';
import { parseShell } from '../../shell/parse-shell';
import { namesOf } from '../../shell/names';
import type { TreeCommand, TreeCompound, TreeScript, TreeStatement } from '../../shell/tree';
import type { Command, ShellScript, ShellWord } from '../../shell/types';
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
export function bashSyntaxIn(script: ShellScript, dialect: ShellDialect): readonly BashSyntax[] {
  if (dialect !== 'dash' && dialect !== 'busybox') return [];
  const found: BashSyntax[] = [];
  const { text } = script;
  const hasWords = mayHaveBashWords.test(text);
  for (const command of script.commands) {
    // Another program reads the words behind it.
    if (command.wrappers.some(({ program }) => !smallShells.has(program))) continue;
    inCommand(command, dialect, found);
    if (hasWords) {
      inWord(command.name, command, dialect, found);
      for (const word of command.args) inWord(word, command, dialect, found);
    }
  }
  if (mayHaveBashTree.test(text)) found.push(...inTree(script, dialect));
  if (mayHaveBashVariables.test(text)) found.push(...inVariables(script, dialect));
  return found;
}

type Small = 'dash' | 'busybox';

/** Constructs, assignments and `|&`. */
function* inTree({ text, source }: ShellScript, dialect: Small): Generator<BashSyntax> {
  const found = (start: number, length: number): Span =>
    toDocumentSpan(source, { start, end: start + length });
  for (const node of nodesIn(parseShell(text).statements, text)) {
    if (node.kind === 'both') {
      yield { at: found(node.at, 2), called: '|&', code: 3029, instead: undefined };
      continue;
    }
    if (node.kind === 'command') {
      for (const { start, end, value } of node.assignments) {
        const written = text.slice(start, end);
        const known =
          bashAssignments.find(({ form, lackedBy }) => lackedBy.includes(dialect) && form.test(written)) ??
          bashWords.find(
            ({ form, lackedBy, programs }) =>
              !programs && lackedBy.includes(dialect) && form.test(value.text),
          );
        if (known)
          yield { at: found(start, end - start), called: known.called, code: known.code, instead: undefined };
      }
      continue;
    }
    const { start, end, blocks } = node;
    const written = text.slice(start, Math.min(end, start + longestHead));
    for (const { opens, called, code, holdsNone, lackedBy } of bashConstructs) {
      const [head] = (lackedBy.includes(dialect) && opens.exec(written)) || [];
      if (head !== undefined && (!holdsNone || blocks.length === 0))
        yield { at: found(start, head.length), called, code, instead: undefined };
    }
  }
}

/** In characters: no construct begins with more. */
const longestHead = 300;

function* inVariables(script: ShellScript, dialect: Small): Generator<BashSyntax> {
  const { uses, sets } = namesOf(script);
  for (const { name, span } of uses) {
    const known = bashVariables.get(name);
    if (known?.lackedBy.includes(dialect) && !sets.some((one) => one.name === name))
      yield { at: span, called: `$${name}`, code: known.code, instead: undefined };
  }
}

function inCommand(
  { program, name, args, redirects, nesting }: Command,
  dialect: Small,
  found: BashSyntax[],
): void {
  const isPlain = name.value === program;
  const ofProgram = isPlain ? bashPrograms.get(program) : undefined;
  if (ofProgram?.lackedBy.includes(dialect))
    found.push({ at: name.span, called: program, code: ofProgram.code, instead: ofProgram.instead });
  if ((program === '[' || program === 'test') && dialect === 'dash')
    for (const { text, span } of args)
      if (text === '==') found.push({ at: span, called: `== in ${program}`, code: 3014, instead: '=' });
  const options = isPlain ? bashOptions.get(program) : undefined;
  // A subshell asks first whether the shell has it.
  if (options && !nesting.some((one) => one === 'subshell' || one === 'condition' || one === 'substitution'))
    for (const { word, called, code, lackedBy, first } of options) {
      const given = lackedBy.includes(dialect)
        ? args.slice(0, first ? 1 : undefined).find(({ value }) => word.test(value ?? ''))
        : undefined;
      if (given) found.push({ at: given.span, called, code, instead: undefined });
    }
  for (const { operator, span, target } of redirects) {
    const known = bashOperators.get(operator);
    if (known?.lackedBy.includes(dialect))
      found.push({
        at: { start: span.start, end: span.start + operator.length },
        called: operator,
        code: known.code,
        instead: undefined,
      });
    if (target && /^[<>]\(/.test(target.text))
      found.push({ at: target.span, called: '<(…)', code: 3001, instead: undefined });
  }
}

function inWord({ text, span }: ShellWord, { program }: Command, dialect: Small, found: BashSyntax[]): void {
  if (!mayHaveBashWords.test(text)) return;
  const known = bashWords.find(
    ({ form, lackedBy, programs }) =>
      lackedBy.includes(dialect) && programs?.has(program) !== false && form.test(text),
  );
  if (known) found.push({ at: span, called: known.called, code: known.code, instead: undefined });
}

/** The `|&` of a pipeline, and where it is. */
interface PipeOfBoth {
  readonly kind: 'both';
  readonly at: number;
}

/** Every command and construct of a script, those in substitutions too where their text is as written. */
function* nodesIn(
  statements: readonly TreeStatement[],
  text: string,
): Generator<TreeCommand | TreeCompound | PipeOfBoth> {
  for (const { pipelines } of statements)
    for (const { nodes, operators } of pipelines)
      for (const [index, node] of nodes.entries()) {
        if (operators[index] === '|&') yield { kind: 'both', at: text.indexOf('|&', node.end) };
        yield node;
        if (node.kind === 'command') {
          for (const { scripts } of node.words) yield* inScripts(scripts, text);
          for (const { value } of node.assignments) yield* inScripts(value.scripts, text);
          continue;
        }
        yield* inScripts(node.scripts, text);
        for (const block of node.blocks) yield* nodesIn(block.statements, text);
      }
}

function* inScripts(
  scripts: readonly TreeScript[],
  text: string,
): Generator<TreeCommand | TreeCompound | PipeOfBoth> {
  for (const { statements, decoded } of scripts) if (decoded === undefined) yield* nodesIn(statements, text);
}
