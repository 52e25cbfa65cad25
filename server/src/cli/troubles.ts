// What went wrong in a run over files, and how it ends.
import type { Severity } from '../core/lint/finding';
import { isAtLeast } from '../core/lint/run';
import type { ConfigurationProblem } from '../service/surroundings';
import type { CheckArguments } from './check-arguments';
import type { CheckedFile } from './checked-file';
import { listed } from '../core/text/listed';
import type { Outcome } from './outcome';
import type { Terminal } from './terminal';

/** `.drydock.yaml:3: Unknown key rulez. Did you mean rules?` */
export function problemText({ path, line, message }: ConfigurationProblem): string {
  return `${path}${line === undefined ? '' : `:${line}`}: ${message}`;
}

/** Says on standard error what went wrong, and keeps how the run ends. Keeps no file. */
export class Troubles {
  readonly #failOn: Severity | undefined;
  readonly #terminal: Terminal;
  readonly #said = new Set<string>();
  /** From bad to worse. */
  readonly #outcomes = new Set<Outcome>();
  #files = 0;

  constructor(failOn: Severity | undefined, terminal: Terminal) {
    this.#failOn = failOn;
    this.#terminal = terminal;
  }

  /** Each problem once, even if it applies to many files. */
  problems(problems: readonly ConfigurationProblem[]): void {
    for (const problem of problems) {
      this.#sayOnce(problemText(problem));
      // The files were checked, but not as their configuration says.
      if (problem.unreadable) this.#outcomes.add('unreadable');
    }
  }

  file({ report, failures, failOn: configured, patches = [] }: CheckedFile): void {
    if (!report.since?.deleted) this.#files += 1;
    if (patches.length > 0) this.#outcomes.add('differs');
    this.problems(report.problems ?? []);
    if (report.error !== undefined) this.unreadable(`${report.path}: ${report.error}`);
    for (const { detail } of failures) this.#sayOnce(`bug in Drydock: ${report.path}: ${detail}`);
    if (failures.length > 0) this.#outcomes.add('broken');
    const failOn = this.#failOn ?? configured ?? 'info';
    // What an earlier revision had fails no run that compares with it.
    const counted = report.findings.filter(({ status }) => status !== 'kept');
    if (failOn !== 'never' && counted.some(({ severity }) => isAtLeast(severity, failOn)))
      this.#outcomes.add('findings');
  }

  unreadable(message: string): void {
    this.#terminal.complain(message);
    this.#outcomes.add('unreadable');
  }

  /** Somebody outside was asked for something, and did not give it. */
  unanswered(message: string): void {
    this.#sayOnce(message);
    this.#outcomes.add('unanswered');
  }

  /**
   * A file that was not checked counts more than findings.
   * @param isPart whether other runs check the other files
   */
  outcome({ allowNone, paths, diff }: CheckArguments, isPart: boolean): Outcome {
    if (this.#files === 0 && !isPart && this.#outcomes.size === 0 && !allowNone) {
      const isHere = paths.every((path) => path === '.');
      const places = isHere ? 'this folder' : listed(paths);
      this.#terminal.complain(
        `found no Dockerfile or Containerfile in ${places}. Name a file, or pass --allow-none if that is fine`,
      );
      return 'nothing';
    }
    const worst = (['unreadable', 'broken', 'unanswered', diff ? 'differs' : 'findings'] as const).find(
      (one) => this.#outcomes.has(one),
    );
    return worst ?? 'clean';
  }

  #sayOnce(message: string): void {
    if (this.#said.has(message)) return;
    this.#said.add(message);
    this.#terminal.complain(message);
  }
}
