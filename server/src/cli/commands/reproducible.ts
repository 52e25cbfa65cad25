// `drydock reproducible`: builds a file twice without a cache and says whether the images are the same, else what differs.
import { withScratchFolder } from '../../io/files/on-disk';
import { compareArchives } from '../../io/images/compare-archives';
import type { ArchivesCompared } from '../../io/images/compare-archives';
import { thisMachine } from '../../io/processes/machine';
import type { BuildDescription } from '../../protocol';
import { runBuild } from '../../workflow/build/run-build';
import type { PlannedBuild } from '../../workflow/build/run-build';
import type { StoredImage } from '../../workflow/build/stored-image';
import { fileIn, imageName } from '../../workflow/checked-arguments';
import { imageTroubleText } from '../../workflow/image/image';
import { shortened, stepText } from '../../workflow/image/step-text';
import { troubleText } from '../../workflow/outcome-text';
import { removeRun } from '../../workflow/release/clean-up';
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

/** A built image, and how. */
interface Built {
  readonly plan: PlannedBuild;
  readonly image: StoredImage;
}

type Compared = Exclude<Awaited<ReturnType<typeof compareArchives>>, { readonly trouble: unknown }>;

/** How many differences are shown. */
const shown = 10;

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
  const built: Built[] = [];
  try {
    for (const which of ['first', 'second']) {
      const one = await build(which, whole, file.description, machine, terminal);
      if (!one) return 'undone';
      built.push(one);
    }
    return await compare(built, values.format === 'json', machine, terminal);
  } finally {
    await remove(built, machine, terminal);
  }
}

function failed(terminal: Terminal, message: string, ending: 'undone' | 'unreadable' | 'open'): Ending {
  terminal.complain(message);
  return ending;
}

/** @returns undefined after saying why there is no image */
async function build(
  which: string,
  wish: BuildWish,
  description: BuildDescription,
  machine: Machine,
  terminal: Terminal,
): Promise<Built | undefined> {
  // Two runs at the same time must not compare each other's images.
  const tag = imageName(`drydock-reproducible:${process.pid}-${which}`);
  const saved = { ...wish.saved, ...(tag !== undefined && { tag }) };
  const plan = await planBuild({ ...wish, saved }, description, machine);
  if ('problem' in plan) {
    terminal.complain(plan.problem);
    return undefined;
  }
  terminal.note(`The ${which} build, with ${plan.engine.title} ${plan.found.version}`.trimEnd() + '\n');
  const cancel = new AbortController();
  const stop = (): void => cancel.abort();
  process.once('SIGINT', stop);
  const { outcome, image } = await runBuild(plan, machine, {
    print: (text) => terminal.note(text),
    now: () => performance.now(),
    signal: cancel.signal,
    t: english,
  });
  process.off('SIGINT', stop);
  if (image) return { plan, image };
  if (outcome.kind !== 'done')
    terminal.complain(`${plan.engine.title} could not build: ${troubleText(outcome, english)}`);
  else if (outcome.value.kind === 'stopped')
    terminal.complain(`the ${which} build failed: drydock build ${wish.file} says why`);
  else terminal.complain('the builder keeps the image in its cache alone, where it cannot be compared');
  return undefined;
}

async function compare(
  [first, second]: readonly Built[],
  json: boolean,
  machine: Machine,
  terminal: Terminal,
): Promise<Ending> {
  if (!first || !second) return 'undone';
  const ids = [first, second].map(({ image }) => `sha256:${image.id}`);
  const isSame = first.image.id === second.image.id;
  const compared = isSame ? undefined : await explain(first, second, machine);
  if (json) {
    const why = compared && ('problem' in compared ? null : compared);
    const report = { version: 1, reproducible: isSame, images: ids, difference: why ?? null };
    terminal.print(jsonText(report));
  }
  if (isSame) {
    if (!json) terminal.print(`Reproducible: both builds made ${ids[0] ?? ''}\n`);
    return 'clean';
  }
  if (!json) terminal.print(`Not reproducible: ${ids.join(' and ')}\n`);
  if (compared && 'problem' in compared) terminal.complain(`what differs is not known: ${compared.problem}`);
  else if (compared && !json) terminal.print(differenceText(compared));
  return 'differs';
}

async function explain(
  first: Built,
  second: Built,
  { runner }: Machine,
): Promise<Compared | { readonly problem: string }> {
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

function differenceText(compared: ArchivesCompared): string {
  if (compared.kind === 'layers')
    return `The first has ${compared.first} layers, the second ${compared.second}\n`;
  const { differences } = compared;
  const rows = differences
    .slice(0, shown)
    .map(({ place, what, first, second }): [string, string] => [
      compared.kind === 'layer' ? `/${place.replace(/^(?:\.?\/)+/, '')}` : place,
      `${what === 'value' || what === 'missing' ? '' : `${what}: `}${first}, then ${second}`,
    ]);
  const rest = differences.length - rows.length;
  const more = rest > 0 ? `  and ${rest} more\n` : '';
  const list = rows.length > 0 ? `${table(rows)}${more}` : '';
  if (compared.kind === 'config') return `The layers are the same; the configuration differs:\n${list}`;
  const step = shortened(stepText(compared.step), 80);
  const head = `The first layer that differs is number ${compared.number}${step === '' ? '' : `, of ${step}`}\n`;
  if (rows.length === 0) return `${head}Its files are the same; they stand in another order\n`;
  return `${head}${list}${advice(differences.map(({ what }) => what))}`;
}

function advice(whats: readonly string[]): string {
  if (whats.every((what) => what === 'time'))
    return 'Only times differ: buildx sets those of files with --argument=--output=type=docker,rewrite-timestamp=true\n';
  return 'drydock check --profile reproducible names instructions whose result changes\n';
}

async function remove(built: readonly Built[], { runner }: Machine, terminal: Terminal): Promise<void> {
  for (const { plan } of built) {
    const { found, choice } = plan;
    const gone = await runner.run(removeRun(found, choice.tag), { folder: choice.context });
    if (gone.kind !== 'done')
      terminal.complain(`${choice.tag} stays in ${found.id}: ${troubleText(gone, english)}`);
  }
}

export const reproducible = {
  name: 'reproducible',
  summary: 'build twice, and say what differs',
  usage,
  options,
  run: (words: readonly string[], terminal: Terminal) => run(words, terminal),
};
