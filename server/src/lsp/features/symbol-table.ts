// Everything in a file that has a name and is named elsewhere: stages, build arguments, environment
// variables, here-document delimiters; with every place that defines or uses it. Navigation, highlighting
// and rename are queries on it.
//
// What counts as one symbol. A stage is one. All `ARG X` of a file are one, because one `--build-arg X` sets
// them all. An `ENV X` is one with those that it overrides or that override it along FROM; unrelated stages
// have their own. A name that nothing in the file defines is one `external` symbol.
import type { Model, Stage } from '../../core/model/model';
import type { Dockerfile, Heredoc, Instruction, VariableReference } from '../../core/syntax/nodes';
import type { Span } from '../../core/text/span';
import { instructions as knownInstructions } from '../../core/knowledge/syntax/instructions';
import { predefinedVariables } from '../../core/knowledge/syntax/predefined-variables';
import type { NamedSpan } from './shell-references';
import { shellTexts } from './shell-texts';

export type SymbolKind = 'stage' | 'arg' | 'env' | 'heredoc' | 'external';

export interface DockerfileSymbol {
  readonly kind: SymbolKind;
  readonly name: string;
  /** In file order. */
  readonly occurrences: readonly Occurrence[];
  /** Places where a script gives the name a value of its own while the symbol is visible. */
  readonly shadows: readonly Span[];
  /** The name is both an ARG and an ENV where one of them is used, so that a build decides which it is. */
  readonly ambiguous: boolean;
}

export interface Occurrence {
  /** The name itself, without quotes, `$` and braces. */
  readonly span: Span;
  readonly symbol: DockerfileSymbol;
  /** `index`: a stage named by its number. */
  readonly role: 'definition' | 'use' | 'index';
  /** The nearest definition; its own one for a definition that stands for itself. */
  readonly definition: Occurrence | undefined;
  readonly instruction: Instruction | undefined;
  readonly stage: Stage | undefined;
}

export interface SymbolTable {
  readonly symbols: readonly DockerfileSymbol[];
  /** Sorted; they do not overlap. */
  readonly occurrences: readonly Occurrence[];
  /** Names that scripts give a value themselves, anywhere in the file. */
  readonly shellNames: ReadonlySet<string>;
}

interface Draft extends DockerfileSymbol {
  readonly occurrences: Occurrence[];
  readonly shadows: Span[];
  ambiguous: boolean;
}

const cache = new WeakMap<Model, SymbolTable>();

/** The table of a model; built once. */
export function symbolTable(model: Model): SymbolTable {
  let table = cache.get(model);
  if (!table) cache.set(model, (table = new Builder(model).build()));
  return table;
}

/** The occurrence whose name the offset is in or touches; the one that begins there wins over the one that ends. */
export function occurrenceAt(table: SymbolTable, offset: number): Occurrence | undefined {
  const { occurrences } = table;
  let low = 0;
  let high = occurrences.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((occurrences[middle]?.span.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const found = occurrences[low];
  return found && found.span.start <= offset && offset <= found.span.end ? found : undefined;
}

/** Whether only the builder gives the name a value. */
export function isPredefined(name: string): boolean {
  return predefinedVariables.has(name);
}

interface Visible {
  readonly symbol: Draft;
  readonly definition: Occurrence;
}

/** What a stage's names mean at one point; ARG and ENV share one name space, in which the last one wins. */
type Scope = Map<string, Visible>;

class Builder {
  readonly #model: Model;
  readonly #file: Dockerfile;
  readonly #drafts: Draft[] = [];
  readonly #args = new Map<string, Draft>();
  readonly #external = new Map<string, Draft>();
  readonly #globals: Scope = new Map();
  readonly #shellNames = new Set<string>();

  constructor(model: Model) {
    this.#model = model;
    this.#file = model.file;
  }

  build(): SymbolTable {
    this.#stages();
    this.#variables();
    for (const instruction of this.#model.instructions) this.#heredocs(instruction);
    const all: Occurrence[] = [];
    const symbols = this.#drafts.filter(({ occurrences }) => occurrences.length > 0);
    for (const draft of symbols) {
      draft.occurrences.sort((a, b) => a.span.start - b.span.start);
      all.push(...draft.occurrences);
    }
    all.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
    // A parser may report a reference twice (a word in two lists); the first one is enough.
    const occurrences = all.filter((one, index) => one.span.start >= (all[index - 1]?.span.end ?? 0));
    return { symbols, occurrences, shellNames: this.#shellNames };
  }

  #draft(kind: SymbolKind, name: string): Draft {
    const draft: Draft = { kind, name, occurrences: [], shadows: [], ambiguous: false };
    this.#drafts.push(draft);
    return draft;
  }

  #add(
    symbol: Draft,
    { span, role, definition, instruction, stage }: Omit<Occurrence, 'symbol'>,
  ): Occurrence {
    const added = { span, symbol, role, definition, instruction, stage };
    symbol.occurrences.push(added);
    return added;
  }

  // ── Stages ───────────────────────────────────────────────────────────────────────────────────────────

  #stages(): void {
    for (const stage of this.#model.stages) {
      const { name, from } = stage;
      if (stage.usedBy.length === 0 && !name) continue;
      const symbol = this.#draft('stage', name?.value ?? String(stage.index));
      // Without a name the number leads to the FROM.
      const place = name ? this.#inner(name.span) : undefined;
      const definition = place
        ? this.#add(symbol, {
            span: place,
            role: 'definition',
            definition: undefined,
            instruction: from,
            stage,
          })
        : from &&
          ({
            span: from.keywordSpan,
            symbol,
            role: 'definition',
            definition: undefined,
            instruction: from,
            stage,
          } satisfies Occurrence);
      for (const use of stage.usedBy) {
        const span = this.#inner(use.at);
        const text = this.#file.text.slice(span.start, span.end);
        const isName = name !== undefined && text.toLowerCase() === name.value.toLowerCase();
        if (!isName && !/^\d+$/.test(text)) continue;
        this.#add(symbol, {
          span,
          role: isName ? 'use' : 'index',
          definition,
          instruction: use.instruction,
          stage: use.stage,
        });
      }
    }
  }

  /** Without the quotes around it. */
  #inner({ start, end }: Span): Span {
    const { text } = this.#file;
    const first = text[start];
    return end - start >= 2 && (first === '"' || first === "'") && text[end - 1] === first
      ? { start: start + 1, end: end - 1 }
      : { start, end };
  }

  // ── Variables ────────────────────────────────────────────────────────────────────────────────────────

  #variables(): void {
    for (const instruction of this.#model.preamble) this.#step(instruction, this.#globals, undefined);
    const behind = new Map<Stage, Scope>();
    for (const stage of this.#model.stages) {
      if (stage.from) this.#builderUses(stage.from, this.#globals, stage);
      const scope: Scope = new Map(stage.parent ? behind.get(stage.parent) : undefined);
      const seen = new Set<Instruction>();
      for (const instruction of stage.instructions) {
        const effective = instruction.trigger ?? instruction;
        if (seen.has(effective)) continue;
        seen.add(effective);
        this.#step(effective, scope, stage);
      }
      behind.set(stage, scope);
    }
  }

  #step(instruction: Instruction, scope: Scope, stage: Stage | undefined): void {
    this.#builderUses(instruction, scope, stage);
    this.#shellUses(instruction, scope, stage);
    if (instruction.keyword === 'ARG' || instruction.keyword === 'ENV')
      this.#define(instruction, scope, stage);
  }

  #builderUses(instruction: Instruction, scope: Scope, stage: Stage | undefined): void {
    const visit = (references: readonly VariableReference[]): void => {
      for (const { name, nameSpan, nested } of references) {
        this.#use({ name, span: nameSpan }, scope, instruction, stage);
        visit(nested);
      }
    };
    for (const flag of instruction.flags) if (flag.value) visit(flag.value.variables);
    if (knownInstructions.get(instruction.keyword)?.expands) {
      for (const word of instruction.words) visit(word.variables);
    }
  }

  #shellUses(instruction: Instruction, scope: Scope, stage: Stage | undefined): void {
    const own = secretVariables(instruction);
    for (const { references, atRuntime } of shellTexts(this.#model, instruction)) {
      for (const one of references.assignments) {
        this.#shellNames.add(one.name);
        const visible = scope.get(one.name);
        if (visible && !(atRuntime && visible.symbol.kind === 'arg')) visible.symbol.shadows.push(one.span);
      }
      for (const one of references.uses) {
        const visible = scope.get(one.name);
        // An ARG is gone when the container runs.
        const usable = visible && !(atRuntime && visible.symbol.kind === 'arg') && !own.has(one.name);
        this.#use(one, usable ? scope : emptyScope, instruction, stage);
      }
    }
  }

  #use({ name, span }: NamedSpan, scope: Scope, instruction: Instruction, stage: Stage | undefined): void {
    const visible = scope.get(name);
    let symbol = visible?.symbol ?? this.#external.get(name);
    if (!symbol) this.#external.set(name, (symbol = this.#draft('external', name)));
    this.#add(symbol, { span, role: 'use', definition: visible?.definition, instruction, stage });
  }

  #define(instruction: Instruction, scope: Scope, stage: Stage | undefined): void {
    // Values are expanded before any of the names is set, so that all definitions come last.
    for (const pair of instruction.pairs) {
      const name = pair.key.value;
      const span = this.#inner(pair.key.span);
      if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || this.#file.text.slice(span.start, span.end) !== name)
        continue;
      const before = scope.get(name);
      let symbol: Draft;
      let definition: Occurrence | undefined;
      if (instruction.keyword === 'ARG') {
        const known = this.#args.get(name);
        symbol = known ?? this.#draft('arg', name);
        if (!known) this.#args.set(name, symbol);
        // A declaration without a value takes that of the global one.
        if (stage && !pair.value) definition = this.#globals.get(name)?.definition;
        if (before?.symbol.kind === 'env') before.symbol.ambiguous = symbol.ambiguous = true;
      } else if (before?.symbol.kind === 'env') symbol = before.symbol;
      else symbol = this.#draft('env', name);
      const added = this.#add(symbol, { span, role: 'definition', definition, instruction, stage });
      scope.set(name, { symbol, definition: added });
    }
  }

  // ── Here-documents ───────────────────────────────────────────────────────────────────────────────────

  #heredocs(instruction: Instruction): void {
    if (instruction.trigger) return;
    for (const heredoc of instruction.heredocs) {
      const span = this.#heredocName(heredoc);
      if (!span) continue;
      const symbol = this.#draft('heredoc', heredoc.name);
      const stage = this.#model.stageOf(instruction);
      const definition = this.#add(symbol, {
        span,
        role: 'definition',
        definition: undefined,
        instruction,
        stage,
      });
      if (!heredoc.terminator) continue;
      const end =
        heredoc.terminator.start +
        this.#file.text.slice(heredoc.terminator.start, heredoc.terminator.end).trimEnd().length;
      const start = end - heredoc.name.length;
      if (this.#file.text.slice(start, end) !== heredoc.name) continue;
      this.#add(symbol, { span: { start, end }, role: 'use', definition, instruction, stage });
    }
  }

  /** Where the name stands in the operator; undefined when quotes or continuations cut it up. */
  #heredocName({ name, operator }: Heredoc): Span | undefined {
    if (name === '') return undefined;
    const raw = this.#file.text.slice(operator.span.start, operator.span.end);
    const at = raw.lastIndexOf(name);
    return at < 0
      ? undefined
      : { start: operator.span.start + at, end: operator.span.start + at + name.length };
  }
}

/** Names that `RUN --mount=type=secret,env=NAME` sets for this one command, over any ARG or ENV. */
function secretVariables({ keyword, flags }: Instruction): ReadonlySet<string> {
  const names = new Set<string>();
  if (keyword !== 'RUN') return names;
  for (const { name, options } of flags) {
    const kind = options.find(({ key }) => key === 'type')?.value?.toLowerCase();
    if (name.toLowerCase() !== 'mount' || kind !== 'secret') continue;
    for (const { key, value } of options) if (key === 'env' && value !== undefined) names.add(value);
  }
  return names;
}

const emptyScope: Scope = new Map();
