// All named things in a file (stages, build arguments, environment variables, here-document delimiters) with every
// place that defines or uses them. Navigation, highlighting and rename are queries on this table.
//
// What counts as one symbol: each stage is one. All `ARG X` of a file are one, because one `--build-arg X` sets them
// all. An `ENV X` is one with those that it overrides or that override it along FROM; unrelated stages have their
// own. A name that nothing in the file defines is one `external` symbol.
import type { Model, Stage } from '../../model/model';
import type { Dockerfile, Heredoc, Instruction, Pair, Word } from '../../syntax/nodes';
import { once } from '../../text/memo';
import { lastNotAfter } from '../../text/search';
import type { Span } from '../../text/span';
import { variableNames } from './variable-names';
import type { VariableName } from './variable-names';

export type SymbolKind = 'stage' | 'arg' | 'env' | 'heredoc' | 'external';

export interface DockerfileSymbol {
  readonly kind: SymbolKind;
  readonly name: string;
  /** In file order. */
  readonly occurrences: readonly Occurrence[];
  /** Places where a script assigns the name while the symbol is visible. */
  readonly shadows: readonly Span[];
  /** Whether the name is both ARG and ENV at one of its uses, so that only the build decides which one is meant. */
  readonly ambiguous: boolean;
}

export interface Occurrence {
  /** The name itself, without quotes, `$` and braces. */
  readonly span: Span;
  readonly symbol: DockerfileSymbol;
  /** `index`: a stage named by its number. */
  readonly role: 'definition' | 'use' | 'index';
  /** The definition that the name refers to here; undefined for a definition that refers to no other. */
  readonly definition: Occurrence | undefined;
  readonly instruction: Instruction | undefined;
  readonly stage: Stage | undefined;
}

export interface SymbolTable {
  readonly symbols: readonly DockerfileSymbol[];
  /** Sorted; they do not overlap. */
  readonly occurrences: readonly Occurrence[];
  /** Names that scripts assign, anywhere in the file. */
  readonly shellNames: ReadonlySet<string>;
  /** The first script that was not read; it may name variables at unknown places. */
  readonly unread: Span | undefined;
}

interface Draft extends DockerfileSymbol {
  readonly occurrences: Occurrence[];
  readonly shadows: Span[];
  ambiguous: boolean;
}

/** A definition of a variable, and the symbol it belongs to. */
interface Defined {
  readonly symbol: Draft;
  readonly definition: Occurrence;
}

/** The table of a model; built once. */
export const symbolTable = once((model: Model): SymbolTable => new Builder(model).build());

/** The occurrence whose name contains or touches the offset; one that begins there wins over one that ends there. */
export function occurrenceAt({ occurrences }: SymbolTable, offset: number): Occurrence | undefined {
  const found = occurrences[lastNotAfter(occurrences, ({ span }) => span.start <= offset)];
  return found && offset <= found.span.end ? found : undefined;
}

class Builder {
  readonly #model: Model;
  readonly #file: Dockerfile;
  readonly #drafts: Draft[] = [];
  readonly #args = new Map<string, Draft>();
  readonly #external = new Map<string, Draft>();
  readonly #defined = new Map<Pair, Defined>();
  readonly #shellNames = new Set<string>();
  #unread: Span | undefined;

  constructor(model: Model) {
    this.#model = model;
    this.#file = model.file;
  }

  build(): SymbolTable {
    const { preamble, stages, instructions } = this.#model;
    this.#stages();
    for (const instruction of preamble) this.#define(instruction, undefined);
    for (const stage of stages) this.#defineIn(stage);
    for (const instruction of instructions) {
      this.#variables(instruction, this.#model.stageOf(instruction));
      this.#heredocs(instruction);
    }
    const symbols = this.#drafts.filter(({ occurrences }) => occurrences.length > 0);
    const all: Occurrence[] = [];
    for (const { occurrences } of symbols) {
      occurrences.sort((a, b) => a.span.start - b.span.start);
      all.push(...occurrences);
    }
    all.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
    // A parser may report a reference twice (a word in two lists); the first one is enough.
    const occurrences = all.filter((one, index) => one.span.start >= (all[index - 1]?.span.end ?? 0));
    return { symbols, occurrences, shellNames: this.#shellNames, unread: this.#unread };
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
      const { name } = stage;
      if (stage.usedBy.length === 0 && !name) continue;
      const symbol = this.#draft('stage', name?.value ?? String(stage.index));
      const definition = this.#stageDefinition(stage, symbol);
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

  /** The definition of a stage. A stage without a name has only its number, and FROM does not name it. */
  #stageDefinition(stage: Stage, symbol: Draft): Occurrence | undefined {
    const { name, from } = stage;
    const rest = { role: 'definition', definition: undefined, instruction: from, stage } as const;
    if (name) return this.#add(symbol, { span: this.#inner(name.span), ...rest });
    return from && { span: from.keywordSpan, symbol, ...rest };
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

  /** Adds the declarations of a stage in the order of their effect: triggers run on top of the finished stage. */
  #defineIn(stage: Stage): void {
    for (const instruction of stage.instructions) this.#define(instruction, stage);
    for (const { trigger } of stage.instructions) if (trigger) this.#define(trigger, stage);
  }

  #define(instruction: Instruction, stage: Stage | undefined): void {
    const { keyword, pairs } = instruction;
    if (keyword !== 'ARG' && keyword !== 'ENV') return;
    for (const pair of pairs) {
      const name = pair.key.value;
      const span = this.#inner(pair.key.span);
      if (!/^[A-Za-z_]\w*$/.test(name) || this.#file.text.slice(span.start, span.end) !== name) continue;
      const before = this.#seen(name, instruction, keyword === 'ARG' ? pair.value : undefined);
      const symbol = keyword === 'ARG' ? this.#argument(name) : this.#environmentVariable(name, before);
      if (keyword === 'ARG' && before?.symbol.kind === 'env')
        before.symbol.ambiguous = symbol.ambiguous = true;
      // A declaration without a value takes the value of the global ARG.
      const global =
        keyword === 'ARG' && !pair.value && stage?.from ? this.#seen(name, stage.from) : undefined;
      const definition = this.#add(symbol, {
        span,
        role: 'definition',
        definition: global?.definition,
        instruction,
        stage,
      });
      this.#defined.set(pair, { symbol, definition });
    }
  }

  #argument(name: string): Draft {
    let symbol = this.#args.get(name);
    if (!symbol) this.#args.set(name, (symbol = this.#draft('arg', name)));
    return symbol;
  }

  #environmentVariable(name: string, before: Defined | undefined): Draft {
    return before?.symbol.kind === 'env' ? before.symbol : this.#draft('env', name);
  }

  /** The definition that the name refers to in the instruction. */
  #seen(name: string, instruction: Instruction, word?: Word): Defined | undefined {
    const declaration = this.#model.declaration(name, instruction, word);
    return declaration && this.#defined.get(declaration.pair);
  }

  #variables(instruction: Instruction, stage: Stage | undefined): void {
    const { uses, sets, unread } = variableNames(this.#model, instruction);
    this.#unread ??= unread;
    for (const one of sets) {
      this.#shellNames.add(one.name);
      this.#meaning(one, instruction)?.symbol.shadows.push(one.span);
    }
    for (const one of uses) {
      const meaning = this.#meaning(one, instruction);
      const { span, name } = one;
      let symbol = meaning?.symbol ?? this.#external.get(name);
      if (!symbol) this.#external.set(name, (symbol = this.#draft('external', name)));
      this.#add(symbol, { span, role: 'use', definition: meaning?.definition, instruction, stage });
    }
  }

  #meaning({ name, word, sees }: VariableName, instruction: Instruction): Defined | undefined {
    if (sees === 'nothing') return undefined;
    const seen = this.#seen(name, instruction, word);
    return sees === 'env' && seen?.symbol.kind === 'arg' ? undefined : seen;
  }

  // ── Here-documents ───────────────────────────────────────────────────────────────────────────────────

  #heredocs(instruction: Instruction): void {
    const stage = this.#model.stageOf(instruction);
    for (const heredoc of instruction.heredocs) {
      const span = this.#heredocName(heredoc);
      if (!span) continue;
      const symbol = this.#draft('heredoc', heredoc.name);
      const rest = { instruction, stage };
      const definition = this.#add(symbol, { span, role: 'definition', definition: undefined, ...rest });
      if (!heredoc.terminator) continue;
      const line = this.#file.text.slice(heredoc.terminator.start, heredoc.terminator.end).trimEnd();
      const end = heredoc.terminator.start + line.length;
      const start = end - heredoc.name.length;
      if (this.#file.text.slice(start, end) !== heredoc.name) continue;
      this.#add(symbol, { span: { start, end }, role: 'use', definition, ...rest });
    }
  }

  /** The span of the name in the operator; undefined if quotes or continuations split it. */
  #heredocName({ name, operator }: Heredoc): Span | undefined {
    if (name === '') return undefined;
    const { start, end } = operator.span;
    const at = this.#file.text.slice(start, end).lastIndexOf(name);
    return at < 0 ? undefined : { start: start + at, end: start + at + name.length };
  }
}
