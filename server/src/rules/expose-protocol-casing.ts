import { portsForBuildkit } from '../core/analysis/text/exposed-ports';
import { defineRule, replace } from '../core/lint/rule';

/**
 * The builder writes protocols in lower case, and so do the tools that read them.
 *
 * It changes nothing in the image, so only the profile `strict` asks for it.
 *
 * ```dockerfile bad
 * FROM nginx:1.27
 * EXPOSE «80/TCP» 443 «53/Udp»
 * ```
 * > The protocol of 80/TCP is not in lower case
 * > The protocol of 53/Udp is not in lower case
 * ```dockerfile fixed
 * FROM nginx:1.27
 * EXPOSE 80/tcp 443 53/udp
 * ```
 * ```dockerfile good
 * FROM nginx:1.27
 * EXPOSE 80/tcp $PORT/$PROTO
 * ```
 */
export default defineRule({
  id: 'expose-protocol-casing',
  summary: 'A protocol of EXPOSE is in upper case',
  category: 'style',
  severity: 'warning',
  enabled: false,
  profiles: ['strict'],
  fix: 'safe',
  effect: 'identical',
  since: 'next',
  alsoKnownAs: ['buildkit:ExposeProtoCasing'],
  mentions: ['expose'],

  *check({ model }) {
    for (const { words } of model.instructionsOf('EXPOSE')) {
      for (const { raw, span } of words) {
        const [, port, protocol] = /^([^/]+\/)(tcp|udp|sctp)$/i.exec(raw) ?? [];
        if (port === undefined || protocol === undefined || protocol === protocol.toLowerCase()) continue;
        const lower = protocol.toLowerCase();
        yield {
          at: span,
          message: `The protocol of ${raw} is not in lower case`,
          fix: {
            title: `Change ${protocol} to ${lower}`,
            edits: [replace({ start: span.end - protocol.length, end: span.end }, lower)],
          },
        };
      }
    }
  },

  *buildkit({ model }) {
    for (const { at, text, protocol } of portsForBuildkit(model))
      if (/^(?:tcp|udp|sctp)$/i.test(protocol ?? '') && protocol !== protocol?.toLowerCase())
        yield { at, message: `The protocol of ${text} is not in lower case` };
  },
});
