// Common input and output types of the editor features. They use spans and plain data and assume an ideal editor; the
// conversion for a real editor leaves out what it cannot show.
import type { ContextFacts } from '../analysis/context/context-sources';
import type { RenameOutside } from '../analysis/context/outside-names';
import type { PatternSnippet } from '../../patterns/snippet';
import type { PackageIndexes } from '../package-index/package-index';
import type { Model } from '../model/model';
import type { Span } from '../text/span';
import type { BaseService } from './base-service';

/** The data of a rule that ignore comments need. */
export interface RuleInfo {
  readonly id: string;
  readonly summary: string;
  /** Its `tool:id`, for the comments of other tools. */
  readonly alsoKnownAs?: readonly string[];
}

/** What an editor shows of a finding, as far as hovers need it. */
export interface ShownFinding {
  readonly ruleId: string;
  readonly at: Span;
  /** The title of its fix. */
  readonly fix: string | undefined;
}

/** One version of a file, with everything that features need. */
export interface Subject {
  readonly model: Model;
  readonly rules: readonly RuleInfo[];
  readonly patterns?: readonly PatternSnippet[];
  /** Whether another program completes everything else. */
  readonly onlyPatterns?: boolean;
  readonly service: BaseService;
  /** The build context of the file, if it is known. */
  readonly context?: ContextFacts | undefined;
  /** Absolute path of its folder. */
  readonly contextFolder?: string | undefined;
  /** Whether to tell how many steps run again when files change. */
  readonly showsRebuilds?: boolean;
  /** The package indexes that were read. */
  readonly packages?: PackageIndexes | undefined;
  /** The edits of the files around that state how this file is built, for a name in them. */
  readonly renameOutside?: RenameOutside;
  readonly findings?: readonly ShownFinding[];
  /** Why a rule exists, in about two lines with code between backquotes; undefined if its page is not there. */
  readonly reasonOf?: (ruleId: string) => Promise<string | undefined>;
}

/** The reason why a request of the user cannot be done, as one sentence for the user. */
export interface Refusal {
  readonly refused: string;
}

export function isRefusal<T>(answer: T | Refusal): answer is Refusal {
  return typeof answer === 'object' && answer !== null && 'refused' in answer;
}
