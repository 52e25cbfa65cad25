// Completion. Our own analysis finds the place of the cursor; the base service only provides keyword snippets. No
// registry is asked, so `FROM name:` gets no proposals.
import { instructions as knownInstructions } from '../knowledge/syntax/instructions';
import type { Dockerfile } from '../syntax/nodes';
import { keywordCase } from '../analysis/text/keyword-case';
import { argumentItems } from './completion-arguments';
import { commentItems } from './completion-comments';
import { flagItems, flagValueItems, mountItems } from './completion-flags';
import { at } from './locate';
import { patternItems } from './completion-patterns';
import { proposal } from './proposal';
import type { Proposal } from './proposal';
import type { Place } from './completion-place';
import { placeOf } from './completion-place';
import { variableItems } from './completion-variables';
import type { Subject } from './subject';

export interface WantedProposals {
  readonly offset: number;
  /**
   * The typed character that started completion; undefined if the user asked for it or types a word. After a blank,
   * only likely proposals are given.
   */
  readonly trigger: string | undefined;
}

/** @returns complete lists; the editor filters them */
export async function proposalsAt(
  subject: Subject,
  { offset, trigger }: WantedProposals,
): Promise<readonly Proposal[]> {
  const place = placeOf(subject.model.file, offset);
  if (subject.onlyPatterns) return place?.kind === 'keyword' ? patternItems(subject, place) : [];
  switch (place?.kind) {
    case undefined:
      return [];
    case 'comment':
      return commentItems(subject, place, trigger);
    case 'keyword':
      return [...(await keywordItems(subject, place)), ...patternItems(subject, place)];
    case 'variable':
      return variableItems(subject, place);
    case 'flag':
      return flagItems(place);
    case 'flag-value':
      return flagValueItems(subject, place);
    case 'mount':
      return mountItems(subject, place);
    case 'argument':
      return argumentItems(subject, place, trigger);
  }
}

async function keywordItems(
  { model: { file }, service }: Subject,
  { token, onbuild }: Place & { kind: 'keyword' },
): Promise<Proposal[]> {
  const lower = keywordCase(file) === 'lower';
  // There is already text after the keyword, and placeholders would be inserted before it.
  const rest = file.text.slice(token.end).split('\n', 1)[0] ?? '';
  const snippets = /^\s*$/.test(rest);
  const allowed = allowedKeywords(file, token.start, onbuild);
  const items: Proposal[] = [];
  const seen = new Set<string>();
  // Editors rank by case: `health` has to find the keyword before somebody's snippet `healthcheck-…`.
  const typesLower = /^[a-z]+$/.test(file.text.slice(token.start, token.end));
  const isFirst = !file.instructions.some(({ keywordSpan }) => !at(keywordSpan, token.start));
  const forms = (await service.keywords(onbuild)).flatMap((form) =>
    // Its only form with CMD is long.
    form.snippet.startsWith('HEALTHCHECK -')
      ? [{ label: 'HEALTHCHECK', snippet: 'HEALTHCHECK ', key: 'HEALTHCHECK' }, form]
      : [form],
  );
  for (const { label, snippet, key } of forms) {
    const name = /^[A-Z]+/.exec(snippet)?.[0] ?? '';
    const plain = key === 'HEALTHCHECK_NONE' ? 'HEALTHCHECK NONE' : name;
    const shown = snippets ? label : plain;
    if (!allowed(name) || seen.has(shown)) continue;
    seen.add(shown);
    const documentation = await service.documentation(key);
    const text = recase(plain, lower);
    // A file begins with FROM; ARG and the others are rare there.
    const order = isFirst ? { order: `${name === 'FROM' ? 0 : 1}${shown}` } : undefined;
    items.push({
      ...proposal(token, text, text, 'keyword', order),
      filter: typesLower ? text.toLowerCase() : text,
      ...(snippets && { snippet: { label: recase(label, lower), text: recase(snippet, lower) } }),
      ...(documentation !== undefined && { documentation: [[{ markdown: documentation }]] }),
      ...(knownInstructions.get(name)?.deprecated && { isDeprecated: true }),
    });
  }
  return items;
}

/** Changes keywords at the start, and CMD and NONE after HEALTHCHECK, to lower case if the file uses that. */
function recase(text: string, lower: boolean): string {
  if (!lower) return text;
  return text.replace(/^[A-Z]+( NONE$)?/, (word) => word.toLowerCase()).replace(/ CMD \[/, ' cmd [');
}

/** The allowed keywords: before the first FROM only ARG and FROM, unless the file is a fragment without FROM. */
function allowedKeywords(file: Dockerfile, offset: number, onbuild: boolean): (keyword: string) => boolean {
  if (onbuild) return () => true;
  const others = file.instructions.filter(({ keywordSpan }) => !at(keywordSpan, offset));
  const from = others.find(({ keyword }) => keyword === 'FROM');
  const inStage = from
    ? from.span.start < offset
    : others.some(({ keyword }) => keyword !== 'ARG' && knownInstructions.has(keyword));
  return inStage ? () => true : (keyword) => knownInstructions.get(keyword)?.preamble === true;
}
