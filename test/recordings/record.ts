// Asks the real tools of this machine and writes down what they say. Called by `npm run record`.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { FoundTool, Machine, Tool } from '../../server/src/workflow/tool';
import { engines, tools } from '../../server/src/workflow/tool-list';
import { dockerClients, startBuildah, startDocker, startPodman } from '../harness/engines';
import type { TestEngine } from '../harness/engines';
import { machineWithEnvironment } from '../harness/runs';
import { findTool } from '../harness/tools';
import { makeFolder } from '../harness/workspace';
import { recording } from './recording';
import { build, dockerfiles, plainText, probe, save, scan } from './scenarios';
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
}

async function start({ id }: Tool, context: TestContext): Promise<TestEngine> {
  const none = { env: {}, arguments: [] };
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
  copyFileSync(findTool('busybox') ?? '', join(folder, 'busybox'));
  const places = { folder, scratch, program, socket: engine.env['DOCKER_HOST'] ?? '‹none›' };
  let found: FoundTool | undefined;
  const note = async (name: string, work: (stage: Stage) => Promise<unknown>): Promise<void> => {
    const { runner, runs } = recording(machine.runner, places);
    await work({ machine: { ...machine, runner }, folder, scratch, moreArguments: engine.arguments });
    const way = found === undefined || found.way === '' || found.way === tool.id ? '' : `.${found.way}`;
    const path = `test/recordings/${tool.id}/${name}${way}.json`;
    mkdirSync(`test/recordings/${tool.id}`, { recursive: true });
    const file = { from: 'tool', version: found?.version ?? '', runs };
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
    await note('save', (stage) => save(one, ready, 'drydock-recording:1', stage));
    await note('save-missing', (stage) => save(one, ready, 'drydock-missing:1', stage));
  }
  if (tool.kind === 'scanner') await note('scan', (stage) => scan(tool, ready, stage));
}
