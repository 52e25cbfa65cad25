// The steps of a cycle that talk to registries: choose names that are free, push, sign what was pushed.
import { imageReference, partsOf } from '../../workflow/checked-arguments';
import type { ImageName, ImageReference } from '../../workflow/checked-arguments';
import type { Step, StepFacts, StepOutcome } from '../../workflow/cycle/cycle';
import { list, text } from '../../workflow/foreign-json';
import { troubleText } from '../../workflow/outcome-text';
import { isInsecure } from '../../workflow/release/compare-targets';
import type { Target } from '../../workflow/release/compare-targets';
import { pushImage } from '../../workflow/release/push-image';
import type { PushReport } from '../../workflow/release/push-image';
import { pushLines } from '../../workflow/release/push-text';
import { kindOf } from '../../workflow/release/tags';
import type { PlannedTag } from '../../workflow/release/tags';
import { imageName, tagName } from '../../workflow/checked-arguments';
import { english } from '../../workflow/translate';
import { findSigner, runSigning, signerTroubleText } from '../release/sign-options';
import { askForTags, targetsOf } from '../release/tag-options';
import type { Terminal } from '../terminal';
import { builtImage } from './steps';
import type { CyclePlan, Surroundings } from './steps';

const noRepository: StepOutcome = { kind: 'skipped', said: 'no repository is given' };

/** Keeps what is complained about for the report, and asks nobody. */
function listener(terminal: Terminal): { readonly terminal: Terminal; readonly heard: string[] } {
  const heard: string[] = [];
  const quiet: Terminal = {
    ...terminal,
    complain: (message) => {
      heard.push(message);
    },
    ask: () => Promise.resolve(undefined),
  };
  return { terminal: quiet, heard };
}

/** Names, and asks every registry whether they are free, so that a push does not stop half-way. */
export function tagStep(plan: CyclePlan, { outlet, machine, terminal }: Surroundings): Step {
  return {
    id: 'tag',
    // Registries and commits change without us.
    input: () => undefined,
    run: async (facts) => {
      if (plan.repositories.length === 0) return noRepository;
      const image = builtImage(facts);
      if (image === undefined) return { kind: 'broken', said: 'no image is known' };
      const quiet = listener(terminal);
      const { version } = plan;
      const wish = {
        ...(version === undefined ? {} : { version }),
        commit: version !== undefined,
        markDirty: false,
        others: [],
      };
      const planned = await askForTags(wish, machine, outlet.folder, quiet.terminal);
      if (!planned) return { kind: 'failed', said: quiet.heard.join('. ') };
      const wrong = plan.tags.find((one) => tagName(one) === undefined);
      if (wrong !== undefined) return { kind: 'failed', said: `${wrong} cannot be a tag` };
      const others = plan.tags.map(tagName).filter((one) => one !== undefined);
      const tags: readonly PlannedTag[] = [...planned, ...others.map((tag) => ({ tag, kind: kindOf(tag) }))];
      const targets = targetsOf(plan.choice.tag, tags, plan.repositories);
      const outcome = await pushImage({ image, targets, force: false, dryRun: true }, outlet);
      if (outcome.kind !== 'done') return { kind: 'broken', said: troubleText(outcome, english) };
      return (
        refusalIn(outcome.value, outlet) ?? {
          kind: 'passed',
          said: targets.map(({ name }) => name).join(', '),
          facts: { targets: targets.map(({ name, kind }) => ({ name, kind })) },
        }
      );
    },
  };
}

function linesOf(report: PushReport, { found, registry }: Surroundings['outlet']): string[] {
  return pushLines(report, { program: found.id, asker: registry?.tool.id ?? found.id }, english);
}

function refusalIn(report: PushReport, outlet: Surroundings['outlet']): StepOutcome | undefined {
  const refused = report.targets.flatMap(({ state }) => (state.kind === 'refused' ? [state.there.kind] : []));
  if (refused.length === 0) return undefined;
  const said = linesOf(report, outlet)
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

export function pushStep(plan: CyclePlan, { outlet, terminal }: Surroundings): Step {
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
      const onSend = (name: ImageName): void => terminal.note(`pushing ${name}\n`);
      const outcome = await pushImage({ image, targets, force: false, onSend }, outlet);
      if (outcome.kind !== 'done') return { kind: 'broken', said: troubleText(outcome, english) };
      const refused = refusalIn(outcome.value, outlet);
      if (refused) return refused;
      const details = linesOf(outcome.value, outlet).map((line) => `- ${line}`);
      const failed = outcome.value.targets.find(
        ({ state }) => state.kind !== 'pushed' && state.kind !== 'present',
      );
      if (failed) return { kind: 'broken', said: linesOf(outcome.value, outlet).join('. '), details };
      const pushed = outcome.value.targets.flatMap(({ name, state }) =>
        state.kind === 'pushed' || state.kind === 'present' ? [{ name, digest: state.digest ?? null }] : [],
      );
      return { kind: 'passed', said: pushed.map(({ name }) => name).join(', '), facts: { pushed }, details };
    },
  };
}

/** What was pushed, by its digest: one for each repository and content. */
function pushedIn(facts: StepFacts | undefined): ImageReference[] {
  const references = list(facts?.['pushed']).flatMap((one) => {
    const { name, digest } = one as { readonly name?: unknown; readonly digest?: unknown };
    const checked = imageName(text(name));
    return checked === undefined || text(digest) === ''
      ? []
      : [`${partsOf(checked).repository}@${text(digest)}`];
  });
  return [...new Set(references)].map(imageReference).filter((one) => one !== undefined);
}

export function signStep(plan: CyclePlan, { outlet, machine, terminal }: Surroundings): Step {
  return {
    id: 'sign',
    input: (facts) =>
      facts.push === undefined ? undefined : JSON.stringify([pushedIn(facts.push), plan.sign ?? null]),
    run: async (facts) => {
      if (plan.repositories.length === 0) return noRepository;
      if (plan.sign === undefined)
        return { kind: 'skipped', said: 'neither a key nor keyless signing is chosen' };
      const images = pushedIn(facts.push);
      if (images.length === 0)
        return { kind: 'broken', said: 'no registry said the digest of what was pushed' };
      const quiet = listener(terminal);
      const ready = await findSigner(machine, quiet.terminal);
      if (!ready) return { kind: 'broken', said: quiet.heard.join('. ') };
      const means =
        plan.sign === 'keyless'
          ? ({ kind: 'keyless' } as const)
          : ({ kind: 'key', file: plan.sign.key } as const);
      for (const image of images) {
        const order = { image, insecure: isInsecure(image, outlet), means };
        const outcome = await runSigning(ready.signer.commands.sign(ready.found, order), machine, terminal);
        if (outcome.kind !== 'done')
          return {
            kind: 'broken',
            said: `${image} is not signed: ${signerTroubleText(outcome, image, ready)}`,
          };
      }
      return { kind: 'passed', said: images.join(', '), facts: { signed: images } };
    },
  };
}
