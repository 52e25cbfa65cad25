// The images that a GitHub workflow builds. https://github.com/docker/build-push-action#inputs
import { isRecord } from '../../../core/text/record';
import type { JsonObject } from '../../../core/text/record';
import { readBuildCommands } from './build-commands';
import { readYaml } from './read-yaml';
import { isRemote, known, readPairs, textOf } from './stated-build';
import type { Lookup, StatedBuild } from './stated-build';

/** Combinations of a matrix that are looked at. */
const mostVariants = 50;

export function readWorkflow(text: string): readonly StatedBuild[] {
  const [workflow] = readYaml(text);
  const jobs = workflow?.['jobs'];
  if (!workflow || !isRecord(jobs)) return [];
  return Object.entries(jobs).flatMap(([name, job]) => {
    const steps = isRecord(job) ? job['steps'] : undefined;
    if (!isRecord(job) || !Array.isArray(steps)) return [];
    return steps.flatMap((step: unknown) => {
      if (!isRecord(step)) return [];
      const lookup = valuesOf([workflow['env'], job['env'], step['env']]);
      return variantsOf(job).flatMap((matrix) =>
        readStep(name, step, (key) =>
          key.startsWith('matrix.') ? matrix(key.slice('matrix.'.length)) : lookup(key.replace(/^env\./, '')),
        ),
      );
    });
  });
}

function readStep(job: string, step: JsonObject, lookup: Lookup): readonly StatedBuild[] {
  const action = textOf(step['uses']) ?? '';
  const given = isRecord(step['with']) ? step['with'] : {};
  const read = (key: string): string | undefined => {
    const text = textOf(given[key]);
    return text === undefined ? undefined : withValues(text, lookup);
  };
  const lines = (key: string): readonly string[] =>
    (read(key) ?? '').split(/[\n,]/).flatMap((line) => line.trim() || []);
  const nothing = { dockerfile: undefined, dockerfileFrom: 'base', target: undefined } as const;
  const name = textOf(step['name']) ?? job;
  if (action.startsWith('docker/metadata-action'))
    return [{ ...nothing, name, context: undefined, ...readPairs([]), tags: lines('images') }];
  if (action.startsWith('docker/build-push-action')) {
    const context = read('context') ?? '.';
    const file = read('file');
    return [
      {
        ...nothing,
        name,
        context: isRemote(context) || file?.includes('$') ? undefined : known(context),
        dockerfile: file,
        target: known(read('target')),
        ...readPairs((read('build-args') ?? '').split('\n')),
        tags: lines('tags'),
      },
    ];
  }
  return readBuildCommands(withValues(textOf(step['run']) ?? '', lookup), (key) => lookup(`env.${key}`));
}

/** Replaces the expressions whose value is known. */
function withValues(text: string, lookup: Lookup): string {
  return text.replaceAll(/\$\{\{\s*([\w.-]+)\s*\}\}/g, (found, path: string) =>
    path === 'github.workspace' ? '.' : (lookup(path) ?? found),
  );
}

/** Variables by name; the last mapping that has one decides. */
function valuesOf(mappings: readonly unknown[]): Lookup {
  const values = new Map<string, string>();
  for (const mapping of mappings) {
    for (const [name, value] of isRecord(mapping) ? Object.entries(mapping) : []) {
      const text = textOf(value);
      if (text !== undefined && !text.includes('${{')) values.set(name, text);
    }
  }
  return (name) => values.get(name);
}

/** The values of a matrix: each entry of `include` together, and each value of a list for itself. */
function variantsOf(job: JsonObject): readonly Lookup[] {
  const strategy = isRecord(job['strategy']) ? job['strategy'] : {};
  const matrix = isRecord(strategy['matrix']) ? strategy['matrix'] : {};
  const variants = Object.entries(matrix).flatMap(([key, values]) =>
    Array.isArray(values)
      ? values.map((value: unknown) =>
          valuesOf([isRecord(value) && key === 'include' ? value : { [key]: value }]),
        )
      : [],
  );
  return variants.length === 0 ? [() => undefined] : variants.slice(0, mostVariants);
}
