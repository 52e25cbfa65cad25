// What is known of a package manager. The tables are in system- and language-package-managers.ts.

/**
 * What a command of a manager does. `update` fetches the lists of packages and changes nothing installed;
 * `upgrade` is what changes installed packages, all or the named ones; `distribution-upgrade` may also remove some.
 */
export type PackageAction =
  | 'install'
  | 'build-dependencies'
  | 'update'
  | 'upgrade'
  | 'distribution-upgrade'
  | 'remove'
  | 'clean'
  | 'download';

export interface PackageManager {
  /** As in the table and in messages: `apt-get`, `dnf`, `pip`. */
  readonly name: string;
  /** Managers that share lists, caches and package names: apt-get, apt and aptitude are `apt`. */
  readonly family: string;
  /** Of the distribution, or of a language. */
  readonly scope: 'system' | 'language';
  /** Base names of the program. */
  readonly programs: readonly string[];
  /** The program may carry a version: pip3, pip3.11, gem2.7. */
  readonly versioned: boolean;
  /** Names of Python modules that are the same: `python3 -m pip`. */
  readonly modules: readonly string[];
  /** Words behind the program's options, two for `group install`; the preferred one first. */
  readonly verbs: Readonly<Partial<Record<PackageAction, readonly string[]>>>;
  /** What it does without a verb. */
  readonly bare: PackageAction | undefined;
  /** Actions that wait for a confirmation. */
  readonly asks: readonly PackageAction[];
  /** Whether it asks before it installs just the packages that are named; apt asks only when more has to change. */
  readonly asksAboutNamed: boolean;
  /** What a build does while it waits for an answer that nobody can give. */
  readonly withoutAnswer: 'stops' | 'hangs';
  /** Options that answer it; the preferred one first, which may stand right behind the verb. */
  readonly yes: readonly string[];
  /** Variables that answer it. */
  readonly yesVariables: readonly string[];
  /** Verbs that nevertheless do not ask. */
  readonly silentVerbs: readonly string[];
  /** Options that take the next word as their value. */
  readonly valueOptions: readonly string[];
  /** Words with one dash are one option, not a cluster. */
  readonly singleDash: boolean;
  /** Options by which it keeps no cache; the preferred one first. */
  readonly noCache: readonly string[];
  /** Other options with which it leaves nothing in `caches`: it fetches nothing, or keeps it elsewhere. */
  readonly fillsNoCache: readonly string[];
  /** Folders in which a RUN leaves lists and downloads, the usual one first; `~` is the home directory. */
  readonly caches: readonly string[];
  /** Actions that leave something in `caches`. Empty where no rule asks for it yet. */
  readonly fillsCache: readonly PackageAction[];
  /** Whether its action `clean` empties `caches`. */
  readonly cleanEmptiesCaches: boolean;
  /** Shell command that empties `caches`; undefined where there is none that leaves everything else alone. */
  readonly cleanup: string | undefined;
  /** Whether it works from its package lists however old they are; the others fetch new ones by themselves. */
  readonly trustsOldLists: boolean;
  /** Whether it installs packages that are named without looking at the project it stands in. */
  readonly installsApart: boolean;
  /** Folder of the project in which it puts dependencies. */
  readonly dependencies: string | undefined;
  /** What stands between the name of a package and its version; the preferred one first. */
  readonly pins: readonly string[];
}

/** What an entry has to say. */
export type Entry = Pick<PackageManager, 'name' | 'family' | 'scope' | 'verbs'> & Partial<PackageManager>;

/** Fills in what most managers have not. */
export function manager(entry: Entry): PackageManager {
  return {
    programs: [entry.name],
    versioned: false,
    modules: [],
    bare: undefined,
    asks: [],
    asksAboutNamed: true,
    withoutAnswer: 'stops',
    yes: [],
    yesVariables: [],
    silentVerbs: [],
    valueOptions: [],
    singleDash: false,
    noCache: [],
    fillsNoCache: [],
    caches: [],
    fillsCache: [],
    cleanEmptiesCaches: true,
    cleanup: undefined,
    trustsOldLists: false,
    installsApart: false,
    dependencies: undefined,
    pins: [],
    ...entry,
  };
}
