// Watches what findings rest on besides the text: configuration everywhere, and the folders that the surroundings of an
// open document were read from. Those alone, so that a large repository costs nothing.
import { pathToFileURL } from 'node:url';
import type { Disposable, FileEvent, FileSystemWatcher } from 'vscode-languageserver/node';
import { namesConfiguration } from '../protocol/names';
import { configurationPatterns } from './configuration-documents';
import { pathOfUri } from './session';
import type { Session } from './session';

/** Files beside a Dockerfile that change its findings, wherever they are. */
const everywhere = [...configurationPatterns, '**/{,*}.dockerignore', '**/.containerignore'];
const isIgnoreFile = /(?:^|[\\/])(?:[^\\/]*\.dockerignore|\.containerignore)$/;

const mostFolders = 100;
/** In milliseconds. Tools make many files at once. */
const pause = 150;

interface Options {
  readonly session: Pick<Session, 'dependents' | 'foldersRead'>;
  /** Undefined if the client cannot watch. */
  readonly register: ((watchers: FileSystemWatcher[]) => Promise<Disposable>) | undefined;
  /** Whether a pattern may have a base. */
  readonly relativePatterns: boolean;
  /** Told which documents are to be looked at again; undefined for all. */
  readonly onChange: (uris: readonly string[] | undefined) => void;
  readonly onFailure: (error: unknown) => void;
}

export class WatchedFiles {
  readonly #options: Options;
  readonly #changed = new Map<string, 'content' | 'entry'>();
  readonly #timers = new Map<() => void, NodeJS.Timeout>();
  #watched: string | undefined;
  #registration: Disposable | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  /** As soon as the client may be asked to watch. */
  start(): void {
    this.#register();
  }

  /** After the folders that are read may have changed. */
  update(): void {
    if (this.#options.register) this.#later(this.#register);
  }

  take(changes: readonly FileEvent[]): void {
    for (const { uri, type } of changes) {
      const path = pathOfUri(uri);
      // 2: the content changed. What appeared or went counts more.
      if (path !== undefined && (type !== 2 || !this.#changed.has(path)))
        this.#changed.set(path, type === 2 ? 'content' : 'entry');
    }
    this.#later(this.#tell);
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  readonly #tell = (): void => {
    const changed = [...this.#changed];
    this.#changed.clear();
    if (changed.some(([path]) => namesConfiguration(path) || isIgnoreFile.test(path))) {
      this.#options.onChange(undefined);
      return;
    }
    const uris = new Set(
      changed.flatMap(([path, what]) => this.#options.session.dependents(path, what === 'content')),
    );
    if (uris.size > 0) this.#options.onChange([...uris]);
  };

  readonly #register = (): void => {
    const { register, session, relativePatterns, onFailure } = this.#options;
    const folders = [...new Set(session.foldersRead())].sort().slice(0, mostFolders);
    const key = folders.join('\n');
    if (!register || key === this.#watched) return;
    this.#watched = key;
    const watchers: FileSystemWatcher[] = [
      ...everywhere.map((globPattern) => ({ globPattern })),
      ...folders.map((folder) => ({
        globPattern: relativePatterns
          ? { baseUri: pathToFileURL(folder).href, pattern: '*' }
          : `${folder.replaceAll('\\', '/').replace(/\/$/, '')}/*`,
      })),
    ];
    const before = this.#registration;
    register(watchers)
      .then((registration) => {
        this.#registration = registration;
        before?.dispose();
      })
      .catch(onFailure);
  };

  /** Once, when nothing more has come for a moment. */
  #later(what: () => void): void {
    clearTimeout(this.#timers.get(what));
    const timer = setTimeout(what, pause);
    timer.unref();
    this.#timers.set(what, timer);
  }
}
