// What a hover adds to a finding that the editor shows: why it matters, and what its fix does.
import { at } from './locate';
import type { Hover, Paragraph, Piece } from './markup';
import type { Subject } from './subject';

/** More hide what they belong to. */
const mostExplained = 2;

/** The reasons of the findings under the pointer. The editor itself shows what is wrong. */
export async function findingsHover(subject: Subject, offset: number): Promise<Hover | undefined> {
  const here = (subject.findings ?? []).filter((finding) => at(finding.at, offset));
  const [first] = here;
  if (!first) return undefined;
  const text: Paragraph[] = [];
  for (const { ruleId, fix } of here.slice(0, mostExplained)) {
    const summary = subject.rules.find(({ id }) => id === ruleId)?.summary;
    const reason = (await subject.reasonOf?.(ruleId)) ?? (summary === undefined ? undefined : `${summary}.`);
    if (reason !== undefined) text.push(pieces(reason));
    if (fix !== undefined) text.push([{ strong: 'Fix:' }, ` ${fix}`]);
  }
  return text.length > 0 ? { span: first.at, text } : undefined;
}

function pieces(reason: string): Piece[] {
  return reason
    .split('`')
    .flatMap((part, index): Piece[] => (part === '' ? [] : index % 2 === 1 ? [{ code: part }] : [part]));
}
