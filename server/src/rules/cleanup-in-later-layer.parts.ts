// What steps delete that an earlier step wrote: it is hidden then, but its bytes stay in the earlier layer.
// Everything written and deleted gets a comparable name: `cache apt`, `package apk .deps`, `file /tmp/x`.
import { isConditional } from '../core/analysis/commands/guard';
import { folderOf } from '../core/analysis/commands/folder';
import { deletes, deletionsOf, fitsName, mountedAway } from '../core/analysis/layers/layer-contents';
import { cachesLeftIn, cleansCache } from '../core/analysis/packages/caches-left';
import { mayInstall, packageCommandOf } from '../core/analysis/packages/package-commands';
import { cacheFolder } from '../core/analysis/packages/tool-caches';
import { managerOfProgram, packageManagers } from '../core/knowledge/packages/package-managers';
import { toolCacheNamed, toolCaches } from '../core/knowledge/packages/tool-caches';
import type { ToolCache, ToolFolder } from '../core/knowledge/packages/tool-caches';
import { keepsFiles, removers } from '../core/knowledge/programs/build-steps';
import type { PackageCommand } from '../core/model/installs';
import type { Model, Stage } from '../core/model/model';
import { argumentsOf, findOption } from '../core/shell/options';
import type { Command } from '../core/shell/types';
import type { Instruction } from '../core/syntax/nodes';
import { baseName, fromHome, isBelow, normalizePath, resolvePath } from '../core/text/paths';
import { PersistentMap } from '../core/text/persistent-map';

export interface LateRemoval {
  readonly command: Command;
  /** The earlier step that wrote what this one deletes. */
  readonly source: Instruction;
  /** Whether it deletes nothing but the caches of package managers. */
  readonly onlyCaches: boolean;
}

type Written = PersistentMap<Instruction | undefined>;

/** The commands that delete what an earlier layer contains, in stages that reach the image. */
export function lateRemovals(model: Model): readonly LateRemoval[] {
  const found: LateRemoval[] = [];
  if (!removesAny(model)) return found;
  const after = new Map<Stage, Written>();
  for (const stage of model.stages) {
    if (!stage.reachesImage) continue;
    let written = (stage.parent && after.get(stage.parent)) ?? PersistentMap.empty<Instruction | undefined>();
    for (const instruction of stage.instructions) {
      if (instruction.keyword === 'RUN') {
        const { removals, left, tidied } = walkRun(model, instruction, written);
        found.push(...removals);
        if (tidied) written = written.with(temporary, undefined);
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

/** Whether any command takes something away at all. */
function removesAny(model: Model): boolean {
  return (
    model.commandsNamed(...removers, 'find').length > 0 ||
    model.commandsNamed(...emptyingTools).length > 0 ||
    model.packageCommands.some(({ action }) => action === 'remove' || action === 'clean')
  );
}

const emptyingTools = toolCaches.flatMap(({ name, folders }) =>
  folders.some(({ emptied }) => emptied) ? [name] : [],
);

function walkRun(
  model: Model,
  run: Instruction,
  written: Written,
): {
  removals: (LateRemoval & { names: readonly string[] })[];
  left: ReadonlySet<string>;
  /** Whether files that an earlier step left in /tmp may be gone. */
  tidied: boolean;
} {
  const commands = model.commandsOf(run);
  const away = mountedAway(run).map(fromHome);
  const own = new Set<string>();
  const removals: (LateRemoval & { names: readonly string[] })[] = [];
  let unknown = false;
  let tidied = false;
  for (const command of commands) {
    // Only a command with a relative path needs the folder.
    const folder: Folder = () => folderOf(model, command);
    const use = packageCommandOf(model, command);
    const names = takenAway(model, command, use, written).filter((name) => {
      if (own.delete(name)) return false;
      if (tidied && name === temporary) return false;
      return written.get(name) !== undefined && !(unknown && name.startsWith('cache'));
    });
    const [first] = names;
    const source = first === undefined ? undefined : written.get(first);
    // A branch may not run, and a command after `||` cleans up after a failure.
    if (source && !isConditional(command)) {
      const onlyCaches = names.every((name) => name.startsWith('cache '));
      removals.push({ command, source, names, onlyCaches });
    }
    if (!leavesTemporary(model, command)) {
      tidied = true;
      own.delete(temporary);
    }
    const cached = cachedFiles(model, command);
    for (const name of broughtBy(command, use, folder, cached)) {
      // What an earlier step fetched, a tool does not fetch again.
      if (cached.includes(name) && written.get(name) !== undefined) continue;
      const path = name.slice(name.indexOf(' ') + 1);
      if (!away.some((one) => isBelow(path, one))) own.add(name);
    }
    unknown ||= mayInstall(command);
  }
  for (const name of own) if (name.startsWith('cache')) own.delete(name);
  for (const { use } of cachesLeftIn(model, run)) own.add(`cache ${use.manager.family}`);
  return { removals, left: own, tidied };
}

/** The folder a command runs in, worked out only when a path depends on it. */
type Folder = () => string | undefined;

/** What `/tmp/*` deletes: downloads, whatever their names. */
const temporary = 'inside /tmp';

/** Whether everything in /tmp is certain to be there after a command. */
function leavesTemporary(model: Model, command: Command): boolean {
  if (!removers.has(command.program)) return keepsFiles.has(command.program);
  const { known, more } = deletionsOf(model, command);
  return (
    !more &&
    known.every(({ pattern }) => {
      const from = pattern.replace(/\/[^/]*[*?[].*$/s, '');
      return from !== '' && from !== '/' && !isBelow(from, '/tmp');
    })
  );
}

/** Names of what a command deletes. */
function takenAway(
  model: Model,
  command: Command,
  use: PackageCommand | undefined,
  written: Written,
): readonly string[] {
  if (use?.action === 'remove')
    return use.packages.flatMap(({ value }) =>
      value === undefined ? [] : [`package ${use.manager.family} ${value}`],
    );
  const names = [
    ...(use && cleansCache(use) ? [`cache ${use.manager.family}`] : []),
    ...emptiedFolders(model, command),
  ];
  for (const one of deletionsOf(model, command).known) {
    const { path, isPart } = one;
    if (path === undefined && !isPart) names.push(...namedIn(written, one.pattern));
    if (one.only !== undefined && path !== undefined) names.push(...namedBelow(written, path, one.only));
    if (!isPart && path !== undefined) names.push(`file ${path}`, ...(path === '/tmp' ? [temporary] : []));
    for (const [cache, family] of cacheFolders) if (deletes(one, cache)) names.push(`cache ${family}`);
  }
  return names;
}

/** Names of the files below a folder that a pattern for their last part fits, among the first that were written. */
function namedBelow(written: Written, folder: string, pattern: string): readonly string[] {
  const start = `file ${folder}/`.replace('//', '/');
  if (!/[*?[]/.test(pattern)) return [start + pattern];
  return written
    .firstKeys(mostNames)
    .filter((name) => name.startsWith(start) && fitsName(pattern, baseName(name)));
}

/** The same for a pattern of the shell, which fits files of one folder: `/opt/*.deb`. */
function namedIn(written: Written, pattern: string): readonly string[] {
  const end = pattern.lastIndexOf('/');
  const folder = pattern.slice(0, end);
  return /[*?[\\]/.test(folder)
    ? []
    : namedBelow(written, folder, pattern.slice(end + 1)).filter(
        (name) => name.lastIndexOf('/') === `file ${folder}`.length,
      );
}

/** More names than this are not compared with a pattern. */
const mostNames = 64;

/** Families of package managers by the folders of their lists and downloads. */
const cacheFolders: ReadonlyMap<string, string> = new Map(
  packageManagers.flatMap(({ caches, family }) => caches.map((cache) => [cache, family] as const)),
);

/**
 * Names of what a command writes. Caches count as soon as the command may fill them.
 * @param cached those of the caches that a build tool leaves
 */
function broughtBy(
  command: Command,
  use: PackageCommand | undefined,
  folder: Folder,
  cached: readonly string[],
): readonly string[] {
  if (use) {
    const { family, scope, fillsCache } = use.manager;
    const modules = fillsNodeModules(command) ? absolute(nodeModules, folder) : undefined;
    const names = [
      ...(fillsCache.includes(use.action) ? [`cache ${family}`] : []),
      ...(modules === undefined ? [] : [`file ${modules}`]),
      ...cached,
    ];
    if (use.action !== 'install' || scope !== 'system') return names;
    const virtual = use.given.filter(({ name }) => name === '-t' || name === '--virtual');
    const packages = family === 'apk' && virtual.length > 0 ? virtual : use.packages;
    return [
      ...names,
      ...packages.flatMap(({ value }) => (value === undefined ? [] : [`package ${family} ${value}`])),
    ];
  }
  const files = writtenFiles(command).flatMap((file) => {
    const path = absolute(file, folder);
    if (path === undefined) return [];
    const names = withFolders(path).map((one) => `file ${one}`);
    return path.startsWith('/tmp/') && !small.test(path) ? [...names, temporary] : names;
  });
  return [...files, ...cached];
}

/** The caches that a build tool leaves in the home directory. */
function toolFolders(model: Model, command: Command): readonly string[] {
  const tool = toolCacheNamed(command.program);
  if (!tool?.verbs || !command.args.some(({ value }) => tool.verbs?.test(value ?? ''))) return [];
  return tool.folders.map((folder) => folderOfCache(model, { command, tool }, folder));
}

/** Names of those folders and of their parents. */
function cachedFiles(model: Model, command: Command): readonly string[] {
  const folders = toolFolders(model, command);
  return folders.length === 0 ? folders : folders.flatMap(withFolders).map((one) => `file ${one}`);
}

/** The folders of its caches that a build tool empties by itself: `go clean -modcache`. */
function emptiedFolders(model: Model, command: Command): string[] {
  const tool = toolCacheNamed(command.program);
  if (!tool?.verbs) return [];
  const words = command.args.map(({ text }) => text).join(' ');
  return tool.folders
    .filter(({ emptied }) => emptied?.test(words))
    .map((folder) => `file ${folderOfCache(model, { command, tool }, folder)}`);
}

/** `~` stands for the home directory. */
function folderOfCache(
  model: Model,
  use: { readonly command: Command; readonly tool: ToolCache },
  folder: ToolFolder,
): string {
  return fromHome(cacheFolder(model, use, folder) ?? folder.path);
}

const nodeModules = 'node_modules';

/** Whether a command installs the dependencies of the project in the folder where it runs. */
function fillsNodeModules({ program, args }: Command): boolean {
  if (managerOfProgram(program)?.dependencies !== nodeModules) return false;
  const words = args.map(({ value }) => value ?? '-g');
  // It installs elsewhere, or an unknown argument may say so.
  if (
    words.some((word) =>
      /^(?:-g|global|--(?:global|location|dry-run|lockfile-only|package-lock-only|modules-folder|modules-dir|mode|version|help)(?:=.*)?)$/.test(
        word,
      ),
    )
  )
    return false;
  const verb = words.find((word) => !word.startsWith('-'));
  return verb === undefined ? program === 'yarn' : /^(?:i|ci|install|clean-install|add)$/.test(verb);
}

/** Where a command copies files or unpacks an archive to, as far as its words name it. */
function foldersFilled(command: Command): readonly string[] {
  const { program, args } = command;
  const { operands, options } = argumentsOf(command);
  if (program === 'cp') {
    const target = operands.at(-1)?.value;
    return operands.length > 1 && target !== undefined ? [target] : [];
  }
  const unpacks = program === 'unzip' || /^-?\w*x|^--(?:extract|get)$/.test(args[0]?.text ?? '');
  const names = program === 'unzip' ? ['-d'] : ['-C', '--directory'];
  return unpacks ? options.flatMap(({ name, value }) => (names.includes(name) && value ? [value] : [])) : [];
}

/** Where a command downloads to. */
function writtenFiles(command: Command): readonly string[] {
  const { program, redirects } = command;
  const files = redirects.flatMap(({ operator, target }) =>
    /^1?>>?\|?$/.test(operator) && target?.value !== undefined ? [target.value] : [],
  );
  if (program === 'cp' || program === 'tar' || program === 'unzip')
    return [...files, ...foldersFilled(command)];
  if (program !== 'curl' && program !== 'wget' && program !== 'git') return files;
  const { operands } = argumentsOf(command);
  const base = (url: string): string => baseName(url.replace(/[?#].*$/, ''));
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
  if (operands[0]?.value === 'clone') {
    const target =
      operands[2]?.value ??
      (operands.length === 2 && urls[0] ? base(urls[0]).replace(/\.git$/, '') : undefined);
    return target === undefined ? files : [...files, target];
  }
  return files;
}

/** Scripts and settings are too small to report. */
const small = /\.(?:sh|bash|py|pl|conf|cfg|cnf|ini|txt|list|patch|diff|asc|gpg|repo|service)$/;

/** Where COPY and ADD put files, as far as the names tell. */
function copiedFiles(model: Model, instruction: Instruction): readonly string[] {
  const copy = model.copyOf(instruction);
  if (!copy || copy.sources.some(({ value }) => small.test(value))) return [];
  const targets = copy.sources.map(({ target }) => target);
  if (!targets.every((target) => target !== undefined)) return [];
  // ADD does not unpack what it downloads.
  const unpacks =
    copy.keyword === 'ADD' &&
    copy.sources.some(
      ({ kind, path }) => kind === 'context' && /\.(?:tar|t[gbx]z|tar\.\w+)$/.test(path ?? ''),
    );
  if (unpacks) return [];
  return targets.flatMap((target) => withFolders(fromHome(target)));
}

/** A path from the root or the home directory, without a slash at its end; undefined where it cannot be told. @param folder where relative ones begin */
function absolute(written: string, folder: Folder): string | undefined {
  const path = fromHome(written);
  if (/[$*?[]/.test(path)) return undefined;
  if (path.startsWith('~')) return normalizePath(path);
  const from = resolvePath(path.startsWith('/') ? undefined : folder(), path);
  return from === undefined ? undefined : fromHome(from);
}

/** The path and its parent folders, except those right below the root: /tmp and /opt contain other things as well. */
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
