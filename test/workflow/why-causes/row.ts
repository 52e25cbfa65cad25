// What a step or the builder says, and the cause with facts that it tells of.
import type { Facts } from '../../../server/src/workflow/why/explanation';

export interface Row {
  readonly cause: string;
  /** The last instruction of the file; RUN if there is no other keyword. */
  readonly does?: string;
  /** What the step prints. */
  readonly prints?: string;
  /** The builder's own reason; without it the exit code. */
  readonly says?: string;
  readonly exit?: number;
  readonly facts?: Facts;
}
