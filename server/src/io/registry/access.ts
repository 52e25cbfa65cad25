// The entry to the registry module: takes a reference as text and unchecked settings, gives a digest, a version or a
// sentence for the user. Loading this file loads an HTTP client, so import it on first use.
import { homedir } from 'node:os';
import { parseReference } from '../../core/syntax/image-reference';
import { describeFault } from './errors';
import type { ImageName } from './images/policy';
import { readRegistrySettings } from './read-settings';
import { RegistryService } from './service';
import type { Outcome, ServiceOptions } from './service';
import type { Environment } from './settings';
import { findVersionTag } from './images/version-tag';

export type NoAnswer = { readonly kind: 'failed'; readonly message: string } | { readonly kind: 'cancelled' };

/** `note`: a sentence for the user, although it succeeded. */
export type DigestAnswer =
  { readonly kind: 'digest'; readonly digest: string; readonly note?: string } | NoAnswer;

export type VersionAnswer =
  { readonly kind: 'version'; readonly tag: string; readonly note?: string } | NoAnswer;

export interface AccessOptions extends Partial<Omit<ServiceOptions, 'settings'>> {
  readonly environment?: Environment;
}

/** Answers what a user asked for. One per server. Reads and requests nothing before the first question. */
export class RegistryAccess {
  readonly #options: AccessOptions;
  readonly #retired = new Set<Promise<void>>();
  #service: { readonly settings: string; readonly service: RegistryService } | undefined;

  constructor(options: AccessOptions = {}) {
    this.#options = options;
  }

  /**
   * The digest of a reference now, verified.
   * @param reference as written in the file, without quotes
   * @param settings section `drydock.registry` as the client gave it (see `readRegistrySettings`)
   * @returns never throws for anything a registry, a file or the user does
   */
  async resolve(reference: string, settings: unknown, signal: AbortSignal): Promise<DigestAnswer> {
    const answer = await this.#ask(reference, settings, (service, image) =>
      service.resolveDigest(image, { signal }),
    );
    return 'value' in answer ? { kind: 'digest', digest: answer.value.digest, ...noteOf(answer) } : answer;
  }

  /**
   * The version tag of the image that `latest` of a reference's repository is now; only plain versions.
   * @param reference as for `resolve`; its own tag is not looked at
   * @param settings as for `resolve`
   * @returns never throws for anything a registry, a file or the user does
   */
  async version(reference: string, settings: unknown, signal: AbortSignal): Promise<VersionAnswer> {
    const answer = await this.#ask(reference, settings, (service, image) =>
      findVersionTag(service, image, { signal }),
    );
    return 'value' in answer ? { kind: 'version', tag: answer.value.tag, ...noteOf(answer) } : answer;
  }

  /** Forgets answers and logins, after a login or a change of settings. */
  forget(): void {
    this.#service?.service.forget();
  }

  /** Cancels all requests and closes all connections. */
  async dispose(): Promise<void> {
    this.#retire();
    await Promise.all(this.#retired);
  }

  async #ask<T>(
    reference: string,
    settings: unknown,
    question: (service: RegistryService, image: ImageName) => Promise<Outcome<T>>,
  ): Promise<NoAnswer | { readonly value: T; readonly domain: string }> {
    const parsed = parseReference(reference);
    if (!parsed.ok) {
      const fault = { code: 'BadReference', reference: printable(reference) } as const;
      return { kind: 'failed', message: describeFault(fault, Date.now()) };
    }
    const outcome = await question(this.#serviceFor(settings), parsed.ref);
    if (outcome.ok) return { value: outcome.value, domain: parsed.ref.domain };
    return outcome.fault.code === 'Cancelled'
      ? { kind: 'cancelled' }
      : { kind: 'failed', message: outcome.message };
  }

  /** Settings decide what may be cached, so new settings need a new service. */
  #serviceFor(settings: unknown): RegistryService {
    const read = readRegistrySettings(settings);
    const key = JSON.stringify(read);
    if (this.#service?.settings !== key) {
      this.#retire();
      const environment = this.#options.environment ?? {
        variables: process.env,
        home: homedir(),
        platform: process.platform,
      };
      const service = new RegistryService({
        enabled: () => true,
        ...this.#options,
        environment,
        settings: read,
      });
      this.#service = { settings: key, service };
    }
    return this.#service.service;
  }

  #retire(): void {
    const old = this.#service?.service.dispose();
    this.#service = undefined;
    if (!old) return;
    this.#retired.add(old);
    void old.finally(() => this.#retired.delete(old));
  }
}

function noteOf(answer: {
  readonly value: { readonly storedLoginRefused: boolean };
  readonly domain: string;
}): { note?: string } {
  const { value, domain } = answer;
  if (!value.storedLoginRefused) return {};
  return {
    note: `${domain} refused the stored login, so Drydock asked without it (renew it with docker login ${domain})`,
  };
}

/** A reference is the user's own text, but it may be long or hold control characters. */
function printable(text: string): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}]/gu, ' ');
  return clean.length > 100 ? `${clean.slice(0, 100)}…` : clean;
}
