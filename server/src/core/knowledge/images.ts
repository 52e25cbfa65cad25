// What well-known base images are known to be. Unknown is always `undefined`, never a guess.

export interface BaseImage {
  /** Key of the distribution; undefined when unknown. */
  readonly distribution: 'scratch' | 'distroless' | 'chainguard-static' | 'alpine' | 'wolfi' | 'debian' | 'ubuntu' | 'fedora' | 'rhel' | 'amazon' | 'suse' | 'arch' | 'busybox' | 'windows' | undefined;
  /** What /bin/sh is; `none` when the image has no shell. */
  readonly shell: 'none' | 'dash' | 'ash' | 'bash' | 'cmd' | 'powershell' | undefined;
  readonly hasBash: boolean | undefined;
  readonly libc: 'glibc' | 'musl' | 'none' | undefined;
  readonly packageManager: 'apt' | 'apk' | 'dnf' | 'microdnf' | 'yum' | 'zypper' | 'pacman' | 'none' | undefined;
  /** USER of the image's configuration: '' or root names for root; undefined when unknown. */
  readonly user: string | undefined;
  /** Whether its processes run as root when no USER is set. */
  readonly isRoot: boolean | undefined;
  /** Users it is known to have, by name, with their uid. */
  readonly users: ReadonlyMap<string, number>;
  /** Whether `users` is the whole truth (as on scratch and distroless). */
  readonly usersComplete: boolean;
  readonly workdir: string | undefined;
}
