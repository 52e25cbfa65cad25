// Installations that leave a link to the sources, and stages that copy the environment without them.
import type { Copy, CopySource, Model, Stage } from '../../model/model';
import type { PackageCommand } from '../../model/installs';
import type { Command, ShellWord } from '../../shell/types';
import { isBelow, resolvePath } from '../../text/paths';
import { folderOf } from '../commands/folder';
import type { ContextFacts } from '../context/context-sources';
import { givesOption, packageCommandOf } from './package-commands';
import { virtualEnvironments } from './virtual-environments';

interface EditableInstall {
  readonly command: Command;
  /** The option, or the verb of a command that does so without one. */
  readonly word: ShellWord;
  readonly use: PackageCommand | undefined;
  /** The folder that the link leads to. */
  readonly sources: string;
  /** Whether the project is a package: known, as it looks like one, or as nothing says otherwise. */
  readonly isPackage: 'known' | 'likely' | 'possible';
}

export interface LostSources extends EditableInstall {
  /** The copy of the environment. */
  readonly source: CopySource;
}

/** More than this are not compared with each other. */
const most = 50;

/** Places of Python environments. */
const environment =
  /(?:^|\/)\.?v?env$|site-packages|^usr\/local(?:\/lib(?:\/python[\d.]+)?)?$|\.local$|^opt\/[\w-]*venv/;

/** Editable installations whose environment a stage copies that has nothing at the place of the sources. */
export function* lostSources(model: Model, context: ContextFacts | undefined): Generator<LostSources> {
  const installs = editableInstalls(model, context).slice(0, most);
  if (installs.length === 0) return;
  const copies = model.copies
    .flatMap((copy) => copy.sources.map((source) => ({ copy, source })))
    .filter(
      ({ copy, source }) =>
        !copy.onbuild && source.kind === 'stage' && isEnvironment(model, source.path ?? ''),
    )
    .slice(0, most);
  for (const install of installs) {
    const stage = model.stageOf(install.command.instruction);
    const lost = copies.find(
      ({ copy, source }) =>
        stage !== undefined &&
        source.kind === 'stage' &&
        source.stage.chain.includes(stage) &&
        copy.stage !== undefined &&
        !hasSources(model, copy.stage, install.sources),
    );
    if (lost) yield { ...install, source: lost.source };
  }
}

function editableInstalls(model: Model, context: ContextFacts | undefined): readonly EditableInstall[] {
  const found: EditableInstall[] = [];
  const project = context?.textOf?.('pyproject.toml');
  let asked = 0;
  for (const use of model.installs) {
    const { command, manager, phrase, given, verb } = use;
    if (command.instruction.keyword !== 'RUN') continue;
    const folder = folderOf(model, command);
    if (manager.name === 'uv' && phrase === 'sync') {
      // Without a build system, uv installs no project.
      const looks = project === undefined && (asked += 1) <= most && hasSourcesAt(model, command, folder);
      const isPackage =
        project === undefined ? looks || bringsSources(model, command, folder) : isBuilt(project);
      if (!isPackage || folder === undefined || givesOption(use, '--no-editable', '--no-install-project'))
        continue;
      found.push({
        command,
        word: verb,
        use,
        sources: folder,
        isPackage: project !== undefined ? 'known' : looks ? 'likely' : 'possible',
      });
    } else if (manager.name === 'pip' || phrase === 'pip install') {
      for (const { name, value, word } of given) {
        if ((name !== '-e' && name !== '--editable') || value === undefined || value.includes('://'))
          continue;
        const sources = resolvePath(folder, value.replace(/\[.*$/s, ''));
        if (sources !== undefined) found.push({ command, word, use, sources, isPackage: 'known' });
      }
    }
  }
  for (const command of model.commandsNamed('poetry', 'pdm')) {
    const verb = command.args.find(
      ({ value }) => value === 'install' || (value === 'sync' && command.program === 'pdm'),
    );
    const sources = folderOf(model, command);
    const isLeftOut = command.args.some(({ value }) => leavesOut.test(value ?? ''));
    if (!verb || sources === undefined || isLeftOut || /^package-mode\s*=\s*false/m.test(project ?? ''))
      continue;
    // Some versions of Poetry go on without a link where they find no sources.
    const isOnly = command.args.some(({ value = '' }) => /^--only(?:=|$)/.test(value));
    if (isOnly && !bringsSources(model, command, sources)) continue;
    // Without a build system, pdm installs no project either.
    if (
      command.program === 'pdm' &&
      (project === undefined ? !hasSourcesAt(model, command, sources) : !isBuilt(project))
    )
      continue;
    if (command.instruction.keyword === 'RUN')
      found.push({
        command,
        word: verb,
        use: packageCommandOf(model, command),
        sources,
        isPackage: project === undefined ? 'likely' : 'known',
      });
  }
  return found;
}

/** Whether a path is that of a Python environment: by its name, or as a command makes one there. @param path without the slash in front */
function isEnvironment(model: Model, path: string): boolean {
  return environment.test(path) || virtualEnvironments(model).some((one) => one.path === `/${path}`);
}

function isBuilt(project: string): boolean {
  return /^\[build-system\]/m.test(project);
}

/** Without the project itself, or without a link to it. */
const leavesOut = /^--(?:no-root|help|no-self|no-editable)$/;

/** Whether a stage has the sources of a project before a command: the whole context, or `src`. */
function bringsSources(model: Model, command: Command, folder: string | undefined): boolean {
  const { instruction } = command;
  const whole = (model.stageOf(instruction)?.instructions ?? []).some(
    (one) =>
      one.index < instruction.index &&
      model.copyOf(one)?.sources.some(({ kind, path }) => kind === 'context' && path === ''),
  );
  return whole || hasSourcesAt(model, command, folder);
}

/** Whether a stage has sources in `src` before a command: the layout of a project that is a package. */
function hasSourcesAt(model: Model, { instruction }: Command, folder: string | undefined): boolean {
  return (model.stageOf(instruction)?.instructions ?? []).some((one) => {
    const copy = one.index < instruction.index ? model.copyOf(one) : undefined;
    const path = copy?.destination.path;
    return (
      folder !== undefined &&
      path !== undefined &&
      copy?.sources.every(({ kind }) => kind === 'context') === true &&
      isBelow(path, `${folder === '/' ? '' : folder}/src`)
    );
  });
}

/** Whether a stage or its parents copy something to a folder, into it, or above it. */
function hasSources(model: Model, stage: Stage, folder: string): boolean {
  return stage.chain.some(({ instructions }) =>
    instructions.some((instruction) => {
      const copy = model.copyOf(instruction);
      return copy !== undefined && mayBring(model, copy, folder);
    }),
  );
}

function mayBring(model: Model, { destination, sources }: Copy, folder: string): boolean {
  if (sources.every((source) => source.kind === 'stage' && isEnvironment(model, source.path ?? '')))
    return false;
  const { path } = destination;
  return path === undefined || isBelow(folder, path) || isBelow(path, folder);
}
