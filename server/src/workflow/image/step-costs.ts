// What each instruction of a file cost in a build: the bytes that it added and the time that it took, compared with the
// build before. An instruction whose text has changed has no costs: those of its old text would be worse than none.
import type { BuildDescription } from '../build-description';
import type { StepTime } from '../build/build-progress';
import { locateStep } from '../build/locate-failure';
import { sizeText } from '../build/stored-image';
import { imageId } from '../checked-arguments';
import type { ImageId } from '../checked-arguments';
import { follow, toFollow } from '../followed-lines';
import type { Followed } from '../followed-lines';
import { list, object, text } from '../foreign-json';
import { stageChain } from '../scan/attribution';
import type { Translate } from '../translate';
import { signed } from './compare';
import type { ImageReport } from './report';

export interface StepCost extends Followed {
  /** Of the files of its layer, unpacked; undefined if it made no layer, or nobody knows which. */
  readonly bytes?: number;
  /** Undefined if no build has said it. */
  readonly seconds?: number;
}

export interface BuildCosts {
  readonly image: ImageId;
  readonly steps: readonly StepCost[];
}

/** The last two builds that left different images. */
export interface KnownCosts {
  readonly now: BuildCosts;
  readonly before?: BuildCosts;
}

/** @param times of the last build, in the order of their ends @param target the stage that was built */
export function costsOf(
  image: ImageId,
  report: Pick<ImageReport, 'steps'> | undefined,
  times: readonly StepTime[],
  description: BuildDescription,
  target: string | undefined,
): BuildCosts {
  const bytes = report ? bytesByInstruction(report, description, target) : new Map<number, number>();
  const seconds = secondsByInstruction(times, description);
  const steps = description.instructions.flatMap((_, at): StepCost[] => {
    const followed = toFollow(at, description);
    const size = bytes.get(at);
    // What changes the configuration alone takes no time worth a look.
    const time = description.instructions[at]?.step ? seconds.get(at) : undefined;
    if (!followed || (size === undefined && time === undefined)) return [];
    return [
      {
        ...followed,
        ...(size === undefined ? {} : { bytes: size }),
        ...(time === undefined ? {} : { seconds: time }),
      },
    ];
  });
  return { image, steps };
}

/** The layers below the file's own are those of its FROM. */
function bytesByInstruction(
  { steps }: Pick<ImageReport, 'steps'>,
  description: BuildDescription,
  target: string | undefined,
): Map<number, number> {
  const { instructions, stages } = description;
  const byLine = new Map(instructions.map(({ mark }, at) => [mark.start.line + 1, at]));
  const bottom = stageChain(description, target).at(-1);
  const from = bottom === undefined ? undefined : stages[bottom]?.from;
  const bytes = new Map<number, number>();
  for (const { line, origin, unpacked } of steps) {
    const at = origin === 'base' ? from : line === undefined ? undefined : byLine.get(line);
    if (at !== undefined) bytes.set(at, (bytes.get(at) ?? 0) + unpacked);
  }
  return bytes;
}

/** Equal instructions get the times in their order. */
function secondsByInstruction(
  times: readonly StepTime[],
  description: BuildDescription,
): Map<number, number> {
  const seconds = new Map<number, number>();
  for (const one of times) {
    const at = locateStep({ text: one.text }, 'buildah', description);
    if (at === undefined) continue;
    const { text: said } = description.instructions[at] ?? {};
    const free = description.instructions.findIndex(
      (other, index) => other.text === said && !seconds.has(index),
    );
    if (free >= 0) seconds.set(free, one.seconds);
  }
  return seconds;
}

/** What is remembered after a build. The same image again is still compared with the one before it. */
export function nextCosts(known: KnownCosts | undefined, now: BuildCosts): KnownCosts {
  if (!known) return { now };
  if (known.now.image !== now.image) return { now, before: known.now };
  return { now, ...(known.before ? { before: known.before } : {}) };
}

/** Reads what this or an earlier version remembered. */
export function readCosts(raw: unknown): KnownCosts | undefined {
  const { now, before } = object(raw);
  const [last, older] = [readBuild(now), readBuild(before)];
  return last && { now: last, ...(older ? { before: older } : {}) };
}

function readBuild(raw: unknown): BuildCosts | undefined {
  const { image, steps } = object(raw);
  const id = imageId(text(image));
  if (id === undefined) return undefined;
  const known = list(steps)
    .map(object)
    .flatMap((step): StepCost[] => {
      const { line, ordinal, count, bytes, seconds } = step;
      if (typeof line !== 'number' || typeof ordinal !== 'number' || typeof count !== 'number') return [];
      return [
        {
          text: text(step['text']),
          line,
          ordinal,
          count,
          ...(typeof bytes === 'number' ? { bytes } : {}),
          ...(typeof seconds === 'number' ? { seconds } : {}),
        },
      ];
    });
  return { image: id, steps: known };
}

/** What stands beside one instruction. */
export interface CostHint {
  /** Index into the instructions of the description. */
  readonly instruction: number;
  /** `12 MB (+1.1 MB) · 3.2 s` */
  readonly text: string;
  /** A sentence for each thing that is known. */
  readonly details: readonly string[];
}

/** @param description of the text as it is now */
export function costHints(
  { now, before }: KnownCosts,
  description: BuildDescription,
  t: Translate,
): readonly CostHint[] {
  return now.steps.flatMap((cost): CostHint[] => {
    const instruction = follow(cost, description);
    if (instruction === undefined) return [];
    const earlier = before && counterpart(cost, now, before);
    const shown = costText(cost, earlier, t);
    return shown === '' ? [] : [{ instruction, text: shown, details: detailsOf(cost, earlier, t) }];
  });
}

/** The same instruction, else the one in its place if no instruction came or went. */
function counterpart(cost: StepCost, now: BuildCosts, before: BuildCosts): StepCost | undefined {
  const same = before.steps.filter((one) => one.text === cost.text);
  if (same.length > 0) return same[Math.min(cost.ordinal, same.length - 1)];
  if (now.steps.length !== before.steps.length) return undefined;
  const there = before.steps[now.steps.indexOf(cost)];
  const keyword = (one: StepCost): string => one.text.slice(0, one.text.indexOf(' '));
  return there && keyword(there) === keyword(cost) ? there : undefined;
}

/** Less than this differs from build to build without a reason. */
const noise = 1000;

function costText(cost: StepCost, before: StepCost | undefined, t: Translate): string {
  const parts: string[] = [];
  if (cost.bytes !== undefined) {
    const grown = before?.bytes === undefined ? 0 : cost.bytes - before.bytes;
    const size = sizeText(cost.bytes);
    parts.push(Math.abs(grown) < noise ? size : `${size} (${signed(grown)})`);
  }
  if (cost.seconds !== undefined) parts.push(secondsText(cost.seconds, t));
  return parts.join(' · ');
}

function detailsOf(cost: StepCost, before: StepCost | undefined, t: Translate): string[] {
  const { bytes, seconds } = cost;
  const details: string[] = [];
  if (bytes !== undefined)
    details.push(
      cost.text.startsWith('FROM')
        ? t('The base image has {0}, unpacked.', sizeText(bytes))
        : t('It added {0} to the image, unpacked.', sizeText(bytes)),
    );
  if (seconds !== undefined)
    details.push(t('It took {0} when it last ran without the cache.', secondsText(seconds, t)));
  const earlier = before && costText(before, undefined, t);
  if (earlier) details.push(t('The image before: {0}.', earlier));
  return details;
}

/** `3.2 s`, `42 s`, `2 min 5 s` */
export function secondsText(seconds: number, t: Translate): string {
  if (seconds < 9.95) return t('{0} s', seconds < 0.05 ? '0' : seconds.toFixed(1));
  const whole = Math.round(seconds);
  return whole < 60 ? t('{0} s', whole) : t('{0} min {1} s', Math.floor(whole / 60), whole % 60);
}
