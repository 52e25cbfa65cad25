// The package indexes of the session: read when the user asks for them or a setting says so, never on the way to findings,
// which use what is there. Loads the HTTP client on first use.
import { dirname } from 'node:path';
import type { CancellationToken } from 'vscode-languageserver/node';
import { archivesOf } from '../core/analysis/packages/indexed-installs';
import { readOptions } from '../core/lint/option';
import type { PackageQuestion, Reply } from '../core/lint/questions';
import { archiveTitle } from '../core/package-index/archive';
import type { Archive } from '../core/package-index/archive';
import type { PackageIndex, PackageIndexes } from '../core/package-index/package-index';
import { isRecord } from '../core/text/record';
import type { Mirrors } from '../io/packages/mirrors';
import type { PackageAccess, ReadOutcome } from '../io/packages/package-access';
import { findSection } from '../io/surroundings/command-section';
import { packageSection } from '../settings';
import type { Analysis } from './session';
import { readProxySettings } from './settings';
import type { ServerSettings } from './settings';

interface PackagesOptions {
  readonly trusted: boolean;
  /** Section `http` of the editor's settings. */
  readonly askProxy: () => Promise<unknown>;
  /** Told when an index has been read, so that findings may be others. */
  readonly onRead: () => void;
  /** Takes whole sentences. */
  readonly log: (sentence: string) => void;
}

type Wanted = Pick<ServerSettings, 'packages' | 'registry'>;

/** In milliseconds: a file that is opened for a moment asks nobody. */
const patience = 400;

export class Packages implements PackageIndexes {
  readonly #options: PackagesOptions;
  readonly #following = new Set<string>();
  #trusted: boolean;
  #access: PackageAccess | undefined;
  #loading: Promise<PackageAccess> | undefined;

  constructor(options: PackagesOptions) {
    this.#options = options;
    this.#trusted = options.trusted;
  }

  trust(): void {
    this.#trusted = true;
  }

  of(archive: Archive): PackageIndex | undefined {
    return this.#access?.of(archive);
  }

  /** Why no mirror may be asked, and what to do, for the user. Undefined if mirrors may be asked. */
  refusal({ packages }: Pick<ServerSettings, 'packages'>): string | undefined {
    if (!this.#trusted) return 'Drydock asks mirrors only in a trusted workspace. Trust this one first.';
    if (packages.mode === 'off')
      return 'Package indexes are off. Change the setting drydock.packages.mode to allow them.';
    return undefined;
  }

  /** Reads the index of an archive. Never throws. @param path of the Dockerfile */
  async read(
    archive: Archive,
    settings: Wanted,
    path: string | undefined,
    token?: CancellationToken,
  ): Promise<ReadOutcome> {
    const refusal = this.refusal(settings);
    if (refusal !== undefined) return { kind: 'failed', message: refusal };
    const abort = new AbortController();
    const listener = token?.onCancellationRequested(() => abort.abort());
    try {
      const { registry, packages } = settings;
      const proxy = readProxySettings(await this.#options.askProxy());
      const access = await this.#load();
      const known = access.of(archive);
      const all = { ...(isRecord(registry) ? registry : {}), proxy };
      const read = await access.read(archive, mirrorsFor(packages.mirrors, path), all, abort.signal);
      if (read.kind === 'read' && read.index !== known) {
        if (read.note !== undefined) this.#options.log(`${read.note}.`);
        this.#options.onRead();
      }
      return read;
    } finally {
      listener?.dispose();
    }
  }

  /** The version of a package for a fix that asks. */
  async answer(
    { archive, name }: PackageQuestion,
    settings: Wanted,
    path: string | undefined,
    token: CancellationToken,
  ): Promise<Reply> {
    const read = await this.read(archive, settings, path, token);
    if (read.kind !== 'read') return read;
    const version = read.index.candidate(name)?.version;
    return version === undefined
      ? { kind: 'failed', message: `${archiveTitle(archive)} has no package ${name}: check the spelling` }
      : { kind: 'answer', text: version };
  }

  /** Where the setting says so, reads in the background what a file installs from. Returns at once. */
  follow({ result, settings, surroundings }: Analysis): void {
    if (!this.#trusted || settings.packages.mode !== 'auto') return;
    const { path } = surroundings.facts;
    for (const archive of archivesOf(result.model)) {
      const key = archiveTitle(archive) + (archive.architecture ?? '');
      if (this.#following.has(key) || this.#access?.isDue(archive) === false) continue;
      this.#following.add(key);
      setTimeout(() => {
        this.read(archive, settings, path)
          .then((read) => {
            if (read.kind === 'failed') this.#options.log(`${read.message}.`);
          })
          .catch((error: unknown) => this.#options.log(String(error)))
          .finally(() => this.#following.delete(key));
      }, patience).unref();
    }
  }

  /** After a change of settings. */
  forget(): void {
    this.#access?.forget();
  }

  async dispose(): Promise<void> {
    if (this.#loading) await (await this.#loading).dispose();
  }

  #load(): Promise<PackageAccess> {
    this.#loading ??= import('../io/network').then(({ PackageAccess: Access }) => {
      this.#access = new Access();
      return this.#access;
    });
    return this.#loading;
  }
}

/** The user's mirrors, and those of the project where the user names none. */
function mirrorsFor(own: Readonly<Partial<Record<string, string>>>, path: string | undefined): Mirrors {
  const section = path === undefined ? undefined : findSection('packages', dirname(path));
  const given = section && !('problem' in section) ? section.value : undefined;
  const { mirrors } = readOptions(packageSection, given, '').values;
  const fromProject = Object.keys(mirrors).filter((name) => own[name] === undefined);
  return { byName: { ...mirrors, ...own }, fromProject: new Set(fromProject) };
}
