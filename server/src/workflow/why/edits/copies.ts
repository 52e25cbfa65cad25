// Edits for what COPY and ADD bring, or do not.
import { contextEntries } from '../../../core/analysis/context/context-paths';
import { startWithComments } from '../../../core/analysis/text/comment-lines';
import { replace } from '../../../core/text/edit';
import type { ExplainedEdit } from '../explanation';
import { offer } from './failure';
import type { Failure } from './failure';

/** Ends the destination of a pattern with a slash: it may match several files. The rule speaks of several sources. */
export function folderDestination({ model, instruction }: Failure): readonly ExplainedEdit[] {
  const copy = model.copies.find((one) => one.instruction === instruction);
  const [source, ...others] = copy?.sources ?? [];
  if (!copy || !source || others.length > 0 || !/[*?[]/.test(source.value)) return [];
  const { value, span, variable } = copy.destination;
  if (variable || value.endsWith('/') || instruction.json) return [];
  const at = span.end - (/["']$/.test(model.document.slice(span)) ? 1 : 0);
  return offer('Add / at the end', { start: at, end: at, text: '/' });
}

/** Files that package managers look for in the folder where they run. */
const manifest =
  /^(?:[\w.-]*requirements[\w.-]*\.(?:txt|in)|package\.json|package-lock\.json|yarn\.lock|Gemfile(?:\.lock)?|composer\.json|pyproject\.toml|setup\.py|Pipfile(?:\.lock)?|Cargo\.toml|go\.mod|pom\.xml|build\.gradle(?:\.kts)?|README(?:\.\w+)?)$/;

/** Copies a file of the project that the step looks for, or names the folder of the context where it lies. */
export function fileOfContext(failure: Failure): readonly ExplainedEdit[] {
  const { context, model, stage, instruction } = failure;
  const name = nameOf(failure);
  if (name === undefined || !context || instruction.keyword !== 'RUN' || instruction.onbuild) return [];
  const commands = model.commandsOf(instruction);
  if (commands.some(({ program }) => /^(?:cd|pushd|git|tar|unzip)$/.test(program))) return [];
  const own = model.copies.filter(
    (copy) => copy.stage === stage && copy.instruction.index < instruction.index,
  );
  const sources = own.flatMap((copy) => copy.sources);
  if (sources.some(({ kind, variable }) => kind === 'context' && variable)) return [];
  const entries = contextEntries(context, '');
  const isBrought = sources.some(({ path }) => path === '' || path === '.' || path === name);
  if (entries?.some((entry) => entry.name === name && entry.kind === 'file') === true) {
    const { document } = model;
    const indent = document.indentAt(instruction.span.start);
    return isBrought
      ? []
      : offer(
          `Copy ${name} before this step`,
          document.insertLinesBefore(
            startWithComments(model, instruction.span.start),
            `${indent}COPY ${name} ./`,
          ),
        );
  }
  const folders = (entries ?? [])
    .filter(({ kind }) => kind === 'folder')
    .filter(({ path }) => contextEntries(context, path)?.some((entry) => entry.name === name));
  const [folder, ...others] = folders;
  const words = commands.flatMap(({ editable, args }) =>
    editable ? args.filter(({ value, text }) => value === name && text === name) : [],
  );
  return !folder || others.length > 0 || !isWhole(own, model.environmentAt(instruction).workdir)
    ? []
    : offer(
        `Take ${folder.path}/${name}`,
        ...words.map(({ span }) => replace(span, `${folder.path}/${name}`)),
      );
}

/** Whether the whole context is copied to where the step runs. */
function isWhole(copies: Failure['model']['copies'], workdir: string | undefined): boolean {
  return copies.some(
    ({ sources, destination }) =>
      sources.some(({ path }) => path === '' || path === '.') &&
      (destination.value === '.' ||
        destination.value === './' ||
        destination.value.replace(/\/$/, '') === workdir),
  );
}

/** The file that is looked for in the folder where the step runs; undefined if it is another place. */
function nameOf({ facts, cause, model, instruction }: Failure): string | undefined {
  const named = facts.path ?? (cause === 'gemfile-missing' ? 'Gemfile' : undefined);
  const workdir = model.environmentAt(instruction).workdir;
  // yarn names the folder.
  const path =
    named !== undefined && named === workdir && cause === 'package-json-missing'
      ? `${named}/package.json`
      : named;
  const relative =
    workdir !== undefined && path?.startsWith(`${workdir}/`) === true
      ? path.slice(workdir.length + 1)
      : path?.replace(/^\.\//, '');
  return relative !== undefined && manifest.test(relative) ? relative : undefined;
}
