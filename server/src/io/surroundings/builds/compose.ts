// The builds of a Compose file, and the images that they are called. https://docs.docker.com/reference/compose-file/build/
import { isRecord } from '../../../core/text/record';
import { readYaml } from './read-yaml';
import { expand, isRemote, known, readPairs, textOf, textsOf } from './stated-build';
import type { StatedBuild } from './stated-build';

/** @param isOverride a file that is laid over another one, so that what it does not say has no default */
export function readCompose(text: string, isOverride: boolean): readonly StatedBuild[] {
  const services = readYaml(text)[0]?.['services'];
  if (!isRecord(services)) return [];
  return Object.entries(services).flatMap(([name, service]) => {
    if (!isRecord(service)) return [];
    const { build, image } = service;
    const tags = textsOf(image);
    if (typeof build === 'string') return [readBuild(name, { context: build }, tags, false)];
    return isRecord(build) ? [readBuild(name, build, tags, isOverride)] : [];
  });
}

function readBuild(
  name: string,
  build: Readonly<Record<string, unknown>>,
  tags: readonly string[],
  isOverride: boolean,
): StatedBuild {
  const read = (key: string): string | undefined => {
    const text = textOf(build[key]);
    return text === undefined ? undefined : expand(text);
  };
  const context = read('context') ?? (isOverride ? '$' : '.');
  const dockerfile = read('dockerfile');
  const isUnknown = dockerfile?.includes('$') === true || build['dockerfile_inline'] !== undefined;
  return {
    name,
    context: isUnknown || isRemote(context) ? undefined : known(context),
    dockerfile,
    dockerfileFrom: 'context',
    target: known(read('target')),
    ...readPairs(pairsOf(build['args']).map((pair) => expand(pair))),
    tags: [...tags, ...textsOf(build['tags'])].map((tag) => expand(tag)),
  };
}

/** A mapping, or a list of `NAME=value`. */
function pairsOf(args: unknown): readonly string[] {
  if (!isRecord(args)) return textsOf(args);
  return Object.entries(args).flatMap(([name, value]) => {
    const text = textOf(value);
    // Compose takes an argument without a value from its environment.
    return text === undefined ? name : `${name}=${text}`;
  });
}
