// Completion of patterns: whole files where a file begins, and parts where an instruction may stand.
import { keywordCase } from '../analysis/text/keyword-case';
import type { Place } from './completion-place';
import { at } from './locate';
import { proposal } from './proposal';
import type { Proposal } from './proposal';
import type { Subject } from './subject';

/** The patterns for the place of a keyword. None where something follows, and in a trigger. */
export function patternItems(
  { model: { file }, patterns = [] }: Subject,
  { token, onbuild }: Place & { kind: 'keyword' },
): Proposal[] {
  const rest = file.text.slice(token.end).split('\n', 1)[0] ?? '';
  if (onbuild || rest.trim() !== '') return [];
  const others = file.instructions.filter(({ keywordSpan }) => !at(keywordSpan, token.start));
  const isFirst = others.length === 0;
  // Above the first FROM there is only ARG.
  const inStage = others.some(({ keyword, span }) => keyword !== 'ARG' && span.start < token.start);
  const isLower = keywordCase(file) === 'lower';
  return patterns
    .filter(({ isFile }) => (isFile ? isFirst : inStage))
    .map(({ name, description, body, advice }) => ({
      // Behind the keywords: `health` is the start of one.
      ...proposal(token, name, name, 'pattern', { detail: description, order: `~${name}` }),
      documentation: advice.map((markdown) => [{ markdown }]),
      snippet: { label: name, text: isLower ? inLowerCase(body) : body },
      needsSnippet: true as const,
    }));
}

/** The keywords of a part, which stand at the start of a line, and the CMD of a health check. */
function inLowerCase(body: string): string {
  return body.replaceAll(/^(?:[A-Z]+| +CMD)(?= )/gm, (keyword) => keyword.toLowerCase());
}
