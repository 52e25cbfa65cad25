// `drydock reproducible`: builds a file twice without a cache and says whether the images are the same, else what differs.
import { withScratchFolder } from '../../io/files/on-disk';
import { compareArchives } from '../../io/images/compare-archives';
import { thisMachine } from '../../io/processes/machine';
import { cancelledAtEnd } from '../../io/processes/endings';
import type { BuildDescription } from '../../workflow/build-description';
import { buildTwice } from '../../workflow/build/build-twice';
import type { Built, Twice } from '../../workflow/build/build-twice';
import type { PlannedBuild } from '../../workflow/build/run-build';
import { fileIn, imageName } from '../../workflow/checked-arguments';
import { differenceText } from '../../workflow/image/first-difference';
import type { ArchivesCompared, DifferenceText } from '../../workflow/image/first-difference';
import { imageTroubleText } from '../../workflow/image/image';
import { troubleText } from '../../workflow/outcome-text';
import type { Machine } from '../../workflow/tool';
import { chosen, engines } from '../../workflow/tool-list';
import { english } from '../../workflow/translate';
import { planBuild } from '../build/build-image';
import type { BuildWish } from '../build/build-image';
import type { Ending } from '../command';
import { table } from '../help-text';
import { describeOptions, readOptions, textOrJson } from '../options';
import type { Terminal } from '../terminal';
import { jsonText } from '../visible';
import { buildOptions, readWish } from '../build/build-words';
import { missingSecrets, readEpoch, readFile } from './build';

const { context, target, secret, engine, argument } = buildOptions;

const options = {
  context,
  target,
  'build-arg': buildOptions['build-arg'],
  secret,
  epoch: {
    type: 'string',
    form: '--epoch git|SECONDS',
    does: 'the time that stands for every time in the image: that of the\ncommit, or seconds since 1970 (default: 0)',
    default: '0',
  },
  engine,
  argument,
  format: textOrJson,
} as const;

const usage = `Usage: drydock reproducible [DOCKERFILE] [options]

Builds a file twice without a cache, with one time for both, and compares the images. If they
differ, it names the first layer that does, with its instruction and files, or the fields of the
configuration.
Needs buildx, Podman or Buildah. The two images are removed at the end.

Options
${describeOptions(options)}
Exit status: 0 the same image twice; 1 two different ones; 2 nothing could be built or compared.
`;

export async function run(
  words: readonly string[],
  terminal: Terminal,
  machine: Machine = thisMachine(),
): Promise<Ending> {
  const given = readOptions(words, options);
  if ('wrong' in given) return given;
  const [named, ...more] = given.words;
  if (more.length > 0) return { wrong: 'reproducible takes one Dockerfile' };
  const { values } = given;
  const wish = readWish(values);
  if ('wrong' in wish) return wish;
  const file = readFile(named);
  if ('problem' in file) return failed(terminal, file.problem, 'unreadable');
  const [missing] = missingSecrets(file.description, Object.keys(wish.saved.secrets ?? {}));
  if (missing !== undefined)
    return failed(terminal, `the file needs a secret: give it with --secret ${missing}=env=NAME`, 'open');
  const epoch = await readEpoch(values.epoch, machine);
  if ('problem' in epoch) return failed(terminal, epoch.problem, 'undone');
  const whole: BuildWish = {
    file: file.file,
    context: values.context,
    saved: { ...wish.saved, ...epoch, noCache: true },
    moreArguments: values.argument,
    engines: chosen(engines, values.engine),
  };
  const plans = await planTwice(whole, file.description, machine);
  if ('problem' in plans) return failed(terminal, plans.problem, 'undone');
  const twice = await cancelledAtEnd((signal) =>
    buildTwice<ArchivesCompared>(plans, machine, {
      print: (text) => terminal.note(text),
      now: () => performance.now(),
      signal,
      t: english,
      onBuild: (which, { engine: builder, found }) =>
        terminal.note(`The ${which} build, with ${builder.title} ${found.version}`.trimEnd() + '\n'),
      explain: (first, second) => explain(first, second, machine),
      onLeft: (message) => terminal.complain(message),
    }),
  );
  return tell(twice, values.format === 'json', terminal);
}

/** Two runs at the same time must not compare each other's images, so each has names of its own. */
async function planTwice(
  wish: BuildWish,
  description: BuildDescription,
  machine: Machine,
): Promise<{ readonly first: PlannedBuild; readonly second: PlannedBuild } | { readonly problem: string }> {
  const plan = (which: string): ReturnType<typeof planBuild> => {
    const tag = imageName(`drydock-reproducible:${process.pid}-${which}`);
    return planBuild(
      { ...wish, saved: { ...wish.saved, ...(tag !== undefined && { tag }) } },
      description,
      machine,
    );
  };
  const first = await plan('first');
  if ('problem' in first) return first;
  const second = await plan('second');
  return 'problem' in second ? second : { first, second };
}

function failed(terminal: Terminal, message: string, ending: 'undone' | 'unreadable' | 'open'): Ending {
  terminal.complain(message);
  return ending;
}

function tell(twice: Twice<ArchivesCompared>, json: boolean, terminal: Terminal): Ending {
  if (twice.kind === 'cancelled') return failed(terminal, 'it was cancelled', 'undone');
  if (twice.kind === 'unbuilt') return failed(terminal, twice.problem, 'undone');
  const why = twice.kind === 'different' ? twice.why : undefined;
  const ids = twice.kind === 'same' ? [twice.id, twice.id] : twice.ids;
  const known = why && !('problem' in why) ? why : null;
  if (json) {
    terminal.print(
      jsonText({ version: 1, reproducible: twice.kind === 'same', images: ids, difference: known }),
    );
  } else if (twice.kind === 'same') terminal.print(`Reproducible: both builds made ${twice.id}\n`);
  else terminal.print(`Not reproducible: ${ids.join(' and ')}\n`);
  if (why && 'problem' in why) terminal.complain(`what differs is not known: ${why.problem}`);
  else if (known && !json) terminal.print(asText(differenceText(known, english)));
  return twice.kind === 'same' ? 'clean' : 'differs';
}

function asText({ head, rows, more, advice }: DifferenceText): string {
  const list = rows.length > 0 ? table(rows.map(([place, change]): [string, string] => [place, change])) : '';
  const rest = more > 0 ? `  and ${more} more\n` : '';
  return `${head}${rows.length > 0 ? ':' : ''}\n${list}${rest}${advice === '' ? '' : `${advice}\n`}`;
}

async function explain(
  first: Built,
  second: Built,
  { runner }: Machine,
): Promise<ArchivesCompared | { readonly problem: string }> {
  return withScratchFolder(async (scratch) => {
    const files: string[] = [];
    for (const [{ plan, image }, name] of [
      [first, 'first.tar'],
      [second, 'second.tar'],
    ] as const) {
      const file = fileIn(scratch, name);
      const saved = await runner.run(plan.engine.commands.save(plan.found, image.id, file), {
        folder: scratch,
      });
      if (saved.kind !== 'done') return { problem: troubleText(saved, english) };
      files.push(file);
    }
    const compared = await compareArchives(files[0] ?? '', files[1] ?? '');
    return 'trouble' in compared ? { problem: imageTroubleText(compared.trouble, english) } : compared;
  });
}

export const reproducible = {
  usage,
  options,
  run: (words: readonly string[], terminal: Terminal) => run(words, terminal),
};
