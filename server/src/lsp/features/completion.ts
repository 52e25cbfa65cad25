// Completion. Our own analysis says where the cursor is; the base library only lends its keyword snippets.
// Nothing here asks a registry: behind `FROM name:` there is no answer.
import type { CompletionItem, Position } from 'vscode-languageserver';
import { CompletionItemKind, CompletionItemTag, InsertTextFormat } from '../library';
import { instructions as knownInstructions } from '../../core/knowledge/syntax/instructions';
import { keywordCase } from '../../core/analysis/text/keyword-case';
import { documentationOf, keywordProposals } from './base-service';
import { argumentItems } from './completion-arguments';
import { commentItems } from './completion-comments';
import { flagItems, flagValueItems, mountItems } from './completion-flags';
import { itemOf } from './completion-items';
import type { Place } from './completion-place';
import { placeOf } from './completion-place';
import { variableItems } from './completion-variables';
import type { FeatureInput } from './input';
import { toOffset, tooLarge } from './input';
import { markup } from './markup';

/**
 * @param trigger the character whose typing asked for it; undefined when the user did or types a word. Behind
 * a blank only what is likely to be wanted is offered.
 * @returns complete lists; the client filters
 */
export async function completion(
  input: FeatureInput,
  position: Position,
  trigger?: string,
): Promise<CompletionItem[]> {
  if (tooLarge(input)) return [];
  const place = placeOf(input, toOffset(input, position));
  if (!place) return [];
  switch (place.kind) {
    case 'comment':
      return commentItems(input, place, trigger);
    case 'keyword':
      return keywordItems(input, place);
    case 'variable':
      return variableItems(input, place);
    case 'flag':
      return flagItems(input, place);
    case 'flag-value':
      return flagValueItems(input, place);
    case 'mount':
      return mountItems(input, place);
    case 'argument':
      return argumentItems(input, place, trigger);
  }
}

async function keywordItems(
  input: FeatureInput,
  { token, onbuild }: Place & { kind: 'keyword' },
): Promise<CompletionItem[]> {
  const lower = keywordCase(input.file) === 'lower';
  // Behind the keyword stands something already: its placeholders would be inserted in front of that.
  const rest = input.text.slice(token.end).split('\n', 1)[0] ?? '';
  const snippets = input.capabilities.snippets && /^\s*$/.test(rest);
  const allowed = allowedKeywords(input, token.start, onbuild);
  const items: CompletionItem[] = [];
  const seen = new Set<string>();
  for (const { label, snippet, key } of await keywordProposals(onbuild)) {
    const name = /^[A-Z]+/.exec(snippet)?.[0] ?? '';
    if (!allowed(name)) continue;
    const plain = key === 'HEALTHCHECK_NONE' ? 'HEALTHCHECK NONE' : name;
    const inserted = snippets ? snippet : plain;
    const shown = snippets ? label : plain;
    if (seen.has(shown)) continue;
    seen.add(shown);
    const documentation = await documentationOf(key);
    items.push({
      ...itemOf(input, token, recase(shown, lower), recase(inserted, lower), CompletionItemKind.Keyword),
      insertTextFormat: snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
      filterText: recase(plain, lower),
      ...(documentation === undefined
        ? {}
        : { documentation: markup([[{ markdown: documentation }]], input.capabilities.markdown) }),
      ...(knownInstructions.get(name)?.deprecated && input.capabilities.deprecatedTag
        ? { tags: [CompletionItemTag.Deprecated] }
        : {}),
    });
  }
  return items;
}

/** Keywords at the beginning, and CMD and NONE behind HEALTHCHECK, in lower case where the file has them so. */
function recase(text: string, lower: boolean): string {
  if (!lower) return text;
  return text.replace(/^[A-Z]+( NONE$)?/, (word) => word.toLowerCase()).replace(/ CMD \[/, ' cmd [');
}

/** What may stand there: in front of the first FROM only ARG and FROM, unless the file is a fragment without one. */
function allowedKeywords(
  input: FeatureInput,
  offset: number,
  onbuild: boolean,
): (keyword: string) => boolean {
  if (onbuild) return () => true;
  const others = input.file.instructions.filter(
    ({ keywordSpan }) => !(keywordSpan.start <= offset && offset <= keywordSpan.end),
  );
  const from = others.find(({ keyword }) => keyword === 'FROM');
  const behind = from
    ? from.span.start < offset
    : others.some(({ keyword }) => keyword !== 'ARG' && knownInstructions.has(keyword));
  return behind ? () => true : (keyword) => knownInstructions.get(keyword)?.preamble === true;
}
