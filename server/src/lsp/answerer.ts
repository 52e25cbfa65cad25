// Answers the questions of fixes, only after the user chose one. Loads the registry module on first use: most sessions
// never need it, and the start of the server should not pay for it.
import type { CancellationToken } from 'vscode-languageserver/node';
import { isRecord } from '../core/text/record';
import type { DetailsByImage, TagLists } from '../core/knowledge/images/registry-facts';
import type { DigestQuestion, Reply, VersionQuestion } from '../core/lint/questions';
import type { RegistryAccess } from '../io/registry/access';
import { answerFromRegistry } from '../io/registry/answer';
import { listTags, readDetails } from '../io/registry/look-up';
import type { LookUp } from '../io/registry/look-up';
import { readProxySettings } from './settings';

export class Answerer {
  #trusted: boolean;
  readonly #askProxy: () => Promise<unknown>;
  #proxy: Promise<unknown> | undefined;
  #access: Promise<RegistryAccess> | undefined;
  #tagLists: TagLists = new Map();
  #imageDetails: DetailsByImage = new Map();

  /** @param askProxy section `http` of the editor's settings, which also holds the proxy of other servers */
  constructor(trusted: boolean, askProxy: () => Promise<unknown>) {
    this.#trusted = trusted;
    this.#askProxy = askProxy;
  }

  trust(): void {
    this.#trusted = true;
  }

  /**
   * Why registries may not be asked, and what to do, for the user. Undefined if they may.
   * @param settings `drydock.registry` as the client gave it
   */
  refusal(settings: unknown): string | undefined {
    if (!this.#trusted)
      return 'Drydock contacts registries only in a trusted workspace. Trust this one first.';
    if (isRecord(settings) && settings['mode'] === 'off')
      return 'Registry access is off. Change the setting drydock.registry.mode to allow it.';
    return undefined;
  }

  /** Asks, and verifies the answer where that is possible. Never throws. @param settings as for `refusal` */
  async answer(
    question: DigestQuestion | VersionQuestion,
    settings: unknown,
    token: CancellationToken,
  ): Promise<Reply> {
    const refusal = this.refusal(settings);
    if (refusal !== undefined) return { kind: 'failed', message: refusal };
    return this.#ask(settings, token, (access, all, signal) =>
      answerFromRegistry(access, question, all, signal),
    );
  }

  /** The lists of tags that somebody had looked up, by repository: known until settings or logins change. */
  get tagLists(): TagLists {
    return this.#tagLists;
  }

  /** The sizes and ages of images that somebody had looked up, known as long. */
  get imageDetails(): DetailsByImage {
    return this.#imageDetails;
  }

  /**
   * Adds to `tagLists`. Never throws.
   * @param settings as for `refusal`
   * @returns why something could not be listed, sentences without a full stop; undefined if it was cancelled
   */
  listTags(
    repositories: readonly string[],
    settings: unknown,
    token: CancellationToken,
  ): Promise<readonly string[] | undefined> {
    return this.#lookUp(listTags, repositories, settings, token, (found) => {
      this.#tagLists = new Map([...this.#tagLists, ...found]);
    });
  }

  /** Adds to `imageDetails`. Parameters and result as for `listTags`. */
  lookUpImages(
    images: readonly string[],
    settings: unknown,
    token: CancellationToken,
  ): Promise<readonly string[] | undefined> {
    return this.#lookUp(readDetails, images, settings, token, (found) => {
      this.#imageDetails = new Map([...this.#imageDetails, ...found]);
    });
  }

  /** @param keep takes what was found, if anything was: who holds the old map knows that nothing is new */
  async #lookUp<T>(
    look: LookUp<T>,
    names: readonly string[],
    settings: unknown,
    token: CancellationToken,
    keep: (found: ReadonlyMap<string, T>) => void,
  ): Promise<readonly string[] | undefined> {
    const refusal = this.refusal(settings);
    if (refusal !== undefined) return [refusal.replace(/\.$/, '')];
    const looked = await this.#ask(settings, token, (access, all, signal) =>
      look(access, names, all, signal),
    );
    if (looked && looked.found.size > 0) keep(looked.found);
    return looked?.problems;
  }

  async #ask<T>(
    settings: unknown,
    token: CancellationToken,
    question: (access: RegistryAccess, settings: unknown, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const abort = new AbortController();
    const listener = token.onCancellationRequested(() => abort.abort());
    try {
      this.#proxy ??= this.#askProxy();
      // The editor's own proxy only: a workspace could set a `drydock.registry.proxy`, which is not a setting of ours.
      const all = {
        ...(isRecord(settings) ? settings : {}),
        proxy: readProxySettings(await this.#proxy),
      };
      this.#access ??= import('../io/network').then(({ RegistryAccess: Access }) => new Access());
      return await question(await this.#access, all, abort.signal);
    } finally {
      listener.dispose();
    }
  }

  /** After a login or a change of settings. */
  async forget(): Promise<void> {
    this.#proxy = undefined;
    this.#tagLists = new Map();
    this.#imageDetails = new Map();
    if (this.#access) (await this.#access).forget();
  }

  async dispose(): Promise<void> {
    if (this.#access) await (await this.#access).dispose();
  }
}
