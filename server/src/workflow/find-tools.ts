// Finds out which container builders this machine has, how each wants to be called, and whether it answers.
// No `vscode` here; every process goes through `probe`, so that tests can see and replace them.
import type { Engine } from '../protocol';
import { capture, type Captured } from '../io/spawn-runner';
import { findProgram, isProgram, type Surroundings } from '../io/find-program';

/**
 * How the engine is called.
 * `buildx`: the docker plugin. `buildkit`: the BuildKit client inside docker 18.09–22, switched on by a variable.
 * `legacy`: docker's old builder, the only one that is left without the plugin since docker 23, and the only one
 * that podman's imitation of the docker service understands.
 */
export type BuilderKind = 'buildx' | 'buildkit' | 'legacy' | 'podman' | 'buildah';

export interface Builder {
  readonly kind: BuilderKind;
  readonly engine: Engine;
  /** Absolute path. */
  readonly program: string;
  /** As the program says it; empty when it does not. */
  readonly version: string;
  /** Whether a build could start now; a docker without its service is not ready. */
  readonly ready: boolean;
  /** What the program says about not being ready, on one line. */
  readonly problem?: string;
}

export interface EngineChoice {
  readonly engine: 'auto' | Engine;
  readonly paths: Readonly<Partial<Record<Engine, string>>>;
}

export type Probe = (program: string, args: readonly string[]) => Promise<Captured>;

/** In the order in which they are preferred. */
export const ENGINES: readonly Engine[] = ['docker', 'podman', 'buildah'];

/** Asks a program something short; ten seconds cover a cold start of a virtual machine's proxy. */
export function probeIn(folder: string): Probe {
  return (program, args) => capture({ program, args, env: {} }, { cwd: folder, timeout: 10_000 });
}

/**
 * @returns every builder that was found, those that are ready first, each group in the order of preference.
 * With an engine chosen only that one is looked for.
 */
export async function detectBuilders(
  choice: EngineChoice,
  surroundings: Surroundings,
  probe: Probe,
): Promise<readonly Builder[]> {
  const wanted = choice.engine === 'auto' ? ENGINES : [choice.engine];
  const found = await Promise.all(
    wanted.map(async (engine) => {
      const program = await locate(engine, choice, surroundings);
      return program === undefined ? undefined : describe(engine, program, surroundings, probe);
    }),
  );
  const builders = found.filter((builder) => builder !== undefined);
  return [...builders.filter((builder) => builder.ready), ...builders.filter((builder) => !builder.ready)];
}

async function locate(
  engine: Engine,
  choice: EngineChoice,
  surroundings: Surroundings,
): Promise<string | undefined> {
  const configured = choice.paths[engine];
  if (!configured) return findProgram(engine, surroundings);
  return (await isProgram(configured)) ? configured : undefined;
}

async function describe(
  engine: Engine,
  program: string,
  surroundings: Surroundings,
  probe: Probe,
): Promise<Builder | undefined> {
  const asked = await probe(program, ['--version']);
  const version = /\d+\.\d+[\w.+-]*/.exec(asked.stdout)?.[0] ?? '';
  if (engine === 'buildah') return withAnswer({ kind: 'buildah', engine, program, version }, asked);
  // The package podman-docker installs podman under the name docker.
  if (engine === 'podman' || /^podman version/i.test(asked.stdout)) {
    // On macOS and Windows podman is a remote control; only `version` tells whether its machine runs.
    const remote = surroundings.platform === 'linux' ? asked : await probe(program, ['version']);
    return withAnswer({ kind: 'podman', engine, program, version }, remote);
  }
  return describeDocker(program, version, surroundings, probe);
}

async function describeDocker(
  program: string,
  version: string,
  { env }: Surroundings,
  probe: Probe,
): Promise<Builder> {
  const [service, plugin] = await Promise.all([
    probe(program, ['version', '--format', '{{json .Server}}']),
    probe(program, ['buildx', 'version']),
  ]);
  const major = Number.parseInt(version, 10);
  let kind: BuilderKind = plugin.code === 0 ? 'buildx' : major < 23 ? 'buildkit' : 'legacy';
  if (kind === 'buildkit' && env['DOCKER_BUILDKIT'] === '0') kind = 'legacy';
  if (/podman engine/i.test(service.stdout)) kind = 'legacy';
  return withAnswer({ kind, engine: 'docker', program, version }, service);
}

function withAnswer(builder: Omit<Builder, 'ready' | 'problem'>, answer: Captured): Builder {
  if (answer.code === 0) return { ...builder, ready: true };
  const said = `${answer.stderr}\n${answer.stdout}`.split('\n').map((line) => line.trim());
  const problem = answer.problem ?? said.find((line) => line !== '' && line !== 'null') ?? '';
  return { ...builder, ready: false, problem: problem.slice(0, 300) };
}
