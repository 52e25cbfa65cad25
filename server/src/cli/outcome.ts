// How a run can end, with the exit status of each. Only this file knows these numbers.
import { listed } from '../core/text/listed';

/** In the order of the help. */
const outcomes = {
  clean: { status: 0, means: 'clean' },
  findings: { status: 1, means: 'findings' },
  /** A file is there with another text, and nobody may overwrite it; or a fix would change it. */
  differs: { status: 1, means: 'files that differ' },
  /** A name stands for another image, or a signature does not fit. */
  refused: { status: 1, means: 'refusals' },
  /** A builder stopped at a step. */
  unbuilt: { status: 1, means: 'a failed build or gate' },
  /** A log was read, and does not say why its build failed. */
  unexplained: { status: 1, means: 'a failed build or gate' },
  /** What was looked at is there, and is not good enough to go on. */
  gateFailed: { status: 1, means: 'a failed build or gate' },
  /** A file, the configuration or standard input could not be read, or a file not rewritten. */
  unreadable: { status: 2, means: 'something could not be read' },
  /** A registry did not answer, or not what was needed. */
  unanswered: { status: 2, means: 'asked' },
  /** A question that only a person can answer is open. */
  open: { status: 2, means: 'answered' },
  /** A tool is missing, or could not do what was asked. */
  undone: { status: 2, means: 'run' },
  /** There is no git, or no such revision. */
  uncompared: { status: 2, means: 'found' },
  /** No path led to a Dockerfile. */
  nothing: { status: 2, means: 'found' },
  /** Standard output was closed or is full, so something was not printed. */
  unwritable: { status: 2, means: 'written' },
  /** A bug of Drydock. */
  broken: { status: 2, means: 'run' },
  /** The words on the command line cannot be understood. */
  misused: { status: 2, means: 'understood' },
} as const;

export type Outcome = keyof typeof outcomes;

export function exitStatus(outcome: Outcome): number {
  return outcomes[outcome].status;
}

/** The line of a help page about exit statuses. */
export function describeStatuses(): string {
  const meanings = new Map<number, Set<string>>();
  for (const { status, means } of Object.values(outcomes))
    meanings.set(status, (meanings.get(status) ?? new Set()).add(means));
  const said = [...meanings].map(([status, means]) => `${status} ${listed([...means])}`);
  return `Exit status: ${said.join(',\n             ')}.\n`;
}
