import { defineRule, replace } from '../core/lint/rule';

/**
 * Builders read directives in any case, and everybody writes them in lower case.
 *
 * It changes nothing in the image, so only the profile `strict` asks for it.
 *
 * ```dockerfile bad
 * # «Syntax»=docker/dockerfile:1
 * FROM debian:12
 * ```
 * > The directive Syntax is not in lower case
 * ```dockerfile fixed
 * # syntax=docker/dockerfile:1
 * FROM debian:12
 * ```
 * ```dockerfile good
 * # syntax=docker/dockerfile:1
 * # Escape: none
 * FROM debian:12
 * ```
 *
 * @skip backtick the example would get another directive
 */
export default defineRule({
  id: 'directive-casing',
  summary: 'A directive is not in lower case',
  category: 'style',
  severity: 'hint',
  enabled: false,
  profiles: ['strict'],
  fix: 'safe',
  effect: 'identical',
  since: 'next',
  alsoKnownAs: ['dockerfile-utils:CASING_DIRECTIVE'],
  mentions: ['check', 'escape', 'syntax'],

  *check({ model: { file, document } }) {
    for (const { name, nameSpan, form } of file.directives) {
      const written = document.slice(nameSpan);
      if (form === 'json' || written === name) continue;
      yield {
        at: nameSpan,
        message: `The directive ${written} is not in lower case`,
        fix: { title: `Change ${written} to ${name}`, edits: [replace(nameSpan, name)] },
      };
    }
  },
});
