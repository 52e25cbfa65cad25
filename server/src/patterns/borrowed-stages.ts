// Stages that a pattern takes from another one: `«first stage of python-pip»` on a line of its own. So a server that comes
// with three package managers is written once.
import type { Parameter, Pattern, PatternFile } from './pattern';
import { namesIn, withNeeded } from './template';

const line = /^«(first|last) stage of ([a-z][a-z0-9-]*)»$/gm;

interface BorrowedStage {
  readonly text: string;
  readonly of: Pattern;
}

export interface WithStages {
  readonly files: readonly PatternFile[];
  /** In the order of the texts. */
  readonly stages: readonly BorrowedStage[];
  /** Sentences without a full stop. */
  readonly problems: readonly string[];
}

/**
 * The files of a page with the stages that they name in the place of their lines.
 * @param patternNamed undefined where there is no such pattern, or where it needs the one that is read itself
 */
export function withBorrowedStages(
  files: readonly PatternFile[],
  patternNamed: (id: string) => Pattern | undefined,
): WithStages {
  const borrowed: BorrowedStage[] = [];
  const problems: string[] = [];
  const fillIn = (whole: string, which: string, id: string): string => {
    const lender = patternNamed(id);
    const stages = stagesOf(lender?.as === 'dockerfile' ? (lender.files[0]?.text ?? '') : '');
    const stage = stages.at(which === 'first' ? 0 : -1);
    if (lender === undefined || stage === undefined) {
      problems.push(`There is no stage to take from a pattern ${id}`);
      return whole;
    }
    borrowed.push({ text: stage, of: lender });
    return stage;
  };
  const filled = files.map((file) => ({ ...file, text: file.text.replaceAll(line, fillIn) }));
  return { files: filled, stages: borrowed, problems };
}

/**
 * The parameters of a page, then those that only a borrowed stage needs, as their own pattern has them.
 * @param own those of the page, which win over others of the same name
 */
export function withBorrowedParameters(
  own: readonly Parameter[],
  stages: readonly BorrowedStage[],
): readonly Parameter[] {
  const all = [...own];
  for (const { text, of } of stages) {
    const { parameters } = of;
    const needed = withNeeded(namesIn(text), [...all, ...parameters]);
    all.push(
      ...parameters.filter(({ name }) => needed.has(name) && !all.some((other) => other.name === name)),
    );
  }
  return all;
}

/** The stages of a Dockerfile, without blank lines around them. A remark directly above FROM belongs to its stage. */
function stagesOf(text: string): readonly string[] {
  const stages: string[] = [];
  for (const paragraph of text.trimEnd().split(/\n{2,}/)) {
    if (/^FROM /m.test(paragraph)) stages.push(paragraph);
    else if (stages.length > 0) stages.push(`${stages.pop() ?? ''}\n\n${paragraph}`);
  }
  return stages;
}
