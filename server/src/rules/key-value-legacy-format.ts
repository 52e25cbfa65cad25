import { defineRule, replace } from '../core/lint/rule';
import type { Model } from '../core/lint/rule';
import type { Pair } from '../core/syntax/nodes';

/**
 * `ENV name value` takes the whole rest of the line as one value, so a second pair on the line becomes part of the first.
 * `ENV name=value` says where a value ends.
 *
 * The builder still accepts it, so the recommended profile only reports a value that looks like a second pair.
 *
 * ```dockerfile bad
 * FROM debian:12
 * ENV «MODE production»
 * ENV «LEVEL info FORMAT=json»
 * LABEL «description A small server»
 * ```
 * > ENV MODE without = takes the whole line as its value
 * > ENV LEVEL without = takes the whole line as its value
 * > LABEL description without = takes the whole line as its value
 * ```dockerfile fixed
 * FROM debian:12
 * ENV MODE=production
 * ENV LEVEL="info FORMAT=json"
 * LABEL description="A small server"
 * ```
 * Quotes and references stay as they are:
 * ```dockerfile bad
 * FROM debian:12
 * ENV «PATH "/opt/my tools:$PATH"»
 * ENV «LIST $A,$B»
 * ENV «BOTH $A $B»
 * ```
 * > ENV PATH without = takes the whole line as its value
 * > ENV LIST without = takes the whole line as its value
 * > ENV BOTH without = takes the whole line as its value
 * ```dockerfile fixed
 * FROM debian:12
 * ENV PATH="/opt/my tools:$PATH"
 * ENV LIST=$A,$B
 * ENV BOTH="$A $B"
 * ```
 * Where quotes or escapes stand beside blanks, only the author knows what was meant:
 * ```dockerfile bad
 * FROM debian:12
 * ENV «GREETING say "good morning" twice»
 * ENV «LONG one \
 *   two»
 * ENV «TOLD one \
 *   # and more
 *   two»
 * ```
 * > ENV GREETING without = takes the whole line as its value
 * > ENV LONG without = takes the whole line as its value
 * > ENV TOLD without = takes the whole line as its value
 * ```dockerfile good
 * FROM debian:12
 * ARG A B
 * ENV MODE=production LEVEL=info
 * ```
 */
export default defineRule({
  id: 'key-value-legacy-format',
  summary: 'ENV or LABEL has a pair without =',
  category: 'style',
  severity: 'warning',
  fix: 'safe',
  effect: 'identical',
  since: 'next',
  alsoKnownAs: ['buildkit:LegacyKeyValueFormat'],
  once: true,

  *check({ model }) {
    for (const { keyword, pairs, comments } of model.instructionsOf('ENV', 'LABEL')) {
      for (const pair of pairs) {
        if (!pair.legacy || !pair.value) continue;
        const text = comments.length > 0 ? undefined : withEquals(model, pair, pair.value.raw);
        yield {
          at: pair.span,
          message: `${keyword} ${pair.key.value} without = takes the whole line as its value`,
          quiet: !anotherPair.test(pair.value.raw),
          ...(text !== undefined && {
            fix: { title: 'Write name=value', edits: [replace(pair.span, text)] },
          }),
        };
      }
    }
  },
});

/** What looks like a second pair, and becomes part of the value. */
const anotherPair = /^[^"'\s]+\s+[A-Za-z_]\w*=/;

/** @returns undefined if quotes or escapes would mean something else, and for a value over several lines */
function withEquals({ document }: Model, { key, span }: Pair, raw: string): string | undefined {
  if (document.slice(span).includes('\n')) return undefined;
  const name = document.slice(key.span);
  if (/^(?:"[^"\\`]*"|'[^']*')$/.test(raw)) return `${name}=${raw}`;
  if (/["'\\`]/.test(raw)) return undefined;
  return /\s/.test(raw) ? `${name}="${raw}"` : `${name}=${raw}`;
}
