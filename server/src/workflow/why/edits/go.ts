// Edits for Go: a newer one, and modules where Go looks in GOPATH.
import { baseTag, isAtLeastVersion, versionOfTag } from '../../../core/analysis/images/base-version';
import { lookUp } from '../../../core/analysis/context/context-paths';
import { startWithComments } from '../../../core/analysis/text/comment-lines';
import type { ExplainedEdit } from '../explanation';
import { offer } from './failure';
import type { Failure } from './failure';
import { newerImage, newestImage } from './versions';

/** A Go that has what the code uses; one before 1.16, which still builds outside modules, if there is no go.mod. */
export function newerGo(failure: Failure): readonly ExplainedEdit[] {
  const { facts, model } = failure;
  const isModule =
    hasModule(failure) !== false ||
    /\bgo mod\b|go\.mod|GO111MODULE/.test(model.file.text) ||
    facts.said?.includes('/pkg/mod/') === true;
  // The present version of a program installs with a present Go, and in another way.
  const isProgram = /\bgo get (?:-\S+ )*[\w-]+\.[a-z]+\//.test(
    model.document.slice(failure.instruction.span),
  );
  return newerImage('golang', isModule || isProgram ? undefined : [1, 16])(failure);
}

/** Lets Go read go.mod, where an old one looks for the packages in GOPATH. */
export function useModules(failure: Failure): readonly ExplainedEdit[] {
  const { facts, model, stage, instruction } = failure;
  const version = versionOfTag(baseTag(model, stage, 'golang') ?? '');
  const isOld = version && !isAtLeastVersion(version, [1, 13]);
  if (!isOld || !/in any of:/.test(facts.said ?? '') || hasModule(failure) !== true) return [];
  if (/GO111MODULE/.test(model.file.text) || !copiesModule(failure)) return [];
  const { document } = model;
  const setting = document.insertLinesBefore(
    startWithComments(model, instruction.span.start),
    `${document.indentAt(instruction.span.start)}ENV GO111MODULE=on`,
  );
  const on = isAtLeastVersion(version, [1, 11])
    ? offer('Set GO111MODULE=on, so that Go reads go.mod', setting)
    : [];
  return [...on, ...newestImage('golang')(failure)];
}

/** Whether the context has a go.mod at its root; undefined if that is not known. */
function hasModule({ context }: Failure): boolean | undefined {
  const found = context && lookUp(context, 'go.mod');
  return found === undefined || found === 'unknown' ? undefined : found === 'file';
}

/** Whether the stage copies go.mod, by its name or with everything. */
function copiesModule({ model, stage, instruction }: Failure): boolean {
  return model.copies.some(
    (copy) =>
      copy.stage === stage &&
      copy.instruction.index < instruction.index &&
      copy.sources.some(({ kind, path }) => kind === 'context' && (path === '' || path === 'go.mod')),
  );
}
