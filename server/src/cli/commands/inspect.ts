// `drydock inspect`: what an image holds, where its bytes come from, and what of it can be attacked.
import type { PlatformName } from '../../workflow/checked-arguments';
import { compareImages, comparisonSheet } from '../../workflow/image/compare';
import type { ReadImage } from '../../workflow/image/image';
import { reportOn } from '../../workflow/image/report';
import { reportSheet } from '../../workflow/image/report-sheet';
import { sheetMarkdown, sheetText } from '../../workflow/image/sheet';
import type { Sheet } from '../../workflow/image/sheet';
import { english } from '../../workflow/translate';
import type { BuildDescription } from '../../workflow/build-description';
import type { Command, Ending } from '../command';
import { describeFile } from '../described-file';
import { openImages, platformOption, readPlatform } from '../open-images';
import { describeOptions, readOptions } from '../options';
import type { Terminal } from '../terminal';
import { jsonText } from '../visible';

const options = {
  file: {
    type: 'string',
    form: '--file DOCKERFILE',
    does: 'the file it was built from: names the lines that brought the bytes',
  },
  target: {
    type: 'string',
    form: '--target STAGE',
    does: 'the stage of the file that was built (default: the last)',
  },
  surface: { type: 'boolean', form: '--surface', does: 'also show the attack surface' },
  compare: {
    type: 'string',
    form: '--compare OTHER',
    does: 'compare with another image: what came, went and grew',
  },
  top: { type: 'string', form: '--top N', does: 'how many files each list has (default: 10)', default: '10' },
  platform: platformOption,
  format: {
    type: 'string',
    form: '--format text|json|markdown',
    does: 'what to print (default: text)',
    values: ['text', 'json', 'markdown'],
    default: 'text',
  },
} as const;

const usage = `Usage: drydock inspect IMAGE [options]

Shows the size of each instruction, the biggest files and what brought them, the bytes that a
later layer deletes, and what few images need. IMAGE is a file of docker save, an OCI layout (a
folder or an archive of one), or a name: in the store of docker, podman or buildah, or in its
registry, by skopeo or crane. Reads the layers and starts nothing in them, so an image needs no
shell.

Options
${describeOptions(options)}
Exit status: 0 shown; 2 the image, or a file, cannot be read.
`;

interface Wanted {
  readonly word: string;
  readonly file: string | undefined;
  readonly description: BuildDescription | undefined;
  readonly target: string | undefined;
  readonly surface: boolean;
  readonly top: number;
  readonly format: 'text' | 'json' | 'markdown';
}

export const inspect: Command = {
  usage,
  options,
  async run(words, terminal): Promise<Ending> {
    const given = readOptions(words, options);
    if ('wrong' in given) return given;
    const { file, target, compare, surface, format } = given.values;
    const [word, ...more] = given.words;
    if (word === undefined || more.length > 0) return { wrong: 'inspect takes one image' };
    const top = /^\d{1,5}$/.test(given.values.top) ? Number(given.values.top) : 0;
    if (top < 1) return { wrong: '--top must be a number from 1 to 99999' };
    const platform = readPlatform(given.values.platform);
    if (typeof platform === 'object') return platform;
    const described = file === undefined ? undefined : describeFile(file);
    if (described && 'problem' in described) {
      terminal.complain(described.problem);
      return 'unreadable';
    }
    const images = await open(word, platform, terminal);
    if (!images) return 'unreadable';
    const wanted = { word, file, target, surface, top, format, description: described?.description };
    if (compare === undefined) return show(images, wanted, terminal);
    const others = await open(compare, platform, terminal);
    return others ? showChange(images, others, { ...wanted, compare }, terminal) : 'unreadable';
  },
};

async function open(
  word: string,
  platform: PlatformName | undefined,
  terminal: Terminal,
): Promise<readonly ReadImage[] | undefined> {
  const opened = await openImages(word, { platform, first: 'store' });
  if ('images' in opened) return opened.images;
  terminal.complain(opened.problems.join('\n'));
  return undefined;
}

function show(images: readonly ReadImage[], wanted: Wanted, terminal: Terminal): Ending {
  const { word, file, surface, format } = wanted;
  const reports = images.map((image) => reportOn(image, wanted));
  if (format === 'json') terminal.print(jsonText(reports));
  else {
    const sheets = reports.map((report) =>
      reportSheet(report, { name: word, file, surface, width: 60 }, english),
    );
    terminal.print(printed(sheets, format));
  }
  return 'clean';
}

/** Platform by platform. */
function showChange(
  images: readonly ReadImage[],
  others: readonly ReadImage[],
  { word, compare, top, format }: Wanted & { readonly compare: string },
  terminal: Terminal,
): Ending {
  const pairs = images.flatMap((now) => {
    const before = others.find(({ platform }) => platform === now.platform);
    return before ? [{ platform: now.platform, comparison: compareImages(before, now, top) }] : [];
  });
  if (pairs.length === 0) {
    const platforms = (all: readonly ReadImage[]): string => all.map(({ platform }) => platform).join(', ');
    terminal.complain(
      `the two have no platform in common: ${word} is for ${platforms(images)}, ${compare} for ${platforms(others)}`,
    );
    return 'unreadable';
  }
  if (format === 'json') terminal.print(jsonText(pairs));
  else {
    const sheets = pairs.map(({ comparison, platform }) =>
      comparisonSheet(comparison, { before: compare, now: `${word} (${platform})` }, english),
    );
    terminal.print(printed(sheets, format));
  }
  return 'clean';
}

function printed(sheets: readonly Sheet[], format: 'text' | 'markdown'): string {
  return sheets.map(format === 'text' ? sheetText : sheetMarkdown).join('\n');
}
