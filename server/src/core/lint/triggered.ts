// What BuildKit finds in the triggers of ONBUILD, for its profile: it checks them where a stage of the same file runs
// them, and names the FROM of that stage.
import { fileWideChecks } from '../knowledge/syntax/buildkit-checks';
import type { Model } from '../model/model';
import type { Instruction } from '../syntax/nodes';
import { applyEdits } from '../text/edit';
import type { Edit } from '../text/edit';
import type { Config } from './config';
import type { LintResult, Reported } from './run';

/** Stages that together run longer triggers are not checked: many stages may each run many. */
const longest = 50_000;

/** @param lintAgain lints the text in which the triggers stand where they run */
export function withTriggered(
  result: LintResult,
  config: Config,
  lintAgain: (text: string) => LintResult,
): LintResult {
  const { model } = result;
  const runs = config.profile === 'buildkit' ? runsOf(model) : [];
  if (runs.length === 0) return result;
  const edits: Edit[] = runs.map(({ from, trigger }) =>
    model.document.insertLinesAfter(from.span.end, textOf(model, trigger)),
  );
  const again = lintAgain(applyEdits(withoutTriggers(model), edits)).findings;
  const found: Reported[] = [];
  let inserted = 0;
  let next = 0;
  for (const [index, { from, trigger }] of runs.entries()) {
    const { start, text } = edits[index] ?? { start: 0, text: '' };
    const end = start + inserted + text.length;
    while ((again[next]?.at.start ?? Infinity) <= start + inserted) next += 1;
    for (let finding = again[next]; finding && finding.at.start < end; finding = again[(next += 1)])
      if (finding.alsoKnownAs.some(isOfInstruction)) found.push(atFrom(finding, from, trigger));
    inserted += text.length;
  }
  const findings = [...result.findings, ...found].sort((a, b) => a.at.start - b.at.start);
  return { ...result, findings };
}

function atFrom(finding: Reported, from: Instruction, trigger: Instruction): Reported {
  return {
    ...finding,
    at: from.keywordSpan,
    message: `${finding.message} (an ONBUILD of the base)`,
    fix: undefined,
    alternatives: [],
    related: [{ at: trigger.span, message: 'This stage runs it' }],
    tag: undefined,
  };
}

/** The text with blanks in place of each ONBUILD, so that nothing runs a trigger twice. */
function withoutTriggers({ file: { text, instructions } }: Model): string {
  const blanks = instructions
    .filter(({ trigger }) => trigger)
    .map(({ span }) => ({ ...span, text: text.slice(span.start, span.end).replaceAll(/[^\r\n]/g, ' ') }));
  return applyEdits(text, blanks);
}

interface Run {
  readonly from: Instruction;
  readonly trigger: Instruction;
}

/** The triggers that stages run, in the order in which they run. */
function runsOf(model: Model): readonly Run[] {
  const runs: Run[] = [];
  if (!model.file.instructions.some(({ trigger }) => trigger)) return runs;
  let length = 0;
  for (const { from, parent, reachable } of model.stages) {
    if (!from || !parent || !reachable) continue;
    for (const { trigger } of parent.instructions) {
      if (!trigger || trigger.heredocs.length > 0) continue;
      runs.push({ from, trigger });
      length += textOf(model, trigger).length;
      if (length > longest) return [];
    }
  }
  return runs;
}

function textOf({ document }: Model, { span }: Instruction): string {
  return document.slice(span);
}

function isOfInstruction(id: string): boolean {
  return id.startsWith('buildkit:') && !fileWideChecks.has(id.slice('buildkit:'.length));
}
