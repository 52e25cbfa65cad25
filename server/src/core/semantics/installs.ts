// Package installations, whichever manager runs them.
import type { Command, ShellWord } from '../shell/types';
import type { PackageManager } from '../knowledge/package-managers';

export interface Install {
  readonly command: Command;
  readonly manager: PackageManager;
  /** `install`, `add`, … */
  readonly verb: ShellWord;
  /** Package words, values of options left out. */
  readonly packages: readonly ShellWord[];
  /** Option words, in front of and behind the verb. */
  readonly options: readonly ShellWord[];
  /** Whether it answers the confirmation by itself (flag, configuration, environment). */
  readonly assumesYes: boolean;
  /** An unquoted variable among the words may hold options, so that a missing one proves nothing. */
  readonly mayHoldOptions: boolean;
}
