// `drydock build`: builds the image of a Dockerfile with the engine at hand, and says why if it fails.
import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { thisMachine } from '../../io/processes/machine';
import { repositoryRoot } from '../../io/surroundings/repository-root';
import { readSurroundings } from '../../io/surroundings/surroundings';
import { cancelledAtEnd } from '../../io/processes/endings';
import { explainFailure } from '../../service/explain-failure';
import type { BuildDescription } from '../../workflow/build-description';
import { asStated } from '../../workflow/build/choices';
import type { SavedChoice } from '../../workflow/build/choices';
import { runBuild } from '../../workflow/build/run-build';
import type { EndedBuild, PlannedBuild } from '../../workflow/build/run-build';
import { sizeText } from '../../workflow/build/stored-image';
import { troubleText } from '../../workflow/outcome-text';
import { gitState, gitTroubleText } from '../../workflow/release/git-state';
import { shellText } from '../../workflow/shell-text';
import type { Machine } from '../../workflow/tool';
import { builderOf, chosen, engines, preferred } from '../../workflow/tool-list';
import { english } from '../../workflow/translate';
import { buildOptions, readWish } from '../build/build-words';
import { planBuild } from '../build/build-image';
import { buildOther } from '../build/build-other';
import type { Command, Ending } from '../command';
import { describeFile } from '../described-file';
import type { DescribedFile } from '../described-file';
import { richOptions, surfaceOf } from '../format/rich';
import { whyReport, whyText } from '../format/why';
import { listed } from '../../core/text/listed';
import { describeOptions, readOptions } from '../options';
import type { Terminal } from '../terminal';
import { jsonText } from '../visible';

const usage = `Usage: drydock build [DOCKERFILE] [options]
       drydock build FILE [options]

Builds an image with the engine that is here: Docker with or without buildx, Podman, Buildah,
nerdctl or Finch. Without a path it takes Dockerfile or Containerfile in this folder. What the
builder prints goes to standard error. If the build fails, it says at which line and why, as
drydock why does.

From another FILE builds the tool that it belongs to: .ko.yaml (ko), apko.yaml (apko), project.toml
(pack), BUILD.bazel (Bazel), dagger.json (Dagger), flake.nix (Nix), pom.xml and build.gradle (jib).
There --target names the part of the file, and --tag, --platform, --push, --argument and --dry-run
work as far as the tool can.

Options
${describeOptions(buildOptions)}
Exit status: 0 if the image was built; 1 if the build failed; 2 if nothing could be built.
`;

interface Given extends DescribedFile {
  readonly file: string;
}

export const build: Command = {
  usage,
  options: buildOptions,
  run: (words, terminal) => run(words, terminal),
};

/** @param words the arguments except the name of the command */
export async function run(
  words: readonly string[],
  terminal: Terminal,
  machine: Machine = thisMachine(),
): Promise<Ending> {
  const given = readOptions(words, buildOptions);
  if ('wrong' in given) return given;
  const [named, ...more] = given.words;
  if (more.length > 0) return { wrong: 'build takes one Dockerfile' };
  const other = named === undefined ? undefined : builderOf(basename(named));
  if (named !== undefined && other) return buildOther(named, other, given.values, terminal, machine);
  const wish = readWish(given.values);
  if ('wrong' in wish) return wish;
  const file = readFile(named);
  if ('problem' in file) return failed(terminal, file.problem, 'unreadable');
  const missing = missingSecrets(file.description, Object.keys(wish.saved.secrets ?? {}));
  if (missing.length > 0)
    return failed(
      terminal,
      `the file needs the secret ${missing.join(', ')}. Give it with --secret id=${missing[0] ?? ''},env=NAME`,
      'open',
    );
  const epoch = await readEpoch(given.values.epoch, machine);
  if ('problem' in epoch) return failed(terminal, epoch.problem, 'undone');
  const stated = readStated(file, given.values.from);
  if ('problem' in stated) return failed(terminal, stated.problem, 'undone');
  const saved = { ...stated, ...wish.saved, ...epoch };
  const plan = await planBuild(
    {
      file: file.file,
      context: given.values.context ?? stated.context,
      saved,
      moreArguments: given.values.argument ?? [],
      engines: chosen(preferred(engines, given.values.prefer), given.values.engine),
    },
    file.description,
    machine,
  );
  if ('problem' in plan) return failed(terminal, plan.problem, 'undone');
  if (given.values['dry-run']) {
    if (plan.warning !== undefined) terminal.note(`${plan.warning}\n`);
    terminal.print(`${shellText(plan.run)}\n`);
    return 'clean';
  }
  const { title } = plan.engine;
  terminal.note(`Building ${plan.choice.tag} with ${title} ${plan.found.version}`.trimEnd() + '\n');
  const print = (text: string): void => terminal.note(text);
  const now = (): number => performance.now();
  const ended = await cancelledAtEnd((signal) => runBuild(plan, machine, { print, now, signal, t: english }));
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
  return { file, ...described };
}

/** Ids of the secrets that the file needs and nobody gave. */
export function missingSecrets({ secrets }: BuildDescription, given: readonly string[]): string[] {
  return secrets
    .filter(({ kind, id, required }) => kind === 'secret' && required && !given.includes(id))
    .map(({ id }) => id);
}

/** What a Compose file, a Bake file, a dev container or a workflow says of the build of this name. */
function readStated(
  { file, text }: Given,
  name: string | undefined,
): SavedChoice | { readonly problem: string } {
  if (name === undefined) return {};
  const path = resolve(file);
  const contextRoot = repositoryRoot(dirname(path)) ?? dirname(path);
  const { builds } = readSurroundings(path, text, { configRoot: undefined, contextRoot });
  const found = builds.find((one) => one.name === name);
  if (found) {
    const { source, context, target, args, tags } = found;
    return asStated({
      name,
      source,
      args: Object.fromEntries(args),
      tags,
      ...(context !== undefined && { context }),
      ...(target !== undefined && { target }),
    });
  }
  const names = builds.map((one) => one.name);
  const known = names.length === 0 ? 'Nothing around it builds it' : `There is ${listed(names)}`;
  return { problem: `nothing called ${name} builds ${file}. ${known}` };
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
  { outcome, steps, builder, image }: EndedBuild,
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
      builder: builder ?? null,
      command: shellText(run),
      image: image ? { name: choice.tag, id: `sha256:${image.id}`, bytes: image.bytes ?? null } : null,
      steps,
      failure: answer ? whyReport(answer) : null,
    };
    terminal.print(jsonText(report));
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
    const by = builder ? `, with the builder ${builder.name} (${builder.driver})` : '';
    terminal.print(`${choice.tag} ${where}${by}\n`);
  }
  return 'clean';
}
