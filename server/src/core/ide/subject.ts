// What editor features are asked about and what they answer in common. They speak spans and plain data, and are
// made for an ideal editor: what a real one cannot show is left out where answers are converted for it.
import type { Model } from '../model/model';
import type { BaseService } from './base-service';

/** A rule as ignore comments name it. */
export interface RuleInfo {
  readonly id: string;
  readonly summary: string;
  /** `tool:id`, for the comments of other tools. */
  readonly alsoKnownAs?: readonly string[];
}

/** One file in one version, with what is known beyond its text. */
export interface Subject {
  readonly model: Model;
  readonly rules: readonly RuleInfo[];
  readonly service: BaseService;
}

/** Why something that the user asked for cannot be done: one sentence for them to read. */
export interface Refusal {
  readonly refused: string;
}

export function isRefusal<T>(answer: T | Refusal): answer is Refusal {
  return typeof answer === 'object' && answer !== null && 'refused' in answer;
}
