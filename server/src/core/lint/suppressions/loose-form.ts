// Comments that were meant to hide findings, also where the tool that they are for does not read them so.

/** A comment for hadolint: its scope, its codes and the rest. */
export const looseHadolint =
  /^([ \t]*hadolint[ \t]+(?:(?:stage|global)[ \t]+)?ignore[ \t]*=[ \t]*)([\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)(.*)$/;

/** A comment for Drydock, in the same groups. */
export const looseOurs =
  /^([ \t]*drydock[ \t]+(?:global[ \t]+)?ignore[ \t]*=[ \t]*)([\w-]+(?:[ \t]*,[ \t]*[\w-]+)*)(.*)$/;

/** The list of tally has no blanks. */
export const looseTally = /^([ \t]*tally[ \t]+(?:global[ \t]+)?ignore=)([\w/*-]+(?:,[\w/*-]+)*)(.*)$/i;

const looseCheck = /^([ \t]*check[ \t]*=[ \t]*)(skip=[^ \t\r]+)(.*)$/i;

/**
 * What a comment tells a reader beside what it hides, without blanks and signs around it.
 * @param text everything after the `#`
 * @returns undefined for a comment that only hides
 */
export function wordsBeside(text: string): string | undefined {
  const forms = [looseHadolint, looseOurs, looseTally, looseCheck];
  const rest = forms.map((form) => form.exec(text)?.[3]).find((one) => one !== undefined);
  if (rest === undefined) return text.trim();
  const words = rest.replace(/^[\s#;,:-]+(?:reason=)?/, '').trim();
  return words === '' ? undefined : words;
}
