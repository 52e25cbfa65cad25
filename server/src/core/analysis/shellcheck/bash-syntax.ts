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
} from '../../knowledge/programs/bash-syntax';
import { smallShells } from '../../knowledge/programs/programs';
import { parseShell } from '../../shell/parse-shell';
import { namesOf } from '../../shell/names';
import type { TreeCommand, TreeCompound, TreeScript, TreeStatement } from '../../shell/tree';
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
    if (command.wrappers.some(({ program }) => !smallShells.has(program))) continue;
    yield* inCommand(command, dialect);
    yield* inWords(command, dialect);
  }
  yield* inTree(script, dialect);
  yield* inVariables(script, dialect);
}

type Small = 'dash' | 'busybox';

/** Constructs, assignments and `|&`. */
function* inTree({ text, source }: ShellScript, dialect: Small): Generator<BashSyntax> {
  if (!mayHaveBashTree.test(text)) return;
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
  if (![...bashVariables.keys()].some((name) => script.text.includes(name))) return;
  const { uses, sets } = namesOf(script);
  for (const { name, span } of uses) {
    const known = bashVariables.get(name);
    if (known?.lackedBy.includes(dialect) && !sets.some((one) => one.name === name))
      yield { at: span, called: `$${name}`, code: known.code, instead: undefined };
  }
}

function* inCommand(
  { program, name, args, redirects, nesting }: Command,
  dialect: Small,
): Generator<BashSyntax> {
  const ofProgram = bashPrograms.get(program);
  if (ofProgram?.lackedBy.includes(dialect) && name.value === program)
    yield { at: name.span, called: program, code: ofProgram.code, instead: ofProgram.instead };
  if ((program === '[' || program === 'test') && dialect === 'dash')
    for (const { text, span } of args)
      if (text === '==') yield { at: span, called: `== in ${program}`, code: 3014, instead: '=' };
  // A subshell asks first whether the shell has it.
  const asks = nesting.some((one) => one === 'subshell' || one === 'condition' || one === 'substitution');
  for (const { word, called, code, lackedBy, first } of name.value === program && !asks
    ? (bashOptions.get(program) ?? [])
    : []) {
    const given = lackedBy.includes(dialect)
      ? args.slice(0, first ? 1 : undefined).find(({ value }) => word.test(value ?? ''))
      : undefined;
    if (given) yield { at: given.span, called, code, instead: undefined };
  }
  for (const { operator, span, target } of redirects) {
    const found = bashOperators.get(operator);
    const at = { start: span.start, end: span.start + operator.length };
    if (found?.lackedBy.includes(dialect))
      yield { at, called: operator, code: found.code, instead: undefined };
    if (target && /^[<>]\(/.test(target.text))
      yield { at: target.span, called: '<(…)', code: 3001, instead: undefined };
  }
}

function* inWords({ program, name, args }: Command, dialect: Small): Generator<BashSyntax> {
  for (const { text, span } of [name, ...args]) {
    if (!/\{|^\$["']|^[<>]\(|\$\(\(/.test(text)) continue;
    const found = bashWords.find(
      ({ form, lackedBy, programs }) =>
        lackedBy.includes(dialect) && programs?.has(program) !== false && form.test(text),
    );
    if (found) yield { at: span, called: found.called, code: found.code, instead: undefined };
  }
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
