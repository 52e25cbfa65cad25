// Characters that nobody sees, or that look like others: copied from web pages, or put there to deceive a reader.
import { isKeyword } from '../../knowledge/syntax/instructions';
import type { Model } from '../../model/model';
import { isSpace } from '../../syntax/characters';
import { toDocumentSpan } from '../../syntax/logical-line';
import type { Instruction } from '../../syntax/nodes';
import type { Span } from '../../text/span';

export type CharacterKind = 'order' | 'width' | 'blank' | 'quote' | 'dash' | 'option' | 'letter';

export interface Deceiving {
  readonly kind: CharacterKind;
  readonly at: Span;
  /** What to write instead. */
  readonly text: string;
  /** Whether the builder knows no such instruction because of it, or ends the instruction. */
  readonly stops: boolean;
}

const order = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/;
const width = /[\u00AD\u180E\u200B-\u200D\u2060-\u2064\uFEFF]/;
const any =
  /[\u00A0\u00AD\u061C\u1680\u180E\u2000-\u2015\u2018-\u201D\u2028-\u202F\u205F-\u2064\u2066-\u2069\u2212\u3000\uFEFF\u0370-\u04FF]/;

/** Capital letters of other alphabets that look like Latin ones. */
const alike: ReadonlyMap<string, string> = new Map(
  [...'АAВBЕEКKМMНHОOРPСCТTХXУYІIЅSЈJΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX'.matchAll(/(.)(.)/gu)].map(
    ([, other = '', latin = '']) => [other, latin],
  ),
);

/** Small letters of the Cyrillic alphabet that look like Latin ones. */
const alikeSmall: ReadonlyMap<string, string> = new Map(
  [...'аaеeоoсcрpхxуyіiѕsјjһh'.matchAll(/(.)(.)/gu)].map(([, other = '', latin = '']) => [other, latin]),
);

/** In file order, in instructions, comments and heredocs. What does no harm is left out. */
export function deceivingCharacters(model: Model): readonly Deceiving[] {
  const { file } = model;
  if (!any.test(file.text)) return [];
  const found: Deceiving[] = [];
  for (const instruction of file.instructions) {
    found.push(...inLine(instruction, file.escape));
    for (const { body } of instruction.heredocs)
      found.push(...inText(file.text, body, (c) => order.test(c) || isHidden(c)));
  }
  // In a comment only what changes the order that a reader sees.
  for (const { span } of file.comments) found.push(...inText(file.text, span, (c) => order.test(c)));
  return found.sort((a, b) => a.at.start - b.at.start);
}

/** Without the joiners of emoji and of some scripts. */
function isHidden(character: string): boolean {
  return width.test(character) && !/[\u200C\u200D]/.test(character);
}

function inText(text: string, { start, end }: Span, isWanted: (character: string) => boolean): Deceiving[] {
  const found: Deceiving[] = [];
  for (let at = start; at < end; at += 1) {
    const character = text.charAt(at);
    if (!isWanted(character)) continue;
    const kind = order.test(character) ? 'order' : 'width';
    found.push({ kind, at: { start: at, end: at + 1 }, text: '', stops: false });
  }
  return found;
}

/** The characters of one instruction, read from the start of its joined line. */
function inLine(whole: Instruction, escape: string): Deceiving[] {
  const { line } = whole;
  const { text } = line;
  const { pairs, keyword, json, argumentsLogical } = whole.trigger ?? whole;
  const found: Deceiving[] = [];
  const add = (kind: CharacterKind, start: number, end: number, instead: string, stops = false): void => {
    found.push({ kind, at: toDocumentSpan(line, { start, end }), text: instead, stops });
  };
  const broken = brokenEnd(text, escape);
  const last = broken ?? contentEnd(text);
  const word = hiddenKeyword(text);
  // Such blanks separate pairs, and do no harm in a name.
  const separates = pairs.length > 0 || keyword === 'MAINTAINER';
  const isArray =
    json === undefined &&
    /^(?:cmd\s*)?\[/i.test(text.slice(argumentsLogical.start, argumentsLogical.start + 40));
  const image = imageIn(whole.trigger ?? whole);
  let quote = '';
  let flagsOnly = true;
  // In the name of a flag, in front of its value.
  let inFlag = false;
  for (let at = 0; at < last; at += 1) {
    const character = text.charAt(at);
    const inKeyword = at < word;
    const inImage = image !== undefined && at >= image.start && at < image.end;
    const beginsWord = at > 0 && isSpace(text.charCodeAt(at - 1)) && !isSpace(character.charCodeAt(0));
    if (beginsWord) {
      inFlag = text.startsWith('--', at);
      if (!/[-\u2010-\u2015\u2212]/.test(character)) flagsOnly = false;
    } else if (character === '=') inFlag = false;
    if (character === '\\' && quote !== "'") at += 1;
    else if (character === quote) quote = '';
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (character <= '\x7F') continue;
    else if (order.test(character)) add('order', at, at + 1, '', inKeyword || inImage);
    else if (isHidden(character) || (quote === '' && width.test(character)))
      add('width', at, at + 1, '', inKeyword || inImage);
    else if (quote !== '') continue;
    else if (isSpace(character.charCodeAt(0))) {
      // The builder takes these off the start of a line.
      if (at > 0 && (inKeyword || !separates)) add('blank', at, at + 1, ' ', inKeyword);
    } else if (inKeyword && alike.has(character)) add('letter', at, at + 1, alike.get(character) ?? '', true);
    else if (((flagsOnly && inFlag) || inImage) && alikeSmall.has(character))
      add('letter', at, at + 1, alikeSmall.get(character) ?? '', true);
    else if (isArray && /[\u201C\u201D]/.test(character)) add('quote', at, at + 1, '"');
    else if (beginsWord) {
      const [, dashes, letter = ''] = longDashes.exec(text.slice(at, at + 3)) ?? [];
      // Flags have small letters.
      const isFlag = flagsOnly && /[a-z]/.test(letter);
      if (dashes === undefined || (!isFlag && keyword !== 'RUN')) continue;
      const instead = isFlag || isLongOption(text.slice(at)) ? '--' : '-';
      add(isFlag ? 'dash' : 'option', at, at + dashes.length, instead);
    }
  }
  if (broken !== undefined) add('blank', broken, text.length, '', true);
  return found;
}

/** The image that FROM or --from names. */
function imageIn(instruction: Instruction): Span | undefined {
  return instruction.keyword === 'FROM'
    ? instruction.words[0]?.logical
    : instruction.flags.find(({ name, value }) => name === 'from' && value)?.value?.logical;
}

/** Whether a text holds characters that nobody sees, or that look like those of image names. */
export function holdsDeceiving(text: string): boolean {
  return any.test(text) && [...text].some((one) => order.test(one) || width.test(one) || alikeSmall.has(one));
}

/** Where the blanks begin that the builder takes off the end of a line; a byte order mark is none of them. */
function contentEnd(text: string): number {
  let at = text.length;
  while (at > 0 && text.charAt(at - 1) !== '\uFEFF' && isSpace(text.charCodeAt(at - 1))) at -= 1;
  return at;
}

/** A long dash, perhaps another one behind it, and a letter. */
const longDashes = /^([\u2010-\u2015\u2212][-\u2010-\u2015\u2212]?)([A-Za-z])/;

/** Whether the letters behind a dash make one long word, as `no-cache` does and `rf` does not. */
function isLongOption(text: string): boolean {
  return /^.[-\u2010-\u2015\u2212]?(?:[a-zA-Z]{4,}|[a-zA-Z]+-[a-zA-Z])/.test(text);
}

/** Where blanks begin that the builder does not skip behind an escape character, so that the line does not continue. */
function brokenEnd(text: string, escape: string): number | undefined {
  let at = text.length;
  while (at > 0 && (isSpace(text.charCodeAt(at - 1)) || isHidden(text.charAt(at - 1)))) at -= 1;
  return text[at - 1] === escape && /[^ \t\r]/.test(text.slice(at)) ? at : undefined;
}

/** End of the first word if it is a keyword but for such characters; else 0. */
function hiddenKeyword(text: string): number {
  const word = /^[^ \t]{1,40}/.exec(text)?.[0] ?? '';
  let plain = '';
  for (const character of word) {
    if (isSpace(character.charCodeAt(0))) plain += ' ';
    else if (!order.test(character) && !width.test(character)) plain += alike.get(character) ?? character;
  }
  const [keyword = ''] = plain.trimStart().split(' ');
  return plain !== word && isKeyword(keyword.toUpperCase()) ? word.length : 0;
}
