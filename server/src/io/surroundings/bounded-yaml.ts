// Parses YAML of other people in bounded time: the library takes the square of some lengths, so a text that no person
// writes as a configuration is refused before the library sees it.
import { Lexer, parseDocument } from 'yaml';
import type { Document, ParseOptions, SchemaOptions } from 'yaml';
import type { Span } from '../../core/text/span';

/** In bytes. The longest configuration there can be, with every rule and option, is a third of it. */
export const maximumYamlBytes = 64 * 1024;
/** Words, signs and blanks; a line such as `rule: off` has six. */
const maximumTokens = 16_000;
/** Brackets inside brackets. */
const maximumDepth = 32;
/** Entries within entries that begin on one line, as in `- - - a`: the library takes a call for each, and more than it has. */
const maximumStarts = 16;
/** Uses of anchors: each makes the library read everything before it. */
const maximumAliases = 100;

export type ParsedYaml =
  | { readonly document: Document.Parsed; readonly problem?: undefined }
  /** `problem`: a sentence without a full stop. `at`: the part of the text that is wrong, if there is one. */
  | { readonly problem: string; readonly at?: Span; readonly document?: undefined };

/**
 * Parses the text of a file. Never throws.
 * @param options `uniqueKeys: false` for files of other tools, which may repeat a key; `merge` for their `<<` keys
 */
export function parseYaml(
  text: string,
  options: Pick<ParseOptions & SchemaOptions, 'merge' | 'uniqueKeys'> = {},
): ParsedYaml {
  const refusal = tooMuch(text);
  if (refusal !== undefined) return { problem: refusal };
  // Pretty errors copy lines of the text, and each asks for its place again.
  const document = parseDocument(text, { ...options, logLevel: 'silent', prettyErrors: false });
  const [error] = document.errors;
  if (!error) return { document };
  const [start, end] = error.pos;
  return {
    problem: `The file is not valid YAML: ${error.message} ${placeOf(text, start)}`,
    at: { start, end },
  };
}

/** The value of a document, for `isRecord` and the like. @throws when an alias has no anchor */
export function yamlValue(document: Document.Parsed): unknown {
  return document.toJS({ maxAliasCount: maximumAliases });
}

function tooMuch(text: string): string | undefined {
  if (text.length > maximumYamlBytes) return 'The file is larger than 64 KiB, too large for a configuration';
  let tokens = 0;
  let depth = 0;
  let aliases = 0;
  let starts = 0;
  for (const token of new Lexer().lex(text)) {
    tokens += 1;
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    else if (token.startsWith('*')) aliases += 1;
    else if (token === '\n' || token === '\r\n') starts = 0;
    else if (depth === 0 && /^[-?:]$/.test(token)) starts += 1;
    if (starts > maximumStarts)
      return `The file has more than ${maximumStarts} entries within each other on one line`;
    if (tokens > maximumTokens) return 'The file has too many entries for a configuration';
    if (depth > maximumDepth) return `The file has brackets more than ${maximumDepth} levels deep`;
    if (aliases > maximumAliases) return `The file has more than ${maximumAliases} aliases`;
  }
  return undefined;
}

function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `at line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
