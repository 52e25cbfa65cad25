// Asks the real tools of this machine and writes down what they say. Called by `npm run record`.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import type { FoundTool, Machine, Tool } from '../../server/src/workflow/tool';
import type { Signer } from '../../server/src/workflow/tool';
import { engines, tools } from '../../server/src/workflow/tool-list';
import { addBuildx, dockerClients, startBuildah, startDocker, startPodman } from '../harness/engines';
import type { TestEngine } from '../harness/engines';
import { ask, machineWithEnvironment } from '../harness/runs';
import { Pusher, startDockerRegistry } from '../harness/registry';
import { findTool } from '../harness/tools';
import { makeFolder } from '../harness/workspace';
import { attest, list, lockFile, sign, signedImage, verify } from './release-scenarios';
import { recording } from './recording';
import type { HistoryStep } from './recording';
import {
  build,
  buildFile,
  dockerfiles,
  inspect,
  layers,
  missingImage,
  moreLayers,
  plainText,
  probe,
  save,
  scan,
} from './scenarios';
import type { DockerfileName, Stage } from './scenarios';

/** Runs what was left for the end, last things first. */
class Cleanup {
  readonly #left: (() => unknown)[] = [];

  /** As a test would have it, for the harness. */
  get context(): TestContext {
    const after = (work: () => unknown): void => {
      this.#left.push(work);
    };
    const skip = (why?: string): void => console.log(`skipped: ${why ?? ''}`);
    return { name: 'record', after, skip } as unknown as TestContext;
  }

  async run(): Promise<void> {
    for (const work of this.#left.reverse()) await work();
  }
}

/** @param wanted ids of tools; all when there are none */
export async function record(wanted: readonly string[]): Promise<void> {
  const cleanup = new Cleanup();
  try {
    for (const tool of tools) {
      if (wanted.length === 0 || wanted.includes(tool.id)) await recordTool(tool, cleanup.context);
    }
  } finally {
    await cleanup.run();
  }
}

async function recordTool(tool: Tool, context: TestContext): Promise<void> {
  const program = findTool(tool.programs[0] ?? '');
  if (program === undefined) {
    console.log(`${tool.id}: not here, its recordings stay as they are`);
    return;
  }
  const engine = await start(tool, context);
  const machine = machineWithEnvironment(engine.env);
  const programs = tool.id === 'docker' ? dockerClients() : [program];
  for (const one of programs) await recordProgram(tool, one, machine, engine, context);
  // The plugin comes last: with it every client builds in another way.
  const buildx = tool.id === 'docker' ? (await addBuildx(context, engine))?.at(-1) : undefined;
  const [newest] = programs;
  if (buildx && newest !== undefined)
    await recordProgram(tool, newest, machineWithEnvironment(buildx.env), buildx, context);
}

async function start({ id }: Tool, context: TestContext): Promise<TestEngine> {
  const none = { env: id === 'cosign' ? { COSIGN_PASSWORD: '' } : {}, arguments: [] };
  if (id === 'docker') return (await startDocker(context)) ?? none;
  if (id === 'podman') return startPodman(context) ?? none;
  return id === 'buildah' ? (startBuildah(context) ?? none) : none;
}

async function recordProgram(
  tool: Tool,
  program: string,
  machine: Machine,
  engine: TestEngine,
  context: TestContext,
): Promise<void> {
  const folder = makeFolder(context);
  const scratch = makeFolder(context);
  for (const name of Object.keys(dockerfiles) as DockerfileName[])
    writeFileSync(join(folder, `${name}.Dockerfile`), plainText(name));
  writeFileSync(join(folder, 'layers.Dockerfile'), layers);
  writeFileSync(join(folder, 'more-layers.Dockerfile'), moreLayers);
  writeFileSync(join(folder, 'several.Dockerfile'), 'FROM scratch\nCOPY busybox /\n');
  copyFileSync(findTool('busybox') ?? '', join(folder, 'busybox'));
  const places: Record<string, string> = {
    folder,
    scratch,
    program,
    socket: engine.env['DOCKER_HOST'] ?? '‹none›',
    store: storeOf(engine),
  };
  let found: FoundTool | undefined;
  const note = async (name: string, work: (stage: Stage) => Promise<unknown>): Promise<void> => {
    const { runner, runs } = recording(machine.runner, places);
    await work({ machine: { ...machine, runner }, folder, scratch, moreArguments: engine.arguments });
    write(name, { runs });
  };
  const write = (name: string, content: object): void => {
    const way = found === undefined || found.way === '' || found.way === tool.id ? '' : `.${found.way}`;
    const path = `test/recordings/${tool.id}/${name}${way}.json`;
    mkdirSync(`test/recordings/${tool.id}`, { recursive: true });
    const file = { from: 'tool', version: found?.version ?? '', ...content };
    writeFileSync(path, `${JSON.stringify(file, undefined, 2)}\n`);
    console.log(path);
  };
  await note('probe', async (stage) => {
    found = await probe(tool, program, stage);
  });
  if (!found || found.trouble) return;
  const ready = found;
  const one = engines.find(({ id }) => id === tool.id);
  if (one) {
    for (const name of Object.keys(dockerfiles) as DockerfileName[])
      await note(`build-${name}`, (stage) => build(one, ready, name, stage));
    await note('save', async (stage) => {
      const stored = await inspect(one, ready, 'drydock-recording:1', stage);
      if (stored.kind === 'done') await save(one, ready, stored.value.id, stage);
    });
    await note('save-missing', async (stage) => {
      await inspect(one, ready, 'drydock-missing:1', stage);
      await save(one, ready, missingImage, stage);
    });
    // buildah writes no archive where one is.
    const another = makeFolder(context);
    const stage = { machine, folder, scratch: another, moreArguments: engine.arguments };
    const file = ready.way === 'buildx' ? 'more-layers' : 'layers';
    const built = await buildFile(one, ready, file, stage, { tag: 'drydock-layers:1' });
    const stored = await inspect(one, ready, 'drydock-layers:1', stage);
    if (built.kind !== 'done' || built.value.kind !== 'built' || stored.kind !== 'done')
      throw new Error(JSON.stringify([built, stored]));
    await save(one, ready, stored.value.id, stage);
    write('history', { runs: [], history: historyIn(join(another, 'image.tar')) });
    if (ready.way === 'buildx') {
      const platforms = ['linux/amd64', 'linux/arm64'];
      await note('build-several', (there) => buildFile(one, ready, 'several', there, { platforms }));
    }
  }
  if (tool.kind === 'cataloguer') {
    mkdirSync(join(folder, 'app'));
    writeFileSync(join(folder, 'app', 'package-lock.json'), lockFile);
    for (const format of ['spdx', 'cyclonedx'] as const)
      await note(`list-${format}`, (stage) => list(tool, ready, format, stage));
  }
  if (tool.kind === 'signer') {
    const host = await startSigning(program, folder, context);
    places['registry'] = host;
    await recordSigning(tool, ready, host, note);
  }
  if (tool.kind === 'scanner') await note('scan', (stage) => scan(tool, ready, stage));
}

/** Two pairs of keys, no public services, and a registry with an image. @returns the host of the registry */
async function startSigning(program: string, folder: string, context: TestContext): Promise<string> {
  const registry = await startDockerRegistry(findTool('docker-registry') ?? '');
  context.after(() => registry.stop());
  await new Pusher(`http://${registry.host}`).image('team/app', signedImage, '1.4.0');
  const env = { COSIGN_PASSWORD: '' };
  for (const name of ['cosign', 'other'])
    await ask({ program, args: ['generate-key-pair', `--output-key-prefix=${name}`], env }, folder);
  const services = await ask({ program, args: ['signing-config', 'create'] }, folder);
  writeFileSync(join(folder, 'services.json'), services.stdout);
  writeFileSync(join(folder, 'list.json'), '{"spdxVersion":"SPDX-2.3","packages":[]}');
  return registry.host;
}

async function recordSigning(
  tool: Signer,
  found: FoundTool,
  host: string,
  note: (name: string, work: (stage: Stage) => Promise<unknown>) => Promise<void>,
): Promise<void> {
  await note('verify-unsigned', (stage) => verify(tool, found, 'cosign', { ...stage, host }));
  await note('sign-no-key', (stage) => sign(tool, found, 'missing', { ...stage, host }));
  await note('sign', (stage) => sign(tool, found, 'cosign', { ...stage, host }));
  await note('verify', (stage) => verify(tool, found, 'cosign', { ...stage, host }));
  await note('verify-other', (stage) => verify(tool, found, 'other', { ...stage, host }));
  await note('attest', (stage) => attest(tool, found, { ...stage, host }));
  await note('verify-list', (stage) => verify(tool, found, 'cosign', { ...stage, host }, 'spdx'));
  await note('verify-no-list', (stage) => verify(tool, found, 'cosign', { ...stage, host }, 'cyclonedx'));
}

/** The folder of docker's service, which it names in some errors. */
function storeOf({ env }: TestEngine): string {
  return dirname((env['DOCKER_HOST'] ?? 'unix:///nowhere/x').replace('unix://', ''));
}

/** @param archive as `docker save` writes it */
function historyIn(archive: string): HistoryStep[] {
  const read = (name: string): unknown =>
    JSON.parse(execFileSync('tar', ['-xOf', archive, name], { encoding: 'utf8' }));
  const [{ Config: config }] = read('manifest.json') as [{ Config: string }];
  const { history } = read(config) as { history: HistoryStep[] };
  return history.map(({ created_by, empty_layer }) => ({
    created_by,
    ...(empty_layer ? { empty_layer } : {}),
  }));
}
