// The parts of an instruction in which a shell expands variables, with what they name, in document spans.
import type { Model } from '../../core/model/model';
import type { Heredoc, Instruction } from '../../core/syntax/nodes';
import type { Span } from '../../core/text/span';
import type { Dialect } from '../../core/shell/types';
import { toDocumentSpan } from './logical-offsets';
import type { NamedSpan, ShellMode, ShellReferences } from './shell-references';
import { shellReferences, windowsReferences } from './shell-references';

export interface ShellText {
  readonly references: ShellReferences;
  /** A running container expands it, not the build. */
  readonly atRuntime: boolean;
}

const none: ShellReferences = { uses: [], assignments: [] };

/** @returns nothing for instructions that no shell reads; a COPY's here-documents, which the builder expands, count */
export function shellTexts(model: Model, instruction: Instruction): readonly ShellText[] {
  switch (instruction.keyword) {
    case 'RUN':
      return [
        line(model, instruction, false),
        ...instruction.heredocs.map((heredoc) => runHeredoc(model, instruction, heredoc)),
      ];
    case 'CMD':
    case 'ENTRYPOINT':
    case 'HEALTHCHECK':
      return [line(model, instruction, true)];
    case 'COPY':
    case 'ADD':
      return instruction.heredocs
        .filter(({ expand }) => expand)
        .map(({ body }) => ({ references: piece(model, body, 'heredoc'), atRuntime: false }));
    default:
      return [];
  }
}

function line(model: Model, instruction: Instruction, atRuntime: boolean): ShellText {
  if (instruction.json) return { references: execForm(model, instruction), atRuntime };
  const { start, end } = instruction.argumentsLogical;
  const dialect = model.scriptsOf(instruction).find(({ heredoc }) => !heredoc)?.dialect ?? 'posix';
  const found = read(instruction.line.text.slice(start, end), dialect, 'script');
  const move = ({ name, span }: NamedSpan): NamedSpan => ({
    name,
    span: toDocumentSpan(instruction.line, { start: start + span.start, end: start + span.end }),
  });
  return { references: { uses: found.uses.map(move), assignments: found.assignments.map(move) }, atRuntime };
}

/** `["sh", "-c", "script"]`: nobody but that shell expands anything. */
function execForm(model: Model, { json }: Instruction): ShellReferences {
  const index = json?.findIndex(({ value }) => /^-[A-Za-z]*c$/.test(value)) ?? -1;
  const program = json?.[0]?.value ?? '';
  const script = json?.[index + 1];
  if (index < 1 || !script || !/(?:^|\/)(?:ba|da|a|k|z)?sh$/.test(program)) return none;
  const inner = { start: script.span.start + 1, end: script.span.end - 1 };
  // With JSON escapes in it, offsets cannot be told.
  return model.file.text.slice(inner.start, inner.end) === script.value
    ? piece(model, inner, 'script')
    : none;
}

function runHeredoc(model: Model, instruction: Instruction, heredoc: Heredoc): ShellText {
  const script = model
    .scriptsOf(instruction)
    .find((one) => one.heredoc && one.span.start >= heredoc.body.start && one.span.start <= heredoc.body.end);
  // Alone, the body is the script, and quotes around the delimiter change nothing: the builder never
  // expands it. Otherwise the shell reads a here-document, and an unquoted one is expanded before anything else.
  const alone = instruction.words.length === 1;
  let references = none;
  if (alone || !heredoc.expand) {
    if (script && script.dialect !== 'other')
      references = piece(model, heredoc.body, 'script', script.dialect);
  } else references = piece(model, heredoc.body, 'heredoc');
  return { references, atRuntime: false };
}

/** A piece of the document that is read as it stands. */
function piece(model: Model, at: Span, mode: ShellMode, dialect: Dialect = 'posix'): ShellReferences {
  const found = read(model.file.text.slice(at.start, at.end), dialect, mode);
  const move = ({ name, span }: NamedSpan): NamedSpan => ({
    name,
    span: { start: at.start + span.start, end: at.start + span.end },
  });
  return { uses: found.uses.map(move), assignments: found.assignments.map(move) };
}

function read(text: string, dialect: Dialect, mode: ShellMode): ShellReferences {
  if (dialect === 'other') return none;
  if (dialect === 'cmd' || dialect === 'powershell') return windowsReferences(text, dialect);
  return shellReferences(text, mode);
}
