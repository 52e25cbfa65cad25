// Names that certainly belong to no user of a base image. Its table of users holds what all its releases share; what
// only some have, or a package brings along, is in neither list, and nothing is said about it.
// Sources: base-passwd (Debian, Ubuntu), alpine-baselayout, the Dockerfiles of the curated images.
import type { BaseImage } from './base-image';

/** Curated images whose making adds no user but those in their row, on Debian, Ubuntu or Alpine. */
const withoutOthers: ReadonlySet<string> = new Set(
  `alpine debian ubuntu buildpack-deps python pypy node golang rust ruby php perl gcc erlang elixir haskell julia
  openjdk eclipse-temurin httpd nginx`.split(/\s+/),
);

/** Curated images whose main process stays root and opens the port, while those that serve run as a user of their own. */
export const workersHaveUser: ReadonlySet<string> = new Set(['nginx', 'httpd', 'php']);

/** In some releases, or from packages that some variants hold. */
const inSome: ReadonlySet<string> = new Set(
  `adm apache at avahi bind buildozer catchlog clamav cyrus daemon dbus dhcp dnsmasq docker dovecot exim gnats klogd
  landscape libuuid man messagebus mysql named nofiles operator pollinate polkitd postfix postgres postmaster rpc
  rtkit smmsp squid sshd statd svn syslog tcpdump toor tss ubuntu uuidd vpopmail www-data xfs`.split(/\s+/),
);
const inSomeByPrefix = /^(?:_|systemd-|Debian-)/;

/**
 * Whether a fresh container of the image has no user of this name.
 * @returns false when it has one, or when that is not known
 */
export function lacksUser({ name, distribution, users, usersComplete }: BaseImage, user: string): boolean {
  if (users.has(user) || (user === 'root' && distribution !== 'scratch')) return false;
  if (usersComplete) return true;
  const isKnown = distribution === 'debian' || distribution === 'ubuntu' || distribution === 'alpine';
  if (!isKnown || !withoutOthers.has(name ?? '')) return false;
  return !inSome.has(user) && !inSomeByPrefix.test(user);
}
