import { exposedWords, portProblem } from '../core/analysis/text/exposed-ports';
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
 * ```dockerfile good
 * FROM nginx:1.27
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
        if (protocol === undefined || /^(?:tcp|udp|sctp)?$/i.test(protocol)) continue;
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
    }
  },
});
