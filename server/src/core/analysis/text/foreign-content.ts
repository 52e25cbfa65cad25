// Recognises files that are not Dockerfiles: other encodings, other formats. Each would give an error on every line.
import { instructions as knownInstructions, isKeyword } from '../../knowledge/syntax/instructions';
import type { Model } from '../../model/model';
import type { Instruction } from '../../syntax/nodes';
import { nearest } from '../../text/nearest';
import type { Span } from '../../text/span';

/**
 * What a file is that holds no instruction, or nearly none.
 * @returns where, and one sentence about it; undefined for a Dockerfile, also for one with mistakes, and for an empty file
 */
export function foreignContent({ file }: Model): { readonly at: Span; readonly problem: string } | undefined {
  const { text, instructions, directives } = file;
  const [first] = instructions;
  // A file for another frontend says so.
  if (!first || directives.some(({ form }) => form !== 'hash')) return undefined;
  if (instructions.some(isStage)) return undefined;
  const start = { start: 0, end: 0 };
  const known = instructions.filter((one) => isInstruction(text, one)).length;
  if (known === 0 && text.includes('\0')) {
    return { at: start, problem: isUtf16(text) ? utf16 : stops('binary data') };
  }
  const what = formatOf(text, instructions, known);
  return what === undefined ? undefined : { at: first.keywordSpan, problem: stops(what) };
}

/** Whether a line begins with a keyword. Written like `Copy`, it begins a sentence in a file without a stage. */
function isInstruction(text: string, { keyword, keywordSpan }: Instruction): boolean {
  return isKeyword(keyword) && !/^[A-Z][a-z]/.test(text.slice(keywordSpan.start, keywordSpan.end));
}

const utf16 = 'This file is saved as UTF-16, which the builder cannot read: save it as UTF-8';

function stops(what: string): string {
  return `This file is ${what}, not a Dockerfile, so the build stops at its first line`;
}

/** `FROM image` or `FROM image AS name`: no other format has such a line. */
function isStage({ keyword, words }: Instruction): boolean {
  return keyword === 'FROM' && (words.length === 1 || words[1]?.raw.toUpperCase() === 'AS');
}

/** Latin letters in UTF-16 have a NUL in every second byte. Without a byte order mark, most of the text must be such. */
function isUtf16(text: string): boolean {
  if (/^\uFFFD\uFFFD|^\uFEFF|^\uFFFE/.test(text)) return true;
  let nuls = 0;
  for (const character of text) if (character === '\0') nuls += 1;
  return nuls * 4 >= text.length;
}

function formatOf(text: string, instructions: readonly Instruction[], known: number): string | undefined {
  const head = text.trimStart();
  const unknown = instructions.length - known;
  if (head.startsWith('#!') && unknown > 0) return 'a script';
  const [first] = instructions;
  if (!first || isInstruction(text, first)) return undefined;
  if (known > 0) {
    // Prose and programs hold words such as copy, run and user.
    return unknown >= 5 && unknown >= 4 * known ? 'another kind of text' : undefined;
  }
  if (/^\{\s*(?:"|\}\s*$)/.test(head) || /^\[\s*(?:[[{"]|\]\s*$)/.test(head)) return 'JSON';
  if (/^<(?:\?xml|!DOCTYPE|html)/i.test(head)) return 'XML or HTML';
  // The name of a function and its arguments, as a program for a browser begins.
  if (/^[a-z_$][\w$]*(?:\.[\w$]+)*\(/.test(first.line.text)) return 'a program';
  if (/^module\s+\S/m.test(text) && /^go\s+\d/m.test(text)) return 'a go.mod file';
  if (/^\[[\w.-]+\]$/.test(first.line.text) && /^[\w.-]+[ \t]*=/m.test(text)) return 'TOML or an INI file';
  if (/^package[ \t]+\w+$/.test(first.line.text) && /^(?:func|import|type|var|const)\b/m.test(text))
    return 'a Go program';
  if (
    /^(?:import[ \t]+[\w.]+(?:[ \t]+as[ \t]+\w+)?|from[ \t]+[\w.]+[ \t]+import[ \t].+)$/.test(
      first.line.text,
    ) &&
    unknown > 1
  )
    return 'a Python program';
  if (
    /^#[ \t]+\S/.test(head) &&
    /^##+[ \t]+\S|\*\w|\]\(|^```/m.test(text) &&
    /^[A-Za-z*[]/.test(first.line.text)
  )
    return 'Markdown';
  const keys = instructions.filter(({ line }) =>
    /^(?:- |-$|[\w."'/-]+:(?:\s|$)|---|\.\.\.$)/.test(line.text),
  );
  if (keys.length * 2 > instructions.length && (unknown > 1 || head.startsWith('---'))) return 'YAML';
  // A keyword with a typo, or with a character that nobody sees.
  const typo =
    /\P{ASCII}/u.test(first.keyword) ||
    (!isKeyword(first.keyword) && nearest(first.keyword, knownInstructions.keys()) !== undefined);
  return unknown >= 3 && !typo ? 'another kind of text' : undefined;
}
