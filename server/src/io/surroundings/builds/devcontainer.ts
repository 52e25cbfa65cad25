// The build of a development container. https://containers.dev/implementors/json_reference/
import { isRecord } from '../../../core/text/record';
import { readJson } from '../../../core/text/read-json';
import { isRemote, known, readPairs, textOf, unknownValue } from './stated-build';
import type { StatedBuild } from './stated-build';

export function readDevcontainer(text: string): readonly StatedBuild[] {
  const value = readJson(text);
  if (!isRecord(value)) return [];
  const build = isRecord(value['build']) ? value['build'] : {};
  const dockerfile = textOf(build['dockerfile']) ?? textOf(value['dockerFile']);
  if (dockerfile === undefined) return [];
  const context = textOf(build['context']) ?? textOf(value['context']) ?? '.';
  const args = isRecord(build['args']) ? Object.entries(build['args']) : [];
  return [
    {
      name: textOf(value['name']) ?? 'devcontainer',
      context: isRemote(context) || dockerfile.includes('$') ? undefined : known(context),
      dockerfile,
      dockerfileFrom: 'base',
      target: known(textOf(build['target'])),
      ...readPairs(args.map(([key, raw]) => `${key}=${textOf(raw) ?? unknownValue}`)),
      tags: [],
    },
  ];
}
