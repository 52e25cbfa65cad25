// The paths of the build context that a file names: in COPY, ADD and bind mounts.
import type { Instruction } from '../../syntax/nodes';
import type { Model } from '../../model/model';
import { once } from '../../text/memo';
import type { Span } from '../../text/span';
import { bindSources, contextCopies } from './context-sources';

export interface NamedPath {
  readonly instruction: Instruction;
  readonly span: Span;
  /** As written, without quotes. */
  readonly value: string;
  /** Relative to the root of the context, normalized; of a pattern the folders in front of its first sign. */
  readonly path: string;
}

/** Without variables, whose value the command line may change, and without what names the whole context. */
export const namedPaths = once((model: Model): readonly NamedPath[] => {
  const copied = copiedPaths(model, false);
  const mounted = bindSources(model).map(({ instruction, span, path }) => ({
    instruction,
    span,
    value: model.document.slice(span).replaceAll(/^["']|["']$/g, ''),
    path,
  }));
  return [...copied, ...mounted].filter(({ path, value }) => path !== '' && !value.includes('\\'));
});

/** Those of COPY and ADD that come from variables with known values. */
export function pathsOfVariables(model: Model): readonly NamedPath[] {
  return copiedPaths(model, true).filter(({ path }) => path !== '');
}

function copiedPaths(model: Model, ofVariables: boolean): readonly NamedPath[] {
  return contextCopies(model).flatMap(({ instruction, sources }) =>
    sources.flatMap(({ value, span, path, variable }): readonly NamedPath[] =>
      path === undefined || variable !== ofVariables
        ? []
        : [{ instruction, span, value, path: withoutPattern(path) }],
    ),
  );
}

function withoutPattern(path: string): string {
  const sign = path.search(/[*?[]/);
  return sign < 0 ? path : path.slice(0, Math.max(path.lastIndexOf('/', sign), 0));
}
