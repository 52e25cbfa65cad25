// The door for a language server and a command line: a reference as text and settings as they came, in; a digest or
// a sentence, out. Loading this file loads an HTTP client: import it on first use.
import { homedir } from 'node:os';
import { parseReference } from '../../core/syntax/image-reference';
import { describeFault } from './errors';
import { readRegistrySettings } from './read-settings';
import { createRegistryService, type RegistryService, type ServiceOptions } from './service';
import type { Environment } from './settings';

export type DigestAnswer =
  /** `note`: one sentence the user should hear although all went well. */
  | { readonly kind: 'digest'; readonly digest: string; readonly note?: string }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'cancelled' };

export interface AccessOptions extends Partial<Omit<ServiceOptions, 'settings'>> {
  readonly environment?: Environment;
}

/** Answers the acts of a user. One per server; nothing is read or requested before the first question. */
export class RegistryAccess {
  private service: { readonly settings: string; readonly service: RegistryService } | undefined;
  private readonly retired = new Set<Promise<void>>();

  constructor(private readonly options: AccessOptions = {}) {}

  /**
   * The digest a reference stands for now, verified.
   * @param reference as written in the file, without quotes
   * @param settings section `drydock.registry` as the client gave it (see `readRegistrySettings`)
   * @returns never throws for anything a registry, a file or the user does
   */
  async resolve(reference: string, settings: unknown, signal: AbortSignal): Promise<DigestAnswer> {
    const parsed = parseReference(reference);
    if (!parsed.ok) {
      return {
        kind: 'failed',
        message: describeFault({ code: 'BadReference', reference: printable(reference) }, Date.now()),
      };
    }
    const outcome = await this.serviceFor(settings).resolveDigest(parsed.ref, { trigger: 'user', signal });
    if (!outcome.ok) {
      return outcome.fault.code === 'Cancelled'
        ? { kind: 'cancelled' }
        : { kind: 'failed', message: outcome.message };
    }
    const { digest, storedLoginRefused } = outcome.value;
    if (!storedLoginRefused) return { kind: 'digest', digest };
    const note = `${parsed.ref.domain} refused the stored login; the digest was read without it (docker login ${parsed.ref.domain} renews it)`;
    return { kind: 'digest', digest, note };
  }

  /** Forgets answers and logins: after a login, or when settings have changed. */
  forget(): void {
    this.service?.service.forget();
  }

  /** Ends what is under way and closes all connections. */
  async dispose(): Promise<void> {
    this.retire();
    await Promise.all(this.retired);
  }

  /** Settings decide what may be remembered, so other settings mean another service. */
  private serviceFor(settings: unknown): RegistryService {
    const read = readRegistrySettings(settings);
    const key = JSON.stringify(read);
    if (this.service?.settings !== key) {
      this.retire();
      const environment = this.options.environment ?? {
        variables: process.env,
        home: homedir(),
        platform: process.platform,
      };
      const service = createRegistryService({
        enabled: () => true,
        ...this.options,
        environment,
        settings: read,
      });
      this.service = { settings: key, service };
    }
    return this.service.service;
  }

  private retire(): void {
    const old = this.service?.service.dispose();
    this.service = undefined;
    if (!old) return;
    this.retired.add(old);
    void old.finally(() => this.retired.delete(old));
  }
}

/** A reference is the user's own text, but it may be long or hold control characters. */
function printable(text: string): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}]/gu, ' ');
  return clean.length > 100 ? `${clean.slice(0, 100)}…` : clean;
}
