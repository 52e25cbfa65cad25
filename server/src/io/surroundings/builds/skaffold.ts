// The images that Skaffold builds with a Dockerfile. https://skaffold.dev/docs/references/yaml/
import { isRecord } from '../../../core/text/record';
import { readYaml } from './read-yaml';
import { isRemote, readPairs, textOf, unknownValue } from './stated-build';
import type { StatedBuild } from './stated-build';

export function readSkaffold(text: string): readonly StatedBuild[] {
  return readYaml(text).flatMap((document) => {
    const build = document['build'];
    const artifacts = isRecord(build) ? build['artifacts'] : undefined;
    return Array.isArray(artifacts) ? artifacts.flatMap((one: unknown) => readArtifact(one)) : [];
  });
}

function readArtifact(artifact: unknown): readonly StatedBuild[] {
  const image = isRecord(artifact) ? textOf(artifact['image']) : undefined;
  if (!isRecord(artifact) || image === undefined) return [];
  const docker = isRecord(artifact['docker']) ? artifact['docker'] : {};
  const context = textOf(artifact['context']) ?? '.';
  const isDocker = !['bazel', 'buildpacks', 'custom', 'jib', 'ko'].some((key) => artifact[key] !== undefined);
  const args = isRecord(docker['buildArgs']) ? Object.entries(docker['buildArgs']) : [];
  return [
    {
      name: image,
      context: isDocker && !isRemote(context) && !context.includes('{{') ? context : undefined,
      dockerfile: textOf(docker['dockerfile']),
      dockerfileFrom: 'context',
      target: textOf(docker['target']),
      ...readPairs(
        args.map(([name, value]) => {
          const text = textOf(value);
          return `${name}=${text === undefined || text.includes('{{') ? unknownValue : text}`;
        }),
      ),
      tags: [image],
    },
  ];
}
