// What kind of text a file holds: a Dockerfile, a template that makes one, or something else under its name.
import type { Model } from '../../model/model';
import { once } from '../../text/memo';
import type { Span } from '../../text/span';
import { foreignContent } from './foreign-content';
import { findPlaceholder } from './template-placeholder';

export type FileKind =
  | { readonly kind: 'dockerfile' }
  /** `at`: the first placeholder. */
  | { readonly kind: 'template'; readonly at: Span }
  /** `problem`: what the file is instead, as one sentence without a full stop. */
  | { readonly kind: 'foreign'; readonly at: Span; readonly problem: string };

const dockerfile: FileKind = { kind: 'dockerfile' };

const known = once((_model: Model) => new Map<string | undefined, FileKind>());

/**
 * The kind of a file, by its content and its name.
 * @param path of the file, with slashes; undefined if it has none
 */
export function fileKind(model: Model, path: string | undefined): FileKind {
  const found = known(model).get(path);
  if (found) return found;
  const kind = readKind(model, path);
  known(model).set(path, kind);
  return kind;
}

function readKind(model: Model, path: string | undefined): FileKind {
  const at = findPlaceholder(model, path);
  if (at) return { kind: 'template', at };
  const foreign = foreignContent(model);
  return foreign ? { kind: 'foreign', ...foreign } : dockerfile;
}

/** Whether rules for Dockerfiles would misread the file. */
export function isForeign({ kind }: FileKind): boolean {
  return kind !== 'dockerfile';
}
