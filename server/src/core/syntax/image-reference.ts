// Reads image names in two ways: as written, cut into parts with spans (variables and mistakes allowed), and by
// the strict grammar of distribution/reference with Docker's normalisation, which registry requests need.
import type { Span } from '../text/span';
import { fromDocument, toDocumentSpan } from './logical-line';
import type { Directive, FlagOption, ImageReference, LogicalLine, Part, Word } from './nodes';

/** A longer text cannot be an image name. The limit protects all later steps from hostile input. */
const maxLength = 4096;

/** Maps a range of the name's text into the document. */
export type Locate = (start: number, end: number) => Span;

/** The image that a word of FROM or the value of a --from flag names, without quotes and escapes. */
export function imageOfWord(word: Word, line: LogicalLine): ImageReference {
  return splitImage(word.value, locateValue(word.value, word.raw, word.logical.start, line));
}

/** The image an option names: `from=` of a --mount. Undefined for an option without a value. */
export function imageOfOption(option: FlagOption, line: LogicalLine): ImageReference | undefined {
  const { value, valueSpan } = option;
  if (value === undefined || !valueSpan) return undefined;
  const start = fromDocument(line, valueSpan.start);
  const end = valueSpan.end > valueSpan.start ? fromDocument(line, valueSpan.end - 1) + 1 : start;
  return splitImage(value, locateValue(value, line.text.slice(start, end), start, line));
}

/** The image of a syntax directive: its value up to the first blank. Undefined for other directives. */
export function imageOfDirective(directive: Directive): ImageReference | undefined {
  if (directive.name !== 'syntax') return undefined;
  const { start } = directive.valueSpan;
  const text = directive.value.split(' ', 1)[0] ?? '';
  return splitImage(text, (from, to) => ({ start: start + from, end: start + to }));
}

/**
 * Maps offsets in a word's value to document spans. The characters of the value are found in the raw text in order;
 * the characters between them are quotes and escapes.
 */
function locateValue(value: string, raw: string, logicalStart: number, line: LogicalLine): Locate {
  if (value === raw) {
    return (start, end) => toDocumentSpan(line, { start: logicalStart + start, end: logicalStart + end });
  }
  const origins: number[] = [];
  let at = 0;
  for (let i = 0; i < value.length; i += 1) {
    while (at < raw.length && raw[at] !== value[i]) at += 1;
    origins.push(logicalStart + at);
    at += 1;
  }
  const rawEnd = logicalStart + raw.length;
  return (start, end) => {
    const to = end > 0 ? (origins[end - 1] ?? rawEnd - 1) + 1 : (origins[0] ?? rawEnd);
    const from = start < end ? (origins[start] ?? to) : to;
    return toDocumentSpan(line, { start: from, end: to });
  };
}

/**
 * Cuts an image name into its parts. Never fails: parts may be empty or malformed. Characters inside `${…}` do not
 * separate parts. A first component that is a single variable counts as the host.
 * @param locate maps ranges of the text into the document
 */
export function splitImage(text: string, locate: Locate): ImageReference {
  const marks = findMarks(text);
  const part = (start: number, end: number): Part => ({
    text: text.slice(start, end),
    span: locate(start, end),
  });
  const digestAt = marks.at < 0 ? text.length : marks.at;
  const colon = marks.colon;
  const nameEnd = colon < 0 ? digestAt : colon;
  const { slash } = marks;
  const hostEnd = slash >= 0 && isHost(text.slice(0, slash)) ? slash : -1;
  return {
    span: locate(0, text.length),
    text,
    host: hostEnd < 0 ? undefined : part(0, hostEnd),
    path: part(hostEnd + 1, nameEnd),
    name: part(0, nameEnd),
    tag: colon < 0 ? undefined : part(colon + 1, digestAt),
    digest: marks.at < 0 ? undefined : part(marks.at + 1, text.length),
    variable: text.includes('$'),
  };
}

interface Marks {
  /** First slash. */
  readonly slash: number;
  /** Last colon after the last slash, before the digest. */
  readonly colon: number;
  /** First `@`. */
  readonly at: number;
}

function findMarks(text: string): Marks {
  let slash = -1;
  let colon = -1;
  let depth = 0;
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i];
    if (character === '$' && text[i + 1] === '{') {
      depth += 1;
      i += 1;
    } else if (depth > 0) {
      if (character === '}') depth -= 1;
    } else if (character === '/') {
      if (slash < 0) slash = i;
      colon = -1;
    } else if (character === ':') {
      colon = i;
    } else if (character === '@') {
      return { slash, colon, at: i };
    }
  }
  return { slash, colon, at: -1 };
}

const oneVariable = /^\$(?:\{[^{}]*\}|\w+)$/;

/** Whether the component before the first slash is a registry rather than part of the path. */
function isHost(component: string): boolean {
  if (component === 'localhost' || oneVariable.test(component)) return true;
  if (component.length > maxLength) return false;
  const literal = component.replace(/\$(?:\{[^}]*\}|\w+)/g, '');
  return /[.:[\]]/.test(literal) || literal !== literal.toLowerCase();
}

/** A valid name, completed with the parts that Docker lets people omit. */
export interface NormalizedReference {
  /** Registry host with port: `docker.io` for Docker Hub. */
  readonly domain: string;
  /** With `library/` for Docker's official images. */
  readonly path: string;
  readonly tag?: string;
  /** With its algorithm. */
  readonly digest?: string;
}

/**
 * Why a text is not an image reference: `empty`; `too-long` (4 KiB); `uppercase`: the repository has upper-case
 * letters; `path-too-long` (255 characters); `digest-invalid`: wrong length or not lower-case hex;
 * `digest-unsupported`: unknown algorithm; `image-id`: only 64 hex digits; `format`: anything else.
 */
export type ReferenceError =
  | 'empty'
  | 'too-long'
  | 'format'
  | 'uppercase'
  | 'path-too-long'
  | 'digest-invalid'
  | 'digest-unsupported'
  | 'image-id';

export type ParsedReference =
  | { readonly ok: true; readonly ref: NormalizedReference }
  | { readonly ok: false; readonly code: ReferenceError };

// None of these patterns can match a text in two ways, so they take linear time.
const componentPattern = /^[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*$/;
const tagPattern = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const hostLabel = /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/;
const digestPattern = /^([A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*):([0-9a-fA-F]{32,})$/;
const digestDigits: ReadonlyMap<string, number> = new Map([
  ['sha256', 64],
  ['sha384', 96],
  ['sha512', 128],
]);

/**
 * Parses a reference strictly and normalises it as Docker does. An accepted reference cannot contain user info, a
 * query, a fragment, a blank or `..`, so it is safe to build a URL from it.
 */
export function parseReference(text: string): ParsedReference {
  if (text === '') return fail('empty');
  if (text.length > maxLength) return fail('too-long');
  if (/^[0-9a-f]{64}$/.test(text)) return fail('image-id');
  const marks = findMarks(text);
  const digest = marks.at < 0 ? undefined : text.slice(marks.at + 1);
  const nameEnd = marks.colon >= 0 ? marks.colon : marks.at >= 0 ? marks.at : text.length;
  const tag = marks.colon < 0 ? undefined : text.slice(marks.colon + 1, marks.at < 0 ? undefined : marks.at);
  const { domain, path } = normalizeName(text.slice(0, nameEnd));
  if (!isDomain(domain)) return fail('format');
  const components = path.split('/');
  if (!components.every((component) => componentPattern.test(component))) {
    const lower = components.every((component) => componentPattern.test(component.toLowerCase()));
    return fail(lower ? 'uppercase' : 'format');
  }
  if (path.length > 255) return fail('path-too-long');
  if (tag !== undefined && !tagPattern.test(tag)) return fail('format');
  if (digest !== undefined) {
    const code = digestError(digest);
    if (code) return fail(code);
  }
  return {
    ok: true,
    ref: { domain, path, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) },
  };
}

function fail(code: ReferenceError): ParsedReference {
  return { ok: false, code };
}

function normalizeName(name: string): { domain: string; path: string } {
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const hasHost =
    slash >= 0 && (first === 'localhost' || /[.:]/.test(first) || first !== first.toLowerCase());
  const domain = hasHost && first !== 'index.docker.io' ? first : 'docker.io';
  const path = hasHost ? name.slice(slash + 1) : name;
  return { domain, path: domain === 'docker.io' && !path.includes('/') ? `library/${path}` : path };
}

function isDomain(domain: string): boolean {
  const [, host, port] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(domain) ?? [];
  if (!host || (port !== undefined && !/^[0-9]+$/.test(port))) return false;
  if (host.startsWith('[')) return /^\[[0-9a-fA-F:]+\]$/.test(host);
  return host.split('.').every((label) => hostLabel.test(label));
}

function digestError(digest: string): ReferenceError | undefined {
  const [, algorithm, hex] = digestPattern.exec(digest) ?? [];
  if (!algorithm || !hex) return 'format';
  const digits = digestDigits.get(algorithm);
  if (digits === undefined) return 'digest-unsupported';
  return hex.length === digits && /^[0-9a-f]+$/.test(hex) ? undefined : 'digest-invalid';
}

/** Writes a normalised reference in full; parsing it again gives the same. */
export function formatReference(ref: NormalizedReference): string {
  const tag = ref.tag === undefined ? '' : `:${ref.tag}`;
  const digest = ref.digest === undefined ? '' : `@${ref.digest}`;
  return `${ref.domain}/${ref.path}${tag}${digest}`;
}

/**
 * The name as the user wrote it, with a digest added or replaced, and with the tag `latest` where it had none.
 * @param original without quotes
 * @param digest with its algorithm
 */
export function pinnedText(original: string, digest: string): string {
  const { at, colon } = findMarks(original);
  const latest = colon < 0 ? ':latest' : '';
  return `${at < 0 ? original : original.slice(0, at)}${latest}@${digest}`;
}
