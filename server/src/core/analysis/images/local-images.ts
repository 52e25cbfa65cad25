// Images that no registry has: built on the same machine, by the same repository, or by whoever builds the file.
import { isUnknownBareName, misspeltOfficial } from '../../knowledge/images/official-images';
import { once } from '../../text/memo';

/**
 * Whether an image is not pulled from a registry, so that neither a tag nor a digest can pin it.
 * @param reference with its variables expanded
 * @param built what the repository calls the images that it builds
 */
export function isLocalImage(reference: string, built: readonly string[] = []): boolean {
  const name = imageName(reference);
  if (name === undefined) return false;
  // Without a port it is not a registry: podman and buildah name their own images so.
  if (name.startsWith('localhost/')) return true;
  if (/:local$/.test(reference) || builtNames(built).has(name)) return true;
  return isUnknownBareName(name) && misspeltImage(reference, built) === undefined;
}

/**
 * The official image that a reference means but for a slip; undefined where the repository builds an image of that name,
 * or the name may be one of somebody's own.
 * @param reference with its variables expanded
 * @param built what the repository calls the images that it builds
 */
export function misspeltImage(reference: string, built: readonly string[] = []): string | undefined {
  const name = imageName(reference);
  if (name === undefined || /:local$/.test(reference) || builtNames(built).has(name)) return undefined;
  return misspeltOfficial(name, /[:@]/.test(reference));
}

const builtNames = once(
  (built: readonly string[]): ReadonlySet<string> => new Set(built.flatMap((one) => imageName(one) ?? [])),
);

/**
 * The name of a reference without tag and digest, and without Docker Hub's host.
 * @returns undefined if part of the name is a variable
 */
function imageName(reference: string): string | undefined {
  const whole = reference.replace(/@.*$/s, '');
  const [known = ''] = whole.split(/[$<{]/, 1);
  const rest = whole.slice(known.length);
  const colon = known.indexOf(':', known.lastIndexOf('/') + 1);
  // A variable may only be in the tag.
  if (rest !== '' && (colon < 0 || rest.replaceAll(/\{[^{}]*\}/g, '').includes('/'))) return undefined;
  const name = colon < 0 ? known : known.slice(0, colon);
  return name.toLowerCase().replace(/^(?:index\.)?docker\.io\/(?:library\/)?/, '') || undefined;
}
