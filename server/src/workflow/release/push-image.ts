// The steps of a push: compare every name with its registry first, then send name by name, and read each digest back. A
// push that stops half-way says of every name where it stands.
import type { DigestName, ImageId, ImageName } from '../checked-arguments';
import { digestName } from '../checked-arguments';
import type { Outcome, Trouble } from '../run';
import { askRegistry, compareTargets, isInsecure } from './compare-targets';
import type { Compared, Outlet, Stored, There } from './compare-targets';
import type { Target } from './tags';
import type { Sent } from './store-commands';

export interface PushChoice {
  readonly image: ImageName | ImageId;
  readonly targets: readonly Target[];
  /** Overwrite also versions and commits that stand for another image. */
  readonly force: boolean;
  /** Say what would happen, and send nothing. */
  readonly dryRun?: boolean;
  /** Told before a name is sent. */
  readonly onSend?: (name: ImageName) => void;
}

export type PushState =
  /** `replaced`: what the name stood for until now. `readBack`: the registry said the digest, not the sender. */
  | {
      readonly kind: 'pushed';
      readonly digest: DigestName | undefined;
      readonly readBack: boolean;
      readonly replaced?: DigestName;
    }
  /** It is there already, so nothing was sent. */
  | { readonly kind: 'present'; readonly digest: DigestName }
  /** It stands for another image, or nobody could find out whether it does. */
  | {
      readonly kind: 'refused';
      readonly there: Exclude<There, { readonly kind: 'nothing' } | { readonly kind: 'same' }>;
    }
  | { readonly kind: 'failed'; readonly trouble: Trouble }
  /** Not tried: another name was refused, failed, or this is a dry run. */
  | { readonly kind: 'left'; readonly replaces?: DigestName };

export interface PushReport extends Stored {
  readonly targets: readonly (Target & { readonly state: PushState })[];
}

/** @returns trouble if the image itself cannot be found */
export async function pushImage(choice: PushChoice, outlet: Outlet): Promise<Outcome<PushReport>> {
  const compared = await compareTargets(choice.image, choice.targets, outlet);
  if (compared.kind !== 'done') return compared;
  const { image, several, targets } = compared.value;
  const refusals = targets.map(({ kind, there }) => refusal(kind, there, choice.force));
  const stopped = choice.dryRun === true || refusals.some((one) => one !== undefined);
  const done: (Target & { state: PushState })[] = [];
  let lost = false;
  for (const [at, { name, kind, there }] of targets.entries()) {
    const state: PushState =
      refusals[at] ??
      (there.kind === 'same'
        ? { kind: 'present', digest: there.digest }
        : stopped || lost
          ? { kind: 'left', ...replaces(there) }
          : await sendOne(name, there, compared.value, choice, outlet));
    // The next name would fail in the same way.
    lost ||= state.kind === 'failed';
    done.push({ name, kind, state });
  }
  return { kind: 'done', value: { image, several, targets: done } };
}

/** What keeps a name as it is; undefined if nothing does. */
export function refusal(
  kind: Target['kind'],
  there: There,
  force: boolean,
): Extract<PushState, { kind: 'refused' }> | undefined {
  if (force || kind === 'mutable' || there.kind === 'nothing' || there.kind === 'same') return undefined;
  return { kind: 'refused', there };
}

function replaces(there: There): { replaces?: DigestName } {
  return there.kind === 'other' || there.kind === 'unknown' ? { replaces: there.digest } : {};
}

async function sendOne(
  name: ImageName,
  there: There,
  { image, several }: Compared,
  choice: PushChoice,
  outlet: Outlet,
): Promise<PushState> {
  const { store, found, runner, folder, onPrinted, signal } = outlet;
  const options = { folder, ...(onPrinted ? { onEvent: onPrinted } : {}), ...(signal ? { signal } : {}) };
  if (choice.image !== name) {
    const named = await runner.run(store.tag(found, choice.image, name), options);
    if (named.kind !== 'done') return { kind: 'failed', trouble: named };
  }
  const dockerFormat = image?.format === 'docker' && image.healthcheck === 'kept';
  const order = { name, insecure: isInsecure(name, outlet), dockerFormat, several };
  choice.onSend?.(name);
  // The engines themselves send again what a faulty network swallows, and say so.
  const sent = await runner.run(store.push(found, order), options);
  if (sent.kind !== 'done') return { kind: 'failed', trouble: sent };
  const { replaces: replaced } = replaces(there);
  return {
    kind: 'pushed',
    ...(await readBack(name, sent.value, outlet)),
    ...(replaced === undefined ? {} : { replaced }),
  };
}

/** The digest of what the registry holds now: signatures and deployments need it, and no store knows it. */
async function readBack(
  name: ImageName,
  { digest: said }: Sent,
  outlet: Outlet,
): Promise<{ digest: DigestName | undefined; readBack: boolean }> {
  const asked = await askRegistry(name, outlet);
  const manifest = asked?.kind === 'done' ? asked.value : undefined;
  const digest = manifest && digestName(outlet.digestOf(manifest.raw));
  return { digest: digest ?? said, readBack: digest !== undefined };
}
