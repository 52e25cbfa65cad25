import { exposedWords, portProblem, variablePorts } from '../core/analysis/text/exposed-ports';
import { stopsHere } from '../core/analysis/text/stops';
import { defineRule, replace } from '../core/lint/rule';
import { nearest } from '../core/text/nearest';

/**
 * The protocols of `EXPOSE` are tcp, udp and sctp. The builder stops at any other.
 *
 * ```dockerfile bad
 * FROM nginx:1.27
 * EXPOSE «80/tpc» «53/upd» «80/http» «443/tcp/udp»
 * ```
 * > EXPOSE takes tcp, udp or sctp, not tpc, so the build stops here
 * > EXPOSE takes tcp, udp or sctp, not upd, so the build stops here
 * > EXPOSE takes tcp, udp or sctp, not http, so the build stops here
 * > EXPOSE takes tcp, udp or sctp, not tcp/udp, so the build stops here
 * ```dockerfile fixed
 * FROM nginx:1.27
 * EXPOSE 80/tcp 53/udp 80/http 443/tcp/udp
 * ```
 * Variables count with what the file gives them:
 * ```dockerfile bad
 * FROM nginx:1.27
 * ARG PROTO=quic
 * ENV PORTS="53/udp 53/dns"
 * EXPOSE «443/${PROTO}» «$PORTS»
 * ```
 * > 443/${PROTO} is 443/quic here: EXPOSE takes tcp, udp or sctp, so the build stops here
 * > $PORTS is 53/dns here: EXPOSE takes tcp, udp or sctp, so the build stops here
 * ```dockerfile good
 * FROM nginx:1.27
 * ARG PROTO=tcp
 * EXPOSE 81/$PROTO
 * EXPOSE 80 80/tcp 53/UDP 9/sctp 80/$PROTOCOL 81/ http/x
 * ```
 */
export default defineRule({
  id: 'expose-protocol-invalid',
  summary: 'EXPOSE names a protocol other than tcp, udp and sctp',
  category: 'syntax',
  severity: 'error',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['hadolint:DL1000', 'dockerfile-utils:INVALID_PROTO'],
  mentions: ['expose'],

  *check({ model }) {
    for (const instruction of model.instructionsOf('EXPOSE')) {
      for (const { at, ports, protocol } of exposedWords(instruction)) {
        if (protocol === undefined || isProtocol(protocol)) continue;
        if (portProblem(ports) !== undefined) continue;
        const meant = nearest(protocol.toLowerCase(), ['tcp', 'udp', 'sctp']);
        yield {
          at,
          message: `EXPOSE takes tcp, udp or sctp, not ${protocol}, so ${stopsHere(instruction)}`,
          fix:
            meant === undefined
              ? undefined
              : { title: `Change ${protocol} to ${meant}`, edits: [replace(at, `${ports}/${meant}`)] },
        };
      }
      for (const { at, text, ports, protocol } of variablePorts(model, instruction)) {
        if (isProtocol(protocol) || portProblem(ports) !== undefined) continue;
        yield {
          at,
          message: `${model.document.slice(at)} is ${text} here: EXPOSE takes tcp, udp or sctp, so ${stopsHere(instruction)}`,
        };
      }
    }
  },
});

/** Whether the builder takes the text behind the slash. */
function isProtocol(text: string | undefined): boolean {
  return text === undefined || /^(?:tcp|udp|sctp)?$/i.test(text);
}
