// One piece of work for the registry client, and its result.
import type { RegistryHost } from '../images/policy';
import type { Pause } from './deadline';
import type { RawResponse } from './transport';

/** One piece of work: one repository, one asker. */
export interface Call {
  readonly registry: RegistryHost;
  /** The repository as the registry knows it, a mirror's namespace included. */
  readonly path: string;
  readonly signal: AbortSignal;
  /** See `withDeadline`. */
  readonly pause: Pause;
}

/** An answer and its origin. */
export interface Answer extends RawResponse {
  readonly url: URL;
  /** Whether the registry itself answered, and not a host it redirected to. */
  readonly atOrigin: boolean;
  /** Set when a stored login was refused and the answer came without one. */
  readonly storedLoginRefused: boolean;
}
