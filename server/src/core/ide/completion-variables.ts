// Completion of variables after `$`: those in scope, and those that an added ARG would bring into scope.
import { platformVariables, predefinedVariables } from '../knowledge/syntax/predefined-variables';
import { keywordLike } from '../analysis/text/keyword-case';
import type { Edit } from '../text/edit';
import { proposal } from './proposal';
import type { Proposal } from './proposal';
import type { Place } from './completion-place';
import type { Subject } from './subject';

interface Candidate {
  readonly name: string;
  readonly detail: string;
  readonly rank: number;
  /** An ARG must declare it first. */
  readonly undeclared?: true;
}

export function variableItems(subject: Subject, place: Extract<Place, { kind: 'variable' }>): Proposal[] {
  const { token, braces } = place;
  const seen = new Set<string>();
  const items: Proposal[] = [];
  for (const { name, detail, rank, undeclared } of candidates(subject, place)) {
    if (seen.has(name)) continue;
    seen.add(name);
    const text = braces ? `\${${name}}` : `$${name}`;
    const item = proposal(token, text, text, 'variable', {
      detail,
      order: `${rank}${name}`,
    });
    items.push(undeclared ? { ...item, also: [declaration(subject, place, name)] } : item);
  }
  return items;
}

function candidates(
  subject: Subject,
  { instruction, atRuntime }: Extract<Place, { kind: 'variable' }>,
): Candidate[] {
  const { model } = subject;
  const stage = model.stageOf(instruction);
  const global = !stage?.from || instruction.keyword === 'FROM';
  const globals = model.preamble
    .filter(({ keyword, span }) => keyword === 'ARG' && span.start < instruction.span.start)
    .flatMap(({ pairs }) =>
      pairs.map(({ key, value }) => ({
        name: key.value,
        detail: value ? `ARG, default: ${value.raw}` : 'ARG',
        rank: 0,
      })),
    );
  if (global) {
    return [
      ...globals,
      ...platformVariables.map(({ name, documentation }) => ({ name, detail: documentation, rank: 1 })),
    ];
  }
  const environment = model.environmentAt(instruction);
  const result: Candidate[] = [];
  for (const [name, value] of environment.env) {
    result.push({ name, detail: value === undefined ? 'ENV' : `ENV: ${value}`, rank: 0 });
  }
  if (!atRuntime) {
    for (const [name, value] of environment.args) {
      result.push({ name, detail: value === undefined ? 'ARG' : `ARG, default: ${value}`, rank: 0 });
    }
  }
  for (const [name, value] of stage?.base.env ?? []) {
    result.push({
      name,
      detail: value === undefined ? 'from the base image' : `from the base image: ${value}`,
      rank: 1,
    });
  }
  result.push({ name: 'PATH', detail: 'from the base image', rank: 1 });
  if (atRuntime) return result;
  for (const { name } of globals)
    result.push({
      name,
      detail: 'declared above FROM; adds the required ARG here',
      rank: 2,
      undeclared: true,
    });
  for (const { name, documentation } of platformVariables) {
    result.push({ name, detail: `${documentation}; adds the required ARG here`, rank: 3, undeclared: true });
  }
  if (instruction.keyword === 'RUN') {
    for (const { name, kind, documentation } of predefinedVariables.values()) {
      if (kind === 'proxy') result.push({ name, detail: documentation, rank: 4 });
    }
  }
  return result;
}

/** Inserts `ARG NAME` on a separate line before the instruction. */
function declaration(
  { model }: Subject,
  { instruction }: Extract<Place, { kind: 'variable' }>,
  name: string,
): Edit {
  const { file, document } = model;
  const whole = instruction.onbuild ? file.instructions[instruction.index] : instruction;
  const offset = (whole ?? instruction).span.start;
  const start = document.lineStart(document.lineAt(offset));
  const keyword = `${instruction.onbuild ? `${keywordLike(file, 'ONBUILD')} ` : ''}${keywordLike(file, 'ARG')}`;
  return { start, end: start, text: `${document.indentAt(offset)}${keyword} ${name}${document.eol}` };
}
