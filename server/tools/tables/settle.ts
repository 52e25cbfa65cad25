// Finds the release that a tag stands on: by its words, by its folder, or by following FROM in the Dockerfiles that it
// and its bases were built from, each as it stood on that day.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { imageName } from '../../src/core/knowledge/images/images';
import { releaseOfTag, releaseOfWords } from '../../src/core/knowledge/images/releases';
import { buildModel } from '../../src/core/model/model';
import { parse } from '../../src/core/syntax/parse';
import { TextFile } from '../../src/core/text/document';
import { readObjects } from './git';
import type { Origin, TagHistory } from './library-files';

type Library = ReadonlyMap<string, ReadonlyMap<string, TagHistory>>;

/** Repositories under the names that they have now. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['docker-library/docker-openjdk', 'docker-library/openjdk'],
  ['docker-library/java', 'docker-library/openjdk'],
  ['joyent/docker-node', 'nodejs/docker-node'],
  ['c0b/docker-elixir', 'erlef/docker-elixir'],
  ['c0b/docker-erlang-otp', 'erlang/docker-erlang-otp'],
  ['apple/swift-docker', 'swiftlang/swift-docker'],
  ['swiftdocker/docker-swift', 'swiftlang/swift-docker'],
  ['gradle/docker-gradle', 'keeganwitt/docker-gradle'],
]);

/** A name, `waits` for a Dockerfile that the next round reads, `other` for what is no release of Linux (scratch, Windows), or undefined where nothing tells. */
type Settled = string | undefined;

/** No chain of official images is longer. */
const deepest = 5;

export class Settler {
  readonly #library: Library;
  readonly #repositories: string;
  /** The base of each Dockerfile that was read, by repository and `COMMIT:PATH`; undefined if there is none. */
  readonly #bases = new Map<string, Map<string, string | undefined>>();
  /** Dockerfiles to read before the next round. */
  readonly #wanted = new Map<string, Set<string>>();

  /** @param repositories folder with git directories `OWNER/NAME.git`, `OWNER+NAME` or `OWNER+NAME/repo` */
  constructor(library: Library, repositories: string) {
    this.#library = library;
    this.#repositories = repositories;
  }

  /** The release of each tag, by image and tag. */
  settleAll(): ReadonlyMap<TagHistory, Settled> {
    const found = new Map<TagHistory, Settled>();
    let open = [...this.#library.values()].flatMap((tags) => [...tags.values()]);
    do {
      this.#read();
      const waiting: TagHistory[] = [];
      for (const history of open) {
        const settled = this.#settle(history.image, history.tag, history.gone ?? '9999', 0);
        if (settled === 'waits') waiting.push(history);
        else found.set(history, settled);
      }
      open = waiting;
    } while (this.#wanted.size > 0);
    return found;
  }

  #settle(image: string, tag: string, day: string, depth: number): Settled {
    if (/nanoserver|servercore|windows/.test(`${image}:${tag}`)) return 'other';
    const named = releaseOfTag(image, tag)?.name;
    if (named !== undefined) return named;
    const history = this.#library.get(image)?.get(tag);
    const origin =
      history && (history.origins.filter((one) => one.day <= day).at(-1) ?? history.origins[0])?.origin;
    if (!origin || depth > deepest) return undefined;
    if (origin.release !== undefined) return origin.release;
    if (origin.windows) return 'other';
    const base = this.#baseOf(origin);
    if (base === undefined || base === 'waits') return base;
    return base === 'scratch' ? 'other' : this.#settleReference(base, day, depth + 1);
  }

  #settleReference(reference: string, day: string, depth: number): Settled {
    const { name, tag = '', official } = imageName(reference);
    if (official) return this.#settle(name, tag, day, depth);
    if (/windows|nanoserver|servercore/.test(name)) return 'other';
    const ubi = /^registry\.access\.redhat\.com\/(?:.*\/)?(?:ubi|rhel)(\d+)/.exec(name)?.[1];
    return ubi === undefined ? releaseOfWords(tag)?.name : `ubi${ubi}`;
  }

  #baseOf({ repository, commit, folder, file }: Origin): string | undefined {
    const at = this.#folderOf(repository);
    if (at === undefined) return undefined;
    const path = [folder.replace(/^\.?\/|^\.$|\/$/g, ''), file || 'Dockerfile'].filter((part) => part !== '');
    const spec = `${commit}:${path.join('/')}`;
    const known = this.#bases.get(at);
    if (known?.has(spec)) return known.get(spec);
    const wanted = this.#wanted.get(at);
    if (wanted) wanted.add(spec);
    else this.#wanted.set(at, new Set([spec]));
    return 'waits';
  }

  #folderOf(url: string): string | undefined {
    const name = /github\.com[/:]([^/]+\/[^/]+?)(?:\.git)?\/?$/.exec(url)?.[1];
    if (name === undefined) return undefined;
    const now = renamed.get(name) ?? name;
    const flat = now.replace('/', '+');
    return [`${now}.git`, join(flat, 'repo'), flat]
      .map((one) => join(this.#repositories, one))
      .find((one) => existsSync(one));
  }

  #read(): void {
    for (const [folder, specs] of this.#wanted) {
      const list = [...specs];
      const known = this.#bases.get(folder) ?? new Map<string, string | undefined>();
      this.#bases.set(folder, known);
      for (const [at, text] of readObjects(folder, list).entries())
        known.set(list[at] ?? '', text === undefined ? undefined : baseIn(text));
    }
    this.#wanted.clear();
  }
}

/** The image at the bottom of the last stage. */
function baseIn(text: string): string | undefined {
  const model = buildModel(parse(text), new TextFile(text));
  const from = model.finalStage?.chain.at(-1)?.from;
  if (!from) return undefined;
  const use = model.images.find(({ instruction, via }) => instruction === from && via === 'from');
  return use ? use.resolved : from.words[0]?.value === 'scratch' ? 'scratch' : undefined;
}
