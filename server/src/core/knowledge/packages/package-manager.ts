// The properties of a package manager. The tables are in system- and language-package-managers.ts.

/**
 * What a command of a manager does. `update` fetches the package lists and changes nothing installed; `upgrade` changes
 * installed packages, all or the named ones; `release-upgrade` may also remove packages; `choose` says where
 * packages come from from now on, and installs none.
 */
export type PackageAction =
  | 'install'
  | 'build-dependencies'
  | 'update'
  | 'upgrade'
  | 'release-upgrade'
  | 'remove'
  | 'clean'
  | 'download'
  | 'choose';

export interface PackageManager {
  /** As in the table and in messages: `apt-get`, `dnf`, `pip`. */
  readonly name: string;
  /** Managers with common lists, caches and package names: apt-get, apt and aptitude are `apt`. */
  readonly family: string;
  /** Whether it belongs to a distribution or a language. */
  readonly scope: 'system' | 'language';
  /** Base names of the program. */
  readonly programs: readonly string[];
  /** Whether the program name may contain a version: pip3, pip3.11, gem2.7. */
  readonly versioned: boolean;
  /** Names of Python modules that run it: `python3 -m pip`. */
  readonly modules: readonly string[];
  /** Words after the program's options, two for `group install`; the preferred one first. */
  readonly verbs: Readonly<Partial<Record<PackageAction, readonly string[]>>>;
  /** Its action without a verb. */
  readonly bare: PackageAction | undefined;
  /** Actions that wait for a confirmation. */
  readonly asks: readonly PackageAction[];
  /** Whether it asks before it installs only the named packages; apt asks only if more must change. */
  readonly asksAboutNamed: boolean;
  /** What happens to the build, since nobody can answer. */
  readonly withoutAnswer: 'stops' | 'hangs';
  /** Options that answer the question. The first one is preferred and can come right after the verb. */
  readonly yes: readonly string[];
  /** Variables that answer the question. */
  readonly yesVariables: readonly string[];
  /** Verbs that do not ask although their action does. */
  readonly silentVerbs: readonly string[];
  /** Options that take the next word as their value. */
  readonly valueOptions: readonly string[];
  /** Words with one dash are one option, not a cluster. */
  readonly singleDash: boolean;
  /** Options that switch the cache off; the preferred one first. */
  readonly noCache: readonly string[];
  /** Other options that leave nothing in `caches`: it fetches nothing, or uses another folder. */
  readonly fillsNoCache: readonly string[];
  /** Folders in which a RUN leaves lists and downloads, the usual one first; `~` is the home directory. */
  readonly caches: readonly string[];
  /** Actions that leave files in `caches`. Empty if no rule needs it yet. */
  readonly fillsCache: readonly PackageAction[];
  /** Whether its action `clean` empties `caches`. */
  readonly cleanEmptiesCaches: boolean;
  /** Words and options of which the action `clean` needs one to empty `caches`; empty if it needs none. */
  readonly cleanNeeds: readonly string[];
  /** Shell command that empties `caches`; undefined if none exists that removes nothing else. */
  readonly cleanup: string | undefined;
  /** Whether it uses its package lists whatever their age; other managers fetch new ones by themselves. */
  readonly trustsOldLists: boolean;
  /** Whether it installs named packages without reading the project around it. */
  readonly installsApart: boolean;
  /** Folder of the project for the dependencies. */
  readonly dependencies: string | undefined;
  /** Characters between package name and version; the preferred ones first. */
  readonly pins: readonly string[];
  /** Whether a dash can come before the version too: `curl-7.76.1`, but also `rpm-sign` without one. */
  readonly pinsWithDash: boolean;
  /** Verbs whose words are packages of an index, with or without a version. Empty if no rule needs it yet. */
  readonly takesVersions: readonly string[];
  /** Ends of words that are files and not names of packages: `.deb`. */
  readonly packageFiles: readonly string[];
}

/** The fields that an entry must have; the others have defaults. */
export type Entry = Pick<PackageManager, 'name' | 'family' | 'scope' | 'verbs'> & Partial<PackageManager>;

/** Adds the defaults to an entry. */
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
    cleanNeeds: [],
    cleanup: undefined,
    trustsOldLists: false,
    installsApart: false,
    dependencies: undefined,
    pins: [],
    pinsWithDash: false,
    takesVersions: [],
    packageFiles: [],
    ...entry,
  };
}
