import { portsForBuildkit, variablePorts } from '../core/analysis/text/exposed-ports';
import { defineRule, replace } from '../core/lint/rule';

/**
 * An image only records the port inside the container. Which port of the host leads there is decided with
 * `docker run -p` or in a Compose file, and the builder drops what `EXPOSE` says about it.
 *
 * ```dockerfile bad
 * FROM nginx:1.27
 * EXPOSE «8000-8010:9000-9010» «8080:80» «127.0.0.1:443:443/tcp» «[::1]:53:53/udp» 9000
 * ```
 * > EXPOSE cannot map 8000-8010:9000-9010 to the host: only 9000-9010 is recorded
 * > EXPOSE cannot map 8080:80 to the host: only 80 is recorded
 * > EXPOSE cannot map 127.0.0.1:443:443/tcp to the host: only 443/tcp is recorded
 * > EXPOSE cannot map [::1]:53:53/udp to the host: only 53/udp is recorded
 * ```dockerfile fixed
 * FROM nginx:1.27
 * EXPOSE 9000-9010 80 443/tcp 53/udp 9000
 * ```
 * ```dockerfile bad
 * FROM nginx:1.27
 * ENV MAPPING=8443:443
 * EXPOSE «"8080:80"» «$MAPPING»
 * ```
 * > EXPOSE cannot map "8080:80" to the host: only 80 is recorded
 * > EXPOSE cannot map $MAPPING, which is 8443:443, to the host: only 443 is recorded
 * ```dockerfile fixed
 * FROM nginx:1.27
 * ENV MAPPING=8443:443
 * EXPOSE 80 $MAPPING
 * ```
 * ```dockerfile good
 * FROM nginx:1.27
 * ENV HTTP=80
 * EXPOSE $HTTP 80 8000-8010/udp ${HOST:-80}
 * ```
 */
export default defineRule({
  id: 'expose-host-mapping',
  summary: 'EXPOSE tries to map a port of the host',
  category: 'runtime',
  severity: 'warning',
  fix: 'safe',
  effect: 'identical',
  since: 'next',
  alsoKnownAs: ['buildkit:ExposeInvalidFormat'],
  mentions: ['expose'],

  *check({ model }) {
    for (const instruction of model.instructionsOf('EXPOSE')) {
      for (const { raw, span, value } of instruction.words) {
        const port = recordedPort(value);
        if (port === undefined) continue;
        yield {
          at: span,
          message: `EXPOSE cannot map ${raw} to the host: only ${port} is recorded`,
          fix: { title: `Change ${raw} to ${port}`, edits: [replace(span, port)] },
        };
      }
      for (const { at, text } of variablePorts(model, instruction)) {
        const port = recordedPort(text);
        if (port === undefined) continue;
        const written = model.document.slice(at);
        yield {
          at,
          message: `EXPOSE cannot map ${written}, which is ${text}, to the host: only ${port} is recorded`,
        };
      }
    }
  },

  *buildkit({ model }) {
    for (const { at, text, ports } of portsForBuildkit(model))
      if (/[^:].*:[^:]*$/.test(ports)) yield { at, message: `EXPOSE cannot map ${text} to the host` };
  },
});

/** The port of the container, with its protocol, behind one of the host; undefined where only that stands. */
function recordedPort(text: string): string | undefined {
  return /^(?:\[[\da-f:.]*\]|[\d.]+|\d+-\d+|[\d.]+:[\d-]*|\[[\da-f:.]*\]:[\d-]*):(\d[\d-]*(?:\/\w+)?)$/i.exec(
    text,
  )?.[1];
}
