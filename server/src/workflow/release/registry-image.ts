// What a registry holds under a name: the manifest as it is, because its digest is made of exactly these characters.
import { digestName } from '../checked-arguments';
import type { DigestName } from '../checked-arguments';
import { list, object, text } from '../foreign-json';
import type { Program, Run } from '../run';
import { wholeAnswer } from '../readers';

export interface RegistryManifest {
  /** As the registry sent it. */
  readonly raw: string;
  /** The digest of its configuration; undefined for a list of platforms. */
  readonly config: DigestName | undefined;
  /** Of a list: `linux/amd64`, without what only describes another entry. */
  readonly platforms: readonly string[];
}

/** In characters: registries accept manifests of up to 4 MB. */
const limit = { ms: 60_000, characters: 5_000_000 };

/**
 * @param args print the manifest as it is
 * @returns a run whose answer is undefined if the registry has nothing under the name
 */
export function manifestRun(
  { id, program }: Program,
  args: readonly string[],
): Run<RegistryManifest | undefined> {
  return {
    tool: { id, program },
    args,
    env: {},
    answer: 'output',
    limit,
    reader: () =>
      wholeAnswer(({ exit, stdout, stderr }) => {
        if (exit !== 0 && isAbsent(stderr)) return { value: undefined };
        const value = exit === 0 ? readManifest(stdout) : undefined;
        return value === undefined ? { unreadable: 'it is not a manifest' } : { value };
      }),
  };
}

/** Only what a registry says of a name that it does not have: a refusal is something else. */
function isAbsent(said: string): boolean {
  if (/denied|unauthorized|forbidden|authentication required/i.test(said)) return false;
  return /manifest[ _]unknown|name[ _]unknown|repository name not known|no such manifest|: not found|status code 404/i.test(
    said,
  );
}

export function readManifest(raw: string): RegistryManifest | undefined {
  let root;
  try {
    root = object(JSON.parse(raw));
  } catch {
    return undefined;
  }
  const config = digestName(text(object(root['config'])['digest']));
  const entries = list(root['manifests']).map(object);
  if (config === undefined && !Array.isArray(root['manifests'])) return undefined;
  return {
    raw,
    config,
    platforms: entries.flatMap((entry) => {
      const { os, architecture, variant } = object(entry['platform']);
      const parts = [os, architecture, variant].map(text).filter((part) => part !== '');
      // Attestations of BuildKit stand under an unknown platform.
      return parts.length < 2 || os === 'unknown' ? [] : [parts.join('/')];
    }),
  };
}
