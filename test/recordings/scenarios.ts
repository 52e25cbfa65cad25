// What the tools are asked when they are recorded. The tests play the same scenarios on the recordings.
import { fileIn, folderPath, imageId, imageName } from '../../server/src/workflow/checked-arguments';
import type { ImageId } from '../../server/src/workflow/checked-arguments';
import type { StoredImage } from '../../server/src/workflow/build/stored-image';
import { probeTool } from '../../server/src/workflow/find-tools';
import type { Outcome } from '../../server/src/workflow/run';
import { scanImage } from '../../server/src/workflow/scan/scan-image';
import type { ScanReport } from '../../server/src/workflow/scan/report';
import type { BuildEnd } from '../../server/src/workflow/build/build-run';
import type { Engine, FoundTool, Machine, Scanner, Tool } from '../../server/src/workflow/tool';
import { buildOrder, checked } from '../harness/build-order';
import type { OrderText } from '../harness/build-order';

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

/** Every way to write a step that makes a layer; a WORKDIR makes one in some builders. */
export const layers = `FROM scratch AS base
COPY busybox /bin/busybox
COPY busybox /bin/sh
FROM base AS made
RUN busybox mkdir -p /out && echo 1 > /out/a
FROM base
ARG NAME=b
ENV PLACE=/srv
COPY --from=made /out/a /a
COPY --chown=1:2 --from=made ["/out/a", "/with space/a"]
COPY busybox \${PLACE}/$NAME
WORKDIR app
RUN ["/bin/busybox", "touch", "/json"]
RUN echo "two  blanks" > /c && \\
    # a comment
    echo 2 > /d
ADD busybox ./
WORKDIR /deep/er
RUN busybox touch one-$NAME
`;

/** What BuildKit alone understands, below the same steps. */
export const moreLayers = `${layers}RUN <<EOF
echo heredoc > /e
echo second > /f
EOF
RUN sh <<EOF && echo after > /g
echo inner > /h
EOF
RUN --mount=type=cache,target=/cache echo mounted > /i
COPY --link --chmod=755 busybox /j
COPY <<one <<-"two" /files/
first
one
\tsecond
two
`;

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
  return buildFile(engine, found, name, { machine, folder, moreArguments });
}

export function buildFile(
  engine: Engine,
  found: FoundTool,
  name: string,
  { machine, folder, moreArguments }: Pick<Stage, 'machine' | 'folder' | 'moreArguments'>,
  more: Partial<OrderText> = {},
): Promise<Outcome<BuildEnd>> {
  const order = { dockerfile: `${folder}/${name}.Dockerfile`, context: folder, tag: 'drydock-recording:1' };
  const text = { ...order, moreArguments, ...more };
  return machine.runner.run(engine.commands.build(found, buildOrder(text)), { folder });
}

export function inspect(
  engine: Engine,
  found: FoundTool,
  tag: string,
  { machine, folder }: Stage,
): Promise<Outcome<StoredImage>> {
  return machine.runner.run(engine.commands.inspect(found, checked(imageName, tag)), { folder });
}

/** An image that no store has. */
export const missingImage = checked(imageId, '0'.repeat(64));

export function save(
  engine: Engine,
  found: FoundTool,
  image: ImageId,
  { machine, folder, scratch }: Stage,
): Promise<Outcome<undefined>> {
  const file = fileIn(checked(folderPath, scratch), 'image.tar');
  return machine.runner.run(engine.commands.save(found, image, file), { folder });
}

/** Scans an image that an engine has written out. */
export function scan(
  scanner: Scanner,
  found: FoundTool,
  { machine, folder, scratch }: Stage,
): Promise<Outcome<ScanReport>> {
  const place = checked(folderPath, scratch);
  const subject = { kind: 'archive', file: fileIn(place, 'image.tar') } as const;
  return scanImage([{ scan: scanner.commands.scan(found, subject, place) }], machine.runner, { folder });
}
