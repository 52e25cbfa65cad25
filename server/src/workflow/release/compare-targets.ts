// Before an image gets a name in a registry: what the registry has under it now. A version or a commit that stands for
// another image is not overwritten by accident.
import { digestName, partsOf } from '../checked-arguments';
import type { DigestName, ImageId, ImageName, ImageReference } from '../checked-arguments';
import type { CancelSignal, Outcome, Printed, Program, Run, Runner, Trouble } from '../run';
import type { Engine, FoundTool, RegistryTool } from '../tool';
import { isOnThisMachine } from './registry-problem';
import type { RegistryManifest } from './registry-image';
import type { StoreCommands } from './store-commands';
import type { StoreImage } from './store-image';
import type { Target } from './tags';

/** How this machine asks registries what they hold. */
export interface Asker {
  /** Undefined if none is there; then the engine is asked, if it can tell. */
  readonly registry: { readonly tool: RegistryTool; readonly found: Program } | undefined;
  readonly engine?: Engine;
  readonly found?: FoundTool;
  readonly runner: Runner;
  readonly folder: string;
  /** Talk also to registries without a certificate that this machine trusts. Those on this machine need none. */
  readonly insecure: boolean;
  /** The SHA-256 digest of a text: `sha256:…`. */
  digestOf(text: string): string;
  readonly signal?: CancelSignal;
}

/** The tools that a release goes through, as they are on this machine. */
export interface Outlet extends Asker {
  readonly engine: Engine;
  readonly store: StoreCommands;
  readonly found: FoundTool;
  readonly onPrinted?: (printed: Printed) => void;
}

/** `unknown`: it is there, and whether it is the same image cannot be told. */
export type There =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'same'; readonly digest: DigestName }
  | { readonly kind: 'other'; readonly digest: DigestName }
  | { readonly kind: 'unknown'; readonly digest: DigestName }
  /** Nobody on this machine can ask the registry. */
  | { readonly kind: 'noTool' }
  | { readonly kind: 'trouble'; readonly trouble: Trouble };

export interface Stored {
  /** Undefined for a list that has nothing for this machine's platform. */
  readonly image: StoreImage | undefined;
  /** Whether it is a list of several platforms. */
  readonly several: boolean;
}

export interface Compared extends Stored {
  readonly targets: readonly (Target & { readonly there: There })[];
}

/** @returns trouble if the image is not in the store of the engine */
export async function compareTargets(
  image: ImageName | ImageId,
  targets: readonly Target[],
  outlet: Outlet,
): Promise<Outcome<Compared>> {
  const stored = await findStored(image, outlet);
  if (stored.kind !== 'done') return stored;
  const compared: (Target & { there: There })[] = [];
  for (const target of targets)
    compared.push({ ...target, there: await whatIsThere(target.name, stored.value, outlet) });
  return { kind: 'done', value: { ...stored.value, targets: compared } };
}

/** What the engine's own store has under a name. */
export async function findStored(image: ImageName | ImageId, outlet: Outlet): Promise<Outcome<Stored>> {
  const { store, found } = outlet;
  const asked = store.several && (await run(outlet, store.several(found, image)));
  const several = asked?.kind === 'done' && asked.value;
  const looked = await run(outlet, store.look(found, image));
  if (looked.kind === 'done') return { kind: 'done', value: { image: looked.value, several } };
  return several ? { kind: 'done', value: { image: undefined, several } } : looked;
}

async function whatIsThere(name: ImageName, stored: Stored, outlet: Outlet): Promise<There> {
  const outcome = await askRegistry(name, outlet);
  if (outcome === undefined) return { kind: 'noTool' };
  if (outcome.kind !== 'done') return { kind: 'trouble', trouble: outcome };
  if (outcome.value === undefined) return { kind: 'nothing' };
  const digest = digestName(outlet.digestOf(outcome.value.raw));
  if (digest === undefined) return { kind: 'trouble', trouble: { kind: 'unreadable', why: 'no digest' } };
  return { kind: likeness(stored, outcome.value, digest), digest };
}

/** Whether a registry holds what the store does. A push may pack layers anew, so that the digests of manifests differ. */
function likeness(
  { image, several }: Stored,
  { config }: RegistryManifest,
  digest: DigestName,
): 'same' | 'other' | 'unknown' {
  if (several || !image) return 'unknown';
  const own = `sha256:${image.id}`;
  if (config === own || digest === own || image.digests.includes(digest)) return 'same';
  // A list has no content of its own to compare.
  return config === undefined ? 'unknown' : 'other';
}

/** @returns undefined if no tool here can ask; a manifest that is undefined if the registry has none under this name */
export async function askRegistry(
  image: ImageReference | ImageName,
  asker: Asker,
): Promise<Outcome<RegistryManifest | undefined> | undefined> {
  const { registry, engine, found } = asker;
  // Every name with a registry is a reference, too.
  const reference = image as string as ImageReference;
  const asking = registry
    ? registry.tool.commands.manifest(registry.found, reference, isInsecure(image, asker))
    : found && engine?.commands.manifest?.(found, reference);
  return asking && run(asker, asking);
}

export function isInsecure(
  image: ImageReference | ImageName,
  { insecure }: Pick<Asker, 'insecure'>,
): boolean {
  return insecure || isOnThisMachine(partsOf(image).repository);
}

function run<T, E>({ runner, folder, signal }: Asker, command: Run<T, E>): Promise<Outcome<T>> {
  return runner.run(command, { folder, ...(signal ? { signal } : {}) });
}
