// Digests from the registry, asked for only when the user has chosen to. The registry module is loaded on
// first use: most sessions never need it, and a start of the server should not pay for it.
import type { CancellationToken } from 'vscode-languageserver/node';
import { isRecord } from '../core/lint/config';
import type { RegistryAccess } from '../io/registry/access';

export type PinAnswer =
  | { readonly kind: 'digest'; readonly digest: string; readonly note?: string }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'cancelled' };

export class Pinner {
  #trusted: boolean;
  #access: Promise<RegistryAccess> | undefined;

  constructor(trusted: boolean) {
    this.#trusted = trusted;
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
  async digest(reference: string, settings: unknown, token: CancellationToken): Promise<PinAnswer> {
    const refusal = this.refusal(settings);
    if (refusal !== undefined) return { kind: 'failed', message: refusal };
    const abort = new AbortController();
    const listener = token.onCancellationRequested(() => abort.abort());
    try {
      this.#access ??= import('../io/registry/access').then(({ RegistryAccess: Access }) => new Access());
      return await (await this.#access).resolve(reference, settings, abort.signal);
    } finally {
      listener.dispose();
    }
  }

  /** After a login or a change of settings. */
  async forget(): Promise<void> {
    if (this.#access) (await this.#access).forget();
  }

  async dispose(): Promise<void> {
    if (this.#access) await (await this.#access).dispose();
  }
}
