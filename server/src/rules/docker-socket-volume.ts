import { defineRule } from '../core/lint/rule';
import { wholeOf } from '../core/fixes/drop-pair';

/**
 * Who can write to the socket of Docker controls the host. `VOLUME` does not even mount it: the engine creates an empty
 * volume at that path. Mount the socket when you start the one container that needs it.
 *
 * ```dockerfile bad
 * FROM debian:12
 * VOLUME «/var/run/docker.sock»
 * VOLUME ["/data", «"/run/docker.sock"»]
 * RUN true
 * ```
 * > The engine puts an empty volume over its socket, and with the real one a container controls the host
 * ```dockerfile fixed
 * FROM debian:12
 * VOLUME ["/data", "/run/docker.sock"]
 * RUN true
 * ```
 * ```dockerfile good
 * FROM debian:12
 * VOLUME /var/run/docker /data
 * ```
 * ```dockerfile bad
 * FROM debian:12
 * ENV SOCKET=/var/run/docker.sock
 * VOLUME $OTHER «$SOCKET»
 * ```
 * > The engine puts an empty volume over its socket, and with the real one a container controls the host
 */
export default defineRule({
  id: 'docker-socket-volume',
  summary: 'The socket of the engine is declared as a volume',
  category: 'security',
  severity: 'warning',
  fix: 'suggested',
  since: 'next',
  alsoKnownAs: ['semgrep:dockerfile-dockerd-socket-mount'],
  mentions: ['volume'],

  *check({ model }) {
    for (const instruction of model.instructionsOf('VOLUME')) {
      const paths =
        instruction.json ??
        instruction.words.map((word) => ({ span: word.span, value: model.expand(word, instruction) ?? '' }));
      for (const { value, span } of paths) {
        if (!/^\/(?:var\/)?run\/docker\.sock(?::.*)?$/.test(value)) continue;
        const whole = wholeOf(model, instruction);
        const isAlone = paths.length === 1 && instruction.comments.length === 0 && whole.index > 0;
        yield {
          at: span,
          message:
            'The engine puts an empty volume over its socket, and with the real one a container controls the host',
          ...(isAlone && {
            fix: { title: 'Remove the VOLUME', edits: [model.document.removeLines(whole.span)] },
          }),
        };
      }
    }
  },
});
