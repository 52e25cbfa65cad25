// Which branches of the rules' own files run while their examples do, by the counters of the engine itself.
import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import type { Profiler } from 'node:inspector';
import { SourceMap } from 'node:module';
import type { SourceMapPayload } from 'node:module';
import { fileURLToPath } from 'node:url';
import { firstNotBefore } from '../../server/src/core/text/search';

/** A piece of a rule's file that never ran. */
export interface UnreachedBranch {
  /** `server/src/rules/apt-get-yes.ts` */
  readonly path: string;
  readonly line: number;
  /** The code as the compiler prints it, on one line. */
  readonly code: string;
}

/** Starts to count, in code that has not run yet. @returns what ends it and says which branches of the rules' files did not run */
export function countBranches(): () => readonly UnreachedBranch[] {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  return () => {
    let scripts: readonly Profiler.ScriptCoverage[] = [];
    // A session of one's own process answers at once.
    session.post('Profiler.takePreciseCoverage', (error, { result }) => {
      if (error) throw error;
      scripts = result;
    });
    session.post('Profiler.stopPreciseCoverage');
    session.disconnect();
    const own = scripts.filter(({ url }) => /^file:.*\/out\/test\/.*\.mjs$/.test(url));
    return own.flatMap((script) => unreached(script));
  };
}

function unreached({ url, functions }: Profiler.ScriptCoverage): readonly UnreachedBranch[] {
  const code = readFileSync(fileURLToPath(url), 'utf8');
  const [, encoded = ''] = /\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/.exec(code) ?? [];
  if (encoded === '') return [];
  const payload = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')) as SourceMapPayload;
  if (!payload.sources.some((source) => rulePath.test(source))) return [];
  const map = new SourceMap(payload);
  const lineStarts = [0, ...[...code.matchAll(/\n/g)].map(({ index }) => index + 1)];
  // The module as a whole ran before counting began.
  const ranges = functions
    .filter(({ ranges: [first] }) => first !== undefined && first.endOffset < code.trimEnd().length - 1)
    .flatMap((one) => one.ranges)
    .filter(({ count }) => count === 0)
    .map(({ startOffset, endOffset }) => ({ start: startOffset, end: endOffset }));
  return outermost(ranges).flatMap(({ start, end }) => {
    const text = code.slice(start, end);
    const at = start + (/^[\s{}?:&|]*/.exec(text)?.[0].length ?? 0);
    const line = firstNotBefore(lineStarts, (lineStart) => lineStart <= at) - 1;
    const entry = map.findEntry(line, at - (lineStarts[line] ?? 0));
    if (!('originalSource' in entry)) return [];
    const [path] = rulePath.exec(entry.originalSource) ?? [];
    const said = text.replaceAll(/\s+/g, ' ').trim();
    if (path === undefined || path.endsWith('.generated.ts') || demanded.test(said)) return [];
    return [{ path, line: entry.originalLine + 1, code: said }];
  });
}

const rulePath = /server\/src\/rules\/[^/]+$/;

/** What stands in for an element that is there: the type checker asks for it, and nothing can reach it. */
const demanded = /^\?\? (?:""|0|\[\])$/;

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Without those that lie in another. */
function outermost(ranges: readonly Range[]): readonly Range[] {
  const kept: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1);
    if (!last || range.start >= last.end) kept.push(range);
  }
  return kept;
}
