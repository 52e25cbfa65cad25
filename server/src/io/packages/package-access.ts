// The entry to the packages of distributions: reads the index of an archive from the mirrors that the user names, and keeps
// it. One for each server or run. Loading this file loads an HTTP client, so import it on first use.
import { homedir } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { archiveKey, archiveTitle } from '../../core/package-index/archive';
import type { Archive } from '../../core/package-index/archive';
import { PackageIndex } from '../../core/package-index/package-index';
import type { IndexData, PackageIndexes } from '../../core/package-index/package-index';
import { withDeadline } from '../registry/http/deadline';
import { SingleFlight } from '../registry/http/single-flight';
import { UndiciTransport } from '../registry/http/transport';
import { readRegistrySettings } from '../registry/read-settings';
import { defaultLimits } from '../registry/settings';
import type { Limits } from '../registry/settings';
import { describePackageFault, packageFaultOf } from './faults';
import { machineArchitecture } from './machine-architecture';
import { MirrorClient } from './mirror-client';
import { partsOf } from './mirrors';
import type { Mirrors } from './mirrors';
import { cacheFolder, DiskCache } from './part-cache';
import type { PartCache } from './part-cache';
import { readPart } from './read-part';

const minute = 60_000;

/** Mirrors are slower than registries, and send more. */
export const packageLimits: Limits = {
  ...defaultLimits,
  headersMs: 15_000,
  idleMs: 15_000,
  totalMs: 5 * minute,
};

/** How long an answer counts, and a failure. */
const freshMs = 6 * 60 * minute;
const pauseMs = 10 * minute;

/** An index has ten to thirty megabytes. */
const mostIndexes = 6;

/** `message`: one sentence without a full stop. */
export type ReadOutcome =
  | { readonly kind: 'read'; readonly index: PackageIndex; readonly note?: string }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'cancelled' };

export interface PackageAccessOptions {
  readonly cache?: PartCache;
  readonly limits?: Limits;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

interface Known {
  readonly at: number;
  readonly outcome: ReadOutcome;
  readonly data?: IndexData;
}

export class PackageAccess implements PackageIndexes {
  readonly #cache: PartCache;
  readonly #limits: Limits;
  readonly #now: () => number;
  readonly #flights = new SingleFlight<ReadOutcome>();
  readonly #known = new Map<string, Known>();
  #client: { readonly settings: string; readonly client: MirrorClient } | undefined;

  constructor({ cache, limits = packageLimits, now = Date.now }: PackageAccessOptions = {}) {
    this.#cache = cache ?? new DiskCache(cacheFolder(process.env, process.platform, homedir()));
    this.#limits = limits;
    this.#now = now;
  }

  /** What has been read; asks nobody. */
  of(archive: Archive): PackageIndex | undefined {
    const known = this.#known.get(keyOf(archive));
    return known?.outcome.kind === 'read' ? known.outcome.index : undefined;
  }

  /** Whether reading it now would ask a mirror, rather than repeat what one said a moment ago. */
  isDue(archive: Archive): boolean {
    const known = this.#known.get(keyOf(archive));
    if (!known) return true;
    return this.#now() - known.at > (known.outcome.kind === 'read' ? freshMs : pauseMs);
  }

  /**
   * Reads the index of an archive.
   * @param settings section `drydock.registry` as the client gave it: its proxy, authorities and hosts count here too
   * @returns never throws for anything a mirror, a file or the user does
   */
  async read(
    archive: Archive,
    mirrors: Mirrors,
    settings: unknown,
    signal: AbortSignal,
  ): Promise<ReadOutcome> {
    const key = keyOf(archive);
    const known = this.#known.get(key);
    if (known?.outcome.kind === 'read' && !this.isDue(archive)) return known.outcome;
    try {
      return await this.#flights.run(key, signal, (own) => this.#read(archive, mirrors, settings, own));
    } catch (error) {
      const fault = packageFaultOf(error);
      if (fault.code === 'Cancelled') return { kind: 'cancelled' };
      const outcome = { kind: 'failed', message: describePackageFault(fault) } as const;
      // Without an address nothing was asked, so the next try may come at once.
      if (fault.code !== 'NoMirror' && fault.code !== 'BadMirror')
        this.#learn(key, { at: this.#now(), outcome });
      return outcome;
    }
  }

  /** What has been read of an archive, as plain data for a thread. */
  dataOf(archive: Archive): IndexData | undefined {
    const data = this.#known.get(keyOf(archive))?.data;
    return data && { ...data, archive };
  }

  forget(): void {
    this.#known.clear();
  }

  async dispose(): Promise<void> {
    await this.#flights.abortAll();
    await this.#client?.client.close();
  }

  async #read(
    archive: Archive,
    mirrors: Mirrors,
    settings: unknown,
    signal: AbortSignal,
  ): Promise<ReadOutcome> {
    const parts = partsOf(archive, mirrors);
    const host = new URL(parts[0]?.mirror.base ?? 'http://mirror').host;
    const client = this.#clientFor(settings);
    const read: { name: string; lines: string }[] = [];
    const missing: string[] = [];
    let note: string | undefined;
    await withDeadline(signal, this.#limits.totalMs, host, async (limited) => {
      for (const part of parts) {
        try {
          const lines = await readPart(part, { client, cache: this.#cache, now: this.#now, signal: limited });
          read.push({ name: part.name, lines });
        } catch (error) {
          const fault = packageFaultOf(error);
          if (part.isMain || fault.code === 'Cancelled' || fault.code === 'Timeout') throw error;
          missing.push(part.name);
          note ??= describePackageFault(fault);
        }
      }
    });
    const data: IndexData = { archive, parts: read, missing };
    const outcome: ReadOutcome = {
      kind: 'read',
      index: await indexOf(data),
      ...(note !== undefined && {
        note: `${archiveTitle(archive)} is known without ${missing.join(', ')}, so Drydock says nothing about what is missing there: ${note}`,
      }),
    };
    this.#learn(keyOf(archive), { at: this.#now(), outcome, data });
    return outcome;
  }

  #learn(key: string, known: Known): void {
    this.#known.delete(key);
    this.#known.set(key, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostIndexes && oldest !== undefined) this.#known.delete(oldest);
  }

  #clientFor(raw: unknown): MirrorClient {
    const settings = readRegistrySettings(raw);
    const key = JSON.stringify(settings);
    if (this.#client?.settings !== key) {
      void this.#client?.client.close();
      const environment = { variables: process.env, home: homedir(), platform: process.platform };
      const transport = new UndiciTransport({
        settings,
        environment,
        limits: this.#limits,
        log: () => undefined,
      });
      this.#client = { settings: key, client: new MirrorClient(transport) };
    }
    return this.#client.client;
  }
}

/** One that names no architecture is that of this machine. */
function keyOf(archive: Archive): string {
  return archiveKey({ ...archive, architecture: archive.architecture ?? machineArchitecture() });
}

/** Other work gets its turn while the names are listed. */
async function indexOf(data: IndexData): Promise<PackageIndex> {
  const index = new PackageIndex(data);
  for (const _ of index.steps()) await setImmediate();
  return index;
}
