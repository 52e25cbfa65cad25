// What an installation brings: follows dependencies as apt does, depth first, the first alternative that can be had. apk
// and dnf choose among several providers in ways of their own; where one provider is there, the answer is the same.
import type { PackageEntry, PackageIndex } from './package-index';
import { holds } from './relations';
import type { Group, Relation } from './relations';

/** The packages that are there, to be asked many times. Never changed: an installation makes the next one. */
export interface Contents {
  readonly packages: ReadonlyMap<string, PackageEntry>;
  /** By name, the packages that provide it. */
  readonly providers: ReadonlyMap<string, readonly PackageEntry[]>;
}

export interface Plan {
  /** In the order in which they were chosen. */
  readonly brought: readonly PackageEntry[];
  /** Wanted names and dependencies that nothing in the archive fulfils. */
  readonly unresolved: readonly string[];
  /** What is there afterwards. */
  readonly contents: Contents;
}

export const noContents: Contents = { packages: new Map(), providers: new Map() };

/** The groups of one package, from one on; or a package whose groups come next. */
type Task = { readonly groups: readonly Group[]; readonly optional: boolean; at: number } | PackageEntry;

/**
 * @param wanted the packages that the command names
 * @param recommends whether recommended packages come too
 */
export function planInstall(
  index: PackageIndex,
  before: Contents,
  wanted: readonly PackageEntry[],
  recommends: boolean,
): Plan {
  const state = new State(index, before);
  // All named ones come first: what one of them needs another may be.
  const tasks: Task[] = wanted.filter((entry) => state.add(entry)).reverse();
  // The last task is worked on first, so what a package needs comes before what its neighbour needs.
  const follow = ({ depends, recommends: wished }: PackageEntry): void => {
    if (recommends) tasks.push({ groups: wished, optional: true, at: 0 });
    tasks.push({ groups: depends, optional: false, at: 0 });
    // What leaves no choice is taken at once: it may decide where there is one.
    const sure = depends.flatMap((group) => {
      const chosen = group.length === 1 && !state.has(group) ? state.choose(group) : undefined;
      return chosen && state.add(chosen) ? [chosen] : [];
    });
    tasks.push(...sure.reverse());
  };
  for (;;) {
    for (let task = tasks.at(-1); task; task = tasks.at(-1)) {
      const group = 'groups' in task ? task.groups[task.at] : undefined;
      if (!('groups' in task) || !group) {
        tasks.pop();
        if (!('groups' in task)) follow(task);
        continue;
      }
      task.at += 1;
      if (state.has(group)) continue;
      const chosen = state.choose(group);
      if (chosen) {
        if (state.add(chosen)) tasks.push(chosen);
      } else if (!task.optional) state.unresolved.add(group.map(({ name }) => name).join(' | '));
    }
    const more = index.conditional.find(
      (entry) => !state.holdsName(entry.name) && entry.installIf.every((group) => state.has(group)),
    );
    if (!more) break;
    if (state.add(more)) tasks.push(more);
  }
  return { brought: state.brought, unresolved: [...state.unresolved], contents: state.contents() };
}

class State {
  readonly brought: PackageEntry[] = [];
  readonly unresolved = new Set<string>();
  readonly #index: PackageIndex;
  readonly #before: Contents;
  readonly #added = new Map<string, PackageEntry>();
  readonly #providers = new Map<string, PackageEntry[]>();

  constructor(index: PackageIndex, before: Contents) {
    this.#index = index;
    this.#before = before;
  }

  /** @returns false if it is there already */
  add(entry: PackageEntry): boolean {
    if (this.holdsName(entry.name)) return false;
    this.#added.set(entry.name, entry);
    this.brought.push(entry);
    for (const [relation] of entry.provides)
      if (relation)
        this.#providers.set(relation.name, [...(this.#providers.get(relation.name) ?? []), entry]);
    return true;
  }

  holdsName(name: string): boolean {
    return this.#added.has(name) || this.#before.packages.has(name);
  }

  has(group: Group): boolean {
    return group.some((relation) => this.#fulfils(relation));
  }

  #fulfils(relation: Relation): boolean {
    const { scheme } = this.#index;
    const { name } = relation;
    const own = this.#added.get(name) ?? this.#before.packages.get(name);
    if (own && holds(scheme, relation, own.version)) return true;
    const providers = [...(this.#providers.get(name) ?? []), ...(this.#before.providers.get(name) ?? [])];
    return providers.some(({ provides }) =>
      provides.some(
        ([one]) =>
          one?.name === name && holds(scheme, relation, one.version === '' ? undefined : one.version),
      ),
    );
  }

  /** The first alternative that does not clash with what is there. */
  choose(group: Group): PackageEntry | undefined {
    for (const relation of group) {
      const found = this.#index
        .solutionsOf(relation)
        .find((entry) => !this.holdsName(entry.name) && !this.#clashes(entry));
      if (found) return found;
    }
    return undefined;
  }

  #clashes(entry: PackageEntry): boolean {
    return entry.conflicts.some((group) =>
      group.some((relation) => {
        const own = this.#added.get(relation.name) ?? this.#before.packages.get(relation.name);
        return (
          own !== undefined && own.name !== entry.name && holds(this.#index.scheme, relation, own.version)
        );
      }),
    );
  }

  contents(): Contents {
    const providers = new Map(this.#before.providers);
    for (const [name, added] of this.#providers)
      providers.set(name, [...(providers.get(name) ?? []), ...added]);
    return { packages: new Map([...this.#before.packages, ...this.#added]), providers };
  }
}

export interface Cost {
  readonly packages: number;
  /** In bytes, of what is fetched. */
  readonly download: number;
  /** In bytes, of what it adds to the file system. */
  readonly installed: number;
}

export function costOf(entries: readonly PackageEntry[]): Cost {
  let [download, installed] = [0, 0];
  for (const entry of entries) {
    download += entry.download;
    installed += entry.installed;
  }
  return { packages: entries.length, download, installed };
}
