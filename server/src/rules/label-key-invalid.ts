import { defineRule, replace, sharedOptions } from '../core/lint/rule';
import type { Fix } from '../core/lint/rule';
import { labelsOf } from '../core/families/labels';
import { isLabelKey, isReservedKey, validKey } from '../core/knowledge/labels/label-types';
import type { Word } from '../core/syntax/nodes';

/**
 * Docker's guidelines for labels ask for keys of lower-case letters, digits, dots, dashes, underscores and slashes, so
 * that every tool can filter by them. Docker keeps a few namespaces for itself.
 *
 * ```dockerfile bad
 * FROM debian:12
 * LABEL «"my label"»=x «"a--b"»=y «-c.-»=z
 * LABEL «"com.docker.compose.project"»=x «io.docker.y»=2 «_»=3
 * ```
 * > The label key my label has a form that tools do not expect, so filters may miss it
 * > The label key a--b has a form that tools do not expect, so filters may miss it
 * > The label key -c.- has a form that tools do not expect, so filters may miss it
 * > Docker keeps labels such as com.docker.compose.project for itself, and may overwrite this one
 * > Docker keeps labels such as io.docker.y for itself, and may overwrite this one
 * > The label key _ has a form that tools do not expect, so filters may miss it
 * ```dockerfile fixed
 * FROM debian:12
 * LABEL "my-label"=x "a-b"=y c=z
 * LABEL "com.docker.compose.project"=x io.docker.y=2 _=3
 * ```
 * Upper case works nearly everywhere, so only the strict profile asks for lower case:
 * ```dockerfile bad options="profile: strict"
 * FROM debian:12
 * LABEL «Vendor»=Acme
 * ```
 * > The label key Vendor has a form that tools do not expect, so filters may miss it
 * ```dockerfile fixed
 * FROM debian:12
 * LABEL vendor=Acme
 * ```
 * Labels that other programs ask for in this form stay, and so do keys from variables:
 * ```dockerfile good
 * FROM debian:12
 * ARG KEY
 * LABEL org.opencontainers.image.source=https://example.com com.docker.desktop.extension.api.version=0.3 $KEY=x
 * LABEL description A server
 * LABEL Vendor=Acme
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * ENV KEY=a--b
 * LABEL «$KEY»=x
 * ```
 * > The label key a--b has a form that tools do not expect, so filters may miss it
 */
export default defineRule({
  id: 'label-key-invalid',
  summary: 'The key of a label has a form that tools do not expect',
  category: 'label',
  severity: 'info',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL3048'],
  mentions: ['label'],
  options: { profile: sharedOptions.profile },

  *check({ model, options: { profile } }) {
    for (const { pair, key } of labelsOf(model)) {
      const isLax = profile !== 'strict';
      if (key === undefined || key === '') continue;
      const isReserved = isReservedKey(key);
      if (!isReserved && isLabelKey(isLax ? key.toLowerCase() : key)) continue;
      yield {
        at: pair.key.span,
        message: isReserved
          ? `Docker keeps labels such as ${key} for itself, and may overwrite this one`
          : `The label key ${key} has a form that tools do not expect, so filters may miss it`,
        fix: isReserved ? undefined : rename(pair.key),
      };
    }
  },

  *hadolint({ model }) {
    for (const { pair, instruction } of labelsOf(model)) {
      const key = pair.key.value;
      const isReserved = /^(?:com\.docker|io\.docker|org\.dockerproject)\./.test(key);
      if (!instruction.onbuild && key !== '' && (isReserved || !isLabelKey(key)))
        yield {
          at: pair.key.span,
          message: `The label key ${key} has a form that tools do not expect, so filters may miss it`,
        };
    }
  },
});

function rename({ raw, value, span, variables }: Word): Fix | undefined {
  const quote = /^["']/.exec(raw)?.[0] ?? '';
  const key = variables.length === 0 && raw === quote + value + quote ? validKey(value) : undefined;
  return key === undefined
    ? undefined
    : { title: `Rename the label to ${key}`, edits: [replace(span, quote + key + quote)] };
}
