// The steps of a cycle that talk to registries: choose names that are free, push, sign what was pushed.
import { imageReference, partsOf } from '../checked-arguments';
import type { ImageName, ImageReference } from '../checked-arguments';
import type { Step, StepFacts, StepOutcome } from './cycle';
import { list, text } from '../foreign-json';
import { troubleText } from '../outcome-text';
import { isInsecure } from '../release/compare-targets';
import type { Target } from '../release/tags';
import { pushImage } from '../release/push-image';
import type { PushReport } from '../release/push-image';
import { pushLines } from '../release/push-text';
import { kindOf } from '../release/tags';
import type { PlannedTag } from '../release/tags';
import { imageName, tagName } from '../checked-arguments';
import { findSigner, noSignerText, signerTroubleText } from '../release/find-signer';
import type { ReadySigner } from '../release/find-signer';
import type { SignMeans, SignOrder } from '../release/signing';
import type { Printed, Run } from '../run';
import { resolveTags } from '../release/resolve-tags';
import { targetsOf } from '../release/tags';
import type { Translate } from '../translate';
import { builtImage } from './steps';
import type { CyclePlan, Surroundings } from './steps';

const noRepository: StepOutcome = { kind: 'skipped', said: 'no repository is given' };

/** Names, and asks every registry whether they are free, so that a push does not stop half-way. */
export function tagStep(plan: CyclePlan, { outlet, projectFacts, t }: Surroundings): Step {
  return {
    id: 'tag',
    // Registries and commits change without us.
    input: () => undefined,
    run: async (facts) => {
      if (plan.repositories.length === 0) return noRepository;
      const image = builtImage(facts);
      if (image === undefined) return { kind: 'broken', said: 'no image is known' };
      const { version } = plan;
      const wish = {
        ...(version === undefined ? {} : { version }),
        commit: version !== undefined,
        markDirty: false,
        others: [],
      };
      const planned = resolveTags(wish, await projectFacts(), t);
      if (planned.kind === 'no') {
        const hint = planned.asks ? `. ${t('Give the version')}` : '';
        return { kind: 'failed', said: `${planned.why}${hint}` };
      }
      const wrong = plan.tags.find((one) => tagName(one) === undefined);
      if (wrong !== undefined) return { kind: 'failed', said: `${wrong} cannot be a tag` };
      const others = plan.tags.map(tagName).filter((one) => one !== undefined);
      const tags: readonly PlannedTag[] = [
        ...planned.tags,
        ...others.map((tag) => ({ tag, kind: kindOf(tag) })),
      ];
      const targets = targetsOf(plan.choice.tag, tags, plan.repositories);
      const outcome = await pushImage({ image, targets, force: false, dryRun: true }, outlet);
      if (outcome.kind !== 'done') return { kind: 'broken', said: troubleText(outcome, t) };
      return (
        refusalIn(outcome.value, outlet, t) ?? {
          kind: 'passed',
          said: targets.map(({ name }) => name).join(', '),
          facts: { targets: targets.map(({ name, kind }) => ({ name, kind })) },
        }
      );
    },
  };
}

function linesOf(report: PushReport, { found, registry }: Surroundings['outlet'], t: Translate): string[] {
  return pushLines(report, { program: found.id, asker: registry?.tool.id ?? found.id }, t);
}

function refusalIn(
  report: PushReport,
  outlet: Surroundings['outlet'],
  t: Translate,
): StepOutcome | undefined {
  const refused = report.targets.flatMap(({ state }) => (state.kind === 'refused' ? [state.there.kind] : []));
  if (refused.length === 0) return undefined;
  const said = linesOf(report, outlet, t)
    .filter((_, at) => report.targets[at]?.state.kind === 'refused')
    .join('. ');
  const isKnown = refused.every((kind) => kind === 'other' || kind === 'unknown');
  return { kind: isKnown ? 'failed' : 'broken', said };
}

function targetsIn(facts: StepFacts | undefined): Target[] {
  return list(facts?.['targets']).flatMap((one) => {
    const { name, kind } = one as { readonly name?: unknown; readonly kind?: unknown };
    const checked = imageName(text(name));
    if (checked === undefined) return [];
    return [{ name: checked, kind: kind === 'release' || kind === 'commit' ? kind : 'mutable' }];
  });
}

export function pushStep(plan: CyclePlan, { outlet, say, t }: Surroundings): Step {
  return {
    id: 'push',
    // Asking the registry is all that it costs when everything is there.
    input: () => undefined,
    run: async (facts) => {
      if (plan.repositories.length === 0) return noRepository;
      const image = builtImage(facts);
      const targets = targetsIn(facts.tag);
      if (image === undefined || targets.length === 0)
        return { kind: 'broken', said: 'no image or no name is known' };
      const onSend = (name: ImageName): void => say(`pushing ${name}\n`);
      const outcome = await pushImage({ image, targets, force: false, onSend }, outlet);
      if (outcome.kind !== 'done') return { kind: 'broken', said: troubleText(outcome, t) };
      const refused = refusalIn(outcome.value, outlet, t);
      if (refused) return refused;
      const details = linesOf(outcome.value, outlet, t).map((line) => `- ${line}`);
      const failed = outcome.value.targets.find(
        ({ state }) => state.kind !== 'pushed' && state.kind !== 'present',
      );
      if (failed) return { kind: 'broken', said: linesOf(outcome.value, outlet, t).join('. '), details };
      const pushed = outcome.value.targets.flatMap(({ name, state }) =>
        state.kind === 'pushed' || state.kind === 'present' ? [{ name, digest: state.digest ?? null }] : [],
      );
      return { kind: 'passed', said: pushed.map(({ name }) => name).join(', '), facts: { pushed }, details };
    },
  };
}

/** What was pushed, by its digest: one for each repository and content. */
export function pushedIn(facts: StepFacts | undefined): ImageReference[] {
  const references = list(facts?.['pushed']).flatMap((one) => {
    const { name, digest } = one as { readonly name?: unknown; readonly digest?: unknown };
    const checked = imageName(text(name));
    return checked === undefined || text(digest) === ''
      ? []
      : [`${partsOf(checked).repository}@${text(digest)}`];
  });
  return [...new Set(references)].map(imageReference).filter((one) => one !== undefined);
}

export function signStep(plan: CyclePlan, surroundings: Surroundings): Step {
  return {
    id: 'sign',
    input: (facts) =>
      facts.push === undefined
        ? undefined
        : JSON.stringify([pushedIn(facts.push), plan.sign ?? null, plan.signingConfig ?? null]),
    run: async (facts) => {
      if (plan.repositories.length === 0) return noRepository;
      return signPushed(plan, surroundings, facts.push, {
        run: ({ signer, found }, order) => signer.commands.sign(found, order),
        failed: (image) => `${image} is not signed`,
      });
    },
  };
}

/** What is done with each image that was pushed, and what it is called when it does not work. */
interface Signing {
  run(ready: ReadySigner, order: SignOrder): Run<undefined, Printed>;
  failed(image: ImageReference): string;
}

/** Signs, or attaches with a signature, by the digests that the registries said. */
export async function signPushed(
  { sign: chosen, signingConfig }: CyclePlan,
  { outlet, machine, paths, sign, t }: Surroundings,
  pushed: StepFacts | undefined,
  { run, failed }: Signing,
): Promise<StepOutcome> {
  if (chosen === undefined) return { kind: 'skipped', said: 'neither a key nor keyless signing is chosen' };
  const images = pushedIn(pushed);
  if (images.length === 0) return { kind: 'broken', said: 'no registry said the digest of what was pushed' };
  const ready = await findSigner(paths, machine);
  if (!ready) return { kind: 'broken', said: noSignerText(t) };
  const means: SignMeans = chosen === 'keyless' ? { kind: 'keyless' } : { kind: 'key', file: chosen.key };
  const configuration = signingConfig === undefined ? {} : { configuration: signingConfig };
  for (const image of images) {
    const order = { image, insecure: isInsecure(image, outlet), means, ...configuration };
    const outcome = await sign(run(ready, order));
    if (outcome.kind !== 'done')
      return { kind: 'broken', said: `${failed(image)}: ${signerTroubleText(outcome, image, ready, t)}` };
  }
  return { kind: 'passed', said: images.join(', '), facts: { signed: images } };
}
