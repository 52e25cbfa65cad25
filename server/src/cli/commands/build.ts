// `drydock build`: builds the image of a Dockerfile with the engine at hand, and says why if it fails.
import { existsSync } from 'node:fs';
import { thisMachine } from '../../io/processes/machine';
import { readText } from '../../io/files/read-text';
import { explainFailure } from '../../service/explain-failure';
import type { BuildDescription } from '../../protocol';
import { readSavedChoice } from '../../workflow/build/choices';
import { sizeText } from '../../workflow/build/stored-image';
import { builderName, imageName, platformName, stageTarget } from '../../workflow/checked-arguments';
import { troubleText } from '../../workflow/outcome-text';
import { gitState, gitTroubleText } from '../../workflow/release/git-state';
import { shellText } from '../../workflow/shell-text';
import type { Machine } from '../../workflow/tool';
import { chosen, engines, preferred } from '../../workflow/tool-list';
import { english } from '../../workflow/translate';
import { planBuild, runBuild } from '../build/build-image';
import type { BuildWish, EndedBuild, PlannedBuild } from '../build/build-image';
import { maximumDockerfile } from '../check-file';
import type { Command, Ending } from '../command';
import { describeFile } from '../described-file';
import { richOptions, surfaceOf } from '../format/rich';
import { whyReport, whyText } from '../format/why';
import { describeOptions, readOptions, textOrJson } from '../options';
import type { Terminal } from '../terminal';
import { visibleJson } from '../visible';

const several = 'may be given several times';

export const options = {
  context: {
    type: 'string',
    form: '--context FOLDER',
    does: 'the build context (default: the folder that holds most of\nwhat the file copies)',
  },
  tag: {
    type: 'string',
    form: '--tag NAME',
    does: 'the name of the image (default: made from the folder: app:dev)',
  },
  target: { type: 'string', form: '--target STAGE', does: 'the stage to build (default: the last one)' },
  platform: {
    type: 'string',
    form: '--platform LIST',
    does: 'platforms, with commas between them: linux/amd64,linux/arm64',
  },
  'build-arg': {
    type: 'string',
    form: '--build-arg NAME=VALUE',
    does: `the value of an ARG; ${several}`,
    multiple: true,
  },
  secret: {
    type: 'string',
    form: '--secret ID=SOURCE',
    does: `where a secret comes from that the file mounts: token=env=TOKEN or\ntoken=src=FILE; ${several}`,
    multiple: true,
  },
  'no-cache': { type: 'boolean', form: '--no-cache', does: 'run every step again' },
  pull: { type: 'boolean', form: '--pull', does: 'ask for newer base images' },
  push: { type: 'boolean', form: '--push', does: 'send the image to its registry instead of keeping it' },
  attest: {
    type: 'boolean',
    form: '--attest',
    does: 'add where the image comes from and what it holds\n(provenance and SBOM; needs buildx)',
  },
  epoch: {
    type: 'string',
    form: '--epoch git|SECONDS',
    does: 'one time for everything in the image, so that it can be built again\nas it is: that of the commit, or seconds since 1970',
  },
  engine: {
    type: 'string',
    form: '--engine NAME',
    does: 'the engine that builds (default: the first that is ready)',
    values: engines.map(({ id }) => id),
  },
  prefer: {
    type: 'string',
    form: '--prefer rootless|daemon',
    does: 'which engines come first: those without a service that has the rights\nof root, or Docker',
    values: ['rootless', 'daemon'],
  },
  builder: {
    type: 'string',
    form: '--builder NAME',
    does: 'the builder of buildx: on another machine, in a cluster',
  },
  argument: {
    type: 'string',
    form: '--argument=ARGUMENT',
    does: `one more argument for the engine: --argument=--network=host;\n${several}`,
    multiple: true,
  },
  'dry-run': { type: 'boolean', form: '--dry-run', does: 'print the command instead of running it' },
  format: textOrJson,
} as const;

const usage = `Usage: drydock build [DOCKERFILE] [options]

Builds an image with the engine that is here: Docker with or without buildx, Podman, Buildah, nerdctl or
Finch. Without a path it takes Dockerfile or Containerfile in this folder. What the builder prints goes
to standard error. If the build fails, it says at which line and why, as drydock why does.

Options
${describeOptions(options)}
Exit status: 0 if the image was built; 1 if the build failed; 2 if nothing could be built.
`;

interface Given {
  readonly file: string;
  readonly text: string;
  readonly description: BuildDescription;
}

export const build: Command = {
  name: 'build',
  summary: 'build the image of a Dockerfile, and say why if it fails',
  usage,
  options,
  run: (words, terminal) => run(words, terminal),
};

/** @param words the arguments except the name of the command */
export async function run(
  words: readonly string[],
  terminal: Terminal,
  machine: Machine = thisMachine(),
): Promise<Ending> {
  const given = readOptions(words, options);
  if ('wrong' in given) return given;
  const [named, ...more] = given.words;
  if (more.length > 0) return { wrong: 'build takes one Dockerfile' };
  const wish = readWish(given.values);
  if ('wrong' in wish) return wish;
  const file = readFile(named);
  if ('problem' in file) return failed(terminal, file.problem, 'unreadable');
  const missing = missingSecrets(file.description, Object.keys(wish.saved.secrets ?? {}));
  if (missing.length > 0)
    return failed(
      terminal,
      `the file needs the secret ${missing.join(', ')}. Give it with --secret ${missing[0] ?? ''}=env=NAME`,
      'open',
    );
  const epoch = await readEpoch(given.values.epoch, machine);
  if ('problem' in epoch) return failed(terminal, epoch.problem, 'undone');
  const saved = { ...wish.saved, ...epoch };
  const plan = await planBuild(
    {
      file: file.file,
      context: given.values.context,
      saved,
      moreArguments: given.values.argument ?? [],
      engines: chosen(preferred(engines, given.values.prefer), given.values.engine),
    },
    file.description,
    machine,
  );
  if ('problem' in plan) return failed(terminal, plan.problem, 'undone');
  if (given.values['dry-run']) {
    terminal.print(`${shellText(plan.run)}\n`);
    return 'clean';
  }
  const { title } = plan.engine;
  terminal.note(`Building ${plan.choice.tag} with ${title} ${plan.found.version}`.trimEnd() + '\n');
  const cancel = new AbortController();
  const stop = (): void => cancel.abort();
  process.once('SIGINT', stop);
  const ended = await runBuild(plan, machine, (text) => terminal.note(text), cancel.signal);
  process.off('SIGINT', stop);
  return tell(plan, ended, file, given.values.format === 'json', terminal);
}

function failed(terminal: Terminal, message: string, ending: 'undone' | 'unreadable' | 'open'): Ending {
  terminal.complain(message);
  return ending;
}

/** @param named path of the Dockerfile; undefined: that of this folder */
export function readFile(named: string | undefined): Given | { readonly problem: string } {
  const file = named ?? ['Dockerfile', 'Containerfile'].find((name) => existsSync(name));
  if (file === undefined)
    return {
      problem: 'there is no Dockerfile here. Name one: drydock build PATH, or make one with drydock init',
    };
  const described = describeFile(file);
  if ('problem' in described) return described;
  return { file, text: readText(file, maximumDockerfile) ?? '', ...described };
}

/** Ids of the secrets that the file needs and nobody gave. */
export function missingSecrets({ secrets }: BuildDescription, given: readonly string[]): string[] {
  return secrets
    .filter(({ kind, id, required }) => kind === 'secret' && required && !given.includes(id))
    .map(({ id }) => id);
}

interface Values {
  readonly tag?: string | undefined;
  readonly target?: string | undefined;
  readonly platform?: string | undefined;
  readonly 'build-arg'?: readonly string[] | undefined;
  readonly secret?: readonly string[] | undefined;
  readonly builder?: string | undefined;
  readonly 'no-cache'?: boolean | undefined;
  readonly pull?: boolean | undefined;
  readonly push?: boolean | undefined;
  readonly attest?: boolean | undefined;
}

/** Checks each word before anything starts, so that none is dropped without a word. */
export function readWish(values: Values): Pick<BuildWish, 'saved'> | { readonly wrong: string } {
  const platforms = (values.platform ?? '').split(',').filter((one) => one !== '');
  const pairs = (texts: readonly string[] = []): (readonly [string, string])[] =>
    texts.map((text) => [text.slice(0, Math.max(0, text.indexOf('='))), text.slice(text.indexOf('=') + 1)]);
  const buildArgs = pairs(values['build-arg']);
  const secrets = pairs(values.secret);
  const wrong =
    (values.tag !== undefined &&
      imageName(values.tag) === undefined &&
      `${values.tag} cannot be the name of an image`) ||
    (values.target !== undefined &&
      stageTarget(values.target) === undefined &&
      `${values.target} cannot be a stage`) ||
    platforms
      .filter((one) => platformName(one) === undefined)
      .map((one) => `${one} cannot be a platform`)[0] ||
    (values.builder !== undefined &&
      builderName(values.builder) === undefined &&
      `${values.builder} cannot be a builder`);
  if (wrong) return { wrong };
  const saved = readSavedChoice({
    tag: values.tag,
    target: values.target,
    platforms,
    buildArgs: Object.fromEntries(buildArgs),
    secrets: Object.fromEntries(secrets),
    noCache: values['no-cache'],
    pull: values.pull,
    push: values.push,
  });
  const lost = buildArgs.find(([name]) => name === '' || !(name in (saved.buildArgs ?? {})));
  if (lost) return { wrong: '--build-arg takes NAME=VALUE' };
  if (secrets.some(([id]) => !(id in (saved.secrets ?? {}))))
    return { wrong: '--secret takes ID=env=NAME or ID=src=FILE, with the absolute path of a file' };
  const builder = values.builder === undefined ? undefined : builderName(values.builder);
  return {
    saved: {
      ...saved,
      ...(builder !== undefined && { builder }),
      ...(values.attest && { attestations: true }),
    },
  };
}

/** @param given `git`, or seconds since 1970 */
export async function readEpoch(
  given: string | undefined,
  machine: Machine,
): Promise<{ readonly epoch?: number } | { readonly problem: string }> {
  if (given === undefined) return {};
  if (/^\d{1,11}$/.test(given)) return { epoch: Number(given) };
  if (given !== 'git') return { problem: '--epoch takes git, or seconds since 1970' };
  const path = await machine.findProgram('git');
  if (path === undefined) return { problem: 'git is not installed, so the time of the commit is not known' };
  const state = await gitState({ id: 'git', program: path }, machine.runner, process.cwd());
  if (state.kind !== 'done') return { problem: gitTroubleText(state, english) };
  return { epoch: state.value.time };
}

function tell(
  plan: PlannedBuild,
  { outcome, steps, image }: EndedBuild,
  { file, text }: Given,
  json: boolean,
  terminal: Terminal,
): Ending {
  const { engine, found, choice, run } = plan;
  const stopped =
    outcome.kind === 'done' && outcome.value.kind === 'stopped' ? outcome.value.failure : undefined;
  const answer = stopped && {
    path: file,
    text,
    explanation: explainFailure(stopped, text),
    failure: stopped,
  };
  if (json) {
    const report = {
      version: 1,
      dockerfile: file,
      context: choice.context,
      engine: { id: engine.id, version: found.version },
      command: shellText(run),
      image: image ? { name: choice.tag, id: `sha256:${image.id}`, bytes: image.bytes ?? null } : null,
      steps,
      failure: answer ? whyReport(answer) : null,
    };
    terminal.print(visibleJson(`${JSON.stringify(report, undefined, 2)}\n`));
  }
  if (outcome.kind !== 'done') {
    terminal.complain(`${engine.title} could not build: ${troubleText(outcome, english)}`);
    return 'undone';
  }
  if (answer) {
    if (!json) terminal.print(whyText(answer, richOptions('auto', surfaceOf(1))));
    return 'unbuilt';
  }
  if (!json) {
    const size = image?.bytes === undefined ? '' : `, ${sizeText(image.bytes)}`;
    const where = choice.push
      ? 'pushed'
      : image
        ? `built as sha256:${image.id.slice(0, 12)}${size}`
        : 'built, and kept in the cache of the builder alone';
    terminal.print(`${choice.tag} ${where}\n`);
  }
  return 'clean';
}
