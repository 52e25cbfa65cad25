// Why the builder refuses an image reference, and what could stand there instead.
import type { ImageUse } from '../../model/model';
import { parseReference } from '../../syntax/image-reference';
import type { Part } from '../../syntax/nodes';
import { holdsDeceiving } from '../text/invisible-characters';

export interface InvalidReference {
  /** What is wrong; the whole reference if nothing less is. */
  readonly part: Part;
  /**
   * `digest`, `tag` and `name`: a placeholder, or a mistake in the digest. `default`: the default of an ARG makes the
   * reference wrong. `id`: an image ID. `platform`: a variable of the builder that holds a platform.
   */
  readonly kind:
    'digest' | 'tag' | 'name' | 'uppercase' | 'id' | 'scheme' | 'default' | 'platform' | 'format';
}

/**
 * What is wrong with the reference of an image.
 * @returns undefined if the builder accepts it, and where an unknown value decides
 */
export function invalidReference({ image, resolved, via }: ImageUse): InvalidReference | undefined {
  const { digest, tag, name, text, span } = image;
  // With an underscore in its host, the builder reads the host as part of the path.
  if (image.host?.text.includes('_')) return undefined;
  // These are invisible-characters.
  if ((via === 'from' || via === 'copy') && holdsDeceiving(text)) return undefined;
  if (isNamePlaceholder(name.text)) return { part: name, kind: 'name' };
  if (tag && (tag.text.includes('$') ? substitution.test(tag.text) : isPlaceholder(tag.text)))
    return { part: tag, kind: 'tag' };
  if (digest && !digest.text.includes('$') && !parseReference(`x@${digest.text}`).ok)
    return { part: digest, kind: 'digest' };
  if (resolved === undefined)
    return tag && platformVariable.test(tag.text) ? { part: tag, kind: 'platform' } : undefined;
  const whole: Part = { text: resolved, span };
  const read = parseReference(resolved);
  if (read.ok) return undefined;
  // An empty part is `from-arg-default-invalid`.
  if (image.variable)
    return resolved === '' || /[:/@]$|\/\//.test(resolved) ? undefined : { part: whole, kind: 'default' };
  if (read.code === 'image-id') return { part: whole, kind: 'id' };
  if (scheme.test(text)) return { part: whole, kind: 'scheme' };
  return { part: whole, kind: read.code === 'uppercase' ? 'uppercase' : 'format' };
}

const scheme = /^[a-z][a-z0-9+.-]*:\/\//i;

/** Whether a tag or a name holds what people write for something to fill in: `<version>`, `[tag]`, `…`. */
function isPlaceholder(text: string): boolean {
  return /[<>[\]…?*]|^\.\.\./.test(text) && !/^\[[0-9a-fA-F:]+\]/.test(text);
}

/** Always set by the builder, to a text with a slash. */
const platformVariable = /\$(?:\{(?:BUILD|TARGET)PLATFORM\}|(?:BUILD|TARGET)PLATFORM(?!\w))/;

/** `$(NAME)` of Make and of pipelines: the builder knows `$NAME` and `${NAME}` alone. */
const substitution = /\$\(\w*\)/;

function isNamePlaceholder(text: string): boolean {
  if (text.includes('$')) return substitution.test(text);
  return isPlaceholder(text) || /^[A-Z]+(?:_[A-Z]+)+$/.test(text);
}

/** The nearest reference that the builder accepts, if one is near: a slip of the keyboard, or a copied address. */
export function repairedReference(text: string): string | undefined {
  const address = text.replace(scheme, '').replace(/^hub\.docker\.com\/(?:_|r)\//i, '');
  const tidy = trimEnd(address.replace(/^[/.]+/, '').replace(/([:/@])\1+/g, '$1')).replace(':@', '@');
  return [address, tidy, lowerCaseName(tidy)].find(
    (candidate) => candidate !== text && parseReference(candidate).ok,
  );
}

function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && ',;:@/.-'.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** Host, path and tag with the path in lower case. */
function lowerCaseName(text: string): string {
  const slash = text.lastIndexOf('/') + 1;
  const end = /[:@]/.exec(text.slice(slash))?.index;
  return end === undefined
    ? text.toLowerCase()
    : text.slice(0, slash + end).toLowerCase() + text.slice(slash + end);
}

/** Whether the builder reads a text without variables as the name of an image. */
export function isReference(text: string): boolean {
  return parseReference(text).ok;
}
