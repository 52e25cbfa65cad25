// Renames a build argument or a stage in the files that state how a Dockerfile is built. How each kind of file writes it is
// not looked at here: a place is renamed if reading the changed text shows that just this name has changed.
import { dirname } from 'node:path';
import type { OtherFile, OutsideName } from '../../../core/analysis/context/outside-names';
import { applyEdits } from '../../../core/text/edit';
import type { Edit } from '../../../core/text/edit';
import type { BuildDefinition, BuildSource } from './find-builds';

interface Refusal {
  readonly refused: string;
}

/** Places of a name in one file: each costs reading the file once more. */
const mostPlaces = 30;

/**
 * @param path absolute path of the Dockerfile
 * @param sources the files around that state builds
 * @returns the edits of each file that names it; or why they cannot be made
 */
export function renameInBuilds(
  path: string,
  sources: readonly BuildSource[],
  renamed: OutsideName,
): readonly OtherFile[] | Refusal {
  const read = sources.map((source) => ({ source, builds: source.read(source.text) }));
  const services = new Set(
    read.flatMap(({ source, builds }) =>
      builds.filter((build) => build.dockerfile === path).map((build) => serviceOf(source, build)),
    ),
  );
  const changed: OtherFile[] = [];
  for (const { source, builds } of read) {
    /** Those of this Dockerfile, also in a file that is laid over the one with the context. */
    const isOwn = (build: BuildDefinition): boolean =>
      build.dockerfile === path ||
      (build.kind === 'compose' && build.context === undefined && services.has(serviceOf(source, build)));
    const naming = builds.filter((build) => isOwn(build) && names(build, renamed));
    if (naming.length === 0) continue;
    const edits = editsIn(source, builds, isOwn, renamed);
    if ('refused' in edits) return edits;
    changed.push({ path: source.path, text: source.text, edits });
  }
  return changed;
}

function serviceOf({ path }: BuildSource, { name }: BuildDefinition): string {
  return JSON.stringify([dirname(path), name]);
}

function names({ argNames, target }: BuildDefinition, { kind, name }: OutsideName): boolean {
  return kind === 'arg' ? argNames.has(name) : target?.toLowerCase() === name.toLowerCase();
}

function editsIn(
  { path, text, read }: BuildSource,
  builds: readonly BuildDefinition[],
  isOwn: (build: BuildDefinition) => boolean,
  renamed: OutsideName,
): readonly Edit[] | Refusal {
  const { kind, name, newName } = renamed;
  const what = kind === 'arg' ? `passes the build argument "${name}"` : `builds the stage "${name}"`;
  const file = path.replace(/^.*[/\\]/, '');
  const passed = builds.find((build) => isOwn(build) && build.argNames.get(name) === 'environment');
  if (kind === 'arg' && passed)
    return {
      refused: `${file} takes the build argument "${name}" of ${passed.name} from the environment variable of that name. Rename it there by hand, then here`,
    };
  const byHand = {
    refused: `${file} ${what}, and Drydock cannot tell where. Rename it there by hand, then here`,
  };
  const places = placesOf(text, name, kind);
  if (places.length > mostPlaces) return byHand;
  const edits: Edit[] = [];
  for (const start of places) {
    const edit = { start, end: start + name.length, text: newName };
    const after = read(applyEdits(text, [edit]));
    // A place that is nothing to the reader: a comment, a value, a name of something else.
    if (after.length !== builds.length) continue;
    const changed = builds.filter((build, at) => namesOf(build, kind) !== namesOf(after[at], kind));
    const other = changed.find((build) => !isOwn(build));
    if (!changed.some(isOwn)) continue;
    if (other)
      return {
        refused: `${file} ${what} at a place that "${other.name}" shares, which is built from another file. Rename it there by hand, then here`,
      };
    edits.push(edit);
  }
  const wanted = builds.map((build) => (isOwn(build) ? withName(build, renamed) : build));
  return isEqual(read(applyEdits(text, edits)), wanted) ? edits : byHand;
}

/** Where a name stands alone, and not as a variable. The names of stages are compared without case. */
function placesOf(text: string, name: string, kind: OutsideName['kind']): readonly number[] {
  const found: number[] = [];
  const [within, wanted] = kind === 'stage' ? [text.toLowerCase(), name.toLowerCase()] : [text, name];
  for (let at = within.indexOf(wanted); at >= 0; at = within.indexOf(wanted, at + 1)) {
    const before = text.slice(Math.max(at - 2, 0), at);
    if (!/[\w.$]$|\$\{$/.test(before) && !/^[\w.]/.test(text.slice(at + name.length, at + name.length + 1)))
      found.push(at);
  }
  return found;
}

function namesOf(build: BuildDefinition | undefined, kind: OutsideName['kind']): string {
  return kind === 'arg' ? JSON.stringify([...(build?.argNames.keys() ?? [])]) : (build?.target ?? '');
}

function withName(build: BuildDefinition, { kind, name, newName }: OutsideName): BuildDefinition {
  if (kind === 'stage')
    return build.target?.toLowerCase() === name.toLowerCase() ? { ...build, target: newName } : build;
  const rename = <V>(map: ReadonlyMap<string, V>): ReadonlyMap<string, V> =>
    new Map([...map].map(([key, value]) => [key === name ? newName : key, value]));
  return { ...build, args: rename(build.args), argNames: rename(build.argNames) };
}

function isEqual(a: readonly BuildDefinition[], b: readonly BuildDefinition[]): boolean {
  const texts = [a, b].map((all) =>
    JSON.stringify(all.map((one) => ({ ...one, args: sorted(one.args), argNames: sorted(one.argNames) }))),
  );
  return texts[0] === texts[1];
}

/** A file that inherits may give the same in another order. */
function sorted<V>(map: ReadonlyMap<string, V>): readonly (readonly [string, V])[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}
