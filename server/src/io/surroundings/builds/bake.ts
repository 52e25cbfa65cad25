// The targets of a Bake file, in HCL or JSON. https://docs.docker.com/build/bake/reference/
import { isRecord } from '../../../core/text/record';
import { readHcl } from './hcl';
import type { HclValue } from './hcl';
import { readJson } from '../../../core/text/read-json';
import { expand, isRemote, known, readPairs, textsOf, unknownValue } from './stated-build';
import type { Lookup, StatedBuild } from './stated-build';

type Attributes = ReadonlyMap<string, HclValue>;

/** Real targets inherit from one or two. */
const mostParents = 10;

export function readBakeHcl(text: string): readonly StatedBuild[] {
  const targets = new Map<string, Attributes>();
  const variables = new Map<string, string>();
  for (const { type, labels, attributes } of readHcl(text)) {
    const [name] = labels;
    const value = attributes.get('default');
    // Several blocks of one target are one.
    if (type === 'target' && name !== undefined)
      targets.set(name, new Map([...(targets.get(name) ?? []), ...attributes]));
    else if (type === 'variable' && name !== undefined && typeof value === 'string')
      variables.set(name, value);
  }
  return readTargets(targets, (name) => variables.get(name));
}

export function readBakeJson(text: string): readonly StatedBuild[] {
  const value = readJson(text);
  if (!isRecord(value)) return [];
  const objectsOf = (key: string): [string, Attributes][] =>
    Object.entries(isRecord(value[key]) ? value[key] : {}).flatMap(([name, one]) =>
      isRecord(one) ? [[name, toValues(one, 1)]] : [],
    );
  const variables = new Map(objectsOf('variable'));
  return readTargets(new Map(objectsOf('target')), (name) => {
    const text = variables.get(name)?.get('default');
    return typeof text === 'string' ? text : undefined;
  });
}

/** @param depth how many levels of objects to read below this one */
function toValues(object: Readonly<Record<string, unknown>>, depth: number): Attributes {
  return new Map(
    Object.entries(object).map(([key, value]): [string, HclValue] => {
      if (typeof value === 'string') return [key, value];
      if (Array.isArray(value)) return [key, textsOf(value)];
      return [key, isRecord(value) && depth > 0 ? toValues(value, depth - 1) : undefined];
    }),
  );
}

function readTargets(targets: ReadonlyMap<string, Attributes>, lookup: Lookup): readonly StatedBuild[] {
  const resolved = new Map<string, Attributes>();
  /** What a target inherits, below what it says itself; of several the last one wins. */
  const resolve = (name: string): Attributes => {
    const known = resolved.get(name);
    const own = targets.get(name);
    if (known || !own) return known ?? new Map();
    // A circle ends at what the target says itself.
    resolved.set(name, own);
    const inherits = own.get('inherits');
    const all = new Map<string, HclValue>();
    for (const parent of textsOf(inherits).slice(0, mostParents))
      for (const [key, value] of resolve(parent)) all.set(key, value);
    for (const [key, value] of own) {
      const below = all.get(key);
      const areArgs = key === 'args' && value instanceof Map && below instanceof Map;
      all.set(
        key,
        areArgs ? new Map<string, HclValue>([...(below as Attributes), ...(value as Attributes)]) : value,
      );
    }
    resolved.set(name, all);
    return all;
  };
  return [...targets.keys()].map((name) => readTarget(name, resolve(name), lookup));
}

function readTarget(name: string, attributes: Attributes, lookup: Lookup): StatedBuild {
  const read = (key: string, otherwise?: string): string | undefined => {
    if (!attributes.has(key)) return otherwise;
    const value = attributes.get(key);
    return typeof value === 'string' ? expand(value, lookup) : '$';
  };
  const context = read('context', '.') ?? '.';
  const dockerfile = read('dockerfile');
  const isUnknown = dockerfile?.includes('$') === true || attributes.has('dockerfile-inline');
  const args = attributes.get('args');
  const tags = attributes.get('tags');
  return {
    name,
    context: isUnknown || isRemote(context) ? undefined : known(context),
    dockerfile,
    dockerfileFrom: 'context',
    target: known(read('target')),
    ...readPairs(
      args instanceof Map
        ? [...(args as Attributes)].map(
            ([key, value]) => `${key}=${typeof value === 'string' ? expand(value, lookup) : unknownValue}`,
          )
        : [],
    ),
    tags: textsOf(tags).map((tag) => expand(tag, lookup)),
  };
}
