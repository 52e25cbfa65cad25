// What the build context tells of a source that COPY or ADD did not find: kept out by the ignore file, mistyped, or not there.
import { isIgnored, lookUp, namesIn } from '../core/analysis/context/context-paths';
import type { ContextFacts } from '../core/analysis/context/context-sources';
import { nearPath } from '../core/analysis/context/near-path';
import { normalizePath } from '../core/text/paths';
import type { Explanation } from '../workflow/why/explanation';

/** @returns the explanation with what the context adds to it */
export function explainMissingSource(explained: Explanation, context: ContextFacts): Explanation {
  const { path: printed, image } = explained.facts;
  if (printed === undefined || image !== undefined || /[*?[]/.test(printed)) return explained;
  const path = normalizePath(`/${printed}`).replace(/^\/+/, '');
  switch (lookUp(context, path)) {
    case 'unknown':
      return explained;
    case 'missing':
      return withNear(explained, path, context);
    default:
      return withPresent(explained, path, context);
  }
}

function withPresent(explained: Explanation, path: string, context: ContextFacts): Explanation {
  const ignoring = context.ignoreFile?.path;
  if (ignoring !== undefined && isIgnored(context, path))
    return {
      ...explained,
      message: `${path} is there, but ${ignoring} keeps it out of the build. Remove the pattern that excludes it, or add !${path} below it`,
      facts: { ...explained.facts, detail: ignoring },
    };
  return {
    ...explained,
    message: `${path} is in this folder, so the build was given another context, or the file came later. Build with the folder that holds it`,
  };
}

function withNear(explained: Explanation, path: string, context: ContextFacts): Explanation {
  const parts = path.split('/');
  const at = parts.findIndex(
    (_, index) => lookUp(context, parts.slice(0, index + 1).join('/')) === 'missing',
  );
  const folder = parts.slice(0, at);
  const near = nearPath(parts[at] ?? '', namesIn(context, folder.join('/')) ?? []);
  if (near === undefined) return explained;
  const meant = [...folder, near, ...parts.slice(at + 1)].join('/');
  return {
    ...explained,
    message: `${path} is not in the build context. Did you mean ${meant}?`,
    facts: { ...explained.facts, available: meant },
  };
}
