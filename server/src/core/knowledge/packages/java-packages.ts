// The Java of a distribution in place of Oracle's, whose packages for Debian and Ubuntu are gone. Sources: the indexes of
// the releases; https://github.com/clulab/eidos/issues/611 for the end of the others.
import type { Release } from '../images/releases';

/** By the major version of Java, the releases that have it in their own archive. */
const havingJava: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [
    ['6', 'wheezy precise trusty'],
    ['7', 'wheezy jessie precise trusty'],
    ['8', 'stretch xenial bionic focal jammy noble'],
  ].map(([java = '', names = '']) => [java, new Set(names.split(' '))]),
);

/**
 * The package of OpenJDK in a release.
 * @param java major version
 * @returns undefined if the release does not have that version
 */
export function openJdkOf(release: Release | undefined, java: string): string | undefined {
  return havingJava.get(java)?.has(release?.name ?? '') ? `openjdk-${java}-jdk` : undefined;
}
