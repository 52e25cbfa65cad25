// Places that name a variable although no shell here reads it: text for another program, a quoted here-document that
// becomes a script, `env | grep NAME`. Rename stops at them, because nobody can tell who reads them.
import type { Model } from '../../model/model';
import type { Instruction } from '../../syntax/nodes';
import type { Span } from '../../text/span';
import type { DockerfileSymbol, SymbolTable } from './symbol-table';
import { secretVariables } from './variable-names';

const building: ReadonlySet<string> = new Set(['RUN', 'COPY', 'ADD']);
const running: ReadonlySet<string> = new Set(['CMD', 'ENTRYPOINT', 'HEALTHCHECK']);
/** `ENV OPTIONS=\$NAME`: whoever reads that value expands it. */
const keeping: ReadonlySet<string> = new Set(['ENV']);

/** What lists or looks up variables by their names. */
const looksUp = /\b(?:env|printenv|export|declare|typeset|compgen|environ|getenv)\b|\bEnv:/i;

/** The first place that may mean the variable and is none of its occurrences. */
export function unreadMention(model: Model, table: SymbolTable, symbol: DockerfileSymbol): Span | undefined {
  const starts = new Map(table.occurrences.map((one) => [one.span.start, one.symbol]));
  for (const instruction of model.instructions) {
    const { keyword } = instruction;
    const isKept = (running.has(keyword) || keeping.has(keyword)) && symbol.kind === 'env';
    if (!building.has(keyword) && !isKept) continue;
    const found = mentionIn(model, instruction, symbol, starts);
    if (found && isVisible(model, symbol, instruction)) return found;
  }
  return undefined;
}

function mentionIn(
  model: Model,
  instruction: Instruction,
  symbol: DockerfileSymbol,
  starts: ReadonlyMap<number, DockerfileSymbol>,
): Span | undefined {
  if (secretVariables(instruction).has(symbol.name)) return undefined;
  const { text } = model.file;
  const whole = text.slice(instruction.span.start, instruction.span.end);
  // Windows does not tell `Path` from `PATH`.
  const windows = model
    .scriptsOf(instruction)
    .some(({ dialect }) => dialect === 'cmd' || dialect === 'powershell');
  const equal = (name: string): boolean =>
    name === symbol.name || (windows && name.toLowerCase() === symbol.name.toLowerCase());
  const isValue = keeping.has(instruction.keyword);
  const byName = !isValue && looksUp.test(whole) && /[A-Z]/.test(symbol.name);
  for (const { 0: name, index } of whole.matchAll(/[A-Za-z_]\w*/g)) {
    if (!equal(name)) continue;
    const start = instruction.span.start + index;
    const span = { start, end: start + name.length };
    const known = starts.get(start);
    if (known && (known.kind !== 'external' || name === symbol.name)) continue;
    if (isInComment(text, start)) continue;
    if (byName || (isValue ? isExpanded(text, span) : isNamed(text, span))) return span;
  }
  return undefined;
}

/** Whether a sign in front of a word makes a shell expand it. */
function isExpanded(text: string, { start }: Span): boolean {
  return /(?:\$|\$\{[!#]?)$/.test(text.slice(Math.max(0, start - 3), start));
}

/** Whether what stands around a word says that it is the name of a variable. */
function isNamed(text: string, { start, end }: Span): boolean {
  const before = text.slice(Math.max(0, start - 9), start);
  const [open = ''] = before.slice(-1);
  const close = text[end] ?? '';
  if (isExpanded(text, { start, end }) || /(?:env[:.]|environ\.|\^|\bdefined[ \t])$/i.test(before))
    return true;
  if (open === '%' || open === '!') return close === open || close === ':';
  return (open === '"' || open === "'") && close === open;
}

/** Whether the line is a comment, of the Dockerfile or of a script. */
function isInComment(text: string, offset: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return line.trimStart().startsWith('#');
}

/** Whether the variable has its value from the symbol here. */
function isVisible(model: Model, symbol: DockerfileSymbol, instruction: Instruction): boolean {
  const key = model.declaration(symbol.name, instruction)?.pair.key.span;
  return (
    key !== undefined && symbol.occurrences.some(({ span }) => span.start >= key.start && span.end <= key.end)
  );
}
