// Digests and versions from the registry, asked for only when the user has chosen to. The registry module is loaded on
// first use: most sessions never need it, and a start of the server should not pay for it.
import type { CancellationToken } from 'vscode-languageserver/node';
import { isRecord } from '../core/text/record';
import type { DigestAnswer, NoAnswer, RegistryAccess, VersionAnswer } from '../io/registry/access';
import { readProxySettings } from './settings';

export class Pinner {
  #trusted: boolean;
  readonly #askProxy: () => Promise<unknown>;
  #proxy: Promise<unknown> | undefined;
  #access: Promise<RegistryAccess> | undefined;

  /** @param askProxy section `http` of the editor's settings, which also holds the proxy of other servers */
  constructor(trusted: boolean, askProxy: () => Promise<unknown>) {
    this.#trusted = trusted;
    this.#askProxy = askProxy;
  }

  trust(): void {
    this.#trusted = true;
  }

  /** Whether pinning may be offered at all. @param settings `drydock.registry` as the client gave it */
  allowed(settings: unknown): boolean {
    return this.refusal(settings) === undefined;
  }

  /** Why no registry may be asked; one sentence. */
  refusal(settings: unknown): string | undefined {
    if (!this.#trusted) return 'Registries are asked only in a trusted workspace.';
    if (isRecord(settings) && settings['mode'] === 'off')
      return 'Registry access is switched off by drydock.registry.mode.';
    return undefined;
  }

  /** The digest a reference stands for now, verified. Never throws. @param reference as written in the file */
  digest(reference: string, settings: unknown, token: CancellationToken): Promise<DigestAnswer> {
    return this.#ask(settings, token, (access, all, signal) => access.resolve(reference, all, signal));
  }

  /** The version tag of what `latest` of an image is now. Never throws. @param reference as written in the file */
  version(reference: string, settings: unknown, token: CancellationToken): Promise<VersionAnswer> {
    return this.#ask(settings, token, (access, all, signal) => access.version(reference, all, signal));
  }

  async #ask<T>(
    settings: unknown,
    token: CancellationToken,
    question: (access: RegistryAccess, settings: unknown, signal: AbortSignal) => Promise<T | NoAnswer>,
  ): Promise<T | NoAnswer> {
    const refusal = this.refusal(settings);
    if (refusal !== undefined) return { kind: 'failed', message: refusal };
    const abort = new AbortController();
    const listener = token.onCancellationRequested(() => abort.abort());
    try {
      this.#proxy ??= this.#askProxy();
      // Always the editor's own: a workspace could bring a `drydock.registry.proxy`, which nothing declares.
      const all = {
        ...(isRecord(settings) ? settings : {}),
        proxy: readProxySettings(await this.#proxy),
      };
      this.#access ??= import('../io/registry/access').then(({ RegistryAccess: Access }) => new Access());
      return await question(await this.#access, all, abort.signal);
    } finally {
      listener.dispose();
    }
  }

  /** After a login or a change of settings. */
  async forget(): Promise<void> {
    this.#proxy = undefined;
    if (this.#access) (await this.#access).forget();
  }

  async dispose(): Promise<void> {
    if (this.#access) await (await this.#access).dispose();
  }
}
