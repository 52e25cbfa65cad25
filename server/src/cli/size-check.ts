// One run of `drydock size`: reads the image and its baseline, writes or compares.
import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { createFile } from '../io/files/create-file';
import { inWords } from '../io/files/file-errors';
import { readRegular } from '../io/files/read-text';
import { rewriteFile } from '../io/files/rewrite';
import { readBaselineFile } from '../io/images/size-baseline';
import type { PlatformName } from '../workflow/checked-arguments';
import type { ReadImage } from '../workflow/image/image';
import { reportOn } from '../workflow/image/report';
import {
  baselineFile,
  baselineKey,
  baselineText,
  growthSince,
  largestBaseline,
  noBaselineText,
  noRecordText,
  readBaseline,
  sizeRecord,
  sizesOf,
} from '../workflow/image/size-budget';
import type { KnownSizes, SizeLimits, SizeRecord } from '../workflow/image/size-budget';
import { sizeLines } from '../workflow/image/size-text';
import type { PlatformSize } from '../workflow/image/size-text';
import { english } from '../workflow/translate';
import type { BuildDescription } from '../workflow/build-description';
import { buildHere } from './build-here';
import { describeFile } from './described-file';
import { openImages } from './open-images';
import type { Outcome } from './outcome';
import type { Terminal } from './terminal';
import { jsonText } from './visible';

export interface SizeChoices {
  readonly word: string | undefined;
  readonly build: boolean;
  readonly file: string | undefined;
  readonly write: boolean;
  readonly baseline: string | undefined;
  readonly check: boolean;
  readonly platform: PlatformName | undefined;
  readonly limits: SizeLimits;
  readonly format: 'text' | 'json';
}

export class SizeCheck {
  readonly #choices: SizeChoices;
  readonly #terminal: Terminal;

  constructor(choices: SizeChoices, terminal: Terminal) {
    this.#choices = choices;
    this.#terminal = terminal;
  }

  async run(): Promise<Outcome> {
    const { build, file, word } = this.#choices;
    const described = file === undefined ? undefined : describeFile(file);
    if (described && 'problem' in described) return this.#fail(described.problem);
    const built = build ? await buildHere(word ?? '.', file, this.#terminal) : undefined;
    if (built && 'problem' in built) return this.#fail(built.problem);
    const name = built?.name ?? word ?? '';
    const opened = await openImages(name, { platform: this.#choices.platform, first: 'store' });
    if ('problems' in opened) return this.#fail(opened.problems.join('\n'));
    const [image] = opened.images;
    const key = baselineKey(image?.names[0] ?? name);
    if (this.#choices.write) return this.#write(key, opened.images);
    const known = await this.#known(key);
    if (known && 'problem' in known) return this.#fail(known.problem);
    return this.#show(name, opened.images, known, built?.description ?? described?.description);
  }

  #fail(problem: string): Outcome {
    this.#terminal.complain(problem);
    return 'unreadable';
  }

  #write(key: string, images: readonly ReadImage[]): Outcome {
    const path = this.#choices.baseline ?? baselineFile;
    let there;
    try {
      there = existsSync(path) ? readRegular(path, largestBaseline) : undefined;
      const before = there ? readBaseline(there.bytes.toString('utf8')) : {};
      if (!before)
        return this.#fail(`${path} is not a baseline of drydock size. Name another file with --baseline`);
      const records = images.map((image): [string, SizeRecord] => [
        image.platform,
        sizeRecord(image, reportOn(image, { top: 1 })),
      ]);
      const text = baselineText({ ...before, [key]: { ...before[key], ...Object.fromEntries(records) } });
      if (there) rewriteFile(path, text, there.state);
      else if (createFile(dirname(path), basename(path), text) === undefined)
        return this.#fail(`cannot write ${path}: something is in its place`);
    } catch (error) {
      return this.#fail(`cannot write ${path}: ${inWords(error)}`);
    }
    const platforms = images.map(({ platform }) => platform).join(', ');
    this.#terminal.print(`${path}: has the size of ${key} for ${platforms}. Commit it\n`);
    return 'clean';
  }

  /** @returns undefined if there is no baseline, and none is needed */
  async #known(key: string): Promise<KnownSizes | { readonly problem: string } | undefined> {
    const { baseline, check } = this.#choices;
    const path = baseline ?? baselineFile;
    if (existsSync(path) && !path.endsWith('.tar')) {
      const read = readBaselineFile(path);
      if (typeof read !== 'string') return sizesOf(read, key, path);
      if (read !== '') return { problem: read };
    } else if (!existsSync(path) && (baseline === undefined || isPath(baseline))) {
      if (baseline === undefined && !check) return undefined;
      return { problem: noBaselineText(path) };
    }
    const opened = await openImages(path, { platform: this.#choices.platform, first: 'registry' });
    if ('problems' in opened) return { problem: `there is no baseline: ${opened.problems.join('\n')}` };
    const { images, from } = opened;
    return {
      source: from === path ? path : `${path} (${from})`,
      recordFor: (platform) => {
        const image = images.find((one) => one.platform === platform);
        return image && sizeRecord(image, reportOn(image, { top: 1 }));
      },
    };
  }

  #show(
    name: string,
    images: readonly ReadImage[],
    known: KnownSizes | undefined,
    description: BuildDescription | undefined,
  ): Outcome {
    const { limits, check, file, format } = this.#choices;
    const sizes: PlatformSize[] = [];
    for (const image of images) {
      const plain = reportOn(image, { top: 1 });
      const record = sizeRecord(image, plain);
      const before = known?.recordFor(image.platform);
      const growth = before && growthSince(before, { now: record, steps: plain.steps }, limits);
      if (known && !growth)
        return this.#fail(noRecordText(known, { measure: limits.measure, name, platform: image.platform }));
      const { steps } = description ? reportOn(image, { top: 1, description }) : plain;
      sizes.push({ report: { ...plain, steps }, growth });
    }
    const shown = file ?? (description ? 'Dockerfile' : undefined);
    if (format === 'json') this.#terminal.print(jsonText(sizes.map(toJson(name, known, limits))));
    else
      for (const one of sizes)
        this.#terminal.print(sizeLines(name, one, { limits, source: known?.source, file: shown }, english));
    return check && sizes.some(({ growth }) => growth?.isTooMuch) ? 'findings' : 'clean';
  }
}

function toJson(
  name: string,
  known: KnownSizes | undefined,
  limits: SizeLimits,
): (size: PlatformSize) => object {
  return ({ report, growth }) => ({
    image: name,
    platform: report.platform,
    compressed: report.compressed,
    compressedHow: report.compressedHow,
    unpacked: report.unpacked,
    ...(known && growth
      ? {
          baseline: known.source,
          ...limits,
          ...growth,
          step: growth.step && { ...report.steps[growth.step.at], grownBy: growth.step.bytes },
        }
      : {}),
  });
}

/** What no one takes for the name of an image: a registry is not asked for it. */
function isPath(text: string): boolean {
  return /^\.{0,2}[\\/]|\.json$/i.test(text);
}
