// How two built images differ, and that in a sentence for the page of a rule.
import type { ImageTree, TreeEntry } from './image-tree';

/** What a build came to: an image, or nothing because a step failed. */
export type Built = ImageTree | 'stopped';

/** Logs and lists of what is installed tell what ran, so they differ whenever the steps do. */
const records = ['/var/log/', '/var/lib/dpkg/', '/var/lib/apt/extended_states', '/var/lib/rpm/'];

interface Difference {
  readonly lost: readonly string[];
  readonly gained: readonly string[];
  /** Paths with what changes of them. */
  readonly changed: ReadonlyMap<string, string>;
  readonly config: readonly string[];
}

function differenceOf(before: ImageTree, after: ImageTree): Difference {
  const changed = new Map<string, string>();
  for (const [path, one] of before.entries) {
    const other = after.entries.get(path);
    const what = other && changeOf(one, other);
    if (what) changed.set(path, what);
  }
  const keys = [...new Set([...Object.keys(before.config), ...Object.keys(after.config)])].sort();
  return {
    lost: [...before.entries.keys()].filter((path) => !after.entries.has(path)),
    gained: [...after.entries.keys()].filter((path) => !before.entries.has(path)),
    changed,
    config: keys.flatMap((key) => {
      const [one = '', other = ''] = apart(key, before.config[key], after.config[key]).map(inCode);
      return one === other ? [] : [`\`${key}\` changes from ${one} to ${other}`];
    }),
  };
}

/** Of two lists or two records, what the other one has not; of other values, both. */
function apart(key: string, one: unknown, other: unknown): readonly [unknown, unknown] {
  // Each variable has a name, so its place in the list does not matter.
  if (key === 'Env' && Array.isArray(one) && Array.isArray(other))
    return [one.filter((value) => !other.includes(value)), other.filter((value) => !one.includes(value))];
  const isRecord = (value: unknown): value is object => typeof value === 'object' && value !== null;
  if (!isRecord(one) || !isRecord(other)) return [one, other];
  const missing = (from: object, among: object): unknown => {
    const known = new Set(Object.entries(among).map((entry) => JSON.stringify(entry)));
    const left = Object.entries(from).filter((entry) => !known.has(JSON.stringify(entry)));
    return Array.isArray(from) ? left.map(([, value]) => value as unknown) : Object.fromEntries(left);
  };
  // An order matters in a command, and where a list grows nothing else is told apart.
  return Array.isArray(one) && Array.isArray(other) && one.length !== other.length
    ? [one, other]
    : [missing(one, other), missing(other, one)];
}

function inCode(value: unknown): string {
  return /^(?:""|\[\]|\{\}|undefined)$/.test(String(JSON.stringify(value)))
    ? 'nothing'
    : `\`${JSON.stringify(value)}\``;
}

function changeOf(one: TreeEntry, other: TreeEntry): string | undefined {
  if (one.kind !== other.kind) return 'becomes something else';
  if (one.owner !== other.owner) return `belongs to ${other.owner} and not to ${one.owner}`;
  if (one.mode !== other.mode) return `has mode ${other.mode.toString(8)} and not ${one.mode.toString(8)}`;
  return one.content === other.content ? undefined : 'differs in content';
}

/** Whether two builds of one text can tell what of a difference is by chance: times in logs, random names. */
export function needsControl(before: Built, after: Built): boolean {
  if (before === 'stopped' || after === 'stopped') return false;
  const { gained, changed } = differenceOf(before, after);
  return gained.length > 0 || changed.size > 0;
}

/** @param control another build of the first text: what it has not in common with the first is no difference */
export function sentence(before: Built, after: Built, control: Built = before): string {
  if (before === 'stopped' || after === 'stopped' || control === 'stopped') {
    if (before === after) return 'both builds stop';
    return before === 'stopped'
      ? 'the build stops before the fix, and succeeds after it'
      : 'the build succeeds before the fix, and stops after it';
  }
  const chance = differenceOf(before, control);
  const byChance = new Set([...chance.lost, ...chance.gained, ...chance.changed.keys()]);
  const { lost, gained, changed, config } = differenceOf(before, after);
  const isReal = (path: string): boolean =>
    !byChance.has(path) && !records.some((folder) => path.startsWith(folder));
  const says = new Map<string, string[]>();
  for (const [path, what] of changed) if (isReal(path)) says.set(what, [...(says.get(what) ?? []), path]);
  const megabytes = (before.bytes - after.bytes) / 1e6;
  const parts = [
    ...inWords('the image loses', lost.filter(isReal)),
    ...inWords('the image gains', gained.filter(isReal)),
    ...[...says].flatMap(([what, paths]) => inWords('', paths).map((list) => `${list} ${what}`)),
    ...config,
    ...fewer(before.layers - after.layers),
    ...(Math.abs(megabytes) < 0.1
      ? []
      : [`the layers are ${Math.abs(megabytes).toFixed(1)} MB ${megabytes > 0 ? 'smaller' : 'larger'}`]),
  ];
  return parts.length === 0
    ? 'both images are the same, file by file'
    : `${parts.join(', ')}; all else stays`;
}

function fewer(layers: number): readonly string[] {
  if (layers === 0) return [];
  return [
    `the image has ${String(Math.abs(layers))} ${layers > 0 ? 'fewer' : 'more'} ${Math.abs(layers) === 1 ? 'layer' : 'layers'}`,
  ];
}

/** Paths without those below others of them; several in one folder are `FOLDER/*`. */
function inWords(start: string, paths: readonly string[]): readonly string[] {
  const all = new Set(paths);
  const folderOf = (path: string): string => path.replace(/\/[^/]*$/, '');
  const isBelowOne = (path: string): boolean => {
    for (let at = folderOf(path); at !== ''; at = folderOf(at)) if (all.has(at)) return true;
    return false;
  };
  const byFolder = new Map<string, string[]>();
  for (const path of [...paths].filter((one) => !isBelowOne(one)).sort())
    byFolder.set(folderOf(path), [...(byFolder.get(folderOf(path)) ?? []), path]);
  if (byFolder.size === 0) return [];
  const several = [...byFolder].filter(([, { length }]) => length > 1).map(([folder]) => `${folder}/`);
  const words = [...byFolder].flatMap(([folder, [first = '', ...more]]) => {
    if (several.some((one) => folder.startsWith(one))) return [];
    return more.length === 0 ? `\`${first}\`` : `\`${folder}/*\``;
  });
  return [`${start} ${words.join(', ')}`.trim()];
}
