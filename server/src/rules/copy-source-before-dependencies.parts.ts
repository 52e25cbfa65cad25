// The edits that copy manifests and install from them before the sources are copied.
import { folderOf } from '../core/analysis/commands/folder';
import { insertBehind } from '../core/fixes/insert-lines';
import { isEverything, visibleEntries } from '../core/analysis/context/context-sources';
import { manifestsOfCommand, worksElsewhere } from '../core/analysis/packages/dependency-steps';
import type { DependencyStep } from '../core/analysis/packages/dependency-steps';
import { packageCommandOf } from '../core/analysis/packages/package-commands';
import { startWithComments } from '../core/analysis/text/comment-lines';
import { keywordLike } from '../core/analysis/text/keyword-case';
import type { Finding } from '../core/lint/finding';
import type { Model, Stage } from '../core/model/model';
import { removeCommand } from '../core/shell/removal';
import type { Command } from '../core/shell/types';
import type { Instruction } from '../core/syntax/nodes';
import { managerOfProgram } from '../core/knowledge/packages/package-managers';
import { ignoresSources } from '../core/knowledge/programs/build-steps';
import type { Manifests } from '../core/knowledge/packages/manifests';
import type { Edit } from '../core/text/edit';
import { fromHome, isBelow, normalizePath } from '../core/text/paths';
import type { Span } from '../core/text/span';
import type { ContextFacts } from '../core/lint/facts';

export interface DependenciesFirst {
  readonly files: readonly string[];
  readonly edits: readonly Edit[];
}

/**
 * Replaces the COPY of everything with a COPY of the manifests, and moves it after the installation with the comments
 * above it.
 * @param context what the build context contains, if known
 * @returns undefined if a step in between may need the sources, if the installation does not work in the folder that
 * is copied to, or if it needs more than the manifests
 */
export function dependenciesFirst(
  model: Model,
  step: DependencyStep,
  context: ContextFacts | undefined,
): DependenciesFirst | undefined {
  const { copy, command, manifests } = step;
  // `composer.phar` itself may be among the sources.
  const mayBeCopied = /^(?:php|composer\.phar)$/.test(command.program);
  if (mayBeCopied || step.isRepeated || worksElsewhere(command) || manifests.download === '')
    return undefined;
  const { document, file } = model;
  const { instruction, destination } = copy;
  const { instruction: run, script } = command;
  const target = targetFolder(model, step);
  const whole = isWholeRun(model, command, manifests);
  const more = whole ? followingSteps(model, step) : [];
  const files = target === undefined ? undefined : presentFiles(step, more, target, context);
  if (!files || files.length === 0) return undefined;
  if (!script?.valid || command.nesting.length > 0 || command.wrappers.length > 0) return undefined;
  if (!whole && (script.heredoc || command.index > 0 || command.pipeline || command.after === '||'))
    return undefined;
  if (instruction.json || instruction.heredocs.length > 0 || copy.sources.length > 1) return undefined;
  const between = model.instructions.slice(instruction.index + 1, run.index);
  if (!between.every((one) => isIndependent(model, one, target ?? ''))) return undefined;

  const flags = instruction.flags
    .filter(({ name }) => name === 'chown' || name === 'link')
    .map(({ span }) => `${document.slice(span)} `);
  const written = document.slice(destination.span);
  // One file may go to `.` as it is written; several need the slash.
  const folder =
    files.length === 1 && written === '.' && !/[*?[]/.test(files[0] ?? '')
      ? written
      : written.replace(/\/?$/, '/');
  const narrow = `${keywordLike(file, 'COPY')} ${flags.join('')}${files.join(' ')} ${folder}`;
  const moved = withComments(model, instruction.span);
  const movedLines = document.slice(moved).split(/\r?\n/);
  const runFlags = run.flags.map(({ span }) => `${document.slice(span)} `).join('');
  const install = `${keywordLike(file, 'RUN')} ${runFlags}${manifests.download ?? document.slice(command.fullSpan)}`;

  if (whole) {
    const behind = insertBehind(model, more.at(-1)?.command.instruction ?? run, movedLines);
    return (
      behind && {
        files,
        edits: [{ ...moved, text: document.indentAt(instruction.span.start) + narrow }, behind],
      }
    );
  }
  const rest = manifests.download === undefined ? removeCommand(model, command) : [];
  if (!rest || install.includes('\n')) return undefined;
  if (between.length === 0)
    return { files, edits: [document.insertLinesBefore(moved.start, narrow, install), ...rest] };
  return {
    files,
    edits: [
      { ...moved, text: document.indentAt(instruction.span.start) + narrow },
      document.insertLinesBefore(startWithComments(model, run.span.start), install, ...movedLines),
      ...rest,
    ],
  };
}

/** Whether a RUN does nothing that may need the sources, and so can stay in front of them. */
function isWholeRun(model: Model, command: Command, { download }: Manifests): boolean {
  if (download !== undefined) return false;
  return model.commandsOf(command.instruction).every((one) => one === command || isUnrelated(model, one));
}

interface Following {
  readonly command: Command;
  readonly manifests: Manifests;
}

/** Installations of the same kind in the RUN instructions right after this one. */
function followingSteps(model: Model, { command }: DependencyStep): readonly Following[] {
  const found: Following[] = [];
  const below = ({ index }: Instruction): Instruction | undefined => model.instructions[index + 1];
  for (let run = below(command.instruction); run?.keyword === 'RUN'; run = below(run)) {
    const [next, ...others] = model.commandsOf(run);
    const manifests = next && manifestsOfCommand(next);
    if (
      !manifests ||
      others.length > 0 ||
      next.program !== command.program ||
      manifests.download !== undefined
    )
      break;
    found.push({ command: next, manifests });
  }
  return found;
}

/** The whole lines of an instruction with the comment lines right above it. */
function withComments(model: Model, { start, end }: Span): Span {
  const { document } = model;
  return {
    start: startWithComments(model, start),
    end: document.line(document.lineAt(Math.max(start, end - 1))).end,
  };
}

/** The folder everything is copied to, absolute or `.`, if the command looks for the manifests there. */
function targetFolder(model: Model, { copy, command, manifests }: DependencyStep): string | undefined {
  const { instruction, destination } = copy;
  if (/[$'"\\]/.test(model.document.slice(destination.span))) return undefined;
  const at = model.environmentAt(instruction).workdir;
  const there = folderOf(model, command);
  const { path } = destination;
  if (path === undefined) return normalizePath(destination.value) === '' && at === there ? '.' : undefined;
  const isAbsolute = manifests.required.every((file) => file.startsWith('/'));
  return isAbsolute || there === path ? path : undefined;
}

/**
 * Names to copy: the existing ones if known, else those the command needs, and globs for the rest.
 */
function presentFiles(
  { copy, manifests }: DependencyStep,
  more: readonly Following[],
  target: string,
  context: ContextFacts | undefined,
): readonly string[] | undefined {
  const folder = target.replace(/\/?$/, '/');
  const inTarget = (name: string): string => (name.startsWith(folder) ? name.slice(folder.length) : name);
  const all = [manifests, ...more.map((one) => one.manifests)];
  const required = [...new Set(all.flatMap((one) => one.required.map(inTarget)))];
  const optional = manifests.optional.map(inTarget);
  if (required.some((name) => name.includes('/'))) return undefined;
  const included = all.flatMap((one) => one.included ?? []);
  if (!context) {
    const globs = included.flatMap(({ glob }) => glob ?? []);
    const glob = globs.find((one) => one.startsWith('*')) ?? globs[0];
    const covered = glob === undefined ? undefined : included.find((one) => one.glob === glob)?.name;
    const named = required.filter((name) => covered?.test(name) !== true);
    return [...named, ...(glob === undefined ? [] : [glob]), ...optional.map((name) => `${name}*`)];
  }
  const entries = visibleEntries(copy, context);
  const isThere = (name: string): boolean => entries.includes(name);
  const stops = entries.some(
    (name) => manifests.more?.test(name) === true || manifests.result?.test(name) === true,
  );
  if (stops || !required.every(isThere)) return undefined;
  const isRead = required.every((name) => context.textOf?.(name) !== undefined);
  const others = entries.filter(
    (name) => !isRead && !required.includes(name) && included.some((one) => one.name.test(name)),
  );
  return withNeeds(
    all,
    [...required, ...others, ...[...optional, ...manifests.settings].filter(isThere)],
    isThere,
    context,
  );
}

/** The files and those that they name in turn. Undefined if one of them needs more than the files beside it. */
function withNeeds(
  all: readonly Manifests[],
  files: readonly string[],
  isThere: (name: string) => boolean,
  { textOf }: ContextFacts,
): readonly string[] | undefined {
  const found = new Set(files);
  // Iterating a set also visits what is added on the way.
  for (const file of found) {
    const text = textOf?.(file);
    if (text === undefined) continue;
    for (const { needs } of all) {
      const named = needs(file, text);
      if (!named?.every(isThere)) return undefined;
      for (const name of named) found.add(name);
    }
  }
  return [...found];
}

/** Whether an instruction in between does the same if the sources come later. */
function isIndependent(model: Model, instruction: Instruction, target: string): boolean {
  switch (instruction.keyword) {
    case 'ENV':
    case 'ARG':
    case 'LABEL':
    case 'EXPOSE':
    case 'WORKDIR':
    case 'CMD':
    case 'ENTRYPOINT':
    case 'STOPSIGNAL':
    case 'HEALTHCHECK':
      return true;
    case 'COPY':
    case 'ADD': {
      // It would write over the content of the folder.
      const to = model.copyOf(instruction)?.destination.path;
      return target !== '.' && to !== undefined && !isBelow(to, target);
    }
    case 'RUN':
      return model.commandsOf(instruction).every((command) => isUnrelated(model, command));
    default:
      return false;
  }
}

/** Commands that do not read the sources: settings, tools and system packages. */
function isUnrelated(model: Model, command: Command): boolean {
  const { program, args, redirects } = command;
  if (redirects.some(({ target }) => !fromHome(target?.value ?? '').startsWith('/'))) return false;
  if (ignoresSources.has(program)) return true;
  if (managerOfProgram(program)?.scope === 'language' && args[0]?.value === 'config') return true;
  const words = args.map(({ value }) => value);
  if (program === 'npm' && words.some((word) => word === '-g' || word === '--global'))
    return words.length > 2;
  if (program === 'yarn' && words[0] === 'global') return true;
  const use = packageCommandOf(model, command);
  if (use?.manager.scope === 'system') return true;
  return (
    use?.action === 'install' &&
    use.packages.length > 0 &&
    use.packages.every(({ value }) => /^[\w@][\w.@=<>~^-]*$/.test(value ?? '')) &&
    !args.some(({ value }) => /^(?:-r|-e|-c|--requirement|--editable|--constraint)/.test(value ?? '')) &&
    use.manager.installsApart
  );
}

/**
 * Sources that are copied before `cargo chef cook` compiles the dependencies. It needs its recipe alone, which another stage
 * makes, and settings of Cargo.
 */
export function* lateRecipes(model: Model): Generator<Finding> {
  const seen = new Set<Stage>();
  for (const command of model.commandsNamed('cargo')) {
    const [first, second] = command.args;
    const stage = model.stageOf(command.instruction);
    if (
      first?.value !== 'chef' ||
      second?.value !== 'cook' ||
      !stage ||
      seen.has(stage) ||
      command.instruction.onbuild
    )
      continue;
    seen.add(stage);
    const sources = stage.instructions
      .filter(({ index }) => index < command.instruction.index)
      .flatMap((instruction) => model.copyOf(instruction)?.sources ?? [])
      .filter(({ kind, value }) => kind === 'context' && !isEverything(value) && !ofRecipe.test(value));
    const [source] = sources;
    if (!source) continue;
    const line = model.document.lineAt(command.span.start) + 1;
    yield {
      at: source.span,
      message: `Every source change makes cargo chef cook in line ${line} compile all dependencies again`,
      related: [{ at: command.span, message: 'It needs only its recipe' }],
    };
  }
}

/** Files that say what to compile and how. */
const ofRecipe =
  /(?:recipe\.json|Cargo\.(?:toml|lock)|Cargo\*|Cargo\.\*|rust-toolchain(?:\.toml)?|\.cargo\/?.*|clippy\.toml)$/;
