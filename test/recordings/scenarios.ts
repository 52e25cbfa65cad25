// What the tools are asked when they are recorded. The tests play the same scenarios on the recordings.
import { fileIn, folderPath, imageName } from '../../server/src/workflow/checked-arguments';
import { probeTool } from '../../server/src/workflow/find-tools';
import type { Outcome } from '../../server/src/workflow/run';
import { scanImage } from '../../server/src/workflow/scan/scan-image';
import type { ScanReport } from '../../server/src/workflow/scan/report';
import type { BuildEnd } from '../../server/src/workflow/build/build-run';
import type { Engine, FoundTool, Machine, Scanner, Tool } from '../../server/src/workflow/tool';
import { buildOrder, checked } from '../harness/build-order';

export interface Stage {
  readonly machine: Machine;
  /** Holds the Dockerfiles and a static busybox. */
  readonly folder: string;
  /** An empty folder. */
  readonly scratch: string;
  /** For every build, as the machine needs them. */
  readonly moreArguments: readonly string[];
}

const base = 'FROM scratch AS base\nCOPY busybox /bin/busybox\nCOPY busybox /bin/sh\n';

/** By name; the failing instruction begins at «. */
export const dockerfiles = {
  works: `${base}RUN busybox true\n`,
  'run-fails': `${base}RUN echo before\n«RUN echo the-reason >&2; \\\n    exit 3\nRUN echo never\n`,
  'copy-fails': `${base}«COPY nothing /y\n`,
  'unknown-instruction': `${base}«FRM x\n`,
} as const;

export type DockerfileName = keyof typeof dockerfiles;

export function plainText(name: DockerfileName): string {
  return dockerfiles[name].replace('«', '');
}

/** All questions of a probe. */
export function probe(
  tool: Tool,
  program: string,
  { machine, folder }: Stage,
): Promise<FoundTool | undefined> {
  return probeTool(tool, { id: tool.id, program }, machine, folder);
}

export function build(
  engine: Engine,
  found: FoundTool,
  name: DockerfileName,
  { machine, folder, moreArguments }: Stage,
): Promise<Outcome<BuildEnd>> {
  const order = { dockerfile: `${folder}/${name}.Dockerfile`, context: folder, tag: 'drydock-recording:1' };
  return machine.runner.run(engine.commands.build(found, buildOrder({ ...order, moreArguments })), {
    folder,
  });
}

export function save(
  engine: Engine,
  found: FoundTool,
  tag: string,
  { machine, folder, scratch }: Stage,
): Promise<Outcome<undefined>> {
  const file = fileIn(checked(folderPath, scratch), 'image.tar');
  return machine.runner.run(engine.commands.save(found, checked(imageName, tag), file), { folder });
}

/** Scans an image that an engine has written out. */
export function scan(
  scanner: Scanner,
  found: FoundTool,
  { machine, folder, scratch }: Stage,
): Promise<Outcome<ScanReport>> {
  const place = checked(folderPath, scratch);
  const attempts = [{ subject: { kind: 'archive', file: fileIn(place, 'image.tar') } }] as const;
  return scanImage(attempts, scanner, found, place, machine.runner, { folder });
}
