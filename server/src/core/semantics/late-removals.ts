// What steps delete that an earlier step has written: it is hidden then, but its bytes stay in the layer below.
// What is written and deleted has names that can be compared: `cache apt`, `package apk .deps`, `file /tmp/x`.
import { argumentsOf, findOption } from '../shell/options';
import type { Command } from '../shell/types';
import type { Instruction } from '../syntax/nodes';
import { cachesLeftBy, cleansCache } from './caches-left';
import type { PackageCommand } from './installs';
import { deletedPaths, fromHome, isBelow, mountedAway } from './layer';
import { mayInstall, packageCommandOf } from './list-users';
import type { Model, Stage } from './model';
import { PersistentMap } from './persistent-map';

export interface LateRemoval {
  readonly command: Command;
  /** The earlier step that wrote what it deletes. */
  readonly source: Instruction;
}

type Written = PersistentMap<Instruction | undefined>;

/** The commands, in stages that reach the image, that delete what an earlier layer holds. */
export function lateRemovals(model: Model): readonly LateRemoval[] {
  const found: LateRemoval[] = [];
  const after = new Map<Stage, Written>();
  for (const stage of model.stages) {
    if (!stage.reachesImage) continue;
    let written = (stage.parent && after.get(stage.parent)) ?? PersistentMap.empty<Instruction | undefined>();
    for (const instruction of stage.instructions) {
      if (instruction.keyword === 'RUN') {
        const { removals, left } = walkRun(model, instruction, written);
        found.push(...removals);
        for (const name of left) written = written.with(name, instruction);
        for (const { names } of removals) for (const name of names) written = written.with(name, undefined);
      } else if (/^(?:COPY|ADD)$/.test(instruction.keyword)) {
        for (const path of copiedFiles(model, instruction))
          written = written.with(`file ${path}`, instruction);
      }
    }
    after.set(stage, written);
  }
  return found;
}

function walkRun(
  model: Model,
  run: Instruction,
  written: Written,
): { removals: (LateRemoval & { names: readonly string[] })[]; left: ReadonlySet<string> } {
  const commands = model.commandsOf(run);
  const uses = commands.flatMap((command) => packageCommandOf(model, command) ?? []);
  const away = mountedAway(run).map(fromHome);
  const own = new Set<string>();
  const removals: (LateRemoval & { names: readonly string[] })[] = [];
  let unknown = false;
  let moved = false;
  for (const command of commands) {
    const use = packageCommandOf(model, command);
    const names = takenAway(model, command, use, moved).filter((name) => {
      if (own.delete(name)) return false;
      return written.get(name) !== undefined && !(unknown && name.startsWith('cache'));
    });
    const [first] = names;
    const source = first === undefined ? undefined : written.get(first);
    // In a branch it is perhaps not run; behind `||` it tidies up after a failure.
    if (source && command.nesting.length === 0 && command.before !== '||')
      removals.push({ command, source, names });
    for (const name of broughtBy(model, command, use, moved)) {
      if (!isBelow(name.slice(name.indexOf(' ') + 1), away)) own.add(name);
    }
    unknown ||= mayInstall(command);
    moved ||= /^(?:cd|pushd)$/.test(command.program);
  }
  for (const name of own) if (name.startsWith('cache')) own.delete(name);
  for (const { use } of cachesLeftBy(model, run, uses)) own.add(`cache ${use.manager.family}`);
  return { removals, left: own };
}

/** Names of what a command deletes. @param moved whether the working directory is no longer that of the image */
function takenAway(
  model: Model,
  command: Command,
  use: PackageCommand | undefined,
  moved: boolean,
): readonly string[] {
  if (use?.action === 'remove')
    return use.packages.flatMap(({ value }) =>
      value === undefined ? [] : [`package ${use.manager.family} ${value}`],
    );
  const names = use && cleansCache(use) ? [`cache ${use.manager.family}`] : [];
  for (const written of deletedPaths(command)) {
    const path = absolute(model, command.instruction, written, moved);
    if (path === undefined) continue;
    names.push(`file ${path}`);
    for (const [family, folder] of caches) if (isBelow(folder, [path])) names.push(`cache ${family}`);
  }
  return names;
}

const caches = [
  ['apt', '/var/lib/apt/lists'],
  ['apk', '/var/cache/apk'],
  ['pip', '~/.cache/pip'],
  ['rpm', '/var/cache/yum'],
  ['rpm', '/var/cache/dnf'],
] as const;

/** Names of what a command writes; caches as soon as it may fill them. */
function broughtBy(
  model: Model,
  command: Command,
  use: PackageCommand | undefined,
  moved: boolean,
): readonly string[] {
  if (use) {
    const { family, scope } = use.manager;
    const fills =
      family === 'apt' ? use.action === 'update' : use.action !== 'remove' && use.action !== 'clean';
    const names = fills ? [`cache ${family}`] : [];
    if (use.action !== 'install' || scope !== 'system') return names;
    const virtual = use.given.filter(({ name }) => name === '-t' || name === '--virtual');
    const packages = family === 'apk' && virtual.length > 0 ? virtual : use.packages;
    return [
      ...names,
      ...packages.flatMap(({ value }) => (value === undefined ? [] : [`package ${family} ${value}`])),
    ];
  }
  return writtenFiles(command).flatMap((file) => {
    const path = absolute(model, command.instruction, file, moved);
    return path === undefined ? [] : withFolders(path).map((one) => `file ${one}`);
  });
}

/** Where a command downloads to. */
function writtenFiles(command: Command): readonly string[] {
  const { program, redirects } = command;
  const files = redirects.flatMap(({ operator, target }) =>
    /^1?>>?\|?$/.test(operator) && target?.value !== undefined ? [target.value] : [],
  );
  const { operands } = argumentsOf(command);
  const base = (url: string): string => url.replace(/[?#].*$/, '').replace(/^.*\//, '');
  // The `?` of a query would be a glob, but matches no file.
  const urls = operands.flatMap(({ pattern }) =>
    pattern !== undefined && /^\w+:\/\/[^/]+\/.*[^/]$/.test(pattern) ? [pattern] : [],
  );
  if (program === 'curl') {
    const to = findOption(command, '-o', '--output')?.value;
    if (to !== undefined) return [...files, to];
    return findOption(command, '-O', '--remote-name', '--remote-name-all')
      ? [...files, ...urls.map(base)]
      : files;
  }
  if (program === 'wget') {
    const to = findOption(command, '-O', '--output-document')?.value;
    if (to !== undefined) return [...files, to];
    const folder = findOption(command, '-P', '--directory-prefix')?.value;
    return [
      ...files,
      ...urls.map((url) => (folder === undefined ? base(url) : `${folder.replace(/\/+$/, '')}/${base(url)}`)),
    ];
  }
  if (program === 'git' && operands[0]?.value === 'clone') {
    const target =
      operands[2]?.value ??
      (operands.length === 2 && urls[0] ? base(urls[0]).replace(/\.git$/, '') : undefined);
    return target === undefined ? files : [...files, target];
  }
  return files;
}

/** Scripts and settings are not worth the words. */
const small = /\.(?:sh|bash|py|pl|conf|cfg|cnf|ini|txt|list|patch|diff|asc|gpg|repo|service)$/;

/** Where COPY and ADD put files, as far as the names tell. */
function copiedFiles(model: Model, instruction: Instruction): readonly string[] {
  const words = instruction.json ?? instruction.words;
  const [target, ...sources] = words.map(({ value }) => value).reverse();
  if (target === undefined || sources.some((source) => /[*?[$]/.test(source) || small.test(source)))
    return [];
  // What ADD downloads it leaves packed.
  const unpacks =
    instruction.keyword === 'ADD' &&
    sources.some((source) => /^(?!https?:).*\.(?:tar|t[gbx]z|tar\.\w+)$/.test(source ?? ''));
  const path = absolute(model, instruction, target, false);
  if (path === undefined || unpacks) return [];
  if (!target.endsWith('/') && sources.length === 1) return withFolders(path);
  return sources.flatMap((source) =>
    withFolders(`${path.replace(/\/$/, '')}/${source.replace(/\/+$/, '').replace(/^.*\//, '')}`),
  );
}

/** A path from the root or the home directory, without a slash at its end; undefined where it cannot be told. */
function absolute(model: Model, at: Instruction, written: string, moved: boolean): string | undefined {
  const path = fromHome(written);
  if (/[$*?[]/.test(path)) return undefined;
  if (path.startsWith('/') || path.startsWith('~')) return path.replace(/(?<=[^/])\/+$/, '');
  const { workdir } = model.environmentAt(at);
  if (moved || workdir === undefined || path.startsWith('..')) return undefined;
  return fromHome(
    `${workdir.replace(/\/$/, '')}/${path.replace(/^(?:\.\/)+/, '')}`.replace(/(?<=[^/])\/+$/, ''),
  );
}

/** The path and the folders it lies in, but those right below the root: /tmp and /opt hold other things as well. */
function withFolders(path: string): string[] {
  const paths = [path];
  for (
    let at = path.lastIndexOf('/');
    path.indexOf('/', 1) < at && at > 0;
    at = path.lastIndexOf('/', at - 1)
  )
    paths.push(path.slice(0, at));
  return paths;
}
