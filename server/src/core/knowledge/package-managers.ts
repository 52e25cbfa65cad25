// What each package manager calls things: verbs, flags, caches. One table, so that rules have no special cases.

export interface PackageManager {
  readonly name: string;
}
