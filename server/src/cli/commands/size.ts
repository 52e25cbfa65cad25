// `drydock size`: the size of an image by platform, and whether it grew beyond a budget.
import { baselineFile, defaultLimits, readPercent, readSize } from '../../workflow/image/size-budget';
import type { Command, Ending } from '../command';
import { platformOption, readPlatform } from '../open-images';
import { describeOptions, readOptions, textOrJson } from '../options';
import { SizeCheck } from '../size-check';

const options = {
  build: {
    type: 'boolean',
    form: '--build',
    does: 'build the image first, from the Dockerfile of this folder',
  },
  file: {
    type: 'string',
    form: '--file DOCKERFILE',
    does: 'the file to build, or that the image was built from: names its lines',
  },
  'write-baseline': {
    type: 'boolean',
    form: '--write-baseline',
    does: `write the sizes into the baseline (default: ${baselineFile})`,
  },
  baseline: {
    type: 'string',
    form: '--baseline FILE|REF',
    does: 'what to compare with: a file that --write-baseline wrote, or an\nimage, such as the one pushed last',
  },
  check: { type: 'boolean', form: '--check', does: 'exit with 1 if the image grew beyond both limits' },
  limit: {
    type: 'string',
    form: '--limit PERCENT',
    does: `growth that is fine (default: ${defaultLimits.percent}%)`,
    default: `${defaultLimits.percent}%`,
  },
  floor: {
    type: 'string',
    form: '--floor SIZE',
    does: `growth that is always fine (default: ${defaultLimits.floor / 1024}KiB)`,
    default: `${defaultLimits.floor / 1024}KiB`,
  },
  unpacked: {
    type: 'boolean',
    form: '--unpacked',
    does: 'compare unpacked sizes (default: compressed, as registries send them)',
  },
  platform: platformOption,
  format: textOrJson,
} as const;

const usage = `Usage: drydock size IMAGE [options]
       drydock size --build [folder] [options]

Shows the size of an image, platform by platform, and compares it with a baseline: with --check,
growth above the limit and above the floor fails, and the instruction and the files that grew most
are named. IMAGE is what drydock inspect takes.

Options
${describeOptions(options)}
Exit status: 0 shown, and within the budget;
             1 with --check: it grew beyond the budget;
             2 the image or the baseline is missing or cannot be read.
`;

export const size: Command = {
  usage,
  options,
  async run(words, terminal): Promise<Ending> {
    const given = readOptions(words, options);
    if ('wrong' in given) return given;
    const { values } = given;
    const [word, ...more] = given.words;
    if (more.length > 0 || (word === undefined && !values.build))
      return { wrong: values.build ? 'size --build takes one folder' : 'size takes one image, or --build' };
    const percent = readPercent(values.limit);
    if (percent === undefined) return { wrong: '--limit must be a percentage such as 5%' };
    const floor = readSize(values.floor);
    if (floor === undefined) return { wrong: '--floor must be a size such as 512KiB' };
    const platform = readPlatform(values.platform);
    if (typeof platform === 'object') return platform;
    if (values['write-baseline'] && values.check)
      return { wrong: 'give --write-baseline or --check, not both: a new baseline has no growth' };
    const limits = { measure: values.unpacked ? 'unpacked' : 'compressed', percent, floor } as const;
    const check = new SizeCheck(
      { ...values, write: values['write-baseline'], word, platform, limits },
      terminal,
    );
    return check.run();
  },
};
