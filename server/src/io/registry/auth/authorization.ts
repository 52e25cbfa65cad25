// Answers a registry's challenge: chooses the token server, the login and the scope, and what to keep for the next time.
// Reads the user's logins only after a registry asks for one, and sends them nowhere else.
import { LRUCache } from 'lru-cache';
import type { Answer, Call } from '../http/call';
import type { Credential } from './credential-file';
import { askHelper } from './credential-helper';
import type { HelperAnswer } from './credential-helper';
import { findCredential } from './credentials';
import type { AskHelper, Found } from './credentials';
import { RegistryError } from '../errors';
import { carriesLogins, loginMayGoTo } from '../images/policy';
import { readDemand, refusalOf } from './auth-demand';
import type { Bearer } from './auth-demand';
import type { Environment, Limits, RegistrySettings } from '../settings';
import { SingleFlight } from '../http/single-flight';
import { basicHeader, fetchToken, isHeaderSafe } from './token';
import type { Token } from './token';
import type { HttpTransport } from '../http/transport';

/** What is sent with requests to a repository. */
export interface Grant {
  readonly header: string;
  readonly storedLoginRefused: boolean;
}

export interface AuthorizerOptions {
  readonly transport: HttpTransport;
  readonly settings: RegistrySettings;
  readonly environment: Environment;
  readonly limits: Limits;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: (line: string) => void;
}

const credentialMs = 60_000;
const nothingFound: Found = { credential: undefined, failedHelper: undefined };

export class Authorizer {
  readonly #options: AuthorizerOptions;
  readonly #grants: LRUCache<string, Grant>;
  readonly #found: LRUCache<string, Found>;
  readonly #lookups = new SingleFlight<Found>();
  /** Two images of one registry must not make a person answer twice. */
  readonly #helpers = new SingleFlight<HelperAnswer>();

  constructor(options: AuthorizerOptions) {
    this.#options = options;
    const clock = { perf: { now: options.now }, ttlResolution: 0 };
    this.#grants = new LRUCache({ max: 500, ...clock });
    this.#found = new LRUCache({ max: 200, ttl: credentialMs, ...clock });
  }

  /** The grant that worked before, if it is still valid. */
  remembered(call: Call): Grant | undefined {
    return this.#grants.get(keyOf(call));
  }

  /** Drops it, because it did not work. */
  drop(call: Call): void {
    this.#grants.delete(keyOf(call));
  }

  /** @param domain as in image names; undefined for all */
  forget(domain?: string): void {
    for (const cache of [this.#grants, this.#found]) {
      for (const key of [...cache.keys()]) {
        if (domain === undefined || key.startsWith(`${domain.toLowerCase()}/`)) cache.delete(key);
      }
    }
  }

  async dispose(): Promise<void> {
    await Promise.all([this.#lookups.abortAll(), this.#helpers.abortAll()]);
  }

  async #lookUp(call: Call): Promise<Found> {
    const { settings, environment, limits, log } = this.#options;
    if (settings.credentials === 'off') return nothingFound;
    const key = keyOf(call);
    const known = this.#found.get(key);
    if (known) return known;
    const look = async (signal: AbortSignal): Promise<Found> => {
      const ask: AskHelper = (name, server) =>
        this.#helpers.run(`${name} ${server}`, signal, (stop) =>
          askHelper(name, server, environment, limits, stop),
        );
      const fresh = await findCredential(call.registry, call.path, { environment, limits, log, ask });
      if (!signal.aborted) this.#found.set(key, fresh);
      return fresh;
    };
    return call.pause(() => this.#lookups.run(key, call.signal, look));
  }

  #exchange(
    call: Call,
    bearer: Bearer,
    credential: Exclude<Credential, { kind: 'registryToken' }> | undefined,
    from: Answer,
  ): Promise<Token | undefined> {
    const { transport, limits, now } = this.#options;
    const { realm, service, scope } = bearer;
    const registry = call.registry.domain;
    return fetchToken({
      transport,
      limits,
      now,
      signal: call.signal,
      registry,
      realm,
      service,
      scope,
      credential,
      maxReach: from.reach,
    });
  }

  /**
   * Turns a stored login into a header.
   * @returns undefined when the login server refuses it, or it is of no use for what is asked
   * @throws RegistryError NotAllowed (realm) rather than send a login to a server not known to belong to the registry
   */
  async #redeem(
    call: Call,
    credential: Credential,
    bearer: Bearer | undefined,
    from: Answer,
  ): Promise<Token | undefined> {
    if (credential.kind === 'registryToken') {
      return isHeaderSafe(credential.token)
        ? { value: `Bearer ${credential.token}`, milliseconds: credentialMs }
        : undefined;
    }
    if (!bearer) {
      if (credential.kind === 'identity') return undefined;
      return { value: basicHeader(credential.username, credential.password), milliseconds: credentialMs };
    }
    const { settings } = this.#options;
    const { realm } = bearer;
    if (!loginMayGoTo(realm, call.registry, settings) || !carriesLogins(realm, settings)) {
      throw new RegistryError({
        code: 'NotAllowed',
        reason: 'realm',
        host: realm.host,
        registry: call.registry.domain,
      });
    }
    const token = await this.#exchange(call, bearer, credential, from);
    return token && { ...token, value: `Bearer ${token.value}` };
  }

  #keep(call: Call, grant: Grant, milliseconds: number): void {
    if (milliseconds > 0) this.#grants.set(keyOf(call), grant, { ttl: milliseconds });
  }

  /**
   * Answers a challenge and repeats the request: with the stored login if there is one, then once without.
   * @param challenged the answer with status 401 (or 403 with a challenge)
   * @param repeat sends the request again with this Authorization header
   * @throws RegistryError Unauthorized, Denied, NotFound, NotAllowed (realm), and what the token server causes
   */
  async authorize(
    call: Call,
    challenged: Answer,
    repeat: (header: string) => Promise<Answer>,
  ): Promise<Answer> {
    const { settings, log } = this.#options;
    const demand = readDemand(challenged, call.path, settings);
    const { bearer } = demand;
    // A host the registry redirected to gets an anonymous token, and none of it is kept.
    const { credential, failedHelper } = challenged.atOrigin ? await this.#lookUp(call) : nothingFound;
    const confidential = carriesLogins(challenged.url, settings);

    let storedStatus: number | undefined;
    if (credential && confidential && (bearer || demand.basic)) {
      const token = await this.#redeem(call, credential, bearer, challenged);
      const answer = token && (await repeat(token.value));
      if (token && answer && !isRefusal(answer)) {
        this.#keep(call, { header: token.value, storedLoginRefused: false }, token.milliseconds);
        return answer;
      }
      storedStatus = answer?.status ?? 401;
      this.#found.delete(keyOf(call));
      log(`${call.registry.domain}: the stored login was refused`);
    }

    const storedLoginRefused = storedStatus !== undefined;
    let anonymousStatus = challenged.status;
    if (bearer) {
      const token = await this.#exchange(call, bearer, undefined, challenged);
      const header = token && `Bearer ${token.value}`;
      const answer = header !== undefined ? await repeat(header) : undefined;
      if (token && header !== undefined && answer && !isRefusal(answer)) {
        if (challenged.atOrigin) this.#keep(call, { header, storedLoginRefused }, token.milliseconds);
        return { ...answer, storedLoginRefused };
      }
      anonymousStatus = answer?.status ?? 401;
    }
    throw refusalOf(call, {
      storedStatus,
      anonymousStatus,
      bearer: bearer !== undefined,
      failedHelper,
      withheld: credential !== undefined && !confidential,
    });
  }
}

function keyOf({ registry, path }: Call): string {
  return `${registry.domain}/${path}`;
}

/** Whether an answer says "not with this authorization". */
function isRefusal({ status }: Answer): boolean {
  return status === 401 || status === 403;
}
