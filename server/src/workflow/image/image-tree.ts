// The report on an image as a tree: what each instruction brought with its biggest files, the biggest files of all, what
// later layers hide, and what few images need. Each row knows the line that it comes from.
import { sizeText } from '../build/stored-image';
import type { Translate } from '../translate';
import type { ImageReport, ReportFile, ReportStep } from './report';
import { noteText, summary } from './report-sheet';

export interface ImageNode {
  readonly kind: 'summary' | 'group' | 'step' | 'file' | 'hidden' | 'waste' | 'note';
  /** The size and the time where there are some: they stay in sight in a narrow view. */
  readonly label: string;
  /** Beside the label: the instruction, the path, and where it comes from. */
  readonly detail: string;
  readonly tooltip?: string;
  /** One-based line of the instruction; undefined if it is not known. */
  readonly line?: number;
  readonly children: readonly ImageNode[];
  /** Shown with its children from the start. */
  readonly isOpen?: true;
}

/**
 * @param name of the image, as the user knows it
 * @param timeOf the time that the instruction on a line (one-based) took, for people; empty if it is not
 * known
 */
export function imageTree(
  name: string,
  report: ImageReport,
  timeOf: (line: number) => string,
  t: Translate,
): readonly ImageNode[] {
  const { steps, biggest, hidden, hiddenBytes, waste, notes } = report;
  const place = (at: number): string => placeText(steps[at], t);
  const groups = [
    { ...group(t('Layers'), String(steps.length), stepNodes(report, timeOf, t)), isOpen: true as const },
    group(
      t('Biggest files'),
      '',
      biggest.map((file) => fileNode(file, steps, place(file.step))),
    ),
    group(
      t('Deleted later, but still sent'),
      sizeText(hiddenBytes),
      hidden.map((file): ImageNode => {
        const gone =
          file.how === 'deleted' ? t('deleted by {0}', place(file.by)) : t('replaced by {0}', place(file.by));
        return { ...fileNode(file, steps, `${place(file.step)}, ${gone}`), kind: 'hidden' };
      }),
    ),
    group(
      t('What few images need'),
      sizeText(waste.reduce((all, { bytes }) => all + bytes, 0)),
      waste.map(({ title, bytes, biggest: path, steps: at }): ImageNode => {
        const step = at[0] ?? -1;
        return {
          kind: 'waste',
          label: sizeText(bytes),
          detail: joined(title, place(step)),
          tooltip: path,
          ...lineOf(steps[step]),
          children: [],
        };
      }),
    ),
  ].filter(({ children }) => children.length > 0);
  return [
    { kind: 'summary', label: name, detail: summary(report, t), children: [] },
    ...notes.map((note): ImageNode => ({
      kind: 'note',
      label: noteText(note, t),
      detail: '',
      children: [],
    })),
    ...groups,
  ];
}

/** The layers of the base image stand below one row. */
function stepNodes({ steps }: ImageReport, timeOf: (line: number) => string, t: Translate): ImageNode[] {
  const base = steps.filter(({ origin }) => origin === 'base');
  const own = steps.filter(({ origin }) => origin !== 'base');
  const nodes = own.map((step) => stepNode(step, steps, timeOf));
  if (base.length === 0) return nodes;
  const bytes = base.reduce((all, { unpacked }) => all + unpacked, 0);
  const below = base.map((step) => stepNode(step, steps, timeOf));
  return [{ kind: 'step', label: sizeText(bytes), detail: t('Base image'), children: below }, ...nodes];
}

function stepNode(
  step: ReportStep,
  steps: readonly ReportStep[],
  timeOf: (line: number) => string,
): ImageNode {
  const { line, instruction, digest, unpacked, biggest = [] } = step;
  const time = line === undefined ? '' : timeOf(line);
  return {
    kind: 'step',
    label: joined(sizeText(unpacked), time),
    detail: instruction || digest,
    tooltip: instruction || digest,
    ...lineOf(step),
    children: biggest.map((file) => fileNode(file, steps, '')),
  };
}

function fileNode({ path, bytes, step }: ReportFile, steps: readonly ReportStep[], place: string): ImageNode {
  return {
    kind: 'file',
    label: sizeText(bytes),
    detail: joined(path, place),
    tooltip: [path, steps[step]?.instruction ?? ''].filter((part) => part !== '').join('\n'),
    ...lineOf(steps[step]),
    children: [],
  };
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}

function group(label: string, detail: string, children: readonly ImageNode[]): ImageNode {
  return { kind: 'group', label, detail, children };
}

function lineOf(step: ReportStep | undefined): { readonly line?: number } {
  return step?.line === undefined ? {} : { line: step.line };
}

function placeText(step: ReportStep | undefined, t: Translate): string {
  if (!step) return '';
  if (step.line !== undefined) return t('line {0}', step.line);
  return step.origin === 'base' ? t('the base image') : '';
}
