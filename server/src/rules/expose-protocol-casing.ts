import { portsForBuildkit, variablePorts } from '../core/analysis/text/exposed-ports';
import { defineRule, replace } from '../core/lint/rule';

/**
 * The builder writes protocols in lower case, and so do the tools that read them.
 *
 * It changes nothing in the image, so only the profile `strict` asks for it.
 *
 * ```dockerfile bad
 * FROM nginx:1.27
 * EXPOSE «80/TCP» 443 «53/Udp» «"81/TCP"»
 * ```
 * > The protocol of 80/TCP is not in lower case
 * > The protocol of 53/Udp is not in lower case
 * > The protocol of "81/TCP" is not in lower case
 * ```dockerfile fixed
 * FROM nginx:1.27
 * EXPOSE 80/tcp 443 53/udp "81/tcp"
 * ```
 * ```dockerfile bad
 * FROM nginx:1.27
 * ENV PROTO=TCP HTTP=80
 * EXPOSE «80/$PROTO» «$HTTP/UDP»
 * ```
 * > The protocol of 80/$PROTO, which is 80/TCP, is not in lower case
 * > The protocol of $HTTP/UDP is not in lower case
 * ```dockerfile fixed
 * FROM nginx:1.27
 * ENV PROTO=TCP HTTP=80
 * EXPOSE 80/$PROTO $HTTP/udp
 * ```
 * ```dockerfile good
 * FROM nginx:1.27
 * ENV HTTP=80
 * EXPOSE 80/tcp $HTTP $HTTP/tcp $PORT/$PROTO
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
    for (const instruction of model.instructionsOf('EXPOSE')) {
      for (const { raw, span } of instruction.words) {
        const [, port = '', protocol] = /^(["']?[^/]+\/)(tcp|udp|sctp)["']?$/i.exec(raw) ?? [];
        if (protocol === undefined) continue;
        const lower = protocol.toLowerCase();
        const start = span.start + port.length;
        if (protocol !== lower)
          yield {
            at: span,
            message: `The protocol of ${raw} is not in lower case`,
            fix: {
              title: `Change ${protocol} to ${lower}`,
              edits: [replace({ start, end: start + protocol.length }, lower)],
            },
          };
      }
      for (const { at, text, protocol } of variablePorts(model, instruction)) {
        const isWritten = protocol !== undefined && model.document.slice(at).includes(`/${protocol}`);
        if (isUpper(protocol) && !isWritten)
          yield {
            at,
            message: `The protocol of ${model.document.slice(at)}, which is ${text}, is not in lower case`,
          };
      }
    }
  },

  *buildkit({ model }) {
    for (const { at, text, protocol } of portsForBuildkit(model))
      if (isUpper(protocol)) yield { at, message: `The protocol of ${text} is not in lower case` };
  },
});

function isUpper(protocol: string | undefined): boolean {
  return (
    protocol !== undefined && /^(?:tcp|udp|sctp)$/i.test(protocol) && protocol !== protocol.toLowerCase()
  );
}
