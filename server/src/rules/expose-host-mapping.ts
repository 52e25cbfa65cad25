import { portsForBuildkit } from '../core/analysis/text/exposed-ports';
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
 * ```dockerfile good
 * FROM nginx:1.27
 * EXPOSE 80 8000-8010/udp ${HOST:-80}
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
    for (const { words } of model.instructionsOf('EXPOSE')) {
      for (const { raw, span } of words) {
        const port =
          /^(?:\[[\da-f:.]*\]|[\d.]+|\d+-\d+|[\d.]+:[\d-]*|\[[\da-f:.]*\]:[\d-]*):(\d[\d-]*(?:\/\w+)?)$/i.exec(
            raw,
          )?.[1];
        if (port === undefined) continue;
        yield {
          at: span,
          message: `EXPOSE cannot map ${raw} to the host: only ${port} is recorded`,
          fix: { title: `Change ${raw} to ${port}`, edits: [replace(span, port)] },
        };
      }
    }
  },

  *buildkit({ model }) {
    for (const { at, text, ports } of portsForBuildkit(model))
      if (/[^:].*:[^:]*$/.test(ports)) yield { at, message: `EXPOSE cannot map ${text} to the host` };
  },
});
