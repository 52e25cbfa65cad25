// Comments that were meant to hide findings, also where the tool that they are for does not read them so.

/** A comment for hadolint: its scope, its codes and the rest. */
export const looseHadolint =
  /^([ \t]*hadolint[ \t]+(?:(?:stage|global)[ \t]+)?ignore[ \t]*=[ \t]*)([\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)(.*)$/;

/** A comment for Drydock, in the same groups. */
export const looseOurs =
  /^([ \t]*drydock[ \t]+(?:global[ \t]+)?ignore[ \t]*=[ \t]*)([\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)(.*)$/;

const looseCheck = /^([ \t]*check[ \t]*=[ \t]*)(skip=[^ \t\r]+)(.*)$/i;

/**
 * What a comment tells a reader beside what it hides, without blanks and signs around it.
 * @param text everything after the `#`
 * @returns undefined for a comment that only hides
 */
export function wordsBeside(text: string): string | undefined {
  const [, , , rest] = looseHadolint.exec(text) ?? looseOurs.exec(text) ?? looseCheck.exec(text) ?? [];
  if (rest === undefined) return text.trim();
  const words = rest.replace(/^[\s#;,:-]+/, '').trim();
  return words === '' ? undefined : words;
}
