// The entry to the registry module: takes a reference as text and unchecked settings, gives a digest, a version or a
// sentence for the user. Loading this file loads an HTTP client, so import it on first use.
import { homedir } from 'node:os';
import type { ImageDetails } from '../../core/knowledge/images/registry-facts';
import type { PinNews } from '../../core/lint/questions';
import { parseReference } from '../../core/syntax/image-reference';
import { describeFault } from './errors';
import type { ImageName } from './images/policy';
import { readRegistrySettings } from './read-settings';
import type { TagList } from './images/tags';
import { RegistryService } from './service';
import type { Outcome, PinCheck, ServiceOptions } from './service';
import { defaultLimits } from './settings';
import type { Environment } from './settings';
import { findVersionTag } from './images/version-tag';

export type NoAnswer = { readonly kind: 'failed'; readonly message: string } | { readonly kind: 'cancelled' };

/** `note`: a warning for the user, although it succeeded. `news`: how the digest in the file stands, if there is one. */
export type DigestAnswer =
  | { readonly kind: 'digest'; readonly digest: string; readonly note?: string; readonly news?: PinNews }
  | NoAnswer;

export type VersionAnswer =
  { readonly kind: 'version'; readonly tag: string; readonly note?: string } | NoAnswer;

/** `host`: the registry, as names of images say it. */
export type TagsAnswer = ({ readonly kind: 'tags'; readonly host: string } & TagList) | NoAnswer;

export type DetailsAnswer = { readonly kind: 'details'; readonly details: ImageDetails } | NoAnswer;

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
   * How a digest stands beside its tag, and the digest to write.
   * @param reference as for `resolve`, without the digest
   * @param platform the only one that counts; undefined: all
   * @param settings as for `resolve`
   * @returns never throws for anything a registry, a file or the user does
   */
  async update(
    reference: string,
    pinned: string,
    platform: string | undefined,
    settings: unknown,
    signal: AbortSignal,
  ): Promise<DigestAnswer> {
    const answer = await this.#ask(reference, settings, (service, image) =>
      service.checkPin(image, pinned, { signal, platform }),
    );
    if (!('value' in answer)) return answer;
    const { value: pin, domain } = answer;
    const news = { state: pin.state, text: describePin(printable(reference), domain, pin) };
    return { kind: 'digest', digest: pin.digest, news, ...noteOf(answer) };
  }

  /**
   * The most specific version tag of the image that a tag is now.
   * @param reference as for `resolve`; `latest` without a tag
   * @param settings as for `resolve`
   * @returns never throws for anything a registry, a file or the user does
   */
  async version(reference: string, settings: unknown, signal: AbortSignal): Promise<VersionAnswer> {
    const answer = await this.#ask(reference, settings, (service, image) =>
      findVersionTag(service, image, { signal }),
    );
    if (!('value' in answer)) return answer;
    const { tag, cutAt } = answer.value;
    const cut =
      cutAt === undefined
        ? {}
        : {
            note: `Only the first ${cutAt} tags of ${reference} were read, so a more specific one may exist`,
          };
    return { kind: 'version', tag, ...cut, ...noteOf(answer) };
  }

  /**
   * The tags of a repository.
   * @param repository a reference as for `resolve`, without a tag
   * @param settings as for `resolve`
   * @returns never throws for anything a registry, a file or the user does
   */
  async tags(repository: string, settings: unknown, signal: AbortSignal): Promise<TagsAnswer> {
    const answer = await this.#ask(repository, settings, (service, image) =>
      service.listTags(image, { signal, limit: defaultLimits.tags }),
    );
    return 'value' in answer ? { kind: 'tags', host: answer.domain, ...answer.value } : answer;
  }

  /**
   * Sizes and age of an image.
   * @param reference as for `resolve`
   * @param settings as for `resolve`
   * @returns never throws for anything a registry, a file or the user does
   */
  async details(reference: string, settings: unknown, signal: AbortSignal): Promise<DetailsAnswer> {
    const answer = await this.#ask(reference, settings, (service, image) =>
      service.details(image, { signal }),
    );
    return 'value' in answer ? { kind: 'details', details: answer.value } : answer;
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

/** @param name as in the file, with its tag */
function describePin(name: string, domain: string, { state, pinnedAt, builtAt }: PinCheck): string {
  const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
  switch (state) {
    case 'current':
      return `${name} still has this digest, so there is nothing to update`;
    case 'republished':
      return `${name} was republished with the same contents`;
    case 'gone':
      return builtAt === undefined
        ? `What the digest of ${name} named is gone from ${domain}`
        : `What the digest of ${name} named is gone from ${domain}; the image is now of ${day(builtAt)}`;
    case 'outdated': {
      if (builtAt === undefined && pinnedAt === undefined)
        return `${name} is another image now (nothing says when the two were built)`;
      const of = (time: number | undefined): string => (time === undefined ? 'an unknown date' : day(time));
      return `${name} is another image now: of ${of(builtAt)}, the pinned one was of ${of(pinnedAt)}`;
    }
  }
}

/** A reference is the user's own text, but it may be long or hold control characters. */
function printable(text: string): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}]/gu, ' ');
  return clean.length > 100 ? `${clean.slice(0, 100)}…` : clean;
}
